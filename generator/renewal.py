"""From the seeds to the written Markdown tree, with no more work than what changed since the run before asks for.

What a run found is kept whole: what each file of the seeds holds, what was linked, which pages there are, and for
each piece of work what it read. The next run reads the files whose signatures differ, links and checks anew where
anything differs, and makes those pages again that have read something that differs, or that are not in the tree as
they were written. Nothing kept is needed: without it everything is made.
"""

import hashlib
import os
import shutil
import tempfile
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from generator import changes, processes
from generator.cache import Cache
from generator.check import check as find_problems
from generator.checking import Checked, check_again, check_all
from generator.files import NO_FILE, Signature, may_hide_change, remove_empty_folders, signature_of
from generator.link import Found, Links, link, link_again, link_all, links_of, reads_as
from generator.load import dossier as loading
from generator.load.history import history_state, read_history
from generator.load.originals import places_of
from generator.model.dossier import Dossier
from generator.model.faces import BODY, HEAD, MARK, WHOLE, faced
from generator.model.history import History
from generator.model.ids import RecordId
from generator.pages import Edition
from generator.pages.book import Work, made, works
from generator.problems import Position, Problem, Refused, in_order
from generator.site.tree import State, in_the_way, page_twice, state_of, twins
from generator.store import Store, Tables
from generator.traces import ALL, KEYS, Node, Notes, Table

# What is told while it goes on; a line each.
Tell = Callable[[str], None]
# Pieces of work that a process is given at a time.
_PART = 40
_SPOOL = "pages-"
# Under which the last run's front is kept.
_FRONT = "front"


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


@dataclass(frozen=True)
class Tree:
    """The written tree.

    Attributes:
        docs: Its folder.
        pages: All its pages, by path.
        changed: The paths of those that were written.
        removed: How many of its files were removed.
        problems: Warnings about the dossier, in order.
        title: The dossier's.
    """

    docs: Path
    pages: tuple[Made, ...]
    changed: frozenset[str]
    removed: int
    problems: tuple[Problem, ...]
    title: str
    records: int
    mentions: int
    remade: tuple[Work, ...]
    make_edition: Callable[[], Edition] = field(repr=False)

    @cached_property
    def edition(self) -> Edition:
        """What the pages were made from."""
        return self.make_edition()


@dataclass(frozen=True)
class _Inputs:
    """What everything depends on that is no file of the seeds."""

    root: str
    name: str
    originals: tuple[str, ...]
    docs: str
    history: bytes


@dataclass
class _Front:
    """What is kept and needed to see that nothing changed.

    Attributes:
        store: Under which all else is kept of the same run.
        seen: When the signatures of the seeds were taken, in nanoseconds.
        stamped: When those of the pages were, at the latest.
        places: Where originals may lie, each with its file's signature.
        pages: The pages by path, each with its file's signature.
    """

    store: str
    inputs: _Inputs
    seen: int
    stamped: int
    found: loading.Found
    digests: Mapping[str, str]
    places: Mapping[str, Signature]
    pages: dict[str, tuple[Made, Signature]]
    problems: tuple[Problem, ...]
    title: str
    records: int
    mentions: int


@dataclass
class _Traces:
    """What each piece of work made, and who read what."""

    made: dict[Work, tuple[str, ...]]
    readers: "dict[Node, array[int]]"
    numbers: dict[Work, int]


@dataclass(frozen=True)
class _Before:
    """All that is kept of a run."""

    found: loading.Found
    dossier: Dossier
    files: Mapping[str, loading.SeedFile]
    history: History
    links: Links
    linked: Found
    checks: Checked
    derived: Mapping[str, Any]
    traces: _Traces


