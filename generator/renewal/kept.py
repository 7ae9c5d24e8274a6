"""What one run keeps for the next."""

import hashlib
import pickle
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, overload

from generator.edition import Edition
from generator.edition.origins import outlets_of
from generator.files import Signature
from generator.keyed import Keyed, with_others
from generator.link import DOSSIER, Links, LinkState
from generator.load import dossier as loading
from generator.looks import Look
from generator.model.dossier import Dossier, OriginalText
from generator.model.history import History
from generator.model.ids import ArticleId, OrganizationId, RecordId
from generator.model.kinds import Kind
from generator.model.source import Source
from generator.pages.book import Work
from generator.problems import Problem
from generator.renewal.checking import Checked
from generator.traces import Node


class Made(NamedTuple):
    """A page of the tree.

    Attributes:
        digest: The SHA-256 of the file's bytes.
        label: The word over its title.
    """

    path: str
    digest: str
    title: str
    label: str


class Inputs(NamedTuple):
    """What everything depends on that is no file of the seeds; paths without links, however the caller spells them."""

    root: str
    originals: tuple[str, ...]
    docs: str
    history: bytes


_ARTICLES = f"{loading.SEEDS}/{loading.ARTICLES}/"
# A sum of hashes is as good as a hash of them all, as long as it has as many digits.
_MODULUS = 2**256
# A pickle of the newest protocol that every Python that we run on has.
_PROTOCOL = 5


@dataclass
class Front:
    """What is kept and needed to see that nothing changed.

    Attributes:
        store: Under which all else is kept of the same run.
        seen: When the signatures of the originals were taken, in nanoseconds.
        unread: The files of the seeds that could not be read.
        sums: Of the digests of all files, and of all but the articles.
        curated: Changes with all of the seeds but the articles, and of records but their prose.
        places: Where originals may lie, each with its file's signature.
        looks: How the file of each page looks, by its path.
    """

    store: str
    inputs: Inputs
    seen: int
    found: loading.Found
    unread: frozenset[str]
    sums: "Sums"
    curated: str
    places: Mapping[str, Signature]
    looks: dict[str, Look]
    problems: tuple[Problem, ...]
    title: str
    records: int
    mentions: int

    @property
    def state(self) -> str:
        """Changes with all that pages, search and feed are made of."""
        told = repr((self.sums, self.inputs, sorted(self.places.items())))
        return hashlib.sha256(told.encode()).hexdigest()


class Sums(NamedTuple):
    """What changes with the digests of files, of whatever number: those of all, and of all but the articles."""

    all: int = 0
    curated: int = 0

    def changed(self, old: Mapping[str, str], new: Mapping[str, str]) -> "Sums":
        """Those with some files in place of others, each a digest by its name."""
        sums = [0, 0]
        for files, sign in ((new, 1), (old, -1)):
            for name, digest in files.items():
                told = hashlib.sha256(f"{name}\0{digest}".encode()).digest()
                value = sign * int.from_bytes(told, "big")
                sums[0] += value
                sums[1] += 0 if name.startswith(_ARTICLES) else value
        return Sums((self.all + sums[0]) % _MODULUS, (self.curated + sums[1]) % _MODULUS)


@dataclass
class Traces:
    """What each piece of work made, and who read what.

    Attributes:
        readers: Of each node, the numbers of the works that read it, or did at some time since all was made.
        numbers: Of the works.
        read: What changes with the nodes that each work read when it was done last.
    """

    made: Mapping[Work, tuple[str, ...]]
    readers: "Mapping[Node, array[int]]"
    numbers: Mapping[Work, int]
    read: Mapping[Work, bytes]


@dataclass(frozen=True)
class Run:
    """All that is kept of a run.

    Attributes:
        files: What the files hold that were read now.
        gone: Those that are no more.
        digests: Those of the files.
        pages: The pages by path.
        derived: What was derived of its edition.
        taken: What was derived of the edition of the run before, and holds.
        shape: Which records there are and where they stand; that of the run before where it is the same.
    """

    found: loading.Found
    dossier: Dossier
    files: Mapping[str, loading.SeedFile]
    gone: frozenset[str]
    shape: "Shape"
    history: History
    links: Links
    linked: LinkState
    checks: Checked
    derived: Mapping[str, Any]
    taken: Mapping[str, Any]
    traces: Traces
    digests: Mapping[str, str]
    pages: Mapping[str, Made]

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
    known = Keyed([*derived, *taken], lambda name: derived[name] if name in derived else taken[name])
    return Edition(dossier, links, history, known=known)


