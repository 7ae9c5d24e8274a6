"""The up-to-date check: whether anything changed since the last build, before the generator is loaded.

A successful build saves the digest of each file that it read or wrote, all else on which its result depends, and its
result. If all of these are the same, the next build has the same result. Digests come from `StatCache`, so a file
with the same stamp is not read.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from generator.state.cache import Cache
from generator.state.stamps import Folder, Listing, StatCache
from generator.support.config_text import CONFIG, ConfigText
from generator.support.files import digest_of, name_below
from generator.support.git import history_state
from generator.support.problems import Problem

# The default folder of the site of each edition, in the dossier.
SITES: Mapping[str, str] = {"public": "site", "private": "site-private"}
_SEEDS = "seeds"


class _LastBuild(NamedTuple):
    """The inputs and outputs of the last build.

    Attributes:
        options: Options, environment variables and all else on which the result depends.
        read: The digests of the files that it read, by their paths relative to the dossier.
        docs: The folder of the Markdown, relative to the dossier.
        made: The listing of that folder.
        site: The digests of the files of the site.
        folders: The number of folders of the site.
        pages: The number of pages of the site.
        problems: The warnings about the dossier.
    """

    options: str
    read: dict[str, str]
    docs: str
    made: Listing
    site: dict[str, str]
    folders: int
    pages: int
    problems: tuple[Problem, ...]


class UpToDateCheck:
    """Checks whether a build is needed. Create it while holding the lock, before the build reads anything."""

    def __init__(self, root: Path, site: Path, originals: Iterable[Path], options: Iterable[object]) -> None:
        """Takes the digests of the files that the build will read.

        Args:
            options: All else on which the result depends.
        """
        self._root = os.path.realpath(root)
        self._site = site
        self._cache = Cache(root)
        self._name = f"uptodate-{name_of_site(root, site)}"
        self.stamps = StatCache(self._cache)
        self._config = ConfigText()
        # The build reports a file that cannot be read.
        with suppress(OSError):
            self._config = ConfigText.read(root)
        self._options = repr(
            [
                *(name_below(path, root) for path in (site, *originals)),
                *options,
                *((name, os.environ.get(name)) for name in self._config.variables),
                history_state(root),
            ]
        )
        self._inputs = (root / CONFIG, root / _SEEDS, *originals)
        self._read = dict(self._files())

    def _files(self) -> Iterator[tuple[str, str]]:
        """The digests of the input files, and of all files in the input folders, by name."""
        for path in map(os.path.realpath, self._inputs):
            name = name_below(path, self._root)
            if os.path.isdir(path):
                found = self.stamps.below(path)
                yield from ((f"{name}/{below}", digest) for below, digest in found.files.items())
                # A folder that cannot be read may contain files that the last build read.
                yield from ((f"{name}/{below}", "") for below in (*found.others, *found.closed))
            elif os.path.exists(path):
                yield name, self.stamps.digest(path)

    def result(self) -> tuple[int, tuple[Problem, ...]] | None:
        """The number of pages and the warnings of the last build, if nothing changed since."""
        last = self._cache.read(self._name, _LastBuild)
        if last is None or last.options != self._options or not self._read.items() <= last.read.items():
            return None
        others = last.read.keys() - self._read.keys()
        if any(self.stamps.digest(os.path.join(self._root, path)) != last.read[path] for path in others):
            return None
        docs, site = self.stamps.below(os.path.join(self._root, last.docs)), self.stamps.inside(self._site)
        # Empty folders are ignored in the Markdown tree, but the site must not have others than its own.
        if docs._replace(folders=last.made.folders) != last.made:
            return None
        if (site.files, len(site.folders), len(site.others)) != (last.site, last.folders, 0):
            return None
        self.stamps.save()
        return last.pages, last.problems

    def record(
        self,
        seeds: Mapping[str, str],
        places: Mapping[str, str],
        docs: Path,
        made: Listing,
        site: Folder,
        pages: int,
        problems: tuple[Problem, ...],
    ) -> None:
        """Saves the inputs and outputs of a successful build.

        Args:
            seeds: The digests of the seeds files as they were parsed, by their paths relative to the dossier.
            places: The digests of other files that were read, or would have been read if they existed.
            made: The listing of the Markdown folder, as the build read it.

        Raises:
            OSError: if the disk is full or cannot be written.
        """
        read = {**self._read, **seeds, **places}
        # A file that cannot be read now can become readable without another stamp.
        if self._config.names_further_files or "" in self._read.values():
            return
        last = _LastBuild(
            options=self._options,
            read=read,
            docs=name_below(docs, self._root),
            made=made,
            site=site.files,
            folders=len(site.folders),
            pages=pages,
            problems=problems,
        )
        self._cache.write(self._name, last)


def name_of_site(root: Path, site: Path) -> str:
    """A name for the state of one site, independent of the folder in which the dossier lies."""
    return digest_of(name_below(site, root).encode("utf-8", "surrogatepass"))
