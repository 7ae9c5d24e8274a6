"""The seeds folder, file by file, to one dossier.

What one file holds depends on that file alone, so a run may take from the run before what a file held then,
as long as the file is the same.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from generator import processes, progress
from generator.files import name_of, size_of
from generator.inputs import (
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
from generator.keyed import with_others
from generator.load.articles import read_article
from generator.load.lock import LOCK_FILE, read_lock
from generator.load.originals import find_originals, holds_files
from generator.load.records import RECORD_TYPES, check_id, make, record_source
from generator.load.text import FileText, read_text
from generator.load.unread import ARTICLE, YAML, empty_section, unread_entry, unread_in_section
from generator.load.yaml import Mapping as Fields
from generator.load.yaml import parse
from generator.model.dossier import Dossier, Settings
from generator.model.ids import RecordId, id_error, slug
from generator.model.kinds import YAML_KINDS, Kind
from generator.model.lock import EvidenceLock, parted
from generator.model.record import Record
from generator.model.source import Source
from generator.problems import Position, Problem, in_order, shown
from generator.progress import Tell, silent
from generator.stamps import NO_FILES, Listing, StatCache

SEEDS = "seeds"
SETTINGS_FILE = "dossier.yml"
ARTICLES = Kind.ARTICLE.section
# What else may lie in the seeds folder: the program's own record of what was verified, and full texts.
ORIGINALS = "originals"
_OTHERS = (LOCK_FILE, ORIGINALS)
# Files that one process reads before it is given more.
_PART = 100
_SETTINGS_ID = RecordId("")

Role = Literal["settings", "records", "article", "lock"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a file gives it: none where it cannot be read.

    Attributes:
        mark: Changes whenever something may stand elsewhere in it.
        problems: What is wrong with it; not reported where another file has its id already.
    """

    key: RecordId
    kind: Kind
    record: Record | None
    source: Source
    mark: bytes
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SeedFile:
    """All that one file of the seeds holds.

    Attributes:
        digest: Of its bytes; empty where it could not be read, so that it is read again.
        is_partial: Whether records may be missing because it could not be read as a whole.
    """

    digest: str
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_partial: bool = False
    settings: Settings | None = None
    lock: EvidenceLock | None = None
    source: Source | None = None


@dataclass(frozen=True)
class Found:
    """The files that the seeds folder holds.

    Attributes:
        files: What each is, by its path relative to the dossier, in the order in which they are read.
        seen: All that is below the folder, by paths relative to it.
    """

    files: Mapping[str, tuple[Role, Kind | None]]
    seen: Listing
    problems: tuple[Problem, ...] = ()
    is_partial: bool = False


def load(
    root: Path, originals: Sequence[Path] = (), tell: Tell = silent
) -> tuple[Dossier, tuple[Problem, ...]]:
    """The dossier in a folder, as far as it can be read, and what was wrong with its files.

    Args:
        root: The folder that holds `seeds/`.
        originals: Folders where full texts may lie, before those that the dossier names.
    """
    found = find(root)
    dossier, problems = assemble(root, found, read_all(root, found, found.files, tell=tell))
    return with_originals(root, dossier, originals), problems


def read_settings(root: Path) -> Settings:
    """What `dossier.yml` says, as far as it can be read; the usual where it cannot."""
    name = f"{SEEDS}/{SETTINGS_FILE}"
    path = root / name
    if not path.exists():
        return _usual(root)
    return _read_settings(read_text(path, name), name).settings or _usual(root)


def article_id(stem: str) -> RecordId:
    """The id of an article by its file's name without the ending; the same for the same name."""
    # Files come with any name; what is no id already is made one.
    return RecordId(stem if not id_error(stem) else slug(stem))


def find(root: Path, stamps: StatCache | None = None, before: Found | None = None) -> Found:
    """The files of the seeds, and what lies among them that is none.

    Args:
        stamps: The digests of files.
        before: What was found by a run before.
    """
    seeds = root / SEEDS
    if problem := no_folder(root):
        return Found({}, NO_FILES, (problem,))
    seen = (stamps or StatCache()).below(seeds)
    # Where links may lead is for the settings to say.
    if before and not seen.links and seen.has_same_paths(before.seen):
        return replace(before, seen=seen)
    return _Finder(seen, places_of_links(root) if seen.links else ()).found()


def places_of_links(root: Path) -> tuple[str, ...]:
    """The real folders that links in the dossier may lead to."""
    own = allowed_places(root, ())
    if unfit_file(root / SEEDS / SETTINGS_FILE, f"{SEEDS}/{SETTINGS_FILE}", own):
        return own
    return allowed_places(root, read_settings(root).linked_folders)


