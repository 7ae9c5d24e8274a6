"""Ties: who appears with whom, and the events, statements and paragraphs that show it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from generator.link import Links
from generator.model.actors import ACTORS
from generator.model.dossier import Dossier
from generator.model.evidence import Locator
from generator.model.ids import ArticleId, EventId, RecordId, StatementId

# Who shares a list of more than these stands in a roll, not together.
_ROLL = 24
SORTS = ("events", "statements", "paragraphs")


@dataclass
class Tie:
    """What two actors share; `one` comes before `other` by id.

    Attributes:
        events: Events that both took part in.
        statements: What one of them said about the other, or to them.
        paragraphs: Paragraphs that name both.
    """

    one: RecordId
    other: RecordId
    events: list[EventId] = field(default_factory=list)
    statements: list[StatementId] = field(default_factory=list)
    paragraphs: list[Locator] = field(default_factory=list)

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many of each sort, in the order of SORTS."""
        return len(self.events), len(self.statements), len(self.paragraphs)

    @cached_property
    def weight(self) -> int:
        """How much they share, each event, statement and paragraph counted once; asked for once all is found."""
        return sum(self.counts)

    @property
    def rank(self) -> tuple[int, RecordId, RecordId]:
        """Sorts ties, the closest first."""
        return -self.weight, self.one, self.other

    def beside(self, key: RecordId) -> RecordId:
        """The other end of the tie."""
        return self.other if key == self.one else self.one


@dataclass(frozen=True)
class Ties:
    """All ties of a dossier, the closest first, and those of each actor."""

    all: tuple[Tie, ...]
    of: dict[RecordId, tuple[Tie, ...]]

    def between(self, keys: frozenset[RecordId]) -> Iterator[Tie]:
        """The ties among some actors, the closest first."""
        return (tie for tie in self.all if tie.one in keys and tie.other in keys)


def ties(dossier: Dossier, links: Links) -> Ties:
    """The ties of a dossier's people and organizations."""
    found: dict[tuple[RecordId, RecordId], Tie] = {}

    def pair(one: RecordId, other: RecordId) -> Tie:
        key = (min(one, other), max(one, other))
        if key not in found:
            found[key] = Tie(*key)
        return found[key]

    for event in dossier.events.values():
        for one, other in _pairs({part.who for part in event.participants}):
            pair(one, other).events.append(EventId(event.id))
    for statement in dossier.statements.values():
        others = {*statement.about, statement.to} - {None, statement.speaker}
        for other in sorted(key for key in others if key and dossier.declared.get(key) in ACTORS):
            pair(statement.speaker, other).statements.append(StatementId(statement.id))
    for article in dossier.articles:
        for number, named in _named(dossier, links, article):
            for one, other in _pairs(named):
                pair(one, other).paragraphs.append(Locator(article, number, number))
    ordered = tuple(sorted(found.values(), key=lambda tie: tie.rank))
    of: dict[RecordId, list[Tie]] = defaultdict(list)
    for tie in ordered:
        of[tie.one].append(tie)
        of[tie.other].append(tie)
    return Ties(ordered, {key: tuple(own) for key, own in of.items()})


def _pairs(group: set[RecordId]) -> Iterator[tuple[RecordId, RecordId]]:
    return combinations(sorted(group), 2) if len(group) <= _ROLL else iter(())


def _named(dossier: Dossier, links: Links, article: ArticleId) -> Iterator[tuple[int, set[RecordId]]]:
    """The paragraphs of an article, each with the actors that it names."""
    named: dict[int, set[RecordId]] = defaultdict(set)
    for mention in links.mentions.get(article, ()):
        if dossier.declared.get(mention.entity) in ACTORS:
            named[mention.paragraph].add(mention.entity)
    return iter(sorted(named.items()))


# Actors and ties that the network draws; every other tie stands on its actors' own pages.
NODES, TIES = 60, 110


def drawn(found: Ties) -> tuple[tuple[RecordId, ...], tuple[Tie, ...]]:
    """The actors and the ties that the network draws: each actor's closest tie, then the closest of all."""
    weights = {key: sum(tie.weight for tie in own) for key, own in found.of.items()}
    keys = frozenset(sorted(weights, key=lambda key: (-weights[key], key))[:NODES])
    among = list(found.between(keys))
    first: dict[RecordId, Tie] = {}
    for tie in among:
        first.setdefault(tie.one, tie)
        first.setdefault(tie.other, tie)
    wanted = list({(tie.one, tie.other): tie for tie in (*first.values(), *among)}.values())
    shown = sorted(wanted[:TIES], key=lambda tie: tie.rank)
    tied = {key for tie in shown for key in (tie.one, tie.other)}
    return tuple(sorted(tied, key=lambda key: (-weights[key], key))), tuple(shown)
