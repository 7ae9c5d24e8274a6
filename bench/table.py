"""The table of a benchmark of building: medians, ratios, cost a page, and which goals are met."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.measure import Run

# Rows that goals speak of.
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
    """What was measured of one thing at one size.

    Attributes:
        cold: Whether the whole site was made each time, so that the pages share the cost.
    """

    name: str
    runs: tuple[Run, ...]
    pages: int
    cold: bool = True

    @property
    def fault(self) -> str:
        """Why there is no result; empty where there is one."""
        return next((run.fault for run in self.runs if run.fault), "" if self.runs else "not run")

    @property
    def seconds(self) -> float:
        """The median."""
        return median(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median of seconds of processors."""
        return median(run.cpu for run in self.runs)

    @property
    def peak(self) -> int:
        """The most bytes of any run."""
        return max(run.peak for run in self.runs)

    @property
    def per_page(self) -> float:
        """Milliseconds by the clock; 0 without pages."""
        return 1000 * self.seconds / self.pages if self.pages else 0


@dataclass(frozen=True)
class Goal:
    """What was promised, and what came of it.

    Attributes:
        met: None where what it speaks of was not measured.
    """

    text: str
    told: str
    met: bool | None

    def __str__(self) -> str:
        head = {True: "met", False: "not met", None: "not measured"}[self.met]
        return f"{head:12}  {self.text}{f': {self.told}' if self.told else ''}"


def ratio(row: Row, base: Row | None) -> float | None:
    """The seconds of a row to those of another; None where either has none."""
    if row.fault or base is None or base.fault or not base.seconds:
        return None
    return row.seconds / base.seconds


def table(rows: Sequence[Row]) -> str:
    """A Markdown table, a row a line; below it, what those said that failed."""
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
    """The goals of a size, whether or not it is the one that they were set for."""
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
    # What makes pages from seeds takes the most, so that it cannot be met without that.
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
    """What a page costs at the largest size to what it costs at the smallest, by the clock and by CPU seconds.

    Only of what was made cold at both.
    """
    small, large = ({row.name: row for row in sizes[size]} for size in (min(sizes), max(sizes)))
    for name, row in large.items():
        before = small.get(name)
        if before is None or not row.cold or row.fault or before.fault or not (row.pages and before.pages):
            continue
        share = before.pages / row.pages
        yield name, share * row.seconds / before.seconds, share * row.cpu / before.cpu


def growth_goal(found: Sequence[tuple[str, float, float]]) -> Goal:
    """Whether a page of ours costs about the same at all sizes, of the whole way from seeds to site."""
    text = f"cost a page at most {_GROWTH} of that at the smallest size"
    for name, seconds, cpu in found:
        if name == COLD:
            return Goal(text, f"{seconds:.2f}, {cpu:.2f} by CPU seconds", seconds <= _GROWTH)
    return Goal(text, "", None)
