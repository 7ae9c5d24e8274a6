"""Ties: who appears with whom, and the events, statements and paragraphs that show it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from generator.link import Links, Mention
from generator.model.actors import ACTORS
from generator.model.claims import Statement
from generator.model.dossier import Dossier
from generator.model.evidence import Locator
from generator.model.ids import EventId, RecordId, StatementId

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


Pair = tuple[RecordId, RecordId]


def ties(dossier: Dossier, links: Links) -> dict[Pair, Tie]:
    """The ties of a dossier's people and organizations, by their ends."""
    found: dict[Pair, Tie] = {}

    def pair(one: RecordId, other: RecordId) -> Tie:
        key = (min(one, other), max(one, other))
        if key not in found:
            found[key] = Tie(*key)
        return found[key]

    for event in dossier.events.values():
        for one, other in _pairs({part.who for part in event.participants}):
            pair(one, other).events.append(EventId(event.id))
    for statement in dossier.statements.values():
        for other in _spoken_of(dossier, statement):
            pair(statement.speaker, other).statements.append(StatementId(statement.id))
    for article in dossier.articles:
        for number, named in groups(dossier, links.mentions.get(article, ())):
            for one, other in _pairs(named):
                pair(one, other).paragraphs.append(Locator(article, number, number))
    return found


def by_actor(found: Mapping[Pair, Tie]) -> dict[RecordId, tuple[Tie, ...]]:
    """With whom each actor appears, the closest first."""
    of: dict[RecordId, list[Tie]] = defaultdict(list)
    for tie in sorted(found.values(), key=lambda tie: tie.rank):
        of[tie.one].append(tie)
        of[tie.other].append(tie)
    return {key: tuple(own) for key, own in of.items()}


def ties_of(dossier: Dossier, links: Links, actor: RecordId) -> tuple[Tie, ...]:
    """The ties of one actor, as `by_actor` gives them, with no more looked at than what names the actor."""
    found: dict[RecordId, Tie] = {}

    def tie(other: RecordId) -> Tie:
        return found.setdefault(other, Tie(min(actor, other), max(actor, other)))

    for source in sorted({link.source for link in links.backlinks.get(actor, ())}):
        event, statement = dossier.events.get(EventId(source)), dossier.statements.get(StatementId(source))
        if event:
            for pair in _pairs({part.who for part in event.participants}):
                if actor in pair:
                    tie(pair[pair[0] == actor]).events.append(EventId(source))
        elif statement:
            spoken_of = _spoken_of(dossier, statement)
            others = spoken_of if statement.speaker == actor else [statement.speaker] * (actor in spoken_of)
            for other in others:
                tie(other).statements.append(StatementId(source))
    for article in sorted({mention.article for mention in links.mentioned_in.get(actor, ())}):
        for number, named in groups(dossier, links.mentions.get(article, ())):
            for other in named - {actor} if actor in named and len(named) <= _ROLL else ():
                tie(other).paragraphs.append(Locator(article, number, number))
    return tuple(sorted(found.values(), key=lambda tie: tie.rank))


def _spoken_of(dossier: Dossier, statement: Statement) -> list[RecordId]:
    """The actors about whom somebody speaks, or to whom."""
    others = {*statement.about, statement.to} - {None, statement.speaker}
    return sorted(key for key in others if key and dossier.declared.get(key) in ACTORS)


def _pairs(group: set[RecordId]) -> Iterator[tuple[RecordId, RecordId]]:
    return combinations(sorted(group), 2) if len(group) <= _ROLL else iter(())


def pairs_of(dossier: Dossier, mentions: Iterable[Mention]) -> Counter[Pair]:
    """In how many paragraphs of an article each two actors are named, given its mentions."""
    return Counter(pair for _, named in groups(dossier, mentions) for pair in _pairs(named))


def groups(dossier: Dossier, mentions: Iterable[Mention]) -> Iterator[tuple[int, set[RecordId]]]:
    """The paragraphs of an article, each with the actors that it names, given its mentions."""
    named: dict[int, set[RecordId]] = defaultdict(set)
    for mention in mentions:
        if dossier.declared.get(mention.entity) in ACTORS:
            named[mention.paragraph].add(mention.entity)
    return iter(sorted(named.items()))


# Actors and ties that the network draws; every other tie stands on its actors' own pages.
NODES, TIES = 60, 110


def drawn(weights: Mapping[Pair, int]) -> tuple[tuple[RecordId, ...], tuple[Pair, ...]]:
    """The actors and the ties that the network draws: each actor's closest tie, then the closest of all.

    Args:
        weights: How much each two actors share.
    """
    strength: Counter[RecordId] = Counter()
    for (one, other), weight in weights.items():
        strength[one] += weight
        strength[other] += weight
    keys = frozenset(sorted(strength, key=lambda key: (-strength[key], key))[:NODES])

    def rank(pair: Pair) -> tuple[int, Pair]:
        return -weights[pair], pair

    among = sorted((pair for pair in weights if pair[0] in keys and pair[1] in keys), key=rank)
    first: dict[RecordId, Pair] = {}
    for pair in among:
        first.setdefault(pair[0], pair)
        first.setdefault(pair[1], pair)
    shown = sorted(list(dict.fromkeys((*first.values(), *among)))[:TIES], key=rank)
    tied = {key for pair in shown for key in pair}
    return tuple(sorted(tied, key=lambda key: (-strength[key], key))), tuple(shown)
