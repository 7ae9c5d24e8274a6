"""The folder of a site, with a manifest: the digest of each file, by which a build knows which files need no making.

A site has two such folders, which take turns. Readers see one. The other, the *staging directory*, contains the site of
the last build as well, and shares its files with the first by hard links. A build updates the staging directory, and
then exchanges the two in one step: the site is never half of one build and half of another.
"""

import os
import shutil
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from pathlib import Path

from generator.state.lazy import unlike
from generator.state.stamps import Folder, StatCache, ways_to
from generator.support.files import digest_of, write_whole
from generator.support.processes import parallel_map

# Files that one process links at a time.
_BATCH = 500


class SiteTree:
    """A folder that is made to contain certain files and no others.

    Attributes:
        root: Where it is now.
        manifest: The digest of each file that is known to be whole, by path.
    """

    def __init__(self, root: Path, stamps: StatCache, manifest: Mapping[str, str] | None = None) -> None:
        """Takes a folder, or creates it.

        Args:
            manifest: That of the last build; files that differ from it here are as good as missing.
        """
        self.root, self._stamps = root, stamps
        root.mkdir(parents=True, exist_ok=True)
        self._found = stamps.inside(root)
        self.manifest = dict(manifest or {})
        self._is_whole = True
        for path in list(unlike(self.manifest, self._found.files)):
            del self.manifest[path]
            self._is_whole = False

    @property
    def is_unchanged(self) -> bool:
        """Whether the folder contains what the last build left, and nothing else."""
        found = self._found
        return (
            self._is_whole
            and not found.others
            and found.files.keys() == self.manifest.keys()
            and found.folders == folders_of(self.manifest)
        )

    def has(self, path: str, digest: str) -> bool:
        """Whether a file with a digest is there."""
        return self.manifest.get(path) == digest

    def write(self, path: str, data: bytes) -> None:
        """Writes a file, unless it is there already."""
        digest = digest_of(data)
        if not self.has(path, digest):
            write(f"{self.root}/{path}", data)
            self.record(path, digest)

    def link(self, path: str, other: "SiteTree") -> bool:
        """Shares a file of another tree; False if it has none, or the system cannot link it."""
        if path not in other.manifest or not share(f"{other.root}/{path}", f"{self.root}/{path}"):
            return False
        self.record(path, other.manifest[path])
        return True

    def record(self, path: str, digest: str = "") -> None:
        """Adds a file that was written into the folder, whose digest is read if it is not given."""
        full = f"{self.root}/{path}"
        self.manifest[path] = digest or self._stamps.digest(full)
        self._stamps.add(full, self.manifest[path])

    def remove_all_but(self, paths: Set[str]) -> None:
        """Removes all other files, and the folders that are then empty."""
        for path in (self._found.files.keys() | self.manifest.keys()) - paths:
            with suppress(FileNotFoundError):
                os.unlink(f"{self.root}/{path}")
            self.manifest.pop(path, None)
        for folder in sorted(self._found.folders - folders_of(paths)):
            shutil.rmtree(self.root / folder, ignore_errors=True)

    def remove_links(self) -> None:
        """Removes links that somebody put into the folder, before anything behind one is written or removed."""
        for path in self._found.others:
            os.unlink(f"{self.root}/{path}")

    def sync_from(self, other: "SiteTree", processes: int) -> None:
        """Makes this folder contain what another does, by links if the system can make them."""
        paths = sorted(unlike(other.manifest, self.manifest))

        def link(path: str) -> bool:
            return share(f"{other.root}/{path}", f"{self.root}/{path}")

        with parallel_map(link, paths, processes, _BATCH) as results:
            for path, is_linked in zip(paths, results, strict=True):
                if not is_linked:
                    write(f"{self.root}/{path}", (other.root / path).read_bytes())
                self.record(path, other.manifest[path])
        self.remove_all_but(other.manifest.keys())

    def listing(self) -> Folder:
        """All that is in the folder, once everything else is removed."""
        return Folder(self.manifest, frozenset(folders_of(self.manifest)), frozenset())


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
