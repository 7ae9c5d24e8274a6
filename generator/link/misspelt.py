"""Family names that the articles spell with one letter otherwise than the records do."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from generator.folding import Folded
from generator.link.agreement import agree
from generator.link.beside import after, before, is_initials
from generator.link.names import Name, Names
from generator.link.parts import Parts
from generator.link.people import LONG, People
from generator.link.survey import Text
from generator.link.titles import ABBREVIATIONS
from generator.link.usage import Sighting, Vocabulary, read_before
from generator.model.ids import RecordId

# The word after a forename, and after initials.
_FAMILY_NAME = re.compile(r"(?: [A-Z]\.)* ([^\W\d_]+)")


class Slip(NamedTuple):
    """A word that is one letter from a person's family name, and stands where that name would.

    Attributes:
        word: As the text spells it.
        key: The person.
        name: The family name as the record spells it.
        by_forenames: Whether the person's forenames stand before it; else an office of theirs does.
    """

    word: str
    key: RecordId
    name: str
    by_forenames: bool


class Slips:
    """Finds family names that are misspelt: an edit away from a person's, after forenames or an office of theirs."""

    def __init__(self, names: Names, people: People, vocabulary: Vocabulary) -> None:
        self._names = names
        self._people = people
        self._vocabulary = vocabulary
        self._near: dict[str, tuple[tuple[str, RecordId], ...]] = {}
        offices = people.sums.office_words & people.sums.titles
        ends = offices | {short for short, full in ABBREVIATIONS.items() if full.split(" ")[-1] in offices}
        cues = sorted(f"{end.capitalize()}{stop} " for end in ends for stop in ("", "."))
        self._offices = AhoCorasick(cues) if cues else None

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(spelling.casefold() for spelling in self._names.spellings)

    def find(self, folded: Folded, sightings: Iterable[Sighting]) -> frozenset[Slip]:
        """The slips in one text."""
        return frozenset(self._slips(folded.text, sightings))

    def _slips(self, text: str, sightings: Iterable[Sighting]) -> Iterator[Slip]:
        for sighting in sightings:
            is_part = sighting.after and self._names.names[sighting.spelling].is_part
            if is_part and (match := _FAMILY_NAME.match(text, sighting.end)):
                yield from self._judged(text, match.start(1), match[1])
        if self._offices is not None:
            for _, _, end in self._offices.find_matches_as_indexes(text, overlapping=True):
                if text[end : end + 1].isupper() and (words := after(text, end - 1).words):
                    yield from self._judged(text, end, words[0])

    def _judged(self, text: str, start: int, word: str) -> Iterator[Slip]:
        near = self._nearest(word)
        if not near:
            return
        beside = read_before(before(text, start), self._vocabulary)
        for family, key in near:
            person = self._people.get(key)
            assert person is not None
            if beside.forenames:
                known = person.beside(family)
                is_said = not all(map(is_initials, beside.forenames))
                if is_said and any(agree(beside.forenames, names) for names, _ in known):
                    yield Slip(word, key, family, True)
            elif beside.title and any(person.holds(beside.title[at:]) for at in range(len(beside.title))):
                yield Slip(word, key, family, False)

    def _nearest(self, word: str) -> tuple[tuple[str, RecordId], ...]:
        """The family names that are one edit from a word with a capital, which itself is neither a name nor a word."""
        found = self._near.get(word)
        if found is None:
            found = self._near[word] = tuple(self._search(word))
        return found

    def _search(self, word: str) -> Iterator[tuple[str, RecordId]]:
        lower = word.casefold()
        if len(word) < LONG or not word.isalpha() or not word[1:].islower():
            return
        if lower in self._known or self._vocabulary.sort(word) != "name":
            return
        # It brings fifty modules, which a small change mostly does without.
        from rapidfuzz.distance import DamerauLevenshtein

        for length in (len(word) - 1, len(word), len(word) + 1):
            for family, key in self._people.sums.families.get((lower[0], length), ()):
                if DamerauLevenshtein.distance(lower, family.casefold(), score_cutoff=1) == 1:
                    yield family, key


def agreed(slips: Iterable[Slip], is_named: Mapping[str, bool]) -> dict[str, RecordId]:
    """Whose name each misspelt word is, of all slips of a dossier.

    An office is enough only where no article names anybody as the record spells it: two people of one office
    may well have names that are a letter apart.

    Args:
        is_named: Whether the articles hold each family name.
    """
    meant: dict[str, set[RecordId]] = defaultdict(set)
    for slip in slips:
        if slip.by_forenames or not is_named[slip.name]:
            meant[slip.word].add(slip.key)
    return {word: next(iter(keys)) for word, keys in sorted(meant.items()) if len(keys) == 1}


class Respelt:
    """Finds misspelt names once it is known whose they are.

    Attributes:
        forms: What each misspelt name means, in the order of their numbers.
    """

    def __init__(self, meant: Mapping[str, RecordId], first: int) -> None:
        self.forms: Mapping[str, Name] = {
            form: Name(short=(key,)) for word, key in meant.items() for form in (word, word.upper())
        }
        self._names = tuple(self.forms.values())
        self._first = first
        self._automaton = AhoCorasick(tuple(self.forms)) if self.forms else None

    def add(self, read: Text, parts: Parts) -> list[Sighting]:
        """The sightings of a text with those of misspelt names among them."""
        text, sightings = read.folded.text, read.sightings
        if self._automaton is None:
            return sightings
        more = [
            Sighting(
                start,
                end,
                self._first + index,
                parts.before(text, start, end, self._names[index], read.language),
                *parts.after(text, end, self._names[index], read.language),
            )
            for index, start, end in self._automaton.find_matches_as_indexes(text)
            if read.boundaries.is_whole(start, end)
            and not any(s.start < end and s.end > start for s in sightings)
        ]
        return sorted((*sightings, *more)) if more else sightings
