"""One page of each family of a built site: as the site has them, so that a new family is never forgotten."""

from collections.abc import Iterator
from pathlib import Path

_INDEX = "index.html"
MISSING = "404.html"


def families(site: Path) -> tuple[str, ...]:
    """The addresses, below the site, of its home, of each page below it, and of the fullest page below each of these."""
    return tuple(_families(site))


def _families(site: Path) -> Iterator[str]:
    yield ""
    for index in sorted(site.glob(f"*/{_INDEX}")):
        yield _address(index, site)
        # The fullest shows most of what its kind can show.
        inner = sorted(index.parent.glob(f"*/{_INDEX}"), key=lambda path: (-path.stat().st_size, path))
        yield from (_address(path, site) for path in inner[:1])
        # Of a long index one of its parts.
        yield from (_address(path, site) for path in sorted(index.parent.glob(f"by-*/*/{_INDEX}"))[:1])
    yield MISSING


def _address(index: Path, site: Path) -> str:
    return f"{index.parent.relative_to(site).as_posix()}/"
