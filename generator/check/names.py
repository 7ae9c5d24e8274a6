"""Names that mean more than one record, and ids that were others' before."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import NamedTuple

from generator.check.values import source_of
from generator.folding import fold
from generator.model.dossier import Dossier
from generator.model.fields import Path
from generator.model.ids import RecordId, id_error
from generator.model.kinds import NAMED_KINDS
from generator.model.record import Record
from generator.model.source import Source
from generator.support.problems import Problem, Severity, SourcePosition, shown

_NAME_FIELDS = ("name", "title", "also", "native")


class _Name(NamedTuple):
    """A name as a record gives it."""

    text: str
    record: Record
    path: Path
    dossier: Dossier

    @property
    def where(self) -> SourcePosition:
        return self.source.at(self.path, self.text)

    @property
    def place(self) -> tuple[SourcePosition, str]:
        """The position, by which names are sorted."""
        return self.source.at(self.path), self.text

    @property
    def source(self) -> Source:
        return source_of(self.dossier, self.record.id)

    @property
    def field(self) -> str:
        return str(self.path[0])

    @property
    def language(self) -> str:
        """The tag of the language in which it is a native name; empty for other names."""
        return str(self.path[1]) if self.field == "native" else ""

    @property
    def key(self) -> str:
        """What names that are read as the same have in common."""
        return fold(self.text).text.strip().casefold()

    @property
    def owner(self) -> str:
        return f"{self.record.kind_of} {self.record.id!r}"


def shared_names(dossier: Dossier) -> Iterator[Problem]:
    """A full name means one record; a text that says it could not be linked otherwise."""
    for first, *others in _alike(_names(dossier, _NAME_FIELDS), lambda name: name.key):
        reported = {first.record.id}
        for name in others:
            if name.record.id not in reported:
                reported.add(name.record.id)
                message = f"{shown(name.text)} is a name of {first.owner} too"
                hint = f"there at {first.where}; tell them apart, or make it a short form of both"
                yield Problem(name.where, "shared-name", message, name.text, hint, severity=Severity.WARNING)


def shadowed_short_forms(dossier: Dossier) -> Iterator[Problem]:
    """A short form of one record is no full name of another, which would win it everywhere."""
    short = _by_key(_names(dossier, ("short",)), lambda name: name.key)
    full = (name for name in _names(dossier, _NAME_FIELDS) if name.key in short)
    for key, same in _by_key(full, lambda name: name.key).items():
        for name in short[key]:
            others = [other for other in same if other.record.id != name.record.id]
            if not others:
                continue
            other = min(others, key=lambda name: name.place)
            message = f"short form {shown(name.text)} is a full name of {other.owner}"
            hint = f"there at {other.where}; texts that say it mean that one"
            yield Problem(name.where, "short-is-full", message, name.text, hint, severity=Severity.WARNING)


def repeated_names(dossier: Dossier) -> Iterator[Problem]:
    """A record gives a name once; in each language it may be spelled as it is elsewhere."""
    names = _names(dossier, (*_NAME_FIELDS, "short"))
    for first, *others in _alike(names, lambda name: (name.record.id, name.language, name.text)):
        for name in others:
            message = f"{shown(name.text)} is given twice"
            hint = f"first as {first.field} at {first.where}"
            yield Problem(name.where, "repeated-name", message, name.text, hint, severity=Severity.WARNING)


def former_ids(dossier: Dossier) -> Iterator[Problem]:
    """An id that a record had before is an id, is no other's now, and was no other's."""
    claimed: dict[str, tuple[RecordId, SourcePosition]] = {}
    for key, record in dossier.records.items():
        for index, former in enumerate(record.formerly):
            where = source_of(dossier, key).at(("formerly", index), former)
            if error := id_error(former):
                yield Problem(where, "bad-id", f"{shown(former)} {error}", former)
            elif former in dossier.declared:
                message = f"{shown(former)} is the id of {dossier.declared[former].one} now"
                yield Problem(
                    where, "former-id", message, former, "a page that is there cannot lead elsewhere"
                )
            elif former in claimed:
                other, place = claimed[former]
                message = f"{shown(former)} is a former id of {shown(other)} too"
                yield Problem(where, "former-id", message, former, f"there at {place}")
            else:
                claimed[former] = (key, where)


NAME_RULES = (shared_names, shadowed_short_forms, repeated_names)
FORMER_ID_RULES = (former_ids,)


def _names(dossier: Dossier, fields: tuple[str, ...]) -> Iterator[_Name]:
    """The names in some fields of all records that texts may name."""
    for record in dossier.records.values():
        if record.kind_of in NAMED_KINDS:
            for field in fields:
                for path, text in _texts(record, field):
                    yield _Name(text, record, path, dossier)


def _texts(record: Record, field: str) -> Iterator[tuple[Path, str]]:
    value = getattr(record, field, None)
    if isinstance(value, str):
        yield (field,), value
    elif isinstance(value, tuple):
        yield from (((field, index), text) for index, text in enumerate(value))
    elif isinstance(value, dict):
        yield from (
            ((field, key, index), text) for key, texts in value.items() for index, text in enumerate(texts)
        )


def _by_key(names: Iterable[_Name], key: Callable[[_Name], Hashable]) -> dict[Hashable, list[_Name]]:
    found: dict[Hashable, list[_Name]] = defaultdict(list)
    for name in names:
        found[key(name)].append(name)
    return found


def _alike(names: Iterable[_Name], key: Callable[[_Name], Hashable]) -> Iterator[list[_Name]]:
    """Those of some names that have a key in common with others, in the order of their places."""
    for same in _by_key(names, key).values():
        if len(same) > 1:
            yield sorted(same, key=lambda name: name.place)
