"""What all articles of a dossier show together, and no single one does."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.folding import Folded
from generator.link.boundaries import Boundaries
from generator.link.company import Company
from generator.link.decision import Keys
from generator.link.names import Names
from generator.link.usage import Beside, Sighting, Vocabulary
from generator.model.ids import ArticleId, RecordId

# So often must a word of a name stand by itself to be what somebody is called,
_CALLED = 3
# and so many times as often as it stands in names that are not theirs.
_RARELY = 4
# In so many articles must a name be a stranger's for the bare name to be doubted,
_OFTEN = 3
# and in so many times as many as tell that it is that of somebody known.
_MOSTLY = 3
_MENS = ("mr", "sir")


class Text(NamedTuple):
    """Texts that are read as one: folded, joined, with the names that were seen in them.

    Attributes:
        boundaries: Where words end in them.
        language: The language of the texts, without its region.
        head: Where what is only read for its evidence ends, such as an article's title.
    """

    folded: Folded
    sightings: list[Sighting]
    boundaries: Boundaries
    language: str
    head: int = 0

    def beside(self) -> list[Sighting]:
        """The names that have words beside them."""
        return [sighting for sighting in self.sightings if sighting[3] or sighting[4] or sighting[5]]


@dataclass(frozen=True)
class Learnt:
    """What a survey found.

    Attributes:
        company: Who is surely named in which articles.
        called: By which words of their names people are called, each as the number of a spelling.
        men: Spellings, by number, before which the articles write `Mr.`.
        strangers: Spellings, by number, that are mostly names of strangers where the articles say whose they are.
    """

    company: Company = field(default_factory=Company)
    called: frozenset[tuple[int, RecordId]] = frozenset()
    men: frozenset[int] = frozenset()
    strangers: frozenset[int] = frozenset()


class Observed(NamedTuple):
    """What one article shows, as far as all of them together teach something by it; spellings by their numbers.

    Attributes:
        lone: Spellings that stand by themselves, as often as they do.
        short: Those who are surely meant by a short form with words beside it, as often as they are.
        others: Words of names that stand in names of others, as often as they do.
        men: Spellings after `Mr.`.
        known: Who is named in full or told by the words beside the name.
        strangers: Spellings that are a stranger's by the words beside them.
        named: Who is surely named.
    """

    lone: tuple[int, ...] = ()
    short: tuple[RecordId, ...] = ()
    others: tuple[int, ...] = ()
    men: tuple[int, ...] = ()
    known: tuple[RecordId, ...] = ()
    strangers: tuple[int, ...] = ()
    named: tuple[RecordId, ...] = ()


def observe(
    text: Text,
    names: Names,
    vocabulary: Vocabulary,
    read: Callable[[tuple[str, ...]], Beside],
    sure: Callable[[Sighting], RecordId | None],
    told: Callable[[Sighting], Keys | None],
) -> Observed:
    """Reads one article for what it shows.

    Args:
        read: Reads the words before a name.
        sure: Says whom a name surely means.
        told: Says whom a name means by the words beside it alone, if these tell: none where it is a stranger.
    """
    here = {names.in_full[sighting[2]] for sighting in text.sightings if sighting[5] in ("", ",jr")}
    short: list[RecordId] = []
    others: list[int] = []
    men: set[int] = set()
    strangers: set[int] = set()
    lone = [sighting[2] for sighting in text.sightings if not any(sighting[3:])]
    named = {names.only[spelling] for spelling in lone}
    for sighting in text.beside() if len(lone) < len(text.sightings) else ():
        keys = told(sighting)
        if keys is not None:
            here.update(keys)
            strangers.update(() if keys else (sighting.spelling,))
        beside = read(sighting.before)
        if beside.courtesy in _MENS:
            men.add(sighting.spelling)
        if sighting.spelling in names.parts:
            if beside.forenames or (sighting.after and not vocabulary.is_plain(sighting.after[0])):
                others.append(sighting.spelling)
            else:
                lone.append(sighting.spelling)
        elif key := sure(sighting):
            named.add(key)
            if not names.names[sighting.spelling].full:
                short.append(key)
    return Observed(
        tuple(lone),
        tuple(short),
        tuple(others),
        tuple(sorted(men)),
        tuple(sorted(key for key in here if key)),
        tuple(sorted(strangers)),
        tuple(sorted(key for key in named if key)),
    )


class Survey:
    """What all articles show, summed up: an article can be taken out of it again."""

    def __init__(self, observed: Iterable[Observed] = ()) -> None:
        self._lone: Counter[int] = Counter()
        self._short: Counter[RecordId] = Counter()
        self._others: Counter[int] = Counter()
        self._men: Counter[int] = Counter()
        self._known: Counter[RecordId] = Counter()
        self._strangers: Counter[int] = Counter()
        for one in observed:
            for counter, values in self._of(one):
                counter.update(values)

    def _of(self, one: Observed) -> Iterator[tuple[Counter[Any], Sequence[Any]]]:
        yield self._lone, one.lone
        yield self._short, one.short
        yield self._others, one.others
        yield self._men, one.men
        yield self._known, one.known
        yield self._strangers, one.strangers

    def with_others(self, old: Iterable[Observed], new: Iterable[Observed]) -> "Survey":
        """The same with some articles in place of others."""
        old, new = tuple(old), tuple(new)
        if old == new:
            return self
        made = Survey()
        for name, counter in vars(self).items():
            setattr(made, name, counter.copy())
        for one in new:
            for counter, values in made._of(one):
                counter.update(values)
        for one in old:
            for counter, values in made._of(one):
                counter.subtract(values)
                for value in values:
                    if not counter[value]:
                        del counter[value]
        return made

    def learn(self, names: Names, vocabulary: Vocabulary, company: Company) -> Learnt:
        """What all of it teaches."""
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
            if lone[spelling] >= max(_CALLED, _RARELY * others[spelling], short[bearers[0]] + 1)
            if names.spellings[spelling].casefold() not in vocabulary.ordinary
        )
        strangers = frozenset(
            spelling
            for spelling, times in self._strangers.items()
            if times >= _OFTEN
            and times >= _MOSTLY * max(self._known[key] for key in names.names[spelling].short)
        )
        return Learnt(company, called, frozenset(self._men), strangers)


def named_in(observed: Mapping[ArticleId, Observed]) -> dict[RecordId, frozenset[ArticleId]]:
    """In which articles each record is surely named."""
    found: dict[RecordId, set[ArticleId]] = defaultdict(set)
    for article, one in observed.items():
        for key in one.named:
            found[key].add(article)
    return {key: frozenset(articles) for key, articles in sorted(found.items())}
