"""What a run found that is searched of records, until the search is made of it."""

import hashlib
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.model.ids import RecordId
from generator.search import SearchEntry
from generator.state.encoding import decode


class SpooledEntries(Mapping[RecordId, SearchEntry]):
    """Entries by record, in a temporary file that no other process sees: those of ten thousand articles are 50 MB.

    Attributes:
        changed: The digests of the entries that differ from those before.
    """

    def __init__(self, folder: Path, before: Mapping[RecordId, bytes]) -> None:
        """Begins without entries.

        Args:
            folder: Where the temporary file is.
            before: The digests of the entries of the run before.
        """
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed when nobody has the mapping any more
        weakref.finalize(self, self._file.close)
        self._before = before
        self._places: dict[RecordId, tuple[int, int]] = {}
        self.changed: dict[RecordId, bytes] = {}

    def add(self, key: RecordId, entry: bytes) -> None:
        """Adds an encoded entry.

        Raises:
            OSError: if the disk is full or may not be written.
        """
        self._places[key] = self._file.seek(0, 2), len(entry)
        self._file.write(entry)
        digest = hashlib.blake2b(entry, digest_size=16).digest()
        if self._before.get(key) != digest:
            self.changed[key] = digest

    def __getitem__(self, key: RecordId) -> SearchEntry:
        start, size = self._places[key]
        self._file.seek(start)
        entry: SearchEntry = decode(self._file.read(size), SearchEntry)
        return entry

    def __iter__(self) -> Iterator[RecordId]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
