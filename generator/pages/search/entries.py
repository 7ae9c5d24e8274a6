"""What readers can search of an edition, record by record."""

from collections.abc import Iterable, Iterator, Mapping

from generator.edition import Edition
from generator.model.ids import RecordId
from generator.model.kinds import KINDS_WITH_PAGES
from generator.pages.search.names import name_of
from generator.pages.search.texts import TextReader
from generator.pages.writing.pen import Pen
from generator.search import SearchDelta, SearchEntry

_NONE: Mapping[RecordId, SearchEntry] = {}


def entry_of(edition: Edition, key: RecordId) -> SearchEntry:
    """What is searched of a record that has a page."""
    return SearchEntry(name_of(edition, key), tuple(TextReader(edition).texts(key)))


class _Entries(Mapping[RecordId, SearchEntry]):
    """Entries of some records, by the addresses of their pages."""

    def __init__(
        self, edition: Edition, keys: Iterable[RecordId], known: Mapping[RecordId, SearchEntry]
    ) -> None:
        self._edition, self._known = edition, known
        self._keys = sorted(keys, key=TextReader(edition).address)

    def __getitem__(self, key: RecordId) -> SearchEntry:
        return self._known[key] if key in self._known else entry_of(self._edition, key)

    def __iter__(self) -> Iterator[RecordId]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def searchable(
    edition: Edition,
    keys: Iterable[RecordId] | None = None,
    *,
    gone: frozenset[RecordId] = frozenset(),
    since: str = "",
    state: str = "",
    known: Mapping[RecordId, SearchEntry] = _NONE,
) -> SearchDelta:
    """What is searched of an edition: everything, or what differs from an earlier one.

    Args:
        keys: The records that differ; all by default.
        gone: The records that are searched no more.
        since: The digest of the earlier state.
        state: The digest of the dossier's state, if it is known.
        known: Entries that are known already; others are made when they are asked for.
    """
    if keys is None:
        keys = [key for key, kind in edition.dossier.declared.items() if kind in KINDS_WITH_PAGES]
    pen = Pen(edition, "search.md")
    return SearchDelta(
        language=edition.dossier.settings.language,
        changed=_Entries(edition, keys, known),
        outlets={outlet: pen.outlet_words(outlet) for outlet in edition.all_outlets if outlet},
        gone=gone,
        since=since,
        state=state,
    )
