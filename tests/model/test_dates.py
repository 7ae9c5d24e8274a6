"""Dates keep what is known and gain nothing, and what is no date is said to be none."""

import calendar
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model.dates import DateError, EdtfDate, is_surely_before
from tests.dates import NEARLY, SHAPES, SINGLE


def _found(text: str) -> EdtfDate | DateError:
    try:
        return EdtfDate.parse(text)
    except DateError as error:
        return error


@given(NEARLY)
@example("../202X")
@example("2021-XX/2022")
@example("2024-00")
@example("0" * 10_000)
@example("1" * 9_999 + "x-")
@example("[..]")
@example("[2022..]")
@example("[2022-09-16..2022-09-12]")
def test_a_text_is_a_date_or_a_date_error_with_a_hint(text: str) -> None:
    found = _found(text)
    if isinstance(found, DateError):
        assert found.hint
        assert len(str(found)) < 200
        return
    assert found.text == text.strip()
    assert date.min <= found.earliest <= found.latest <= date.max
    assert found.first_possible <= found.last_possible
    assert found.earliest <= found.listed <= found.latest


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    for text in (*SHAPES, "../202X", "2021-XX/2022", "2024-00", "x", ""):
        _found(text)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("text", SHAPES)
def test_each_shape_parses_to_its_days(text: str) -> None:
    found = EdtfDate.parse(text)
    assert found.first_possible <= found.earliest <= found.latest
    assert found.last_possible >= found.earliest


@given(st.integers(1, 9999), st.integers(0, 25), st.integers(0, 32))
def test_days_and_months_are_those_of_the_calendar(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    found = _found(text)
    if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
        assert found == EdtfDate.of_day(date(year, month, day))
    else:
        assert isinstance(found, DateError)


@given(st.sampled_from(SINGLE), st.sampled_from(SINGLE))
def test_an_interval_goes_from_its_first_end_to_its_last(first: str, last: str) -> None:
    a, b = EdtfDate.parse(first), EdtfDate.parse(last)
    found = _found(f"{first}/{last}")
    if isinstance(found, DateError):
        assert found.reason == "it ends before it begins"
        assert a.earliest > b.latest
    else:
        assert (found.first_possible, found.last_possible) == (a.first_possible, b.last_possible)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-09-16", date(2022, 9, 16), date(2022, 9, 16)),
        ("2022-09-16?", date(2022, 9, 16), date(2022, 9, 16)),
        ("2022-11~", date(2022, 11, 1), date(2022, 11, 30)),
        ("202X", date(2020, 1, 1), date(2029, 12, 31)),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31)),
        ("2022-XX", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02-XX", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-21", date(2022, 3, 1), date(2022, 5, 31)),
        ("2023-24", date(2023, 12, 1), date(2024, 2, 29)),
        ("9999-24", date(9999, 12, 1), date.max),
        ("2022-09-12/2022-09-13", date(2022, 9, 12), date(2022, 9, 13)),
        ("2021/2022", date(2021, 1, 1), date(2022, 12, 31)),
        ("2021-05-12/..", date(2021, 5, 12), date.max),
        ("2021-05-12/", date(2021, 5, 12), date.max),
        ("../2021", date.min, date(2021, 12, 31)),
        ("../202X", date.min, date(2029, 12, 31)),
        ("2021-XX/2022", date(2021, 1, 1), date(2022, 12, 31)),
        # From autumn to April is in order in the south.
        ("2022-23/2022-04", date(2022, 3, 1), date(2022, 4, 30)),
        ("[2022-09-13..2022-11]", date(2022, 9, 13), date(2022, 11, 30)),
        ("[2022-09..2022-09]", date(2022, 9, 1), date(2022, 9, 30)),
        ("[..2022-11]", date.min, date(2022, 11, 30)),
    ],
)
def test_bounds(text: str, earliest: date, latest: date) -> None:
    found = EdtfDate.parse(text)
    assert (found.earliest, found.latest, str(found)) == (earliest, latest, text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-09-16", date(2022, 9, 16), date(2022, 9, 16)),
        ("2022-09-16~", date(2022, 9, 13), date(2022, 9, 19)),
        ("2022-09?", date(2022, 8, 3), date(2022, 10, 29)),
        ("2022-21", date(2022, 3, 1), date(2022, 12, 22)),
        ("2022-23", date(2022, 3, 1), date(2022, 12, 22)),
        ("2022-22", date(2021, 12, 1), date(2023, 3, 21)),
        ("2022-24", date(2021, 12, 1), date(2023, 3, 21)),
        ("0001-24", date.min, date(2, 3, 21)),
        ("9999~", date(9998, 1, 2), date.max),
        ("2022-09-16/2022-12~", date(2022, 9, 16), date(2023, 1, 30)),
        ("2022-23/..", date(2022, 3, 1), date.max),
        ("[2022-09-13..2022-11]", date(2022, 9, 13), date(2022, 11, 30)),
        ("[..2022-11]", date.min, date(2022, 11, 30)),
    ],
)
def test_days_that_a_date_may_mean_anywhere_on_earth(text: str, first: date, last: date) -> None:
    found = EdtfDate.parse(text)
    assert (found.first_possible, found.last_possible) == (first, last)


