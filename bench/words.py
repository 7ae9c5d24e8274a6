"""Invented words and running text of meaningless syllables; some words are far more frequent than others."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

# Records per ten thousand articles.
SHARES = {
    "people": 3000,
    "organizations": 600,
    "places": 600,
    "events": 1000,
    "documents": 250,
    "issues": 50,
    "questions": 100,
    "statements": 4000,
}
# The least number of records of each kind, so that small dossiers have records of all kinds.
FEWEST = 4
VOCABULARY = 30_000
WORDS = 40
FIRST, LAST = date(2001, 1, 1), date(2024, 12, 31)
_ONSETS = (
    "b",
    "d",
    "f",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "z",
    "br",
    "dr",
    "kr",
    "st",
    "tr",
)
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ei")
_CODAS = ("", "", "", "l", "m", "n", "r", "s", "t")


@dataclass
class Invented:
    """A random source of words, names and days.

    Attributes:
        articles: The number of articles, on which the numbers of records depend.
        chance: The source of randomness.
        taken: The names that were made so far.
    """

    articles: int
    chance: random.Random
    taken: set[str] = field(default_factory=set)

    def count(self, kind: str) -> int:
        """The number of records of a kind."""
        return max(FEWEST, SHARES[kind] * self.articles // 10_000)

    def word(self, syllables: int) -> str:
        """A random word with a number of syllables."""
        pick = self.chance.choice
        return "".join(pick(_ONSETS) + pick(_VOWELS) + pick(_CODAS) for _ in range(syllables))

    def fresh(self, syllables: int, end: str = "") -> str:
        """A new capitalized word, which was not made before; longer if the short ones are used up."""
        for length in itertools.count(syllables):
            for _ in range(20):
                word = (self.word(length) + end).capitalize()
                if word not in self.taken:
                    self.taken.add(word)
                    return word
        raise AssertionError

    def day(self) -> date:
        """A random day of the period; later days are more likely."""
        share = max(self.chance.random(), self.chance.random())
        return FIRST + timedelta(days=round(share * (LAST - FIRST).days))


class Texts:
    """Running text of invented words; the first of the vocabulary are far more frequent than the last."""

    def __init__(self, made: Invented, vocabulary: Sequence[str]) -> None:
        self._made, self._vocabulary = made, vocabulary

    def words(self, number: int) -> list[str]:
        chance, most = self._made.chance, len(self._vocabulary)
        # The exponential of a uniform distribution follows Zipf's law.
        return [self._vocabulary[int(most ** chance.random()) - 1] for _ in range(number)]

    def sentence(self, number: int) -> str:
        return f"{' '.join(self.words(number)).capitalize()}."

    def paragraph(self, names: Sequence[str]) -> str:
        """A paragraph with names, each in its own sentence."""
        share = WORDS // max(1, len(names))
        sentences = []
        for name in names:
            words = self.words(share)
            words.insert(self._made.chance.randint(1, share - 1), name)
            text = " ".join(words)
            sentences.append(f"{text[:1].upper()}{text[1:]}.")
        return " ".join(sentences)
