"""Lists that grow with the dossier: one page while they are short, a page for each group before they are long."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from generator.model.actors import Person
from generator.model.ids import slug
from generator.model.record import Named
from generator.pages import head, markdown
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.pen import INDEX, Pen

# Rows of one page; a longer index gives each of its groups a page.
LIMIT = 300
# Rows that need no letters to be found among.
SHORT = 40
LETTER = "letter"
# Stands for the first letter of a name that begins with none.
OTHER = "other"
# Before our anchors, apart from those that Python-Markdown gives headings of its own accord.
_AT = "at-"


@dataclass(frozen=True)
class Row:
    """A row of an index: its group, and its cells as Markdown."""

    group: str
    cells: tuple[Markup, ...]


@dataclass(frozen=True)
class Group:
    """Rows under a heading, from `start` on in the index; `target` leads to them."""

    heading: str
    anchor: str
    target: str
    start: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class IndexView:
    """An index page; `jumps` lead to the groups, `listed` are those that stand on this page."""

    title: str
    intro: str
    also: Markup | None
    columns: tuple[str | Markup, ...]
    jumps: tuple[Markup, ...]
    listed: tuple[Group, ...]
    elsewhere: tuple[tuple[Markup, str], ...]


@dataclass(frozen=True)
class Index:
    """What one index lists, its rows in order.

    Attributes:
        folder: The folder of its pages.
        also: What else to look at, after the introduction.
        section: The kind's section, where the index is that of a kind.
        label: The word over the title.
        grouped: What it is grouped by: `letter`, `year`, `kind` or `status`.
    """

    folder: str
    title: str
    intro: str
    columns: tuple[str | Markup, ...]
    grouped: str
    rows: tuple[Row, ...]
    crumbs: tuple[tuple[str, str], ...] = ()
    also: Markup | None = None
    section: str = ""
    label: str = ""


def sort_name(record: Named) -> str:
    """A name as it is sorted: of a person the family name first, which is the short form within the name."""
    if not isinstance(record, Person):
        return record.name.removeprefix("The ").removeprefix("the ")
    family = next((short for short in record.short if short in record.name), record.name.split()[-1])
    rest = " ".join(record.name.replace(family, "", 1).split())
    return f"{family}, {rest}" if rest else family


def letter_of(name: str) -> str:
    """The letter under which a name is listed, without its accents."""
    letter = unicodedata.normalize("NFKD", name.strip()[:1])[:1].upper()
    return letter if letter.isalpha() else OTHER


def letter_words(pen: Pen, letter: str) -> str:
    """The heading of a letter."""
    return pen.words("indexes.other") if letter == OTHER else letter


def letter_crumb(pen: Pen, folder: str, record: Named, rows: int) -> tuple[str, str]:
    """The crumb that leads to the letter of a record in an index of so many rows."""
    letter = letter_words(pen, letter_of(sort_name(record)))
    return letter, group_target(folder, LETTER, letter, rows)


def group_target(folder: str, grouped: str, group: str, rows: int) -> str:
    """The address of a group, relative to the site, in an index of so many rows."""
    is_whole = rows > LIMIT or (grouped == LETTER and rows <= SHORT)
    return f"{folder}/" if is_whole else f"{folder}/#{_anchor(group)}"


def index_pages(edition: Edition, make: Callable[[Pen], Index]) -> Iterator[Page]:
    """The pages of an index: one, or one that leads to a page for each of its groups."""
    pen = Pen(edition, f"{make(Pen(edition, 'index.md')).folder}/{INDEX}")
    index = make(pen)
    is_long = len(index.rows) > LIMIT
    groups = tuple(_groups(pen, index, is_long=is_long))
    jumps = tuple(markdown.link(group.heading, group.target) for group in groups)
    jumps = jumps if is_long or len(groups) > 1 else ()
    entries = tuple(pen.words("nouns.entry", n=len(group.rows)) for group in groups)
    view = IndexView(
        index.title,
        index.intro,
        index.also,
        index.columns,
        () if is_long else jumps,
        () if is_long else groups,
        tuple(zip(jumps, entries, strict=True)) if is_long else (),
    )
    yield Page(pen.path, _meta(pen, index, index.title, index.crumbs), pen.render("index", view=view))
    for group in groups if is_long else ():
        group_pen = Pen(edition, _group_path(index, group))
        # The same rows again, with links that begin where this page stands.
        rows = make(group_pen).rows[group.start : group.start + len(group.rows)]
        title = pen.words("signs.titled", title=index.title, group=group.heading)
        columns = make(group_pen).columns
        view = IndexView(title, "", None, columns, (), (Group("", "", "", 0, rows),), ())
        crumbs = (*index.crumbs, (index.title, f"{index.folder}/"))
        yield Page(
            group_pen.path, _meta(group_pen, index, title, crumbs), group_pen.render("index", view=view)
        )


def _groups(pen: Pen, index: Index, *, is_long: bool) -> Iterator[Group]:
    """The groups of an index in order; of a long index those that are long themselves in parts."""
    if index.grouped == LETTER and len(index.rows) <= SHORT and not is_long:
        if index.rows:
            yield Group("", "", "", 0, index.rows)
        return
    start = 0
    for name, found in groupby(index.rows, key=lambda row: row.group):
        rows = tuple(found)
        parts = range(0, len(rows), LIMIT) if is_long else (0,)
        for part in parts:
            some = rows[part : part + LIMIT] if is_long else rows
            span = f"{part + 1}–{part + len(some)}"
            heading = name if len(parts) == 1 and name else f"{name} {span}".strip() if is_long else name
            group = Group(heading, _anchor(heading), "", start, some)
            target = pen.to(_group_path(index, group)) if is_long else f"#{group.anchor}"
            yield replace(group, target=target)
            start += len(some)


def _group_path(index: Index, group: Group) -> str:
    return f"{index.folder}/by-{index.grouped}/{group.anchor.removeprefix(_AT)}.md"


def _anchor(heading: str) -> str:
    """An anchor for a heading; a letter of another script is named by its number, as two may sound alike."""
    if heading.isascii() or len(heading) > 1:
        return f"{_AT}{slug(heading) or 'other'}"
    return f"{_AT}u{ord(heading):04x}"


def _meta(pen: Pen, index: Index, title: str, crumbs: tuple[tuple[str, str], ...]) -> dict[str, object]:
    return head.of_page(
        pen,
        title,
        pen.words("signs.titled", title=title, group=index.intro),
        kind="index",
        label=index.label or pen.words("labels.index"),
        section=index.section,
        crumbs=crumbs,
    )
