"""The table of the build benchmark: medians, ratios, cost per page, and which goals are met."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.measure import Run

# The rows to which goals refer.
HUGO, HUGO_SEARCH = "Hugo", "Hugo + Pagefind"
MARKDOWN, MARKDOWN_SEARCH = "ours, Markdown to site", "ours, Markdown to site and search"
COLD, NOTHING = "ours, seeds to site and search", "ours, nothing changed"
ARTICLE = "ours, one article's body changed"
RESTORED = "ours, a word, restored elsewhere"
_OURS = "ours, "
_HEADS = ("Build", "Seconds", "CPU seconds", "Peak MB", "÷ Hugo", "÷ Hugo + Pagefind", "Pages", "ms a page")
# Seconds, gigabytes and ratios.
_ARTICLE, _SHARE_OF_COLD, _NOTHING, _PEAK, _SEARCH, _GROWTH = 2, 1 / 15, 1, 1.5, 0.75, 1.15
_RESTORED = 1 / 8


@dataclass(frozen=True)
class Row:
    """The runs of one step at one size.

    Attributes:
        name: Its name in the table.
        runs: The cost of each run.
        pages: The number of pages of the site.
        cold: Whether each run built the whole site, so that a cost per page makes sense.
    """

    name: str
    runs: tuple[Run, ...]
    pages: int
    cold: bool = True

    @property
    def fault(self) -> str:
        """Why there is no result; empty if there is one."""
        return next((run.fault for run in self.runs if run.fault), "" if self.runs else "not run")

    @property
    def seconds(self) -> float:
        """The median of the wall-clock time."""
        return median(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median of the CPU seconds."""
        return median(run.cpu for run in self.runs)

    @property
    def peak(self) -> int:
        """The largest peak memory of all runs, in bytes."""
        return max(run.peak for run in self.runs)

    @property
    def per_page(self) -> float:
        """Milliseconds per page; 0 without pages."""
        return 1000 * self.seconds / self.pages if self.pages else 0


@dataclass(frozen=True)
class Goal:
    """A goal and its result.

    Attributes:
        text: The goal in words.
        figures: The measured figures, or why there are none.
        met: Whether it is met; None if it was not measured.
    """

    text: str
    figures: str
    met: bool | None

    def __str__(self) -> str:
        head = {True: "met", False: "not met", None: "not measured"}[self.met]
        return f"{head:12}  {self.text}{f': {self.figures}' if self.figures else ''}"


def ratio(row: Row, base: Row | None) -> float | None:
    """The ratio of the seconds of a row to those of another; None if either has none."""
    if row.fault or base is None or base.fault or not base.seconds:
        return None
    return row.seconds / base.seconds


def table(rows: Sequence[Row]) -> str:
    """A Markdown table with a line for each row, and below it the messages of failed rows."""
    known = {row.name: row for row in rows}
    lines = [_HEADS, ("---", *["---:"] * (len(_HEADS) - 1))]
    lines += [_cells(row, known) for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADS))]
    said = [f"{row.name}: {row.fault}" for row in rows if ":" in row.fault]
    return "\n".join([*(_line(cells, widths) for cells in lines), *([""] if said else []), *said])


def _cells(row: Row, known: Mapping[str, Row]) -> tuple[str, ...]:
    if row.fault:
        return (row.name, row.fault.partition(":")[0], *[""] * (len(_HEADS) - 2))
    ratios = (ratio(row, known.get(name)) for name in (HUGO, HUGO_SEARCH))
    return (
        row.name,
        f"{row.seconds:.1f}",
        f"{row.cpu:.1f}",
        f"{row.peak / 1e6:,.0f}" if row.peak else "?",
        *("" if value is None else f"{value:.2f}" for value in ratios),
        f"{row.pages:,}",
        f"{row.per_page:.2f}" if row.cold else "",
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    if set(first.strip()) == {"-"}:
        return f"| {first} | {' | '.join(others)} |"
    turned = (cell.rstrip().rjust(width) for cell, width in zip(others, widths[1:], strict=True))
    return f"| {first} | {' | '.join(turned)} |"


def goals(rows: Sequence[Row]) -> Iterator[Goal]:
    """The goals with the figures of one size, even if they were set for another size."""
    known = {row.name: row for row in rows}
    yield _against("cold, without search, no slower than Hugo", known, MARKDOWN, HUGO, 1)
    yield _against(
        f"cold, with search, at most {_SEARCH} of Hugo + Pagefind",
        known,
        MARKDOWN_SEARCH,
        HUGO_SEARCH,
        _SEARCH,
    )
    yield _within(f"one article's body in {_ARTICLE} s, search included", known, ARTICLE, _ARTICLE)
    yield _against("one article's body in a fifteenth of cold", known, ARTICLE, COLD, _SHARE_OF_COLD)
    yield _against("one word, restored elsewhere, in an eighth of cold", known, RESTORED, COLD, _RESTORED)
    yield _within(f"nothing changed in {_NOTHING} s", known, NOTHING, _NOTHING)
    peaks = [row.peak / 1e9 for row in rows if row.name.startswith(_OURS) and not row.fault and row.peak]
    text = f"all processes together in {_PEAK} GB"
    # The build from seeds takes the most memory, so the goal needs its figures.
    if not peaks or COLD not in known or known[COLD].fault:
        yield Goal(text, "", None)
    else:
        yield Goal(text, f"{max(peaks):.2f} GB", max(peaks) <= _PEAK)


def _against(text: str, known: Mapping[str, Row], name: str, base: str, most: float) -> Goal:
    row, other = known.get(name), known.get(base)
    value = ratio(row, other) if row else None
    if row is None or other is None or value is None:
        return Goal(text, _why_not(row, other), None)
    cpu = f", {row.cpu / other.cpu:.2f} by CPU seconds" if other.cpu else ""
    return Goal(text, f"{value:.2f}{cpu}", value <= most)


def _within(text: str, known: Mapping[str, Row], name: str, most: float) -> Goal:
    row = known.get(name)
    if row is None or row.fault:
        return Goal(text, _why_not(row), None)
    return Goal(text, f"{row.seconds:.2f} s, {row.cpu:.2f} CPU seconds", row.seconds <= most)


def _why_not(*rows: Row | None) -> str:
    return "; ".join(f"{row.name}: {row.fault}" for row in rows if row and row.fault)


def growth(sizes: Mapping[int, Sequence[Row]]) -> Iterator[tuple[str, float, float]]:
    """For each cold build: the cost per page at the largest size divided by that at the smallest size.

    Yields the name, the ratio by wall-clock time, and the ratio by CPU seconds.
    """
    small, large = ({row.name: row for row in sizes[size]} for size in (min(sizes), max(sizes)))
    for name, row in large.items():
        before = small.get(name)
        if before is None or not row.cold or row.fault or before.fault or not (row.pages and before.pages):
            continue
        share = before.pages / row.pages
        yield name, share * row.seconds / before.seconds, share * row.cpu / before.cpu


def growth_goal(found: Sequence[tuple[str, float, float]]) -> Goal:
    """The goal that a page of ours, from seeds to site, costs about the same at all sizes."""
    text = f"cost a page at most {_GROWTH} of that at the smallest size"
    for name, seconds, cpu in found:
        if name == COLD:
            return Goal(text, f"{seconds:.2f}, {cpu:.2f} by CPU seconds", seconds <= _GROWTH)
    return Goal(text, "", None)
