"""YAML is read as text with its places, and hostile YAML is refused before it is built."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.load.records import plain, spans
from generator.load.yaml import parse


def _problems(text: str) -> list[str]:
    return [problem.rule for problem in parse(text, "x.yml")[1]]


def test_scalars_are_text() -> None:
    text = "a: NO\nb: 2022-02-30\nc: 12:30:45\nd: 0o17\ne: ~\nf: '~'\ng: 1.0\nh: 'null'\n"
    node, problems = parse(text, "x.yml")
    assert node is not None
    assert not problems
    expected = {"a": "NO", "b": "2022-02-30", "c": "12:30:45", "d": "0o17", "f": "~", "g": "1.0", "h": "null"}
    assert plain(node) == expected


def test_values_and_keys_have_places() -> None:
    node, _ = parse("ա:\n  բ: [x, «y»]\n", "x.yml", first_line=5)
    assert node is not None
    found = spans(node)
    assert (found[("ա", "բ", 1)].line, found[("ա", "բ", 1)].column) == (6, 10)
    assert (found[("ա", "", "բ")].line, found[("ա", "", "բ")].column) == (6, 3)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_endless_nesting_is_refused(opening: str) -> None:
    assert _problems("a: " + opening * 30_000 if opening[0] in "[{" else opening * 30_000) == ["yaml-depth"]


def test_nesting_by_way_of_aliases_is_refused() -> None:
    deep = [f"a{n}: &a{n} {'[' * 40}{f'*a{n - 1}' if n else 'x'}{']' * 40}\n" for n in range(60)]
    assert _problems("".join(deep)) == ["yaml-depth"]


def test_a_bomb_is_refused() -> None:
    doubled = [f"a{n}: &a{n} [{f'*a{n - 1}, *a{n - 1}' if n else 'x, x'}]\n" for n in range(64)]
    assert _problems("".join(doubled)) == ["yaml-size"]


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from("a:-[]{}&*!|>'\"%#?,~<\n \t\u00e9\\"), max_size=40).map("".join)
    )
)
def test_any_text_is_read_or_refused(text: str) -> None:
    node, problems = parse(text, "x.yml")
    assert node is None or plain(node) is not None
    assert all(problem.where.line >= 1 and problem.where.column >= 1 for problem in problems)


@given(st.text())
def test_a_quoted_text_stays_that_text(text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    if any(letter in text for letter in "\r\n\x85\u2028\u2029") or not text.isprintable():
        return
    node, problems = parse(f"a: {quoted}", "x.yml")
    assert not problems
    assert node is not None
    assert plain(node) == {"a": text}
