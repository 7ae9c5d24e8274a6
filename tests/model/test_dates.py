"""Dates keep what is known and gain nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.dates import DateError, EdtfDate

PIECES = st.lists(st.sampled_from([*"0129X~?%/-.", "..", "2022", "-09", "-31", "-21", "202X"]), max_size=8)


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


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-09-16", date(2022, 9, 16), date(2022, 9, 16)),
        ("2022-09-16?", date(2022, 9, 16), date(2022, 9, 16)),
        ("2022-11~", date(2022, 11, 1), date(2022, 11, 30)),
        ("202X", date(2020, 1, 1), date(2029, 12, 31)),
        ("2022-09-12/2022-09-13", date(2022, 9, 12), date(2022, 9, 13)),
        ("2022-09-30/2022-10-01", date(2022, 9, 30), date(2022, 10, 1)),
        ("2021/2022", date(2021, 1, 1), date(2022, 12, 31)),
        ("2021-05-12/..", date(2021, 5, 12), date.max),
        ("2021-05-12/", date(2021, 5, 12), date.max),
        ("../2021", date.min, date(2021, 12, 31)),
    ],
)
def test_bounds(text: str, earliest: date, latest: date) -> None:
    found = EdtfDate.parse(text)
    assert (found.earliest, found.latest, str(found)) == (earliest, latest, text)


@pytest.mark.parametrize(
    "text", ["", "2022-02-30", "2022-13", "0000", "2022-09-16/2022-09-12", "../..", "2022-9-5", "/"]
)
def test_what_cannot_be_is_an_error(text: str) -> None:
    with pytest.raises(DateError):
        EdtfDate.parse(text)
