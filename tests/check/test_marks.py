"""What looks like a mark and is none is found whole; what only has brackets is left in peace."""

import pytest

from generator.check.marks import broken_marks_of
from generator.model.prose import parse


def _broken(text: str) -> list[str]:
    return [broken.text for paragraph in parse(text) for broken in broken_marks_of(paragraph)]


@pytest.mark.parametrize(
    "mark",
    [
        "[one](https://example.org/a(b(c))d)",
        "[two](https://example.org/Foo_(bar)#Über uns)",
        "[three](https://example.org/?q=[1])",
        "[four](https://example.org/a b)",
        "[five](https://example.org/a\tb)",
        "[six]( https://example.org/)",
        "[seven](example.org)",
        "[eight](www.example.org/a b)",
        "[nine](/about us/)",
        "[ten](mailto:a b@example.org)",
        "[](https://example.org/)",
        "[ ](https://example.org/)",
        "[a [b] c](https://example.org/)",
        "[[a] b](https://example.org/)",
        "[see [[al]]](https://example.org/)",
        "[see [@one#p1]](https://example.org/)",
        "[words]([[al]])",
        "[[al|the [one]]]",
        "[[al|the [[bo]] one]]",
        "[[al|see [x](https://example.org/)]]",
        "[[Ana Lima]]",
        "[[al|]]",
        "[[al|a|b]]",
        "[[]]",
        "[@one]",
        "[@one#5]",
        "[@one #p5]",
        "[ @one#p5]",
        "[@one#p5, @two#p6]",
        "[@one#p5; two#p6]",
        "[@one#p5 [@two#p6]]",
        "[@one#p5 (see [there])]",
        "[@[one]#p5]",
        "[@one#p0]",
    ],
)
def test_a_broken_mark_is_found_whole(mark: str) -> None:
    assert _broken(mark) == [mark]
    text = f"She [sic] met [[bo]] (see [this](https://example.org/)), {mark} and left. [@one#p1]"
    assert _broken(text) == [mark]
    assert _broken(f"{mark}{mark}") == [mark, mark]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See [this](https://example.org/a and left.", "[this](https://example.org/a"),
        ("See [[al and left.", "[[al"),
        ("She left. [@one#p1", "[@one#p1"),
        ("She left. [@one#p1 [@two#p2]", "[@one#p1"),
    ],
)
def test_of_a_mark_without_an_end_its_beginning_is_found(text: str, found: str) -> None:
    assert _broken(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "See [[al]], [[bo|the other]] and [this](https://example.org/Foo_(bar)). [@one#p1; @two#p2-3]",
        "“He [the mayor] left [sic].”",
        "It [the council (of Selm)] left.",
        "He said [in Selm] (as printed) that [all of it](as he had it) was done.",
        "The sum [1, 2] (3) and [4](in round brackets) are f(x)[0] (y).",
        "Written to ana@example.org; see https://example.org/a_(b)?c[]=1 for more.",
        "A list a[b[0]] is closed [a [b]].",
        "Prices rose ([see [note] there]).",
        "He said [[in Selm] as printed] that it was done.",
        "He left […] and came back [...].",
    ],
)
def test_what_only_has_brackets_is_no_broken_mark(text: str) -> None:
    assert not _broken(text)


@pytest.mark.parametrize(
    "text", ["[[ " * 30_000, "[@ [(" * 20_000, "](a" * 30_000, "[](a" * 25_000, "[" * 50_000 + "](" * 25_000]
)
def test_brackets_without_end_take_no_time(text: str) -> None:
    assert len(_broken(text)) <= len(text) / 2
