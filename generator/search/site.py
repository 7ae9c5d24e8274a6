"""The search of a site: files of names, of words with their places, of texts, and a list of texts to filter by.

The scripts in `theme/assets/javascripts/search` read what is written here. Every file is made of its own part of
the dossier alone and named by it, so that a build makes anew only what changed, and nobody needs to forget what a
browser kept.

What makes them is imported when it is called: a build that changes no text needs none of it.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from filelock import FileLock

from generator.output.content_store import ContentStore, digest
from generator.search.values import Searchable, SearchDelta
from generator.state.cache import Cache
from generator.support.files import write_whole

if TYPE_CHECKING:
    from generator.search.state import SearchState

# Below the site.
FOLDER = "search/data"
MANIFEST = "manifest.json"
# In the cache.
_SHELF, _LOCK = "search", "search-lock"

# Finds all that is searched.
Find = Callable[[], Searchable]


class Holder(Protocol):
    """A site that is made of files which it may have already."""

    def holds(self, path: str, key: str) -> bool:
        """Whether the site has a file that was made of just that; the file is then one of its."""

    def hold(self, path: str, key: str, place: Callable[[Path], None]) -> None:
        """Has the site hold a file, and others put it into its place."""


def write_search(found: Searchable, site: Path, cache: Cache | None = None) -> None:
    """Writes all that the search of a site reads into its folder, whole or not at all.

    Args:
        cache: Keeps what was made, for the next build. Of builds at once each waits for its turn with it.

    Raises:
        OSError: if the disk is full or may not be written.
    """
    from generator.search.builder import SearchBuilder

    with _room(cache) as folder:
        search = SearchBuilder(folder, cache)
        search.make(found)
        search.store.publish(site / FOLDER, MANIFEST, search.kept.told)
        search.keep()


def add_search(find: Find, site: Holder, cache: Cache, asked: SearchDelta | None = None) -> None:
    """Has a site hold all that its search reads: made of what differs since an earlier state, or else of all.

    Args:
        cache: As of `write_search`.
        asked: Of which state of the dossier it is, and what differs since which.

    Raises:
        OSError: if the disk is full or may not be written.
    """
    from generator.search.builder import SearchBuilder

    with _room(cache) as folder:
        search = SearchBuilder(folder, cache, asked)
        if not (asked and search.mend(asked) and _is_whole(search.kept, search.store, site)):
            search = SearchBuilder(folder, cache, asked)
            search.make(find())
        _hold(site, search.store, search.kept)
        search.keep()


def _is_whole(made: "SearchState", store: ContentStore, site: Holder) -> bool:
    """Whether all files are there, in the site or on the store."""
    return all(site.holds(_place(name), known.hex()) or store.has(name) for name, known in made.sums.items())


def _hold(site: Holder, store: ContentStore, made: "SearchState") -> None:
    for name, known in made.sums.items():
        site.hold(_place(name), known.hex(), partial(store.place, name))
    site.hold(_place(MANIFEST), digest(made.told).hex(), lambda path: write_whole(path, made.told))


def _place(name: str) -> str:
    """Of a file, below the site."""
    return f"{FOLDER}/{name}"


@contextmanager
def _room(cache: Cache | None) -> Iterator[Path]:
    """The folder of the store."""
    if cache:
        with FileLock(cache.open() / _LOCK):
            yield cache.folder_of(_SHELF)
    else:
        with tempfile.TemporaryDirectory(prefix="dossier-search-") as room:
            yield Path(room) / _SHELF
