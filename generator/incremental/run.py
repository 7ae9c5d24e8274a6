"""One run: from the seeds to the written Markdown tree, with no more work than the changes since the run before require.

A run stores what it found (`stored_run.py`). The next run parses the files whose digests differ, links and checks again
what can differ, and makes those pages again that read something that differs, or that are not in the tree as they were
written. Without the state of a run before, everything is made.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from generator.check import check as find_problems
from generator.edition import Edition
from generator.edition.derived import HISTORY
from generator.incremental import changes
from generator.incremental.checking import CheckState, check_again, check_all
from generator.incremental.entries import SpooledEntries
from generator.incremental.markdown_tree import MarkdownTree
from generator.incremental.page_builder import (
    PageBuilder,
    Result,
    dirty_targets,
    merged_traces,
    tracked_links,
)
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
from generator.incremental.tree_scan import TreeScan, place, refuse_links
from generator.link import Links, LinkState, link_all, problems_of, relink
from generator.load import dossier as loading
from generator.load.history import read_history
from generator.load.originals import holds_files, places_of
from generator.mkdocs.settings import is_excluded
from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.model.slices import BODY, MARK, OF_FIELDS, tracked
from generator.pages.book import Target, targets
from generator.pages.writing.render import compile_templates
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
from generator.support.problems import Problem, Refused, in_order, refusing
from generator.support.progress import Tell, announce, counted, silent

_SPOOL = "pages-"
# The message if the values of a cache do not belong together.
UNFIT = "The cache does not fit the dossier; everything is rebuilt"
# The name under which a run leaves its tables.
_STORE = "run"
# More targets than these need most templates, in several processes.
_MANY = 40


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
        docs_of: Gives the folder of the tree, from the title of the dossier.
        fresh: Whether to make a full build, without the state of the run before.
        stamps: The digests of files that the caller knows.

    Raises:
        Refused: if it has errors, or a page would take the place of a hand-written one; the tree is then unchanged.
    """
    stamps = stamps or StatCache(Cache(root))
    with lock_dossier(root, tell):
        try:
            return _IncrementalBuild(root, docs_of, originals, tell, stamps).run(fresh=fresh)
        except Damaged:
            tell("The cache is damaged; everything is rebuilt")
        except LookupError:
            # Each value has its type, but the values of a planted cache need not belong together.
            if fresh:
                raise
            tell(UNFIT)
        stamps.forget()
        return _IncrementalBuild(root, docs_of, originals, tell, stamps).run(fresh=True)


