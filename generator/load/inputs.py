"""Which files a dossier may read: its own regular files, and those in folders that its settings allow.

Files are opened by `files.open_file`, which refuses everything else. Any entry of a listing that may not be read is an
error, so that a folder which is closed today is not taken for an empty one.
"""

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from generator.state.stamps import Listing, ways_to
from generator.support.files import open_file
from generator.support.problems import UNPRINTABLE, Problem, SourcePosition, printable, shown


def allowed_places(root: Path, linked_folders: Iterable[str]) -> tuple[str, ...]:
    """The real folders that links in a dossier may lead to: its own, and those that its settings allow."""
    return tuple(os.path.realpath(place) for place in (root, *(root / folder for folder in linked_folders)))


def leads_outside(target: str, places: Iterable[str]) -> bool:
    """Whether a real path is in none of some real folders."""
    return not any(f"{target}/".startswith(f"{place.rstrip('/')}/") for place in places)


def outside(seen: Listing, places: Iterable[str]) -> frozenset[str]:
    """The links of a listing that lead to none of some real folders."""
    places = tuple(places)
    return frozenset(path for path, target in seen.links.items() if leads_outside(target, places))


def is_below(path: str, folders: frozenset[str]) -> bool:
    """Whether a path of a listing is one of some others or lies below one."""
    return bool(folders) and (path in folders or not folders.isdisjoint(ways_to(path)))


def unfit(seen: Listing, folder: str, places: Iterable[str]) -> Iterator[Problem]:
    """What a listing found that may not be read: closed folders, what is no file, and links that lead outside.

    Args:
        folder: The folder as messages show it.
        places: The real folders that links may lead to.
    """
    away = outside(seen, places)
    for path in sorted(path for path in chain(seen.files, seen.folders) if not is_fit_name(path)):
        yield bad_name(_at(folder, path))
    for path in sorted(away):
        if not is_below(path.rpartition("/")[0], away):
            yield leads_away(_at(folder, path))
    for path, why in sorted(seen.closed.items()):
        if not is_below(path, away):
            where = _at(folder, path)
            yield unreadable(where, f"cannot read the folder {shown(where)}: {why}")
    for path, what in sorted(seen.others.items()):
        if not is_below(path, away):
            yield unreadable(_at(folder, path), f"cannot read {shown(path.rpartition('/')[2])}: is {what}")


def is_fit_name(path: str) -> bool:
    """Whether a path is UTF-8 without controls."""
    # Nearly all are plain, which is found out several times as fast.
    return (path.isascii() and path.isprintable()) or not UNPRINTABLE.search(path)


def bad_name(name: str) -> Problem:
    """That the name of a file or folder may not be."""
    last = name.rpartition("/")[2]
    message = f"the name {shown(last)} is not UTF-8, or holds a control character"
    return Problem(SourcePosition(name), "file-name", message, printable(last), "rename it")


def leads_away(name: str) -> Problem:
    """That a link leads out of the dossier."""
    message = f"the link {shown(name)} leads outside the dossier"
    hint = "put what it leads to into the dossier, or name that folder under linked_folders in dossier.yml"
    return Problem(SourcePosition(name), "outside-link", message, name.rpartition("/")[2], hint)


def unreadable(name: str, message: str) -> Problem:
    """That something cannot be read, in whose place nothing is assumed."""
    return Problem(SourcePosition(name), "unreadable", message, name.rpartition("/")[2])


def unfit_file(path: Path, name: str, places: Iterable[str]) -> Problem | None:
    """Why a file that is there may not be read; nothing for one that may, or is not there."""
    if not os.path.lexists(path):
        return None
    if path.is_symlink() and leads_outside(os.path.realpath(path), places):
        return leads_away(name)
    try:
        open_file(path).close()
    except OSError as error:
        return unreadable(name, f"cannot read {shown(name)}: {error.strerror or error}")
    return None


def _at(folder: str, path: str) -> str:
    return f"{folder}/{path}" if path else folder
