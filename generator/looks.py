"""How files look: what tells that one is another than before, or has changed, without its being read.

A run looks at each file once, and whoever asks later in it is told what was seen then. Of what the run writes itself
since, it has to say so.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.files import LONGEST_GRAIN, NO_FILE, Signature, look_of, may_hide_change, signature_of

# A hash of a file's size, the times of its content and of its entry, and its number. No write leaves it as it was, be
# the file's time set back or not.
Look = int
# That of a file which may change and look the same, as a listing finds it: two of these are not the same file.
YOUNG = 0
# A look that no file has.
NO_LOOK = -1


class Listing(NamedTuple):
    """The files below a folder, by their paths below it with `/`; those that links of folders lead to are among them.

    Attributes:
        folders: The paths of the folders.
        others: The paths of all that is neither, such as links that lead nowhere.
        linked: The folders that are links.
    """

    files: dict[str, Look]
    folders: frozenset[str]
    others: frozenset[str]
    linked: frozenset[str]

    def has_same_paths(self, other: "Listing") -> bool:
        """Whether the same is there and in another."""
        return self[1:] == other[1:] and self.files.keys() == other.files.keys()

    def unlinked(self) -> Mapping[str, Look]:
        """The files that no link of a folder leads to."""
        if not self.linked:
            return self.files
        return {path: look for path, look in self.files.items() if self.linked.isdisjoint(ways_to(path))}


NO_FILES = Listing({}, frozenset(), frozenset(), frozenset())


def listing_of(root: str) -> Listing:
    """What is below a folder now; nothing where there is none."""
    now = time.time_ns()
    files: dict[str, Look] = {}
    folders: set[str] = set()
    others: set[str] = set()
    linked: set[str] = set()
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(f"{root}/{folder}"))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir():
                waiting.append(f"{folder}{entry.name}/")
                folders.add(folder + entry.name)
                if entry.is_symlink():
                    linked.add(folder + entry.name)
            elif entry.is_file():
                files[folder + entry.name] = _look_of_entry(entry, now)
            else:
                others.add(folder + entry.name)
    return Listing(files, frozenset(folders), frozenset(others), frozenset(linked))


def _look_of_entry(entry: "os.DirEntry[str]", now: int) -> Look:
    """The look of a file that a listing comes upon at a moment, in nanoseconds."""
    try:
        stat = entry.stat()
    except OSError:
        return _look_of(NO_FILE, now)
    # Nearly all are so old that they can hide no change, whatever the file system's clock.
    if max(stat.st_mtime_ns, stat.st_ctime_ns) < now - LONGEST_GRAIN:
        return look_of(stat)
    return _look_of(signature_of(entry), now)


def _look_of(seen: Signature, now: int) -> Look:
    """The look of a file that had a signature at a moment, in nanoseconds."""
    return YOUNG if may_hide_change(seen, now) else hash(seen)


def look_at(path: str) -> Look:
    """The look of one file as it is now; `NO_LOOK` where there is none."""
    try:
        return look_of(os.stat(path))
    except OSError:
        return NO_LOOK


def number_of(path: str | os.PathLike[str]) -> int:
    """By what a file or folder is known wherever it is moved; 0 where there is none."""
    try:
        return os.stat(path).st_ino
    except OSError:
        return 0


def changed_at(folder: str) -> int:
    """When entries last came to a folder or went, in nanoseconds; 0 where there is none."""
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0


def ways_to(path: str) -> Iterator[str]:
    """The folders that a file stands in, the nearest first, the root left out."""
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


class Looks:
    """What one run has seen so far."""

    def __init__(self) -> None:
        self._listings: dict[str, Listing] = {}
        self._files: dict[str, Mapping[str, Look]] = {}
        self._folders: dict[str, Mapping[str, int]] = {}
        self._ask: Callable[[], None] | None = None

    def expect(self, ask: Callable[[], None]) -> None:
        """Takes what others see meanwhile, once somebody asks for what nobody has seen yet.

        Args:
            ask: Waits for it, and lets this know.
        """
        self._ask = ask

    def forget(self) -> None:
        """Forgets all that was seen: whoever asks next is told what is there then."""
        self._ask = None
        for seen in (self._listings, self._files, self._folders):
            seen.clear()

    def _answered(self) -> None:
        ask, self._ask = self._ask, None
        if ask:
            ask()

    def below(self, folder: str | os.PathLike[str]) -> Listing:
        """What is below a folder, as the run saw it first."""
        root = os.path.realpath(folder)
        if root not in self._listings:
            self._answered()
        if root not in self._listings:
            self._listings[root] = listing_of(root)
        return self._listings[root]

    def know(self, folder: str | os.PathLike[str], listing: Listing) -> None:
        """Takes a listing that others have made in this run."""
        self._listings[os.path.realpath(folder)] = listing

    def know_some(
        self, folder: str | os.PathLike[str], files: Mapping[str, Look], folders: Mapping[str, int]
    ) -> None:
        """Takes what others have seen in this run of files below a folder, and of when its folders changed."""
        root = os.path.realpath(folder)
        self._files[root], self._folders[root] = files, folders

    def renew(self, folder: str | os.PathLike[str], paths: Iterable[str]) -> None:
        """Looks again at files below a folder that the run has written or removed."""
        root = os.path.realpath(folder)
        # What is seen of it later need not be of before this was written.
        self._answered()
        if root not in self._listings:
            return
        now, files = time.time_ns(), self._listings[root].files
        for path in paths:
            seen = signature_of(Path(root, path))
            if seen == NO_FILE:
                files.pop(path, None)
            else:
                files[path] = _look_of(seen, now)

    def files_that_differ(self, folder: str | os.PathLike[str], known: Mapping[str, Look]) -> Iterator[str]:
        """Which of some files below a folder do not look as is known, or are not there."""
        root = os.path.realpath(folder)
        self._answered()
        return _differing(root, known, self._files.get(root, {}), look_at)

    def folders_that_differ(self, folder: str | os.PathLike[str], known: Mapping[str, int]) -> Iterator[str]:
        """Which of some folders below a folder changed at another time than is known, or are not there."""
        root = os.path.realpath(folder)
        self._answered()
        return _differing(root, known, self._folders.get(root, {}), changed_at)


def _differing(
    root: str, known: Mapping[str, int], seen: Mapping[str, int], look: Callable[[str], int]
) -> Iterator[str]:
    # What was seen confirms what is known; elsewhere the disk has the last word.
    if known == seen:
        return
    get = seen.get
    for path, value in known.items():
        if get(path) != value and look(f"{root}/{path}") != value:
            yield path