def _tables(run: _Before) -> dict[str, Mapping[Any, Any]]:
    """A run as mappings; what is made of others at once is left out."""
    found = run.linked
    return {
        "files": run.files,
        "mentions": run.links.mentions,
        "prose": run.links.prose,
        "slips": found.slips,
        "held": found.held,
        "observed": found.observed,
        "asked": found.asked,
        "undecided": found.undecided,
        "given": found.given,
        "own": run.checks.own,
        "derived": run.derived,
        "made": run.traces.made,
        "numbers": run.traces.numbers,
        "readers": run.traces.readers,
        "others": {
            "originals": run.dossier.originals,
            "history": run.history,
            "joint": run.checks.joint,
            "ordinary": found.ordinary,
            "words": found.words,
            "taught": found.taught,
        },
    }


def _before(root: Path, found: loading.Found, tables: Tables) -> _Before:
    """The run of which the mappings are."""
    others = tables["others"]
    dossier, _ = loading.assemble(root, found, tables["files"])
    dossier = replace(dossier, originals=others["originals"])
    linked = Found(
        others["ordinary"], others["words"], others["taught"],
        tables["slips"], tables["held"], tables["observed"], tables["asked"], tables["undecided"], tables["given"],
    )  # fmt: skip
    return _Before(
        found,
        dossier,
        tables["files"],
        others["history"],
        links_of(dossier, tables["mentions"], tables["prose"], linked),
        linked,
        Checked(tables["own"], others["joint"]),
        tables["derived"],
        _Traces(dict(tables["made"]), dict(tables["readers"]), dict(tables["numbers"])),
    )


def renew(
    root: Path,
    docs_of: Callable[[str], Path],
    originals: Sequence[Path] = (),
    tell: Tell = lambda line: None,
    *,
    fresh: bool = False,
) -> Tree:
    """Writes the Markdown tree of a dossier without errors.

    Args:
        docs_of: The folder of the tree, for a dossier of a title.
        fresh: Whether to believe nothing that is kept.

    Raises:
        Refused: if it has errors, or a page would take the place of a hand-written one; the tree is then as it was.
    """
    cache = Cache(root)
    with cache.alone(lambda: tell("Waiting for another build of this dossier to end")):
        return _Renewal(root, cache, docs_of, originals, tell).run(fresh=fresh)


