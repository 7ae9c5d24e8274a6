"""Ties: who appears with whom, and the events, statements and paragraphs that show it."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from itertools import islice, permutations
from typing import NamedTuple

from generator.edition.coverage import RecordCoverage
from generator.edition.derived import EditionBase, LinkedDossier, derived
from generator.link import Links, Mention
from generator.model.actors import ACTORS
from generator.model.claims import Statement
from generator.model.dossier import Dossier
from generator.model.evidence import Locator
from generator.model.ids import ArticleId, EventId, RecordId, StatementId
from generator.model.kinds import Kind
from generator.model.slices import HEAD, WHOLE
from generator.state.lazy import with_others
from generator.state.traces import ALL, KEYS, Dependency

# The kinds of records that tie actors: meetings, what was said, texts.
_COUNTED = (Kind.EVENT, Kind.STATEMENT, Kind.ARTICLE)
# A longer list of participants or names is a roll, which makes no ties.
_ROLL = 24
SORTS = ("events", "statements", "paragraphs")


class Tie(NamedTuple):
    """What two actors have in common; `one` comes before `other` by id.

    Attributes:
        events: The events in which both took part.
        statements: The statements of one about the other, or to the other.
        paragraphs: The number of paragraphs that name both.
    """

    one: RecordId
    other: RecordId
    events: tuple[EventId, ...]
    statements: tuple[StatementId, ...]
    paragraphs: int

    @property
    def counts(self) -> tuple[int, int, int]:
        """The number of each sort, in the order of SORTS."""
        return len(self.events), len(self.statements), self.paragraphs

    @property
    def weight(self) -> int:
        """The number of shared events, statements and paragraphs."""
        return sum(self.counts)

    def beside(self, key: RecordId) -> RecordId:
        """The other end of the tie."""
        return self.other if key == self.one else self.one


# Two records, in the order in which the tie is seen from the first.
Pair = tuple[RecordId, RecordId]
# The weight of each record's ties, the closest first.
Weights = Mapping[RecordId, Mapping[RecordId, int]]


class _SharedCounts(derived[Weights]):
    """How often records occur together, counted record by record, so that one record can be counted again."""

    by_key = frozenset({"mentions", HEAD, WHOLE, *(f"{HEAD} {kind.value}" for kind in _COUNTED)})

    def __init__(
        self, name: str, pairs: Callable[[Dossier, Links, RecordId], Counter[Pair]], doc: str
    ) -> None:
        self.name, self._pairs, self.__doc__ = name, pairs, doc

    value_type = Weights

    def make(self, edition: "TiesOfActors") -> Weights:
        found: Counter[Pair] = Counter()
        for kind in _COUNTED:
            for key in getattr(edition.dossier, kind.section):
                found.update(self._pairs(edition.dossier, edition.links, key))
        return _by_first(found)

    def updated(
        self, edition: EditionBase, old: Weights, before: LinkedDossier, changed: Iterable[Dependency]
    ) -> Weights:
        more: Counter[Pair] = Counter()
        for key in {RecordId(str(key)) for _, key in changed if key not in (ALL, KEYS)}:
            more.update(self._pairs(edition.dossier, edition.links, key))
            more.subtract(self._pairs(before.dossier, before.links, key))
        keys = {one for (one, _), number in more.items() if number}
        found = Counter({(key, other): number for key in keys for other, number in old.get(key, {}).items()})
        found.update({pair: number for pair, number in more.items() if number})
        now = _by_first(+found)
        return with_others(old, now, keys - now.keys(), in_order=True)


def _by_first(pairs: Mapping[Pair, int]) -> dict[RecordId, Mapping[RecordId, int]]:
    found: dict[RecordId, dict[RecordId, int]] = defaultdict(dict)
    for (one, other), number in sorted(pairs.items(), key=lambda item: (item[0][0], -item[1], item[0][1])):
        found[one][other] = number
    return dict(found)


def ties_of(
    dossier: Dossier, links: Links, shared: Mapping[RecordId, int], actor: RecordId
) -> tuple[Tie, ...]:
    """The ties of one actor, the closest first.

    Args:
        shared: The weight of its tie with each other actor.
    """
    events: dict[RecordId, list[EventId]] = defaultdict(list)
    statements: dict[RecordId, list[StatementId]] = defaultdict(list)
    for source in sorted({link.source for link in links.backlinks.get(actor, ())}):
        event, statement = dossier.events.get(EventId(source)), dossier.statements.get(StatementId(source))
        if event:
            for one, other in _pairs({part.who for part in event.participants}):
                if one == actor:
                    events[other].append(EventId(source))
        elif statement:
            spoken_of = _spoken_of(dossier, statement)
            others = spoken_of if statement.speaker == actor else [statement.speaker] * (actor in spoken_of)
            for other in others:
                statements[other].append(StatementId(source))
    found = []
    for other, number in shared.items():
        met, said = tuple(events.get(other, ())), tuple(statements.get(other, ()))
        ends = min(actor, other), max(actor, other)
        found.append(Tie(*ends, met, said, number - len(met) - len(said)))
    return tuple(found)


def naming_both(dossier: Dossier, links: Links, tie: Tie, article: ArticleId) -> Iterator[Locator]:
    """The paragraphs of an article that name both ends of a tie."""
    found = links.mentions.get(article, ())
    ones, others = ({m.paragraph for m in found if m.entity == key} for key in (tie.one, tie.other))
    for number in sorted(ones & others):
        named = _actors_by_paragraph(dossier, (m for m in found if m.paragraph == number))[number]
        if len(named) <= _ROLL:
            yield Locator(article, number, number)


def _spoken_of(dossier: Dossier, statement: Statement) -> list[RecordId]:
    """The actors that a statement is about, or that it is addressed to."""
    others = {*statement.about, statement.to} - {None, statement.speaker}
    return sorted(key for key in others if key and dossier.declared.get(key) in ACTORS)


def _pairs(group: Set[RecordId]) -> Iterator[Pair]:
    """Every ordered pair of a group; none of a group that is too large to be a meeting."""
    return permutations(sorted(group), 2) if len(group) <= _ROLL else iter(())


def _tied(dossier: Dossier, links: Links, key: RecordId) -> Counter[Pair]:
    """The number of times that one record ties each pair of actors: an event, a statement, an article's paragraphs."""
    if event := dossier.events.get(EventId(key)):
        return Counter(_pairs({part.who for part in event.participants}))
    if statement := dossier.statements.get(StatementId(key)):
        others = _spoken_of(dossier, statement)
        return Counter(
            pair for other in others for pair in ((statement.speaker, other), (other, statement.speaker))
        )
    named = _actors_by_paragraph(dossier, links.mentions.get(ArticleId(key), ())).values()
    return Counter(pair for group in named for pair in _pairs(group))