@pytest.mark.parametrize(
    ("last", "first", "expected"),
    [
        (date(2022, 9, 16), date(2022, 9, 17), False),
        (date(2022, 9, 16), date(2022, 9, 18), True),
        (date(2022, 9, 17), date(2022, 9, 16), False),
        (date.min, date.max, True),
        (date.max, date.min, False),
    ],
)
def test_dates_of_two_places_differ_by_a_day(last: date, first: date, *, expected: bool) -> None:
    assert is_surely_before(last, first) is expected


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("2022", True, True),
        ("0001-01-01/9999-12-31", True, True),
        ("0001-01-01/..", True, False),
        ("/9999-12-31", False, True),
    ],
)
def test_the_first_and_the_last_of_all_days_are_no_open_ends(text: str, *, begin: bool, end: bool) -> None:
    found = EdtfDate.parse(text)
    assert ((found.begin is not None), (found.end is not None)) == (begin, end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2022", True), ("2022-09-16", True), ("0001", True)]
    + [(text, False) for text in ("2022-21", "2022~", "2022-XX", "202X", "2022/2023", "2022/..", "/2022")],
)
def test_certain_dates_are_those_that_iso_8601_has(text: str, *, expected: bool) -> None:
    assert EdtfDate.parse(text).is_certain is expected


@pytest.mark.parametrize(
    ("text", "year"),
    [("2022-24", 2022), ("../2022-05", 2022), ("2021/..", 2021), ("0001/2022", 1), ("/0001", 1)],
)
def test_a_date_is_listed_by_its_first_known_end(text: str, year: int) -> None:
    assert EdtfDate.parse(text).year == year


@pytest.mark.parametrize(
    ("text", "reason", "hint"),
    [
        ("2024-00", "there is no month 00", "leave out what is not known: 2024"),
        ("2024-05-00", "May 2024 has no day 00", "leave out what is not known: 2024-05"),
        ("2022-02-30", "February 2022 has no day 30", "its last day is 28"),
        ("2021/2022-13", "there is no month 13", "months are 01 to 12; seasons, 21 to 24, have no day"),
        ("2022-25", "there is no month 25", "months are 01 to 12; seasons, 21 to 24, have no day"),
        ("2022-09-16/2022-09-12", "it ends before it begins", "write the earlier end first"),
        ("2022-04/2021-23", "it ends before it begins", "write the earlier end first"),
        ("../..", "it has neither a beginning nor an end", "give one of them, as in 2022/.."),
        ("/", "it has neither a beginning nor an end", "give one of them, as in 2022/.."),
        ("0000", "years before 1 are not supported", "the first year is 0001"),
        ("-1985", "years before 1 are not supported", "the first year is 0001"),
        ("-0044-03-15", "years before 1 are not supported", "the first year is 0001"),
        ("Y170000002", "a year has four digits", "the last year is 9999"),
        ("2022-09-16T10:00:00Z", "times of day are not supported", "write 2022-09-16"),
        ("2022-09-16 10:00", "times of day are not supported", "write 2022-09-16"),
        ("2022-9-5", "", "write 2022-09-05"),
        ("2022-9", "", "write 2022-09"),
        ("16.9.2022", "", "write 2022-09-16"),
        ("20220916", "", "write 2022-09-16"),
    ],
)
def test_an_error_says_why_and_what_to_write(text: str, reason: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        EdtfDate.parse(text)
    assert (caught.value.reason, caught.value.hint) == (reason, hint)


@pytest.mark.parametrize(
    "text",
    [
        "[2022]",
        "[2022..]",
        "[..]",
        "[2022..2021]",
        "[2022-09,2022-11]",
        "[2022-09..2022-11,2023]",
        "[2022-09~..2022-11]",
        "[2022-21..2022-11]",
        "[202X..2022]",
        "[2022..2023]/2024",
        "2021/[2022..2023]",
        "[2022..2023",
        "2022..2023",
        "{2022..2023}",
    ],
)
def test_a_set_has_two_certain_bounds_in_order_or_the_later_one(text: str) -> None:
    with pytest.raises(DateError) as caught:
        EdtfDate.parse(text)
    assert caught.value.hint


def test_bounds_are_no_ends() -> None:
    found, by = EdtfDate.parse("[2022-09-13..2022-11-28]"), EdtfDate.parse("[..2022-11-28]")
    assert found.is_set
    assert not found.is_interval
    assert not found.is_certain
    # It may have begun, and ended, on any day between them.
    assert found.begin == found.end
    assert found.begin is not None
    assert (found.begin.first_possible, found.begin.last_possible) == (found.earliest, found.latest)
    assert by.begin is None
    assert by.end is not None
    assert by.end.first_possible == date.min


def test_a_set_is_listed_by_its_first_bound_after_what_is_shorter() -> None:
    texts = ["[2022-09-13..2022-11-28]", "[..2022-09-15]", "2022-09-16", "2022-09-14", "2022-09-13"]
    found = sorted(texts, key=lambda text: EdtfDate.parse(text).sort_key)
    assert found == ["2022-09-13", "[2022-09-13..2022-11-28]", "2022-09-14", "[..2022-09-15]", "2022-09-16"]