class _Renewal:
    """One run, step by step."""

    def __init__(
        self, root: Path, cache: Cache, docs_of: Callable[[str], Path], originals: Sequence[Path], tell: Tell
    ) -> None:
        self._root, self._cache, self._docs_of = root, cache, docs_of
        self._originals, self._tell = originals, tell
        self._store = Store(cache)

    def run(self, *, fresh: bool) -> Tree:
        """The whole of it."""
        self._sweep()
        start = time.time_ns()
        found = loading.find(self._root)
        front = None if fresh else self._kept(_FRONT)
        differing = self._differing(front, found)
        inputs = None
        if front and not differing:
            docs = self._docs_of(front.title)
            inputs = self._inputs(docs)
            scan = _Docs(docs, self._root, front)
            if inputs == front.inputs and scan.is_as_written and self._same_originals(front):
                return self._unchanged(front, found, scan, start)
        return self._changed(front, found, differing, start)

    # Nothing changed

    def _unchanged(self, front: _Front, found: loading.Found, scan: "_Docs", start: int) -> Tree:
        pages = {path: (page, scan.written[path]) for path, (page, _) in front.pages.items()}
        if scan.read or found.signatures != front.found.signatures or self._hidden(front):
            # What had to be read this time need not be the next.
            again = replace(front, found=found, seen=start, stamped=scan.stamped, pages=pages)
            self._cache.write(_FRONT, again)
        return Tree(
            scan.docs,
            tuple(page for page, _ in front.pages.values()),
            frozenset(),
            0,
            front.problems,
            front.title,
            front.records,
            front.mentions,
            (),
            lambda: self._edition_again(front),
        )

    def _edition_again(self, front: _Front) -> Edition:
        before = self._before(front)
        if before is None:
            # Somebody took it away meanwhile.
            dossier, _ = loading.load(self._root, self._originals)
            return Edition(dossier, link(dossier), read_history(self._root))
        return Edition(before.dossier, before.links, before.history)

    # Something changed

    def _changed(self, front: _Front | None, found: loading.Found, differing: set[str], start: int) -> Tree:
        before = self._before(front)
        if before is None:
            front, differing = None, set(found.files)
        kept_files = before.files if before else {}
        read = loading.read_all(self._root, found, [name for name in found.files if name in differing])
        files = {name: read[name] if name in read else kept_files[name] for name in found.files}
        dossier, unreadable = loading.assemble(self._root, found, files)
        dossier = loading.with_originals(self._root, dossier, self._originals)
        places = self._places(dossier)
        self._tell(f"Read {len(dossier.records)} records")
        changed, was = None, None
        checks: Checked | None = None
        if before:
            was = before.dossier
            # What is read without being noted is the same, and what is wrong is told of each record by itself.
            if _same_throughout(was, dossier) and not dossier.is_partial:
                keys, moved = _keys(differing, before.files, files)
                changed = changes.of_records(was, dossier, keys) | {(MARK, key) for key in moved}
        if before and changed is not None and not changed:
            links, linked, checks = before.links, before.linked, before.checks
        else:
            links, linked = self._linked(before, was, dossier, changed)
            if before and was and changed is not None:
                checks = check_again(before.checks, changed, (was, before.links), (dossier, links))
            else:
                checks = None if dossier.is_partial else check_all(dossier, links)
        problems = in_order([*unreadable, *links.problems, *(checks.problems if checks else ())])
        if checks is None or any(problem.is_error for problem in problems):
            problems = in_order([*unreadable, *links.problems, *find_problems(dossier, links.mentioned)])
        mentions = sum(map(len, links.mentions.values()))
        self._tell(f"Linked {mentions} mentions")
        if checks is None or any(problem.is_error for problem in problems):
            raise Refused(problems)
        try:
            docs = self._docs_of(dossier.settings.title)
        except Refused as refused:
            raise Refused([*problems, *refused.problems]) from None
        inputs = self._inputs(docs)
        same_history = front and front.inputs.history == inputs.history
        history = before.history if before and front and same_history else read_history(self._root)
        notes = Notes()
        edition = Edition(faced(dossier, notes), _noted(links, notes), history, notes)
        holds = front and was and changed is not None and _holds(front.inputs, inputs)
        if before and was and changed is not None and holds:
            changed |= changes.of_links(before.links, links)
            changed |= changes.of_mentions((was, before.links), (dossier, links), changed)
            changed |= changes.of_shared((was, before.links), (dossier, links), changed)
            changes.take_over(before.derived, edition, changed, same_history=bool(same_history))
        values = changes.compared(edition)
        scan = _Docs(docs, self._root, front)
        all_works = dict.fromkeys(works(edition))
        dirty: Iterable[Work] = all_works
        if before and changed is not None and holds:
            changed |= changes.of_compared(before.derived, values)
            dirty = _dirty(before.traces, changed, scan.lost, all_works)
        chosen = set(dirty)
        dirty = tuple(work for work in all_works if work in chosen)
        kept = {w: before.traces.made[w] for w in all_works if w not in chosen} if before else {}
        with refusing(problems), self._spool() as spool:
            making = _Making(edition, scan, spool)
            results = list(making.all(dirty))
            pages = {path: front.pages[path][0] for paths in kept.values() for path in paths} if front else {}
            wrong: list[Problem] = []
            spooled: dict[str, str] = {}
            for result in results:
                for page, file in result.pages:
                    if page.path in pages:
                        wrong.append(page_twice(page.path, docs, self._root))
                    pages[page.path] = page
                    if file:
                        spooled[page.path] = file
            wrong += [p for path in pages for p in in_the_way(path, docs, self._root, scan.state)]
            if wrong:
                raise Refused(in_order([*problems, *wrong]))
            signatures = {path: _placed(spool / file, docs / path) for path, file in spooled.items()}
            stale = [path for path in scan.ours if path not in pages]
            for path in stale:
                (docs / path).unlink()
                remove_empty_folders((docs / path).parent, docs)
        self._tell(f"Wrote {len(pages)} pages, {len(spooled)} of them changed, {len(stale)} removed")
        signed = {
            path: (pages[path], signatures.get(path) or scan.signatures[path]) for path in sorted(pages)
        }
        digests = {name: file.digest for name, file in files.items()}
        title = dossier.settings.title
        now = _Before(
            found, dossier, files, history, links, linked, checks, values, _merged(before, results, kept)
        )
        made_front = _Front(
            self._store.write(_tables(now)), inputs, start, time.time_ns(), found, digests, places, signed,
            problems, title, len(dossier.records), mentions,
        )  # fmt: skip
        # By the front all else is found.
        self._cache.write(_FRONT, made_front)
        self._store.drop_others(made_front.store)
        return Tree(
            docs,
            tuple(page for page, _ in signed.values()),
            frozenset(spooled),
            len(stale),
            problems,
            title,
            len(dossier.records),
            mentions,
            dirty,
            lambda: Edition(dossier, links, history),
        )

    def _kept(self, name: str) -> Any:
        return self._cache.read(name)

    def _linked(
        self, before: _Before | None, was: Dossier | None, now: Dossier, changed: set[Node] | None
    ) -> tuple[Links, Found]:
        """The links, of which only those are looked for again that may be others."""
        if before and was and changed is not None:
            keys = {
                RecordId(str(key[0] if isinstance(key, tuple) else key))
                for name, key in changed
                if name in (HEAD, WHOLE, BODY) and key not in (ALL, KEYS)
            }
            if all(reads_as(was.records.get(key)) == reads_as(now.records.get(key)) for key in keys):
                called = {
                    owner
                    for (owner, _), paragraphs in before.links.prose.items()
                    if any(run.record in keys for runs in paragraphs for run in runs)
                }
                moved = {RecordId(str(key)) for name, key in changed if name == MARK}
                if again := link_again(now, before.links, before.linked, keys | called, moved):
                    return again
        return link_all(now)

    def _before(self, front: _Front | None) -> _Before | None:
        tables = self._store.read(front.store) if front else None
        return _before(self._root, front.found, tables) if front and tables is not None else None

    def _sweep(self) -> None:
        """Removes what a run that was killed left behind."""
        for path in self._cache.folder.glob(f"{_SPOOL}*"):
            shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def _spool(self) -> Iterator[Path]:
        """A folder where pages wait until all are made."""
        with tempfile.TemporaryDirectory(dir=self._cache.folder, prefix=_SPOOL) as folder:
            yield Path(folder)

    def _inputs(self, docs: Path) -> _Inputs:
        return _Inputs(
            str(self._root),
            self._root.resolve().name,
            tuple(map(str, self._originals)),
            str(docs),
            history_state(self._root),
        )

    def _differing(self, front: _Front | None, found: loading.Found) -> set[str]:
        """The files that came, went or changed since."""
        if front is None:
            return set(found.files)
        differing = set(found.files) ^ set(front.found.files)
        for name, what in found.files.items():
            kept = front.found.signatures.get(name)
            if (
                kept is None
                or front.found.files[name] != what
                or not front.digests[name]
                or (
                    (kept != found.signatures[name] or may_hide_change(kept, front.seen))
                    and loading.digest_of(self._root / name) != front.digests[name]
                )
            ):
                differing.add(name)
        if (found.problems, found.is_partial) != (front.found.problems, front.found.is_partial):
            differing.add("")
        return differing

    def _hidden(self, front: _Front) -> bool:
        """Whether some signature of the run before was too young to tell."""
        return any(may_hide_change(signature, front.seen) for signature in front.found.signatures.values())

    def _places(self, dossier: Dossier) -> dict[str, Signature]:
        folders = loading.folders_of(self._root, dossier, self._originals)
        return {str(path): signature_of(path) for path in places_of(dossier.articles.values(), folders)}

    def _same_originals(self, front: _Front) -> bool:
        return all(
            signature_of(Path(path)) == was and (was == NO_FILE or not may_hide_change(was, front.seen))
            for path, was in front.places.items()
        )


