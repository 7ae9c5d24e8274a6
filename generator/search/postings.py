"""The format of posting lists in files, and how lists are cut into files.

A file holds the lists of neighboring terms. Where files begin is decided by each term and the size of its list, so
that a changed text changes the files of its own words and no others. The list of a term that occurs very often is cut
by ranges of texts, and each range has a file of its own. `words.js` reads these files: see `content`.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from generator.folding.search import bare

# Before the id of a record, by which texts are found that name it; no term of a word has it.
RECORD = "@"
# Lists of more places than this are long: they are cut into files by ranges of so many texts, which hold nothing else.
LONG, RANGE = 20_000, 1_024
# Numbers that a file holds, about: a query fetches one or two files a word.
_TARGET = 8_000
# What a term costs, in numbers, besides its places.
_HEAD = 8
# Passages begin at places that are multiples of this.
_APART = 64


class Chunk(NamedTuple):
    """A file of posting lists in the making: its terms, the first text of its range, and what `content` makes of them."""

    terms: tuple[str, ...]
    start: int
    content: bytes

    @property
    def first(self) -> str:
        """Its first term."""
        return self.terms[0]

    @property
    def name(self) -> str:
        """The digest of its content."""
        return hashlib.blake2b(self.content, digest_size=10).hexdigest()

    def packed(self) -> bytes:
        """The file."""
        return gzip.compress(self.content, 1, mtime=0)


class Lists(NamedTuple):
    """The content of a file in columns: terms, their stems, in how many texts each occurs, the bytes of each list."""

    terms: Sequence[str]
    stems: Sequence[str]
    texts: Sequence[int]
    sizes: Sequence[int]
    data: bytes

    @classmethod
    def from_file(cls, packed: bytes) -> "Lists":
        """The lists of a file."""
        data = gzip.decompress(packed)
        start = 4 + int.from_bytes(data[:4], "little")
        head = json.loads(data[4:start])
        terms = head["terms"]
        stems = [
            term[:stem] if isinstance(stem, int) else stem
            for term, stem in zip(terms, head["stems"], strict=True)
        ]
        return cls(terms, stems, head["texts"], head["sizes"], data[start:])


def content(lists: Lists) -> bytes:
    """What a file holds: four bytes that say how long the JSON is that follows them, and the lists.

    The JSON has the terms, the stem of each (as the number of its own letters where it is its beginning), in how many
    texts it occurs, and how many bytes its list takes. A list is of numbers of seven bits a byte, the low ones first,
    all but the last byte of a number with the eighth bit: first for each text how many texts further it is than the
    one before, then for each how many places it has, then for each place how many words further it is in its text.
    """
    head = {
        "terms": lists.terms,
        "stems": [
            len(stem) if term.startswith(stem) else stem
            for term, stem in zip(lists.terms, lists.stems, strict=True)
        ],
        "texts": lists.texts,
        "sizes": lists.sizes,
    }
    data = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return len(data).to_bytes(4, "little") + data + lists.data


def begins_file(term: str, places: int) -> bool:
    """Whether a file begins with a term that occurs in so many places.

    It does if the hash of the term is small for the room that its list takes, whatever the neighbors are. Room goes by
    powers of two, so that a place more or less hardly ever changes where files begin.
    """
    likely = 1 << (places + _HEAD - 1).bit_length()
    return zlib.crc32(term.encode()) * _TARGET < likely << 32


def range_of(text: int) -> int:
    """The first text of the range that a text is in."""
    return text // RANGE * RANGE


def next_passage(end: int) -> int:
    """The place of the first word of a passage, after one that ends at a place; as in passages.js.

    A word more or less in one passage moves the words of the next ones only now and then, and so the files that hold
    their places; and no phrase runs from one passage into another.
    """
    return (end // _APART + 1) * _APART


def sort_key(term: str) -> tuple[bytes, str]:
    """What sorts a term as browsers sort what they are looked up by, by units of UTF-16."""
    return bare(term).encode("utf-16-be"), term
