"""Changes of the dossier: those that its curators describe, and changes of records in version control."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.link import DOSSIER
from generator.markup import markdown
from generator.model.claims import Statement
from generator.model.dates import EdtfDate
from generator.model.history import Revision
from generator.model.ids import RecordId, slug
from generator.model.kinds import Kind
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import brief

# The number of records of a kind that are named; only the first of more are. If all kinds together have more than the
# second number, each kind is only counted.
_NAMED, _COUNTED = 8, 30
# The most fields that are named of records that are only counted.
_FIELDS = 4
# The most characters of a record's label: a statement's label is all that was said.
_LABEL = 90


class Item(NamedTuple):
    """Words with the target of their link: a record, the list of a kind, or none; and the fields that changed."""

    words: str
    target: RecordId | Kind | None = None
    fields: tuple[str, ...] = ()


class Line(NamedTuple):
    """Records of one kind, labeled with the kind; or counts of records of several kinds, without a label."""

    label: str
    items: tuple[Item, ...]


class ChangeGroup(NamedTuple):
    """Records that were all added, changed or removed: in lines, and counted in a sentence."""

    heading: str
    lines: tuple[Line, ...]
    counts: str


class DatedChange(NamedTuple):
    """One change.

    Attributes:
        anchor: Its address on the page.
        at: A moment, or a date as curators give it.
        title: A short description.
        what: The curators' description as plain text; empty for a change found in version control.
        number: Its index among the changes in the settings.
    """

    anchor: str
    at: datetime | EdtfDate
    title: str
    what: str = ""
    number: int = 0
    groups: tuple[ChangeGroup, ...] = ()

    @property
    def day(self) -> date:
        """The day under which it is listed."""
        return self.at.date() if isinstance(self.at, datetime) else self.at.listed


class GroupView(NamedTuple):
    """A group on the page; its anchor stands in for that of a change without a description."""

    anchor: str
    heading: str
    lines: tuple[Markup, ...]


class ChangeView(NamedTuple):
    """A change on the page; its anchor is empty if its first group has the anchor."""

    anchor: str
    what: Markup
    groups: tuple[GroupView, ...]


class DayView(NamedTuple):
    """The changes of one day."""

    date: str
    changes: tuple[ChangeView, ...]


def pages(edition: Edition) -> Iterator[Page]:
    """The page of all changes by day, the newest first."""
    pen = Pen(edition, "changes.md")
    title, intro = pen.words("changes.title"), pen.words("changes.intro")
    by_day = groupby(changes(edition), key=lambda change: _date(pen, change))
    days = tuple(DayView(date, tuple(_view(pen, change) for change in found)) for date, found in by_day)
    meta = head.of_page(pen, title, intro)
    feed = markdown.html_link(pen.words("changes.feed"), pen.file("feed.xml"))
    yield Page(pen.path, meta, pen.render("changes", title=title, intro=intro, feed=feed, days=days))


def changes(edition: Edition) -> tuple[DatedChange, ...]:
    """All changes, the newest first; of one day those that curators describe before those in version control."""
    described: list[DatedChange] = []
    # Dates such as `2022` and `2022?` have one anchor.
    anchors: Counter[str] = Counter()
    for number, change in enumerate(edition.dossier.settings.changes):
        what = head.plain_prose(Pen(edition, "index.md"), DOSSIER, "changes", number, "what")
        anchor = f"c-{slug(change.date.text)}"
        anchors[anchor] += 1
        anchor += f"-{anchors[anchor]}" if anchors[anchor] > 1 else ""
        described.append(DatedChange(anchor, change.date, brief(what, _LABEL), what, number))
    by_day = groupby(sorted(edition.revisions, key=lambda r: r.at.date()), key=lambda r: r.at.date())
    recorded = [change for _, found in by_day for change in _of_day(edition, [*found])]
    return tuple(sorted((*described, *recorded), key=lambda c: (c.day, bool(c.what), c.number), reverse=True))


def _of_day(edition: Edition, revisions: Sequence[Revision]) -> Iterator[DatedChange]:
    """The changes in version control on one day, as one change; none if all were undone."""
    titles: dict[RecordId, tuple[Kind, str]] = {}
    states: dict[RecordId, str] = {}
    # In the order in which they changed.
    fields: dict[RecordId, dict[str, None]] = defaultdict(dict)
    for revision in sorted(revisions, key=lambda r: r.at.timestamp()):
        titles |= {
            key: (lost.kind, lost.title) for key, lost in zip(revision.removed, revision.lost, strict=True)
        }
        for key in revision.added:
            # Removed and added again, possibly in another file.
            states[key] = "changed" if states.get(key) == "removed" else "added"
        states |= {key: "changed" for key in revision.changed if states.get(key) != "added"}
        for key, names in zip(revision.changed, revision.fields, strict=False):
            fields[key] |= dict.fromkeys(names)
        for key in revision.removed:
            if states.get(key) == "added":
                del states[key]
            else:
                states[key] = "removed"
    found: dict[str, list[RecordId]] = defaultdict(list)
    for key, state in states.items():
        # A record that was added and removed again has no title.
        if key in edition.dossier.records or state == "removed":
            found[state].append(key)
    groups = tuple(
        _group(edition, state, found[state], titles, fields if state == "changed" else {})
        for state in ("added", "changed", "removed")
        if found[state]
    )
    at = max(revisions, key=lambda r: r.at.timestamp()).at
    title = ". ".join(edition.words("changes.of_kind", kind=g.heading, records=g.counts) for g in groups)
    if not title and any(revision.settings for revision in revisions):
        title = edition.words("changes.settings")
    if title:
        yield DatedChange(f"d-{at.date().isoformat()}", at, title, groups=groups)


def _group(
    edition: Edition,
    state: str,
    keys: Iterable[RecordId],
    lost: Mapping[RecordId, tuple[Kind, str]],
    fields: Mapping[RecordId, Iterable[str]],
) -> ChangeGroup:
    words, records = edition.words, edition.dossier.records
    by_kind: dict[Kind, list[RecordId]] = defaultdict(list)
    for key in keys:
        by_kind[records[key].kind_of if key in records else lost[key][0]].append(key)
    numbers = {kind: words(f"nouns.{kind}", n=len(by_kind[kind])) for kind in Kind if kind in by_kind}
    counts = words.listed([*numbers.values()])
    heading = words(f"changes.{state}")
    if sum(map(len, by_kind.values())) > _COUNTED:
        items = [Item(n, kind, _commonest(by_kind[kind], fields)) for kind, n in numbers.items()]
        return ChangeGroup(heading, (Line("", tuple(items)),), counts)
    lines = []
    for kind in numbers:
        found = sorted(by_kind[kind], key=lambda key: (_day(edition, key), key))
        items = [
            Item(_label(edition, key), key, tuple(fields.get(key, ())))
            if key in records
            else Item(brief(lost[key][1], _LABEL))
            for key in found
        ]
        # A single record beyond the limit takes no more room than its count would.
        if len(found) > _NAMED + 1:
            items[_NAMED:] = [Item(words("changes.more", n=len(found) - _NAMED), kind)]
        label = words(f"kinds.{kind}") if len(found) == 1 else words(f"sections.{kind.section}")
        lines.append(Line(label, tuple(items)))
    return ChangeGroup(heading, tuple(lines), counts)


def _commonest(keys: Iterable[RecordId], fields: Mapping[RecordId, Iterable[str]]) -> tuple[str, ...]:
    """The fields that changed in most of some records."""
    counts = Counter(name for key in keys for name in fields.get(key, ()))
    return tuple(name for name, _ in counts.most_common(_FIELDS))


def _day(edition: Edition, key: RecordId) -> str:
    """The date by which a record is listed: its own, or else that of the article."""
    record = edition.dossier.records.get(key)
    date = getattr(record, "date", None) or getattr(record, "published", None)
    return date.listed.isoformat() if date else ""


def _label(edition: Edition, key: RecordId) -> str:
    record = edition.dossier.records[key]
    if isinstance(record, Statement):
        speaker = edition.dossier.label(record.speaker)
        said = head.plain_prose(Pen(edition, "index.md"), key, "said")
        return brief(edition.words("signs.said_by", who=speaker, what=said), _LABEL)
    return brief(record.label, _LABEL)


def list_of(kind: Kind) -> str:
    """The page that lists the records of a kind; of the only story the first page, which leads to it."""
    return "index.md" if kind is Kind.STORY else f"{kind.section}/index.md"


def _date(pen: Pen, change: DatedChange) -> str:
    return pen.date(change.at if isinstance(change.at, EdtfDate) else EdtfDate.of_day(change.day))


def _view(pen: Pen, change: DatedChange) -> ChangeView:
    what = pen.inline(DOSSIER, ("changes", change.number, "what")) if change.what else Markup("")
    if not (what or change.groups):
        what = markdown.opening(markdown.text(change.title))
    groups = tuple(
        GroupView(
            "" if what or number else change.anchor,
            group.heading,
            tuple(_line(pen, line) for line in group.lines),
        )
        for number, group in enumerate(change.groups)
    )
    return ChangeView(change.anchor if what else "", what, groups)


def _line(pen: Pen, line: Line) -> Markup:
    shown = pen.listed(_item(pen, item) for item in line.items)
    return pen.say("changes.of_kind", kind=line.label, records=shown) if line.label else shown


def _item(pen: Pen, item: Item) -> Markup:
    if not item.target:
        return markdown.opening(markdown.text(item.words))
    if isinstance(item.target, Kind):
        link = markdown.link(item.words, pen.to(list_of(item.target)))
    else:
        link = pen.link(item.target, item.words)
    fields = field_words(pen, item)
    return pen.say("changes.with_fields", record=link, fields=fields) if fields else link


def field_words(pen: Pen, item: Item) -> str:
    """The fields of a record that changed, by name, but for those that readers do not see."""
    names = pen.words.below("changes.fields")
    return pen.words.listed([*dict.fromkeys(str(names[name]) for name in item.fields if name in names)])