@contextmanager
def refusing(problems: Iterable[Problem]) -> Iterator[None]:
    """What goes wrong with folders and files is reported beside what is wrong with the dossier."""
    try:
        yield
    except OSError as error:
        where = Position(str(error.filename2 or error.filename or ""))
        problem = Problem(where, "unwritable", f"cannot be written: {error.strerror or error}")
        raise Refused([*problems, problem]) from None


def _holds(before: _Inputs, now: _Inputs) -> bool:
    """Whether pages that were made with some inputs are those of others; history is noted by those who read it."""
    return replace(before, history=b"") == replace(now, history=b"")


def _same_throughout(before: Dossier, now: Dossier) -> bool:
    """Whether what every page may read without its being noted is the same."""
    return (before.settings, before.lock, before.originals) == (now.settings, now.lock, now.originals)


def _keys(
    differing: Iterable[str], old: Mapping[str, loading.SeedFile], new: Mapping[str, loading.SeedFile]
) -> tuple[set[RecordId], set[RecordId]]:
    """The records that some files give or gave, and those of them in which something may stand elsewhere."""
    marks = [
        {entry.key: entry.mark for name in differing if name in files for entry in files[name].entries}
        for files in (old, new)
    ]
    keys = marks[0].keys() | marks[1].keys()
    return keys, {key for key in keys if marks[0].get(key) != marks[1].get(key)}


