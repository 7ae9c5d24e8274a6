"""What one run keeps for the next."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, get_args, overload

from generator.edition import Edition
from generator.edition.derived import derived
from generator.incremental.checking import CheckState
from generator.link import DOSSIER, Links, LinkState
from generator.link.backlinks import RecordReferences
from generator.link.corpus import CorpusModel, CorpusStatistics, Observations
from generator.link.linker import UndecidedName
from generator.link.links import Backing, Backlink, LinkedText, Mentions
from generator.link.misspelt import Misspelling
from generator.link.reading import Lexicon
from generator.link.usage import Sample
from generator.load import dossier as loading
from generator.load.records import RECORD_TYPES
from generator.model.article import Article
from generator.model.dossier import Dossier, OriginalText, Settings
from generator.model.fields import Path
from generator.model.history import History
from generator.model.ids import ArticleId, RecordId
from generator.model.kinds import Kind
from generator.model.lock import EvidenceLock, Recorded
from generator.model.record import Record
from generator.model.source import Source
from generator.pages.book import Target
from generator.state.database import Damaged
from generator.state.encoding import EncodingError, decode, encode
from generator.state.lazy import LazyMapping, with_others
from generator.state.traces import Dependency
from generator.support.problems import Problem


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
    """What is kept and needed to see that nothing changed.

    Attributes:
        unread: The files of the seeds that could not be read.
        state: Changes with all that pages, search and feed are made of.
        places: Where originals may lie, relative to the dossier, each with its file's digest.
        pages: The digest of each page's file, by its path.
    """

    inputs: Inputs
    found: loading.SeedListing
    unread: frozenset[str]
    state: str
    places: Mapping[str, str]
    pages: dict[str, str]
    problems: tuple[Problem, ...]
    title: str
    records: int
    mentions: int


@dataclass
class Traces:
    """What each piece of work made, and who read what.

    Attributes:
        readers: Of each node, the numbers of the works that read it, or did at some time since all was made.
        numbers: Of the works.
        read: What changes with the nodes that each work read when it was done last.
    """

    made: Mapping[Target, tuple[str, ...]]
    readers: "Mapping[Dependency, array[int]]"
    numbers: Mapping[Target, int]
    read: Mapping[Target, bytes]


@dataclass(frozen=True)
class RunState:
    """All that is kept of a run.

    Attributes:
        files: What the files hold that were read now.
        gone: Those that are no more.
        digests: Those of the files.
        pages: The pages by path.
        searched: The digest of what is searched of each record.
        derived: The derived values of its edition that the run computed.
        taken: Those of the run before that hold.
        reads: The names of the mappings that each derived value reads.
        shape: Which records there are and where they stand; that of the run before where it is the same.
    """

    found: loading.SeedListing
    dossier: Dossier
    files: Mapping[str, loading.SeedFile]
    gone: frozenset[str]
    shape: "DossierIndex"
    history: History
    links: Links
    linked: LinkState
    checks: CheckState
    derived: Mapping[str, Any]
    taken: Mapping[str, Any]
    reads: dict[str, frozenset[str]]
    traces: Traces
    digests: Mapping[str, str]
    pages: Mapping[str, PageInfo]
    searched: Mapping[RecordId, bytes]

    def edition(self) -> Edition:
        """What its pages were made from."""
        return edition_of(self.dossier, self.links, self.history, self.derived, self.taken)


def edition_of(
    dossier: Dossier,
    links: Links,
    history: History,
    derived: Mapping[str, Any],
    taken: Mapping[str, Any],
) -> Edition:
    """An edition of which nothing is derived again that is known.

    Args:
        derived: What was derived of it.
        taken: What was derived of one before, and holds where there is nothing newer.
    """
    known = LazyMapping([*derived, *taken], lambda name: derived[name] if name in derived else taken[name])
    return Edition(dossier, links, history, known=known)


class DossierIndex(NamedTuple):
    """Which records a dossier has, and where they stand.

    Attributes:
        places: The file of each record, and its number among the records of that.
        kinds: The kind of each.
        sections: The ids of each section in order.
        unreadable: What is wrong with the files.
    """

    places: Mapping[RecordId, tuple[str, int]]
    kinds: Mapping[RecordId, Kind]
    sections: Mapping[str, tuple[RecordId, ...]]
    unreadable: tuple[Problem, ...]


def shape_of(
    dossier: Dossier, files: Mapping[str, loading.SeedFile], unreadable: tuple[Problem, ...]
) -> DossierIndex:
    """The shape of a dossier that was put together from files."""
    places = {entry.key: (name, at) for name, file in files.items() for at, entry in enumerate(file.entries)}
    sections = {kind.section: tuple(getattr(dossier, kind.section)) for kind in Kind}
    return DossierIndex(places, dossier.declared, sections, unreadable)


# Tables of which the order does not matter.
UNORDERED = ("readers", "read", "digests", "pages", "searched", "sketches")
# What stands for one value that is kept as a table of its own, and for a derived value.
_ONE, _DERIVED = "=", "derived "
_RECORD_TYPES: Mapping[Kind, type[Record]] = {Kind.ARTICLE: Article, **RECORD_TYPES}
_Names = dict[str, tuple[RecordId, ...]]
# The types of the keys and values of each table, and those of single values.
_TABLES: Mapping[str, tuple[Any, Any]] = {
    "files": (str, tuple[loading.SeedFile, int]),
    "entries": (tuple[str, int], loading.Entry),
    # Who reads one of those that lie together needs none of the others.
    "records": (tuple[str, int], tuple[Kind, bytes]),
    "lines": (str, tuple[str, ...]),
    "mentions": (ArticleId, Mentions),
    "mentioned_in": (RecordId, Mentions),
    "prose": (tuple[RecordId, Path], LinkedText),
    "backlinks": (RecordId, tuple[Backlink, ...]),
    "backing": (tuple[ArticleId, int], tuple[Backing, ...]),
    "open": (RecordId, _Names),
    "strangers": (RecordId, _Names),
    "observed": (ArticleId, Observations),
    "named": (RecordId, frozenset[ArticleId]),
    "asked": (RecordId, frozenset[RecordId]),
    "undecided": (RecordId, dict[str, UndecidedName]),
    "given": (RecordId, RecordReferences),
    "readers": (tuple[str, Any], array),
    "read": (Target, bytes),
    "digests": (str, str),
    "pages": (str, PageInfo),
    "searched": (RecordId, bytes),
    "sketches": (int, tuple[ArticleId, ...]),
}
_ONES: Mapping[str, Any] = {
    "manifest": Manifest,
    "shape": DossierIndex,
    "settings": Settings,
    "lock": EvidenceLock | None,
    "recorded": Recorded | None,
    "lock source": Source | None,
    "settings source": Source | None,
    "originals": dict[ArticleId, OriginalText],
    "folders": tuple[tuple[str, ...], bool],
    "history": History,
    "own": dict[RecordId, tuple[Problem, ...]],
    "joint": tuple[Problem, ...],
    "lexicon": Lexicon,
    "sample": Sample,
    "words": dict[str, str],
    "survey": CorpusStatistics,
    "taught": CorpusModel,
    "slips": dict[ArticleId, frozenset[Misspelling]],
    "held": dict[ArticleId, frozenset[str]],
    "reads": dict[str, frozenset[str]],
    "made": dict[Target, tuple[str, ...]],
    "numbers": dict[Target, int],
}


# The tables that every run leaves.
REQUIRED = _TABLES.keys() | {f"{_ONE}{name}" for name in _ONES}


def types_of(table: str) -> tuple[Any, Any]:
    """The types of the keys and values of a table; those of derived values stand where they are made."""
    is_one = table.startswith(_ONE)
    name = table.removeprefix(_ONE)
    of = _type_of_derived(name.removeprefix(_DERIVED)) if name.startswith(_DERIVED) else _ONES.get(name)
    if is_one:
        return str, of
    return get_args(of) if of else _TABLES[table]


def _type_of_derived(name: str) -> Any:
    made: derived[Any] = getattr(Edition, name)
    return made.value_type


# Derived values with more keys are read key by key.
_MANY = 500


def tables_of(run: RunState, manifest: Manifest, before: "KeptRun | None") -> dict[str, Mapping[Any, Any]]:
    """A run as mappings; of the run before is what did not change."""
    links, found = run.links, run.linked
    tables: dict[str, Mapping[Any, Any]] = {
        **_tables_of_files(run, before.tables if before else {}),
        "mentions": links.mentions,
        "mentioned_in": links.mentioned_in,
        "prose": links.prose,
        "backlinks": links.backlinks,
        "backing": links.backing,
        "open": links.undecided,
        "strangers": links.strangers,
        "observed": found.observed,
        "named": found.named,
        "asked": found.company_lookups,
        "undecided": found.undecided,
        "given": found.references,
        "readers": run.traces.readers,
        "read": run.traces.read,
        "digests": run.digests,
        "pages": run.pages,
        "searched": run.searched,
        "sketches": run.checks.sketches,
    }
    ones = {
        "manifest": manifest,
        "shape": run.shape,
        "settings": run.dossier.settings,
        "lock": run.dossier.lock,
        "recorded": run.dossier.recorded,
        "lock source": run.dossier.lock_source,
        "settings source": run.dossier.sources.get(DOSSIER),
        "originals": _without_texts(run.dossier.originals),
        "folders": (run.dossier.folders, run.dossier.has_folders),
        "history": run.history,
        "own": run.checks.own,
        "joint": run.checks.joint,
        "lexicon": found.lexicon,
        "sample": found.sample,
        "words": found.classes,
        "survey": found.statistics,
        "taught": found.model,
        "slips": found.misspellings,
        "held": found.spelled_right,
        "reads": run.reads,
        "made": run.traces.made,
        "numbers": run.traces.numbers,
    }
    for name, value in run.derived.items():
        if isinstance(value, Mapping) and len(value) > _MANY:
            tables[f"{_DERIVED}{name}"] = value
        else:
            ones[f"{_DERIVED}{name}"] = value
    old = before.tables if before else {}
    for name in run.taken.keys() - run.derived.keys():
        tables |= {key: old[key] for key in (f"{_DERIVED}{name}", f"{_ONE}{_DERIVED}{name}") if key in old}
    return tables | {f"{_ONE}{name}": {_ONE: value} for name, value in ones.items()}


def _tables_of_files(run: RunState, before: Mapping[str, Mapping[Any, Any]]) -> dict[str, Mapping[Any, Any]]:
    """The files of the seeds, each record by itself, apart from where it stands: its lines are those of its file, kept once."""
    files, entries, records, lines = {}, {}, {}, {}
    for name, file in run.files.items():
        files[name] = replace(file, entries=()), len(file.entries)
        is_shared = len(file.entries) > 1
        if is_shared:
            lines[name] = file.entries[0].source.lines
        for at, entry in enumerate(file.entries):
            source = replace(entry.source, lines=()) if is_shared else entry.source
            entries[name, at] = replace(entry, record=None, source=source)
            records[name, at] = entry.kind, encode(entry.record) if entry.record else b""
    if not before:
        return {"files": files, "entries": entries, "records": records, "lines": lines}
    stale = {
        (name, at)
        for name in (*run.files, *run.gone)
        if name in before["files"]
        for at in range(before["files"][name][1])
    }
    return {
        "files": with_others(before["files"], files, run.gone),
        "entries": with_others(before["entries"], entries, stale - entries.keys()),
        "records": with_others(before["records"], records, stale - entries.keys()),
        "lines": with_others(before["lines"], lines, {*run.gone, *(run.files.keys() - lines.keys())}),
    }


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


class KeptRun:
    """A run that was kept: what is asked of it is read then.

    Raises:
        Damaged: wherever something is asked that is not as it was written.
    """

    def __init__(self, tables: Mapping[str, Mapping[Any, Any]]) -> None:
        self.tables = tables

    def _row(self, table: str, key: Any) -> Any:
        try:
            return self.tables[table][key]
        except KeyError:
            # A run leaves all of it; somebody else has left this.
            raise Damaged from None

    def _one(self, name: str) -> Any:
        return self._row(f"{_ONE}{name}", _ONE)

    @cached_property
    def manifest(self) -> Manifest:
        """What is needed to see that nothing changed."""
        found: Manifest = self._one("manifest")
        return found

    @cached_property
    def shape(self) -> DossierIndex:
        """Which records there were, and where they stood."""
        found: DossierIndex = self._one("shape")
        return found

    def file(self, name: str) -> loading.SeedFile | None:
        """What a file held; None where there was none."""
        found = self.tables["files"].get(name)
        if found is None:
            return None
        file: loading.SeedFile = found[0]
        number: int = found[1]
        return replace(file, entries=tuple(self._entry(name, at) for at in range(number)))

    def _entry(self, name: str, at: int) -> loading.Entry:
        entry: loading.Entry = self._row("entries", (name, at))
        return replace(entry, record=self._record((name, at)), source=self._source(name, at))

    def _record(self, place: tuple[str, int]) -> Any:
        kind, data = self._row("records", place)
        try:
            return decode(data, _RECORD_TYPES[kind]) if data else None
        except EncodingError:
            raise Damaged from None

    def _source(self, name: str, at: int) -> Source:
        source: Source = self._row("entries", (name, at)).source
        return source if source.lines else replace(source, lines=_Lines(self.tables["lines"], name))

    @cached_property
    def dossier(self) -> Dossier:
        """The dossier as it was, but for the words of originals."""
        shape = self.shape
        records = LazyMapping(shape.places, lambda key: self._record(shape.places[key]))
        settings = self._one("settings source")
        places: Mapping[RecordId, Source] = LazyMapping(
            {DOSSIER: None, **dict.fromkeys(shape.places)} if settings else shape.places,
            lambda key: settings if key == DOSSIER else self._source(*shape.places[key]),
        )
        sections: dict[str, Any] = {
            section: LazyMapping(keys, records.__getitem__) for section, keys in shape.sections.items()
        }
        folders, has_folders = self._one("folders")
        made = Dossier(
            self._one("settings"),
            sources=places,
            declared=shape.kinds,
            originals=self._one("originals"),
            folders=folders,
            has_folders=has_folders,
            lock=self._one("lock"),
            recorded=self._one("recorded"),
            lock_source=self._one("lock source"),
            **sections,
        )
        keys = [key for section in shape.sections.values() for key in section]
        made.__dict__["records"] = LazyMapping(keys, records.__getitem__)
        return made

    @property
    def digests(self) -> Mapping[str, str]:
        """Those of its files, by name."""
        return self.tables["digests"]

    @property
    def pages(self) -> Mapping[str, PageInfo]:
        """Its pages, by path."""
        return self.tables["pages"]

    @property
    def searched(self) -> Mapping[RecordId, bytes]:
        """The digest of what is searched of each record."""
        return self.tables["searched"]

    @cached_property
    def history(self) -> History:
        """The history from version control."""
        found: History = self._one("history")
        return found

    @cached_property
    def links(self) -> Links:
        """Its links."""
        tables = self.tables
        return Links(
            tables["mentions"],
            tables["mentioned_in"],
            tables["prose"],
            tables["backlinks"],
            tables["backing"],
            tables["open"],
            tables["strangers"],
        )

    @cached_property
    def linked(self) -> LinkState:
        """What each text gave."""
        tables, one = self.tables, self._one
        return LinkState(
            one("lexicon"), one("sample"), one("words"), one("survey"), one("taught"), one("slips"), one("held"),
            tables["observed"], tables["named"], tables["asked"], tables["undecided"], tables["given"],
            tables["strangers"],
        )  # fmt: skip

    @cached_property
    def checks(self) -> CheckState:
        """What was wrong with its records."""
        return CheckState(self._one("own"), self._one("joint"), self.tables["sketches"])

    @cached_property
    def derived(self) -> Mapping[str, Any]:
        """What was derived of its edition."""
        keys = [name.partition(_DERIVED)[2] for name in self.tables if _DERIVED in name]
        return LazyMapping(keys, self._derived)

    def _derived(self, name: str) -> Any:
        table = self.tables.get(f"{_DERIVED}{name}")
        return self._one(f"{_DERIVED}{name}") if table is None else table

    @cached_property
    def articles_in_print(self) -> Mapping[ArticleId, int]:
        """The place of each article among all by date."""
        return {key: place for place, key in enumerate(self.derived["_articles_in_print"])}

    @property
    def reads(self) -> Mapping[str, frozenset[str]]:
        """The names of the mappings that each derived value read."""
        found: Mapping[str, frozenset[str]] = self._one("reads")
        return found

    @cached_property
    def traces(self) -> Traces:
        """What each piece of work made, and who read what."""
        tables, one = self.tables, self._one
        return Traces(one("made"), tables["readers"], one("numbers"), tables["read"])

    def edition(self) -> Edition:
        """What its pages were made from."""
        return Edition(self.dossier, self.links, self.history, known=self.derived)


def holds(before: Inputs, now: Inputs) -> bool:
    """Whether pages that were made with some inputs are those of others; history is noted by those who read it."""
    return before._replace(history=b"") == now._replace(history=b"")


def same_throughout(before: Dossier, now: Dossier) -> bool:
    """Whether what every page may read without its being noted is the same."""
    return _throughout(before) == _throughout(now)


def _throughout(dossier: Dossier) -> tuple[object, ...]:
    originals = _without_texts(dossier.originals)
    return dossier.settings, dossier.lock, originals, dossier.folders, dossier.has_folders


def _without_texts(originals: Mapping[ArticleId, OriginalText]) -> dict[ArticleId, OriginalText]:
    """Originals as they are kept: which files they are, and their hashes, but none of their words.

    Their articles say which blocks of these files the paragraphs are.
    """
    return {key: replace(original, paragraphs=()) for key, original in originals.items()}


def keys_of(
    differing: Iterable[str], old: Mapping[str, loading.SeedFile], new: Mapping[str, loading.SeedFile]
) -> tuple[set[RecordId], set[RecordId]]:
    """The records that some files give or gave, and those of them in which something may stand elsewhere."""
    marks = [
        {entry.key: entry.mark for name in differing if name in files for entry in files[name].entries}
        for files in (old, new)
    ]
    keys = marks[0].keys() | marks[1].keys()
    return keys, {key for key in keys if marks[0].get(key) != marks[1].get(key)}