def no_folder(root: Path) -> Problem | None:
    """Why there are no seeds to list."""
    seeds = root / SEEDS
    try:
        is_folder = stat.S_ISDIR(seeds.stat().st_mode)
    except FileNotFoundError:
        is_folder = False
    except OSError as error:
        return unreadable(SEEDS, f"cannot read the folder {SEEDS!r}: {error.strerror or error}")
    if not is_folder:
        hint = "dossier init DIR makes one"
        return Problem(Position(SEEDS), "no-seeds", f"no folder {SEEDS!r} in {shown(root)}", SEEDS, hint)
    if seeds.is_symlink() and leads_outside(os.path.realpath(seeds), allowed_places(root, ())):
        return leads_away(SEEDS)._replace(
            hint="move the folder here, or work in the dossier that it belongs to"
        )
    return None


class _Finder:
    """What is gathered while the folder's listing is looked through.

    The listing is all that is known of the folder: what comes or goes meanwhile is for the next run, which sees that
    its listing is another.
    """

    def __init__(self, seen: Listing, places: Sequence[str]) -> None:
        """Begins with nothing.

        Args:
            places: The real folders that links may lead to.
        """
        self._seen, self._places = seen, places
        self._away = outside(seen, places)
        self._files: dict[str, tuple[Role, Kind | None]] = {}
        self._problems: list[Problem] = []
        self._is_partial = False

    def found(self) -> Found:
        for problem in unfit(self._seen, SEEDS, self._places):
            if _is_looked_for(problem.where.file.removeprefix(f"{SEEDS}/")):
                self._unread(problem)
        # A folder in the place of a file is reported when it is read.
        there = {*self._seen.files, *self._seen.folders} - self._away
        top = sorted(path for path in there if "/" not in path and is_fit_name(path))
        if SETTINGS_FILE in top:
            self._add(SETTINGS_FILE, "settings", None)
        self._yaml_files(top)
        if ARTICLES in top and ARTICLES in self._seen.folders:
            self._article_files()
        if LOCK_FILE in top:
            self._add(LOCK_FILE, "lock", None)
        return Found(self._files, self._seen, tuple(self._problems), self._is_partial)

    def _add(self, name: str, role: Role, kind: Kind | None) -> None:
        if is_fit_name(name):
            self._files[f"{SEEDS}/{name}"] = (role, kind)

    def _report(self, name: str, rule: str, message: str, hint: str) -> None:
        where = Position(f"{SEEDS}/{name}")
        self._problems.append(Problem(where, rule, message, PurePosixPath(name).name, hint))

    def _yaml_files(self, top: Iterable[str]) -> None:
        sections = {kind.section: kind for kind in YAML_KINDS}
        for name in top:
            if name.startswith(".") or name in (SETTINGS_FILE, *_OTHERS):
                continue
            pure, is_folder = PurePosixPath(name), name in self._seen.folders
            if is_folder and name in sections:
                self._section(name, sections[name])
            elif pure.suffix.lower() in YAML and pure.stem in sections:
                self._add(name, "records", sections[pure.stem])
            elif not (is_folder and name == ARTICLES):
                self._unread(unread_entry(name, is_folder=is_folder))

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
                self._unread(unread_in_section(name))
        if is_empty:
            self._unread(empty_section(folder))

    def _unread(self, problem: Problem | None) -> None:
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


def _is_looked_for(path: str) -> bool:
    """Whether what is wrong with an entry of the seeds matters: hidden ones and originals are not listed."""
    return "/." not in f"/{path}" and path.partition("/")[0] != ORIGINALS


def read_all(
    root: Path, found: Found, names: Iterable[str], number: int | None = None, tell: Tell = silent
) -> dict[str, SeedFile]:
    """What some of the files hold, read by so many processes (default: as many as can work here at once)."""
    wanted = list(names)
    # A large file is read as one.
    size = sum(size_of(root / name) for name in wanted) // 1_000
    progress.announce("Reading", size, "kB of seeds", tell)
    parts = [wanted[at : at + _PART] for at in range(0, len(wanted), _PART)]

    def read_part(part: list[str]) -> list[SeedFile]:
        return [read(root, name, *found.files[name]) for name in part]

    with processes.spread(read_part, parts, number or processes.available()) as results:
        reported = progress.counted(results, len(wanted), "Read {} of {} files", tell, len)
        return dict(zip(wanted, chain.from_iterable(reported), strict=True))


def read(root: Path, name: str, role: Role, kind: Kind | None) -> SeedFile:
    """What one file holds."""
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


