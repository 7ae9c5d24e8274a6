"""The corpus: what all articles of a dossier show of names together, and no single one does.

Terms:

- *observations*: what one article shows, as spellings and records with the number of times;
- *statistics*: the observations of all articles added up. Those of one article can be subtracted again, so that a
  change of one article needs no other;
- *fit*: decide by thresholds what the statistics mean;
- *model*: the result, which the reasons use.

An example: in 40 articles `Mayor Walt` has a title before the bare forename, and no other person has that forename. The
statistics count `Walt` 40 times by itself, and the model says that Walter Brook is called so.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from generator.folding import Folded
from generator.link.boundaries import Boundaries
from generator.link.counts import recounted
from generator.link.names import Names
from generator.link.usage import Candidate, Vocabulary
from generator.model.ids import RecordId

# A person is called by a part of their name that occurs by itself at least so often,
_CALLED = 3
# and at least so many times as often as in other people's names.
_CALLED_RATIO = 4
# A bare name is doubted if it is surely a stranger's in so many articles,
_STRANGERS = 3
# and in so many times as many as those in which it is that of a known person.
_STRANGERS_RATIO = 3


class ScannedText(NamedTuple):
    """One or several texts that are read as one: folded, joined, and with the candidates in them.

    Attributes:
        boundaries: Says where words end in them.
        language: Their language, without its region.
        head: The end of what only counts as evidence, such as an article's title.
    """

    folded: Folded
    candidates: list[Candidate]
    boundaries: Boundaries
    language: str
    head: int = 0

    def beside(self) -> list[Candidate]:
        """The candidates that have words beside them."""
        return [candidate for candidate in self.candidates if candidate[3] or candidate[4] or candidate[5]]


class CorpusModel(NamedTuple):
    """What follows from the statistics.

    Attributes:
        called: The parts of their names by which people are called.
        men: Spellings before which the articles write `Mr.`.
        strangers: Spellings that are mostly strangers' names where the articles say whose they are.
    """

    called: frozenset[tuple[str, RecordId]] = frozenset()
    men: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()

    def spellings_unlike(self, other: "CorpusModel") -> set[str]:
        """The spellings of which another model says something else."""
        called = {spelling for spelling, _ in self.called ^ other.called}
        return called | (self.men ^ other.men) | (self.strangers ^ other.strangers)


class Observations(NamedTuple):
    """What one article shows.

    Attributes:
        lone: Parts of names without words of others beside them, each time that they occur.
        short: The records that are meant by a short form, each time.
        others: Parts of names that occur in the names of others, each time.
        men: Spellings after `Mr.`.
        known: The records that are named in full, or decided by the words beside the name.
        strangers: Spellings that are a stranger's by the words beside them.
        named: The records that are surely named.
    """

    lone: tuple[str, ...] = ()
    short: tuple[RecordId, ...] = ()
    others: tuple[str, ...] = ()
    men: tuple[str, ...] = ()
    known: tuple[RecordId, ...] = ()
    strangers: tuple[str, ...] = ()
    named: tuple[RecordId, ...] = ()


class CorpusStatistics(NamedTuple):
    """The observations of all articles added up: how often each value occurs in each field of `Observations`."""

    lone: Mapping[str, int] = {}
    short: Mapping[RecordId, int] = {}
    others: Mapping[str, int] = {}
    men: Mapping[str, int] = {}
    known: Mapping[RecordId, int] = {}
    strangers: Mapping[str, int] = {}

    def replacing(self, old: Collection[Observations], new: Collection[Observations]) -> "CorpusStatistics":
        """The statistics with the observations of some articles in place of others."""

        def values(observed: Collection[Observations], field: int) -> Iterator[Any]:
            return chain.from_iterable(one[field] for one in observed)

        counts: tuple[Mapping[Any, int], ...] = self
        return CorpusStatistics(
            *(recounted(each, values(old, at), values(new, at)) for at, each in enumerate(counts))
        )

    def fit(self, names: Names, vocabulary: Vocabulary) -> CorpusModel:
        """The model that follows from the statistics."""
        numbers = {spelling: number for number, spelling in enumerate(names.spellings)}
        called = frozenset(
            (spelling, bearers[0])
            for spelling, times in self.lone.items()
            if len(bearers := names.names[numbers[spelling]].part) == 1
            if times >= _CALLED
            and times >= _CALLED_RATIO * self.others.get(spelling, 0)
            and times > self.short.get(bearers[0], 0)
            if spelling.casefold() not in vocabulary.ordinary
        )
        strangers = frozenset(
            spelling
            for spelling, times in self.strangers.items()
            if times >= _STRANGERS
            and times
            >= _STRANGERS_RATIO * max(self.known.get(key, 0) for key in names.names[numbers[spelling]].short)
        )
        return CorpusModel(called, frozenset(self.men), strangers)
