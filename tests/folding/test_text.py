"""Folded text matches what reads alike, and every match leads back to what it was made of."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.folding import NAMES, QUOTES, Folded, capitals, fold, is_word, unbroken
from generator.folding.table import (
    APOSTROPHES,
    DASHES,
    DOTS,
    DOUBLE_QUOTES,
    HYPHENS,
    INNER_MARKS,
    INVISIBLE,
    QUOTATION_MARKS,
    SPACES,
    TATWEEL,
)
from generator.folding.text import TextChange

_LETTERS = st.sampled_from(
    [
        *"ab '-’‐\n\t\u00a0é각ﬁ½²№…«»“”İẞΆև՞եվЙ\ufe0f",
        *APOSTROPHES,
        *DASHES,
        *DOTS,
        *INNER_MARKS,
        "e\u0301",
        "\u0323",
        "\u0307",
        "가",
        "ᄀ",
        "ᅡ",
        "ᆨ",
        "q\u0303",
        "\u200b",
        "क्षि",
        "Ա",
        "-\n",
        "\u00ad\n",
        "ｶﾞ",
        "葛\U000e0100",
        "ﷺ",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(_LETTERS, max_size=20).map("".join))


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = fold(text).text
    assert fold(folded).text == folded
    assert unicodedata.is_normalized("NFC", folded)


@given(TEXTS)
def test_every_span_leads_to_what_it_was_made_of(text: str) -> None:
    folded = fold(text)
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    # A place between characters that were one cluster is none to begin or end at.
    places = [at for at in range(len(spans) + 1) if at in (0, len(spans)) or spans[at - 1] != spans[at]]
    for start in places:
        for end in places[places.index(start) + 1 :][:8]:
            begin, stop = folded.span(start, end)
            inside = fold(text[begin:stop]).text
            # By itself a piece may be half of what is one only together: եւ, or a word that the end of a line broke.
            level = str.maketrans("վՎ", "ւՒ")
            assert inside.translate(level) == folded.text[start:end].translate(level) or "\n" in text


@given(TEXTS)
def test_what_is_between_two_signs_has_nothing_to_see(text: str) -> None:
    folded = fold(text)
    ends = [0, *(folded.span(at, at + 1)[1] for at in range(len(folded.text)))]
    starts = [*(folded.span(at, at + 1)[0] for at in range(len(folded.text))), len(text)]
    for end, start in zip(ends, starts, strict=True):
        between = text[end:start] if end < start else ""
        assert not fold(between).text.strip(" -")


@given(TEXTS)
def test_with_and_without_places_a_text_is_the_same(text: str) -> None:
    for level in (NAMES, QUOTES):
        assert level.fold(text).text == level.text(text)


@pytest.mark.parametrize(
    ("signs", "in_names", "in_quotes"),
    [
        (APOSTROPHES, "'", "'"),
        (DOUBLE_QUOTES, '"', "'"),
        (QUOTATION_MARKS, None, "'"),
        (HYPHENS, "-", "-"),
        (DASHES, None, "-"),
        (DOTS, "·", "·"),
        (SPACES, " ", " "),
        (INNER_MARKS, "", None),
        (TATWEEL, "", ""),
    ],
)
def test_all_signs_of_a_sort_are_one(signs: str, in_names: str | None, in_quotes: str | None) -> None:
    for sign in signs:
        for level, one in ((NAMES, in_names), (QUOTES, in_quotes)):
            if one is not None:
                assert level.text(f"а{sign}b") == f"а{one}b", hex(ord(sign))
                folded = level.fold(f"а{sign}b")
                assert folded.span(len(folded.text) - 1, len(folded.text)) == (2, 3)


def test_invisible_characters_are_none() -> None:
    ranges = INVISIBLE.replace("-", "")
    for sign in ranges:
        assert NAMES.text(f"а{sign}b") == QUOTES.text(f"а{sign}b") == "аb", hex(ord(sign))
        assert not unicodedata.category(sign).startswith(("L", "N", "P", "Z"))
    assert fold("\u200eIda Sol\u00advang\u200e spoke").span(0, 11) == (1, 13)


def test_each_compatibility_form_is_folded_once() -> None:
    for character in map(chr, (*range(0xD800), *range(0xE000, 0x20000), *range(0x2F800, 0x2FA20))):
        if unicodedata.is_normalized("NFKC", character):
            continue
        for level in (NAMES, QUOTES):
            made = level.text(character)
            assert level.text(made) == made, hex(ord(character))
            # Nothing falls apart into words.
            assert " " not in made or made == " ", hex(ord(character))


@pytest.mark.parametrize(
    "kept", ["½ 1½ word² № 5", "5€", "Brand™", "①", "⒈", "1º", "a…b", "㈜삼성", "ㅋㅏ", "☎", "¨", "x‥"]
)
def test_what_would_say_something_else_is_kept(kept: str) -> None:
    assert fold(kept).text == kept


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("O’Neil‐Smith of\n\u00a0 Port", "O'Neil-Smith of Port"),
        ("Tomas\u030c Veld", "Tomaš Veld"),
        ("ofﬁce of ﬁnance", "office of finance"),
        ("ＮＡＴＯ会議でﾃｽﾄｶﾞ", "NATO会議でテストガ"),
        ("バラク･オバマ", "バラク·オバマ"),
        ("𝐍𝐀𝐓𝐎 in CO₂", "NATO in CO2"),
        ("Louis Ⅹ", "Louis X"),
        ("㍿日本", "株式会社日本"),
        ("⽇本", "日本"),
        ("צה״ל בתל־אביב", 'צה"ל בתל-אביב'),
        ("Երևա՞ն, Երեւան, ԵՐԵՎԱՆ", "Երեւան, Երեւան, ԵՐԵՒԱՆ"),
        ("Straße İstanbul Ärger", "Straße Istanbul Ärger"),
        ("ﺍﻟﺴﻼﻡ", "السلام"),
        ("葛\U000e0100飾", "葛飾"),
        ("می\u200cشود", "ميشود"),
        ("Nicușor Țone", "Nicuşor Ţone"),
        ("Coŀlecció", "Col·lecció"),
        ("محـمّدٌ", "محمد"),
        ("احمدی نژاد", "احمدي نژاد"),
        ("בִּנְיָמִין", "בנימין"),
        ("Sol-\nvang, Nagorno-\nKarabakh, Sol\u00ad\nvang", "Solvang, Nagorno-Karabakh, Solvang"),
        ("2021-\n2022 and a -\nb", "2021- 2022 and a - b"),
    ],
)
def test_what_reads_alike_is_one(written: str, made: str) -> None:
    assert fold(written).text == made


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Երևան", "ԵՐԵՎԱՆ"),
        ("Երևան", "ԵՐԵՒԱՆ"),
        ("Երեւան", "ԵՐԵՎԱՆ"),
        ("Diyarbakır", "DİYARBAKIR"),
        ("İzmir", "IZMIR"),
        ("Γιώργος Παπαδόπουλος", "ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ"),
        ("Γιώργος", "ΓΙΏΡΓΟΣ"),
        ("Καΐρης", "ΚΑΪΡΗΣ"),
        ("Ἀθῆναι", "ΑΘΗΝΑΙ"),
        ("Straßburg", "STRASSBURG"),
        ("Straßburg", "STRAẞBURG"),
        ("Straßburg", "STRAßBURG"),
    ],
)
def test_a_name_is_found_in_capitals(name: str, printed: str) -> None:
    assert fold(printed).text in capitals(fold(name).text)


def test_a_name_is_found_where_a_line_breaks_it() -> None:
    assert fold("Chiang Kai-\nshek").text == unbroken("Chiang Kai-shek") == "Chiang Kaishek"
    assert fold("Guinea-\nBissau").text == unbroken("Guinea-Bissau") == "Guinea-Bissau"


def test_what_belongs_to_words() -> None:
    assert all(map(is_word, "aйé́5٣_՞Ⅷ한"))
    assert not any(map(is_word, "²½①'-—№ .։"))


def test_nothing_moved_in_most_texts() -> None:
    assert not fold("Plain “text” of 2022 – Пашинян’s, Երեվան:").changes
    assert fold("a  b") == Folded("a b", (TextChange(1, 2, 1, 3),))


@given(
    st.text(alphabet="ab ", max_size=30),
    st.lists(st.sampled_from(["a+", "b", " +", "ab", "ba ?", "a b"]), max_size=4),
)
def test_changes_of_changes_lead_back_to_the_text_as_written(text: str, patterns: list[str]) -> None:
    folded = Folded(text)
    # The same, sign by sign.
    spans = [(at, at + 1) for at in range(len(text))]
    for number, pattern in enumerate(map(re.compile, patterns)):
        new = ["", "b", "aab", " "][number]
        level: list[tuple[int, int]] = []
        done = 0
        for match in pattern.finditer(folded.text):
            start, end = match.span()
            level += spans[done:start]
            level += (
                [(spans[start][0], spans[end - 1][1])] * len(new) if match[0] != new else spans[start:end]
            )
            done = end
        spans = level + spans[done:]
        folded = folded.replaced(pattern, new)
    assert [folded.span(at, at + 1) for at in range(len(folded.text))] == spans
