"""What the words beside a name are in this dossier: titles, courtesies, forenames, or ordinary words."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import NamedTuple
from zlib import crc32

from generator.link.beside import is_initials
from generator.link.people import People
from generator.link.titles import BEFORE_NOUNS, COURTESIES, FORENAMES, NICKNAMES, ORDINARY, WOMENS, title_of

# Characters of the dossier's texts that are read for ordinary words.
_SAMPLE = 1_000_000
_SMALL_WORDS = re.compile(r"(?<![\w'-])[^\W\d_A-Z][^\W\d_A-Z]+(?![\w'])")


class Candidate(NamedTuple):
    """A place in a folded text where a spelling occurs, and the words beside it that may belong to the name.

    Attributes:
        spelling: The number of the spelling.
        before, after: The words before and after it.
        suffix: A number or suffix after it and these words, such as `II` or `jr`.
    """

    start: int
    end: int
    spelling: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    suffix: str = ""


class Vocabulary:
    """Classifies the words beside names.

    Attributes:
        ordinary: Words that are no names: those with which sentences begin, and those that the dossier's own
            texts write small.
    """

    def __init__(self, people: People, sample: "Sample", listed: Iterable[str] = ()) -> None:
        self._listed = frozenset(listed)
        self._forenames = people.index.forenames
        self._titles = people.index.titles
        self._office_words = people.index.office_words
        self.ordinary = ORDINARY | sample.words.keys()
        self._classes: dict[str, str] = {}

    @property
    def classified(self) -> frozenset[str]:
        """The words that were looked up, in lower case, titles in full: the decisions depend on them."""
        return frozenset(map(title_of, self._classes))

    def classify(self, word: str) -> str:
        """`courtesy`, `title`, `initials`, `forename`, `listed`, `ordinary` or, of a word with a capital, `name`."""
        found = self._classes.get(word)
        if found is None:
            found = self._classes[word] = self._classify(word)
        return found

    def is_plain(self, word: str) -> bool:
        """Whether a word with a capital is no part of a name."""
        return self.classify(word) in ("ordinary", "title", "listed")

    def is_office(self, word: str) -> bool:
        """Whether a word is part of the title of an office in the dossier."""
        return title_of(word) in self._office_words

    def _classify(self, word: str) -> str:
        plain = title_of(word)
        if plain in COURTESIES or plain in WOMENS:
            return "courtesy"
        if is_initials(word) and plain not in self._titles:
            return "initials"
        if plain in self._titles or plain.split(" ")[-1] in self._titles:
            return "title"
        if plain in self._forenames or plain in NICKNAMES:
            return "forename"
        if plain in self._listed:
            return "listed"
        if plain in self.ordinary or not word[:1].isupper():
            return "ordinary"
        if plain in FORENAMES or (
            plain.count("-") == 1 and all(part in FORENAMES for part in plain.split("-"))
        ):
            return "forename"
        if not plain.replace("-", "").replace("'", "").isalpha() or (word.isupper() and len(word) <= 5):
            return "ordinary"
        return "name"


class Sample:
    """The words that a sample of the dossier's texts writes small.

    Attributes:
        words: The number of texts of the sample in which each occurs.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = sum(map(len, texts))
        self.words: Counter[str] = Counter()
        for text in texts:
            self.words.update(self._words_of(text))

    Stored = tuple[int, dict[str, int]]

    def stored(self) -> tuple[int, Counter[str]]:
        """What is stored of it."""
        return self._size, self.words

    @classmethod
    def restored(cls, stored: tuple[int, Mapping[str, int]]) -> "Sample":
        """That of which something is stored."""
        made = cls(())
        made._size, made.words = stored[0], Counter(stored[1])
        return made

    @property
    def _mask(self) -> int:
        # Whether a text is in the sample depends on its own hash, and on the dossier's size only when that doubles.
        # So a change of one article seldom changes which words are ordinary.
        share = self._size // _SAMPLE
        return (1 << max(0, share.bit_length() - 1)) - 1

    def _words_of(self, text: str) -> set[str]:
        mask = self._mask
        if mask and crc32(text.encode("utf-8", "surrogatepass")) & mask:
            return set()
        return set(_SMALL_WORDS.findall(text))

    def replacing(self, old: Sequence[str], new: Sequence[str]) -> "Sample | None":
        """The sample with some texts in place of others; None if it now takes another share of all texts."""
        made = copy(self)
        made._size += sum(map(len, new)) - sum(map(len, old))
        if made._mask != self._mask:
            return None
        made.words = self.words.copy()
        for text in new:
            made.words.update(self._words_of(text))
        for text in old:
            made.words.subtract(self._words_of(text))
        for word in {word for text in old for word in self._words_of(text)}:
            if not made.words[word]:
                del made.words[word]
        return made


class Beside(NamedTuple):
    """What the words before a name are.

    Attributes:
        forenames: Initials and forenames right before it, and words that look like forenames.
        title: The title before these, as words in lower case.
        courtesy: The courtesy before these, such as `mr`.
    """

    forenames: tuple[str, ...]
    title: tuple[str, ...]
    courtesy: str


def read_before(words: Sequence[str], vocabulary: Vocabulary) -> Beside:
    """Tells forenames, a title and a courtesy apart in the words before a name."""
    at = len(words)
    if at and words[-1].casefold() in BEFORE_NOUNS:
        return Beside((), (), "")
    while at and vocabulary.classify(words[at - 1]) in ("initials", "forename", "name"):
        at -= 1
    forenames = tuple(words[at:])
    # An ordinary word between a title or a forename and a name is one too: "General Mark Clark".
    if at > 1 and _is_hidden_forename(words[at - 2], words[at - 1], vocabulary):
        at -= 1
        forenames = tuple(words[at:])
    if at and vocabulary.classify(words[at - 1]) == "courtesy":
        return Beside(forenames, (), title_of(words[at - 1]))
    rest = list(words[:at])
    # "Secretary of State Rogers": the office is before its "of".
    small = [i for i, word in enumerate(rest) if word == "of" and i]
    if small and vocabulary.classify(rest[-1]) != "title":
        rest = rest[: small[-1]]
    begin = len(rest)
    if begin and vocabulary.classify(rest[-1]) == "title":
        begin -= 1
        while begin and (vocabulary.classify(rest[begin - 1]) == "title" or rest[begin - 1][:1].isupper()):
            begin -= 1
    return Beside(forenames, tuple(w for word in rest[begin:] for w in title_of(word).split(" ")), "")


def _is_hidden_forename(before: str, word: str, vocabulary: Vocabulary) -> bool:
    return (
        word[:1].isupper()
        and word[1:].islower()
        and word.casefold() not in ORDINARY
        and vocabulary.classify(word) == "ordinary"
        and vocabulary.classify(before) in ("title", "courtesy", "name", "forename")
        and not vocabulary.is_office(word)
    )
