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
from pathlib import Path
from typing import Any, NamedTuple

from generator.cache import Cache
from generator.files import look_of, may_hide_change, signature_of
from generator.git import history_state

_CONFIG, _SEEDS = "mkdocs.yml", "seeds"
# Names of the environment that a configuration asks for; the first is asked for where there is none.
_ALWAYS = ("SITE_URL", "SOURCE_DATE_EPOCH")
_ENV = re.compile(r"!ENV\s+(\[[^\]]*\]|\S+)")
_NAME = re.compile(r"[A-Za-z_]\w*")
# A configuration with one of these reads files that nobody here knows of.
_FURTHER = re.compile(r"^\s*(?:INHERIT|custom_dir|hooks)\s*:", re.MULTILINE)

# What stands for the look of a file that may change and look the same.
UNSETTLED = frozenset({0, -1})
# The looks of files by their paths; 0 for a file that is not there.
Looks = dict[str, int]


class Folder(NamedTuple):
    """A folder that a build made: its number, the looks of its files, and when entries last came to its folders or went."""

    root: str
    number: int
    files: Looks
    folders: dict[str, int]


class _Seal(NamedTuple):
    told: str
    read: Looks
    docs: str
    made: Looks
    site: Folder
    result: Any


class Sealing:
    """A build that may be sealed when it ends, from before it reads anything."""

    def __init__(self, root: Path, site: Path, originals: Iterable[Path], options: Iterable[object]) -> None:
        """Looks at what the build will read.

        Args:
            options: Whatever else its result depends on.
        """
        self._cache = Cache(root)
        self._name = f"seal-{hashlib.sha256(os.path.abspath(site).encode()).hexdigest()[:16]}"
        self._inputs = (root / _CONFIG, root / _SEEDS, *originals)
        self._config = _text(root / _CONFIG)
        names = sorted(
            {*_ALWAYS, *(name for asked in _ENV.findall(self._config) for name in _NAME.findall(asked))}
        )
        self._told = repr(
            [
                *map(os.path.abspath, (root, site, *originals)),
                *options,
                *((name, os.environ.get(name)) for name in names),
                history_state(root),
            ]
        )
        self._read = dict(_looks(self._inputs))

    def result(self) -> Any | None:
        """What the last build told, if its seal is unbroken."""
        found = self._cache.read(self._name)
        if not found:
            return None
        seal = _Seal(*found)
        unbroken = (
            seal.told == self._told
            and self._read.items() <= seal.read.items()
            and all(path in self._read or _look(path) == look for path, look in seal.read.items())
            and dict(_looks([Path(seal.docs)])) == seal.made
            and _is_as_made(Folder(*seal.site))
        )
        return seal.result if unbroken else None

    def seal(
        self, places: Iterable[str], docs: Path, pages: Mapping[str, int], site: Folder, result: Any
    ) -> None:
        """Seals the build, if nothing can have changed meanwhile.

        Args:
            places: Further files that were read, or would have been had they been there.
            pages: The looks of all files below `docs`, by their path in it, as the build has read them; one of
                `UNSETTLED` for a file that may have changed since and look the same.
        """
        # As they were read: what changed since looks otherwise to the next build.
        made = {f"{docs}/{path}": look for path, look in pages.items()}
        may_change = not UNSETTLED.isdisjoint((*self._read.values(), *made.values()))
        if _FURTHER.search(self._config) or may_change:
            return
        read = self._read | {os.path.abspath(path): _look(path) for path in places}
        self._cache.write(self._name, tuple(_Seal(self._told, read, str(docs), made, site, result)))


def _looks(paths: Iterable[Path]) -> Iterator[tuple[str, int]]:
    """The looks of files, and of all files in folders; 0 for one that may change and look the same."""
    now = time.time_ns()
    waiting = [os.path.abspath(path) for path in paths]
    while waiting:
        path = waiting.pop()
        if not os.path.isdir(path):
            if os.path.exists(path):
                yield path, _look(path)
            continue
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting.append(entry.path)
                elif entry.is_file():
                    seen = signature_of(entry)
                    yield entry.path, 0 if may_hide_change(seen, now) else hash(seen)


def _look(path: str) -> int:
    try:
        stat = os.stat(path)
    except OSError:
        return 0
    return look_of(stat)


def _is_as_made(folder: Folder) -> bool:
    def is_there() -> Iterator[bool]:
        yield os.stat(folder.root).st_ino == folder.number
        for path, changed in folder.folders.items():
            yield os.stat(f"{folder.root}/{path}").st_mtime_ns == changed
        for path, look in folder.files.items():
            yield _look(f"{folder.root}/{path}") == look

    try:
        return all(is_there())
    except OSError:
        return False


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""
