"""Sums over many texts or records, of which some can be replaced without counting the others again."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Value = TypeVar("Value", bound=Hashable)


def recounted(
    counts: Mapping[Value, int], removed: Iterable[Value], added: Iterable[Value]
) -> dict[Value, int]:
    """How often each value occurs, with some fewer and others more; one that occurs no more is left out."""
    gone, made = Counter(removed), Counter(counts)
    made.update(added)
    made.subtract(gone)
    for value in gone:
        if not made[value]:
            del made[value]
    return dict(made)