def _people_at(dossier: Dossier, links: Links, key: RecordId) -> Counter[Pair]:
    """The number of an article's paragraphs that name each place with each person."""
    found: Counter[Pair] = Counter()
    for named in _by_paragraph(links.mentions.get(ArticleId(key), ())).values():
        kinds = {key: dossier.declared.get(key) for key in named}
        people = [key for key, kind in kinds.items() if kind is Kind.PERSON]
        found.update((place, key) for place, kind in kinds.items() if kind is Kind.PLACE for key in people)
    return found


def _actors_by_paragraph(dossier: Dossier, mentions: Iterable[Mention]) -> Mapping[int, set[RecordId]]:
    return _by_paragraph(mention for mention in mentions if dossier.declared.get(mention.entity) in ACTORS)


def _by_paragraph(mentions: Iterable[Mention]) -> Mapping[int, set[RecordId]]:
    """The records that each paragraph of an article names, given its mentions."""
    found: dict[int, set[RecordId]] = defaultdict(set)
    for mention in mentions:
        found[mention.paragraph].add(mention.entity)
    return found


# Actors and ties that the network draws; all other ties are on the pages of their actors.
NODES, TIES = 60, 110
# The least of what is shared, by the number expected by chance, for a tie beyond the closest few.
_CLOSE, _FEW = 1.5, 30


