"""Invented words and running text: syllables that mean nothing, some words far more often than others."""

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
# The fewest records of a kind, so that small dossiers have something of everything.
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
    """What is made so far, by kind: ids and the names by which articles speak of them."""

    articles: int
    chance: random.Random
    taken: set[str] = field(default_factory=set)

    def count(self, kind: str) -> int:
        """How many records of a kind there are."""
        return max(FEWEST, SHARES[kind] * self.articles // 10_000)

    def word(self, syllables: int) -> str:
        """A word of so many syllables."""
        pick = self.chance.choice
        return "".join(pick(_ONSETS) + pick(_VOWELS) + pick(_CODAS) for _ in range(syllables))

    def fresh(self, syllables: int, end: str = "") -> str:
        """A word that was not made before, with a capital; longer where the short ones are used up."""
        for length in itertools.count(syllables):
            for _ in range(20):
                word = (self.word(length) + end).capitalize()
                if word not in self.taken:
                    self.taken.add(word)
                    return word
        raise AssertionError

    def day(self) -> date:
        """Some day of the period, later ones likelier."""
        share = max(self.chance.random(), self.chance.random())
        return FIRST + timedelta(days=round(share * (LAST - FIRST).days))


class Texts:
    """Running text of invented words, the first of the vocabulary far more often than the last."""

    def __init__(self, made: Invented, vocabulary: Sequence[str]) -> None:
        self._made, self._vocabulary = made, vocabulary

    def words(self, number: int) -> list[str]:
        chance, most = self._made.chance, len(self._vocabulary)
        # The exponential of an even spread falls off as Zipf's law does.
        return [self._vocabulary[int(most ** chance.random()) - 1] for _ in range(number)]

    def sentence(self, number: int) -> str:
        return f"{' '.join(self.words(number)).capitalize()}."

    def paragraph(self, names: Sequence[str]) -> str:
        """A paragraph that names records, each in a sentence of its own."""
        share = WORDS // max(1, len(names))
        sentences = []
        for name in names:
            words = self.words(share)
            words.insert(self._made.chance.randint(1, share - 1), name)
            text = " ".join(words)
            sentences.append(f"{text[:1].upper()}{text[1:]}.")
        return " ".join(sentences)
