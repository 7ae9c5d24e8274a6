"""The making of a search, all of it or what differs, and what is kept of it for the next."""

from pathlib import Path
from typing import NamedTuple

from generator.cache import Cache
from generator.search import Again, Searchable
from generator.site.heap import Heap
from generator.site.searchagain import LostError, again
from generator.site.searchkept import Kept
from generator.site.searchwhole import whole
from generator.site.shelf import Shelf

# In the cache: what is known of the files and of the texts; of which state of the dossier that is; and the index of
# words, which is needed where a text changed.
_KNOWN, _STATE, _INDEX = "search-known", "search-state", "search-index"


class _State(NamedTuple):
    """Of which state of a dossier a search is: the state, what all but its articles are, and what the search is made of."""

    state: str = ""
    curated: str = ""
    key: bytes = b""


class Making:
    """One build of a search.

    Attributes:
        kept: What was made, once it is.
        shelf: With its files.
    """

    kept: Kept

    def __init__(self, folder: Path, cache: Cache | None, asked: Again | None = None) -> None:
        """Takes the folder of its shelf.

        Args:
            cache: Keeps what was made, for the next build.
            asked: Of which state of the dossier it will be, if that is known.
        """
        self._folder = folder
        self._cache = cache
        self._asked = asked
        found = cache.read(_KNOWN) if cache else None
        self._before = Kept(*found) if found else Kept()
        found = cache.read(_STATE) if cache else None
        self._state = _State(*found) if found else _State()
        self._take()

    def make(self, found: Searchable) -> None:
        """Makes all of it."""
        self.kept = whole(found, self.shelf, self._heap, self._before)

    def mend(self, asked: Again) -> bool:
        """Makes what differs; False where all is to be made, of which nothing is then.

        Args:
            asked: What differs since an earlier state.
        """
        self._asked = asked
        # It must be known of the state that this is the next of.
        if not asked.since or self._state != (asked.since, asked.curated, self._before.key):
            return False
        try:
            self.kept = again(asked, self.shelf, self._heap, self._before)
        except LostError:
            return False
        return True

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