def drawn(shared: Weights) -> tuple[tuple[RecordId, ...], tuple[Pair, ...]]:
    """The actors and the ties that the network draws: each actor's closest tie, then the closest of all.

    Close are those who have more in common than two actors named so often would have by chance: who appears
    everywhere is not tied to all. The measure is the term of a pair in the log-likelihood ratio of Dunning (1993):
    the number of what is shared, times the logarithm of how often that is the expected number.

    Args:
        shared: The weights of all ties.
    """
    strength = {key: sum(weights.values()) for key, weights in shared.items()}
    total = sum(strength.values())
    keys = frozenset(sorted(strength, key=lambda key: (-strength[key], key))[:NODES])
    among = sorted(
        (-round(number * math.log(number * total / (strength[one] * strength[other])), 6), (one, other))
        for one in keys
        for other, number in shared[one].items()
        if one < other and other in keys
    )
    first: dict[RecordId, Pair] = {}
    for _, pair in among:
        for end in pair:
            first.setdefault(end, pair)
    closest = [
        pair
        for place, (_, pair) in enumerate(among)
        if place < _FEW or shared[pair[0]][pair[1]] * total >= _CLOSE * strength[pair[0]] * strength[pair[1]]
    ]
    shown = list(dict.fromkeys((*first.values(), *closest)))[:TIES]
    shown.sort(key=lambda pair: (-shared[pair[0]][pair[1]], pair))
    tied = {key for pair in shown for key in pair}
    return tuple(sorted(tied, key=lambda key: (-strength[key], key))), tuple(shown)


class TiesOfActors(RecordCoverage):
    """The ties of actors: weights computed once for the dossier, paragraphs only for the few ties on a page."""

    def seen_with(self, key: RecordId, kind: Kind, most: int) -> tuple[tuple[RecordId, int], ...]:
        """The records of a kind with the closest ties to an actor, or the people most often named with a place."""
        declared = self.dossier.declared
        counts = (self.weights if declared.get(key) in ACTORS else self.people_at).get(key, {})
        # They are sorted already.
        return tuple(islice(((k, n) for k, n in counts.items() if declared.get(k) is kind), most))

    people_at = _SharedCounts(
        "people_at", _people_at, "The number of paragraphs that name each place together with each person."
    )
    weights = _SharedCounts("weights", _tied, "The weight of every tie between two actors.")

    def ties_of(self, key: RecordId) -> tuple[Tie, ...]:
        """The ties of an actor, the closest first."""
        return ties_of(self.dossier, self.links, self.weights.get(key, {}), key)

    def newest_of(self, tie: Tie, most: int) -> tuple[Locator, ...]:
        """The paragraphs that name both ends of a tie, those of the newest articles first, each article's in order."""
        found: list[Locator] = []
        wanted = min(most, tie.paragraphs)
        few, many = sorted(tie[:2], key=lambda key: len(self._articles.get(key, ())))
        others = frozenset(self._articles.get(many, ()))
        for article in reversed(self._articles.get(few, ())):
            if len(found) >= wanted:
                break
            if article in others:
                found += naming_both(self.dossier, self.links, tie, article)
        return tuple(found[:wanted])

    @derived
    def number_of_ties(self) -> int:
        """The number of ties in the dossier."""
        return sum(map(len, self.weights.values())) // 2

    @derived
    def network(self) -> tuple[tuple[RecordId, ...], tuple[Tie, ...]]:
        """The actors and the ties that the network draws."""
        keys, pairs = drawn(self.weights)
        by_ends = {one: {tie.other: tie for tie in self.ties_of(one)} for one, _ in pairs}
        return keys, tuple(by_ends[one][other] for one, other in pairs)

    @derived
    def drawn_ties(self) -> Mapping[tuple[RecordId, RecordId], bool]:
        """The ties that the network draws, by their ends; each has a page of its own."""
        return {(tie.one, tie.other): True for tie in self.network[1]}
