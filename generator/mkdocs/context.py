"""MkDocs' part of the fast build: its configuration, files, navigation and templates, for pages that come from elsewhere.

This is all that knows MkDocs from inside; `fit` says which MkDocs that may be.
"""

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from mkdocs.commands import build as mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.render.markdown import Rendered
from generator.state import cache

_TEMPLATE = "main.html"
# Of a configuration, what says where files are and who makes them: no page shows it.
_NOT_SHOWN = frozenset(
    [
        "config_file_path",
        "docs_dir",
        "site_dir",
        "draft_docs",
        "exclude_docs",
        "not_in_nav",
        "hooks",
        "plugins",
        "theme",
        "watch",
    ]
)
# A warning as it goes from one process to another: its level and words.
CapturedLog = tuple[int, str]


@dataclass(frozen=True)
class RenderContext:
    """A build's configuration with its files, navigation and templates."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment

    @classmethod
    def of(cls, config: MkDocsConfig, only: Iterable[str] | None = None) -> "RenderContext":
        """Gathers them, with the events of plugins that come before pages, as MkDocs does.

        Args:
            only: The files to take, by their paths in the tree; all without it.
        """
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = get_files(config) if only is None else Files(_file(uri, config) for uri in only)
        env = config.theme.get_env()
        env.loader = _Loader(config.theme.dirs)
        if only is None:
            files.add_files_from_theme(env, config)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        env = config.plugins.on_env(env, config=config, files=files)
        # Templates do not change while a build goes on, and are asked for several times a page.
        env.auto_reload = False
        return cls(config, files, nav, env)

    @cached_property
    def pages(self) -> tuple[File, ...]:
        """The files of all pages of the site."""
        return tuple(self.files.documentation_pages(inclusion=InclusionLevel.is_included))

    @cached_property
    def digest(self) -> str:
        """Changes with whatever may change pages beside their own Markdown."""
        told = (
            cache.code(),
            {key: value for key, value in self.config.items() if key not in _NOT_SHOWN},
            dict(self.config.theme),
            [list(_told(item)) for item in self.nav],
            self.nav.homepage.url if self.nav.homepage else "",
        )
        return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()

    def file(self, uri: str) -> File:
        """The file at a path of the tree."""
        return self.files.get_file_from_path(uri) or _file(uri, self.config)

    def forget(self, file: File) -> None:
        """Lets go of what was rendered of a page that nothing else will ask for; there are many."""
        if file.page and file.page not in self.nav.pages:
            file.page = None

    def page_of(self, file: File) -> Page:
        """The page of a file; the navigation has made some of them."""
        return file.page or Page(None, file, self.config)

    def populate(self, file: File) -> Page:
        """Reads and renders a page in MkDocs' own way.

        Raises:
            mkdocs.exceptions.MkDocsException: if it cannot be.
        """
        page = self.page_of(file)
        mkdocs._populate_page(page, self.config, self.files)
        return page

    def fill(self, file: File, rendered: Rendered) -> Page:
        """A page with what was rendered of it elsewhere."""
        page = self.page_of(file)
        page.markdown = ""
        page.meta = rendered.meta
        page.content = rendered.content
        page.toc = TableOfContents([AnchorLink("", rendered.first, 1)] if rendered.first else [])
        return page

    def recall(self, file: File, meta: dict[str, Any], heading: str | None) -> None:
        """A page as others see it, without its content."""
        page = self.page_of(file)
        page.markdown, page.meta = "", meta
        page._title_from_render = heading

    def html(self, page: Page) -> bytes:
        """A rendered page in its template."""
        page.active = True
        context = mkdocs.get_context(self.nav, self.pages, self.config, page)
        text = self.env.get_template(page.meta.get("template", _TEMPLATE)).render(context)
        page.active = False
        return text.encode("utf-8", errors="xmlcharrefreplace")

    def static_files(self) -> Iterator[tuple[str, bytes]]:
        """The files of the site that are copied, by their paths."""
        for file in self.files:
            if not file.is_documentation_page() and file.inclusion.value >= InclusionLevel.NOT_IN_NAV.value:
                yield file.dest_uri, file.content_bytes

    def other_files(self) -> Iterator[tuple[str, bytes]]:
        """The files that templates beside the pages make, and what plugins write at the end."""
        with tempfile.TemporaryDirectory(prefix="dossier-templates-") as name:
            room, site_dir = Path(name), self.config.site_dir
            self.config.site_dir = name
            try:
                for template in self.config.theme.static_templates:
                    mkdocs._build_theme_template(template, self.env, self.files, self.config, self.nav)
                self.config.plugins.on_post_build(config=self.config)
            finally:
                self.config.site_dir = site_dir
            for path in sorted(room.rglob("*")):
                if path.is_file():
                    yield path.relative_to(room).as_posix(), path.read_bytes()

    def check_anchors(self) -> None:
        """Warns of links to anchors that are none, of all pages that were rendered in MkDocs' own way."""
        for file in self.pages:
            if file.page:
                level = self.config.validation.links.anchors
                file.page.validate_anchor_links(files=self.files, log_level=level)


class _Loader(FileSystemLoader):
    """Lists no hidden folders, of which MkDocs takes no file: one of Material's holds 14,000 icons."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self.searchpath:
            for path, folders, names in os.walk(folder):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found.update(Path(path, name).relative_to(folder).as_posix() for name in names)
        return sorted(found)


@contextmanager
def capture_logs(level: int = logging.INFO) -> Iterator[list[CapturedLog]]:
    """What MkDocs has to say meanwhile, from a level on, kept instead of printed."""
    heard: list[CapturedLog] = []

    class CollectingHandler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append((record.levelno, record.getMessage()))

    logger = logging.getLogger("mkdocs")
    propagate, others = logger.propagate, logger.handlers
    # Nobody else hears of it, be it who listens around this.
    logger.handlers, logger.propagate = [CollectingHandler(level)], False
    try:
        yield heard
    finally:
        logger.handlers, logger.propagate = others, propagate


def _file(uri: str, config: MkDocsConfig) -> File:
    return File(uri, config.docs_dir, config.site_dir, config.use_directory_urls)


def _told(item: StructureItem) -> Iterator[Any]:
    """What the theme shows of an item of the navigation and of all below it."""
    yield type(item).__name__
    yield getattr(item, "url", None)
    yield item.title
    yield [list(_told(child)) for child in getattr(item, "children", None) or ()]
