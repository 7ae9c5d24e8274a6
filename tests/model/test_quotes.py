"""Quoted words are found whatever the typography, and nothing else is."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.quotes import _placed, find, fold, missing, nearest_passage, unclear

TYPOGRAPHY = st.text(alphabet="a’'“\"-—– \n\u00a0\u00ad\u200b\u0301\u0323ée한\u1112\u1161\u11ab.,…")


@given(st.one_of(st.text(), TYPOGRAPHY))
def test_every_folded_character_has_its_place(text: str) -> None:
    folded, placed = fold(text), _placed(text)
    assert folded.text == "".join(letter for letter, _ in placed)
    assert all(0 <= start < end <= len(text) for _, (start, end) in placed)
    assert fold(folded.text).text == folded.text


@given(TYPOGRAPHY.map(lambda text: f"one {text} other"))
def test_a_text_stands_in_itself(text: str) -> None:
    assert missing([text], fold(text)) is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("We ask our allies", "“We ask our\n allies,” she said."),
        ("'We ask'", "“We ask our allies,” she said."),
        ("Ostrel's guards", "Ostrel’s guards"),
        ("well-known - they said", "well‑known—they said"),
        ("caf\u00e9", "a cafe\u0301 there"),
        ("soft", "so\u00adft"),
        ("Ostrel", "Ostrel’s"),
        ("北京", "他在北京说"),
        ("Երևան", "«Երևան» քաղաք"),
    ],
)
def test_typography_is_forgiven(quote: str, text: str) -> None:
    ((start, end),) = find([quote], fold(text))
    assert fold(text[start:end]).text == fold(quote).text.strip("'")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("allies", "our Allies"),
        ("ally", "our allyship"),
        ("lies", "our allies"),
        ("cafe", "a cafe\u0301 there"),
        ("Երևան", "Երևանում"),
        ("not for soldiers", "not, for soldiers"),
        ("कि", "किं"),
    ],
)
def test_other_words_are_not(quote: str, text: str) -> None:
    assert find([quote], fold(text)) == ()


def test_parts_stand_in_their_order() -> None:
    text = fold("one two three two")
    assert find(["two", "three"], text) == ((4, 7), (8, 13))
    assert missing(["three", "one"], text) == 1
    assert missing(["two", "two", "two"], text) == 2


def test_the_nearest_passage_is_in_whole_words() -> None:
    text = fold("In short, “the alliance has not answered,” she said.")
    assert nearest_passage("alliance had not answere", text) == "alliance has not answered"
    assert nearest_passage("xyz", text) == ""


@given(
    st.lists(st.sampled_from(["no", "no-no", "help"]), max_size=7),
    st.lists(st.sampled_from(["no", "help", "no help", "no no"]), min_size=1, max_size=3),
)
def test_a_quote_is_clear_where_its_parts_fit_in_one_way(words: list[str], parts: list[str]) -> None:
    text = " ".join(words)
    places = [[m.start() for m in re.finditer(rf"(?={part}\b)(?<!\w)", text)] for part in parts]
    ways = [
        starts
        for starts in itertools.product(*places)
        if all(a + len(p) <= b for a, p, b in zip(starts, parts, starts[1:], strict=False))
    ]
    index = unclear(parts, fold(text))
    assert (index is None) == (len(ways) <= 1)
    assert index is None or len({starts[index] for starts in ways}) > 1
