"""Loads the seeds folder, file by file, into one dossier.

What a file gives depends on that file only, so an incremental run reuses what unchanged files gave before.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from generator.load.articles import read_article
from generator.load.inputs import (
    allowed_places,
    is_below,
    is_fit_name,
    leads_away,
    leads_outside,
    outside,
    unfit,
    unfit_file,
    unreadable,
)
from generator.load.lock import LOCK_FILE, read_lock
from generator.load.originals import find_originals, holds_files
from generator.load.records import RECORD_TYPES, check_id, make, record_source
from generator.load.text import FileText, read_text
from generator.load.unread import ARTICLE, YAML, empty_section, unread_entry, unread_in_section
from generator.load.yaml import MappingNode, parse
from generator.model.dossier import Dossier, Settings
from generator.model.ids import RecordId, id_error, slug
from generator.model.kinds import YAML_KINDS, Kind
from generator.model.lock import EvidenceLock, split_lock
from generator.model.record import Record
from generator.model.source import Source
from generator.model.story import STORY
from generator.state.lazy import with_others
from generator.state.stamps import NO_FILES, Listing, StatCache
from generator.support import processes, progress
from generator.support.files import name_of, size_of
from generator.support.problems import Problem, SourcePosition, in_order, shown
from generator.support.progress import Tell, silent

SEEDS = "seeds"
SETTINGS_FILE = "dossier.yml"
ARTICLES = Kind.ARTICLE.section
# Other entries of the seeds folder: the lock file, and the folder of full texts.
ORIGINALS = "originals"
_OTHERS = (LOCK_FILE, ORIGINALS)
# Files that one process reads at a time.
_PART = 100
_SETTINGS_ID = RecordId("")

Role = Literal["settings", "records", "article", "lock"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a file gives it, or its id and kind only if it cannot be read.

    Attributes:
        mark: A digest of the places of its values: if it differs, warnings may name other lines.
        problems: Its problems; not reported if another file has its id already.
    """

    key: RecordId
    kind: Kind
    record: Record | None
    source: Source
    mark: bytes
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SeedFile:
    """What one seeds file gives.

    Attributes:
        digest: Of its bytes; empty if it could not be read, so that the next run reads it again.
        is_partial: Whether records may be missing because part of it could not be read.
    """

    digest: str
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_partial: bool = False
    settings: Settings | None = None
    lock: EvidenceLock | None = None
    source: Source | None = None


@dataclass(frozen=True)
class SeedListing:
    """The files of the seeds folder.

    Attributes:
        files: The role of each by its path relative to the dossier, in the order in which they are read.
        seen: The listing of all that is below the folder, by paths relative to it.
    """

    files: Mapping[str, tuple[Role, Kind | None]]
    seen: Listing
    problems: tuple[Problem, ...] = ()
    is_partial: bool = False


def load(
    root: Path, originals: Sequence[Path] = (), tell: Tell = silent
) -> tuple[Dossier, tuple[Problem, ...]]:
    """The dossier in a folder, as far as it can be read, and the problems of its files.

    Args:
        root: The folder that holds `seeds/`.
        originals: Folders where full texts may lie, before those that the dossier names.
    """
    found = find(root)
    dossier, problems = assemble(root, found, read_all(root, found, found.files, tell=tell))
    return with_originals(root, dossier, originals), problems


def read_settings(root: Path) -> Settings:
    """The settings in `dossier.yml`; the defaults if it cannot be read."""
    name = f"{SEEDS}/{SETTINGS_FILE}"
    path = root / name
    if not path.exists():
        return _default_settings(root)
    return _read_settings(read_text(path, name), name).settings or _default_settings(root)


def article_id(stem: str) -> RecordId:
    """The id of an article, which follows from the name of its file without the ending."""
    # A name that is not a valid id is made into one.
    return RecordId(stem if not id_error(stem) else slug(stem))


def find(root: Path, stamps: StatCache | None = None, before: SeedListing | None = None) -> SeedListing:
    """The files of the seeds folder, and a problem for each entry that is not read.

    Args:
        stamps: The digests of files.
        before: The listing of the run before.
    """
    seeds = root / SEEDS
    if problem := no_folder(root):
        return SeedListing({}, NO_FILES, (problem,))
    seen = (stamps or StatCache()).below(seeds)
    # With links in the folder the settings must be read: they say where links may lead.
    if before and not seen.links and seen.has_same_paths(before.seen):
        return replace(before, seen=seen)
    return _SeedFinder(seen, places_of_links(root) if seen.links else ()).found()


