"""Scores of linking: precision and recall against mentions that were annotated by hand.

A mention is right if it overlaps an annotated mention of the same entity; each annotated one counts once. Only
people are scored, because only they are annotated.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# The beginning and end of a mention in the body of an article, and the entity that it means.
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Score:
    """The numbers of right, wrong and missed mentions."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of right mentions among those found."""
        return self.right / ((self.right + self.wrong) or 1)

    @property
    def recall(self) -> float:
        """The share of annotated mentions that were found."""
        return self.right / ((self.right + self.missed) or 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / ((2 * self.right + self.wrong + self.missed) or 1)


def read_gold(path: Path) -> dict[str, tuple[Span, ...]]:
    """The annotated mentions of each article, from a file with one line of JSON per article."""
    gold = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            gold[entry["article"]] = tuple((m["start"], m["end"], m["entity"]) for m in entry["mentions"])
    return gold


def score(
    found: Mapping[str, Iterable[Span]], gold: Mapping[str, Sequence[Span]], entities: Collection[str]
) -> Score:
    """Scores the mentions found in annotated articles; other entities are ignored."""
    right = wrong = missed = 0
    for article, marked in gold.items():
        left = sorted(span for span in found.get(article, ()) if span[2] in entities)
        for start, end, entity in marked:
            hit = next((span for span in left if span[0] < end and span[1] > start), None)
            if hit and hit[2] == entity:
                right += 1
                left.remove(hit)
            else:
                missed += 1
        wrong += len(left)
    return Score(right, wrong, missed)
