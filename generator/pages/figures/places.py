"""Labels that keep apart: the first free place of several for each, the weightiest first."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Whether another lies within."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


def placed(
    wanted: Iterable[Sequence[Sequence[Box]]], taken: Iterable[Box], frame: Box | None = None
) -> tuple[int | None, ...]:
    """For each label which of its places it gets, or None where none is free; a place may take several boxes."""
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
    """For each stretch, in order, the first row in which it meets no other."""
    ends: list[float] = []
    rows = []
    for left, right in extents:
        row = next((n for n, end in enumerate(ends) if end <= left), len(ends))
        if row == len(ends):
            ends.append(right)
        ends[row] = right
        rows.append(row)
    return tuple(rows)
