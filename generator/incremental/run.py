"""From the seeds to the written Markdown tree, with no more work than what changed since the run before asks for.

What a run found is kept whole: what each file of the seeds holds, what was linked, which pages there are, and for
each piece of work what it read. The next run parses the files whose digests differ, links and checks again where
anything differs, and makes those pages again that have read something that differs, or that are not in the tree as
they were written. Nothing kept is needed: without it everything is made.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from generator.check import check as find_problems
from generator.edition import Edition
from generator.edition.derived import HISTORY
from generator.incremental import changes
from generator.incremental.checking import CheckState, check_again, check_all
from generator.incremental.docs import Docs, place, refuse_links
from generator.incremental.entries import SpooledEntries
from generator.incremental.making import PageBuilder, Result, dirty_of, merged, noted
from generator.incremental.stored_run import (
    REQUIRED,
    UNORDERED,
    DossierIndex,
    FinishedRun,
    Inputs,
    Manifest,
    PageInfo,
    PreviousRun,
    Results,
    Traces,
    keys_of,
    same_inputs,
    same_settings,
    types_of,
    without_records,
)
from generator.incremental.tree import in_the_way, index_of, page_twice
from generator.link import Links, LinkState, link_all, problems_of, relink
from generator.load import dossier as loading
from generator.load.history import read_history
from generator.load.originals import holds_files, places_of
from generator.mkdocs.settings import is_excluded
from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.model.slices import BODY, MARK, OF_FIELDS, tracked
from generator.pages.book import Target, targets
from generator.pages.search import searchable
from generator.pages.writing.render import compile_templates
from generator.search import SearchDelta, SearchEntry
from generator.state import lazy
from generator.state.cache import Cache
from generator.state.database import Damaged
from generator.state.encoding import EncodingError
from generator.state.lazy import LazyMapping, with_others
from generator.state.stamps import UNREADABLE, StatCache
from generator.state.store import Store
from generator.state.traces import ALL, KEYS, Dependency, DependencyRecorder
from generator.support.files import digest_of, name_below, remove, remove_empty_folders
from generator.support.git import history_state
from generator.support.problems import Problem, Refused, SourcePosition, in_order
from generator.support.progress import Tell, announce, counted, silent

_SPOOL = "pages-"
# What is said of a cache whose values do not belong together.
UNFIT = "The cache does not fit the dossier; everything is rebuilt"
# The name under which a run leaves its tables.
_STORE = "run"
# So many pieces of work are shared among processes, and ask for most templates.
_MANY = 40


@dataclass(frozen=True)
class MarkdownTree:
    """The written tree.

    Attributes:
        docs: Its folder.
        pages: All its pages by path.
        changed: The paths of those that were written.
        removed: How many of its files were removed.
        problems: Warnings about the dossier, in order.
        title: The dossier's.
        state: Changes with all that pages, search and feed are made of.
        since: The state of the run before; empty where none is known.
        searched: What is searched of each record, as far as this run made it.
        searched_changed: The records of which something else is searched since.
        searched_gone: The records that are searched no more.
        places: Where originals may lie, relative to the dossier, each with its file's digest.
        digests: Those of the files of the seeds, as they were parsed.
    """

    docs: Path
    pages: Mapping[str, PageInfo]
    changed: frozenset[str]
    removed: int
    problems: tuple[Problem, ...]
    title: str
    state: str
    since: str
    searched: Mapping[RecordId, SearchEntry] = field(repr=False)
    searched_changed: frozenset[RecordId]
    searched_gone: frozenset[RecordId]
    places: Mapping[str, str]
    digests: Mapping[str, str]
    records: int
    mentions: int
    remade: tuple[Target, ...]
    make_edition: Callable[[], Edition] = field(repr=False)

    @cached_property
    def edition(self) -> Edition:
        """What the pages were made from.

        What was kept of it is read when it is asked for.

        Raises:
            Damaged: if it is not as it was written, now or when it is asked for.
        """
        return self.make_edition()

    def searchable(self, since: str) -> SearchDelta:
        """What is searched that differs since a state; everything where that is not the state of the run before."""
        if not since or since != self.since:
            return searchable(self.edition, state=self.state, known=self.searched)
        return searchable(
            self.edition,
            self.searched_changed,
            gone=self.searched_gone,
            since=since,
            state=self.state,
            known=self.searched,
        )


def update_tree(
    root: Path,
    docs_of: Callable[[str], Path],
    originals: Sequence[Path] = (),
    tell: Tell = silent,
    *,
    fresh: bool = False,
    stamps: StatCache | None = None,
) -> MarkdownTree:
    """Writes the Markdown tree of a dossier without errors.

    Args:
        docs_of: The folder of the tree, for a dossier of a title.
        fresh: Whether to believe nothing that is kept.
        stamps: The digests of files, as the run that this is a part of knows them.

    Raises:
        Refused: if it has errors, or a page would take the place of a hand-written one; the tree is then as it was.
    """
    stamps = stamps or StatCache(Cache(root))
    with lock_dossier(root, tell):
        try:
            return _IncrementalBuild(root, docs_of, originals, tell, stamps).run(fresh=fresh)
        except Damaged:
            tell("The cache is damaged; everything is rebuilt")
        except LookupError:
            # Each value is of its type, but nothing says that those of a planted cache belong together.
            if fresh:
                raise
            tell(UNFIT)
        stamps.forget()
        return _IncrementalBuild(root, docs_of, originals, tell, stamps).run(fresh=True)


@contextmanager
def lock_dossier(root: Path, tell: Tell) -> Iterator[None]:
    """Lets one run at a time work on a dossier; it may enter again.

    Raises:
        Refused: if there is no dossier, in whose place nothing is then made.
    """
    if problem := loading.no_folder(root):
        raise Refused([problem])
    with refusing(()), Cache(root).lock(lambda: tell("Waiting for another build of this dossier to end")):
        yield


class _EditionUpdate(NamedTuple):
    """An edition, and how it differs from that of the run before.

    Attributes:
        changed: What differs; None if everything may.
        taken: The names of the derived values of the edition before that hold.
        computed: The other derived values, by name.
    """

    edition: Edition
    changed: set[Dependency] | None
    taken: Iterable[str]
    computed: dict[str, Any]


class _Placed(NamedTuple):
    """Pages in their places.

    Attributes:
        pages: All of them by path.
        digests: The digest of each file.
        searched: What is searched of the records whose pages were made.
        searched_gone: The records that are searched no more.
        written: The paths of those that were written.
        removed: How many files were removed.
        traces: What was read for them.
    """

    pages: Mapping[str, PageInfo]
    digests: dict[str, str]
    searched: "SpooledEntries"
    searched_gone: frozenset[RecordId]
    written: frozenset[str]
    removed: int
    traces: Traces


class _IncrementalBuild:
    """One run, step by step."""

    def __init__(
        self,
        root: Path,
        docs_of: Callable[[str], Path],
        originals: Sequence[Path],
        tell: Tell,
        stamps: StatCache,
    ) -> None:
        self._root, self._docs_of = root, docs_of
        self._originals, self._tell = originals, tell
        self._stamps = stamps
        self._is_excluded = partial(is_excluded, root)
        self._cache = Cache(root)
        self._store = Store(self._cache, _STORE, types_of)

    def run(self, *, fresh: bool) -> MarkdownTree:
        """The whole of it."""
        self._sweep()
        before = None if fresh else self._before()
        found = loading.find(self._root, self._stamps, before.manifest.found if before else None)
        differing = self._differing(before, found)
        if before and not differing:
            docs = self._docs_of(before.manifest.title)
            scan = Docs(self._root, docs, before.manifest, self._stamps, self._is_excluded)
            is_same = self._inputs(docs) == before.manifest.inputs and self._same_originals(before)
            if is_same and scan.is_as_written:
                return self._unchanged(before, scan)
        return self._changed(before, found, differing)

    # Nothing changed

    def _unchanged(self, before: PreviousRun, scan: "Docs") -> MarkdownTree:
        manifest = before.manifest
        self._tell(f"Nothing changed in {len(manifest.pages)} pages")
        self._stamps.save()
        return MarkdownTree(
            docs=scan.docs,
            pages=before.pages,
            changed=frozenset(),
            removed=0,
            problems=manifest.problems,
            title=manifest.title,
            state=manifest.state,
            since=manifest.state,
            searched={},
            searched_changed=frozenset(),
            searched_gone=frozenset(),
            places=manifest.places,
            digests=before.digests,
            records=manifest.records,
            mentions=manifest.mentions,
            remade=(),
            make_edition=before.edition,
        )

    # Something changed

    def _changed(
        self, before: PreviousRun | None, found: loading.SeedListing, differing: set[str]
    ) -> MarkdownTree:
        """A run where something is otherwise than before, or nothing is known of before."""
        read = loading.read_all(
            self._root, found, [name for name in found.files if name in differing], tell=self._tell
        )
        dossier, index, places = self._read(before, found, read, differing)
        self._tell(f"Read {len(dossier.records)} records")
        changed = self._changed_records(before, dossier, read, differing)
        links, linking, checks = self._checked(before, dossier, changed)
        number = self._mentions(before, links)
        self._tell(f"Linked {number} mentions")
        problems = self._sound(dossier, index, links, linking, checks)
        docs = self._docs(dossier, problems)
        inputs = self._inputs(docs)
        update = self._edition(before, inputs, dossier, links, changed)
        old_manifest = before.manifest if before else None
        scan = Docs(self._root, docs, old_manifest, self._stamps, self._is_excluded)
        if scan.problems:
            raise Refused(in_order([*problems, *scan.problems]))
        all_targets = frozenset(targets(update.edition))
        dirty = all_targets
        if before and update.changed is not None:
            dirty &= dirty_of(before.traces, update.changed, scan.lost, all_targets)
        with refusing(problems):
            placed = self._place(before, update.edition, scan, all_targets, dirty, problems)
        # The digest of a file that could not be read is empty.
        read_digests = {name: file.digest for name, file in read.items()}
        gone = frozenset(differing - read.keys())
        digests = with_others(before.digests if before else {}, read_digests, gone)
        manifest = Manifest(
            inputs=inputs,
            found=found,
            unread=frozenset(name for name, digest in read_digests.items() if not digest),
            state=_digest([sorted(digests.items()), inputs, sorted(places.items())]),
            places=places,
            pages=placed.digests,
            problems=problems,
            title=dossier.settings.title,
            records=len(dossier.records),
            mentions=number,
        )
        searched, searched_gone = placed.searched.changed, placed.searched_gone
        old_reads = before.reads if before and update.taken else {}
        results = Results(
            manifest=manifest,
            records=index,
            dossier=without_records(dossier),
            history=update.edition.history,
            reads={**old_reads, **{name: frozenset(of) for name, of in update.edition.reads.items()}},
            digests=digests,
            pages=placed.pages,
            searched=with_others(before.searched if before else {}, searched, searched_gone),
        )
        run = FinishedRun(
            results=results,
            dossier=dossier,
            links=links,
            linking=linking,
            checks=checks or CheckState(),
            traces=placed.traces,
            files=read,
            gone=gone,
            derived=update.computed,
            taken=update.taken,
            before=before,
        )
        self._store_run(run)
        return MarkdownTree(
            docs=docs,
            pages=placed.pages,
            changed=placed.written,
            removed=placed.removed,
            problems=problems,
            title=dossier.settings.title,
            state=manifest.state,
            since=before.manifest.state if before else "",
            searched=placed.searched,
            searched_changed=frozenset(searched),
            searched_gone=searched_gone,
            places=places,
            digests=digests,
            records=len(dossier.records),
            mentions=number,
            remade=tuple(sorted(dirty, key=repr)),
            make_edition=run.edition,
        )

    def _store_run(self, run: FinishedRun) -> None:
        """Leaves a run to the next.

        Raises:
            OSError: if the disk is full or may not be written.
        """
        try:
            self._store.write(run.tables(), UNORDERED)
        except EncodingError:
            # The name of some file is no text. All of it is made again.
            self._store.drop()
            return
        self._stamps.save()

    def _changed_records(
        self,
        before: PreviousRun | None,
        dossier: Dossier,
        read: Mapping[str, loading.SeedFile],
        differing: set[str],
    ) -> set[Dependency] | None:
        """What differs of the records; None where all may."""
        # What is read without being noted must be the same, and the problems of each record known by itself.
        if before is None or dossier.is_partial or not same_settings(before.dossier, dossier):
            return None
        old = {name: file for name in differing if (file := before.file(name))}
        keys, moved = keys_of(differing, old, read)
        return changes.of_records(before.dossier, dossier, keys) | {(MARK, key) for key in moved}

    def _sound(
        self,
        dossier: Dossier,
        index: DossierIndex,
        links: Links,
        linking: LinkState,
        checks: CheckState | None,
    ) -> tuple[Problem, ...]:
        """The problems of a dossier, in order.

        Raises:
            Refused: if it has errors.
        """
        found = (*index.unreadable, *problems_of(linking.undecided))
        problems = in_order([*found, *(checks.problems if checks else ())])
        if checks is None or any(problem.is_error for problem in problems):
            announce("Checking", len(dossier.records), "records", self._tell)
            raise Refused(in_order([*found, *find_problems(dossier, links.mentioned)]))
        return problems

    def _docs(self, dossier: Dossier, problems: Sequence[Problem]) -> Path:
        """The folder of the tree."""
        try:
            return self._docs_of(dossier.settings.title)
        except Refused as refused:
            raise Refused([*problems, *refused.problems]) from None

    def _edition(
        self,
        before: PreviousRun | None,
        inputs: Inputs,
        dossier: Dossier,
        links: Links,
        changed: set[Dependency] | None,
    ) -> _EditionUpdate:
        """What the pages are made from, with as much taken from the run before as holds."""
        same_history = before is not None and before.manifest.inputs.history == inputs.history
        history = before.history if before and same_history else read_history(self._root)
        recorder = DependencyRecorder()
        tracked_inputs = tracked(dossier, recorder), noted(links, recorder), history, recorder
        if before is None or changed is None or not same_inputs(before.manifest.inputs, inputs):
            edition = Edition(*tracked_inputs)
            return _EditionUpdate(edition, None, (), changes.all_derived(edition))
        changed |= changes.of_links(before.links, links)
        if not same_history:
            changed.add((HISTORY, ALL))
        taken: dict[str, None] = {}
        edition = Edition(*tracked_inputs, LazyMapping(taken, before.derived.__getitem__))
        update = changes.DerivedUpdate(edition, before, taken, changed)
        update.all()
        with recorder.record():
            changed |= changes.of_mentions(before, edition, changed)
        return _EditionUpdate(edition, changed, taken, update.computed)

    def _place(
        self,
        before: PreviousRun | None,
        edition: Edition,
        scan: Docs,
        all_targets: frozenset[Target],
        dirty: frozenset[Target],
        problems: Sequence[Problem],
    ) -> "_Placed":
        """Makes pages, and puts them into their places once all are made.

        Args:
            dirty: The targets whose pages are made again.

        Raises:
            Refused: if two pages are in one place, or a hand-written one is in the way.
        """
        docs, wrong = scan.docs, list[Problem]()
        left = all_targets - dirty
        was = before.traces.made if before else {}
        # What was made by work that is done again, or no more.
        replaced = {path for work in was.keys() - left for path in was[work]}
        there = before.manifest.pages.keys() if before else frozenset[str]()
        pages: dict[str, PageInfo] = {}
        spooled: dict[str, str] = {}
        searched = SpooledEntries(self._cache.folder, before.searched if before else {})
        if len(dirty) > _MANY:
            compile_templates(edition.words)

        def gathered(results: Iterable[Result]) -> Iterator[Result]:
            # One at a time: what all of them read takes a gigabyte.
            for result in results:
                for page, file in result.pages:
                    if page.path in pages or (page.path in there and page.path not in replaced):
                        wrong.append(page_twice(page.path, docs, self._root))
                    pages[page.path] = page
                    if file:
                        spooled[page.path] = file
                if result.entry:
                    searched.add(RecordId(result.work[1]), result.entry)
                yield result

        with self._spool() as spool:
            with PageBuilder(edition, scan, spool).all(sorted(dirty, key=repr)) as results:
                reported = counted(results, len(dirty), "Made {} of {} groups of pages", self._tell)
                traces = merged(before.traces if before else None, gathered(reported), left)
            gone = replaced - pages.keys()
            paths = (there - gone) | pages.keys()
            wrong += [
                problem
                for path in dict.fromkeys(map(index_of, scan.state))
                if path in paths
                for problem in in_the_way(path, docs, self._root, scan.state)
            ]
            if wrong:
                raise Refused(in_order([*problems, *wrong]))
            stale = sorted(scan.ours - paths)
            refuse_links(docs, self._root, self._stamps.below(docs).linked, (*spooled, *stale))
            for path, file in spooled.items():
                place(spool / file, docs / path)
            for path in stale:
                (docs / path).unlink()
                remove_empty_folders((docs / path).parent, docs)
        self._tell(f"Wrote {len(paths)} pages, {len(spooled)} of them changed, {len(stale)} removed")
        written = {path: pages[path].digest for path in spooled}
        self._stamps.update(docs, {**written, **dict.fromkeys(stale)})
        # Where all are made anew, those that come first by path are kept first.
        made = with_others(before.pages if before else {}, dict(sorted(pages.items())), gone)
        records_gone = {RecordId(work[1]) for work in was.keys() - all_targets if work[0] == "record"}
        digests = {path: pages[path].digest if path in pages else scan.written[path] for path in paths}
        return _Placed(
            pages=made,
            digests=digests,
            searched=searched,
            searched_gone=frozenset(records_gone),
            written=frozenset(spooled),
            removed=len(stale),
            traces=traces,
        )

    def _read(
        self,
        before: PreviousRun | None,
        found: loading.SeedListing,
        read: Mapping[str, loading.SeedFile],
        differing: set[str],
    ) -> tuple[Dossier, DossierIndex, Mapping[str, str]]:
        """The dossier, its shape, and where originals may lie: those of the run before, as far as they hold."""
        if before and differing == read.keys() and self._same_originals(before):
            old = {name: file for name in read if (file := before.file(name))}
            again = loading.reassemble(before.dossier, old, read)
            if again and changes.same_originals(old, read):
                if again.originals:
                    # Their words are not kept.
                    again = loading.with_originals(self._root, again, self._originals)
                return again, before.index, before.manifest.places
        files = {name: read[name] if name in read else _there(before, name) for name in found.files}
        dossier, unreadable = loading.assemble(self._root, found, files)
        # Before they are read: what changes meanwhile differs from this in the next run.
        places = self._places(dossier)
        dossier = loading.with_originals(self._root, dossier, self._originals)
        return dossier, DossierIndex.of(dossier, files, unreadable), places

    def _checked(
        self, before: PreviousRun | None, dossier: Dossier, changed: set[Dependency] | None
    ) -> tuple[Links, LinkState, CheckState | None]:
        """The links, and what is wrong with the records, if they are known of each by itself."""
        # What cited paragraphs said before is nothing that a page shows, but any record may be held against it.
        is_recorded_so = before is not None and before.dossier.recorded == dossier.recorded
        if before and changed is not None and not changed:
            checks = before.checks if is_recorded_so else check_all(dossier, before.links, self._tell)
            return before.links, before.linking, checks
        links, linked = self._linked(before, dossier, changed)
        if before and changed is not None and is_recorded_so:
            old = before.dossier, before.links
            return links, linked, check_again(before.checks, changed, old, (dossier, links))
        return links, linked, None if dossier.is_partial else check_all(dossier, links, self._tell)

    def _mentions(self, before: PreviousRun | None, links: Links) -> int:
        """How many mentions there are."""
        if before is None:
            return sum(map(len, links.mentions.values()))
        old, new = before.links.mentions, links.mentions
        return before.manifest.mentions + sum(
            len(new.get(key, ())) - len(old.get(key, ())) for key in lazy.differing(old, new)
        )

    def _linked(
        self, before: PreviousRun | None, now: Dossier, changed: set[Dependency] | None
    ) -> tuple[Links, LinkState]:
        """The links, of which only those are made again that may differ."""
        if before is None or changed is None:
            return link_all(now, self._tell)
        records = [(name, key) for name, key in changed if key not in (ALL, KEYS)]
        keys = {RecordId(str(key)) for name, key in records if name in OF_FIELDS or name == BODY}
        moved = {RecordId(str(key)) for name, key in records if name == MARK}
        return relink(before.dossier, now, before.links, before.linking, keys, moved)

    def _before(self) -> PreviousRun | None:
        """What the run before left, if it is to be believed."""
        tables = self._store.read()
        return PreviousRun(tables) if tables and tables.keys() >= REQUIRED else None

    def _sweep(self) -> None:
        """Removes what a run that was killed left behind."""
        for path in self._cache.folder.glob(f"{_SPOOL}*"):
            remove(path)

    @contextmanager
    def _spool(self) -> Iterator[Path]:
        """A folder where pages wait until all are made."""
        with tempfile.TemporaryDirectory(dir=self._cache.folder, prefix=_SPOOL) as folder:
            yield Path(folder)

    def _inputs(self, docs: Path) -> Inputs:
        originals = tuple(name_below(path, self._root) for path in self._originals)
        return Inputs(originals, name_below(docs, self._root), history_state(self._root))

    def _differing(self, before: PreviousRun | None, found: loading.SeedListing) -> set[str]:
        """The files that came, went or changed since."""
        if before is None:
            return set(found.files)
        manifest = before.manifest
        differing = {name for name in manifest.unread if name in found.files}
        if found.files != manifest.found.files:
            differing |= {name for name, _ in found.files.items() ^ manifest.found.files.items()}
        seen, known = found.seen.files, before.digests
        for name in found.files.keys() & manifest.found.files.keys():
            digest = seen.get(name.removeprefix(f"{loading.SEEDS}/"), UNREADABLE)
            if digest == UNREADABLE or digest != known.get(name):
                differing.add(name)
        if (found.problems, found.is_partial) != (manifest.found.problems, manifest.found.is_partial):
            differing.add("")
        return differing

    def _places(self, dossier: Dossier) -> dict[str, str]:
        folders = loading.folders_of(self._root, dossier, self._originals)
        # Of a folder that is not here, or empty, it matters whether something comes.
        absent = [folder for folder in folders if not holds_files(folder)]
        places = (*places_of(dossier.articles.values(), folders), *absent)
        return {name_below(path, self._root): self._state_of(path) for path in places}

    def _state_of(self, path: Path) -> str:
        """The digest of a file; of a folder whether something is in it."""
        return str(holds_files(path)) if path.is_dir() else self._stamps.digest(os.path.realpath(path))

    def _same_originals(self, before: PreviousRun) -> bool:
        return all(self._state_of(self._root / path) == was for path, was in before.manifest.places.items())


def _digest(value: object) -> str:
    return digest_of(repr(value).encode("utf-8", "surrogatepass"))


def _there(before: PreviousRun | None, name: str) -> loading.SeedFile:
    """What a file holds that did not change.

    Raises:
        Damaged: if it was left by nobody.
    """
    file = before.file(name) if before else None
    if file is None:
        raise Damaged
    return file


@contextmanager
def refusing(problems: Iterable[Problem]) -> Iterator[None]:
    """What goes wrong with folders and files is reported beside what is wrong with the dossier."""
    try:
        yield
    except OSError as error:
        raise Refused([*problems, _of_system(error)]) from None


def _of_system(error: OSError) -> Problem:
    """What the system refuses, as far as the error tells: to read a file that is there, or else to write one."""
    path = str(error.filename2 or error.filename or "")
    reason = error.strerror or str(error)
    # Of a file that is open already the system names none when it can be written no further.
    if path and error.filename2 is None and Path(path).exists() and not os.access(path, os.R_OK):
        return Problem(SourcePosition(path), "unreadable", f"cannot be read: {reason}")
    return Problem(SourcePosition(path), "unwritable", f"cannot be written: {reason}")