def assemble(root: Path, found: Found, files: Mapping[str, SeedFile]) -> tuple[Dossier, tuple[Problem, ...]]:
    """The dossier that the files make together, without originals, and what is wrong with them."""
    problems = list(found.problems)
    records: dict[Kind, dict[RecordId, Record]] = {kind: {} for kind in Kind}
    sources: dict[RecordId, Source] = {}
    declared: dict[RecordId, Kind] = {}
    settings, is_partial = _usual(root), found.is_partial
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
            lock, recorded = parted(file.lock) if file.lock else (None, None)
            # Problems name the lock's lines of digests alone, and a large one has tens of thousands.
            lock_source = file.source if lock and lock.articles else None
        for entry in file.entries:
            if entry.key in declared:
                problems.append(_twice(entry, declared[entry.key], sources[entry.key]))
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


def assemble_again(was: Dossier, old: Mapping[str, SeedFile], new: Mapping[str, SeedFile]) -> Dossier | None:
    """The dossier with what some files hold now in place of what they held; None where more may differ than records.

    Args:
        old: The files as they were, none of them with an error.
        new: The same files as they are.
    """
    records: dict[RecordId, Record] = {}
    sources: dict[RecordId, Source] = {}
    for name, file in new.items():
        before = old.get(name)
        if before is None or _tells_more(before) or _tells_more(file):
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
        section: with_others(getattr(was, section), found) for section, found in by_kind.items() if found
    }
    made = replace(was, sources=with_others(was.sources, sources), **changed)
    made.__dict__["records"] = with_others(was.records, records)
    return made


def _tells_more(file: SeedFile) -> bool:
    """Whether a file holds more than records, or something is wrong with it."""
    return bool(file.problems or file.is_partial or file.settings or file.lock or not file.digest)


def with_originals(root: Path, dossier: Dossier, originals: Sequence[Path] = ()) -> Dossier:
    """The dossier with the full texts that are found in the folders given and in those that it names."""
    folders = folders_of(root, dossier, originals)
    linked = dossier.settings.linked_folders
    return replace(
        dossier,
        originals=find_originals(dossier.articles.values(), folders, root, linked),
        folders=tuple(name_of(folder.resolve(), root.resolve()) for folder in folders),
        has_folders=any(map(holds_files, folders)),
    )


def folders_of(root: Path, dossier: Dossier, originals: Sequence[Path] = ()) -> list[Path]:
    """Where full texts may lie, in the order in which they are looked for."""
    return [*originals, *(root / folder for folder in dossier.settings.originals)]


def _usual(root: Path) -> Settings:
    return Settings(title=root.resolve().name or "Dossier")


def _twice(entry: Entry, kind: Kind, source: Source) -> Problem:
    """That an id is given again, with both places."""
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
    if not isinstance(node, Fields):
        where = Position(name, node.span.line, node.span.column)
        hint = "write each record's id, a colon, and its fields below"
        problems.append(Problem(where, "bad-type", f"{name} should hold records by id", hint=hint))
        return SeedFile(digest, problems=tuple(problems), is_partial=True)
    lines = tuple(text.split("\n"))
    entries = []
    for key, value in node.items:
        source = record_source(name, key, value, lines)
        record_id = RecordId(key.text or "")
        if wrong := check_id(record_id, source.start):
            problems += wrong
            continue
        record, found = make(RECORD_TYPES[kind], value, source, {"id": record_id})
        entries.append(Entry(record_id, kind, record, source, _mark(source), tuple(found)))
    return SeedFile(digest, tuple(entries), tuple(problems))


def _read_article(file: FileText, name: str) -> SeedFile:
    path, digest = PurePosixPath(name), file.digest
    key = article_id(path.stem)
    if error := id_error(key):
        # No letter of the name is one that an id may have, or all that is left is a reserved word.
        error = error if key else "has no letters for an id"
        problem = Problem(
            Position(name), "bad-id", f"{shown(path.stem)} {error}", path.name, "rename the file"
        )
        return SeedFile(digest, problems=(problem,))
    article, source, problems = read_article(file, name, key)
    return SeedFile(digest, (Entry(key, Kind.ARTICLE, article, source, _mark(source)),), tuple(problems))


def _mark(source: Source) -> bytes:
    """A hash of where a record's values stand, and how they are written there."""
    whole = source.spans[()]
    written = repr((source.file, *source.spans.items())), *source.lines[whole.line - 1 : whole.end_line]
    return hashlib.blake2b("\n".join(written).encode(), digest_size=16).digest()
