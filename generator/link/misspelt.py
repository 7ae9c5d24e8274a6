"""Family names that articles misspell: one letter away from the records' spelling."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from generator.folding import Folded
from generator.link.agreement import agree
from generator.link.beside import after, before, is_initials
from generator.link.corpus import ScannedText
from generator.link.names import NameMeaning, Names
from generator.link.parts import Parts
from generator.link.people import LONG, Families, People, PeopleIndex
from generator.link.titles import ABBREVIATIONS
from generator.link.usage import Candidate, Vocabulary, read_before
from generator.model.ids import RecordId

# The word after a forename, and after initials.
_FAMILY_NAME = re.compile(r"(?: [A-Z]\.)* ([^\W\d_]+)")


class Misspelling(NamedTuple):
    """A word that is one letter from a person's family name, and has that person's forenames or office before it.

    Attributes:
        word: As the text spells it.
        key: The person.
        name: The family name as the record spells it.
        by_forenames: Whether the person's forenames are before it; else an office of theirs is.
    """

    word: str
    key: RecordId
    name: str
    by_forenames: bool


class MisspellingFinder:
    """Finds family names that are misspelt: an edit away from a person's, after forenames or an office of theirs."""

    def __init__(self, names: Names, people: People, index: PeopleIndex, vocabulary: Vocabulary) -> None:
        self._names = names
        self._people = people
        self._families = index.families
        self._vocabulary = vocabulary
        self._near: dict[str, tuple[tuple[str, RecordId], ...]] = {}
        cues = office_cues(index)
        self._offices = AhoCorasick(sorted(cues)) if cues else None

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(spelling.casefold() for spelling in self._names.spellings)

    def find(self, folded: Folded, candidates: Iterable[Candidate]) -> frozenset[Misspelling]:
        """The misspellings in a text."""
        return frozenset(self._misspellings(folded.text, candidates))

    def _misspellings(self, text: str, candidates: Iterable[Candidate]) -> Iterator[Misspelling]:
        for candidate in candidates:
            is_part = candidate.after and self._names.names[candidate.spelling].is_part
            if is_part and (match := _FAMILY_NAME.match(text, candidate.end)):
                yield from self._matches(text, match.start(1), match[1])
        if self._offices is not None:
            for _, _, end in self._offices.find_matches_as_indexes(text, overlapping=True):
                if text[end : end + 1].isupper() and (words := after(text, end - 1).words):
                    yield from self._matches(text, end, words[0])

    def _matches(self, text: str, start: int, word: str) -> Iterator[Misspelling]:
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
                    yield Misspelling(word, key, family, True)
            elif beside.title and any(person.holds(beside.title[at:]) for at in range(len(beside.title))):
                yield Misspelling(word, key, family, False)

    def _nearest(self, word: str) -> tuple[tuple[str, RecordId], ...]:
        """The family names that are one edit from a word with a capital that is neither a name nor an ordinary word."""
        found = self._near.get(word)
        if found is None:
            found = self._near[word] = tuple(self._search(word))
        return found

    def _search(self, word: str) -> Iterator[tuple[str, RecordId]]:
        if not is_like_family(word):
            return iter(())
        # The word is classified first, so that the vocabulary has all words that may be misspelt names.
        is_known = self._vocabulary.classify(word) != "name" or word.casefold() in self._known
        return iter(()) if is_known else near_families(word, self._families)


def office_cues(index: PeopleIndex) -> frozenset[str]:
    """The texts right before a name that follows an office: the last word of the office and a space."""
    offices = index.office_words.keys() & index.titles
    ends = offices | {short for short, full in ABBREVIATIONS.items() if full.split(" ")[-1] in offices}
    return frozenset(f"{end.capitalize()}{stop} " for end in ends for stop in ("", "."))


def is_like_family(word: str) -> bool:
    """Whether a word may be a misspelt family name: it is long enough, and only its first letter is a capital."""
    return len(word) >= LONG and word.isalpha() and word[1:].islower()


def near_families(word: str, families: Families) -> Iterator[tuple[str, RecordId]]:
    """The family names that are one edit from a word and have its first letter, with their bearers."""
    lower = word.casefold()
    near = [each for length in (-1, 0, 1) for each in families.get((lower[0], len(word) + length), ())]
    if near:
        # Importing it loads fifty modules, which a small change rarely needs.
        from rapidfuzz.distance import DamerauLevenshtein

        for family, key in near:
            if DamerauLevenshtein.distance(lower, family.casefold(), score_cutoff=1) == 1:
                yield family, key


def resolved(misspellings: Iterable[Misspelling], spelled_right: Collection[str]) -> dict[str, RecordId]:
    """The person whose name each misspelt word is, by all misspellings of a dossier.

    An office before the word is enough only if no article has the name as the record spells it: two people of one
    office may well have names that are a letter apart.

    Args:
        spelled_right: The family names that some article has as the record spells them.
    """
    meant: dict[str, set[RecordId]] = defaultdict(set)
    for misspelling in misspellings:
        if misspelling.by_forenames or misspelling.name not in spelled_right:
            meant[misspelling.word].add(misspelling.key)
    return {word: next(iter(keys)) for word, keys in sorted(meant.items()) if len(keys) == 1}


class MisspeltNames:
    """Finds misspelt names in texts once it is known whose they are.

    Attributes:
        forms: The meaning of each misspelt name, in the order of the numbers of their spellings.
    """

    def __init__(self, meant: Mapping[str, RecordId], first: int) -> None:
        self.forms: Mapping[str, NameMeaning] = {
            form: NameMeaning(short=(key,)) for word, key in meant.items() for form in (word, word.upper())
        }
        self._names = tuple(self.forms.values())
        self._first = first
        self._automaton = AhoCorasick(tuple(self.forms)) if self.forms else None

    def add(self, read: ScannedText, parts: Parts) -> list[Candidate]:
        """The candidates of a text, those of misspelt names included."""
        text, candidates = read.folded.text, read.candidates
        if self._automaton is None:
            return candidates
        more = [
            Candidate(
                start,
                end,
                self._first + index,
                parts.before(text, start, end, self._names[index], read.language),
                *parts.after(text, end, self._names[index], read.language),
            )
            for index, start, end in self._automaton.find_matches_as_indexes(text)
            if read.boundaries.is_whole(start, end)
            and not any(s.start < end and s.end > start for s in candidates)
        ]
        return sorted((*candidates, *more)) if more else candidates
