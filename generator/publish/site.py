"""The site of a dossier: its pages from the Markdown tree, its search and further files, checked and published."""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from generator.mkdocs.builder import MkDocsBuilder
from generator.mkdocs.fast_build import FastBuild
from generator.mkdocs.reporting import position_of
from generator.mkdocs.settings import SiteError, docs_folder
from generator.output.exchange import replacing
from generator.publish.linkcheck import broken_links
from generator.publish.publish import Published, publish
from generator.search import Find, add_search, write_search
from generator.state.cache import Cache
from generator.state.stamps import NO_FILES, StatCache
from generator.support.files import name_of, write_whole
from generator.support.problems import Problem, SourcePosition
from generator.support.progress import Tell, silent

# Tells GitHub Pages to serve the files as they are, and this program that a folder is a site of its own.
_MARKER = ".nojekyll"
# Gives the files that are no pages, by path, for the address of the site.
ExtraFiles = Callable[[str], Mapping[str, bytes]]


@dataclass(frozen=True)
class SiteRequest:
    """Which site is to be built.

    Attributes:
        root: The folder of the dossier.
        site: The folder of the site.
        extra_files: Gives the files that are no pages.
        find: Finds what is searched, or what of it changed; without it the site has no search.
        check_links: Whether to follow each link before the site is published.
        private_docs: A tree with full texts, to be built in place of the dossier's own.
        digest: Of all that the extra files and the search are made from; without it they are made each time.
    """

    root: Path
    title: str
    site: Path
    extra_files: ExtraFiles = lambda site_url: {}
    find: Find | None = None
    check_links: bool = False
    private_docs: Path | None = None
    digest: str | None = None


def check_target(site: Path, root: Path) -> Iterator[Problem]:
    """A site may only replace a site: not a folder that holds anything else, nor one around the dossier."""
    message, hint = "", "choose another --site"
    if site.is_symlink():
        message = "is a link, which is not followed"
        hint = f"choose the folder that it leads to, --site {site.readlink()}, or delete the link"
    else:
        site, root = site.resolve(), root.resolve()
        if site == root or site in root.parents:
            message = "the dossier itself is in there"
        elif site.exists() and not site.is_dir():
            message = "is a file"
        elif site.is_dir() and any(site.iterdir()) and not (site / _MARKER).is_file():
            message, hint = "holds files that are no site of ours", f"empty it, or {hint}"
    if message:
        yield Problem(SourcePosition(str(site)), "site-folder", message, str(site), hint)


def build_site(
    request: SiteRequest,
    *,
    tell: Tell = silent,
    processes: int | None = None,
    stamps: StatCache | None = None,
) -> Published:
    """Builds a site from the Markdown tree, whole or not at all.

    Args:
        processes: How many work at once; without it as many as can.
        stamps: The digests of files that this run knows.

    Raises:
        SiteError: if MkDocs refuses or warns, or a link is broken.
    """
    if problems := tuple(check_target(request.site, request.root)):
        raise SiteError(problems)
    builder = MkDocsBuilder(
        request.root,
        request.title,
        request.site,
        private_docs=request.private_docs,
        processes=processes,
        tell=tell,
    )
    # Nothing of full texts is kept: what they need meanwhile lies beside the site, and is removed.
    cache = None if request.private_docs else Cache(request.root)
    if builder.blocker:
        tell(f"Building by MkDocs alone, which takes longer: {builder.blocker}")
        with replacing(request.site) as folder:
            builder.run_mkdocs(folder, "build")
            write_extra_files(request.extra_files, builder.site_url, folder)
            if request.find:
                write_search(request.find(""), folder, cache or Cache(folder.parent))
            _check_links(request, builder.site_url, folder, tell=tell)
            return Published(sum(1 for _ in folder.rglob("index.html")), builder.docs, NO_FILES)
    with builder.reporting() as report:

        def finish(build: FastBuild) -> None:
            """Adds what is no page. Any fault of the site is raised before it is published."""
            report()
            folder = build.tree.root
            build.add_written(write_extra_files(request.extra_files, builder.site_url, folder))
            if request.find:
                add_search(request.find, build, cache or Cache(folder.parent))
            # The folder still has files of the build before last, which no link may lead to.
            _check_links(request, builder.site_url, folder, build.paths, tell)

        digest = request.digest and f"{request.check_links} {request.digest}"
        published = publish(builder, cache, finish, digest, stamps or StatCache(cache))
    if published.unkept:
        tell(f"The site is published; what makes the next build quick could not be kept: {published.unkept}")
    return published


def write_extra_files(extra_files: ExtraFiles, site_url: str, folder: Path) -> list[str]:
    """Writes the files that are no pages, and gives their paths."""
    files = {**extra_files(site_url), _MARKER: b""}
    for path, data in files.items():
        write_whole(folder / path, data)
    return list(files)


def _check_links(
    request: SiteRequest, site_url: str, folder: Path, files: Set[str] | None = None, tell: Tell = silent
) -> None:
    """Follows the links of a finished site in a folder, if that is asked for."""
    if not request.check_links:
        return
    base_path = urlsplit(site_url or "/").path or "/"
    if broken := tuple(broken_links(folder, base_path, files, tell)):
        docs = docs_folder(request.root, request.title)
        raise SiteError([_in_markdown(problem, docs, request.root, request.site) for problem in broken])


def _in_markdown(problem: Problem, docs: Path, root: Path, site: Path) -> Problem:
    """A broken link of a page, placed in the Markdown file that the page is made from, if there is one."""
    page = problem.where.file
    folder = page.removesuffix("index.html")
    sources = (f"{folder.rstrip('/')}.md", f"{folder}index.md", f"{folder}README.md", page)
    found = next((docs / path for path in sources if (docs / path).is_file()), None)
    if found is None:
        return problem._replace(where=problem.where._replace(file=f"{name_of(site, root)}/{page}"))
    return problem._replace(where=SourcePosition(name_of(found, root), *position_of(found, problem.value)))
