"""What is searched of the records that may differ since an earlier state of a dossier."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.edition import Edition
from generator.model.ids import ArticleId, RecordId
from generator.pages.search.entries import Entries, searchable
from generator.pages.writing.pen import Pen
from generator.search import SearchDelta


@dataclass(frozen=True)
class EditionDelta:
    """How an edition came from that of an earlier state.

    Attributes:
        since: The digest of the earlier state; empty where none is known.
        state: The digest of the state now.
        curated: The digest of all of the dossier but its articles and the prose of other records.
        stale: The records of which anything that is searched may differ, if `curated` does not.
        make_edition: Makes the edition of the state now.
    """

    since: str
    state: str
    curated: str
    stale: frozenset[RecordId]
    make_edition: Callable[[], Edition]

    def since_state(self, known: str) -> SearchDelta:
        """What may differ since a state that the search knows; everything, if it is not the earlier state."""
        edition = self.make_edition()
        state = f"{self.state} {self.curated}"
        if not self.since or known != f"{self.since} {self.curated}":
            return searchable(edition, state)
        records, articles = edition.dossier.records, edition.dossier.articles
        pen = Pen(edition, "search.md")
        outlets = (articles[ArticleId(key)].outlet for key in self.stale if key in articles)
        return SearchDelta(
            language=edition.dossier.settings.language,
            changed=Entries(edition, self.stale),
            outlets={outlet: pen.outlet_words(outlet) for outlet in outlets if outlet},
            gone=frozenset(key for key in self.stale if key not in records),
            since=known,
            state=state,
        )
