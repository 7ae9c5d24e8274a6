"""What a curator is told of a quote, in any script: found, not found, nearly found, found elsewhere."""

import unicodedata
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from generator.check.evidence import quotes
from generator.folding import QUOTATION_MARKS
from generator.model.dossier import OriginalText
from generator.model.ids import ArticleId, RecordId
from generator.model.kinds import Kind
from generator.support.problems import Problem
from tests.build import article, dossier, record

_HASH = "0" * 64
_DASHES = "-‐‑‒–—―−﹣－"
_SPACES = (" ", "  ", "\n", "\t", "\u00a0", "\u202f", "\u3000", "\u2009\u2009")


def _problems(quote: str, *paragraphs: str, number: int = 1) -> list[Problem]:
    """What is said of a quote from a paragraph of an original, whose digest has other words."""
    key = ArticleId(RecordId("one"))
    body = ",".join(str(n) for n in range(1, len(paragraphs) + 1))
    told = article(
        "one", *["Told."] * len(paragraphs), original={"file": "one.txt", "sha256": _HASH, "body": body}
    )
    made = dossier(told, record(Kind.PERSON, "ana-lima", evidence=[{"at": f"one#p{number}", "quote": quote}]))
    original = OriginalText(Path("one.txt"), _HASH, paragraphs, len(paragraphs), (1,) * len(paragraphs))
    return list(quotes(replace(made, originals={key: original})))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("other", ["NFC", "NFD"])
@pytest.mark.parametrize("text", ["Très déçu", "Йошкар-Ола ёлка", "한국 정부", "Việt Nam", "Ἀθῆναι ᾧ"])
def test_composition_is_forgiven(form: str, other: str, text: str) -> None:
    said = f"“{unicodedata.normalize(form, text)},” she said."  # type: ignore[arg-type]
    assert not _problems(unicodedata.normalize(other, text), said)  # type: ignore[arg-type]


def test_another_letter_is_not_forgiven() -> None:
    assert _problems("Tres decu", "Très déçu")
    assert _problems("елка", "ёлка")
    assert _problems("ﬁne", "fin")


@pytest.mark.parametrize(("one", "other"), list(product(_SPACES, _SPACES)))
def test_white_space_is_forgiven(one: str, other: str) -> None:
    assert not _problems(f"cannot{one}satisfy", f"It cannot{other}satisfy us.")


def test_each_quotation_mark_is_every_other() -> None:
    for mark in QUOTATION_MARKS:
        assert not _problems("Armenia's “duty” to", f"that Armenia{mark}s {mark}duty{mark} to help")
        assert not _problems(f"{mark}duty to help{mark}", "the duty to help")


@pytest.mark.parametrize("one", _DASHES)
def test_each_dash_is_every_other(one: str) -> None:
    for other in _DASHES:
        assert not _problems(f"military{one}political", f"a military{other}political one")
        assert not _problems(f"help{one}at once", f"help {other} at once")
    assert _problems(f"military{one}political", "a military political one")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("help", "helpful"),
        ("help", "nohelp"),
        ("help", "help2"),
        ("օգնություն", "օգնությունը"),
        ("помощь", "беспомощь"),
        ("помощ", "помощь"),
        ("βοήθεια", "βοήθειας"),
        ("도움", "도움을"),
        ("عون", "عونا"),
        ("मदद", "मददगार"),
        ("caf", "cafe\u0301"),
        ("cafe", "cafe\u0301"),
    ],
)
def test_a_part_of_a_word_is_no_quote(quote: str, text: str) -> None:
    (problem,) = _problems(quote, f"x {text} y")
    assert problem.rule == "quote-not-found"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("help", "(help)"),
        ("help", "help’s"),
        ("well", "well-informed"),
        ("օգնություն", "«օգնություն»։"),
        ("помощь", "„помощь“."),
        ("帮助", "他们请求帮助了"),
        ("助け", "彼は助けを求めた"),
        ("ช่วย", "ขอช่วยเหลือ"),
    ],
)
def test_a_whole_word_stands_beside_any_mark(quote: str, text: str) -> None:
    assert not _problems(quote, f"x {text} y")


@pytest.mark.parametrize(
    "dots",
    [
        "…",
        " … ",
        "...",
        "[…]",
        " [...] ",
        ".....",
        "(…)",
        " (...) ",
        " . . . ",
        " [. . .] ",
        "[ … ]",
        " . . . . ",
    ],
)
def test_parts_follow_each_other(dots: str) -> None:
    text = "The first word was late, the second word was not, and the third never came."
    assert not _problems(f"The first{dots}the third", text)
    assert not _problems(f"first{dots}second{dots}never came.", text)
    assert not _problems(f"{dots}second{dots}", text)
    (problem,) = _problems(f"second word{dots}first word", text)
    assert problem.message == "quote 'first word' is not after 'second word' in p1"
    assert problem.hint == "give the parts in the text's order"
    assert _problems(f"second word{dots}word was not{dots}second", text)


def test_parts_do_not_overlap() -> None:
    assert _problems("one two … two three", "one two three")
    assert not _problems("one two … two three", "one two two three")


@pytest.mark.parametrize(
    ("quote", "text", "nearest"),
    [
        (
            "had a bit high expectations",
            "But we had a bit higher expectations.",
            "had a bit higher expectations",
        ),
        (
            "Մենք ուղարկեցինք երեք պոմպ",
            "«Մենք ուղարկում ենք երեք պոմպ», – ասաց նա։",
            "Մենք ուղարկում ենք երեք պոմպ",
        ),
        ("мы не получили помощь", "Он сказал: «мы не получили помощи».", "мы не получили помощи"),
        ("their demand … never was met", "Such was their demand, and it never was meet.", "never was meet"),
    ],
)
def test_the_nearest_passage_is_shown(quote: str, text: str, nearest: str) -> None:
    (problem,) = _problems(quote, text)
    assert "is not in p1" in problem.message
    assert problem.hint.startswith("nearest there is ")
    assert nearest in problem.hint


def test_where_it_stands_instead_is_named() -> None:
    paragraphs = ["Nothing of it.", "We asked for help.", "Help came late.", "So we asked for help again."]
    (problem,) = _problems("asked for help", *paragraphs)
    assert problem.hint == "it is in p2, p4"
    (problem,) = _problems("asked … again", *paragraphs, number=2)
    assert problem.hint == "it is in p4"
    assert not _problems("asked … again", *paragraphs, number=4)


def test_a_quote_is_not_looked_for_in_the_digest() -> None:
    (problem,) = _problems("Told.", "Other words.")
    assert problem.rule == "quote-not-found"


def test_the_place_is_the_quotes_own() -> None:
    (problem,) = _problems("no such words", "Other words.")
    assert str(problem.where) == "seeds/test.yml:2:1"