class Shape(NamedTuple):
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
) -> Shape:
    """The shape of a dossier that was put together from files."""
    places = {entry.key: (name, at) for name, file in files.items() for at, entry in enumerate(file.entries)}
    sections = {kind.section: tuple(getattr(dossier, kind.section)) for kind in Kind}
    return Shape(places, dossier.declared, sections, unreadable)


# Tables of which the order does not matter.
UNORDERED = ("readers", "read", "digests", "pages", "sketches")
# What stands for one value that is kept as a table of its own, and for a derived value.
_ONE, _DERIVED = "=", "derived "
# Derived values with more keys are read key by key.
_MANY = 500


def tables_of(run: Run, before: "KeptRun | None") -> dict[str, Mapping[Any, Any]]:
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
        "sketches": run.checks.sketches,
    }
    ones = {
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
        "words": found.classified_words,
        "survey": found.statistics,
        "taught": found.fitted,
        "slips": found.misspellings,
        "held": found.spelled_right,
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


def _tables_of_files(run: Run, before: Mapping[str, Mapping[Any, Any]]) -> dict[str, Mapping[Any, Any]]:
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
            # Who reads one of those that lie together needs none of the others.
            records[name, at] = pickle.dumps(entry.record, _PROTOCOL)
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
    """A run that was kept: what is asked of it is read then."""

    def __init__(self, found: loading.Found, tables: Mapping[str, Mapping[Any, Any]]) -> None:
        self.found = found
        self.tables = tables

    def _one(self, name: str) -> Any:
        return self.tables[f"{_ONE}{name}"][_ONE]

    @cached_property
    def shape(self) -> Shape:
        """Which records there were, and where they stood."""
        found: Shape = self._one("shape")
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
        entry: loading.Entry = self.tables["entries"][name, at]
        return replace(entry, record=self._record((name, at)), source=self._source(name, at))

    def _record(self, place: tuple[str, int]) -> Any:
        return pickle.loads(self.tables["records"][place])  # noqa: S301 - of a bucket, which is hashed in a signed index

    def _source(self, name: str, at: int) -> Source:
        source: Source = self.tables["entries"][name, at].source
        return source if source.lines else replace(source, lines=_Lines(self.tables["lines"], name))

    @cached_property
    def dossier(self) -> Dossier:
        """The dossier as it was, but for the words of originals."""
        shape = self.shape
        records = Keyed(shape.places, lambda key: self._record(shape.places[key]))
        settings = self._one("settings source")
        places: Mapping[RecordId, Source] = Keyed(
            {DOSSIER: None, **dict.fromkeys(shape.places)} if settings else shape.places,
            lambda key: settings if key == DOSSIER else self._source(*shape.places[key]),
        )
        sections: dict[str, Any] = {
            section: Keyed(keys, records.__getitem__) for section, keys in shape.sections.items()
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
        made.__dict__["records"] = Keyed(keys, records.__getitem__)
        return made

    @property
    def digests(self) -> Mapping[str, str]:
        """Those of its files, by name."""
        return self.tables["digests"]

    @property
    def pages(self) -> Mapping[str, Made]:
        """Its pages, by path."""
        return self.tables["pages"]

    @cached_property
    def history(self) -> History:
        """What version control told."""
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
    def checks(self) -> Checked:
        """What was wrong with its records."""
        return Checked(self._one("own"), self._one("joint"), self.tables["sketches"])

    @cached_property
    def derived(self) -> Mapping[str, Any]:
        """What was derived of its edition."""
        keys = [name.partition(_DERIVED)[2] for name in self.tables if _DERIVED in name]
        return Keyed(keys, self._derived)

    def _derived(self, name: str) -> Any:
        table = self.tables.get(f"{_DERIVED}{name}")
        return self._one(f"{_DERIVED}{name}") if table is None else table

    @cached_property
    def articles_in_print(self) -> Mapping[ArticleId, int]:
        """The place of each article among all by date."""
        return {key: place for place, key in enumerate(self.derived["_articles_in_print"])}

    @cached_property
    def outlets_of(self) -> Mapping[ArticleId, OrganizationId]:
        """The outlets of articles that had one."""
        return outlets_of(self.derived["published_by"])

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
