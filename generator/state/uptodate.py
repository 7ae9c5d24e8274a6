"""Whether anything changed since the last build, by the digests of files, before the generator is loaded.

A build that ends well leaves the digest of each file that it read and of each that it made, what else its result
depends on, and its result. Where all of that is the same, the result is that of the next build too. Digests come
from `StatCache`, so that a file which looks as it did is not read.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.state.cache import Cache
from generator.state.stamps import Folder, Listing, StatCache
from generator.support.files import digest_of, name_below, read_file
from generator.support.git import history_state
from generator.support.problems import Problem

# Where the site of each edition goes if nothing else is said, in the dossier.
SITES: Mapping[str, str] = {"public": "site", "private": "site-private"}
_CONFIG, _SEEDS = "mkdocs.yml", "seeds"
# Names of the environment that a configuration asks for; the first is asked for where there is none.
_ALWAYS = ("SITE_URL", "SOURCE_DATE_EPOCH")
_ENV = re.compile(r"!ENV\s+(\[[^\]]*\]|\S+)")
_NAME = re.compile(r"[A-Za-z_]\w*")
# A configuration with one of these reads files that nobody here knows of.
_FURTHER = re.compile(r"^\s*(?:INHERIT|custom_dir|hooks)\s*:", re.MULTILINE)


class _LastBuild(NamedTuple):
    """What a build read and made.

    Attributes:
        options: Whatever else its result depends on.
        read: The digests of the files that it read, by their paths relative to the dossier.
        docs: The folder of the Markdown, relative to the dossier.
        made: What is there.
        site: The digests of the site's files.
        folders: How many folders the site has.
        pages: How many pages it has.
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
    """Whether a build need be done; begun before anything is read, once nobody else can work on the dossier."""

    def __init__(self, root: Path, site: Path, originals: Iterable[Path], options: Iterable[object]) -> None:
        """Takes the digests of what the build will read.

        Args:
            options: Whatever else its result depends on.
        """
        self._root = os.path.realpath(root)
        self._site = site
        self._cache = Cache(root)
        self._name = f"uptodate-{name_of_site(root, site)}"
        self.stamps = StatCache(self._cache)
        self._config = _text(root / _CONFIG)
        names = sorted(
            {*_ALWAYS, *(name for asked in _ENV.findall(self._config) for name in _NAME.findall(asked))}
        )
        self._options = repr(
            [
                *(name_below(path, root) for path in (site, *originals)),
                *options,
                *((name, os.environ.get(name)) for name in names),
                history_state(root),
            ]
        )
        self._inputs = (root / _CONFIG, root / _SEEDS, *originals)
        self._read = dict(self._files())

    def _files(self) -> Iterator[tuple[str, str]]:
        """The digests of files, and of all files in folders."""
        for path in map(os.path.realpath, self._inputs):
            name = name_below(path, self._root)
            if os.path.isdir(path):
                found = self.stamps.below(path)
                yield from ((f"{name}/{below}", digest) for below, digest in found.files.items())
                # What could not be read may hold files that were.
                yield from ((f"{name}/{below}", "") for below in (*found.others, *found.closed))
            elif os.path.exists(path):
                yield name, self.stamps.digest(path)

    def result(self) -> tuple[int, tuple[Problem, ...]] | None:
        """The number of pages and the warnings of the last build, if a build would make the same."""
        last = self._cache.read(self._name, _LastBuild)
        if last is None or last.options != self._options or not self._read.items() <= last.read.items():
            return None
        others = last.read.keys() - self._read.keys()
        if any(self.stamps.digest(os.path.join(self._root, path)) != last.read[path] for path in others):
            return None
        docs, site = self.stamps.below(os.path.join(self._root, last.docs)), self.stamps.inside(self._site)
        # Folders without files make no difference in the Markdown, but do not belong in the site.
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
        """Leaves what a build that has ended well has read and made.

        Args:
            seeds: The digests of the files of the seeds as they were parsed, by their paths relative to the dossier.
            places: Those of further files that were read, or would have been had they been there.
            made: What is in the folder of the Markdown, as the build has read it.

        Raises:
            OSError: if the disk is full or may not be written.
        """
        read = {**self._read, **seeds, **places}
        # What cannot be read may be readable the next time, and look the same.
        if _FURTHER.search(self._config) or "" in self._read.values():
            return
        folder = name_below(docs, self._root)
        last = _LastBuild(self._options, read, folder, made, site.files, len(site.folders), pages, problems)
        self._cache.write(self._name, last)


def name_of_site(root: Path, site: Path) -> str:
    """Tells what is kept of a site from what is kept of others, wherever the dossier lies."""
    return digest_of(name_below(site, root).encode("utf-8", "surrogatepass"))


def _text(path: Path) -> str:
    try:
        return read_file(path).decode("utf-8", errors="replace")
    except OSError:
        return ""
