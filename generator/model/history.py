"""The history of a dossier: which records each revision of the seeds added, changed and removed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from generator.model.ids import RecordId
from generator.model.kinds import Kind


class Written(NamedTuple):
    """A record as written in a seeds file: its text, its kind and its title."""

    text: str
    kind: Kind
    title: str


@dataclass(frozen=True)
class Revision:
    """One change of the seeds.

    Attributes:
        id: Its id in the version control system.
        at: Its time, with the offset from UTC.
        added, changed, removed: Ids of records, each in order; removed records have no page.
        settings: Whether `dossier.yml` changed.
        lost: The removed records as they were last written, in the same order.
        fields: The names of the fields in which each of the changed records differs, in the same order; empty if they
            are not known.
    """

    id: str
    at: datetime
    added: tuple[RecordId, ...] = ()
    changed: tuple[RecordId, ...] = ()
    removed: tuple[RecordId, ...] = ()
    settings: bool = False
    lost: tuple[Written, ...] = ()
    fields: tuple[tuple[str, ...], ...] = ()


History = tuple[Revision, ...]


@dataclass
class Changes:
    """Changed records, collected file by file: a record that moved from one file to another counts as changed."""

    before: dict[RecordId, Written] = field(default_factory=dict)
    after: dict[RecordId, Written] = field(default_factory=dict)
    settings: bool = False

    def revision(self, name: str, at: datetime) -> Revision | None:
        """The revision with these changes, or None if no record changed."""
        added = tuple(sorted(self.after.keys() - self.before.keys()))
        removed = tuple(sorted(self.before.keys() - self.after.keys()))
        both = self.before.keys() & self.after.keys()
        changed = tuple(sorted(key for key in both if self.before[key].text != self.after[key].text))
        if not (added or removed or changed or self.settings):
            return None
        lost = tuple(self.before[key] for key in removed)
        return Revision(
            id=name,
            at=at,
            added=added,
            changed=changed,
            removed=removed,
            settings=self.settings,
            lost=lost,
        )
