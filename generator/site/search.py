"""The search of a site: files of names, of words with their places, of texts, and a list of texts to filter by.

The scripts in `theme/assets/javascripts/search` read what is written here. Every file is made of its own part of
the dossier alone and named by it, so that a build makes anew only what changed, and nobody needs to forget what a
browser kept.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from filelock import FileLock

from generator.cache import Cache
from generator.files import write_whole
from generator.search import Again, Searchable
from generator.site.heap import Heap
from generator.site.searchagain import LostError, again
from generator.site.searchfiles import digest
from generator.site.searchkept import Kept
from generator.site.searchwhole import whole
from generator.site.shelf import Shelf

# Below the site.
FOLDER = "search/data"
MANIFEST = "manifest.json"
# In the cache: the files; what is known of them and of the texts; of which state of the dossier that is; and the
# index of words, which is needed where a text changed.
_SHELF = "search"
_KNOWN, _STATE, _INDEX, _LOCK = "search-known", "search-state", "search-index", "search-lock"

# Finds all that is searched.
Find = Callable[[], Searchable]


class Holder(Protocol):
    """A site that is made of files which it may have already."""

    def holds(self, path: str, key: str) -> bool:
        """Whether the site has a file that was made of just that; the file is then one of its."""

    def hold(self, path: str, key: str, place: Callable[[Path], None]) -> None:
        """Has the site hold a file, and others put it into its place."""


class _State(NamedTuple):
    """Of which state of a dossier a search is: the state, what all but its articles are, and what the search is made of."""

    state: str = ""
    curated: str = ""
    key: bytes = b""


def write_search(found: Searchable, site: Path, cache: Cache | None = None) -> None:
    """Writes all that the search of a site reads into its folder, whole or not at all.

    Args:
        cache: Keeps what was made, for the next build. Of builds at once each waits for its turn with it.

    Raises:
        OSError: if the disk is full or may not be written.
    """
    with _room(cache) as folder, closing(_Search(lambda: found, folder, cache)) as search:
        search.make(lambda name, key: False)
        search.shelf.publish(site / FOLDER, MANIFEST, search.kept.told)
        search.keep()


def add_search(find: Find, site: Holder, cache: Cache | None, asked: Again | None = None) -> None:
    """Has a site hold all that its search reads.

    Args:
        cache: As of `write_search`.
        asked: What differs since an earlier state, if that is known: if it is that of what is kept, no more is
            made, nor found.

    Raises:
        OSError: if the disk is full or may not be written.
    """
    with _room(cache) as folder, closing(_Search(find, folder, cache, asked)) as search:
        search.make(lambda name, key: site.holds(f"{FOLDER}/{name}", key))
        for name, known in search.kept.sums.items():
            site.hold(f"{FOLDER}/{name}", known.hex(), partial(search.shelf.place, name))
        told = search.kept.told
        site.hold(f"{FOLDER}/{MANIFEST}", digest(told).hex(), lambda path: write_whole(path, told))
        search.keep()


@contextmanager
def _room(cache: Cache | None) -> Iterator[Path]:
    """The folder of the shelf."""
    if cache:
        with FileLock(cache.open() / _LOCK):
            yield cache.open() / _SHELF
    else:
        with tempfile.TemporaryDirectory(prefix="dossier-search-") as room:
            yield Path(room) / _SHELF


class _Search:
    """One build of a search."""

    def __init__(self, find: Find, folder: Path, cache: Cache | None, asked: Again | None = None) -> None:
        self._find = find
        self._folder = folder
        self._cache = cache
        self._asked = asked
        found = cache.read(_KNOWN) if cache else None
        self._before = Kept(*found) if found else Kept()
        found = cache.read(_STATE) if cache else None
        self._state = _State(*found) if found else _State()
        self._take()

    def make(self, is_there: Callable[[str, str], bool]) -> None:
        """Makes what differs if that is known, else all.

        Args:
            is_there: Whether the site has a file already, by its name and the digest of what it holds; no other is
                looked at that is as it was.
        """
        if not (self._follows and self._mend(is_there)):
            self.close()
            self._take()
            self.kept = whole(self._find(), self.shelf, self._heap, self._before)

    def keep(self) -> None:
        """Leaves what was made to the next build."""
        if not self._cache:
            return
        if self.kept is not self._before:
            self._heap.compact()
            self.kept = self.kept._replace(parts=self._heap.parts)
            self._cache.write(_KNOWN, tuple(self.kept))
            self.shelf.sweep()
        asked = self._asked
        state = _State(asked.state, asked.curated, self.kept.key) if asked else _State()
        if state != self._state:
            self._cache.write(_STATE, tuple(state))

    def close(self) -> None:
        """Lets go of what is kept."""
        self._heap.close()

    def _take(self) -> None:
        self.shelf = Shelf(self._folder, self._before.sums)
        self._heap = Heap(self._folder.with_name(_INDEX), self._before.parts)

    @property
    def _follows(self) -> bool:
        """Whether what is kept is of the state since which it is known what differs."""
        return bool(
            self._asked
            and self._asked.since
            and self._state == (self._asked.since, self._asked.curated, self._before.key)
        )

    def _mend(self, is_there: Callable[[str, str], bool]) -> bool:
        """Makes what differs; False where all is to be made."""
        assert self._asked
        try:
            self.kept = again(self._asked, self.shelf, self._heap, self._before)
        except LostError:
            return False
        sums = self.kept.sums
        return all(is_there(name, known.hex()) or self.shelf.has(name) for name, known in sums.items())
