"""What readers can search of an edition, record by record."""

from collections.abc import Iterable, Iterator, Mapping

from generator.edition import Edition
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.pages.search.names import name_of
from generator.pages.search.texts import TextReader
from generator.pages.writing.pen import Pen
from generator.search import SearchDelta, SearchEntry


class Entries(Mapping[RecordId, SearchEntry]):
    """Entries of some records by the addresses of their pages, each made when it is asked for."""

    def __init__(self, edition: Edition, keys: Iterable[RecordId]) -> None:
        self._edition = edition
        self._reader = TextReader(edition)
        records, kinds = edition.dossier.records, edition.dossier.declared
        # Statements are shown, and found, on the pages of others.
        found = (key for key in keys if key in records and kinds.get(key) is not Kind.STATEMENT)
        self._keys = sorted(found, key=self._reader.address)

    def __getitem__(self, key: RecordId) -> SearchEntry:
        return SearchEntry(name_of(self._edition, key), tuple(self._reader.texts(key)))

    def __iter__(self) -> Iterator[RecordId]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def searchable(edition: Edition, state: str = "") -> SearchDelta:
    """All that is searched of an edition.

    Args:
        state: The digest of the dossier's state, if it is known.
    """
    dossier = edition.dossier
    pen = Pen(edition, "search.md")
    outlets = {article.outlet for article in dossier.articles.values() if article.outlet}
    return SearchDelta(
        dossier.settings.language,
        Entries(edition, dossier.records),
        {outlet: pen.outlet_words(outlet) for outlet in outlets},
        state=state,
    )
