"""Dates in words are as precise as they are known, in the form of each language."""

import re
from collections import defaultdict

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model.dates import DateError, EdtfDate
from generator.words import DEFAULT, Words
from generator.words.catalogue import languages
from generator.words.dates import in_words
from tests.dates import NEARLY, SHAPES

ONE = st.from_regex(
    r"(19|20)([0-9]X|[0-9][0-9](-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?)[~?%]?", fullmatch=True
)
ENGLISH = Words.for_language(DEFAULT)
# What only EDTF writes so; `..` and `?` with its neighbours are no words of any language.
CODE = re.compile(r"[X~%?/_{}]|\.\.|-2[1-4]\b")


@given(NEARLY.map(str.strip), st.sampled_from(languages()))
@example("2024-00", "en")
@example("2022/2021", "ru")
@example("2022-09-16/2022-09-12", "hy")
def test_date_has_words_and_other_text_is_refused(text: str, language: str) -> None:
    try:
        found = in_words(Words.for_language(language), text)
    except DateError:
        with pytest.raises(DateError):
            EdtfDate.parse(text)
    else:
        assert found.strip()
        assert not CODE.search(found)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("short", [False, True])
def test_each_shape_has_different_words(language: str, *, short: bool) -> None:
    words = Words.for_language(language)
    by_words: dict[str, list[str]] = defaultdict(list)
    for text in SHAPES:
        found = in_words(words, text, short=short)
        assert not CODE.search(found), (text, found)
        by_words[found].append(text)
    for texts in by_words.values():
        # An unknown month says no more than a year without one, nor an unknown beginning than an open one.
        same = {re.sub(r"(-XX)+", "", text).replace("..", "") for text in texts}
        assert len({"/".join(dict.fromkeys(text.split("/"))) for text in same}) == 1, texts


@given(st.one_of(ONE, st.tuples(ONE, ONE).map("/".join)))
def test_words_add_no_day_or_month(text: str) -> None:
    try:
        EdtfDate.parse(text)
    except DateError:
        return
    found = in_words(ENGLISH, text)
    # An interval from a date to the same is that date.
    text = "/".join(dict.fromkeys(text.split("/")))
    # Numbers in the words are days and years: of both, no more than were written.
    days = [day.lstrip("0") for day in re.findall(r"-\d\d-(\d\d)", text)]
    said = re.findall(r"(?<!\d)\d{1,2}(?!\d|0s)", found)
    assert sorted(said) == sorted(days) or (set(said) <= set(days) and len(said) == len(days))
    months = len(re.findall(r"(?<=\d|X)-\d\d", text)) - len(days)
    assert len(re.findall(r"[A-Z][a-z]+", found)) <= months


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022", "2022"),
        ("2024-02", "February 2024"),
        ("2022-09-16", "16 September 2022"),
        ("2022-09-16?", "16 September 2022 (uncertain)"),
        ("2022-11~", "about November 2022"),
        ("202X", "2020s"),
        ("20XX", "2000–2099"),
        ("098X", "980s"),
        ("01XX", "100–199"),
        ("0987-05", "May 987"),
        ("0001", "1"),
        ("9999-12-31", "31 December 9999"),
        ("2022-XX", "2022"),
        ("2022-24?", "winter 2022 (uncertain)"),
        ("2022-05-XX", "May 2022"),
        ("2022-21", "spring 2022"),
        ("2022-09-12/2022-09-13", "12–13 September 2022"),
        ("2022-09-30/2022-10-01", "30 September – 1 October 2022"),
        ("2021/2022", "2021–2022"),
        ("2021-05-12/..", "from 12 May 2021"),
        ("2021-05-12/", "12 May 2021 (end date unknown)"),
        ("../2021", "until 2021"),
        ("../202X", "until the 2020s"),
        ("/2021-05", "until May 2021"),
        ("2021-XX/2022", "2021–2022"),
        ("2022-09/2022-09", "September 2022"),
        ("2022-09-30/2022-10", "30 September – October 2022"),
        ("2022-23/2022-04", "autumn 2022 – April 2022"),
        ("[2022-09-13..2022-11-28]", "between 13 September and 28 November 2022"),
        ("[2022-09-13..2022-09-16]", "between 13 and 16 September 2022"),
        ("[2022-11-26..2022-11-27]", "26 or 27 November 2022"),
        ("[2022-11-30..2022-12-01]", "30 November or 1 December 2022"),
        ("[2022-12-31..2023-01-01]", "31 December 2022 or 1 January 2023"),
        ("[2021-05..2022-05-16]", "between May 2021 and 16 May 2022"),
        ("[1991..2022]", "between 1991 and 2022"),
        ("[2022-09..2022-09]", "September 2022"),
        ("[..2022-11]", "November 2022 or earlier"),
        # As a position's dates may be, by sources of two time zones.
        ("2022-09-13/2022-09-12", "13 September 2022 – 12 September 2022"),
    ],
)
def test_english_dates(text: str, words: str) -> None:
    assert in_words(ENGLISH, text) == words


def test_months_can_be_short() -> None:
    assert in_words(ENGLISH, "2022-09-12/2022-09-13", short=True) == "12–13 Sep 2022"


@pytest.mark.parametrize(
    ("text", "russian", "armenian"),
    [
        ("2022-09-16", "16 сентября 2022", "2022 թ. սեպտեմբերի 16"),
        ("2022-09", "сентябрь 2022", "2022 թ. սեպտեմբեր"),
        ("2022-09-12/2022-09-13", "12–13 сентября 2022", "2022 թ. սեպտեմբերի 12–13"),
        ("2022-09-30/2022-10-01", "30 сентября – 1 октября 2022", "2022 թ. սեպտեմբերի 30 – հոկտեմբերի 1"),
        ("2022-11~", "около ноября 2022", "մոտավորապես 2022 թ. նոյեմբեր"),
        ("2021-05/..", "с мая 2021", "սկիզբը՝ 2021 թ. մայիս"),
        ("../2021", "до 2021 года", "ավարտը՝ 2021 թ."),
        ("2022-21~", "около весны 2022", "մոտավորապես 2022 թ. գարուն"),
        ("202X", "2020-е", "2020-ականներ"),
    ],
)
def test_other_languages_have_their_own_cases_and_order(text: str, russian: str, armenian: str) -> None:
    assert in_words(Words.for_language("ru"), text) == russian
    assert in_words(Words.for_language("hy"), text) == armenian
