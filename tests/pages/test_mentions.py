"""A record's mentions, on pages that link to each other, and how many articles mention it over time."""

import html
import json
import re

import pytest

from generator.edition import Edition
from generator.link import link
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.pages.records import mentions
from generator.pages.records.mentions import leading_to
from generator.pages.writing.pen import Pen
from tests.build import article, dossier, record


def _edition(*dates: str) -> Edition:
    articles = (
        article(f"news-{n}", "Ana Lima spoke." if n % 2 else "Lima spoke to Ana Lima.", published=date)
        for n, date in enumerate(dates)
    )
    found = dossier(record(Kind.PERSON, "ana", name="Ana Lima", short=["Lima"]), *articles)
    return Edition(found, link(found))


def _view(edition: Edition, page: int = 1) -> mentions.MentionsView:
    return mentions.view(Pen(edition, mentions.page_path("people/ana", page)), RecordId("ana"), page)


def test_bars_count_articles_by_month_and_lead_to_where_they_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("edition.coverage", "pages.records.mentions"):
        monkeypatch.setattr(f"generator.{module}.MENTIONS_A_PAGE", 2)
    edition = _edition("2022-01-05", "2022-01-09", "2022-03", "2022-03-02", "2022-03-03")
    bars = _view(edition).bars
    assert [(bar.choice, bar.height, bar.number, bar.target) for bar in bars] == [
        ("date=2022-01", 67, "2 articles", "mentions-2/"),
        ("date=2022-02", 0, "0 articles", ""),
        ("date=2022-03", 100, "3 articles", "#at-mentions"),
    ]
    assert [_view(edition, page).bars for page in (2, 3)] == [(), ()]


@pytest.mark.parametrize(
    ("first", "last", "values"),
    [
        ("2019-06-01", "2022-01-01", ["2019-06", "2022-01"]),
        ("2019-01-01", "2022-01-01", ["2019", "2022"]),
        ("1950", "2022-01-01", ["1950/1959", "2020/2029"]),
    ],
)
def test_bars_are_months_years_or_decades(first: str, last: str, values: list[str]) -> None:
    bars = _view(_edition(first, last, last)).bars
    assert [bars[0].choice, bars[-1].choice] == [f"date={value}" for value in values]
    assert len(bars) <= 36


def test_mentions_are_filtered_by_date_outlet_and_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("edition.coverage", "pages.records.mentions"):
        monkeypatch.setattr(f"generator.{module}.MENTIONS_A_PAGE", 2)
    edition = _edition("2022-01-05", "2022-02-09", "2022-03-01")
    view = _view(edition)
    head = json.loads(html.unescape(re.findall(r'data-index="([^"]*)"', str(view.mark))[0]))
    assert [key for key, *_ in head["facets"]] == ["date", "outlet", "word"]
    assert head["parts"] == ["mentions-2/"]
    assert not head["repeat"]
    assert sorted(name for _, name in head["values"][2]) == ["Ana Lima", "Lima"]
    # What is on another page is read from there.
    assert [name for _, name in head["values"][0]] == ["February 2022", "March 2022"]
    assert "data-part=" in str(_view(edition, 2).mark)


def test_few_mentions_have_neither_bars_nor_filters() -> None:
    view = _view(_edition("2022-01-05", "2022-02-09"))
    assert not view.mark
    assert not view.bars


@pytest.mark.parametrize("pages", [1, 2, 12])
def test_few_pages_link_to_all(pages: int) -> None:
    assert [leading_to(page, pages) for page in range(1, pages + 1)] == [list(range(1, pages + 1))] * pages


@pytest.mark.parametrize("pages", [13, 30, 100, 997])
def test_many_pages_link_to_neighbors_and_reach_all_in_steps(pages: int) -> None:
    near = {page: leading_to(page, pages) for page in range(1, pages + 1)}
    for page, others in near.items():
        assert others == sorted(set(others))
        assert {1, max(1, page - 1), min(pages, page + 1), pages} <= set(others) <= near.keys()
        assert len(others) <= 17
    reached, steps = {1}, 0
    while reached != near.keys():
        reached |= {other for page in reached for other in near[page]}
        steps += 1
    assert steps <= 2 + pages // 40
