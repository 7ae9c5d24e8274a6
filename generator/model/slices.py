"""Records that note what is read of them, apart: what others show of one, its other names, its prose, the rest, a body.

So a page that merely names a person need not be made anew when the person's summary changes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any, TypeVar, overload

from generator.model.actors import Organization, Person
from generator.model.article import Article, Paragraph
from generator.model.claims import Issue
from generator.model.dossier import Dossier
from generator.model.happenings import Document, Event, Place
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import REST, Record
from generator.model.source import Source
from generator.state.lazy import LazyMapping
from generator.state.traces import Dependency, DependencyRecorder, TrackedMapping

R = TypeVar("R", bound=Record)

# What is noted of a record under its id.
HEAD, NAMES, TEXT, WHOLE = "head", "other names", "text", "whole"
BODY, LENGTH, PARAGRAPH = "body", "length", "paragraph"
# Of a record all that is not an article's body.
OF_FIELDS = frozenset({HEAD, NAMES, TEXT, WHOLE})
# Of an article what is no more than its body.
OF_BODY = frozenset({BODY, LENGTH, PARAGRAPH})
PLACE, DECLARED, ORIGINAL = "place", "declared", "original"
# That something may stand elsewhere in a record, which only those note who say where.
MARK = "mark"
# Of all records what bodies and prose say, and where things stand.
OF_TEXTS = OF_BODY | {TEXT, MARK, PLACE}
_ALL_KINDS = "record"
_BODY_FIELDS = frozenset({"paragraphs"})
# By which texts call it otherwise: read wherever names are told apart, of which most of the rest tells nothing. And
# prose: what is most often changed, and shown on few pages but the record's own.
_PARTS = {"also": NAMES, "short": NAMES, "summary": TEXT, "asks": TEXT, "outcome": TEXT}
# What pages of others show of a record. Of the kinds that are not here it is all of it.
_HEADS: Mapping[type[Record], frozenset[str]] = {
    kind: frozenset({"id", "kind_of", *fields.split()})
    for kind, fields in (
        (Person, "name native"),
        (Organization, "name native kind part_of cite_as coordinates"),
        (Place, "name native kind part_of coordinates"),
        (Event, "title date kind"),
        (Document, "title date kind"),
        (Issue, "title short_title"),
        (Article, "title outlet authors published wire language original in_full"),
    )
}


def head_of(record: Record) -> Mapping[str, Any]:
    """What others show of a record, by field."""
    fields = _HEADS.get(type(record))
    if fields is None:
        return record.__dict__
    return {name: value for name, value in record.__dict__.items() if name in fields}


def rest_of(record: Record) -> Mapping[str, Mapping[str, Any]]:
    """What others do not show of it, without an article's body: by what is noted of it, then by field."""
    rest: dict[str, dict[str, Any]] = {NAMES: {}, TEXT: {}, WHOLE: {}}
    fields = _HEADS.get(type(record))
    if fields is not None:
        for name, value in record.__dict__.items():
            if name not in fields and name not in _BODY_FIELDS:
                rest[_PARTS.get(name, WHOLE)][name] = value
    return rest


def body_of(record: Record | None) -> tuple[Paragraph, ...]:
    """An article's paragraphs; none of other records."""
    return record.paragraphs if isinstance(record, Article) else ()


def changed(old: Record | None, new: Record | None, key: RecordId) -> set[Dependency]:
    """What differs between a record before and now."""
    if old is new or (old is None and new is None):
        return set()
    if old is None or new is None or type(old) is not type(new):
        longest = max((body_of(old), body_of(new)), key=len)
        return {
            *((name, key) for name in OF_FIELDS),
            (BODY, key),
            (LENGTH, key),
            *((PARAGRAPH, (key, at)) for at in range(len(longest))),
        }
    found: set[Dependency] = set()
    if head_of(old) != head_of(new):
        found.add((HEAD, key))
    both = rest_of(old), rest_of(new)
    found |= {(name, key) for name in both[0] if both[0][name] != both[1][name]}
    if body_of(old) != body_of(new):
        found.add((BODY, key))
        if len(body_of(old)) != len(body_of(new)):
            found.add((LENGTH, key))
        bodies = zip_longest(body_of(old), body_of(new))
        found |= {(PARAGRAPH, (key, at)) for at, (was, now) in enumerate(bodies) if _text(was) != _text(now)}
    return found


