"""The Markdown tree to a site, by MkDocs: its configuration, its build, its warnings as problems."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from generator.mkdocs.config import read_config
from generator.mkdocs.fast_build import FastBuild
from generator.mkdocs.fit import fast_build_blocker
from generator.mkdocs.reporting import position_of, reporting, run_mkdocs
from generator.mkdocs.settings import SiteError, docs_folder
from generator.output.exchange import replacing
from generator.publish.publish import Published, Served, publish
from generator.search.site import add_search, write_search
from generator.search.values import Searchable, SearchDelta
from generator.state.cache import Cache, code
from generator.state.stamps import NO_FILES, StatCache
from generator.support.files import name_of, write_whole
from generator.support.problems import Problem, SourcePosition
from generator.support.processes import available

# Tells GitHub Pages to serve the files as they are, and us that a folder is a site of ours.
_MARKER = ".nojekyll"
# Finds the broken links of a site, given its folder, the path under which it is served, and the paths of its files.
LinkCheck = Callable[[Path, str, Set[str] | None], Iterable[Problem]]
# What stands in a site beside its pages, by name, once the site's address is known.
Beside = Callable[[str], Mapping[str, bytes]]


def check_target(site: Path, root: Path) -> Iterator[Problem]:
    """A site may only replace a site: not a folder that holds anything else, nor one around the dossier."""
    if site.is_symlink():
        hint = f"choose the folder that it leads to, --site {site.readlink()}, or delete the link"
        yield Problem(
            SourcePosition(str(site)), "site-folder", "is a link, which is not followed", str(site), hint
        )
        return
    site, root = site.resolve(), root.resolve()
    if site == root or site in root.parents:
        yield Problem(
            SourcePosition(str(site)),
            "site-folder",
            "the dossier itself is in there",
            str(site),
            "choose another --site",
        )
    elif site.exists() and not site.is_dir():
        yield Problem(
            SourcePosition(str(site)), "site-folder", "is a file", str(site), "choose another --site"
        )
    elif site.is_dir() and any(site.iterdir()) and not (site / _MARKER).is_file():
        yield Problem(
            SourcePosition(str(site)),
            "site-folder",
            "holds files that are no site of ours",
            str(site),
            "empty it, or choose another --site",
        )


def build_site(
    root: Path,
    title: str,
    site: Path,
    beside: Beside,
    follow: LinkCheck | None = None,
    *,
    find: Callable[[], Searchable] | None = None,
    since: SearchDelta | None = None,
    private_docs: Path | None = None,
    tell: Callable[[str], None] = lambda line: None,
    of: str | None = None,
    processes: int | None = None,
    stamps: StatCache | None = None,
) -> Published:
    """Builds the site from the tree, whole or not at all.

    Args:
        beside: Makes the files that are no pages.
        follow: Finds the broken links of the finished folder, before it takes its place.
        find: Finds what the site's search is made of; none is made without it.
        since: Of which state of the dossier that is.
        private_docs: A tree with full texts, to be built in place of the dossier's own.
        of: What the other files and the search depend on, in short; without it they are made anew each time.
        processes: How many may work at once; as many as can without it.
        stamps: The digests of files, as the run that this is a part of knows them.

    Raises:
        SiteError: if MkDocs refuses or warns, or a link is broken.
    """
    problems = list(check_target(site, root))
    if problems:
        raise SiteError(problems)
    config = read_config(root, title, site, private_docs)
    read = iter([config])

    def configure() -> MkDocsConfig:
        """The configuration as it is before a build: each build changes its own."""
        return next(read, None) or read_config(root, title, site, private_docs)

    # Of full texts nothing is kept: what is made of them meanwhile is beside the site, and gone with that.
    cache = None if private_docs else Cache(root)
    base_path = urlsplit(config.site_url or "/").path or "/"

    def finish(folder: Path) -> Iterator[str]:
        """Adds what is no page to a site that is not in its place yet, and gives the paths of the files."""
        yield from _add(folder, beside, config)
        write_whole(folder / _MARKER, b"")
        yield _MARKER

    def inspect(folder: Path, files: Set[str] | None = None) -> None:
        """Follows the links of a site that is finished and not in its place yet."""
        docs = docs_folder(root, title)
        if follow and (broken := list(follow(folder, base_path, files))):
            raise SiteError([_in_markdown(problem, docs, root, site) for problem in broken])

    why = fast_build_blocker(config)
    if why:
        tell(f"Building by MkDocs alone, which takes longer: {why}")
        with replacing(site) as fresh:
            config = read_config(root, title, fresh, private_docs)
            run_mkdocs(root, config, dirty=False)
            deque(finish(fresh), maxlen=0)
            if find:
                write_search(find(), fresh, cache or Cache(fresh.parent))
            inspect(fresh)
            return Published(sum(1 for _ in fresh.rglob("index.html")), Path(config.docs_dir), NO_FILES)
    with reporting(root, config) as judge:

        def complete(build: FastBuild) -> None:
            # A page with a fault keeps the whole site from its place.
            judge()
            build.adopt(finish(build.tree.root))
            if find:
                kept = cache or Cache(build.tree.root.parent)
                add_search(find, build, kept, since)
            # The folder still has files of the build before last, which no link may lead to.
            inspect(build.tree.root, build.paths)

        published = publish(
            configure, site, cache, complete, processes or available(), of and f"{bool(follow)} {of}", stamps
        )
    if published.unkept:
        tell(f"The site is published; what makes the next build quick could not be kept: {published.unkept}")
    return published


def refresh_site(root: Path, title: str, served: Served, beside: Beside, *, changed_only: bool) -> None:
    """Updates a site that is being served: all pages, or those whose Markdown changed.

    Raises:
        SiteError: if MkDocs refuses or warns; the pages without a fault are there all the same.
    """
    config = read_config(root, title, served.folder)
    read = iter([config])
    if fast_build_blocker(config):
        config.plugins.on_startup(command="serve", dirty=True)
        run_mkdocs(root, config, dirty=changed_only)
        deque(_add(served.folder, beside, config), maxlen=0)
        return
    if not changed_only:
        # Templates may be others than at the last build of this process.
        code.cache_clear()
    with reporting(root, config):
        served.refresh(
            lambda: next(read, None) or read_config(root, title, served.folder),
            lambda folder: _add(folder, beside, config),
            available(),
        )


def _add(site: Path, beside: Beside, config: MkDocsConfig) -> Iterator[str]:
    for name, data in beside(config.site_url or "/").items():
        write_whole(site / name, data)
        yield name


def _in_markdown(problem: Problem, docs: Path, root: Path, site: Path) -> Problem:
    """A broken link of a page of the site, placed in the file that the page is made from, where there is one."""
    page = problem.where.file
    folder = page.removesuffix("index.html")
    sources = (f"{folder.rstrip('/')}.md", f"{folder}index.md", f"{folder}README.md", page)
    found = next((docs / path for path in sources if (docs / path).is_file()), None)
    if found is None:
        return problem._replace(where=problem.where._replace(file=f"{name_of(site, root)}/{page}"))
    return problem._replace(where=SourcePosition(name_of(found, root), *position_of(found, problem.value)))