def _noted(links: Links, notes: Notes) -> Links:
    """Links that note what is read of them."""
    return Links(
        Table(notes, "mentions", links.mentions),
        Table(notes, "mentioned_in", links.mentioned_in),
        Table(notes, "prose", links.prose, of=_owner),
        Table(notes, "backlinks", links.backlinks),
        Table(notes, "backing", links.backing, of=_owner),
        Table(notes, "undecided", links.undecided),
        links.problems,
    )


def _owner(key: Any) -> Any:
    return key[0]


def _dirty(traces: _Traces, changed: set[Node], lost: Iterable[str], all_works: Iterable[Work]) -> set[Work]:
    """The work that read something that differs, whose pages are gone, or that is new."""
    by_number = {number: work for work, number in traces.numbers.items()}
    dirty = {by_number[n] for node in changed for n in traces.readers.get(node, ()) if n in by_number}
    gone = set(lost)
    dirty |= {work for work, paths in traces.made.items() if not gone.isdisjoint(paths)}
    return dirty | {work for work in all_works if work not in traces.made}


class _Result(NamedTuple):
    """What one piece of work made: its pages, those that are to be written with their files in the spool, and what it read."""

    work: Work
    pages: list[tuple[Made, str]]
    nodes: frozenset[Node]


class _Making:
    """Makes pages in several processes; those that differ from what is in the tree go into the spool."""

    def __init__(self, edition: Edition, scan: "_Docs", spool: Path) -> None:
        self._edition, self._scan, self._spool = edition, scan, spool

    def all(self, dirty: Sequence[Work]) -> Iterator[_Result]:
        """What each piece of work made."""
        # The longest first, so that none is left to one process at the end.
        across = [[work] for work in dirty if work[0] == "across"]
        records = [work for work in dirty if work[0] != "across"]
        parts = across + [records[at : at + _PART] for at in range(0, len(records), _PART)]
        for results in processes.spread(self._part, parts, processes.available()):
            yield from results

    def _part(self, part: Sequence[Work]) -> list[_Result]:
        return [self._one(work) for work in part]

    def _one(self, work: Work) -> _Result:
        pages = []
        with self._edition.notes.taken() as nodes:
            for number, page in enumerate(made(self._edition, work)):
                data = page.text.encode()
                digest = hashlib.sha256(data).hexdigest()
                file = ""
                if self._scan.digest(page.path) != digest:
                    file = hashlib.sha256(f"{work}{number}".encode()).hexdigest()
                    (self._spool / file).write_bytes(data)
                told = Made(page.path, digest, str(page.meta["title"]), str(page.meta.get("label", "")))
                pages.append((told, file))
        return _Result(work, pages, frozenset(nodes))


