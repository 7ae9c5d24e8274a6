"""Dates keep what is known and gain nothing."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.dates import DateError, EdtfDate, in_words

PIECES = st.lists(st.sampled_from([*"0129X~?%/-.", "..", "2022", "-09", "-31", "-21", "202X"]), max_size=8)
ONE = st.from_regex(r"(19|20)[0-9][0-9X](-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?[~?%]?", fullmatch=True)


def _parsed(text: str) -> EdtfDate | None:
    try:
        return EdtfDate.parse(text)
    except DateError:
        return None


@given(st.one_of(st.text(), PIECES.map("".join)))
def test_a_text_is_a_date_or_a_date_error(text: str) -> None:
    found = _parsed(text)
    if found:
        assert found.earliest <= found.latest
        assert str(found)
        assert found.text == text.strip()


@given(st.one_of(ONE, st.tuples(ONE, ONE).map("/".join)))
def test_words_invent_no_day_and_no_month(text: str) -> None:
    found = _parsed(text)
    if not found:
        return
    # Numbers in the words are days and years: of both, no more than were written.
    days = [day.lstrip("0") for day in re.findall(r"-\d\d-(\d\d)", text)]
    said = re.findall(r"(?<!\d)\d{1,2}(?!\d|0s)", str(found))
    assert sorted(said) == sorted(days) or (set(said) <= set(days) and len(said) == len(days))
    months = len(re.findall(r"(?<=\d|X)-\d\d", text)) - len(days)
    assert len(re.findall(r"[A-Z][a-z]+", str(found))) <= months


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31), "2022"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ("2022-09-16", date(2022, 9, 16), date(2022, 9, 16), "16 September 2022"),
        ("2022-09-16?", date(2022, 9, 16), date(2022, 9, 16), "16 September 2022 (uncertain)"),
        ("2022-11~", date(2022, 11, 1), date(2022, 11, 30), "about November 2022"),
        ("202X", date(2020, 1, 1), date(2029, 12, 31), "2020s"),
        ("2022-09-12/2022-09-13", date(2022, 9, 12), date(2022, 9, 13), "12–13 September 2022"),
        ("2022-09-30/2022-10-01", date(2022, 9, 30), date(2022, 10, 1), "30 September – 1 October 2022"),
        ("2021/2022", date(2021, 1, 1), date(2022, 12, 31), "2021–2022"),
        ("2021-05-12/..", date(2021, 5, 12), date.max, "from 12 May 2021"),
        ("2021-05-12/", date(2021, 5, 12), date.max, "12 May 2021 to an unknown date"),
        ("../2021", date.min, date(2021, 12, 31), "until 2021"),
    ],
)
def test_bounds_and_words(text: str, earliest: date, latest: date, words: str) -> None:
    found = EdtfDate.parse(text)
    assert (found.earliest, found.latest, str(found)) == (earliest, latest, words)


def test_months_can_be_short() -> None:
    assert in_words("2022-09-12/2022-09-13", short=True) == "12–13 Sep 2022"


@pytest.mark.parametrize(
    "text", ["", "2022-02-30", "2022-13", "0000", "2022-09-16/2022-09-12", "../..", "2022-9-5", "/"]
)
def test_what_cannot_be_is_an_error(text: str) -> None:
    with pytest.raises(DateError):
        EdtfDate.parse(text)
