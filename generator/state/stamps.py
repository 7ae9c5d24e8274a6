"""File stamps: know the digest of an unchanged file from `stat`, without reading it.

A *stamp* is a hash of a file's size, the times of its content and of its entry, and its number. No write leaves all of
these as they were, even if the file's time is set back; and renaming a folder, or exchanging two, leaves them. The
*digest* of each stamp that was ever read is kept (`StatCache`), so that

    unchanged stamp               the digest is known, nothing is read
    other stamp, same digest      the file is read, and is unchanged: so it is for all files of a restored cache
    other digest                  the file has changed

All else that the next build asks of files it asks by their digests.
"""

import os
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.state.cache import Cache
from generator.support.files import digest_and_stat, is_racy, stamp_of, what_is

# The digest of a file that cannot be read: no file's that can.
UNREADABLE = ""
_NAME = "stamps"
# Stamps of files that the run did not meet are forgotten once they are so many times as many as those that it met.
_MOST = 4

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
        files: The digest of each.
        folders: The paths of the folders.
        others: What each entry is that is neither, such as a named pipe or a link that leads nowhere.
        closed: Why the entries of a folder are not known; the folder itself has the empty path.
        links: Where each link really leads, of those that lead to a file or folder.
    """

    files: dict[str, str]
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

    def unlinked(self) -> Mapping[str, str]:
        """The files that no link of a folder leads to."""
        if not (linked := self.linked):
            return self.files
        return {path: digest for path, digest in self.files.items() if linked.isdisjoint(ways_to(path))}


NO_FILES = Listing({}, frozenset(), {}, {}, {})


def listing_of(root: str, stamps: "StatCache | None" = None) -> Listing:
    """What is below a folder now but for leftovers of editors and systems; nothing where there is none."""
    return _Scan(root, stamps or StatCache()).listing()


class _Scan:
    """One pass through a folder and what links in it lead to."""

    def __init__(self, root: str, stamps: "StatCache") -> None:
        self._stamps = stamps
        self._files: dict[str, str] = {}
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
                self._files[path] = self._stamps.digest(entry)
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
            self._files[path] = self._stamps.digest(entry)
        self._links[path] = target


def _kind_of(entry: "os.DirEntry[str]") -> str:
    try:
        return what_is(entry.stat().st_mode) or "no file"
    except OSError as error:
        return f"unreadable: {error.strerror}"


def ways_to(path: str) -> Iterator[str]:
    """The folders that a file stands in, the nearest first, the root left out."""
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


class Folder(NamedTuple):
    """All that is below a folder of ours, as it is: no link is followed, and nothing is left out.

    Attributes:
        files: The digest of each.
        folders: The paths of the folders.
        others: The paths of links, and of whatever else is no file.
    """

    files: dict[str, str]
    folders: frozenset[str]
    others: frozenset[str]


class StatCache:
    """The digests of files by their stamps, and what one run has listed of folders so far."""

    def __init__(self, cache: Cache | None = None) -> None:
        """Takes what an earlier run knew; what this one finds out is kept by `save`."""
        self._cache = cache
        self._known: dict[int, str] = (cache.read(_NAME, dict[int, str]) if cache else None) or {}
        # Of the files that this run met.
        self._met: dict[int, str] = {}
        # Of those that it has written.
        self._written: dict[int, os.stat_result] = {}
        self._listings: dict[str, Listing] = {}
        self._folders: dict[tuple[str, int], Folder] = {}

    def digest(self, path: "str | os.DirEntry[str]") -> str:
        """The digest of a file as it is now; `UNREADABLE` where it cannot be read or is not there."""
        try:
            stat = os.stat(path) if isinstance(path, str) else path.stat()
        except OSError:
            return UNREADABLE
        stamp = stamp_of(stat)
        found = self._met.get(stamp)
        if found is None:
            found = self._known.get(stamp)
            if found is None:
                return self._read(os.fspath(path))
            self._met[stamp] = found
        return found

    def _read(self, path: str) -> str:
        now = time.time_ns()
        try:
            found, stat = digest_and_stat(Path(path))
        except OSError:
            return UNREADABLE
        # What may have changed since, and have the stamp still, is read again the next time.
        if not is_racy(stat, now):
            self._met[stamp_of(stat)] = found
        return found

    def add(self, path: str, digest: str) -> None:
        """Takes the digest of a file that this run has just written."""
        try:
            stat = os.stat(path)
        except OSError:
            return
        stamp = stamp_of(stat)
        self._met[stamp] = digest
        self._written[stamp] = stat

    def below(self, folder: str | os.PathLike[str]) -> Listing:
        """What is below a folder but for leftovers of editors and systems, as the run saw it first."""
        root = os.path.realpath(folder)
        if root not in self._listings:
            self._listings[root] = listing_of(root, self)
        return self._listings[root]

    def update(self, folder: str | os.PathLike[str], paths: Mapping[str, str | None]) -> None:
        """Takes the digests of files below a folder that this run has written; None of those that it has removed."""
        root = os.path.realpath(folder)
        files = self._listings[root].files if root in self._listings else {}
        for path, digest in paths.items():
            if digest is None:
                files.pop(path, None)
            else:
                files[path] = digest
                self.add(f"{root}/{path}", digest)

    def inside(self, folder: str | os.PathLike[str]) -> Folder:
        """All that is below a folder of ours, as the run saw it first; nothing where there is none."""
        # By its number too: another folder may take its place in the same run.
        try:
            root = os.path.abspath(folder), os.stat(folder).st_ino
        except OSError:
            return Folder({}, frozenset(), frozenset())
        if root not in self._folders:
            self._folders[root] = self._inside(root[0])
        return self._folders[root]

    def _inside(self, root: str) -> Folder:
        files: dict[str, str] = {}
        folders: set[str] = set()
        others: set[str] = set()
        waiting = [""]
        # Tens of thousands: each call counts.
        met, known = self._met, self._known
        while waiting:
            at = waiting.pop()
            for entry in _entries(f"{root}/{at}"):
                path = at + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.add(path)
                    waiting.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    stamp = stamp_of(entry.stat(follow_symlinks=False))
                    digest = met.get(stamp) or known.get(stamp)
                    if digest:
                        files[path] = met[stamp] = digest
                    else:
                        files[path] = self._read(entry.path)
                else:
                    others.add(path)
        return Folder(files, frozenset(folders), frozenset(others))

    def forget(self) -> None:
        """Forgets the listings of folders, so that the next caller lists them again."""
        self._listings.clear()
        self._folders.clear()

    def save(self) -> None:
        """Keeps the digests for the next run.

        Raises:
            OSError: if the disk is full or may not be written.
        """
        now = time.time_ns()
        racy = {stamp for stamp, stat in self._written.items() if is_racy(stat, now)}
        found = {stamp: digest for stamp, digest in self._met.items() if stamp not in racy}
        if found.keys() <= self._known.keys() and len(self._known) <= _MOST * len(found):
            return
        if len(self._known) <= _MOST * len(found):
            found = {**self._known, **found}
        if self._cache:
            self._cache.write(_NAME, found)


def _entries(folder: str) -> "list[os.DirEntry[str]]":
    try:
        return list(os.scandir(folder))
    except OSError:
        return []
