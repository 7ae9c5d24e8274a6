"""What changed in a dossier from one edition to the next, record by record."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from generator.model.ids import RecordId
from generator.model.kinds import Kind


class Written(NamedTuple):
    """A record as a file of the seeds has it: its text, its kind, and what it is called."""

    text: str
    kind: Kind
    title: str


@dataclass(frozen=True)
class Revision:
    """That the seeds changed.

    Attributes:
        id: What the version control system calls it.
        at: When, with its offset from UTC.
        added, changed, removed: The records, each in the order of their ids; removed ones have no page.
        settings: Whether `dossier.yml` changed.
        lost: The removed records as they were, in the same order.
    """

    id: str
    at: datetime
    added: tuple[RecordId, ...] = ()
    changed: tuple[RecordId, ...] = ()
    removed: tuple[RecordId, ...] = ()
    settings: bool = False
    lost: tuple[Written, ...] = ()


History = tuple[Revision, ...]


@dataclass
class Changes:
    """Records that changed, gathered file by file: what one file lost and another gained has changed."""

    before: dict[RecordId, Written] = field(default_factory=dict)
    after: dict[RecordId, Written] = field(default_factory=dict)
    settings: bool = False

    def revision(self, name: str, at: datetime) -> Revision | None:
        """The revision that these changes make, or None where no record changed."""
        added = tuple(sorted(self.after.keys() - self.before.keys()))
        removed = tuple(sorted(self.before.keys() - self.after.keys()))
        both = self.before.keys() & self.after.keys()
        changed = tuple(sorted(key for key in both if self.before[key].text != self.after[key].text))
        if not (added or removed or changed or self.settings):
            return None
        lost = tuple(self.before[key] for key in removed)
        return Revision(name, at, added, changed, removed, self.settings, lost)
