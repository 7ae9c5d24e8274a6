"""What distinguishes people in their records: forenames, offices, terms of office."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from generator.link.beside import suffix_of
from generator.link.counts import recounted
from generator.link.forms import beside, folded, words_of
from generator.link.titles import OF_WOMEN, ORDINARY, TITLES, title_of
from generator.model.actors import Person
from generator.model.dates import EdtfDate
from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.model.kinds import NAMED_KINDS
from generator.model.record import Record
from generator.state.lazy import LazyMapping

Words = tuple[str, ...]
# Family names with their bearers, by their first letter in lower case and their length.
Families = Mapping[tuple[str, int], tuple[tuple[str, RecordId], ...]]
# In shorter family names one letter makes another name: Hansen, Jansen; Smith, Smyth.
LONG = 6
# A run of capitalized words, and what is before it.
_RUN = re.compile(r"(\bto (?:the )?)?((?:[^\W\d_a-z][\w.’-]*(?:'s)?)(?: [^\W\d_a-z][\w.’-]*(?:'s)?)*)")
_NUMERAL = re.compile("[IVX]+")
_FIRST_SENTENCE = re.compile(r"(?<=[\w)]{3})\. (?=[A-Z\[])")


class KnownPerson:
    """A person, with what follows from the record for linking.

    Attributes:
        key: The id.
        record: The record.
    """

    def __init__(self, record: Person) -> None:
        self.key = record.id
        self.record = record
        self._beside: dict[str, tuple[tuple[Words, Words], ...]] = {}

    def beside(self, form: str) -> tuple[tuple[Words, Words], ...]:
        """The words before and after a form in the names that hold it."""
        found = self._beside.get(form)
        if found is None:
            names = self.record.names
            found = tuple(dict.fromkeys(beside(names, form)))
            if not found:
                # A form of its own, such as another spelling: forenames are those of the name.
                found = ((words_of(names[0])[:-1], ()),)
            self._beside[form] = found
        return found

    @cached_property
    def forenames(self) -> frozenset[str]:
        """All words of the names but the last of each, in lower case."""
        return frozenset(w.casefold().strip(".") for name in self.record.names for w in words_of(name)[:-1])

    @cached_property
    def suffixes(self) -> frozenset[str]:
        """The numbers and suffixes of the names, such as `II` or `jr`."""
        last = (folded(name).rpartition(" ")[2] for name in self.record.names)
        return frozenset(
            suffix_of(word) for word in last if not word.isupper() or _NUMERAL.fullmatch(word)
        ) - {""}

    @cached_property
    def offices(self) -> tuple[Words, ...]:
        """The offices that the record gives, each as words in lower case.

        Those of `positions`; where there are none, what the first sentence of the summary says with
        capitals, other than to whom somebody was assistant, ambassador or adviser.
        """
        if self.record.positions:
            return tuple(_words(position.title) for position in self.record.positions)
        summary = folded(_FIRST_SENTENCE.split(self.record.summary or "", maxsplit=1)[0])
        return tuple(
            tuple(title_of(word) for word in run.split(" ") if not word.endswith("'s"))
            for to, run in _RUN.findall(summary)
            if not to
        )

    @property
    def families(self) -> frozenset[str]:
        """The family names that are long enough for a misspelling to be recognized."""
        if self.record.forms != "derived":
            return frozenset()
        words = {*(words_of(name)[-1] for name in self.record.names), *self.record.short_names}
        return frozenset(word for word in words if len(word) >= LONG and word.isalpha())

    @cached_property
    def is_woman(self) -> bool:
        """Whether the names or the summary speak of a woman."""
        said = " ".join(
            (*self.record.names, self.record.summary or "", *(p.title for p in self.record.positions))
        )
        return any(word in OF_WOMEN for word in re.findall(r"\w+", said.casefold()))

    def facts(self, form: str, *, is_name: bool) -> tuple[object, ...]:
        """All that decisions about a spelling of theirs depend on; if it differs, they may differ.

        Args:
            is_name: Whether the spelling is a full name or a short form, and not only a word of a name.
        """
        said = self.record.positions, self.offices, self.is_woman, self.suffixes, self.beside(form)
        return (*said, self.forenames) if is_name else said

    def holds(self, title: Words) -> int:
        """How well a title fits: 3 where it is an office as given, 2 where it ends one, 1 where it is in one, else 0."""
        best = 0
        for office in self.offices:
            if office == title:
                return 3
            if office[-len(title) :] == title:
                best = 2
            elif not best and any(office[at : at + len(title)] == title for at in range(len(office))):
                best = 1
        return best

    def is_active(self, date: EdtfDate) -> bool:
        """Whether they held a position, with its dates, at a date."""
        dated = (position for position in self.record.positions if position.since or position.until)
        return any(position.may_cover(date) for position in dated)


@lru_cache(maxsize=4096)
def _words(title: str) -> Words:
    return tuple(title_of(word) for word in folded(title).split(" "))


def is_same_to_linking(old: Record | None, new: Record | None) -> bool:
    """Whether nothing on which decisions depend differs between a record in the last run and now."""
    named = [record for record in (old, new) if record is not None and record.kind_of in NAMED_KINDS]
    return not named or (len(named) == 2 and _linking_key(named[0]) == _linking_key(named[1]))


def _linking_key(record: Record) -> tuple[object, ...]:
    names = record.kind_of, record.names, record.short_names
    if not isinstance(record, Person):
        return names
    known = KnownPerson(record)
    return *names, record.forms, record.positions, known.offices, known.is_woman


class People:
    """All people of a dossier."""

    def __init__(self, dossier: Dossier) -> None:
        people: Mapping[RecordId, Person] = dossier.people  # type: ignore[assignment]
        self._known: Mapping[RecordId, KnownPerson] = LazyMapping(
            people, lambda key: KnownPerson(people[key])
        )

    def get(self, key: RecordId) -> KnownPerson | None:
        """A person; None for a record of another kind."""
        return self._known.get(key)

    def __contains__(self, key: RecordId) -> bool:
        return key in self._known


class PeopleIndex(NamedTuple):
    """What the records of all people say together.

    Attributes:
        forenames: In how many records each forename is, in lower case.
        office_words: In how many each word of an office is, in lower case.
        office_ends: In how many an office ends in each word.
        families: The family names by which misspellings are found.
    """

    forenames: Mapping[str, int] = {}
    office_words: Mapping[str, int] = {}
    office_ends: Mapping[str, int] = {}
    families: Mapping[tuple[str, int], tuple[tuple[str, RecordId], ...]] = {}

    @property
    def titles(self) -> frozenset[str]:
        """Words that are titles: those that are known as such, and those in which an office ends."""
        return TITLES | {word for word in self.office_ends.keys() - ORDINARY if len(word) > 3}

    def replacing(self, old: Collection[KnownPerson], new: Collection[KnownPerson]) -> "PeopleIndex":
        """The index with some people in place of others."""
        families: dict[tuple[str, int], set[tuple[str, RecordId]]] = defaultdict(set)
        families.update((place, set(names)) for place, names in self.families.items())
        for person in old:
            for word in person.families:
                families[word[0].casefold(), len(word)].discard((word, person.key))
        for person in new:
            for word in person.families:
                families[word[0].casefold(), len(word)].add((word, person.key))
        return PeopleIndex(
            recounted(self.forenames, _each(old, _forenames), _each(new, _forenames)),
            recounted(self.office_words, _each(old, _office_words), _each(new, _office_words)),
            recounted(self.office_ends, _each(old, _office_ends), _each(new, _office_ends)),
            {place: tuple(sorted(names)) for place, names in families.items() if names},
        )


def _each(people: Iterable[KnownPerson], words: Callable[[KnownPerson], Collection[str]]) -> Iterator[str]:
    return (word for person in people for word in words(person))


def _forenames(person: KnownPerson) -> Collection[str]:
    return person.forenames


def _office_words(person: KnownPerson) -> Collection[str]:
    return {word for office in person.offices for word in office}


def _office_ends(person: KnownPerson) -> Collection[str]:
    return {office[-1] for office in person.offices if office}
