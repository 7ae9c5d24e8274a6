"""The search of a site that is being served: updated in a thread of its own, a moment after the pages."""

import shutil
import threading
import time
from pathlib import Path

from generator.search import FOLDER, MANIFEST, Find, SearchDelta, write_search
from generator.state.cache import Cache
from generator.state.database import Damaged

# Seconds before it is updated, so that pages are built and shown first.
_DELAY = 0.5
# Seconds that `close` waits for an update that is going on; and between two checks of whether that has ended.
_TIMEOUT, _INTERVAL = 5.0, 0.05


class SearchUpdater:
    """Writes the search of the newest state; of states in between none is written."""

    def __init__(self, site: Path) -> None:
        self._site = site
        # Beside the site, so that it is removed with it.
        self._cache = Cache(site.parent)
        self._lock = threading.Lock()
        self._next: Find | None = None
        self._written: SearchDelta | None = None
        self._thread: threading.Thread | None = None
        self._is_closed = threading.Event()

    def update(self, find: Find | None) -> None:
        """Starts an update, if the searchable texts changed or a full build has removed the files.

        Args:
            find: Gives the texts, which takes a while in a large dossier; None if they did not change.
        """
        with self._lock:
            self._next = find or self._next
            if not self._thread and (self._next or self._is_removed()):
                # A daemon: it never keeps the program from ending.
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Waits until the update that is going on has ended."""
        if thread := self._thread:
            thread.join()

    def close(self) -> None:
        """Ends the update that is going on, and removes the folder that the site is in."""
        self._is_closed.set()
        deadline = time.monotonic() + _TIMEOUT
        while (thread := self._thread) and thread.is_alive() and time.monotonic() < deadline:
            # The next write fails without its folder, so the update ends early.
            shutil.rmtree(self._site.parent, ignore_errors=True)
            thread.join(_INTERVAL)

    def _is_removed(self) -> bool:
        return self._written is not None and not (self._site / FOLDER / MANIFEST).is_file()

    def _run(self) -> None:
        while not self._is_closed.wait(_DELAY):
            with self._lock:
                find, self._next = self._next, None
                if not (find or self._is_removed()):
                    self._thread = None
                    return
            try:
                found = find("") if find else self._written
            except Damaged:
                # A newer state was written while this one was read. Its update is the next.
                continue
            assert found is not None
            try:
                write_search(found, self._site, self._cache)
            except Exception as error:
                # A full build may have removed the folder, or `close`: the next change tries again.
                if not (isinstance(error, OSError) or self._is_closed.is_set()):
                    raise
                with self._lock:
                    self._thread = None
                return
            self._written = found
