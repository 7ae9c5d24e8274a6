"""Charts: the articles of each outlet over time, and the events of each period that each origin reports."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.markup import markdown
from generator.model.dates import EdtfDate
from generator.model.ids import OrganizationId
from generator.pages.figures import charts as drawing
from generator.pages.figures import svg
from generator.pages.figures.charts import ChartColumn, ChartData, Series
from generator.pages.indexes.indexes import group_target
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import INDEX, Pen

PATH = "charts.md"
# Outlets with their own bar; the others share one.
_OUTLETS = drawing.PATTERNS - 1
# The most bars by month; beyond that they are by year up to this number, then by several years.
_MONTHS, _YEARS = 36, 40


class Chart(NamedTuple):
    """A chart, and its data as a table."""

    heading: str
    intro: str
    figure: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[Markup, ...], ...]


def pages(edition: Edition) -> Iterator[Page]:
    """The charts."""
    pen = Pen(edition, PATH)
    title, intro = pen.words("figures.charts.title"), pen.words("figures.charts.intro")
    found = tuple(chart for chart in (_articles(pen), _events(pen)) if chart)
    meta = head.of_page(pen, title, intro)
    yield Page(pen.path, meta, pen.render("charts", title=title, intro=intro, charts=found))


def _articles(pen: Pen) -> Chart | None:
    dated = [(a.published, a.outlet) for a in pen.edition.articles_by_date if a.published]
    if not dated:
        return None
    periods = _Periods(pen, (date for date, _ in dated))
    columns = tuple(periods.column(n, linked=True) for n in range(periods.number))
    counted = _series(pen, ((periods.place(date), outlet) for date, outlet in dated), periods.number)
    data = ChartData(columns, counted).without_gaps()
    undated = len(pen.edition.dossier.articles) - len(dated)
    texts = pen.words("figures.charts.articles"), pen.words("figures.charts.articles_desc", n=len(dated))
    figure = svg.figure(
        "fig-wide fig-chart",
        drawing.stacked("fig-articles", texts, data),
        caption=drawing.legend("fig-articles", data.series),
    )
    intro = pen.words("figures.charts.articles_intro", n=len(dated))
    if undated:
        intro = f"{intro} {pen.words('figures.charts.undated', n=undated)}"
    return _chart(pen, texts[0], intro, figure, data)


def _events(pen: Pen) -> Chart | None:
    dossier = pen.edition.dossier
    dated = [
        (dossier.events[key].date, origin)  # type: ignore[index]
        for key, found in sorted(pen.edition.reported.items())
        for origin in pen.edition.origins(found)
    ]
    if not dated:
        return None
    periods = _Periods(pen, (date for date, _ in dated))
    columns = tuple(periods.column(n) for n in range(periods.number))
    counts = ((periods.place(date), origin) for date, origin in dated)
    data = ChartData(columns, _series(pen, counts, periods.number, "origin")).without_gaps()
    texts = pen.words("figures.charts.events"), pen.words("figures.charts.events_desc", n=len(data.series))
    figure = svg.figure("fig-wide fig-chart", drawing.rows("fig-events", texts, data))
    return _chart(pen, texts[0], pen.words("figures.charts.events_intro"), figure, data, is_sum=False)


def _chart(
    pen: Pen, heading: str, intro: str, figure: Markup, data: ChartData, *, is_sum: bool = True
) -> Chart:
    """A chart with its table, which has a row for each period that is not empty."""
    if any(column.is_cut for column in data.columns):
        intro = f"{intro} {pen.words('figures.charts.cut')}"
    rows = []
    for n, column in enumerate(data.columns):
        numbers = [one.numbers[n] for one in data.series]
        if any(numbers):
            total = [markdown.text(sum(numbers))] if is_sum else []
            rows.append((markdown.text(column.words), *(markdown.text(m or "") for m in numbers), *total))
    heads = [pen.words("figures.charts.time"), *(one.name for one in data.series)]
    heads += [pen.words("figures.charts.all")] if is_sum else []
    return Chart(heading, intro, figure, tuple(heads), tuple(rows))


class _Periods:
    """Equal stretches of time from the first of some dates to the last: months, years, or several years."""

    def __init__(self, pen: Pen, dates: Iterable[EdtfDate]) -> None:
        self._pen = pen
        months = [self._month(date) for date in dates]
        first, last = min(months), max(months)
        self._step = 1
        if last - first >= _MONTHS:
            first -= first % 12
            self._step = 12 * -(-((last - first) // 12 + 1) // _YEARS)
        self._first = first
        self.number = (last - first) // self._step + 1

    @staticmethod
    def _month(date: EdtfDate) -> int:
        """The month in which a date is counted: the one under which it is listed."""
        return date.listed.year * 12 + date.listed.month - 1

    def place(self, date: EdtfDate) -> int:
        """The period that a date lies in."""
        return (self._month(date) - self._first) // self._step

    def column(self, place: int, *, linked: bool = False) -> ChartColumn:
        """A period in words."""
        year, month = divmod(self._first + place * self._step, 12)
        if self._step == 1:
            text = f"{year:04}-{month + 1:02}"
        elif self._step == 12:
            text = f"{year:04}"
        else:
            text = f"{year:04}/{min(9999, year + self._step // 12 - 1):04}"
        words = self._pen.date(EdtfDate.parse(text))
        brief = self._pen.date(EdtfDate.parse(text), short=True)
        return ChartColumn(words, brief, self._href(str(year)) if linked else "")

    def _href(self, year: str) -> str:
        target = group_target("articles", "year", year, len(self._pen.edition.dossier.articles))
        has_year = any(
            a.published and str(a.published.year) == year for a in self._pen.edition.dossier.articles.values()
        )
        return self._pen.href(f"articles/{INDEX}", target.partition("#")[2] if has_year else "")


def _series(
    pen: Pen, found: Iterable[tuple[int, OrganizationId | None]], number: int, of: str = "outlet"
) -> tuple[Series, ...]:
    """Counts by outlet or by origin, the largest first; all others as one series."""
    counts = Counter(found)
    totals: Counter[OrganizationId | None] = Counter()
    for (_, outlet), n in counts.items():
        totals[outlet] += n
    ordered = sorted(totals, key=lambda outlet: (outlet is None, -totals[outlet], outlet or ""))
    own, rest = ordered[:_OUTLETS], ordered[_OUTLETS:]
    series = [
        Series(
            pen.outlet_words(outlet) if outlet else pen.words(f"figures.charts.no_{of}"),
            tuple(counts[place, outlet] for place in range(number)),
        )
        for outlet in own
    ]
    if rest:
        left = tuple(sum(counts[place, outlet] for outlet in rest) for place in range(number))
        series.append(Series(pen.words(f"figures.charts.other_{of}s", n=len(rest)), left))
    return tuple(series)
