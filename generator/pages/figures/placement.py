"""Placement of labels without overlap: each gets the first free one of its places, in order of priority."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two overlap by more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Whether another is inside this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


def placed(
    wanted: Iterable[Sequence[Sequence[Box]]], taken: Iterable[Box], frame: Box | None = None
) -> tuple[int | None, ...]:
    """The index of the place that each label gets, or None if none is free; a place may have several boxes."""
    full = list(taken)
    found: list[int | None] = []
    for places in wanted:
        choice = next(
            (
                n
                for n, boxes in enumerate(places)
                if (frame is None or all(map(frame.holds, boxes)))
                and not any(box.meets(other) for box in boxes for other in full)
            ),
            None,
        )
        found.append(choice)
        if choice is not None:
            full.extend(places[choice])
    return tuple(found)


def in_rows(extents: Iterable[tuple[float, float]]) -> tuple[int, ...]:
    """The first row for each interval, in order, in which it overlaps no other."""
    ends: list[float] = []
    rows = []
    for left, right in extents:
        row = next((n for n, end in enumerate(ends) if end <= left), len(ends))
        if row == len(ends):
            ends.append(right)
        ends[row] = right
        rows.append(row)
    return tuple(rows)
