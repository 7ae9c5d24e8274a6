"""The Markdown tree to a site, by MkDocs: its configuration, its build, its warnings as problems."""

import io
import logging
import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import yaml

# Material prints a banner on MkDocs 2, which this project does not use, unless told not to.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
# MkDocs stamps files with the time of the build; two builds of the same input are to be the same.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator.cache import Cache, code
from generator.files import name_of, write_whole
from generator.problems import Problem, SourcePosition
from generator.processes import available
from generator.search import Searchable, SearchDelta
from generator.site.beforehand import CONFIG, SiteError, config_text, docs_folder
from generator.site.exchange import replacing
from generator.site.fit import fast_build_blocker
from generator.site.frame import capture_logs
from generator.site.plugin import with_plugin
from generator.site.publish import Published, Served, publish
from generator.site.quick import FastBuild
from generator.site.refresh import keep_between_builds
from generator.site.search import add_search, write_search
from generator.stamps import NO_FILES, StatCache

# Tells GitHub Pages to serve the files as they are, and us that a folder is a site of ours.
_MARKER = ".nojekyll"
_DOC_FILE = re.compile(
    r"Doc file '(?P<file>[^']+)' contains (?:a link|an absolute link|an unrecognized relative link) '(?P<link>[^']*)'"
)


# Finds the broken links of a site, given its folder, the path under which it is served, and the paths of its files.
LinkCheck = Callable[[Path, str, Set[str] | None], Iterable[Problem]]
# What stands in a site beside its pages, by name, once the site's address is known.
Beside = Callable[[str], Mapping[str, bytes]]


_NAV_ENTRY = re.compile(r"A reference to '(?P<file>[^']+)' is included in the 'nav'")


def read_config(
    root: Path, title: str, site: Path | None = None, private_docs: Path | None = None
) -> MkDocsConfig:
    """The MkDocs configuration of a dossier; one of our own where it has none.

    With a folder of private pages, these are built instead, and the theme says so on each.

    Raises:
        SiteError: if it cannot be used.
    """
    has_config = config_text(root) is not None
    # MkDocs takes a relative path as relative to the configuration.
    overrides = {"site_dir": str(site.resolve())} if site else {}
    overrides |= {"docs_dir": str(private_docs.resolve())} if private_docs else {}
    with capture_logs(logging.WARNING) as heard:
        try:
            config = load_config(
                config_file=str(root / CONFIG) if has_config else _default(root, title), **overrides
            )
        except RecursionError:
            raise SiteError([_config_problem("it is nested too deeply")]) from None
        except (MkDocsException, yaml.YAMLError, OSError, ValueError) as error:
            # Addresses that are none and texts in other encodings are errors of values.
            told = [message for _, message in heard] or [str(error)]
            raise SiteError([_config_problem(message) for message in told]) from None
    problems = list(_unfit(config))
    if problems:
        raise SiteError(problems)
    if private_docs:
        config.extra["edition"] = "private"
    return with_plugin(config)


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
            _run(root, config, dirty=False)
            deque(finish(fresh), maxlen=0)
            if find:
                write_search(find(), fresh, cache or Cache(fresh.parent))
            inspect(fresh)
            return Published(sum(1 for _ in fresh.rglob("index.html")), Path(config.docs_dir), NO_FILES)
    with _reporting(root, config) as judge:

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


def refresh_site(root: Path, title: str, site: Path, beside: Beside, *, changed_only: bool) -> None:
    """Builds into a folder that is being served: all pages, or those whose Markdown is newer than they are.

    Raises:
        SiteError: if MkDocs refuses or warns; the pages without a fault are there all the same.
    """
    config = read_config(root, title, site)
    read = iter([config])
    if fast_build_blocker(config):
        config.plugins.on_startup(command="serve", dirty=True)
        keep_between_builds(config)
        _run(root, config, dirty=changed_only)
        deque(_add(site, beside, config), maxlen=0)
        return
    if not changed_only:
        # Templates may be others than at the last build of this process.
        code.cache_clear()
    with _reporting(root, config):
        _served(site).refresh(
            lambda: next(read, None) or read_config(root, title, site),
            lambda folder: _add(folder, beside, config),
            available(),
        )


