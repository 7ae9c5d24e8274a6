"""What changed in the dossier: as its curators tell it, and record by record as version control knows it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from markupsafe import Markup

from generator.link.linker import DOSSIER
from generator.model.dates import EdtfDate
from generator.model.history import Revision
from generator.model.ids import RecordId, slug
from generator.pages import head, markdown
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.pen import Pen
from generator.pages.words import brief

# Records of one change that are named; a first edition would name all.
_MOST = 40
# Characters of a record's label, as a statement's is all that was said.
_LABEL = 90


class Group(NamedTuple):
    """Records that were all added, changed or removed; `more` says how many are not named."""

    heading: str
    records: tuple[tuple[RecordId, str], ...]
    more: str


class Change(NamedTuple):
    """One change.

    Attributes:
        anchor: Its address on the page.
        at: When: a moment, or a date as curators know it.
        title: What it was, in a few words.
        what: What curators say of it, as plain text; empty where version control tells.
        number: Where curators say so in the settings.
    """

    anchor: str
    at: datetime | EdtfDate
    title: str
    what: str = ""
    number: int = 0
    groups: tuple[Group, ...] = ()

    @property
    def day(self) -> date:
        """The day, or the one by which its date is listed."""
        return self.at.date() if isinstance(self.at, datetime) else self.at.listed


class ChangeView(NamedTuple):
    """A change on the page."""

    anchor: str
    date: str
    what: Markup
    groups: tuple[tuple[str, tuple[Markup, ...], str], ...]


def pages(edition: Edition) -> Iterator[Page]:
    """The page of all changes, the newest first."""
    pen = Pen(edition, "changes.md")
    title, intro = pen.words("changes.title"), pen.words("changes.intro")
    views = tuple(_view(pen, change) for change in changes(edition))
    meta = head.of_page(pen, title, intro, label=pen.words("changes.label"))
    feed = markdown.html_link(pen.words("changes.feed"), pen.file("feed.xml"))
    yield Page(pen.path, meta, pen.render("changes", title=title, intro=intro, feed=feed, changes=views))


def changes(edition: Edition) -> tuple[Change, ...]:
    """All changes, the newest first; of one day what curators say of it before what version control knows."""
    told: list[Change] = []
    # Dates such as `2022` and `2022?` have one anchor.
    anchors: Counter[str] = Counter()
    for number, change in enumerate(edition.dossier.settings.changes):
        what = head.plain_prose(Pen(edition, "index.md"), DOSSIER, "changes", number, "what")
        anchor = f"c-{slug(change.date.text)}"
        anchors[anchor] += 1
        anchor += f"-{anchors[anchor]}" if anchors[anchor] > 1 else ""
        told.append(Change(anchor, change.date, brief(what, _LABEL), what, number))
    known = [_revision(edition, revision) for revision in edition.revisions]
    return tuple(
        sorted((*told, *known), key=lambda c: (c.day, bool(c.what), c.number, _order(c)), reverse=True)
    )


def _order(change: Change) -> float:
    return change.at.timestamp() if isinstance(change.at, datetime) else 0.0


def _revision(edition: Edition, revision: Revision) -> Change:
    words = edition.words
    found = (("added", revision.added), ("changed", revision.changed), ("removed", revision.removed))
    groups = tuple(_group(edition, name, keys) for name, keys in found if keys)
    counts = [words(f"changes.{name}", n=len(keys)) for name, keys in found if keys]
    counts += [words("changes.settings")] if revision.settings and not counts else []
    return Change(f"r-{revision.id[:12]}", revision.at, ", ".join(counts), groups=groups)


def _group(edition: Edition, name: str, keys: tuple[RecordId, ...]) -> Group:
    named = tuple((key, brief(edition.dossier.label(key), _LABEL)) for key in keys[:_MOST])
    more = edition.words("changes.more", n=len(keys) - _MOST) if len(keys) > _MOST else ""
    return Group(edition.words(f"changes.{name}", n=len(keys)), named, more)


def _view(pen: Pen, change: Change) -> ChangeView:
    at = pen.date(change.at if isinstance(change.at, EdtfDate) else EdtfDate.of(change.day))
    records = pen.edition.dossier.records
    groups = tuple(
        (
            group.heading,
            tuple(
                pen.link(key, label) if key in records else markdown.opening(markdown.text(label))
                for key, label in group.records
            ),
            group.more,
        )
        for group in change.groups
    )
    what = pen.inline(DOSSIER, ("changes", change.number, "what")) if change.what else Markup("")
    return ChangeView(change.anchor, at, what or markdown.opening(markdown.text(change.title)), groups)
