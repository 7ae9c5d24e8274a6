"""Dates of every shape on pages: in words, in figures, and in structured data only if they are certain."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest

from generator.edition import Edition
from generator.export.atom import feed
from generator.link import link
from generator.model.dates import EdtfDate
from generator.model.dossier import Dossier
from generator.model.kinds import Kind
from generator.pages.book import pages
from generator.pages.search import searchable
from generator.pages.writing.words import delay_words
from generator.words import Words
from generator.words.dates import in_words
from tests.build import article, dossier, record
from tests.dates import SHAPES
from tests.searches import texts_of

MACHINE = {"startDate", "endDate", "datePublished", "dateCreated"}
ATOM = "{http://www.w3.org/2005/Atom}"
ISO = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")


def _dossier(language: str, shapes: Sequence[str]) -> Dossier:
    """What has a date, once for every shape of date; each event answers the one before."""
    proof, numbered = ["a-0#p1"], tuple(enumerate(shapes))
    events = (
        record(
            Kind.EVENT,
            f"e-{n}",
            title=f"Event {n}",
            date=text,
            evidence=proof,
            responds_to=[f"e-{n - 1}"][:n],
        )
        for n, text in numbered
    )
    statements = (
        record(
            Kind.STATEMENT,
            f"s-{n}",
            speaker="p",
            issue="i",
            date=text,
            evidence=proof,
            stance=("critical", "neutral")[n % 2],
        )
        for n, text in numbered
    )
    positions = [
        *({"title": f"Post {n}", "from": text} for n, text in numbered),
        *({"title": f"Seat {n}", "from": "0001~", "to": text} for n, text in numbered),
    ]
    return dossier(
        *(article(f"a-{n}", f"Text {n}.", published=text) for n, text in numbered),
        *events,
        *statements,
        record(Kind.PERSON, "p", positions=positions),
        record(Kind.ISSUE, "i"),
        language=language,
        changes=[{"date": text, "what": "New."} for text in shapes],
    )


# All as bars, and fewer one by one.
@pytest.mark.parametrize(("language", "shapes"), [("en", SHAPES), ("ru", SHAPES[::3]), ("hy", SHAPES[1::3])])
def test_every_shape_of_date_is_shown(language: str, shapes: Sequence[str]) -> None:
    found = _dossier(language, shapes)
    edition = Edition(found, link(found))
    made = {page.path: page for page in pages(edition)}
    words = Words.for_language(language)
    for n, text in enumerate(shapes):
        assert in_words(words, text) in made[f"events/e-{n}.md"].body
        assert in_words(words, text) in made[f"articles/a-{n}.md"].body
    given = [data for page in made.values() for data in _dates(page.meta)]
    assert len(given) > len(shapes) // 5
    assert all(ISO.fullmatch(value) for value in given)
    assert not re.search(r"-\d+ (day|month|year)", made["appeals.md"].body)


def _dates(data: object) -> Iterator[str]:
    if isinstance(data, Mapping):
        yield from (value for key, value in data.items() if key in MACHINE)
        yield from (date for value in data.values() for date in _dates(value))


@pytest.mark.parametrize(
    ("asked", "answered", "expected"),
    [
        ("2022-09-16", "2022-09-16", "same day"),
        ("2022-09-16", "2022-09-18", "2 days"),
        # A day earlier by the date of another time zone.
        ("2022-09-16", "2022-09-15", "not reported"),
        ("2022-09", "2022-11", "about 2 months"),
        ("2022-09-16~", "2022-09-17", "same month"),
        ("2022-09~", "2022-09-17", "within 1 month"),
        ("2022-23", "2022-11", "within 8 months"),
        ("2022-11", "2022-23", "within 1 month"),
        ("2022-24", "2022-02-10", "within 2 months"),
        ("../2022", "2022-09", "not reported"),
        # Of what lasted, its beginning counts.
        ("2022-09", "2022-10/..", "about 1 month"),
        ("2022-09-12/", "2022-09-14/2022-11-28", "2 days"),
        # Bounds are no finding.
        ("2021-05", "[2021-05..2022-05-16]", "not reported"),
        ("[2022-09-13..2022-09-16]", "2022-09-20", "not reported"),
        ("2021-05", "[..2022-05-16]", "not reported"),
        ("0001", "9999", "within 9,999 years"),
    ],
)
def test_delays_are_no_more_precise_than_their_dates(asked: str, answered: str, expected: str) -> None:
    assert delay_words(Words.for_language("en"), EdtfDate.parse(asked), EdtfDate.parse(answered)) == expected


def test_feed_and_search_take_every_shape_of_date() -> None:
    found = _dossier("en", SHAPES)
    edition = Edition(found, link(found))
    root = ET.fromstring(feed(edition, "https://example.org/"))
    moments = [e.text or "" for e in root.iter(f"{ATOM}updated")]
    assert len(moments) == len(SHAPES) + 1
    assert all(datetime.fromisoformat(moment).tzinfo for moment in moments)
    ids = [e.text for e in root.iter(f"{ATOM}id")]
    assert len({*ids}) == len(ids)
    days = {text.day for text in texts_of(searchable(edition)) if text.day}
    assert days == {EdtfDate.parse(text).listed.isoformat() for text in SHAPES}
