"""How files look: what tells that one is another than before, or has changed, without its being read.

A run looks at each file once, and whoever asks later in it is told what was seen then. Of what the run writes itself
since, it has to say so.
"""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.files import (
    LONGEST_GRAIN,
    NO_FILE,
    Signature,
    look_of,
    may_hide_change,
    signature_of,
    what_is,
)

# A hash of a file's size, the times of its content and of its entry, and its number. No write leaves it as it was, be
# the file's time set back or not.
Look = int
# That of a file which may change and look the same, as a listing finds it: two of these are not the same file.
YOUNG = 0
# A look that no file has.
NO_LOOK = -1


# What editors and systems leave beside the files that people write.
_LEFTOVER = re.compile(
    r".*~|\#.*\#|\.\#.*|\.~lock\..*|~\$.*|\._.*|.*\.(?:bak|sw[a-p])|\.DS_Store|(?:eh)?thumbs\.db|desktop\.ini|__MACOSX",
    re.DOTALL | re.IGNORECASE,
)
# How deep folders may lie in each other, through how many links of folders, and how many entries such links may lead to.
DEEPEST, MOST_LINKS, MOST_LINKED = 100, 5, 50_000


def is_leftover(name: str) -> bool:
    """Whether an entry of a folder is a backup, lock or cache of an editor or a system, which nobody means to publish."""
    return _LEFTOVER.fullmatch(name) is not None


class Listing(NamedTuple):
    """The files below a folder, by their paths below it with `/`; those that links of folders lead to are among them.

    Attributes:
        folders: The paths of the folders.
        others: What each entry is that is neither, such as a named pipe or a link that leads nowhere.
        closed: Why the entries of a folder are not known; the folder itself has the empty path.
        links: Where each link really leads, of those that lead to a file or folder.
    """

    files: dict[str, Look]
    folders: frozenset[str]
    others: dict[str, str]
    closed: dict[str, str]
    links: dict[str, str]

    def has_same_paths(self, other: "Listing") -> bool:
        """Whether the same is there and in another."""
        return self[1:] == other[1:] and self.files.keys() == other.files.keys()

    @property
    def linked(self) -> frozenset[str]:
        """The folders that are links."""
        return frozenset(self.links.keys() & self.folders)

    def unlinked(self) -> Mapping[str, Look]:
        """The files that no link of a folder leads to."""
        if not (linked := self.linked):
            return self.files
        return {path: look for path, look in self.files.items() if linked.isdisjoint(ways_to(path))}


NO_FILES = Listing({}, frozenset(), {}, {}, {})


def listing_of(root: str) -> Listing:
    """What is below a folder now but for leftovers of editors and systems; nothing where there is none."""
    return _Scan(root).listing()


class _Scan:
    """One pass through a folder and what links in it lead to."""

    def __init__(self, root: str) -> None:
        self._now = time.time_ns()
        self._files: dict[str, Look] = {}
        self._folders: set[str] = set()
        self._others: dict[str, str] = {}
        self._closed: dict[str, str] = {}
        self._links: dict[str, str] = {}
        # Folders to list: each path with where it really is, and the real folders from which links led there.
        self._waiting: list[tuple[str, str, tuple[str, ...]]] = [("", os.path.realpath(root), ())]
        self._left = MOST_LINKED

    def listing(self) -> Listing:
        while self._waiting:
            self._list(*self._waiting.pop())
        return Listing(self._files, frozenset(self._folders), self._others, self._closed, self._links)

    def _list(self, folder: str, real: str, trail: tuple[str, ...]) -> None:
        try:
            with os.scandir(real) as found:
                entries = [entry for entry in found if not is_leftover(entry.name)]
        except OSError as error:
            if folder or not isinstance(error, FileNotFoundError | NotADirectoryError):
                self._closed[folder.rstrip("/")] = error.strerror or str(error)
            return
        if trail:
            self._left -= len(entries)
        if self._left < 0:
            self._closed[folder.rstrip("/")] = f"links lead to more than {MOST_LINKED:,} files"
            self._waiting.clear()
            return
        if folder.count("/") > DEEPEST:
            self._closed[folder.rstrip("/")] = f"more than {DEEPEST} folders lie in each other"
            return
        for entry in entries:
            path = folder + entry.name
            if entry.is_symlink():
                self._link(path, entry, (*trail, real))
            elif entry.is_dir():
                self._waiting.append((f"{path}/", entry.path, trail))
                self._folders.add(path)
            elif entry.is_file():
                self._files[path] = _look_of_entry(entry, self._now)
            else:
                self._others[path] = _kind_of(entry)

    def _link(self, path: str, entry: "os.DirEntry[str]", trail: tuple[str, ...]) -> None:
        try:
            mode = entry.stat().st_mode
        except FileNotFoundError:
            self._others[path] = "a link that leads nowhere"
            return
        except OSError as error:
            # A link to itself, or into a folder that is not ours to read.
            self._others[path] = f"a link that cannot be followed: {error.strerror}"
            return
        what, target = what_is(mode), os.path.realpath(entry.path)
        if what == "a folder":
            if any(f"{place}/".startswith(f"{target.rstrip('/')}/") for place in trail):
                self._others[path] = "a link that leads back to a folder around it"
                return
            if len(trail) > MOST_LINKS:
                self._others[path] = f"a link behind more than {MOST_LINKS} others"
                return
            self._waiting.append((f"{path}/", target, trail))
            self._folders.add(path)
        elif what:
            self._others[path] = what
            return
        else:
            self._files[path] = _look_of_entry(entry, self._now)
        self._links[path] = target


def _kind_of(entry: "os.DirEntry[str]") -> str:
    try:
        return what_is(entry.stat().st_mode) or "no file"
    except OSError as error:
        return f"unreadable: {error.strerror}"


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
