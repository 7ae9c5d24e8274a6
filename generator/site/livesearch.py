"""The search of a site that is being served: brought up to date a moment after its pages, in a thread of its own."""

import threading
from functools import cache
from pathlib import Path

from generator.search import Searchable
from generator.site.search import FOLDER, MANIFEST, SearchError, write_search


def refresh_search(found: Searchable | None, site: Path) -> None:
    """Has the search made anew where what it is made of changed, or its files are gone with a whole build.

    Args:
        found: What it is made of; None where that did not change.
    """
    _keeper(site).refresh(found)


class _Keeper:
    """Makes the newest state that it was told of; states between are left out."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._lock = threading.Lock()
        self._wanted: Searchable | None = None
        self._made: Searchable | None = None
        self._thread: threading.Thread | None = None

    def refresh(self, found: Searchable | None) -> None:
        with self._lock:
            self._wanted = found or self._wanted
            if self._thread is None and self._is_due():
                # A daemon: who ends the serving does not wait for it.
                self._thread = threading.Thread(target=self._make, daemon=True)
                self._thread.start()

    def _is_due(self) -> bool:
        if self._wanted is None:
            return False
        return self._wanted != self._made or not (self._site / FOLDER / MANIFEST).is_file()

    def _make(self) -> None:
        while True:
            with self._lock:
                wanted = self._wanted
                if wanted is None or not self._is_due():
                    self._thread = None
                    return
            try:
                write_search(wanted, self._site)
            except (SearchError, OSError):
                # The folder may be gone, being built whole or served no more; the next change tries again.
                with self._lock:
                    self._thread = None
                return
            with self._lock:
                self._made = wanted


@cache
def _keeper(site: Path) -> _Keeper:
    return _Keeper(site)
