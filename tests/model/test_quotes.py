"""Quoted words are found whatever the typography, and nothing else is."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.quotes import ambiguous, find, fold, missing, nearest_passage

TYPOGRAPHY = st.text(alphabet="a’'“\"-—– \n\u00a0\u00ad\u200b\u0301\u0323ée한\u1112\u1161\u11ab.,…")


@given(st.one_of(st.text(), TYPOGRAPHY))
def test_every_folded_character_has_its_place(text: str) -> None:
    folded = fold(text)
    # Found without places and with them it is the same.
    assert folded._placed.text == folded.text
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    assert fold(folded.text).text == folded.text


@given(TYPOGRAPHY.map(lambda text: f"one {text} other"))
def test_quote_of_a_whole_text_is_found(text: str) -> None:
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
        ("Երեւան", "«Երևան» քաղաք"),
        ('que "la paix" est', "que « la paix » est"),
        ("que « la paix » est", "que “la paix” est"),
        ("est possible!", "est possible\u202f!"),
        ("dit: oui", "dit : oui"),
        ('צה"ל בתל-אביב', "צה״ל בתל־אביב."),
        ("office of finance", "the ofﬁce of ﬁnance"),
        ("NATO会議", "ＮＡＴＯ会議で"),
        ("spoke of peace", "‎spoke‎ of‎ peace and"),
        ("a\u200db", "ab"),
        ("CO2", "of CO₂ in"),
        ("السلام قريب", "إن الســلام قريب"),
        ("Nicuşor", "că Nicușor a"),
        ("a word", "a word² there"),
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
        # A mark inside a word asks: without it the word says something else.
        ("Երևան", "Երևա՞ն"),
        ("Երևա", "Երևա՞ն"),
        ("12", "½"),
        ("1 1", "1½"),
        ("No 5", "№ 5"),
        ("wait...what", "wait…what"),
        ("محمد", "قال محمّد ذلك"),
        ("km2", "of km² there"),
        ("agree ment", "agree-\nment"),
        ("2021 2022", "2021-\n2022"),
    ],
)
def test_other_words_are_not(quote: str, text: str) -> None:
    assert find([quote], fold(text)) == ()


@pytest.mark.parametrize(
    "quote",
    [
        "The agreement of Chiang Kai-shek on",
        "agree-ment of Chiang",
        "agree- ment of Chiang Kai- shek",
        "agree-\nment of",
        "Kai-shek on cooperation",
        "Kai-shek on co-operation",
    ],
)
def test_hyphen_at_a_line_end_is_optional(quote: str) -> None:
    text = "The agree-\nment of Chiang Kai-\n  shek on co\u00ad\noperation."
    ((start, end),) = find([quote], fold(text))
    assert "".join(text[start:end].split()).replace("\u00ad", "").replace("-", "") == "".join(
        quote.split()
    ).replace("-", "")


def test_a_word_that_a_line_breaks_is_whole() -> None:
    assert find(["reement"], fold("agree-\nment")) == ()
    assert find(["agreem"], fold("agree-\nment of")) == ()
    assert find(["Kaishek Lee"], fold("Kai-shek Lee")) == ()


def test_parts_are_found_in_order() -> None:
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
    index = ambiguous(parts, fold(text))
    assert (index is None) == (len(ways) <= 1)
    assert index is None or len({starts[index] for starts in ways}) > 1


def test_words_that_a_line_breaks_may_be_there_twice() -> None:
    text = fold("an agree-\nment, and an agreement")
    assert ambiguous(["agreement"], text) == 0
    assert ambiguous(["an agreement"], text) == 0
    assert ambiguous(["and an agreement"], text) is None
