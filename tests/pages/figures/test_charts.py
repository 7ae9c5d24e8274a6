"""Charts and their tables count the dossier's articles and events."""

import re

import pytest

from generator.edition import Edition
from generator.link import link
from generator.model.article import Article
from generator.model.kinds import Kind
from generator.pages.across import charts
from generator.pages.figures.charts import ChartColumn, ChartData, Series
from tests.build import article, dossier, record
from tests.pages import reading


def _page(*articles: Article) -> str:
    outlets = [record(Kind.ORGANIZATION, f"o-{n}", kind="outlet", name=f"Outlet {n}") for n in range(9)]
    found = dossier(*outlets, *articles)
    (page,) = charts.pages(Edition(found, link(found)))
    return page.body


def _numbers(body: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in body.splitlines()
        if line[:3] == "| 2"
    ]


def test_long_charts_have_years_in_place_of_months() -> None:
    few = _page(*(article(f"a-{n}", "x", outlet="o-0", published=f"2022-0{n}-03") for n in (1, 3)))
    assert "Jan 2022" in few
    assert "Feb 2022" in few
    many = _page(*(article(f"a-{n}", "x", outlet="o-0", published=f"{2000 + n}-03-03") for n in range(9)))
    assert "Jan 2000" not in many
    assert [row[0] for row in _numbers(many)] == [str(2000 + n) for n in range(9)]


def test_bars_and_table_have_the_same_counts() -> None:
    body = _page(
        *(article(f"a-{n}", "x", outlet=f"o-{n % 2}", published=f"{2000 + n % 5}") for n in range(20)),
        article("b", "x", published="2003"),
        article("undated", "x"),
    )
    rows = _numbers(body)
    assert sum(int(row[-1]) for row in rows) == 21
    assert "1 article without a date is not included." in body
    titles = [reading.text_of(e) for e in reading.parse(body).iter() if str(e.tag).endswith("}title")]
    assert "2003: Outlet 0 2, Outlet 1 2, unidentified outlet 1" in titles
    assert ["2003", "2", "2", "1", "5"] in rows


def test_smallest_outlets_share_the_last_pattern() -> None:
    body = _page(*(article(f"a-{n}", "x", outlet=f"o-{n}", published="2022-01") for n in range(9)))
    assert "3 other outlets" in body
    assert len(re.findall(r"<pattern", body)) == 7


def test_bar_heights_are_proportional_to_counts() -> None:
    body = _page(
        *(article(f"a-{n}", "x", outlet="o-0", published=f"2022-0{1 + n // 3}-01") for n in range(4))
    )
    heights = [float(h) for h in re.findall(r'height="([\d.]+)" class="s0"', body)]
    assert heights[0] == pytest.approx(3 * heights[1], abs=0.5)


def test_long_empty_periods_are_cut_out() -> None:
    columns = tuple(ChartColumn(str(year), str(year)) for year in range(2000, 2012))
    numbers = (1, 0, 0, 2, 0, 0, 0, 0, 0, 3, 0, 1)
    data = ChartData(columns, (Series("one", numbers), Series("two", (0,) * 12)))
    kept, series = data.without_gaps()
    assert [column.brief or "cut" for column in kept] == [
        "2000",
        "2001",
        "2002",
        "2003",
        "cut",
        "2009",
        "2010",
        "2011",
    ]
    assert series[0].numbers == (1, 0, 0, 2, 0, 3, 0, 1)
    assert series[0].total == sum(numbers)
