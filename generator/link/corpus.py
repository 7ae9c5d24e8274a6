"""The corpus: what all articles of a dossier show of names together, and no single one does.

Terms:

- *observations*: what one article shows, as spellings and records with the number of times;
- *statistics*: the observations of all articles added up. Those of one article can be subtracted again, so that a
  change of one article needs no other;
- *fit*: decide by thresholds what the statistics mean;
- *model*: the result, which `reasons` ask.

An example: in 40 articles `Mayor Walt` has a title before the bare forename, and no other person has that forename. The
statistics count `Walt` 40 times by itself, and the model says that Walter Brook is called so.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.folding import Folded
from generator.link.boundaries import Boundaries
from generator.link.company import Company
from generator.link.names import Keys, Names
from generator.link.usage import Beside, Candidate, Vocabulary
from generator.model.ids import ArticleId, RecordId

# A person is called by a part of their name that occurs by itself at least so often,
_CALLED = 3
# and at least so many times as often as in other people's names.
_CALLED_RATIO = 4
# A bare name is doubted if it is surely a stranger's in so many articles,
_STRANGERS = 3
# and in so many times as many as those in which it is that of a known person.
_STRANGERS_RATIO = 3
_MENS = ("mr", "sir")


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


@dataclass(frozen=True)
class CorpusModel:
    """What follows from the statistics; spellings by their numbers.

    Attributes:
        company: The records that are named in the same articles.
        called: The parts of their names by which people are called.
        men: Spellings before which the articles write `Mr.`.
        strangers: Spellings that are mostly strangers' names where the articles say whose they are.
    """

    company: Company = field(default_factory=Company)
    called: frozenset[tuple[int, RecordId]] = frozenset()
    men: frozenset[int] = frozenset()
    strangers: frozenset[int] = frozenset()


class Observations(NamedTuple):
    """What one article shows; spellings by their numbers.

    Attributes:
        lone: Spellings without words beside them, each time that they occur.
        short: The records that are surely meant by a short form with words beside it, each time.
        others: Parts of names that occur in the names of others, each time.
        men: Spellings after `Mr.`.
        known: The records that are named in full, or decided by the words beside the name.
        strangers: Spellings that are a stranger's by the words beside them.
        named: The records that are surely named.
    """

    lone: tuple[int, ...] = ()
    short: tuple[RecordId, ...] = ()
    others: tuple[int, ...] = ()
    men: tuple[int, ...] = ()
    known: tuple[RecordId, ...] = ()
    strangers: tuple[int, ...] = ()
    named: tuple[RecordId, ...] = ()


def observe(
    text: ScannedText,
    names: Names,
    vocabulary: Vocabulary,
    *,
    read_beside: Callable[[tuple[str, ...]], Beside],
    sure: Callable[[Candidate], RecordId | None],
    meant_beside: Callable[[Candidate], Keys | None],
) -> Observations:
    """The observations of one article.

    Args:
        read_beside: Reads the words before a name.
        sure: The record that a candidate surely means.
        meant_beside: The record that a candidate means by the words beside it: none for a stranger, None if unknown.
    """
    known = {names.in_full[candidate[2]] for candidate in text.candidates if candidate[5] in ("", ",jr")}
    short: list[RecordId] = []
    others: list[int] = []
    men: set[int] = set()
    strangers: set[int] = set()
    lone = [candidate[2] for candidate in text.candidates if not any(candidate[3:])]
    named = {names.only[spelling] for spelling in lone}
    for candidate in text.beside() if len(lone) < len(text.candidates) else ():
        keys = meant_beside(candidate)
        if keys is not None:
            known.update(keys)
            strangers.update(() if keys else (candidate.spelling,))
        beside = read_beside(candidate.before)
        if beside.courtesy in _MENS:
            men.add(candidate.spelling)
        if candidate.spelling in names.parts:
            if beside.forenames or (candidate.after and not vocabulary.is_plain(candidate.after[0])):
                others.append(candidate.spelling)
            else:
                lone.append(candidate.spelling)
        elif key := sure(candidate):
            named.add(key)
            if not names.names[candidate.spelling].full:
                short.append(key)
    return Observations(
        tuple(lone),
        tuple(short),
        tuple(others),
        tuple(sorted(men)),
        tuple(sorted(key for key in known if key)),
        tuple(sorted(strangers)),
        tuple(sorted(key for key in named if key)),
    )


class CorpusStatistics:
    """The observations of all articles added up."""

    def __init__(self, observed: Iterable[Observations] = ()) -> None:
        self._lone: Counter[int] = Counter()
        self._short: Counter[RecordId] = Counter()
        self._others: Counter[int] = Counter()
        self._men: Counter[int] = Counter()
        self._known: Counter[RecordId] = Counter()
        self._strangers: Counter[int] = Counter()
        for one in observed:
            for counter, values in self._counters(one):
                counter.update(values)

    Stored = tuple[
        dict[int, int],
        dict[RecordId, int],
        dict[int, int],
        dict[int, int],
        dict[RecordId, int],
        dict[int, int],
    ]

    def stored(self) -> tuple[Counter[Any], ...]:
        """What is stored of it."""
        return tuple(vars(self).values())

    @classmethod
    def restored(cls, stored: tuple[Mapping[Any, int], ...]) -> "CorpusStatistics":
        """The statistics of which something is stored."""
        made = cls()
        for name, counted in zip(vars(made), stored, strict=True):
            setattr(made, name, Counter(counted))
        return made

    def _counters(self, one: Observations) -> Iterator[tuple[Counter[Any], Sequence[Any]]]:
        yield self._lone, one.lone
        yield self._short, one.short
        yield self._others, one.others
        yield self._men, one.men
        yield self._known, one.known
        yield self._strangers, one.strangers

    def replacing(self, old: Iterable[Observations], new: Iterable[Observations]) -> "CorpusStatistics":
        """The statistics with the observations of some articles in place of others."""
        old, new = tuple(old), tuple(new)
        if old == new:
            return self
        made = CorpusStatistics()
        for name, counter in vars(self).items():
            setattr(made, name, counter.copy())
        for one in new:
            for counter, values in made._counters(one):
                counter.update(values)
        for one in old:
            for counter, values in made._counters(one):
                counter.subtract(values)
                for value in values:
                    if not counter[value]:
                        del counter[value]
        return made

    def fit(self, names: Names, vocabulary: Vocabulary, company: Company) -> CorpusModel:
        """The model that follows from the statistics."""
        lone, others = self._lone, self._others
        short = self._short.copy()
        parts = lone.keys() & names.parts
        if parts:
            for spelling in lone.keys() - parts:
                key = names.only[spelling]
                if key is not None and names.in_full[spelling] is None:
                    short[key] += lone[spelling]
        called = frozenset(
            (spelling, bearers[0])
            for spelling in parts
            if len(bearers := names.names[spelling].part) == 1
            if lone[spelling] >= max(_CALLED, _CALLED_RATIO * others[spelling], short[bearers[0]] + 1)
            if names.spellings[spelling].casefold() not in vocabulary.ordinary
        )
        strangers = frozenset(
            spelling
            for spelling, times in self._strangers.items()
            if times >= _STRANGERS
            and times >= _STRANGERS_RATIO * max(self._known[key] for key in names.names[spelling].short)
        )
        return CorpusModel(company, called, frozenset(self._men), strangers)


def named_in(observed: Mapping[ArticleId, Observations]) -> dict[RecordId, frozenset[ArticleId]]:
    """The articles in which each record is surely named."""
    found: dict[RecordId, set[ArticleId]] = defaultdict(set)
    for article, one in observed.items():
        for key in one.named:
            found[key].add(article)
    return {key: frozenset(articles) for key, articles in sorted(found.items())}