def places_of_links(root: Path) -> tuple[str, ...]:
    """The real folders that links in the dossier may lead to."""
    own = allowed_places(root, ())
    if unfit_file(root / SEEDS / SETTINGS_FILE, f"{SEEDS}/{SETTINGS_FILE}", own):
        return own
    return allowed_places(root, read_settings(root).linked_folders)


def no_folder(root: Path) -> Problem | None:
    """The problem that there is no seeds folder; None if there is one."""
    seeds = root / SEEDS
    try:
        is_folder = stat.S_ISDIR(seeds.stat().st_mode)
    except FileNotFoundError:
        is_folder = False
    except OSError as error:
        return unreadable(SEEDS, f"cannot read the folder {SEEDS!r}: {error.strerror or error}")
    if not is_folder:
        hint = "dossier init DIR makes one"
        return Problem(
            SourcePosition(SEEDS), "no-seeds", f"no folder {SEEDS!r} in {shown(root)}", SEEDS, hint
        )
    if seeds.is_symlink() and leads_outside(os.path.realpath(seeds), allowed_places(root, ())):
        return leads_away(SEEDS)._replace(
            hint="move the folder here, or work in the dossier that it belongs to"
        )
    return None


class _SeedFinder:
    """Sorts the entries of a listing into seeds files and problems.

    Nothing but the listing is looked at: the next run sees what came or went since.
    """

    def __init__(self, seen: Listing, places: Sequence[str]) -> None:
        """Takes a listing.

        Args:
            places: The real folders that links may lead to.
        """
        self._seen, self._places = seen, places
        self._away = outside(seen, places)
        self._files: dict[str, tuple[Role, Kind | None]] = {}
        self._problems: list[Problem] = []
        self._is_partial = False

    def found(self) -> SeedListing:
        for problem in unfit(self._seen, SEEDS, self._places):
            if _is_listed(problem.where.file.removeprefix(f"{SEEDS}/")):
                self._report_unread(problem)
        # A folder with the name of a file is reported when it is read.
        there = {*self._seen.files, *self._seen.folders} - self._away
        top = sorted(path for path in there if "/" not in path and is_fit_name(path))
        if SETTINGS_FILE in top:
            self._add(SETTINGS_FILE, "settings", None)
        self._yaml_files(top)
        if ARTICLES in top and ARTICLES in self._seen.folders:
            self._article_files()
        if LOCK_FILE in top:
            self._add(LOCK_FILE, "lock", None)
        return SeedListing(self._files, self._seen, tuple(self._problems), self._is_partial)

    def _add(self, name: str, role: Role, kind: Kind | None) -> None:
        if is_fit_name(name):
            self._files[f"{SEEDS}/{name}"] = (role, kind)

    def _report(self, name: str, rule: str, message: str, hint: str) -> None:
        where = SourcePosition(f"{SEEDS}/{name}")
        self._problems.append(Problem(where, rule, message, PurePosixPath(name).name, hint))

    def _yaml_files(self, top: Iterable[str]) -> None:
        sections = {kind.section: kind for kind in YAML_KINDS}
        folders = {name: kind for name, kind in sections.items() if kind is not Kind.STORY}
        for name in top:
            if name.startswith(".") or name in (SETTINGS_FILE, *_OTHERS):
                continue
            pure, is_folder = PurePosixPath(name), name in self._seen.folders
            if is_folder and name in folders:
                self._section(name, folders[name])
            elif pure.suffix.lower() in YAML and pure.stem in sections:
                self._add(name, "records", sections[pure.stem])
            elif not (is_folder and name == ARTICLES):
                self._report_unread(unread_entry(name, is_folder=is_folder))

    def _section(self, folder: str, kind: Kind) -> None:
        is_empty = True
        for name in self._below(folder):
            last = PurePosixPath(name)
            if last.name.startswith("."):
                continue
            if last.suffix.lower() in YAML:
                self._add(name, "records", kind)
                is_empty = False
            else:
                self._report_unread(unread_in_section(name))
        if is_empty:
            self._report_unread(empty_section(folder))

    def _report_unread(self, problem: Problem | None) -> None:
        if problem:
            self._problems.append(problem)
            self._is_partial = self._is_partial or problem.is_error

    def _article_files(self) -> None:
        for name in self._below(ARTICLES):
            if "/." in f"/{name.partition('/')[2]}":
                continue
            if name.lower().endswith(ARTICLE):
                self._add(name, "article", Kind.ARTICLE)
            else:
                last = PurePosixPath(name).name
                hint = "articles end in .md or .txt"
                self._report(name, "unknown-file", f"{shown(last)} is no article", hint)

    def _below(self, folder: str) -> list[str]:
        """The files below a folder, in the order of their paths."""
        found = [
            path
            for path in self._seen.files
            if path.startswith(f"{folder}/") and not is_below(path, self._away)
        ]
        return sorted(found, key=lambda path: path.split("/"))


