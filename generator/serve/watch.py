"""Watching the files that a site is made from, to rebuild it when one changes.

What changed is found by comparing *snapshots*: the names, sizes and times of all source files. Events of the system
only say when to take one, so it does not matter which events a system sends, or whether it sends some twice.
Where it sends none, as for folders on another machine, a snapshot is taken every few seconds. Pages that the generator
has written are no sources, although they lie among those written by hand.
"""

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from watchdog.events import (
    EVENT_TYPE_CLOSED_NO_WRITE,
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from generator.pages.writing.page import is_generated
from generator.support.files import open_file

# Seconds between two snapshots without an event, where the system sends events and where it does not.
_INTERVAL, _INTERVAL_WITHOUT_EVENTS = 2.0, 0.5
# Events that change nothing.
_READS = (EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE)
# Bytes at the start of a page that show whether the generator wrote it.
_HEAD = 100
# The name, size and time of each source file.
Snapshot = frozenset[tuple[str, int, int]]


class Watcher(FileSystemEventHandler):
    """Watches groups of source files, from its creation on.

    Attributes:
        lock: To be held by a build, during which no snapshots are taken.
    """

    def __init__(self, groups: Mapping[str, Iterable[Path]]) -> None:
        """Takes the files and folders of each group by its name."""
        self._groups = groups
        # Of pages: size and time, and whether the generator has written the page.
        self._generated: dict[str, tuple[tuple[int, int], bool]] = {}
        self._seen = self._snapshots()
        self._event = threading.Event()
        self._is_ended = False
        self.lock = threading.Lock()

    def changed_groups(self) -> set[str]:
        """The names of the groups that changed since this was last asked, or since the creation."""
        now = self._snapshots()
        changed = {name for name in now if now[name] != self._seen[name]}
        self._seen = now
        return changed

    def start(self, on_change: Callable[[], None]) -> None:
        """Calls a function, in a thread of its own, when anything changes or has changed already."""
        self._observer, interval = Observer(), _INTERVAL
        paths = {path for group in self._groups.values() for path in group}
        folders = {(path if path.is_dir() else path.parent, path.is_dir()) for path in paths}
        try:
            for folder, is_recursive in sorted(folders):
                if folder.is_dir():
                    self._observer.schedule(self, str(folder), recursive=is_recursive)
            self._observer.start()
        except OSError:
            # The system limits how many folders can be watched.
            interval = _INTERVAL_WITHOUT_EVENTS
        threading.Thread(target=self._run, args=(on_change, interval), daemon=True).start()

    def stop(self) -> None:
        """Watches no longer."""
        self._is_ended = True
        self._event.set()
        self._observer.stop()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _READS:
            self._event.set()

    def _run(self, on_change: Callable[[], None], interval: float) -> None:
        while not self._is_ended:
            with self.lock:
                is_changed = self._snapshots() != self._seen
            if is_changed:
                on_change()
            self._event.wait(interval)
            self._event.clear()

    def _snapshots(self) -> dict[str, Snapshot]:
        return {
            name: frozenset(
                (file, size, time)
                for path in group
                for file, size, time in _files(str(path))
                if not self._is_generated(file, (size, time))
            )
            for name, group in self._groups.items()
        }

    def _is_generated(self, file: str, size_and_time: tuple[int, int]) -> bool:
        if not file.endswith(".md"):
            return False
        known = self._generated.get(file)
        if known is None or known[0] != size_and_time:
            try:
                with open_file(Path(file)) as opened:
                    head = opened.read(_HEAD).decode("utf-8", errors="replace")
            except OSError:  # removed meanwhile, which the next snapshot shows
                return True
            known = self._generated[file] = size_and_time, is_generated(head)
        return known[1]


def _files(path: str) -> Iterator[tuple[str, int, int]]:
    """A file, or all below a folder but hidden ones, each with its size and time."""
    try:
        if not os.path.isdir(path):
            stat = os.stat(path)
            yield path, stat.st_size, stat.st_mtime_ns
            return
        entries = list(os.scandir(path))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        elif not entry.name.startswith("."):
            try:
                stat = entry.stat()
            except OSError:
                continue
            yield entry.path, stat.st_size, stat.st_mtime_ns
