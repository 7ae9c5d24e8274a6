"""Names that mean more than one record, and ids that were others' before."""

from collections.abc import Iterator
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
    source: Source

    @property
    def where(self) -> SourcePosition:
        return self.source.at(self.path, self.text)

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
    for same in _by_key(_names(dossier, _NAME_FIELDS)).values():
        first = same[0]
        reported = {first.record.id}
        for name in same[1:]:
            if name.record.id not in reported:
                reported.add(name.record.id)
                message = f"{shown(name.text)} is a name of {first.owner} too"
                hint = f"there at {first.where}; tell them apart, or make it a short form of both"
                yield Problem(name.where, "shared-name", message, name.text, hint, severity=Severity.WARNING)


def shadowed_short_forms(dossier: Dossier) -> Iterator[Problem]:
    """A short form of one record is no full name of another, which would win it everywhere."""
    full = _by_key(_names(dossier, _NAME_FIELDS))
    for name in _names(dossier, ("short",)):
        others = [other for other in full.get(name.key, ()) if other.record.id != name.record.id]
        if others:
            message = f"short form {shown(name.text)} is a full name of {others[0].owner}"
            hint = f"there at {others[0].where}; texts that say it mean that one"
            yield Problem(name.where, "short-is-full", message, name.text, hint, severity=Severity.WARNING)


def repeated_names(dossier: Dossier) -> Iterator[Problem]:
    """A record gives a name once; in each language it may be spelled as it is elsewhere."""
    by_record: dict[tuple[RecordId, str, str], _Name] = {}
    for name in _names(dossier, (*_NAME_FIELDS, "short")):
        first = by_record.setdefault((name.record.id, name.language, name.text), name)
        if first is not name:
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


NAME_RULES = (shared_names, shadowed_short_forms, repeated_names, former_ids)


def _names(dossier: Dossier, fields: tuple[str, ...]) -> Iterator[_Name]:
    """The names in some fields of all records that texts may name, in the order of their places."""
    found = [
        _Name(text, record, path, source_of(dossier, record.id))
        for record in dossier.records.values()
        if record.kind_of in NAMED_KINDS
        for field in fields
        for path, text in _texts(record, field)
    ]
    yield from sorted(found, key=lambda name: (name.source.at(name.path), name.text))


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


def _by_key(names: Iterator[_Name]) -> dict[str, list[_Name]]:
    found: dict[str, list[_Name]] = {}
    for name in names:
        found.setdefault(name.key, []).append(name)
    return found
