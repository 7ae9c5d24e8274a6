"""The making of a search, all of it or what differs, and what is kept of it for the next."""

from pathlib import Path
from typing import NamedTuple

from generator.output.content_store import ContentStore
from generator.search.state import SearchState
from generator.search.update import again
from generator.search.values import Searchable, SearchDelta
from generator.search.words import LostWordsError
from generator.state.cache import Cache

# In the cache: what is known of the files and of the texts, and of which state of the dossier that is.
_KNOWN, _STATE = "search-known", "search-state"


class _State(NamedTuple):
    """Of which state of a dossier a search is: the state, what all but its articles are, and what the search is made of."""

    state: str = ""
    curated: str = ""
    key: bytes = b""


class SearchBuilder:
    """One build of a search.

    Attributes:
        kept: What was made, once it is.
        store: With its files.
    """

    kept: SearchState

    def __init__(self, folder: Path, cache: Cache | None, asked: SearchDelta | None = None) -> None:
        """Takes the folder of its store.

        Args:
            cache: Keeps what was made, for the next build.
            asked: Of which state of the dossier it will be, if that is known.
        """
        self._cache = cache
        self._asked = asked
        self._before = (cache.read(_KNOWN, SearchState) if cache else None) or SearchState()
        self._state = (cache.read(_STATE, _State) if cache else None) or _State()
        self.store = ContentStore(folder, self._before.sums)

    def make(self, found: Searchable) -> None:
        """Makes all of it."""
        # It brings numpy, which takes longer to load than a search to mend.
        from generator.search.whole import whole

        self.kept = whole(found, self.store, self._before)

    def mend(self, asked: SearchDelta) -> bool:
        """Makes what differs; False where all is to be made, of which nothing is then.

        Args:
            asked: What differs since an earlier state.
        """
        self._asked = asked
        # It must be known of the state that this is the next of.
        if not asked.since or self._state != (asked.since, asked.curated, self._before.key):
            return False
        try:
            self.kept = again(asked, self.store, self._before)
        except LostWordsError:
            return False
        return True

    def keep(self) -> None:
        """Leaves what was made to the next build."""
        if not self._cache:
            return
        if self.kept is not self._before:
            self._cache.write(_KNOWN, self.kept)
            self.store.sweep()
        asked = self._asked
        state = _State(asked.state, asked.curated, self.kept.key) if asked else _State()
        if state != self._state:
            self._cache.write(_STATE, state)
