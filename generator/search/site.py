"""The search of a site: files of names, of posting lists and of texts, and a manifest that leads to them.

The scripts in `theme/assets/javascripts/search` read them. Each file is made of its own part of the dossier and named
by its content, so that a build makes only what changed, and browsers may keep them.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Protocol

from filelock import FileLock

from generator.output.content_store import ContentStore, digest
from generator.search.files import to_json
from generator.search.state import SearchState
from generator.search.values import SearchDelta
from generator.state.cache import Cache
from generator.support.files import write_whole

# Below the site.
FOLDER = "search/data"
MANIFEST = "manifest.json"
# In the cache: the state, the files, and what is locked meanwhile.
_STATE, _FILES, _LOCK = "search-state", "search", "search-lock"

# Gives what changed since a state of the dossier, by its digest; or all that is searched, if it is empty or too old.
Find = Callable[[str], SearchDelta]


class SiteFiles(Protocol):
    """A site in the making, which may have files of the one before."""

    def reuse_file(self, path: str, digest: str) -> bool:
        """Whether the site has a file with this digest already; it is then part of the new one."""

    def add_file(self, path: str, digest: str, place: Callable[[Path], None]) -> None:
        """Adds a file with this digest; `place` puts it where it belongs."""


def write_search(found: SearchDelta, site: Path, cache: Cache | None = None) -> None:
    """Writes the search of all that is found into the folder of a site, whole or not at all.

    Args:
        cache: Keeps files and state for the next build. Builds at the same time wait for each other.

    Raises:
        OSError: if the disk is full or may not be written.
    """
    with _updated(lambda _: found, cache, lambda name, known: False) as (store, manifest):
        store.publish(site / FOLDER, MANIFEST, manifest)


def add_search(find: Find, site: SiteFiles, cache: Cache) -> None:
    """Adds the search to a site in the making.

    Args:
        cache: As in `write_search`.

    Raises:
        OSError: if the disk is full or may not be written.
    """

    def is_there(name: str, known: bytes) -> bool:
        return site.reuse_file(f"{FOLDER}/{name}", known.hex())

    with _updated(find, cache, is_there) as (store, manifest):
        for name, known in store.sums.items():
            site.add_file(f"{FOLDER}/{name}", known.hex(), partial(store.place, name))
        place = partial(write_whole, data=manifest)
        site.add_file(f"{FOLDER}/{MANIFEST}", digest(manifest).hex(), place)


@contextmanager
def _updated(
    find: Find, cache: Cache | None, is_there: Callable[[str, bytes], bool]
) -> Iterator[tuple[ContentStore, bytes]]:
    """The files and the manifest of the search, which are kept for the next build once they are in the site.

    Args:
        is_there: Whether the site has a file already, by its name and digest.
    """
    # These need numpy, which takes longer to load than all else of a build where nothing changed.
    from generator.search.update import DamagedSearchError, update

    with _locked_folder(cache) as folder:
        kept = (cache.read(_STATE, SearchState) if cache else None) or SearchState()
        # Where something of the search before is lost, all is made from nothing.
        for before in (kept, SearchState()):
            store = ContentStore(folder, before.sums)
            with suppress(DamagedSearchError):
                state = update(before, find(before.state), store)
                if store.is_whole(is_there):
                    break
        yield store, to_json(state.manifest)
        if cache and state != kept:
            cache.write(_STATE, state)
            store.sweep()


@contextmanager
def _locked_folder(cache: Cache | None) -> Iterator[Path]:
    """The folder of the files, for one build at a time."""
    if cache:
        with FileLock(cache.open() / _LOCK):
            yield cache.folder_of(_FILES)
    else:
        with tempfile.TemporaryDirectory(prefix="dossier-search-") as room:
            yield Path(room) / _FILES
