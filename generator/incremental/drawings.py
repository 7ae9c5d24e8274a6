"""Drawings that are kept between runs, each in a file of its own, so that whichever process needs one has it."""

from collections.abc import Callable

from generator.edition.drawings import Drawings
from generator.state.cache import Cache
from generator.support.files import digest_of, remove

_FOLDER = "drawings"


class KeptDrawings(Drawings):
    """Those that any run has drawn, or any of its processes."""

    def __init__(self, cache: Cache) -> None:
        super().__init__()
        self._cache = cache

    def of(self, shown: str, draw: Callable[[], str]) -> str:
        """As of all drawings.

        Raises:
            OSError: if the disk is full or may not be written.
        """
        name = f"{_FOLDER}/{digest_of(shown.encode())}"
        found = self._cache.read(name, str)
        if found is None:
            found = draw()
            self._cache.write(name, found)
        return found

    def forget(self) -> None:
        """Removes all of them: those of places that are no more would stay for ever."""
        remove(self._cache.open() / _FOLDER)