def _merged(
    before: _Before | None, results: Iterable[_Result], kept: Mapping[Work, tuple[str, ...]]
) -> _Traces:
    """What was read by work that was done now, and by work that was not."""
    traces = before.traces if before else None
    numbers = {work: number for work, number in (traces.numbers if traces else {}).items() if work in kept}
    readers: dict[Node, array[int]] = traces.readers if traces and kept else {}
    made_now = dict(kept)
    number = max(traces.numbers.values(), default=-1) + 1 if traces else 0
    for result in results:
        # A number of its own, so that what the work read before, and reads no more, is not taken for it.
        numbers[result.work] = number
        made_now[result.work] = tuple(page.path for page, _ in result.pages)
        for node in result.nodes:
            # Not changed in place, since what is kept is compared by identity.
            numbers_of = readers[node][:] if node in readers else array("I")
            numbers_of.append(number)
            readers[node] = numbers_of
        number += 1
    return _Traces(made_now, readers, numbers)


class _Docs:
    """The Markdown files of the tree's folder, as far as they are not known to be as they were written.

    Attributes:
        signatures: Those of all of them.
        written: Those of the pages that are as they were written.
        read: Whether some had to be read to be known.
        lost: The pages that are not.
        state: Of the others: whether each is hand-written, edited, or the generator's own.
        ours: All that the generator wrote and nobody touched.
    """

    def __init__(self, docs: Path, root: Path, front: _Front | None) -> None:
        self.docs = docs
        kept = front.pages if front and front.inputs.docs == str(docs) else {}
        self.stamped = time.time_ns()
        self.signatures = dict(_markdown_files(docs))
        self.written: dict[str, Signature] = {}
        self.state: dict[str, State] = {}
        self.read = False
        self._digests: dict[str, str] = {}
        stamped = front.stamped if front else 0
        for path, signature in self.signatures.items():
            page, was = kept.get(path, (None, NO_FILE))
            if page and was == signature and not may_hide_change(was, stamped):
                self.written[path] = signature
                self._digests[path] = page.digest
                continue
            try:
                data = (docs / path).read_bytes()
            except OSError:
                continue
            digest = hashlib.sha256(data).hexdigest()
            if page and page.digest == digest:
                self.written[path] = signature
                self.read = True
            else:
                self.state[path] = state_of(data.decode("utf-8", errors="replace"))
            self._digests[path] = digest
        self.lost = frozenset(path for path in kept if path not in self.written)
        self.ours = [*self.written, *(path for path, state in self.state.items() if state == "ours")]

    @property
    def is_as_written(self) -> bool:
        """Whether all pages are there as they were written, and nothing is in their place or stale."""
        beside = any(name in self.state for path in self.written for name in twins(path)[1:])
        return not (self.lost or beside or "ours" in self.state.values())

    def digest(self, path: str) -> str:
        """The SHA-256 of a file as it is; empty where there is none."""
        return self._digests.get(path, "")


def _markdown_files(docs: Path) -> Iterator[tuple[str, Signature]]:
    """The Markdown files below a folder, by their path relative to it."""
    left = [""]
    while left:
        folder = left.pop()
        try:
            entries = list(os.scandir(docs / folder))
        except OSError:
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                left.append(path)
            elif entry.name.endswith(".md") and entry.is_file():
                yield path, signature_of(entry)


def _placed(source: Path, target: Path) -> Signature:
    """Moves a page from the spool to its place, and gives its signature there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _move(source, target)
    return signature_of(target)


def _move(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError:
        # The tree is on another disk.
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            file.write(source.read_bytes())
        shutil.copymode(source, file.name)
        Path(file.name).replace(target)
