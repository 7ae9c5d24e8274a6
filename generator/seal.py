"""Whether all is as the last build left it, told by the looks of files alone, before anything is loaded.

A build that ends well is sealed: how each file looked that it read, how each looks that it made, and what it told.
The next one breaks the seal if anything differs, and then does its work; an unbroken seal is its whole work. Where
a file that was read may change and look the same, nothing is sealed.
"""

import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple, Self

from generator.cache import Cache
from generator.files import NO_FILE, Signature, may_hide_change, read_file
from generator.git import history_state
from generator.looks import (
    NO_LOOK,
    YOUNG,
    Listing,
    Look,
    Looks,
    changed_at,
    listing_of,
    look_at,
    number_of,
)
from generator.processes import Aside

# Where the site of each edition goes if nothing else is said, in the dossier.
SITES: Mapping[str, str] = {"public": "site", "private": "site-private"}
_CONFIG, _SEEDS = "mkdocs.yml", "seeds"
# Names of the environment that a configuration asks for; the first is asked for where there is none.
_ALWAYS = ("SITE_URL", "SOURCE_DATE_EPOCH")
_ENV = re.compile(r"!ENV\s+(\[[^\]]*\]|\S+)")
_NAME = re.compile(r"[A-Za-z_]\w*")
# A configuration with one of these reads files that nobody here knows of.
_FURTHER = re.compile(r"^\s*(?:INHERIT|custom_dir|hooks)\s*:", re.MULTILINE)

# What stands for the look of a file that may change and look the same.
UNSETTLED = frozenset({YOUNG, NO_LOOK})


class Folder(NamedTuple):
    """A folder that a build made.

    Attributes:
        number: By which it is known wherever it is moved.
        files: The looks of its files.
        folders: When entries last came to its folders or went.
        spare: A folder with much the same folders, from which the next build is made; empty where there is none.
    """

    root: str
    number: int
    files: dict[str, Look]
    folders: dict[str, int]
    spare: str = ""


class _Seal(NamedTuple):
    told: str
    read: dict[str, Look]
    docs: str
    made: Listing
    site: Folder
    result: Any


class _Seen(NamedTuple):
    """What differs from what a seal says.

    Attributes:
        docs: All files of the Markdown, where any differs.
        site: Whether its folder is the one that was made.
        files: Of the site.
        folders: Of the site.
    """

    docs: Listing | None
    site: bool
    files: frozenset[str]
    folders: frozenset[str]

    @property
    def is_as_made(self) -> bool:
        """Whether all is as the seal says."""
        return self.docs is None and self.site and not self.files and not self.folders


class Sealing:
    """A build that may be sealed when it ends, from before it reads anything."""

    def __init__(self, root: Path, site: Path, originals: Iterable[Path], options: Iterable[object]) -> None:
        """Looks at what the build will read.

        Args:
            options: Whatever else its result depends on.
        """
        self._start = time.time_ns()
        self._cache = Cache(root)
        self._name = f"seal-{hashlib.sha256(os.path.realpath(site).encode()).hexdigest()[:16]}"
        self._inputs = (root / _CONFIG, root / _SEEDS, *originals)
        self._config = _text(root / _CONFIG)
        names = sorted(
            {*_ALWAYS, *(name for asked in _ENV.findall(self._config) for name in _NAME.findall(asked))}
        )
        self._told = repr(
            [
                *map(os.path.realpath, (root, site, *originals)),
                *options,
                *((name, os.environ.get(name)) for name in names),
                history_state(root),
            ]
        )
        found = self._cache.read(self._name)
        self._before = _Seal(*found) if found else None
        # What the build before has made is looked at beside all else.
        self._seen = Aside(partial(_seen, self._before)) if self._before else None
        self._spare: Aside[dict[str, int]] | None = None
        self._looks = Looks()
        self._read = dict(_files(self._inputs, self._looks))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *of: object) -> None:
        """Waits for those who look at files, whatever they see."""
        for aside in (self._seen, self._spare):
            if aside:
                aside.__exit__(*of)

    def result(self) -> Any | None:
        """What the last build told, if its seal is unbroken."""
        seal = self._before
        if seal is None:
            return None
        is_same = (
            seal.told == self._told
            and self._read.items() <= seal.read.items()
            and all(path in self._read or look_at(path) == look for path, look in seal.read.items())
        )
        if is_same and self._made and self._made.is_as_made:
            return seal.result
        if seal.site.spare:
            # There is work to do, to which the spare belongs.
            self._spare = Aside(partial(_changed_at, seal.site.spare, seal.site.folders))
        return None

    def looks(self) -> Looks:
        """What has been seen, for the build that is to be sealed; nothing of it may have been written since.

        What is not seen yet is waited for when it is asked for.
        """
        if self._before:
            self._looks.expect(self._know)
        return self._looks

    def _know(self) -> None:
        seal, seen = self._before, self._made
        if seal and seen:
            self._looks.know(seal.docs, seen.docs or seal.made)
            files, folders = dict(seal.site.files), dict(seal.site.folders)
            for path in seen.files:
                del files[path]
            for path in seen.folders:
                del folders[path]
            self._looks.know_some(seal.site.root, files, folders)
            if self._spare:
                self._looks.know_some(seal.site.spare, {}, self._spare.result())

    @cached_property
    def _made(self) -> _Seen | None:
        return self._seen.result() if self._seen else None

    def seal(
        self, places: Mapping[str, Signature], docs: Path, pages: Listing, site: Folder, result: Any
    ) -> None:
        """Seals the build, if nothing can have changed meanwhile.

        Args:
            places: Further files that were read, or would have been had they been there, as they were before.
            pages: All files below `docs` as the build has read them; one of `UNSETTLED` for the look of a file
                that may have changed since and look the same.
        """
        # As they were read: what changed since looks otherwise to the next build.
        may_change = not UNSETTLED.isdisjoint((*self._read.values(), *pages.files.values()))
        may_change |= any(may_hide_change(seen, self._start) for seen in places.values())
        if _FURTHER.search(self._config) or may_change:
            return
        read = self._read | {
            os.path.realpath(path): NO_LOOK if seen == NO_FILE else hash(seen)
            for path, seen in places.items()
        }
        self._cache.write(self._name, tuple(_Seal(self._told, read, str(docs), pages, site, result)))


def _files(paths: Iterable[Path], looks: Looks) -> Iterator[tuple[str, Look]]:
    """The looks of files, and of all files in folders."""
    for path in map(os.path.realpath, paths):
        if os.path.isdir(path):
            seen = looks.below(path)
            yield from ((f"{path}/{name}", look) for name, look in seen.files.items())
            # What could not be read may hold files that were.
            yield from ((f"{path}/{name}", NO_LOOK) for name in (*seen.others, *seen.closed))
        elif os.path.exists(path):
            yield path, look_at(path)


def _seen(seal: _Seal) -> _Seen:
    docs, (root, number, files, folders, _) = listing_of(seal.docs), seal.site
    return _Seen(
        # Folders without files make no difference.
        None if docs._replace(folders=seal.made.folders) == seal.made else docs,
        number_of(root) == number,
        frozenset(path for path, look in files.items() if look_at(f"{root}/{path}") != look),
        frozenset(path for path, changed in folders.items() if changed_at(f"{root}/{path}") != changed),
    )


def _changed_at(root: str, folders: Iterable[str]) -> dict[str, int]:
    """When some folders below a folder changed."""
    return {path: changed_at(f"{root}/{path}") for path in folders}


def _text(path: Path) -> str:
    try:
        return read_file(path).decode("utf-8", errors="replace")
    except OSError:
        return ""
