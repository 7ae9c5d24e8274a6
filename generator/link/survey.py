"""What all articles of a dossier show together, and no single one does."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.link.company import Company
from generator.link.folding import Folded
from generator.link.names import Names
from generator.link.usage import Beside, Sighting, Vocabulary
from generator.model.ids import RecordId

# So often must a word of a name stand by itself to be what somebody is called,
_CALLED = 3
# and so many times as often as it stands in names that are not theirs.
_RARELY = 4
_MENS = ("mr", "sir")


class Text(NamedTuple):
    """Texts that are read as one: folded, joined, with the names that were seen in them.

    Attributes:
        head: Where what is only read for its evidence ends, such as an article's title.
    """

    folded: Folded
    sightings: list[Sighting]
    head: int = 0


@dataclass(frozen=True)
class Learnt:
    """What a survey found.

    Attributes:
        company: Who is surely named in which articles.
        called: By which words of their names people are called, each as the number of a spelling.
        men: Spellings, by number, before which the articles write `Mr.`.
    """

    company: Company = field(default_factory=Company)
    called: frozenset[tuple[int, RecordId]] = frozenset()
    men: frozenset[int] = frozenset()


class Observed(NamedTuple):
    """What one article shows, as far as all of them together teach something by it; spellings by their numbers.

    Attributes:
        lone: Spellings that stand by themselves, as often as they do.
        short: Those who are surely meant by a short form with words beside it, as often as they are.
        others: Words of names that stand in names of others, as often as they do.
        men: Spellings after `Mr.`.
        named: Who is surely named.
    """

    lone: tuple[int, ...] = ()
    short: tuple[RecordId, ...] = ()
    others: tuple[int, ...] = ()
    men: tuple[int, ...] = ()
    named: tuple[RecordId, ...] = ()


def observe(
    text: Text,
    names: Names,
    vocabulary: Vocabulary,
    read: Callable[[tuple[str, ...]], Beside],
    sure: Callable[[Sighting], RecordId | None],
) -> Observed:
    """Reads one article for what it shows.

    Args:
        read: Reads the words before a name.
        sure: Says whom a name surely means.
    """
    lone = [s.spelling for s in text.sightings if not s.before and not s.after]
    named = {names.only[spelling] for spelling in lone}
    short: list[RecordId] = []
    others: list[int] = []
    men: set[int] = set()
    if len(lone) < len(text.sightings):
        for sighting in text.sightings:
            if not sighting.before and not sighting.after:
                continue
            beside = read(sighting.before)
            if beside.courtesy in _MENS:
                men.add(sighting.spelling)
            if names.names[sighting.spelling].is_part:
                if beside.forenames or (sighting.after and not vocabulary.is_plain(sighting.after[0])):
                    others.append(sighting.spelling)
                else:
                    lone.append(sighting.spelling)
            elif key := sure(sighting):
                named.add(key)
                if not names.names[sighting.spelling].full:
                    short.append(key)
    known = sorted(key for key in named if key is not None)
    return Observed(tuple(lone), tuple(short), tuple(others), tuple(sorted(men)), tuple(known))


def learn(observed: Iterable[Observed], names: Names, vocabulary: Vocabulary) -> Learnt:
    """Learns from what all articles show, in their order."""
    company = Company()
    lone: Counter[int] = Counter()
    short: Counter[RecordId] = Counter()
    others: Counter[int] = Counter()
    men: set[int] = set()
    for one in observed:
        lone.update(one.lone)
        short.update(one.short)
        others.update(one.others)
        men.update(one.men)
        company.add(one.named)
    for spelling, times in lone.items():
        key = names.only[spelling]
        if key is not None and not names.names[spelling].full:
            short[key] += times
    called = frozenset(
        (spelling, bearers[0])
        for spelling, times in lone.items()
        if names.names[spelling].is_part and len(bearers := names.names[spelling].part) == 1
        if times >= max(_CALLED, _RARELY * others[spelling], short[bearers[0]] + 1)
        if names.spellings[spelling].casefold() not in vocabulary.ordinary
    )
    return Learnt(company, called, frozenset(men))
