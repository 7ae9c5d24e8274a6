"""Every marked value of a dossier, with its place."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.model.dossier import Dossier
from generator.model.evidence import Evidence, Locator
from generator.model.fields import EvidenceMark, Mark, Part, Path, ProseMark, walk
from generator.model.ids import RecordId
from generator.model.prose import Citation, parts_of
from generator.model.source import Source
from generator.support.problems import SourcePosition

# The id under which `dossier.yml` has its source.
SETTINGS = RecordId("")
_NOWHERE = Source("seeds", {})


class Value(NamedTuple):
    """A value of a record, or of `dossier.yml`, with the mark that says what it is."""

    owner: RecordId
    path: Path
    mark: Mark
    value: Any
    source: Source

    def at(self, needle: str = "") -> SourcePosition:
        """Its place, or that of a text inside it."""
        return self.source.at(self.path, needle)


class Cited(NamedTuple):
    """Paragraphs that a record cites, in its evidence or in its prose.

    Attributes:
        locator: Which.
        evidence: The evidence, with its quote; absent for a citation in prose.
        written: The reference as written.
    """

    value: Value
    locator: Locator
    written: str
    evidence: Evidence | None = None

    @property
    def where(self) -> SourcePosition:
        """The place of the reference."""
        path = (*self.value.path, "at") if self.evidence else self.value.path
        return self.value.source.at(path, self.written)


def source_of(dossier: Dossier, key: RecordId) -> Source:
    """Where a record was written; a record that no file holds is nowhere in particular."""
    return dossier.sources.get(key, _NOWHERE)


def values(dossier: Dossier, *marks: type[Mark]) -> Iterator[Value]:
    """All values with one of the marks, those of `dossier.yml` first."""
    owners: list[tuple[RecordId, Part]] = [(SETTINGS, dossier.settings), *dossier.records.items()]
    for owner, record in owners:
        source = source_of(dossier, owner)
        for path, mark, value in walk(record):
            if isinstance(mark, marks):
                yield Value(owner, path, mark, value, source)


def cited(dossier: Dossier) -> Iterator[Cited]:
    """All paragraphs that records cite."""
    for value in values(dossier, EvidenceMark, ProseMark):
        if isinstance(value.value, Evidence):
            yield Cited(value, value.value.at, str(value.value.at), value.value)
            continue
        for citation in parts_of(value.value, Citation):
            written = citation.source[1:-1].split(";")
            for locator, text in zip(citation.locators, written, strict=True):
                yield Cited(value, locator, text.strip())
