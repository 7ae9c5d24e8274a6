"""Records in slices, so that a page depends on the parts of a record that it reads and not on the rest.

    head    what pages of others show of a record: its name or title, its date
    names   its other names, by which texts call it
    text    its prose
    whole   all other fields
    body    the paragraphs of an article; a page that reads one paragraph depends on that `paragraph` only

For example, a page that links to a person reads the person's head, and is kept when the person's summary changes.
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
from generator.model.story import Story
from generator.state.lazy import LazyMapping
from generator.state.traces import Dependency, DependencyRecorder, TrackedMapping

R = TypeVar("R", bound=Record)

# The names of the slices in dependencies; the key is a record's id.
HEAD, NAMES, TEXT, WHOLE, BODY = "head", "names", "text", "whole", "body"
# One paragraph of a body; the key is the article's id and the index of the paragraph.
PARAGRAPH = "paragraph"
OF_BODY = frozenset({BODY, PARAGRAPH})
# All slices but the body.
OF_FIELDS = frozenset({HEAD, NAMES, TEXT, WHOLE})
# In dependencies on the heads of all records, of all articles, of all people.
RECORDS, ARTICLES, PEOPLE = "head record", f"head {Kind.ARTICLE.value}", f"head {Kind.PERSON.value}"
# Of records: the file and line, the kind, the original. And the position of something in a record, which only checks
# and links of prose report.
PLACE, DECLARED, ORIGINAL, MARK = "place", "declared", "original", "mark"
# What differs where only texts do.
OF_TEXTS = OF_BODY | {TEXT, MARK, PLACE}
# The slices of fields that are in no head; all other fields are in the last one.
_SLICES = {
    "also": NAMES,
    "short": NAMES,
    "summary": TEXT,
    "asks": TEXT,
    "outcome": TEXT,
    "steps": TEXT,
    "paragraphs": BODY,
}
# The fields of each kind's head. Of kinds that are not here it is the whole record.
_HEADS: Mapping[type[Record], frozenset[str]] = {
    kind: frozenset({"id", "kind_of", *fields.split()})
    for kind, fields in (
        (Person, "name native"),
        (Organization, "name native kind part_of cite_as coordinates"),
        (Place, "name native kind part_of coordinates"),
        (Event, "title date kind"),
        (Document, "title date kind"),
        (Issue, "title short_title"),
        (Story, "title"),
        (Article, "title outlet authors published wire language original in_full"),
    )
}


def head_of(record: Record) -> Mapping[str, Any]:
    """The head of a record, by field."""
    fields = _HEADS.get(type(record))
    if fields is None:
        return record.__dict__
    return {name: value for name, value in record.__dict__.items() if name in fields}


def slices_of(record: Record | None) -> Mapping[str, Mapping[str, Any]]:
    """The fields of a record by slice; none of no record."""
    if record is None:
        return {}
    found: dict[str, dict[str, Any]] = {name: {} for name in (HEAD, NAMES, TEXT, WHOLE, BODY)}
    fields = _HEADS.get(type(record))
    for name, value in record.__dict__.items():
        is_head = fields is None or name in fields
        found[HEAD if is_head else _SLICES.get(name, WHOLE)][name] = value
    return found


def changed(old: Record | None, new: Record | None, key: RecordId) -> set[Dependency]:
    """The slices in which two versions of a record differ; all if it is new, gone, or of another kind."""
    if old is new:
        return set()
    was, now = slices_of(old), slices_of(new)
    is_other = type(old) is not type(new)
    found = {(name, key) for name in {*was, *now} if is_other or was[name] != now[name]}
    bodies = zip_longest(_texts(old), _texts(new))
    return found | {(PARAGRAPH, (key, at)) for at, (before, after) in enumerate(bodies) if before != after}


def _texts(record: Record | None) -> Iterator[str]:
    """The texts of an article's paragraphs; a page that quotes one does not depend on its line in the file."""
    return (paragraph.text for paragraph in (record.paragraphs if isinstance(record, Article) else ()))


class _Body(Sequence[Paragraph]):
    """The paragraphs of an article, each of which is recorded by itself if it is read by its index."""

    __slots__ = ("_key", "_paragraphs", "_recorder")

    def __init__(
        self, recorder: DependencyRecorder, key: RecordId, paragraphs: tuple[Paragraph, ...]
    ) -> None:
        self._recorder, self._key, self._paragraphs = recorder, key, paragraphs

    @overload
    def __getitem__(self, at: int) -> Paragraph: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Paragraph, ...]: ...
    def __getitem__(self, at: int | slice) -> Paragraph | tuple[Paragraph, ...]:
        read = (BODY, self._key) if isinstance(at, slice) else (PARAGRAPH, (self._key, at))
        self._recorder.nodes.add(read)
        return self._paragraphs[at]

    def __len__(self) -> int:
        self._recorder.nodes.add((BODY, self._key))
        return len(self._paragraphs)

    def __iter__(self) -> Iterator[Paragraph]:
        self._recorder.nodes.add((BODY, self._key))
        return iter(self._paragraphs)


class _Rest:
    """The fields of a tracked record beyond its head."""

    __slots__ = ("record", "recorder")

    def __init__(self, recorder: DependencyRecorder, record: Record) -> None:
        self.recorder, self.record = recorder, record

    def __call__(self, name: str) -> Any:
        """The value of a field, whose slice is recorded as read."""
        value = self.record.__dict__[name]
        if name == "paragraphs":
            return _Body(self.recorder, self.record.id, value)
        self.recorder.nodes.add((_SLICES.get(name, WHOLE), self.record.id))
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
    made.__dict__["records"] = TrackedMapping(recorder, HEAD, tracked_records, whole=RECORDS)
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
