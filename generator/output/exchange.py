"""A folder that takes the place of another: at every moment the one or the other is there, whole.

What goes in its place is made in a room beside it, `.site.dossier` for `site`. Version control leaves the room alone, and
the next build removes what one that was stopped has left in it. Nothing here follows a link.
"""

import ctypes
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.support.files import is_folder, own_folder, remove

_ROOM = ".{}.dossier"
_IGNORED = ".gitignore"
_NEW, _OLD = "new", "old"


def restore(folders: Iterable[Path]) -> None:
    """Puts folders back that a build which was stopped had on their way, and removes what else it left beside them.

    Raises:
        OSError: if one cannot be put back; it is still where it was.
    """
    for folder in folders:
        room = _room(folder)
        if not os.path.lexists(room):
            continue
        if not os.path.lexists(folder) and is_folder(room) and is_folder(room / _OLD):
            (room / _OLD).rename(folder)
        with suppress(OSError):
            remove(room)


@contextmanager
def beside(folder: Path, name: str) -> Iterator[Path]:
    """An empty folder of a name in the room beside another, gone at the end."""
    room = _open_room(folder)
    made = room / name
    remove(made)
    made.mkdir()
    try:
        yield made
    finally:
        with suppress(OSError):
            remove(made)
        _close_room(room)


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """An empty folder that takes the place of another at the end, if all went well; what else is beside it goes."""
    with beside(folder, _NEW) as place:
        fresh = place / folder.name
        fresh.mkdir()
        yield fresh
        take_place(fresh, folder)


def take_place(fresh: Path, folder: Path) -> None:
    """Lets a folder take the place of another on the same disk, which is then where the first was, or nowhere.

    In one step where the system can. Where it cannot, and is stopped between its steps, `restore` puts the other back.

    Raises:
        OSError: if it cannot; the other is then in its place as before. If even that fails, the error says where it is.
    """
    if not os.path.lexists(folder):
        fresh.rename(folder)
        return
    if _exchange_at_once(fresh, folder):
        return
    room = _open_room(folder)
    old = room / _OLD
    remove(old)
    folder.rename(old)
    try:
        fresh.rename(folder)
    except BaseException:
        try:
            old.rename(folder)
        except OSError as error:
            told = f"{error.strerror}; the one of before is {old}, which the next build puts back"
            raise OSError(error.errno, told, str(folder)) from None
        _close_room(room)
        raise
    # It is done. What is left is to tidy up, in which the next build does not fail either.
    with suppress(OSError):
        old.rename(fresh)
    _close_room(room)


def _room(folder: Path) -> Path:
    return folder.with_name(_ROOM.format(folder.name))


def _open_room(folder: Path) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    room = own_folder(_room(folder))
    ignored = room / _IGNORED
    if ignored.is_symlink() or not ignored.exists():
        remove(ignored)
        ignored.write_text("*\n")
    return room


def _close_room(room: Path) -> None:
    """Removes a room in which nothing is any more."""
    with suppress(OSError):
        if [path.name for path in room.iterdir()] == [_IGNORED]:
            (room / _IGNORED).unlink()
        room.rmdir()


def _exchange_at_once(one: Path, other: Path) -> bool:
    here, paths = -100, (os.fsencode(one), os.fsencode(other))
    library = ctypes.CDLL(None, use_errno=True) if sys.platform in ("linux", "darwin") else None
    if sys.platform == "linux" and library and hasattr(library, "renameat2"):
        return bool(library.renameat2(here, paths[0], here, paths[1], 2) == 0)  # RENAME_EXCHANGE
    if sys.platform == "darwin" and library and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(*paths, 2) == 0)  # RENAME_SWAP
    return False
