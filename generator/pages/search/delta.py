"""What is searched of some records only, where all others are as they were."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from generator.edition import Edition
from generator.model.article import Article
from generator.model.ids import RecordId
from generator.model.kinds import PAGE_KINDS
from generator.pages.search.names import name_of
from generator.pages.search.texts import PassageReader
from generator.search.values import Head, Name, Text


@dataclass(frozen=True)
class EditionDelta:
    """What differs from what was searched at an earlier state of the dossier.

    Attributes:
        since: The state before; empty where none is known.
        state: The state now.
        curated: Changes with all of the dossier but its articles, and of other records but their prose.
        stale: The records of which anything that is searched may differ, if `curated` does not.
        make_edition: Makes the edition of the state now.
    """

    since: str
    state: str
    curated: str
    stale: frozenset[RecordId]
    make_edition: Callable[[], Edition]

    def texts(self, key: RecordId, head: Head | None) -> tuple[Text, ...] | None:
        """The texts of a record; None where those of others may differ with it.

        Args:
            head: Of an article that there was before.
        """
        record = self._edition.dossier.records.get(key)
        if record is None:
            return () if head is None else None
        if record.kind_of not in PAGE_KINDS:
            return ()
        if isinstance(record, Article) and (
            head is None or head.title != record.title or self._reader.head(record, head) != head
        ):
            return None
        return tuple(self._reader.texts(key, head))

    def name(self, key: RecordId) -> Name | None:
        """A record by its names; None of one that has none."""
        return name_of(self._edition, key) if key in self._edition.dossier.records else None

    @cached_property
    def _edition(self) -> Edition:
        return self.make_edition()

    @cached_property
    def _reader(self) -> PassageReader:
        return PassageReader(self._edition)
