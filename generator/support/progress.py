"""Progress of long work, as lines."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

# Receives lines of progress.
Tell = Callable[[str], None]
# Between two lines about the same work. Small dossiers take less, so that nothing is said of theirs.
SECONDS = 3.0
# So many take long: work that cannot say how far it has got says then that it begins.
MANY = 10_000


def silent(line: str) -> None:
    """Ignores a line."""


def counted(
    items: Iterable[Item],
    total: int,
    line: str,
    tell: Tell,
    size: Callable[[Item], int] = lambda item: 1,
) -> Iterator[Item]:
    """The items as they come, with a line every few seconds that says how many there were: `Read 400 of 9,000 files`.

    Args:
        total: How many there are in all.
        line: What is said, with places for both numbers.
        size: For how many an item counts.
    """
    last, done = time.monotonic(), 0
    for item in items:
        yield item
        done += size(item)
        now = time.monotonic()
        if now - last >= SECONDS and done < total:
            tell(line.format(f"{done:,}", f"{total:,}"))
            last = now


def announce(what: str, total: int, things: str, tell: Tell) -> None:
    """Says that work begins on very many, of which it cannot be said how far it has got: `Checking 40,000 records`."""
    if total >= MANY:
        tell(f"{what} {total:,} {things}")
