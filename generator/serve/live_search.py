"""The search of a site that is being served: brought up to date a moment after its pages, in a thread of its own."""

import shutil
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from generator.search.site import FOLDER, MANIFEST, write_search
from generator.search.values import Searchable
from generator.state.cache import Cache

# Makes what the search is made of; that takes a while in a large dossier, and is not waited for.
Find = Callable[[], Searchable]
# Seconds that pass before it is made, for pages to be built and shown first.
_PAUSE = 0.5
# Seconds that the end of the serving waits for one that is being made; and between two looks at it.
_PATIENCE, _LOOK = 5.0, 0.05


def refresh_search(find: Find | None, site: Path) -> None:
    """Has the search made anew where what it is made of changed, or its files are gone with a whole build.

    Args:
        find: Makes what it is made of; None where that did not change.
    """
    _keeper(site).refresh(find)


def end_search(site: Path) -> None:
    """Has nothing written any more into the served folder, nor into the one that it is in, which are removed."""
    _keeper(site).end()


class _Keeper:
    """Makes the newest state that it was told of; states between are left out."""

    def __init__(self, site: Path) -> None:
        self._site = site
        # Beside the served folder, in the one that is gone with it.
        self._cache = Cache(site.parent)
        self._lock = threading.Lock()
        self._waiting: Find | None = None
        self._made: Searchable | None = None
        self._is_running = False
        self._thread: threading.Thread | None = None
        self._ended = threading.Event()

    def refresh(self, find: Find | None) -> None:
        with self._lock:
            self._waiting = find or self._waiting
            if not self._is_running and (self._waiting or self._is_gone()):
                self._is_running = True
                # A daemon: it never keeps the program from ending.
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()

    def end(self) -> None:
        self._ended.set()
        deadline = time.monotonic() + _PATIENCE
        while self._thread and self._thread.is_alive() and time.monotonic() < deadline:
            # What it writes next has no folder any more, so it need not be waited for to the end.
            shutil.rmtree(self._site.parent, ignore_errors=True)
            self._thread.join(_LOOK)

    def _is_gone(self) -> bool:
        return self._made is not None and not (self._site / FOLDER / MANIFEST).is_file()

    def _run(self) -> None:
        while True:
            if self._ended.wait(_PAUSE):
                return
            with self._lock:
                find, self._waiting = self._waiting, None
                if not find and not self._is_gone():
                    self._is_running = False
                    return
            found = find() if find else self._made
            if found is None:
                continue
            try:
                write_search(found, self._site, self._cache)
            except Exception as error:
                # The folder may be gone, being built whole or served no more; the next change tries again.
                if not (isinstance(error, OSError) or self._ended.is_set()):
                    raise
                with self._lock:
                    self._is_running = False
                return
            self._made = found


@cache
def _keeper(site: Path) -> _Keeper:
    return _Keeper(site)
