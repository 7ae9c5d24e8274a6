"""Lists that grow with the dossier: one page while they are short, a page for each group before they are long."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.edition.sort_names import OTHER, letter_of
from generator.markup import markdown
from generator.model.dates import EdtfDate
from generator.model.ids import RecordId, slug
from generator.model.kinds import PAGE_KINDS
from generator.pages.indexes import faceted
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import INDEX, SEARCH, Pen

# The most rows of one page; a longer index has a page for each group.
LIMIT = 300
# The most rows of an index without letters.
SHORT = 40
LETTER = "letter"
# The group of records without a date.
UNDATED = "undated"
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
    """

    group: str
    cells: Cells
    values: tuple[faceted.Values, ...] = ()
    heading: str = ""


class IndexGroup(NamedTuple):
    """Rows under a heading, from `start` on in the index; `target` is the link to them."""

    heading: str
    anchor: str
    target: str
    start: int
    rows: tuple[IndexRow, ...]


class Listed(NamedTuple):
    """A group on its page, with the cells of each row joined."""

    heading: str
    anchor: str
    rows: tuple[Markup, ...]


class IndexView(NamedTuple):
    """An index page; `jumps` are links to all groups, `listed` the groups on this page.

    Attributes:
        rules: The alignment of each column, below its head.
        search: The link to the search of all rows, if the index is long.
        tallies: The most common values of each facet with their counts, if the index is long.
        mark: The element that gives scripts facets and columns.
    """

    title: str
    intro: str
    also: Markup | None
    columns: tuple[str | Markup, ...]
    rules: tuple[str, ...]
    jumps: tuple[Markup, ...]
    listed: tuple[Listed, ...]
    elsewhere: tuple[tuple[Markup, str], ...] = ()
    search: Markup | None = None
    tallies: tuple[faceted.Tally, ...] = ()
    mark: Markup | None = None


class RecordIndex(NamedTuple):
    """The content of an index, with its rows in order.

    Attributes:
        folder: The folder of its pages.
        also: Related links, after the introduction.
        section: The kind's section, if it is the index of a kind.
        grouped: The property it is grouped by: `letter`, `year`, `kind` or `status`.
        facets: The properties its rows can be filtered by.
        sorts: The sort order of each column; empty if nothing is filtered or sorted.
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

    @property
    def rules(self) -> tuple[str, ...]:
        """The alignment of each column: numbers to the right."""
        numbers = [column.by == "number" for column in self.sorts] or [False] * len(self.columns)
        return tuple("---:" if is_number else "---" for is_number in numbers)


def letter_words(pen: Pen, letter: str) -> str:
    """The heading of a letter."""
    return pen.words("indexes.other") if letter == OTHER else letter


def letter_crumb(pen: Pen, folder: str, key: RecordId, rows: int) -> tuple[str, str]:
    """The crumb that leads to the letter of a record in an index of so many rows."""
    letter = letter_of(pen.edition.sorted_as(key))
    return letter_words(pen, letter), group_target(folder, LETTER, letter, rows)


def year_group(pen: Pen, date: EdtfDate | None) -> tuple[str, str]:
    """The key of the group of a date's year, and its heading if that is not the key."""
    return year_of(date), "" if date else pen.words("dates.undated")


def year_of(date: EdtfDate | None) -> str:
    """The year under which a date is listed."""
    return str(date.year) if date else UNDATED


def group_target(folder: str, grouped: str, group: str, rows: int) -> str:
    """The address of a group, relative to the site, in an index of so many rows."""
    is_whole = rows > LIMIT or (grouped == LETTER and rows <= SHORT)
    return f"{folder}/" if is_whole else f"{folder}/#{_anchor(group)}"


