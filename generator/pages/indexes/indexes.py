"""Lists that grow with the dossier: one page while they are short, then the first rows and a page for each group."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.edition.sort_names import OTHER, letter_of
from generator.markup import markdown
from generator.model.dates import EdtfDate
from generator.model.ids import RecordId, slug
from generator.pages.indexes import faceted
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import INDEX, Pen

# The most rows of one page; a longer index has a page for each group, and on its own page the first rows.
LIMIT = 200
FIRST = 100
LETTER = "letter"
# The group of records without a date.
UNDATED = "undated"
# What a row ends with.
_END = " | "
# Before our anchors, apart from those that Python-Markdown gives headings of its own accord.
_AT = "at-"


Cells = Callable[[Pen], tuple[Markup, ...]]


class IndexRow(NamedTuple):
    """A row of an index.

    Attributes:
        group: The key of its group, the same in all languages.
        cells: Writes its cells as Markdown for the page that shows them.
        values: Its values of the index's facets.
        heading: The name of the group, if it is not the key.
        rank: Its place in the list of all rows; rows of one rank keep the order of the groups.
    """

    group: str
    cells: Cells
    values: tuple[faceted.Values, ...] = ()
    heading: str = ""
    rank: int = 0


class IndexGroup(NamedTuple):
    """Consecutive rows of a long index with a page of their own."""

    heading: str
    path: str
    rows: tuple[IndexRow, ...]


class IndexView(NamedTuple):
    """An index page.

    Attributes:
        rules: The alignment of each column, below its head.
        rows: The cells of each row, joined.
        jumps: Links to all groups: on this page, or to their pages.
        whole: The link to the page of the whole index, on the page of a group.
        mark: The element that gives scripts facets and columns.
        end: What follows the first rows of a long index: how many of all they are.
    """

    title: str
    columns: tuple[str | Markup, ...]
    rules: tuple[str, ...]
    rows: tuple[Markup, ...]
    jumps: tuple[Markup, ...]
    intro: str = ""
    also: Markup | None = None
    whole: Markup | None = None
    mark: Markup | None = None
    end: str = ""


class RecordIndex(NamedTuple):
    """The content of an index.

    Attributes:
        folder: The folder of its pages.
        grouped: The property it is grouped by: `letter`, `year` or `status`.
        rows: Its rows by group, in the order of the groups.
        also: Related links, after the introduction.
        section: The kind's section, if it is the index of a kind.
        facets: The properties its rows can be filtered by.
        sorts: The sort order of each column; empty if nothing is filtered or sorted.
        order: The column that the list is sorted by; `-` before its name is descending.
    """

    folder: str
    title: str
    intro: str
    columns: tuple[str | Markup, ...]
    grouped: str
    rows: tuple[IndexRow, ...]
    crumbs: tuple[tuple[str, str], ...] = ()
    also: Markup | None = None
    section: str = ""
    facets: tuple[faceted.Facet, ...] = ()
    sorts: tuple[faceted.Column, ...] = ()
    order: str = ""

    @property
    def rules(self) -> tuple[str, ...]:
        """The alignment of each column: numbers to the right."""
        numbers = [column.by == "number" for column in self.sorts] or [False] * len(self.columns)
        return tuple("---:" if is_number else "---" for is_number in numbers)

    @property
    def is_long(self) -> bool:
        """Whether its groups have pages of their own."""
        return len(self.rows) > LIMIT


def letter_words(pen: Pen, letter: str) -> str:
    """The heading of a letter."""
    return pen.words("indexes.other") if letter == OTHER else letter


def letter_crumbs(pen: Pen, folder: str, key: RecordId, rows: int) -> tuple[tuple[str, str], ...]:
    """The crumb that leads to the letter of a record, if the index of so many rows has a page for it."""
    letter = letter_of(pen.edition.sorted_as(key))
    if rows <= LIMIT:
        return ()
    return ((letter_words(pen, letter), group_target(folder, LETTER, letter, rows)),)


def year_group(pen: Pen, date: EdtfDate | None) -> tuple[str, str]:
    """The key of the group of a date's year, and its heading if that is not the key."""
    return year_of(date), "" if date else pen.words("dates.undated")


def year_of(date: EdtfDate | None) -> str:
    """The year under which a date is listed."""
    return str(date.year) if date else UNDATED


def group_target(folder: str, grouped: str, group: str, rows: int) -> str:
    """The address of a group, relative to the site, in an index of so many rows."""
    return f"{folder}/" if rows > LIMIT or grouped == LETTER else f"{folder}/#{_anchor(group)}"


