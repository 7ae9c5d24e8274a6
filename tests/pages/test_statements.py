"""The index of statements has all of them, each with an address that is on its speaker's page."""

import re
from collections.abc import Iterator

import pytest

from generator.edition import Edition
from generator.link import link
from generator.model.dossier import Dossier
from generator.model.kinds import Kind
from generator.pages.across import statements
from generator.pages.book import pages
from generator.pages.indexes import indexes
from tests.build import article, dossier, record

SPEAKERS, SAID = 4, 40


@pytest.fixture
def found() -> Dossier:
    speakers = [record(Kind.PERSON, f"p-{n}", name=f"Person {chr(65 + n)}") for n in range(SPEAKERS)]
    said = [
        record(
            Kind.STATEMENT,
            f"s-{n}",
            speaker=f"p-{n % SPEAKERS}",
            issue="i-0",
            date=f"{2010 + n % 3}-05-0{1 + n % 9}",
        )
        for n in range(SAID)
    ]
    return dossier(*speakers, record(Kind.ISSUE, "i-0"), *said, article("some-article", "Words."))


def _index(found: Dossier) -> dict[str, str]:
    return {page.path: page.body for page in statements.pages(Edition(found, link(found)))}


def _rows(body: str) -> Iterator[str]:
    return (line for line in body.split("\n") if "permalink" in line)


def test_each_statement_has_its_address_in_the_index(found: Dossier) -> None:
    rows = [*_rows(_index(found)["statements/index.md"])]
    made = {page.path: page.body for page in pages(Edition(found, link(found)))}
    assert len(rows) == SAID
    for row in rows:
        address = re.search(r'href="\.\./(people/p-\d)/#(said-s-\d+)"', row)
        assert address
        assert f'id="{address[2]}"' in made[f"{address[1]}.md"]
        # There it is a link to itself.
        assert f'href="#{address[2]}"' in made[f"{address[1]}.md"]


def test_addresses_stay_when_the_index_is_divided(found: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    def addresses(tree: dict[str, str]) -> set[str]:
        links = (re.search(r'href="[./]*(people/\S+)"', row) for body in tree.values() for row in _rows(body))
        return {address[1] for address in links if address}

    whole = _index(found)
    monkeypatch.setattr(indexes, "LIMIT", 10)
    divided = _index(found)
    assert set(whole) == {"statements/index.md"}
    assert len(divided) > len(whole)
    assert addresses(divided) == addresses(whole)
    assert len(addresses(whole)) == SAID


def test_newest_come_first(found: Dossier) -> None:
    dates = [row.split("|")[1] for row in _rows(_index(found)["statements/index.md"])]
    assert dates == sorted(dates, key=lambda cell: cell.split('"')[3], reverse=True)


def test_a_month_is_offered_where_years_say_little(found: Dossier) -> None:
    body = _index(found)["statements/index.md"]
    assert "&#34;year&#34;" in body
    some = dossier(
        record(Kind.PERSON, "p-0"),
        record(Kind.ISSUE, "i-0"),
        record(Kind.STATEMENT, "s-0", speaker="p-0", issue="i-0", date="2010-05-01"),
        record(Kind.STATEMENT, "s-1", speaker="p-0", issue="i-0", date="2010"),
        article("some-article", "Words."),
    )
    body = _index(some)["statements/index.md"]
    assert "&#34;2010-05&#34;,&#34;May 2010&#34;" in body
    assert "&#34;2010&#34;,&#34;2010&#34;" in body