def index_pages(edition: Edition, folder: str, make: Callable[[Pen], RecordIndex]) -> Iterator[Page]:
    """The pages of the index in a folder: one, or one that leads to a page for each of its groups."""
    pen = Pen(edition, f"{folder}/{INDEX}")
    index = make(pen)
    is_long = len(index.rows) > LIMIT
    groups = tuple(_groups(pen, index, is_long=is_long))
    jumps = tuple(markdown.link(group.heading, group.target) for group in groups)
    jumps = jumps if is_long or len(groups) > 1 else ()
    entries = tuple(pen.words("nouns.entry", n=len(group.rows)) for group in groups)
    view = IndexView(
        title=index.title,
        intro=index.intro,
        also=index.also,
        columns=index.columns,
        rules=index.rules,
        jumps=(),
        listed=(),
    )
    if is_long:
        elsewhere = tuple(zip(jumps, entries, strict=True))
        facets = [facet if facet.key != index.grouped else None for facet in index.facets]
        tallies = faceted.tallies(pen, facets, [row.values for row in index.rows])
        view = view._replace(elsewhere=elsewhere, search=_search(pen, index), tallies=tallies)
    else:
        mark, listed = _marked(pen, index, groups)
        view = view._replace(jumps=jumps, listed=listed, mark=mark)
    yield Page(pen.path, _meta(pen, index, index.title, index.crumbs), pen.render("index", view=view))
    if is_long:
        yield from _group_pages(edition, index, groups)


def _group_pages(edition: Edition, index: RecordIndex, groups: tuple[IndexGroup, ...]) -> Iterator[Page]:
    crumbs = (*index.crumbs, (index.title, f"{index.folder}/"))
    for group in groups:
        pen = Pen(edition, _group_path(index, group))
        mark, listed = _marked(pen, index, (group._replace(heading="", anchor=""),))
        title = pen.words("signs.titled", title=index.title, group=group.heading)
        view = IndexView(
            title=title,
            intro="",
            also=None,
            columns=index.columns,
            rules=index.rules,
            jumps=tuple(_jump(pen, index, other, is_here=other == group) for other in groups),
            listed=listed,
            mark=mark,
        )
        yield Page(pen.path, _meta(pen, index, title, crumbs), pen.render("index", view=view))


def _search(pen: Pen, index: RecordIndex) -> Markup | None:
    """The link to the search among the records of the index's kind."""
    kind = next((kind for kind in PAGE_KINDS if kind.section == index.section), None)
    if not kind:
        return None
    return markdown.link(pen.words("facets.search"), f"{pen.to(SEARCH)}?kind={kind.value}")


def _jump(pen: Pen, index: RecordIndex, group: IndexGroup, *, is_here: bool) -> Markup:
    if is_here:
        return Markup('<b aria-current="page">{}</b>').format(markdown.text(group.heading))
    return markdown.link(group.heading, pen.to(_group_path(index, group)))


def _marked(
    pen: Pen, index: RecordIndex, groups: tuple[IndexGroup, ...]
) -> tuple[Markup | None, tuple[Listed, ...]]:
    """The element before the tables of an index with facets, and its groups with the elements of their rows."""
    cells = [row.cells(pen) for group in groups for row in group.rows]
    mark: Markup | None = None
    marks: Iterable[Markup] = [markdown.NOTHING] * len(cells)
    if index.sorts:
        values = [row.values for group in groups for row in group.rows]
        mark, marks = faceted.mark(pen, index.sorts, index.facets, values, cells)
    lines = map(_joined, cells, marks)
    return mark, tuple(
        Listed(group.heading, group.anchor, tuple(islice(lines, len(group.rows)))) for group in groups
    )


def _joined(cells: tuple[Markup, ...], mark: Markup) -> Markup:
    """The cells of a row, with its element in the last."""
    return markdown.trusted(f"{' | '.join(cells)}{mark} | ")


def _groups(pen: Pen, index: RecordIndex, *, is_long: bool) -> Iterator[IndexGroup]:
    """The groups of an index in order; in a long index, long groups are divided into parts."""
    if index.grouped == LETTER and len(index.rows) <= SHORT and not is_long:
        if index.rows:
            yield IndexGroup("", "", "", 0, index.rows)
        return
    start = 0
    for name, found in groupby(index.rows, key=lambda row: row.group):
        rows = tuple(found)
        parts = range(0, len(rows), LIMIT) if is_long else (0,)
        for part in parts:
            some = rows[part : part + LIMIT] if is_long else rows
            span = f"{part + 1}–{part + len(some)}"
            heading_words = rows[0].heading or name
            key, heading = (
                f"{words} {span}".strip() if is_long and (len(parts) > 1 or not words) else words
                for words in (name, heading_words)
            )
            group = IndexGroup(heading, _anchor(key), "", start, some)
            target = pen.to(_group_path(index, group)) if is_long else f"#{group.anchor}"
            yield group._replace(target=target)
            start += len(some)


def _group_path(index: RecordIndex, group: IndexGroup) -> str:
    return f"{index.folder}/by-{index.grouped}/{group.anchor.removeprefix(_AT)}.md"


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
