"""Whether an id is that of a record of the right kind, and which one was meant where it is not."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from generator.model.dossier import Dossier
from generator.model.ids import MAX_ID, RecordId
from generator.model.kinds import NAMED_KINDS, Kind
from generator.support.problems import Problem, SourcePosition, did_you_mean, shown

# Searching for similar ids takes time, and so many wrong ids are one mistake made many times.
_MAX_SUGGESTIONS = 500


class Ids:
    """The ids of a dossier, as those who refer to them may have misspelled them."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._suggested = 0

    def wrong(self, key: str, kinds: tuple[Kind, ...], where: SourcePosition) -> Iterator[Problem]:
        """What is wrong with a reference to a record of one of these kinds.

        A record that could not be read is reported where it stands, and not wherever it is named.
        """
        kind = self._dossier.declared.get(RecordId(key))
        if kind is None:
            wanted = "record" if set(kinds) >= set(NAMED_KINDS) else " or ".join(kinds)
            message = f"no {wanted} {shown(key, MAX_ID)}"
            yield Problem(where, "unknown-reference", message, key, self.suggestion(key, kinds))
        elif kind not in kinds:
            message = f"{shown(key, MAX_ID)} is {kind.one}, not {_listed(kinds)}"
            yield Problem(where, "wrong-kind", message, key)

    def suggestion(self, key: str, kinds: tuple[Kind, ...]) -> str:
        """The id that was meant: the present one of a record that had it, or else one that is alike or has that name."""
        if now := self._by_former_id.get(RecordId(key)):
            kind = self._dossier.declared[now]
            return f"it is {now!r} now" if kind in kinds else f"it is {now!r} now, {kind.one}"
        self._suggested += 1
        if self._suggested > _MAX_SUGGESTIONS:
            return ""
        for known in self._by_name.get(" ".join(key.casefold().split()), ()):
            if self._dossier.declared[known] in kinds:
                return f"did you mean {known!r}?"
        return did_you_mean(key, (known for kind in kinds for known in self._by_kind[kind]))

    @cached_property
    def _by_kind(self) -> defaultdict[Kind, list[RecordId]]:
        found = defaultdict(list)
        for key, kind in self._dossier.declared.items():
            found[kind].append(key)
        return found

    @cached_property
    def _by_former_id(self) -> dict[RecordId, RecordId]:
        return {old: key for key, record in self._dossier.records.items() for old in record.formerly}

    @cached_property
    def _by_name(self) -> defaultdict[str, list[RecordId]]:
        found = defaultdict(list)
        for key, record in self._dossier.records.items():
            for name in record.names:
                found[name.casefold()].append(key)
        return found


def _listed(kinds: tuple[Kind, ...]) -> str:
    """The kinds in words: a person, place or event."""
    *inner, last = (kinds[0].one, *kinds[1:])
    return f"{', '.join(inner)} or {last}" if inner else last
