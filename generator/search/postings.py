"""Where words stand, in files as browsers fetch them: a list of texts and places for each word, mended text by text.

A file holds neighbouring words, and is cut from others where the words themselves say, so that a text that changes
changes the files of its own words and no others. A word that stands in very many places has files of its own, each
for a range of texts. Nothing here needs more of an index than the files that a change touches; all of it is made by
`index.py`. The format is read by `words.js`: see `content`.
"""

import gzip
import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.folding.search import bare, found_by

# Before the id of a record, which texts are found by like by a word; no term of a word has it.
RECORD = "@"
# The list of a word that stands in more places than this is cut into files by ranges of so many texts, which hold
# nothing else.
LONG, RANGE = 20_000, 1_024
# Numbers that a file holds, about: a query fetches one or two files a word.
_TARGET = 8_000
# What a word costs, in numbers, besides its places.
_HEAD = 8
# Passages begin at places that are multiples of this.
_APART = 64
# Bytes of numbers that others of the same number follow.
_GOES_ON = bytes(range(128, 256))


class Postings(NamedTuple):
    """The texts that a term stands in and its places in each; of a long list those in one range of texts.

    Attributes:
        term: A word without its possessive, or a record.
        stem: What the forms of one word share.
        texts: How many there are.
        data: The list, as `content` has it.
    """

    term: str
    stem: str
    texts: int
    data: bytes

    @property
    def places(self) -> int:
        """How many there are."""
        return _numbers_in(self.data) - 2 * self.texts

    @property
    def first(self) -> int:
        """The first text, by number."""
        return _number(self.data, 0)[0]

    def mended(self, text: int, places: Sequence[int]) -> "Postings":
        """The same with other places in one text; with none it leaves the list."""
        data, texts = self.data, self.texts
        at, before, place = self._sought(text)
        gap, end = _number(data, at) if place < texts else (0, at)
        is_there = place < texts and before + gap == text
        # What comes before the text stays as it is, and what comes after but for the next gap.
        last, rest = (text, end) if is_there else (before, at)
        gaps = _varint(text - before) if places else b""
        if place + is_there < texts:
            gap, rest = _number(data, rest)
            gaps += _varint(last + gap - (text if places else before))
        counts = _after(data, 0, texts)
        count = _after(data, counts, place)
        next_count = _after(data, count, is_there)
        steps = _after(data, counts, texts)
        step = _after(data, steps, sum(_numbers(data[counts:count])))
        next_step = _after(data, step, sum(_numbers(data[count:next_count])))
        made = [data[:at], gaps, data[rest:count]]
        made += [_varint(len(places)) if places else b"", data[next_count:step]]
        made += [*map(_varint, _steps(places)), data[next_step:]]
        return self._replace(texts=texts - is_there + bool(places), data=b"".join(made))

    def _sought(self, text: int) -> tuple[int, int, int]:
        """Where the gap of a text is or comes, the text before it, and how many are before it."""
        at = before = place = 0
        while place < self.texts:
            gap, end = _number(self.data, at)
            if before + gap >= text:
                break
            at, before, place = end, before + gap, place + 1
        return at, before, place


class Chunk(NamedTuple):
    """A file of words.

    Attributes:
        first: The first term that it holds.
        start: From which text on it holds it, by number.
        content: What it holds, as `content` gives it.
    """

    first: str
    start: int
    content: bytes

    @property
    def name(self) -> str:
        """Changes with what it holds."""
        return hashlib.blake2b(self.content, digest_size=10).hexdigest()

    def packed(self) -> bytes:
        """Its bytes."""
        return gzip.compress(self.content, 1, mtime=0)


def begins_file(term: str, places: int) -> bool:
    """Whether a file begins with a term that stands in so many places, or in so many of a range.

    Those begin one whose hash is small for the room that they take, so that neighbours do not matter. Room goes by
    powers of two: a place more or less hardly ever changes where files are cut.
    """
    likely = 1 << (places + _HEAD - 1).bit_length()
    return zlib.crc32(term.encode()) * _TARGET < likely << 32


def range_of(text: int) -> int:
    """The first text of the range that a text is in."""
    return text // RANGE * RANGE


def chunk_of(postings: Sequence[Postings], long: Collection[str]) -> Chunk:
    """Some lists as a file; of those that are long it holds a range."""
    first = postings[0]
    return Chunk(first.term, range_of(first.first) if first.term in long else 0, content(postings))


def cut(postings: Iterable[Postings], long: Collection[str]) -> Iterator[list[Postings]]:
    """Lists in files; whether the first begins one is for others to see."""
    here: list[Postings] = []
    for each in postings:
        if here and (each.term in long or here[-1].term in long or begins_file(each.term, each.places)):
            yield here
            here = []
        here.append(each)
    yield here


