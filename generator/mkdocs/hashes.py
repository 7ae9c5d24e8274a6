"""Millions of hashes of places, looked for among each other."""

from collections.abc import Iterable, Set
from typing import Any

import numpy

from generator.mkdocs.links import Places


class Hashes:
    """Some hashes, at least one."""

    def __init__(self, found: Iterable[Places]) -> None:
        self._sorted = numpy.sort(_array(found))

    def missing(self, others: Iterable[Places]) -> set[int]:
        """Which of others are not among these."""
        wanted = numpy.sort(_array(others))
        places = numpy.searchsorted(self._sorted, wanted)
        places[places == len(self._sorted)] = 0
        return set(wanted[self._sorted[places] != wanted].tolist())


def holds_any(places: Places, some: Set[int]) -> bool:
    """Whether any of some hashes is among those of places."""
    return not some.isdisjoint(_array([places]).tolist())


def _array(found: Iterable[Places]) -> Any:
    return numpy.frombuffer(b"".join(found), dtype="u8")
