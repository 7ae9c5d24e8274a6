"""Finds the links to anchors that do not exist, among a million hashes of anchors."""

from collections.abc import Iterable, Set
from typing import Any

import numpy

from generator.mkdocs.links import Hashes


class AnchorIndex:
    """The hashes of all anchors, at least one."""

    def __init__(self, anchors: Iterable[Hashes]) -> None:
        self._sorted = numpy.sort(_array(anchors))

    def missing(self, targets: Iterable[Hashes]) -> set[int]:
        """The hashes of targets that are not among those of the anchors."""
        wanted = numpy.sort(_array(targets))
        positions = numpy.searchsorted(self._sorted, wanted)
        positions[positions == len(self._sorted)] = 0
        return set(wanted[self._sorted[positions] != wanted].tolist())


def contains_any(hashes: Hashes, some: Set[int]) -> bool:
    """Whether any of some hashes is among those of a page."""
    return not some.isdisjoint(_array([hashes]).tolist())


def _array(hashes: Iterable[Hashes]) -> Any:
    return numpy.frombuffer(b"".join(hashes), dtype="u8")
