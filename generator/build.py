"""The whole flow, and each command's part of it.

    load ── link ── check ── edition ── pages ── Markdown tree ── site and search

    check            the first three; nothing is written
    write            all up to the Markdown tree, incrementally (`incremental/run.py`)
    build            `write`, then the site of the tree takes the place of the old one (`publish/site.py`)
    build_private    all of it from nothing, with full texts, through a tree of its own
    refresh          `write`, then what changed of a site that is being served

Modules that build sites are imported when a function needs them: importing takes as long as a small change does.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.check import check as find_problems
from generator.edition import Edition
from generator.export import exported
from generator.incremental import Damaged, MarkdownTree, lock_dossier, unfit_docs, update_tree
from generator.link import Links, link
from generator.load import load, read_history, read_settings
from generator.mkdocs.settings import SiteError, docs_folder, superfluous_plugins
from generator.model.dossier import Dossier
from generator.output.exchange import restore
from generator.pages.book import pages
from generator.state.cache import Cache
from generator.state.stamps import StatCache
from generator.state.uptodate import SITES, UpToDateCheck
from generator.support.problems import Problem, Refused, in_order, refusing
from generator.support.progress import Tell, announce, silent

if TYPE_CHECKING:
    from generator.publish.site import ExtraFiles
    from generator.search import Find
    from generator.serve.live_site import LiveSite


@dataclass(frozen=True)
class Checked:
    """A dossier with its links and problems."""

    dossier: Dossier
    links: Links
    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        """Whether the dossier has errors, so that nothing can be built of it."""
        return any(problem.is_error for problem in self.problems)


@dataclass(frozen=True)
class Built:
    """A finished site: its folder, the number of its pages, the seconds that it took, and what it was made from."""

    site: Path
    pages: int
    seconds: float
    problems: tuple[Problem, ...]
    made_from: MarkdownTree | Edition | None = field(default=None, repr=False, compare=False)


def check(root: Path, originals: Sequence[Path] = (), tell: Tell = silent) -> Checked:
    """Loads, links and checks a dossier; nothing is written."""
    dossier, unreadable = load(root, originals, tell)
    links = link(dossier, tell)
    announce("Checking", len(dossier.records), "records", tell)
    problems = in_order([*unreadable, *links.problems, *find_problems(dossier, links.mentioned)])
    return Checked(dossier, links, problems)


def export(root: Path, form: str, originals: Sequence[Path] = ()) -> tuple[Checked, str]:
    """A dossier without errors in a format that other programs read.

    Raises:
        Refused: if it has errors.
    """
    checked = _sound(root, originals)
    return checked, "".join(exported(form, checked.dossier, checked.links))


def write(
    root: Path,
    originals: Sequence[Path] = (),
    tell: Tell = silent,
    *,
    fresh: bool = False,
    stamps: StatCache | None = None,
) -> MarkdownTree:
    """Writes the Markdown tree of a dossier without errors.

    Args:
        fresh: Whether to make a full build, without the state of the run before.
        stamps: The digests of files that the caller knows.

    Raises:
        Refused: if it has errors, or a page would take the place of a hand-written one.
    """
    return update_tree(root, partial(docs_folder, root), originals, tell, fresh=fresh, stamps=stamps)


def build(
    root: Path,
    site: Path,
    originals: Sequence[Path] = (),
    tell: Tell = silent,
    *,
    check_links: bool = False,
    fresh: bool = False,
    up_to_date: UpToDateCheck | None = None,
) -> Built:
    """Builds the site of a dossier into a folder.

    Args:
        fresh: Whether to make a full build, without the state of the run before.
        up_to_date: Records what was read and made, so that the next build can see whether anything changed.

    Raises:
        Refused: if the dossier, its pages or its configuration have errors; the folder is then as it was.
    """
    start = time.perf_counter()

    def work(stamps: StatCache, *, fresh: bool) -> Built:
        tree = write(root, originals, tell, fresh=fresh, stamps=stamps)
        announce("Building", len(tree.pages), "pages and their search", tell)
        with _refusing(tree.problems):
            from generator.publish.site import SiteRequest, build_site

            request = SiteRequest(
                root=root,
                title=tree.title,
                site=site,
                extra_files=_extra_files(lambda: tree.edition),
                find=tree.searchable,
                check_links=check_links,
                digest=None if fresh else tree.state,
            )
            published = build_site(request, tell=tell, stamps=stamps)
            problems = in_order([*tree.problems, *superfluous_plugins(root)])
            if up_to_date and published.folder:
                # Without the record the next build does more work.
                with suppress(OSError):
                    up_to_date.record(
                        seeds=tree.digests,
                        places=tree.places,
                        docs=published.docs,
                        made=published.read,
                        site=published.folder,
                        pages=published.pages,
                        problems=problems,
                    )
        return Built(site, published.pages, time.perf_counter() - start, problems, tree)

    with _restoring(root, site, tell):
        try:
            return work(up_to_date.stamps if up_to_date else StatCache(Cache(root)), fresh=fresh)
        except (Damaged, LookupError):
            # Only the search or the feed reads this part of the state, after the tree was written.
            if fresh:
                raise
            return work(StatCache(Cache(root)), fresh=True)


def build_private(
    root: Path,
    site: Path,
    originals: Sequence[Path] = (),
    tell: Tell = silent,
    *,
    check_links: bool = False,
    fresh: bool = False,
) -> Built:
    """Builds the private edition: the originals that are here in place of their digests.

    Its pages go through a folder that nobody else reads, never through the dossier's own. No state is kept of them, so
    that each is a full build.

    Raises:
        Refused: as `build`.
    """
    from generator.incremental.tree import private_tree
    from generator.pages.search import searchable
    from generator.publish.site import SiteRequest, build_site, check_target

    start = time.perf_counter()
    if problems := tuple(check_target(site, root)):
        raise Refused(problems)
    checked = _sound(root, originals, tell)
    full = checked.dossier.with_full_texts()
    edition = Edition(full, link(full), read_history(root))
    announce("Making the pages of", len(full.records), "records", tell)
    made = tuple(pages(edition))
    tell(f"Took {len(full.originals)} full texts")
    title = full.settings.title
    docs = docs_folder(root, title)
    if wrong := tuple(unfit_docs(root, docs, StatCache().below(docs))):
        raise Refused(in_order([*checked.problems, *wrong]))
    with (
        _restoring(root, site, tell),
        _refusing(checked.problems),
        private_tree(made, docs, site) as tree,
    ):
        request = SiteRequest(
            root=root,
            title=title,
            site=site,
            extra_files=_extra_files(lambda: edition),
            find=lambda _: searchable(edition),
            check_links=check_links,
            private_docs=tree,
        )
        published = build_site(request)
        problems = in_order([*checked.problems, *superfluous_plugins(root)])
    return Built(site, published.pages, time.perf_counter() - start, problems, edition)


def refresh(
    root: Path,
    live: "LiveSite",
    originals: Sequence[Path] = (),
    *,
    everything: bool = True,
    texts: bool = True,
) -> Built:
    """Brings a site that is being served up to date.

    Args:
        everything: Whether to render all pages, not only those that changed.
        texts: Whether the texts of pages can have changed, not only their layout.

    Raises:
        Refused: if the dossier, its pages or its configuration have errors.
    """
    from generator.pages.search import searchable

    start = time.perf_counter()

    def work(*, fresh: bool) -> Built:
        changed = 0
        edition: Callable[[], Edition] | None = None
        find: Find | None = None
        if texts:
            tree = write(root, originals, fresh=fresh)
            title, problems, changed = tree.title, tree.problems, len(tree.changed)
            edition, find = (lambda: tree.edition), (lambda _: searchable(tree.edition))
        else:
            title, problems = read_settings(root).title, ()
        with _refusing(problems):
            live.refresh(root, title, _extra_files(edition), find, changed_only=not everything)
        return Built(live.folder, changed, time.perf_counter() - start, problems)

    try:
        return work(fresh=False)
    except Damaged:
        return work(fresh=True)


def _sound(root: Path, originals: Sequence[Path], tell: Tell = silent) -> Checked:
    """A dossier that was checked and has no errors."""
    checked = check(root, originals, tell)
    tell(f"Read {len(checked.dossier.records)} records")
    tell(f"Linked {sum(map(len, checked.links.mentions.values()))} mentions")
    if checked.has_errors:
        raise Refused(checked.problems)
    return checked


def _extra_files(edition: Callable[[], Edition] | None) -> "ExtraFiles":
    """The feed, which is made once the address of the site is known; none if the texts did not change."""
    from generator.export import atom

    def made(site_url: str) -> Mapping[str, bytes]:
        return {atom.FILE: atom.feed(edition(), site_url)} if edition else {}

    return made


@contextmanager
def _restoring(root: Path, site: Path, tell: Tell) -> Iterator[None]:
    """Locks a dossier for one build, which first restores the sites that a killed build left half exchanged."""
    with lock_dossier(root, tell):
        with refusing(()):
            restore(dict.fromkeys([site, *(root / name for name in SITES.values())]))
        yield


@contextmanager
def _refusing(problems: Iterable[Problem]) -> Iterator[None]:
    """Reports faults of folders and configuration together with the problems of the dossier."""
    try:
        with refusing(problems):
            yield
    except SiteError as error:
        raise Refused([*problems, *error.problems]) from None
