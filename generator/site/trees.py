"""The files of a site, known by what each was made of, so that those that would be the same are not made again.

A site has two trees: the one that readers see, and a spare that holds the site of the build before and shares its
unchanged files. A build brings the spare up to date, and then the two change places in one step: at no moment is
the site half of one build and half of another.
"""

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from generator.files import write_whole
from generator.keyed import unlike
from generator.looks import NO_LOOK, Look, Looks, changed_at, look_at, ways_to
from generator.processes import spread

# The clock that stamps files ticks this seldom, in nanoseconds: what was written since its last tick may be
# written once more without a trace.
_TICK = 20_000_000
# Files that one process shares at a time.
_BATCH = 500


@dataclass(frozen=True)
class Holding:
    """What is known of a folder's files, by their paths below it with `/`.

    Attributes:
        keys: What each file was made of, in short.
        looks: How each looks.
        folders: When entries last came to each folder or went, in nanoseconds.
        at: When all this was so, in nanoseconds.
    """

    keys: dict[str, str] = field(default_factory=dict)
    looks: dict[str, Look] = field(default_factory=dict)
    folders: dict[str, int] = field(default_factory=dict)
    at: int = 0


class Tree:
    """A folder that is made to hold certain files and no others.

    Attributes:
        keys: What each of its files was made of, in short.
        looks: How each looks.
    """

    def __init__(
        self,
        root: Path,
        holding: Holding | None = None,
        other: "Tree | None" = None,
        seen: Looks | None = None,
    ) -> None:
        """Takes a folder, or makes it.

        Args:
            holding: What is known of it; files that have changed since, and files that nobody knows, are as if
                they were not there.
            other: A tree of the same files that has just been looked at.
            seen: What this run has seen.
        """
        self.root, seen = root, seen or Looks()
        root.mkdir(parents=True, exist_ok=True)
        self._before = holding or Holding(folders=dict.fromkeys(_all_folders(root), -1))
        folders, looks = self._before.folders, self._before.looks
        # Where somebody else has been.
        self._strange = set(seen.folders_that_differ(root, folders))
        unseen = self._not_shared_still(other) if other else looks
        self.looks, self.keys = looks.copy(), self._before.keys.copy()
        for path in list(seen.files_that_differ(root, unseen)):
            del self.looks[path], self.keys[path]
        # Folders in which files came or went since.
        self._touched: set[str] = set()

    def _not_shared_still(self, other: "Tree") -> dict[str, Look]:
        """What is known of the files that need not be here what they are in another tree that has been looked at.

        A look is that of one file alone, by its number, so equal looks were one file with two names. A name leads
        to the file that it led to as long as no entry came to its folder or went.
        """
        looks = self._before.looks
        found = {path: looks[path] for path in unlike(looks, other.looks)}
        late = self._before.at - _TICK
        fresh = {place for place, changed in self._before.folders.items() if changed >= late}
        if fresh:
            found |= {path: look for path, look in looks.items() if path.rpartition("/")[0] in fresh}
        if self._strange:
            strange = self._strange
            found |= {p: look for p, look in looks.items() if not strange.isdisjoint(("", *ways_to(p)))}
        return found

    def known_otherwise(self, other: "Tree") -> set[str]:
        """Which of the files that were known here when the tree was left are not known as the same in another now."""
        return set(unlike(self._before.keys, other.keys))

    @property
    def is_untouched(self) -> bool:
        """Whether all is there that is known of it, and nothing else, as it was."""
        return not self._strange and len(self.looks) == len(self._before.looks)

    def has(self, path: str, key: str) -> bool:
        """Whether a file is there that was made of just that."""
        return self.keys.get(path) == key

    def put(self, path: str, key: str, data: bytes) -> None:
        """Writes a file, unless one is there that was made of just that."""
        if self.has(path, key):
            return
        write(f"{self.root}/{path}", data)
        self.note(path, key)

    def take(self, path: str, key: str, other: "Tree") -> bool:
        """Takes a file over from another tree, if it has it as made of just that; both then share it."""
        if not other.has(path, key) or not share(f"{other.root}/{path}", f"{self.root}/{path}"):
            return False
        self.note(path, key)
        # One more name of the file is a change of its entry.
        other.note(path, key)
        return True

    def note(self, path: str, key: str, seen: Look | None = None) -> None:
        """Takes note of a file that was written into the tree by others."""
        seen = seen or look_at(f"{self.root}/{path}")
        if seen != NO_LOOK:
            self.keys[path], self.looks[path] = key, seen
            self._touched.update(ways_to(path))

    def leave_only(self, paths: Set[str]) -> None:
        """Removes all files but some, and the folders that are then empty."""
        gone = (self._before.looks.keys() | self.looks.keys()) - paths
        for path in gone:
            with suppress(FileNotFoundError):
                os.unlink(f"{self.root}/{path}")
            self.keys.pop(path, None)
            self.looks.pop(path, None)
            self._touched.update(ways_to(path))
        if not self._strange:
            # The last time left only the folders of its files, so those alone may be empty that lost one now.
            for folder in sorted({way for path in gone for way in ways_to(path)}, key=len, reverse=True):
                with suppress(OSError):
                    os.rmdir(f"{self.root}/{folder}")
            return
        folders = {"", *folders_of(paths)}
        for place in self._strange:
            for entry in _entries(f"{self.root}/{place}") if place in folders else ():
                path = f"{place}/{entry.name}" if place else entry.name
                if entry.is_dir(follow_symlinks=False):
                    if path not in folders:
                        shutil.rmtree(entry.path)
                elif path not in paths:
                    os.unlink(entry.path)
        for folder in sorted(self._before.folders.keys() - folders):
            shutil.rmtree(self.root / folder, ignore_errors=True)

    def drop_links(self) -> None:
        """Removes links that somebody put into the tree, before anything is written or removed beyond one.

        They can be in those folders only in which something came or went since the tree was left.
        """
        for place in sorted(self._strange):
            for entry in _entries(f"{self.root}/{place}"):
                if entry.is_symlink():
                    os.unlink(entry.path)

    def follow(self, other: "Tree", processes: int) -> None:
        """Makes this tree hold what another does, its files shared with it where they can be."""
        due = sorted(unlike(other.keys, self.keys))
        batches = [due[start : start + _BATCH] for start in range(0, len(due), _BATCH)]

        def share_all(paths: Sequence[str]) -> list[Look]:
            return [_shared(f"{other.root}/{path}", f"{self.root}/{path}") for path in paths]

        with spread(share_all, batches, processes) as results:
            for path, seen in zip(due, chain.from_iterable(results), strict=True):
                key = other.keys[path]
                if seen != NO_LOOK:
                    self.note(path, key, seen)
                    other.note(path, key, seen)
                else:
                    self.put(path, key, (other.root / path).read_bytes())
        self.leave_only(other.keys.keys())

    def holding(self) -> Holding:
        """What is known of it now."""
        folders = {"": 0, **self._before.folders}
        for folder in {"", *self._strange, *self._touched}:
            folders[folder] = changed_at(f"{self.root}/{folder}")
        there = {folder: changed for folder, changed in folders.items() if changed}
        return Holding(self.keys, self.looks, there, time.time_ns())


def is_settled(stat: os.stat_result) -> bool:
    """Whether a file that looks like this now cannot be written again and look the same."""
    return max(stat.st_mtime_ns, stat.st_ctime_ns) < time.time_ns() - _TICK


def write(path: str, data: bytes) -> None:
    """Writes a file that is new or takes the place of another, never into one that another tree may share."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write(path, data)
        return
    except FileExistsError:
        write_whole(Path(path), data)
        return
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def share(source: str, target: str) -> bool:
    """Gives a file a further name, in place of what may be there; False where it cannot have one."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.link(source, target)
    except FileExistsError:
        os.unlink(target)
        os.link(source, target)
    except OSError:
        return False
    return True


def _shared(source: str, target: str) -> Look:
    return look_at(target) if share(source, target) else NO_LOOK


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders that some files stand in, the root left out."""
    found: set[str] = set()
    for path in paths:
        for folder in ways_to(path):
            if folder in found:
                break
            found.add(folder)
    return found


def _all_folders(root: Path) -> Iterator[str]:
    for folder, _, _ in os.walk(root):
        yield folder.removeprefix(str(root)).replace(os.sep, "/").strip("/")


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []
