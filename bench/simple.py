"""The baseline for linking names: full names, and short forms that belong to only one record."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ahocorasick_rs import AhoCorasick

from generator.model.dossier import Dossier
from generator.model.kinds import NAMED_KINDS


class SimpleWay:
    """Finds spellings that belong to only one record, as whole words, the longest first, without any context."""

    def __init__(self, dossier: Dossier) -> None:
        full: Mapping[str, set[str]] = defaultdict(set)
        short: Mapping[str, set[str]] = defaultdict(set)
        for key, record in dossier.records.items():
            if record.kind_of in NAMED_KINDS:
                for names, found in ((record.names, full), (record.short_names, short)):
                    for name in names:
                        found[name].add(key)
                        found[name.upper()].add(key)
        meant = {s: keys for s, keys in short.items() if len(keys) == 1} | {
            s: keys for s, keys in full.items() if len(keys) == 1
        }
        self._spellings = sorted(meant)
        self._meant = [next(iter(meant[spelling])) for spelling in self._spellings]
        self._automaton = AhoCorasick(self._spellings)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The beginning and end of each name, and the record that it means."""
        size = len(text)
        found = [
            (start, end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if (not start or not text[start - 1].isalnum()) and (end == size or not text[end].isalnum())
        ]
        done = 0
        for start, end, index in sorted(found, key=lambda f: (f[0], -f[1])):
            if start >= done:
                yield start, end, self._meant[index]
                done = end