@contextmanager
def lock_dossier(root: Path, tell: Tell) -> Iterator[None]:
    """Locks a dossier for one process, which can lock it again.

    Raises:
        Refused: if there is no dossier; nothing is then made in its place.
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
    """The pages of a run in their places.

    Attributes:
        pages: All pages by path.
        digests: The digest of each page's file.
        searched: What is searched of the records whose pages were made.
        searched_gone: The records that are not searched any more.
        written: The paths of the pages that were written.
        removed: The number of files that were removed.
        traces: The dependencies of all targets.
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
        """The tree, as it is if nothing changed, or after an update."""
        self._remove_leftovers()
        before = None if fresh else self._before()
        found = loading.find(self._root, self._stamps, before.manifest.found if before else None)
        differing = self._differing(before, found)
        if before and not differing:
            docs = self._docs_of(before.manifest.title)
            scan = TreeScan(self._root, docs, before.manifest, self._stamps, self._is_excluded)
            is_same = self._inputs(docs) == before.manifest.inputs and self._same_originals(before)
            if is_same and scan.is_as_written:
                return self._unchanged(before, scan)
        return self._changed(before, found, differing)

    def _unchanged(self, before: PreviousRun, scan: TreeScan) -> MarkdownTree:
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

    def _changed(
        self, before: PreviousRun | None, found: loading.SeedListing, differing: set[str]
    ) -> MarkdownTree:
        """The tree after an update, in which every step reuses what it can of the run before."""
        read = loading.read_all(
            self._root, found, [name for name in found.files if name in differing], tell=self._tell
        )
        old = {name: file for name in differing if before and (file := before.file(name))}
        dossier, index, places = self._read(before, found, old, read, differing)
        self._tell(f"Read {len(dossier.records)} records")
        changed = self._changed_records(before, dossier, old, read)
        links, linking, checks = self._checked(before, dossier, changed)
        number = self._mentions(before, links)
        self._tell(f"Linked {number} mentions")
        problems = self._problems(dossier, index, links, linking, checks)
        docs = self._docs(dossier, problems)
        inputs = self._inputs(docs)
        update = self._edition(before, inputs, dossier, links, changed)
        old_manifest = before.manifest if before else None
        scan = TreeScan(self._root, docs, old_manifest, self._stamps, self._is_excluded)
        if scan.problems:
            raise Refused(in_order([*problems, *scan.problems]))
        all_targets = frozenset(targets(update.edition))
        dirty = all_targets
        if before and update.changed is not None:
            dirty &= dirty_targets(before.traces, update.changed, scan.lost, all_targets)
        with refusing(problems):
            placed = self._place(
                before, update.edition, scan, all_targets=all_targets, dirty=dirty, problems=problems
            )
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
            # A file name is not valid text. The next run makes everything.
            self._store.drop()
            return
        self._stamps.save()

    def _changed_records(
        self,
        before: PreviousRun | None,
        dossier: Dossier,
        old: Mapping[str, loading.SeedFile],
        read: Mapping[str, loading.SeedFile],
    ) -> set[Dependency] | None:
        """The differences between the records; None if everything can differ."""
        # What is read untraced must be the same, and no file may have been unreadable.
        if before is None or dossier.is_partial or not same_settings(before.dossier, dossier):
            return None
        keys, moved = keys_of(old, read)
        return changes.of_records(before.dossier, dossier, keys) | {(MARK, key) for key in moved}

    def _problems(
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
        """The edition that the pages are made from, with the derived values of the run before that still hold."""
        same_history = before is not None and before.manifest.inputs.history == inputs.history
        history = before.history if before and same_history else read_history(self._root)
        recorder = DependencyRecorder()
        tracked_inputs = tracked(dossier, recorder), tracked_links(links, recorder), history, recorder
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
        scan: TreeScan,
        all_targets: frozenset[Target],
        dirty: frozenset[Target],
        problems: Sequence[Problem],
    ) -> "_Placed":
        """Makes the pages of dirty targets, and moves them to their places once all are made.

        Args:
            dirty: The targets whose pages are made again.

        Raises:
            Refused: if two pages are in one place, or a hand-written one is in the way.
        """
        docs, wrong = scan.docs, list[Problem]()
        unchanged = all_targets - dirty
        was = before.traces.made if before else {}
        # The pages of targets that are dirty, or gone.
        replaced = {path for target in was.keys() - unchanged for path in was[target]}
        there = before.manifest.pages.keys() if before else frozenset[str]()
        pages: dict[str, PageInfo] = {}
        spooled: dict[str, str] = {}
        searched = SpooledEntries(self._cache.folder, before.searched if before else {})
        if len(dirty) > _MANY:
            compile_templates(edition.words)

        def gathered(results: Iterable[Result]) -> Iterator[Result]:
            # One at a time: the dependencies of all take a gigabyte.
            for result in results:
                for page, file in result.pages:
                    if page.path in pages or (page.path in there and page.path not in replaced):
                        wrong.append(page_twice(page.path, docs, self._root))
                    pages[page.path] = page
                    if file:
                        spooled[page.path] = file
                if result.entry:
                    searched.add(RecordId(result.target[1]), result.entry)
                yield result

        with self._spool() as spool:
            with PageBuilder(edition, scan, spool).all(sorted(dirty, key=repr)) as results:
                reported = counted(results, len(dirty), "Made {} of {} groups of pages", self._tell)
                traces = merged_traces(before.traces if before else None, gathered(reported), unchanged)
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
        # Sorted, so that the order after a full build does not depend on processes.
        made = with_others(before.pages if before else {}, dict(sorted(pages.items())), gone)
        records_gone = {RecordId(target[1]) for target in was.keys() - all_targets if target[0] == "record"}
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
        old: Mapping[str, loading.SeedFile],
        read: Mapping[str, loading.SeedFile],
        differing: set[str],
    ) -> tuple[Dossier, DossierIndex, Mapping[str, str]]:
        """The dossier, its index, and where originals can be; of the run before, if no record came, went or moved."""
        if before and differing == read.keys() and self._same_originals(before):
            again = loading.reassemble(before.dossier, old, read)
            if again and changes.same_originals(old, read):
                if again.originals:
                    # The words of originals are not stored.
                    again = loading.with_originals(self._root, again, self._originals)
                return again, before.index, before.manifest.places
        files = {name: read[name] if name in read else _stored_file(before, name) for name in found.files}
        dossier, unreadable = loading.assemble(self._root, found, files)
        # Digests are taken before the files are read, so that the next run notices what changes meanwhile.
        places = self._places(dossier)
        dossier = loading.with_originals(self._root, dossier, self._originals)
        return dossier, DossierIndex.from_files(dossier, files, unreadable), places

    def _checked(
        self, before: PreviousRun | None, dossier: Dossier, changed: set[Dependency] | None
    ) -> tuple[Links, LinkState, CheckState | None]:
        """The links and the problems of the records; no problems if a file could not be read."""
        # Every record is checked against what the lock says of cited paragraphs, which no page shows.
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
        """The number of mentions."""
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
        return relink(
            before.dossier, now, links=before.links, state=before.linking, changed=keys, moved=moved
        )

    def _before(self) -> PreviousRun | None:
        """The run before, if its state is whole."""
        tables = self._store.read()
        return PreviousRun(tables) if tables and tables.keys() >= REQUIRED else None

    def _remove_leftovers(self) -> None:
        """Removes what a killed run left behind."""
        for path in self._cache.folder.glob(f"{_SPOOL}*"):
            remove(path)

    @contextmanager
    def _spool(self) -> Iterator[Path]:
        """A folder in which pages wait until all are made."""
        with tempfile.TemporaryDirectory(dir=self._cache.folder, prefix=_SPOOL) as folder:
            yield Path(folder)

    def _inputs(self, docs: Path) -> Inputs:
        originals = tuple(name_below(path, self._root) for path in self._originals)
        return Inputs(originals, name_below(docs, self._root), history_state(self._root))

    def _differing(self, before: PreviousRun | None, found: loading.SeedListing) -> set[str]:
        """The files of the seeds that came, went or changed since the run before."""
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
        # A folder that is missing or empty is watched for files that come.
        absent = [folder for folder in folders if not holds_files(folder)]
        places = (*places_of(dossier.articles.values(), folders), *absent)
        return {name_below(path, self._root): self._state_of(path) for path in places}

    def _state_of(self, path: Path) -> str:
        """The digest of a file; for a folder, whether it holds files."""
        return str(holds_files(path)) if path.is_dir() else self._stamps.digest(os.path.realpath(path))

    def _same_originals(self, before: PreviousRun) -> bool:
        return all(self._state_of(self._root / path) == was for path, was in before.manifest.places.items())


def _digest(value: object) -> str:
    return digest_of(repr(value).encode("utf-8", "surrogatepass"))


def _stored_file(before: PreviousRun | None, name: str) -> loading.SeedFile:
    """What an unchanged file of the seeds holds.

    Raises:
        Damaged: if the run before has not stored it.
    """
    file = before.file(name) if before else None
    if file is None:
        raise Damaged
    return file