def content(postings: Sequence[Postings]) -> bytes:
    """What a file holds: four bytes that say how long the JSON is that follows them, and the lists.

    The JSON has the terms, the stem of each (as the number of its own letters where it is its beginning), in how many
    texts it stands, and how many bytes its list takes. A list is of numbers of seven bits a byte, the low ones first,
    all but the last byte of a number with the eighth bit: first for each text how many texts further it is than the
    one before, then for each how many places it has, then for each place how many words further it is in its text.
    """
    return with_head(
        [each.term for each in postings],
        [each.stem for each in postings],
        [each.texts for each in postings],
        [len(each.data) for each in postings],
        b"".join([each.data for each in postings]),
    )


def with_head(
    terms: Sequence[str], stems: Sequence[str], texts: Sequence[int], sizes: Sequence[int], data: bytes
) -> bytes:
    """Lists in a row with the head that tells of them, as `content`."""
    head = {
        "terms": terms,
        "stems": [
            len(stem) if term.startswith(stem) else stem for term, stem in zip(terms, stems, strict=True)
        ],
        "texts": texts,
        "sizes": sizes,
    }
    said = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return len(said).to_bytes(4, "little") + said + data


class Lists(NamedTuple):
    """The lists of a file: a column for each thing that is told of them, and the lists in a row."""

    terms: Sequence[str]
    stems: Sequence[str]
    texts: Sequence[int]
    sizes: Sequence[int]
    data: bytes

    @classmethod
    def of(cls, packed: bytes) -> "Lists":
        """Those of a file's bytes."""
        told = gzip.decompress(packed)
        start = 4 + int.from_bytes(told[:4], "little")
        head = json.loads(told[4:start])
        terms = head["terms"]
        stems = [
            term[:stem] if isinstance(stem, int) else stem
            for term, stem in zip(terms, head["stems"], strict=True)
        ]
        return cls(terms, stems, head["texts"], head["sizes"], told[start:])

    def postings(self) -> Iterator[Postings]:
        """Each of them."""
        end = 0
        for term, stem, texts, size in zip(*self[:4], strict=True):
            start, end = end, end + size
            yield Postings(term, stem, texts, self.data[start:end])


def places_of(
    passages: Iterable[Sequence[str]], records: Iterable[tuple[str, int]] = ()
) -> dict[str, list[int]]:
    """Where each term stands in a text, by the words of its passages and the records that each names."""
    found: dict[str, list[int]] = defaultdict(list)
    start = 0
    for words in passages:
        for at, word in enumerate(words, start):
            for term in found_by(word):
                found[term].append(at)
        start = following(start + len(words))
    for key, passage in records:
        found[RECORD + key].append(passage)
    return found


def following(end: int) -> int:
    """The place of the first word of a passage, after one that ends at a place; as in passages.js.

    A word that comes into one passage or goes moves those of the next ones only now and then, and so the files that
    hold their places; and no phrase runs from one passage into another.
    """
    return (end // _APART + 1) * _APART


def place_of(term: str) -> tuple[bytes, str]:
    """What sorts a term as browsers sort what they are looked up by, by units of UTF-16."""
    return bare(term).encode("utf-16-be"), term


def _steps(numbers: Iterable[int]) -> Iterator[int]:
    before = 0
    for number in numbers:
        yield number - before
        before = number


def _varint(number: int) -> bytes:
    made = bytearray()
    while number > 127:
        made.append(number & 127 | 128)
        number >>= 7
    made.append(number)
    return bytes(made)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """The number that begins at a byte, and where it ends."""
    value = shift = 0
    while (byte := data[at]) > 127:
        value |= (byte & 127) << shift
        shift, at = shift + 7, at + 1
    return value | byte << shift, at + 1


def _numbers(data: bytes) -> Iterable[int]:
    """All numbers of some bytes."""
    if data.isascii():
        return data
    return _all_numbers(data)


def _all_numbers(data: bytes) -> Iterator[int]:
    at = 0
    while at < len(data):
        number, at = _number(data, at)
        yield number


def _numbers_in(data: bytes) -> int:
    """How many numbers some bytes hold."""
    return len(data.translate(None, _GOES_ON))


def _after(data: bytes, start: int, numbers: int) -> int:
    """Where so many numbers end that begin at a byte."""
    end = start
    # A number takes a byte at least, so that nothing is passed over.
    while numbers:
        more = end + numbers
        numbers -= _numbers_in(data[end:more])
        end = more
    return end