def index_pages(edition: Edition, folder: str, make: Callable[[Pen], RecordIndex]) -> Iterator[Page]:
    """The pages of the index in a folder: its own, and one for each group if it is long."""
    pen = Pen(edition, f"{folder}/{INDEX}")
    index = make(pen)
    groups = tuple(_parts(index)) if index.is_long else ()
    rows = sorted(index.rows, key=lambda row: row.rank)
    rows = rows[:FIRST] if groups else rows
    parts = faceted.OtherPages(tuple(pen.href(group.path) for group in groups), repeat=True)
    mark, lines = _lines(pen, index, rows, parts)
    jumps = tuple(_jump(pen, group) for group in groups)
    # A sorted list of names is not in the order of letters.
    if not groups and not (index.sorts and index.grouped == LETTER):
        jumps = tuple(_anchored(rows, lines))
    view = IndexView(
        title=index.title,
        intro=index.intro,
        also=index.also,
        columns=index.columns,
        rules=index.rules,
        rows=tuple(lines),
        jumps=jumps if len(jumps) > 1 else (),
        mark=mark,
        end=pen.words("indexes.first", n=len(rows), all=len(index.rows)) if groups else "",
    )
    yield Page(pen.path, _meta(pen, index, index.title, index.crumbs), pen.render("index", view=view))
    yield from _group_pages(edition, index, groups)


def _group_pages(edition: Edition, index: RecordIndex, groups: tuple[IndexGroup, ...]) -> Iterator[Page]:
    crumbs = (*index.crumbs, (index.title, f"{index.folder}/"))
    for group in groups:
        pen = Pen(edition, group.path)
        mark, lines = _lines(pen, index, group.rows, None)
        title = pen.words("signs.titled", title=index.title, group=group.heading)
        whole = pen.words("indexes.whole", n=len(index.rows)) if index.sorts else index.title
        view = IndexView(
            title=title,
            columns=index.columns,
            rules=index.rules,
            rows=tuple(lines),
            jumps=tuple(_jump(pen, other, is_here=other == group) for other in groups),
            whole=markdown.link(whole, pen.to(f"{index.folder}/{INDEX}")),
            mark=mark,
        )
        yield Page(pen.path, _meta(pen, index, title, crumbs), pen.render("index", view=view))


def _parts(index: RecordIndex) -> Iterator[IndexGroup]:
    """The groups of a long index in order, long ones divided."""
    for name, found in groupby(index.rows, key=lambda row: row.group):
        rows = tuple(found)
        for start in range(0, len(rows), LIMIT):
            some = rows[start : start + LIMIT]
            span = f"{start + 1}–{start + len(some)}"
            key, heading = (
                f"{words} {span}".strip() if len(rows) > LIMIT or not words else words
                for words in (name, rows[0].heading or name)
            )
            path = f"{index.folder}/by-{index.grouped}/{_anchor(key).removeprefix(_AT)}.md"
            yield IndexGroup(heading, path, some)


def _anchored(rows: Sequence[IndexRow], lines: list[Markup]) -> Iterator[Markup]:
    """Gives the first line of each group an anchor, and yields a link to each."""
    for place, row in enumerate(rows):
        if row.group and (not place or rows[place - 1].group != row.group):
            anchor = _anchor(row.group)
            # In the last cell: what a cell begins with decides how it is shown.
            lines[place] = markdown.trusted(
                f'{lines[place].removesuffix(_END)}<span id="{anchor}"></span>{_END}'
            )
            yield markdown.link(row.heading or row.group, f"#{anchor}")


def _jump(pen: Pen, group: IndexGroup, *, is_here: bool = False) -> Markup:
    """A link to the page of a group."""
    words = markdown.text(group.heading)
    if is_here:
        return Markup('<b aria-current="page">{}</b>').format(words)
    return markdown.link(words, pen.to(group.path))


def _lines(
    pen: Pen, index: RecordIndex, rows: Sequence[IndexRow], parts: faceted.OtherPages | None
) -> tuple[Markup | None, list[Markup]]:
    """The element before the table of an index with facets, and its rows with the element of each in the last cell."""
    cells = [markdown.joined(row.cells(pen), " | ") for row in rows]
    if not index.sorts:
        return None, [markdown.trusted(f"{line}{_END}") for line in cells]
    mark, marks = faceted.mark(
        index.facets,
        [row.values for row in rows],
        columns=index.sorts,
        order=index.order,
        parts=parts,
    )
    return mark, [markdown.trusted(f"{line}{of}{_END}") for line, of in zip(cells, marks, strict=True)]


def _anchor(group: str) -> str:
    """An anchor for a group; a letter of another script is named by its number, as two may sound alike."""
    if group.isascii() or len(group) > 1:
        return f"{_AT}{slug(group)}"
    return f"{_AT}u{ord(group):04x}"


def _meta(pen: Pen, index: RecordIndex, title: str, crumbs: tuple[tuple[str, str], ...]) -> dict[str, object]:
    return head.of_page(
        pen,
        title,
        pen.words("signs.titled", title=title, group=index.intro),
        kind="index",
        section=index.section,
        crumbs=crumbs,
    )
