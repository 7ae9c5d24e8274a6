"""Classifies the words beside a name: titles, courtesies, forenames, or ordinary words in this dossier."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from generator.link.beside import is_initials
from generator.link.counts import recounted
from generator.link.people import PeopleIndex
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
        classes: The class of each word that was looked up; the decisions depend on them.
    """

    def __init__(self, people: PeopleIndex, sample: "Sample", listed: Iterable[str] = ()) -> None:
        self._listed = frozenset(listed)
        self._people = people
        self._titles = people.titles
        self.ordinary = ORDINARY | sample.words.keys()
        self.classes: dict[str, str] = {}

    def classify(self, word: str) -> str:
        """The class of a word.

        `courtesy`, `title`, `initials`, `forename`, `listed`, `ordinary`, `office` for an ordinary word of an
        office's title in the dossier, or `name` for an unknown word with a capital.
        """
        found = self.classes.get(word)
        if found is None:
            found = self.classes[word] = self._classify(word)
        return found

    def is_plain(self, word: str) -> bool:
        """Whether a word with a capital is no part of a name."""
        return self.classify(word) in ("ordinary", "office", "title", "listed")

    def _classify(self, word: str) -> str:
        plain = title_of(word)
        if plain in COURTESIES or plain in WOMENS:
            return "courtesy"
        if is_initials(word) and plain not in self._titles:
            return "initials"
        if plain in self._titles or plain.split(" ")[-1] in self._titles:
            return "title"
        if plain in self._people.forenames or plain in NICKNAMES:
            return "forename"
        if plain in self._listed:
            return "listed"
        ordinary = "office" if plain in self._people.office_words else "ordinary"
        if plain in self.ordinary or not word[:1].isupper():
            return ordinary
        if plain in FORENAMES or (
            plain.count("-") == 1 and all(part in FORENAMES for part in plain.split("-"))
        ):
            return "forename"
        if not plain.replace("-", "").replace("'", "").isalpha() or (word.isupper() and len(word) <= 5):
            return ordinary
        return "name"


class Sample(NamedTuple):
    """The words that a sample of the dossier's texts writes small.

    Attributes:
        size: Of all texts, in characters.
        words: The number of texts of the sample in which each occurs.
    """

    size: int = 0
    words: Mapping[str, int] = {}

    @classmethod
    def from_texts(cls, texts: Sequence[str]) -> "Sample":
        """The sample of some texts."""
        sample = cls(sum(map(len, texts)))
        return sample._replace(words=recounted({}, (), sample._words_in(texts)))

    @property
    def _mask(self) -> int:
        # Whether a text is in the sample depends on its own hash, and on the dossier's size only when that doubles.
        # So a change of one article rarely changes which words are ordinary.
        share = self.size // _SAMPLE
        return (1 << max(0, share.bit_length() - 1)) - 1

    def _words_in(self, texts: Sequence[str]) -> Iterator[str]:
        mask = self._mask
        for text in texts:
            if not mask or not crc32(text.encode("utf-8", "surrogatepass")) & mask:
                yield from set(_SMALL_WORDS.findall(text))

    def replacing(self, old: Sequence[str], new: Sequence[str]) -> "Sample | None":
        """The sample with some texts in place of others; None if it now takes another share of all texts."""
        made = Sample(self.size + sum(map(len, new)) - sum(map(len, old)))
        if made._mask != self._mask:
            return None
        return made._replace(words=recounted(self.words, self._words_in(old), self._words_in(new)))


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
    """Separates the words before a name into forenames, a title and a courtesy."""
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
    )