def _is_listed(path: str) -> bool:
    """Whether problems of an entry count: hidden entries and originals are not read from here."""
    return "/." not in f"/{path}" and path.partition("/")[0] != ORIGINALS


def read_all(
    root: Path, found: SeedListing, names: Iterable[str], number: int | None = None, tell: Tell = silent
) -> dict[str, SeedFile]:
    """What some of the files give, read in parallel (default: by as many processes as there are cores)."""
    wanted = list(names)
    # A large file is read as one.
    size = sum(size_of(root / name) for name in wanted) // 1_000
    progress.announce("Reading", size, "kB of seeds", tell)
    parts = [wanted[at : at + _PART] for at in range(0, len(wanted), _PART)]

    def read_part(part: list[str]) -> list[SeedFile]:
        return [read(root, name, *found.files[name]) for name in part]

    with processes.parallel_map(read_part, parts, number or processes.available()) as results:
        reported = progress.counted(results, len(wanted), "Read {} of {} files", tell, len)
        return dict(zip(wanted, chain.from_iterable(reported), strict=True))


def read(root: Path, name: str, role: Role, kind: Kind | None) -> SeedFile:
    """What one file gives."""
    found = read_text(root / name, name)
    if role == "settings":
        return _read_settings(found, name)
    if role == "lock":
        lock, source, problems = read_lock(found, name)
        return SeedFile(found.digest, problems=tuple(problems), lock=lock, source=source)
    if role == "article":
        return _read_article(found, name)
    assert kind is not None
    return _read_records(found, name, kind)


def assemble(
    root: Path, found: SeedListing, files: Mapping[str, SeedFile]
) -> tuple[Dossier, tuple[Problem, ...]]:
    """The dossier that the files give together, without originals, and their problems."""
    problems = list(found.problems)
    records: dict[Kind, dict[RecordId, Record]] = {kind: {} for kind in Kind}
    sources: dict[RecordId, Source] = {}
    declared: dict[RecordId, Kind] = {}
    settings, is_partial = _default_settings(root), found.is_partial
    lock, recorded, lock_source = None, None, None
    for name in found.files:
        file = files[name]
        problems += file.problems
        is_partial = is_partial or file.is_partial
        if file.settings:
            settings = file.settings
        role = found.files[name][0]
        if role == "settings" and file.source:
            sources[_SETTINGS_ID] = file.source
        elif role == "lock":
            lock, recorded = split_lock(file.lock) if file.lock else (None, None)
            # Problems name the lock's lines of digests alone, and a large one has tens of thousands.
            lock_source = file.source if lock and lock.articles else None
        for entry in file.entries:
            if entry.key in declared:
                problems.append(_duplicate_id(entry, declared[entry.key], sources[entry.key]))
                continue
            declared[entry.key], sources[entry.key] = entry.kind, entry.source
            problems += entry.problems
            if entry.record:
                records[entry.kind][entry.key] = entry.record
    if not found.files and found.problems:
        return Dossier(settings), tuple(problems)
    by_kind = {kind.section: dict(sorted(of_kind.items())) for kind, of_kind in records.items()}
    dossier = Dossier(
        settings,
        sources=sources,
        declared=declared,
        is_partial=is_partial,
        lock=lock,
        recorded=recorded,
        lock_source=lock_source,
        **by_kind,  # type: ignore[arg-type]
    )
    return dossier, in_order(problems)


def reassemble(
    old_dossier: Dossier, old: Mapping[str, SeedFile], new: Mapping[str, SeedFile]
) -> Dossier | None:
    """The dossier after some files changed; None if more than the contents of records may differ.

    Args:
        old: The files as they were, none of them with an error.
        new: The same files as they are now.
    """
    records: dict[RecordId, Record] = {}
    sources: dict[RecordId, Source] = {}
    for name, file in new.items():
        before = old.get(name)
        if before is None or _has_more_than_records(before) or _has_more_than_records(file):
            return None
        if [(e.key, e.kind) for e in before.entries] != [(e.key, e.kind) for e in file.entries]:
            return None
        for entry in file.entries:
            if entry.record is None or entry.problems:
                return None
            records[entry.key], sources[entry.key] = entry.record, entry.source
        if any(entry.record is None or entry.problems for entry in before.entries):
            return None
    by_kind = {kind.section: {k: r for k, r in records.items() if r.kind_of is kind} for kind in Kind}
    changed: dict[str, Any] = {
        section: with_others(getattr(old_dossier, section), found)
        for section, found in by_kind.items()
        if found
    }
    made = replace(old_dossier, sources=with_others(old_dossier.sources, sources), **changed)
    made.__dict__["records"] = with_others(old_dossier.records, records)
    return made


