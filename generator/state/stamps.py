"""File stamps: the digest of an unchanged file from `stat`, without reading it.

A *stamp* is a hash of the size, the modification and change times, and the inode of a file. Every write changes the
stamp, even if the modification time is reset; renaming a folder, or exchanging two, does not. `StatCache` keeps the
*digest* of each stamp, so that

    same stamp                    the digest is known, and the file is not read
    other stamp, same digest      the file is read, and is unchanged, like all files of a restored cache
    other digest                  the file has changed

Everything else compares files by their digests.
"""

import os
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.state.cache import Cache
from generator.support.files import digest_and_stat, is_racy, stamp_of, what_is

# In place of the digest of a file that cannot be read.
UNREADABLE = ""
_NAME = "stamps"
# The stamps of files that the run did not meet are dropped when all stamps are this many times those that it met.
_MOST = 4

# Backups, locks and caches that editors and systems leave beside the files that people write.
_LEFTOVER = re.compile(
    r".*~|\#.*\#|\.\#.*|\.~lock\..*|~\$.*|\._.*|.*\.(?:bak|sw[a-p])|\.DS_Store|(?:eh)?thumbs\.db|desktop\.ini|__MACOSX",
    re.DOTALL | re.IGNORECASE,
)
# The limits of a scan: nested folders, links of folders in one path, and entries behind such links.
DEEPEST, MOST_LINKS, MOST_LINKED = 100, 5, 50_000


def is_leftover(name: str) -> bool:
    """Whether a directory entry is a backup, lock or cache of an editor or a system, not meant to be published."""
    return _LEFTOVER.fullmatch(name) is not None


class Listing(NamedTuple):
    """All entries below a folder, including those behind links of folders, by their relative paths with `/`.

    Attributes:
        files: The digest of each file.
        folders: The paths of the folders.
        others: The type of each other entry, such as a named pipe or a broken link.
        closed: The reason why the entries of a folder are not known; the listed folder has the empty path.
        links: The real path of the target of each link to a file or folder.
    """

    files: dict[str, str]
    folders: frozenset[str]
    others: dict[str, str]
    closed: dict[str, str]
    links: dict[str, str]

    def has_same_paths(self, other: "Listing") -> bool:
        """Whether another listing has the same entries; the content of files can differ."""
        return self[1:] == other[1:] and self.files.keys() == other.files.keys()

    @property
    def linked(self) -> frozenset[str]:
        """The folders that are links."""
        return frozenset(self.links.keys() & self.folders)

    def unlinked(self) -> Mapping[str, str]:
        """The files that are not behind a link of a folder."""
        if not (linked := self.linked):
            return self.files
        return {path: digest for path, digest in self.files.items() if linked.isdisjoint(ways_to(path))}


NO_FILES = Listing({}, frozenset(), {}, {}, {})


def listing_of(root: str, stamps: "StatCache | None" = None) -> Listing:
    """A listing of all that is below a folder, without leftovers of editors and systems; empty if there is none."""
    return _Scan(root, stamps or StatCache()).listing()


class _Scan:
    """One scan of a folder and of the folders to which links in it lead."""

    def __init__(self, root: str, stamps: "StatCache") -> None:
        self._stamps = stamps
        self._files: dict[str, str] = {}
        self._folders: set[str] = set()
        self._others: dict[str, str] = {}
        self._closed: dict[str, str] = {}
        self._links: dict[str, str] = {}
        # Folders to list: the path, the real path, and the real folders whose links led there.
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
            # A link to itself, or into a folder that we cannot read.
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
    """The folders that contain a file, the nearest first, without the root."""
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


class Folder(NamedTuple):
    """All entries below a folder of ours: links are not followed, and leftovers are included.

    Attributes:
        files: The digest of each file.
        folders: The paths of the folders.
        others: The paths of links and of all other entries.
    """

    files: dict[str, str]
    folders: frozenset[str]
    others: frozenset[str]


class StatCache:
    """The digests of files by their stamps, and the listings of folders in one run."""

    def __init__(self, cache: Cache | None = None) -> None:
        """Loads the digests that earlier runs saved."""
        self._cache = cache
        self._known: dict[int, str] = (cache.read(_NAME, dict[int, str]) if cache else None) or {}
        # The digests of the files that this run met.
        self._met: dict[int, str] = {}
        # The status of the files that it wrote.
        self._written: dict[int, os.stat_result] = {}
        self._listings: dict[str, Listing] = {}
        self._folders: dict[tuple[str, int], Folder] = {}

    def digest(self, path: "str | os.DirEntry[str]") -> str:
        """The current digest of a file; `UNREADABLE` if it cannot be read or does not exist."""
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
        # A racy file is read again the next time.
        if not is_racy(stat, now):
            self._met[stamp_of(stat)] = found
        return found

    def add(self, path: str, digest: str) -> None:
        """Adds the digest of a file that this run has just written."""
        try:
            stat = os.stat(path)
        except OSError:
            return
        stamp = stamp_of(stat)
        self._met[stamp] = digest
        self._written[stamp] = stat

    def below(self, folder: str | os.PathLike[str]) -> Listing:
        """The listing of a folder, without leftovers of editors and systems, from the first time that the run saw it."""
        root = os.path.realpath(folder)
        if root not in self._listings:
            self._listings[root] = listing_of(root, self)
        return self._listings[root]

    def update(self, folder: str | os.PathLike[str], paths: Mapping[str, str | None]) -> None:
        """Adds the digests of files below a folder that this run wrote; None for those that it removed."""
        root = os.path.realpath(folder)
        files = self._listings[root].files if root in self._listings else {}
        for path, digest in paths.items():
            if digest is None:
                files.pop(path, None)
            else:
                files[path] = digest
                self.add(f"{root}/{path}", digest)

    def inside(self, folder: str | os.PathLike[str]) -> Folder:
        """All entries below a folder of ours, from the first time that the run saw it; empty if there is none."""
        # The key includes the inode, because another folder can take its place in the same run.
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
        # Local names: there are tens of thousands of files.
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
        """Drops the listings of folders, so that the next caller lists them again."""
        self._listings.clear()
        self._folders.clear()

    def save(self) -> None:
        """Saves the digests for the next run.

        Raises:
            OSError: if the disk is full or cannot be written.
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
