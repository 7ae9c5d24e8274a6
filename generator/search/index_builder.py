"""Builds an index of texts, word by word."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from generator.folding.search import bare, found_by
from generator.search.index import Index, Longs, Numbers, in_order, starts_of, within
from generator.search.postings import RECORD, next_passage
from generator.search.stems import stems

_SIXTEEN = 1 << 16
# Words that are sorted at a time, which takes about a hundred bytes each.
_BATCH = 1_500_000


class IndexBuilder:
    """Collects the words of texts as numbers, and sorts so many at a time.

    Args:
        language: Of the texts, as BCP 47 writes it.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._done = Index.empty()
        self._clear()

    def add(self, text: int, passages: Iterable[Sequence[str]], records: Iterable[tuple[str, int]]) -> None:
        """Adds a text, by the words of its passages and the records that each names; its number is higher than those before."""
        start = 0
        before = len(self._numbers)
        for words in passages:
            self._numbers.extend(map(self._words.__getitem__, words))
            self._places.extend(range(start, start + len(words)))
            start = next_passage(start + len(words))
        self._texts.append(text)
        self._lengths.append(len(self._numbers) - before)
        for key, passage in records:
            self._named.append(self._keys[key])
            self._in_texts.append(text)
            self._at.append(passage)
        if len(self._numbers) > _BATCH:
            self._close()

    def index(self) -> Index:
        """The index of all that was added."""
        self._close()
        return self._done

    def _clear(self) -> None:
        self._words, self._keys = _numbers(), _numbers()
        self._texts, self._lengths = array("I"), array("I")
        # Of each word its number, and its place in the text.
        self._numbers, self._places = array("I"), array("I")
        # Of records: which, in which text, at which passage.
        self._named, self._in_texts, self._at = array("I"), array("I"), array("I")

    def _close(self) -> None:
        if self._texts:
            self._done = self._done.joined(self._index())
            self._clear()

    def _index(self) -> Index:
        found = [found_by(word) for word in self._words]
        # Apart from words, of which any may begin as a record does: `@solvang` in a text is none.
        records = [RECORD + key for key in self._keys]
        terms = in_order({term for pieces in found for term in pieces}.union(records))
        number = {term: at for at, term in enumerate(terms)}
        times = np.array([len(pieces) for pieces in found], np.uint32)
        of_words = np.array([number[term] for pieces in found for term in pieces], np.uint32)
        starts = (np.cumsum(times) - times).astype(np.uint32)
        words, lengths = _column(self._numbers), _column(self._lengths)
        # A word of several terms, such as one with a hyphen, occurs at its place with each.
        each = times[words]
        place = np.repeat(_column(self._places), each)
        text = np.repeat(np.repeat(_column(self._texts), lengths), each)
        term = of_words[np.repeat(starts[words], each) + within(each)]
        # Records come last, but as terms of their own, so that texts stay in order within each term.
        of_records = np.array([number[term] for term in records], np.uint32)
        term = np.concatenate([term, of_records[_column(self._named)]])
        order = _order(term)
        return Index(
            terms,
            tuple(map(bare, stems(self._language, terms))),
            starts_of(np.bincount(term, minlength=len(terms))),
            np.concatenate([text, _column(self._in_texts)])[order],
            np.concatenate([place, _column(self._at)])[order],
        )


def _numbers() -> defaultdict[str, int]:
    """A number for each value, in the order in which they are first asked for."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers


def _column(numbers: "array[int]") -> Numbers:
    return np.array(numbers, np.uint32)


def _order(numbers: Numbers) -> Longs:
    """The order that sorts numbers and leaves equals as they are: in two passes, since numpy sorts sixteen bits fast."""
    low = np.argsort((numbers % _SIXTEEN).astype(np.uint16), kind="stable")
    high = (numbers >> 16).astype(np.uint16)
    return low[np.argsort(high[low], kind="stable")] if high.any() else low
