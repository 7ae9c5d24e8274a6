"""Runs of words: what tells a text that repeats another from one that speaks of the same things."""

import gzip
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

# As many words in a row are a quotation that is no longer short.
RUN = 8
_WORD = re.compile(r"[^\W_]+")
_GZIP = b"\x1f\x8b"
_BETWEEN = "\N{ZERO WIDTH NO-BREAK SPACE}"


def words(text: str) -> list[tuple[str, int]]:
    """The words of a text, whatever their case and apostrophes, each with its offset."""
    levelled = re.sub("['’]", _BETWEEN, text)
    joined = re.compile(rf"{_WORD.pattern}(?:{_BETWEEN}{_WORD.pattern})*")
    return [(found[0].replace(_BETWEEN, "").casefold(), found.start()) for found in joined.finditer(levelled)]


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """All runs of words of a text."""
    found = [word for word, _ in words(text)]
    return zip(*(found[start:] for start in range(RUN)), strict=False)


def runs_of_articles(folder: Path) -> dict[tuple[str, ...], str]:
    """All runs of words of the articles' bodies, each with the file that has it; a headline is cited as such."""
    taken: dict[tuple[str, ...], str] = {}
    for article in sorted(folder.glob("*.txt")):
        _, _, body = article.read_text("utf-8-sig").strip().partition("\n")
        taken |= dict.fromkeys(runs(body), article.name)
    assert taken
    return taken


def texts(paths: Iterable[Path], largest: int) -> Iterator[tuple[Path, str]]:
    """The files among some that are text, compressed or not, up to a size in bytes."""
    for path in paths:
        if path.is_file() and path.stat().st_size <= largest:
            data = path.read_bytes()
            try:
                yield path, (gzip.decompress(data) if data.startswith(_GZIP) else data).decode()
            except UnicodeDecodeError:
                continue
