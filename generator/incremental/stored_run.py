"""What one run leaves to the next, as tables.

A run is stored in parts. A part is a class, of which each field is stored by itself: a field annotated as `Mapping` is a
table, of which the next run reads the keys that it asks for; any other field is a table with one value. For example
`links.mentions` is the field `mentions` of `Links`, and is decoded by its annotation. The files of the seeds are stored
apart, each record by itself.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin, get_type_hints, overload

from generator.edition import Edition
from generator.edition.derived import derived
from generator.incremental.checking import CheckState
from generator.link import DOSSIER, Links, LinkState
from generator.load import dossier as loading
from generator.load.records import RECORD_TYPES
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.history import History
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.model.source import Source
from generator.pages.book import Target
from generator.state.database import Damaged
from generator.state.encoding import EncodingError, decode, encode
from generator.state.lazy import LazyMapping, with_others
from generator.state.traces import Dependency
from generator.support.problems import Problem

if TYPE_CHECKING:
    Numbers = array[int]
else:
    Numbers = array


class PageInfo(NamedTuple):
    """A page of the tree.

    Attributes:
        digest: Of the file's bytes.
        label: The word over its title.
    """

    path: str
    digest: str
    title: str
    label: str


class Inputs(NamedTuple):
    """What everything depends on that is no file of the seeds; real paths, relative to the dossier."""

    originals: tuple[str, ...]
    docs: str
    history: bytes


@dataclass
class Manifest:
    """What is needed to see that nothing changed since a run.

    Attributes:
        unread: The files of the seeds that could not be read.
        state: A digest of all that pages, search and feed are made of.
        places: Where originals can be, relative to the dossier, each with the digest of the file.
        pages: The digest of each page's file, by its path.
    """

    inputs: Inputs
    found: loading.SeedListing
    unread: frozenset[str]
    state: str
    places: Mapping[str, str]
    pages: Mapping[str, str]
    problems: tuple[Problem, ...]
    title: str
    records: int
    mentions: int


class DossierIndex(NamedTuple):
    """The records of a dossier, and where they are.

    Attributes:
        places: The file of each record, and its number among the records of that file.
        kinds: The kind of each.
        sections: The ids of each section in order.
        unreadable: The problems of the files.
    """

    places: dict[RecordId, tuple[str, int]]
    kinds: Mapping[RecordId, Kind]
    sections: dict[str, tuple[RecordId, ...]]
    unreadable: tuple[Problem, ...]

    @classmethod
    def from_files(
        cls,
        dossier: Dossier,
        files: Mapping[str, loading.SeedFile],
        unreadable: tuple[Problem, ...],
    ) -> "DossierIndex":
        """The index of a dossier that was assembled from files."""
        places = {
            entry.key: (name, at) for name, file in files.items() for at, entry in enumerate(file.entries)
        }
        sections = {kind.section: tuple(getattr(dossier, kind.section)) for kind in Kind}
        return cls(places, dossier.declared, sections, unreadable)


@dataclass
class Traces:
    """What each target made, and what it read.

    Attributes:
        made: The paths of the pages of each target.
        readers: The numbers of the targets that read each dependency, or did at some time since all were made.
        numbers: The number of each target.
        read: A digest of the dependencies that each target read when it was made last.
    """

    made: dict[Target, tuple[str, ...]]
    readers: Mapping[Dependency, Numbers]
    numbers: dict[Target, int]
    read: Mapping[Target, bytes]


class Results(NamedTuple):
    """What a run found beside links, checks and traces.

    Attributes:
        dossier: The dossier without records, and without the words of originals.
        reads: The names of the mappings that each derived value read.
        digests: Those of the files of the seeds.
        pages: The pages by path.
        searched: The digest of what is searched of each record.
    """

    manifest: Manifest
    records: DossierIndex
    dossier: Dossier
    history: History
    reads: dict[str, frozenset[str]]
    digests: Mapping[str, str]
    pages: Mapping[str, PageInfo]
    searched: Mapping[RecordId, bytes]


# The classes of the parts; the types of their fields are those of the tables.
_PARTS: Mapping[str, type] = {
    "run": Results,
    "links": Links,
    "linking": LinkState,
    "checks": CheckState,
    "traces": Traces,
}
_RECORD_TYPES: Mapping[Kind, type[Record]] = {Kind.ARTICLE: Article, **RECORD_TYPES}
# The tables of the files of the seeds: keys and values.
_FILES: Mapping[str, tuple[Any, Any]] = {
    "files.files": (str, tuple[loading.SeedFile, int]),
    "files.entries": (tuple[str, int], loading.Entry),
    # A run that reads one record needs none of the others of its file.
    "files.records": (tuple[str, int], tuple[Kind, bytes]),
    "files.lines": (str, tuple[str, ...]),
}
_DERIVED = "derived"
# The key in a table with one value.
_ONE = ""
# Tables whose order does not matter.
UNORDERED = ("traces.readers", "traces.read", "run.digests", "run.pages", "run.searched", "checks.sketches")


@cache
def _fields(part: str) -> Mapping[str, Any]:
    return get_type_hints(_PARTS[part])


# The tables that every run leaves.
REQUIRED = _FILES.keys() | {f"{part}.{name}" for part in _PARTS for name in _fields(part)}


def types_of(table: str) -> tuple[Any, Any]:
    """The types of the keys and values of a table."""
    if table in _FILES:
        return _FILES[table]
    part, _, name = table.partition(".")
    if part == _DERIVED:
        value: derived[Any] = getattr(Edition, name)
        hint = value.value_type
    else:
        hint = _fields(part)[name]
    return get_args(hint) if _is_mapping(hint) else (str, hint)


def _is_mapping(hint: Any) -> bool:
    return get_origin(hint) is Mapping


def _table(hint: Any, value: Any) -> Mapping[Any, Any]:
    return value if _is_mapping(hint) else {_ONE: value}


@dataclass(frozen=True)
class FinishedRun:
    """What a run found.

    Attributes:
        files: The files of the seeds that it read.
        gone: Those that are no more.
        derived: The derived values that it computed.
        taken: The names of those of the run before that still hold.
    """

    results: Results
    dossier: Dossier
    links: Links
    linking: LinkState
    checks: CheckState
    traces: Traces
    files: Mapping[str, loading.SeedFile]
    gone: frozenset[str]
    derived: Mapping[str, Any]
    taken: Iterable[str]
    before: "PreviousRun | None"

    def edition(self) -> Edition:
        """The edition that its pages were made from."""
        old = self.before.derived if self.before else {}
        known = LazyMapping(
            [*self.derived, *self.taken],
            lambda name: self.derived[name] if name in self.derived else old[name],
        )
        return Edition(self.dossier, self.links, self.results.history, known=known)

    def tables(self) -> dict[str, Mapping[Any, Any]]:
        """All that the next run reads; what did not change is that of the run before."""
        before = self.before.tables if self.before else {}
        parts = {
            "run": self.results,
            "links": self.links,
            "linking": self.linking,
            "checks": self.checks,
            "traces": self.traces,
        }
        found = _tables_of_files(self.files, self.gone, before)
        for part, value in parts.items():
            for name, hint in _fields(part).items():
                found[f"{part}.{name}"] = _table(hint, getattr(value, name))
        for name, value in self.derived.items():
            found[f"{_DERIVED}.{name}"] = _table(getattr(Edition, name).value_type, value)
        for name in self.taken:
            found[f"{_DERIVED}.{name}"] = before[f"{_DERIVED}.{name}"]
        return found


def _tables_of_files(
    read: Mapping[str, loading.SeedFile], gone: frozenset[str], before: Mapping[str, Mapping[Any, Any]]
) -> dict[str, Mapping[Any, Any]]:
    """The tables of files. Records that share a file share its lines, which are stored once."""
    files, entries, records, lines = {}, {}, {}, {}
    for name, file in read.items():
        files[name] = replace(file, entries=()), len(file.entries)
        is_shared = len(file.entries) > 1
        if is_shared:
            lines[name] = file.entries[0].source.lines
        for at, entry in enumerate(file.entries):
            source = replace(entry.source, lines=()) if is_shared else entry.source
            entries[name, at] = replace(entry, record=None, source=source)
            records[name, at] = entry.kind, encode(entry.record) if entry.record else b""
    old = before.get("files.files", {})
    replaced = {(name, at) for name in (*read, *gone) if name in old for at in range(old[name][1])}
    new: dict[str, tuple[Mapping[Any, Any], Iterable[Any]]] = {
        "files.files": (files, gone),
        "files.entries": (entries, replaced - entries.keys()),
        "files.records": (records, replaced - entries.keys()),
        "files.lines": (lines, {*gone, *(read.keys() - lines.keys())}),
    }
    return {table: with_others(before.get(table, {}), *of) for table, of in new.items()}


class _Lines(Sequence[str]):
    """The lines of a file, read when somebody asks for one."""

    def __init__(self, lines: Mapping[str, tuple[str, ...]], name: str) -> None:
        self._lines, self._name = lines, name

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        return self._lines[self._name][at]

    def __len__(self) -> int:
        return len(self._lines[self._name])


class PreviousRun:
    """The run before, read as it is asked for.

    Raises:
        Damaged: wherever something is asked for that is not as it was written.
    """

    def __init__(self, tables: Mapping[str, Mapping[Any, Any]]) -> None:
        self.tables = tables

    def _row(self, table: str, key: Any) -> Any:
        try:
            return self.tables[table][key]
        except KeyError:
            # A run leaves all of it; somebody else has left this.
            raise Damaged from None

    def _field(self, part: str, name: str) -> Any:
        table = f"{part}.{name}"
        return self.tables[table] if _is_mapping(_fields(part)[name]) else self._row(table, _ONE)

    def _part(self, part: str) -> Any:
        return _PARTS[part](**{name: self._field(part, name) for name in _fields(part)})

    @cached_property
    def manifest(self) -> Manifest:
        """What is needed to see that nothing changed."""
        found: Manifest = self._field("run", "manifest")
        return found

    @cached_property
    def index(self) -> DossierIndex:
        """Its records, and where they were."""
        found: DossierIndex = self._field("run", "records")
        return found

    @cached_property
    def history(self) -> History:
        """The history from version control."""
        found: History = self._field("run", "history")
        return found

    @cached_property
    def reads(self) -> Mapping[str, frozenset[str]]:
        """The names of the mappings that each derived value read."""
        found: Mapping[str, frozenset[str]] = self._field("run", "reads")
        return found

    @property
    def digests(self) -> Mapping[str, str]:
        """The digests of the files of the seeds."""
        return self.tables["run.digests"]

    @property
    def pages(self) -> Mapping[str, PageInfo]:
        """Its pages by path."""
        return self.tables["run.pages"]

    @property
    def searched(self) -> Mapping[RecordId, bytes]:
        """The digest of what was searched of each record."""
        return self.tables["run.searched"]

    @cached_property
    def links(self) -> Links:
        """Its links."""
        found: Links = self._part("links")
        return found

    @cached_property
    def linking(self) -> LinkState:
        """What the links rested on."""
        found: LinkState = self._part("linking")
        return found

    @cached_property
    def checks(self) -> CheckState:
        """The problems of its records."""
        found: CheckState = self._part("checks")
        return found

    @cached_property
    def traces(self) -> Traces:
        """What each target made and read."""
        found: Traces = self._part("traces")
        return found

    @cached_property
    def derived(self) -> Mapping[str, Any]:
        """The derived values of its edition."""
        names = [name.removeprefix(f"{_DERIVED}.") for name in self.tables if name.startswith(f"{_DERIVED}.")]
        return LazyMapping(names, self._derived)

    def _derived(self, name: str) -> Any:
        table = f"{_DERIVED}.{name}"
        return (
            self.tables[table] if _is_mapping(getattr(Edition, name).value_type) else self._row(table, _ONE)
        )

    def file(self, name: str) -> loading.SeedFile | None:
        """What a file of the seeds held; None if there was none."""
        found = self.tables["files.files"].get(name)
        if found is None:
            return None
        file: loading.SeedFile = found[0]
        number: int = found[1]
        return replace(file, entries=tuple(self._entry(name, at) for at in range(number)))

    def _entry(self, name: str, at: int) -> loading.Entry:
        entry: loading.Entry = self._row("files.entries", (name, at))
        return replace(entry, record=self._record((name, at)), source=self._source(name, at))

    def _record(self, place: tuple[str, int]) -> Any:
        kind, data = self._row("files.records", place)
        try:
            return decode(data, _RECORD_TYPES[kind]) if data else None
        except EncodingError:
            raise Damaged from None

    def _source(self, name: str, at: int) -> Source:
        source: Source = self._row("files.entries", (name, at)).source
        return source if source.lines else replace(source, lines=_Lines(self.tables["files.lines"], name))

    @cached_property
    def dossier(self) -> Dossier:
        """The dossier as it was, but for the words of originals."""
        index, rest = self.index, self._field("run", "dossier")
        records = LazyMapping(index.places, lambda key: self._record(index.places[key]))
        sources: Mapping[RecordId, Source] = LazyMapping(
            {**dict.fromkeys(rest.sources), **dict.fromkeys(index.places)},
            lambda key: rest.sources[key] if key in rest.sources else self._source(*index.places[key]),
        )
        sections: dict[str, Any] = {
            section: LazyMapping(keys, records.__getitem__) for section, keys in index.sections.items()
        }
        made: Dossier = replace(rest, sources=sources, declared=index.kinds, **sections)
        keys = [key for section in index.sections.values() for key in section]
        made.__dict__["records"] = LazyMapping(keys, records.__getitem__)
        return made

    def edition(self) -> Edition:
        """The edition that its pages were made from."""
        return Edition(self.dossier, self.links, self.history, known=self.derived)


def without_records(dossier: Dossier) -> Dossier:
    """A dossier as it is stored beside its records: without them, and without the words of originals.

    The articles say which blocks of which files their originals are.
    """
    originals = {key: replace(original, paragraphs=()) for key, original in dossier.originals.items()}
    sources = {key: dossier.sources[key] for key in (DOSSIER,) if key in dossier.sources}
    none: dict[str, Any] = {kind.section: {} for kind in Kind}
    return replace(dossier, sources=sources, declared={}, originals=originals, **none)


def same_inputs(before: Inputs, now: Inputs) -> bool:
    """Whether the inputs that are not traced are the same; reads of the history are traced."""
    return before._replace(history=b"") == now._replace(history=b"")


def same_settings(before: Dossier, now: Dossier) -> bool:
    """Whether what every page can read of a dossier untraced is the same: settings, lock and originals."""
    return _untraced(before) == _untraced(now)


def _untraced(dossier: Dossier) -> tuple[object, ...]:
    rest = without_records(dossier)
    return rest.settings, rest.lock, rest.originals, rest.folders, rest.has_folders


def keys_of(
    old: Mapping[str, loading.SeedFile], new: Mapping[str, loading.SeedFile]
) -> tuple[set[RecordId], set[RecordId]]:
    """The records that some files give or gave, and those of them in which something may stand elsewhere."""
    marks = [
        {entry.key: entry.mark for file in files.values() for entry in file.entries} for files in (old, new)
    ]
    keys = marks[0].keys() | marks[1].keys()
    return keys, {key for key in keys if marks[0].get(key) != marks[1].get(key)}