def _text(paragraph: Paragraph | None) -> str | None:
    # Where it stands in the file is nothing to a page.
    return paragraph.text if paragraph else None


class _Body(Sequence[Paragraph]):
    """The paragraphs of an article, each noted by itself where only some of them are read."""

    __slots__ = ("_key", "_notes", "_paragraphs")

    def __init__(
        self, recorder: DependencyRecorder, key: RecordId, paragraphs: tuple[Paragraph, ...]
    ) -> None:
        self._notes, self._key, self._paragraphs = recorder, key, paragraphs

    @overload
    def __getitem__(self, at: int) -> Paragraph: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Paragraph, ...]: ...
    def __getitem__(self, at: int | slice) -> Paragraph | tuple[Paragraph, ...]:
        if isinstance(at, slice):
            self._notes.nodes.add((BODY, self._key))
        else:
            self._notes.nodes.add((PARAGRAPH, (self._key, at)))
        return self._paragraphs[at]

    def __len__(self) -> int:
        self._notes.nodes.add((LENGTH, self._key))
        return len(self._paragraphs)

    def __iter__(self) -> Iterator[Paragraph]:
        self._notes.nodes.add((BODY, self._key))
        return iter(self._paragraphs)


class _Rest:
    """Of a face, where the values are that are noted when they are read."""

    __slots__ = ("record", "recorder")

    def __init__(self, recorder: DependencyRecorder, record: Record) -> None:
        self.recorder, self.record = recorder, record

    def __call__(self, name: str) -> Any:
        """A value that the face itself has not."""
        value = self.record.__dict__[name]
        if name in _BODY_FIELDS:
            return _Body(self.recorder, self.record.id, value)
        self.recorder.nodes.add((_PARTS.get(name, WHOLE), self.record.id))
        return value


def tracked_record(record: R, recorder: DependencyRecorder) -> R:
    """A record that records which of its parts are read, beyond its head."""
    fields = _HEADS.get(type(record))
    if fields is None:
        return record
    made = record.__class__.__new__(record.__class__)
    values = dict(head_of(record))
    values[REST] = _Rest(recorder, record)
    object.__setattr__(made, "__dict__", values)
    object.__setattr__(made, "__pydantic_fields_set__", record.__pydantic_fields_set__)
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


def tracked(dossier: Dossier, recorder: DependencyRecorder) -> Dossier:
    """The dossier, with each read of its records recorded; its settings and lock are not."""
    records = dossier.records
    tracked_records: Mapping[RecordId, Record] = LazyMapping(
        records, lambda key: tracked_record(records[key], recorder)
    )
    if isinstance(records, dict):
        # All are in memory, and most will be asked for, again and again.
        tracked_records = {key: tracked_record(record, recorder) for key, record in records.items()}
    kinds = {
        kind.section: TrackedMapping(
            recorder,
            HEAD,
            _of_section(tracked_records, getattr(dossier, kind.section)),
            whole=f"{HEAD} {kind.value}",
        )
        for kind in Kind
    }
    made = replace(
        dossier,
        sources=TrackedMapping(
            recorder, PLACE, LazyMapping(dossier.sources, lambda key: _place_of(dossier.sources[key]))
        ),
        declared=TrackedMapping(recorder, DECLARED, dossier.declared),
        originals=TrackedMapping(recorder, ORIGINAL, dossier.originals),
        **kinds,  # type: ignore[arg-type]
    )
    made.__dict__["records"] = TrackedMapping(recorder, HEAD, tracked_records, whole=f"{HEAD} {_ALL_KINDS}")
    return made


def _of_section(
    tracked_records: Mapping[RecordId, Record], keys: Iterable[RecordId]
) -> Mapping[RecordId, Record]:
    return (
        {key: tracked_records[key] for key in keys}
        if isinstance(tracked_records, dict)
        else LazyMapping(keys, tracked_records.__getitem__)
    )


def _place_of(source: Source) -> Source:
    """No more of where a record stands than its start."""
    return Source(source.file, {(): source.spans[()]})
