"""Progress lines for long work."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

# Receives a line of progress.
Tell = Callable[[str], None]
# The time between two lines about the same work. Small dossiers take less, so they show none.
SECONDS = 3.0
# From this number of items on, work that cannot report its progress announces that it begins.
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
    """The items as they come, with a line every few seconds that counts them: `Read 400 of 9,000 files`.

    Args:
        total: The number of all items.
        line: The format of the line, with places for both numbers.
        size: The number of items for which one counts.
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
    """Announces work on very many items that cannot report its progress: `Checking 40,000 records`."""
    if total >= MANY:
        tell(f"{what} {total:,} {things}")