@cache
def _served(site: Path) -> Served:
    return Served(site)


def _add(site: Path, beside: Beside, config: MkDocsConfig) -> Iterator[str]:
    for name, data in beside(config.site_url or "/").items():
        write_whole(site / name, data)
        yield name


def _run(root: Path, config: MkDocsConfig, *, dirty: bool) -> None:
    with _reporting(root, config):
        mkdocs_build(config, dirty=dirty)


@contextmanager
def _reporting(root: Path, config: MkDocsConfig) -> Iterator[Callable[[], None]]:
    """What MkDocs refuses or warns of meanwhile is raised at the end, placed in the files that it is about.

    Yields what raises it before.
    """
    with capture_logs(logging.WARNING) as heard:

        def judge() -> None:
            # That only changed pages are built, and what that means for links, we know: links are ours.
            told = [message for _, message in heard]
            told = [message for message in told if not message.startswith("A 'dirty' build")]
            if told:
                raise SiteError([_page_problem(message, Path(config.docs_dir), root) for message in told])

        try:
            yield judge
        except MkDocsException as error:
            raise SiteError([_config_problem(str(error))]) from None
        judge()


def _default(root: Path, title: str) -> io.BytesIO:
    text = files("generator.site").joinpath("default.yml").read_text("utf-8")
    head = yaml.safe_dump(
        {"site_name": title, "docs_dir": str((root / "docs").resolve())}, allow_unicode=True
    )
    url = os.environ.get("SITE_URL")
    stream = io.BytesIO(f"{head}{f'site_url: {url}' if url else ''}\n{text}".encode())
    stream.name = str(root / CONFIG)
    return stream


def _unfit(config: MkDocsConfig) -> Iterator[Problem]:
    """What the generated pages rely on."""
    if not config.use_directory_urls:
        yield Problem(
            SourcePosition(CONFIG),
            "mkdocs-config",
            "use_directory_urls is off",
            "false",
            "delete the line: links in HTML rely on it",
        )
    if "tables" not in config.markdown_extensions:
        yield Problem(
            SourcePosition(CONFIG),
            "mkdocs-config",
            "no Markdown extension 'tables'",
            "",
            "add tables to markdown_extensions",
        )


def _config_problem(message: str) -> Problem:
    line = re.search(r"line (\d+)", message)
    return Problem(
        SourcePosition(CONFIG, int(line[1]) if line else 1), "mkdocs-config", " ".join(message.split())
    )


def _page_problem(message: str, docs: Path, root: Path) -> Problem:
    """A warning of MkDocs, placed where what it names stands in the file."""
    told = " ".join(message.split())
    if match := _DOC_FILE.search(message):
        path, rule, value = docs / match["file"], "broken-link", match["link"]
        told = f"link {value!r}: {message[match.end() :].lstrip(', ').removeprefix('but ')}"
    elif match := _NAV_ENTRY.search(message):
        path, rule, value = root / CONFIG, "mkdocs-config", match["file"]
    else:
        return Problem(SourcePosition(CONFIG), "mkdocs", told)
    return Problem(SourcePosition(name_of(path, root), *_find(path, value)), rule, told, value)


def _in_markdown(problem: Problem, docs: Path, root: Path, site: Path) -> Problem:
    """A broken link of a page of the site, placed in the file that the page is made from, where there is one."""
    page = problem.where.file
    folder = page.removesuffix("index.html")
    sources = (f"{folder.rstrip('/')}.md", f"{folder}index.md", f"{folder}README.md", page)
    found = next((docs / path for path in sources if (docs / path).is_file()), None)
    if found is None:
        return problem._replace(where=problem.where._replace(file=f"{name_of(site, root)}/{page}"))
    return problem._replace(where=SourcePosition(name_of(found, root), *_find(found, problem.value)))


def _find(path: Path, text: str) -> tuple[int, int]:
    """The line and column where a text first stands in a file; its start where it does not."""
    lines = path.read_text("utf-8", errors="replace").split("\n") if path.is_file() else []
    for number, line in enumerate(lines, 1):
        if (column := line.find(text)) >= 0:
            return number, column + 1
    return 1, 1
