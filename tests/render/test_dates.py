"""Dates of a page are not broken in two, in each language of the interface."""

import pytest

from generator.render.dates import unbroken
from generator.words import Words


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("en", "13 September 2022"),
        ("en", "13 Sep 2022"),
        ("en", "3 May"),
        ("ru", "13 сентября 2022"),
        ("hy", "2022 թ. սեպտեմբերի 13"),
    ],
)
def test_a_date_has_no_space_that_breaks(language: str, date: str) -> None:
    found = unbroken(f'<p title="{date}">On {date}, or later.</p>', Words.for_language(language))
    assert found == f'<p title="{date}">On {date.replace(" ", chr(0xA0))}, or later.</p>'


def test_other_numbers_are_left_alone() -> None:
    html = "<p>3 Mayors met 12 times in September and 4 on the 13th.</p>"
    assert unbroken(html, Words.for_language("en")) == html