def _has_more_than_records(file: SeedFile) -> bool:
    """Whether a file gives more than records, or has problems."""
    return bool(file.problems or file.is_partial or file.settings or file.lock or not file.digest)


def with_originals(root: Path, dossier: Dossier, originals: Sequence[Path] = ()) -> Dossier:
    """The dossier with the full texts found in the given folders and in those of its settings."""
    folders = folders_of(root, dossier, originals)
    linked = dossier.settings.linked_folders
    return replace(
        dossier,
        originals=find_originals(dossier.articles.values(), folders, root, linked),
        folders=tuple(name_of(folder.resolve(), root.resolve()) for folder in folders),
        has_folders=any(map(holds_files, folders)),
    )


def folders_of(root: Path, dossier: Dossier, originals: Sequence[Path] = ()) -> list[Path]:
    """The folders of full texts, in the order in which they are searched."""
    return [*originals, *(root / folder for folder in dossier.settings.originals)]


def _default_settings(root: Path) -> Settings:
    return Settings(title=root.resolve().name or "Dossier")


def _duplicate_id(entry: Entry, kind: Kind, source: Source) -> Problem:
    """The problem of an id that two records have."""
    what = f"as {kind.one} " if kind is not entry.kind else ""
    hint = f"first {what}at {source.start}"
    message = f"{shown(entry.key)} is given twice"
    return Problem(entry.source.start, "duplicate-id", message, entry.key, hint)


def _read_settings(file: FileText, name: str) -> SeedFile:
    text, problems, digest = file
    node = None
    if not problems:
        node, problems = parse(text, name)
    if node is None:
        return SeedFile(digest, problems=tuple(problems))
    source = record_source(name, None, node, tuple(text.split("\n")))
    settings, found = make(Settings, node, source, {})
    return SeedFile(digest, problems=(*problems, *found), settings=settings, source=source)


def _read_records(file: FileText, name: str, kind: Kind) -> SeedFile:
    text, problems, digest = file
    node = None
    if not problems:
        node, problems = parse(text, name)
    if node is None:
        return SeedFile(digest, problems=tuple(problems), is_partial=bool(problems))
    lines = tuple(text.split("\n"))
    if kind is Kind.STORY:
        # The file is the record.
        source = record_source(name, None, node, lines)
        record, found = make(RECORD_TYPES[kind], node, source, {"id": STORY})
        entry = Entry(STORY, kind, record, source, mark=_mark(source), problems=tuple(found))
        return SeedFile(digest, (entry,), tuple(problems))
    if not isinstance(node, MappingNode):
        where = SourcePosition(name, node.span.line, node.span.column)
        hint = "write each record's id, a colon, and its fields below"
        problems.append(Problem(where, "bad-type", f"{name} should hold records by id", hint=hint))
        return SeedFile(digest, problems=tuple(problems), is_partial=True)
    entries = []
    for key, value in node.items:
        source = record_source(name, key, value, lines)
        record_id = RecordId(key.text or "")
        if wrong := check_id(record_id, source.start):
            problems += wrong
            continue
        record, found = make(RECORD_TYPES[kind], value, source, {"id": record_id})
        entries.append(Entry(record_id, kind, record, source, mark=_mark(source), problems=tuple(found)))
    return SeedFile(digest, tuple(entries), tuple(problems))


def _read_article(file: FileText, name: str) -> SeedFile:
    path, digest = PurePosixPath(name), file.digest
    key = article_id(path.stem)
    if error := id_error(key):
        # The name has no letter that an id may have, or what is left is a reserved word.
        error = error if key else "has no letters for an id"
        problem = Problem(
            SourcePosition(name), "bad-id", f"{shown(path.stem)} {error}", path.name, "rename the file"
        )
        return SeedFile(digest, problems=(problem,))
    article, source, problems = read_article(file, name, key)
    return SeedFile(digest, (Entry(key, Kind.ARTICLE, article, source, _mark(source)),), tuple(problems))


def _mark(source: Source) -> bytes:
    """A digest of the places of a record's values, and of how they are written."""
    whole = source.spans[()]
    written = repr((source.file, *source.spans.items())), *source.lines[whole.line - 1 : whole.end_line]
    return hashlib.blake2b("\n".join(written).encode(), digest_size=16).digest()
