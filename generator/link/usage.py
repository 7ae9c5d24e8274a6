"""How the articles of a dossier use names, all taken together."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from typing import NamedTuple
from zlib import crc32

from generator.link.beside import is_initials
from generator.link.people import People
from generator.link.titles import BEFORE_NOUNS, COURTESIES, FORENAMES, NICKNAMES, ORDINARY, WOMENS, title_of

# How many characters of the dossier's texts are read for ordinary words.
_SAMPLE = 1_000_000
_SMALL_WORDS = re.compile(r"(?<![\w'-])[^\W\d_A-Z][^\W\d_A-Z]+(?![\w'])")


class Sighting(NamedTuple):
    """A name in a folded text: where, which spelling, and the words beside it that may belong to it.

    Attributes:
        suffix: A number or suffix after it and these words, such as `II` or `jr`.
    """

    start: int
    end: int
    spelling: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    suffix: str = ""


class Vocabulary:
    """What sorts of words stand beside names in a dossier.

    Attributes:
        ordinary: Words that are no names: those with which sentences begin, and those that the dossier's own
            texts write small.
    """

    def __init__(self, people: People, sample: "Sample", listed: Iterable[str] = ()) -> None:
        self._listed = frozenset(listed)
        self._forenames = people.sums.forenames
        self._titles = people.sums.titles
        self._office_words = people.sums.office_words
        self.ordinary = ORDINARY | sample.words.keys()
        self._sorts: dict[str, str] = {}

    @property
    def asked(self) -> frozenset[str]:
        """The words of which somebody asked what they are, in lower case, titles in full."""
        return frozenset(map(title_of, self._sorts))

    def sort(self, word: str) -> str:
        """`courtesy`, `title`, `initials`, `forename`, `listed`, `ordinary` or, of a word with a capital, `name`."""
        found = self._sorts.get(word)
        if found is None:
            found = self._sorts[word] = self._sort(word)
        return found

    def is_plain(self, word: str) -> bool:
        """Whether a word with a capital is no part of a name."""
        return self.sort(word) in ("ordinary", "title", "listed")

    def is_office(self, word: str) -> bool:
        """Whether an office of the dossier is called so."""
        return title_of(word) in self._office_words

    def _sort(self, word: str) -> str:
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
    """The words that are written small in a sample spread over the texts of a dossier.

    Attributes:
        words: In how many texts of the sample each is.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = sum(map(len, texts))
        self.words: Counter[str] = Counter()
        for text in texts:
            self.words.update(self._of(text))

    @property
    def _few(self) -> int:
        # Whether a text is in the sample depends on itself, and on the size of the dossier only as that doubles: so
        # that a change of one article seldom changes what is ordinary in all.
        share = self._size // _SAMPLE
        return (1 << max(0, share.bit_length() - 1)) - 1

    def _of(self, text: str) -> set[str]:
        few = self._few
        if few and crc32(text.encode("utf-8", "surrogatepass")) & few:
            return set()
        return set(_SMALL_WORDS.findall(text))

    def with_others(self, old: Sequence[str], new: Sequence[str]) -> "Sample | None":
        """The sample of the same texts but some, of which there are others; None where it is to be taken anew."""
        made = copy(self)
        made._size += sum(map(len, new)) - sum(map(len, old))
        if made._few != self._few:
            return None
        made.words = self.words.copy()
        for text in new:
            made.words.update(self._of(text))
        for text in old:
            made.words.subtract(self._of(text))
        for word in {word for text in old for word in self._of(text)}:
            if not made.words[word]:
                del made.words[word]
        return made


class Beside(NamedTuple):
    """What the words beside a name are.

    Attributes:
        forenames: Initials and forenames right before it; what looks like them is among them.
        title: A title before these, as words in lower case.
        courtesy: A courtesy before these, such as `mr`.
    """

    forenames: tuple[str, ...]
    title: tuple[str, ...]
    courtesy: str


def read_before(words: Sequence[str], vocabulary: Vocabulary) -> Beside:
    """Which of the words before a name are forenames, and which a title or a courtesy."""
    at = len(words)
    if at and words[-1].casefold() in BEFORE_NOUNS:
        return Beside((), (), "")
    while at and vocabulary.sort(words[at - 1]) in ("initials", "forename", "name"):
        at -= 1
    forenames = tuple(words[at:])
    # An ordinary word between a title or a forename and a name is one too: "General Mark Clark".
    if at > 1 and _is_hidden_forename(words[at - 2], words[at - 1], vocabulary):
        at -= 1
        forenames = tuple(words[at:])
    if at and vocabulary.sort(words[at - 1]) == "courtesy":
        return Beside(forenames, (), title_of(words[at - 1]))
    rest = list(words[:at])
    # "Secretary of State Rogers": the office is before its "of".
    small = [i for i, word in enumerate(rest) if word == "of" and i]
    if small and vocabulary.sort(rest[-1]) != "title":
        rest = rest[: small[-1]]
    begin = len(rest)
    if begin and vocabulary.sort(rest[-1]) == "title":
        begin -= 1
        while begin and (vocabulary.sort(rest[begin - 1]) == "title" or rest[begin - 1][:1].isupper()):
            begin -= 1
    return Beside(forenames, tuple(w for word in rest[begin:] for w in title_of(word).split(" ")), "")


def _is_hidden_forename(before: str, word: str, vocabulary: Vocabulary) -> bool:
    return (
        word[:1].isupper()
        and word[1:].islower()
        and word.casefold() not in ORDINARY
        and vocabulary.sort(word) == "ordinary"
        and vocabulary.sort(before) in ("title", "courtesy", "name", "forename")
        and not vocabulary.is_office(word)
    )
