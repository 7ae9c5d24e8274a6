"""The files of a site, known by what each was made of, so that those that would be the same are not made again.

A site has two trees: the one that readers see, and a spare that holds the site of the build before and shares its
unchanged files. A build brings the spare up to date, and then the two change places in one step: at no moment is
the site half of one build and half of another.
"""

import os
import shutil
from collections.abc import Iterable, Sequence, Set
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.state.lazy import unlike
from generator.state.stamps import Folder, StatCache, ways_to
from generator.support.files import digest_of, write_whole
from generator.support.processes import parallel_map

# Files that one process shares at a time.
_BATCH = 500


class SiteFiles(NamedTuple):
    """What was left of a site, by the paths of its files.

    Attributes:
        keys: What each file was made of, in short.
        digests: The digest of each.
    """

    keys: dict[str, str]
    digests: dict[str, str]


class SiteTree:
    """A folder that is made to hold certain files and no others.

    Attributes:
        keys: What each of its files was made of, in short, as far as that is known.
        digests: The digest of each of these.
        missing: The files that were left and are not here as they were.
    """

    def __init__(self, root: Path, stamps: StatCache, left: SiteFiles | None = None) -> None:
        """Takes a folder, or makes it.

        Args:
            left: What was left of the site, here or elsewhere; a file that is not the same here is as if it were not
                there.
        """
        self.root, self._stamps = root, stamps
        root.mkdir(parents=True, exist_ok=True)
        left = left or SiteFiles({}, {})
        self._there = stamps.inside(root)
        files = self._there.files
        self.missing = frozenset(unlike(left.digests, files))
        self.keys, self.digests = dict(left.keys), dict(left.digests)
        for path in self.missing:
            del self.keys[path], self.digests[path]

    @property
    def is_untouched(self) -> bool:
        """Whether all is there that was left, and nothing else."""
        there = self._there
        return (
            not self.missing
            and not there.others
            and there.files.keys() == self.keys.keys()
            and there.folders == folders_of(self.keys)
        )

    def has(self, path: str, key: str) -> bool:
        """Whether a file is there that was made of just that."""
        return self.keys.get(path) == key

    def put(self, path: str, key: str, data: bytes) -> None:
        """Writes a file, unless one is there that was made of just that."""
        if self.has(path, key):
            return
        write(f"{self.root}/{path}", data)
        self.note(path, key, digest_of(data))

    def take(self, path: str, key: str, other: "SiteTree") -> bool:
        """Takes a file over from another tree, if it has it as made of just that; both then share it."""
        if not other.has(path, key) or not share(f"{other.root}/{path}", f"{self.root}/{path}"):
            return False
        self.note(path, key, other.digests[path])
        return True

    def note(self, path: str, key: str, digest: str) -> None:
        """Takes note of a file that was written into the tree."""
        self.keys[path], self.digests[path] = key, digest
        self._stamps.add(f"{self.root}/{path}", digest)

    def adopt(self, path: str) -> bool:
        """Takes note of a file that others have written into the tree; False where there is none."""
        digest = self._stamps.digest(f"{self.root}/{path}")
        if digest:
            self.note(path, digest, digest)
        return bool(digest)

    def leave_only(self, paths: Set[str]) -> None:
        """Removes all files but some, and the folders that are then empty."""
        for path in (self._there.files.keys() | self.keys.keys()) - paths:
            with suppress(FileNotFoundError):
                os.unlink(f"{self.root}/{path}")
            self.keys.pop(path, None)
            self.digests.pop(path, None)
        for folder in sorted(self._there.folders - folders_of(paths)):
            shutil.rmtree(self.root / folder, ignore_errors=True)

    def drop_links(self) -> None:
        """Removes links that somebody put into the tree, before anything is written or removed beyond one."""
        for path in self._there.others:
            os.unlink(f"{self.root}/{path}")

    def follow(self, other: "SiteTree", processes: int) -> None:
        """Makes this tree hold what another does, its files shared with it where they can be."""
        due = sorted(unlike(other.digests, self.digests))
        batches = [due[start : start + _BATCH] for start in range(0, len(due), _BATCH)]

        def share_all(paths: Sequence[str]) -> list[bool]:
            return [share(f"{other.root}/{path}", f"{self.root}/{path}") for path in paths]

        with parallel_map(share_all, batches, processes) as results:
            for path, is_shared in zip(due, chain.from_iterable(results), strict=True):
                if is_shared:
                    self.note(path, other.keys[path], other.digests[path])
                else:
                    self.put(path, other.keys[path], (other.root / path).read_bytes())
        self.leave_only(other.keys.keys())

    def files(self) -> SiteFiles:
        """What is left of it."""
        return SiteFiles(self.keys, self.digests)

    def folder(self) -> Folder:
        """All that is in it, once all but its files is removed."""
        return Folder(self.digests, frozenset(folders_of(self.keys)), frozenset())


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


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders that some files stand in, the root left out."""
    found: set[str] = set()
    for path in paths:
        for folder in ways_to(path):
            if folder in found:
                break
            found.add(folder)
    return found
