"""MkDocs' part of the fast build: its configuration, files, navigation and templates, for pages that are rendered here.

This uses internals of MkDocs; `fit` lists the versions that have them.
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
# Settings that no page shows: where files are, and what makes them.
_NOT_SHOWN = frozenset(
    [
        *("config_file_path", "docs_dir", "site_dir", "draft_docs", "exclude_docs", "not_in_nav"),
        *("hooks", "plugins", "theme", "watch"),
    ]
)
# The level and the text of a log record, which can be sent from one process to another.
CapturedLog = tuple[int, str]


@dataclass(frozen=True)
class RenderContext:
    """A build's configuration with its files, navigation and templates."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment

    @classmethod
    def create(cls, config: MkDocsConfig, only: Iterable[str] | None = None) -> "RenderContext":
        """Collects them as MkDocs does, with the events of plugins that come before pages.

        Args:
            only: The paths of the files to take; without it all.
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
        # Templates do not change during a build, and Jinja would check that several times a page.
        env.auto_reload = False
        return cls(config, files, nav, env)

    @cached_property
    def pages(self) -> tuple[File, ...]:
        """The files of all pages of the site."""
        return tuple(self.files.documentation_pages(inclusion=InclusionLevel.is_included))

    @cached_property
    def digest(self) -> str:
        """The digest of all inputs of pages except their Markdown."""
        inputs = (
            cache.code(),
            {key: value for key, value in self.config.items() if key not in _NOT_SHOWN},
            dict(self.config.theme),
            [list(_shown(item)) for item in self.nav],
            self.nav.homepage.url if self.nav.homepage else "",
        )
        return hashlib.sha256(json.dumps(inputs, default=str, sort_keys=True).encode()).hexdigest()

    def file(self, uri: str) -> File:
        """The file at a path below the folder of the Markdown."""
        return self.files.get_file_from_path(uri) or _file(uri, self.config)

    def release(self, file: File) -> None:
        """Drops a rendered page, to free its memory, unless the navigation needs it."""
        if file.page and file.page not in self.nav.pages:
            file.page = None

    def page_of(self, file: File) -> Page:
        """The page of a file: that of the navigation, if it is there."""
        return file.page or Page(None, file, self.config)

    def populate(self, file: File) -> Page:
        """Has MkDocs read and render a page.

        Raises:
            mkdocs.exceptions.MkDocsException: if it cannot.
        """
        page = self.page_of(file)
        mkdocs._populate_page(page, self.config, self.files)
        return page

    def fill(self, file: File, rendered: Rendered) -> Page:
        """A page with content that was rendered without MkDocs."""
        page = self.page_of(file)
        page.markdown = ""
        page.meta = rendered.meta
        page.content = rendered.content
        page.toc = TableOfContents([AnchorLink("", rendered.first, 1)] if rendered.first else [])
        return page

    def fill_head(self, file: File, meta: dict[str, Any], heading: str | None) -> None:
        """Gives a page what others show of it, without its content."""
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
        """The files that are copied into the site, by path."""
        for file in self.files:
            if not file.is_documentation_page() and file.inclusion.value >= InclusionLevel.NOT_IN_NAV.value:
                yield file.dest_uri, file.content_bytes

    def other_files(self) -> Iterator[tuple[str, bytes]]:
        """The files that templates make which are no pages, and those that plugins write at the end."""
        with tempfile.TemporaryDirectory(prefix="dossier-templates-") as name:
            folder, site_dir = Path(name), self.config.site_dir
            self.config.site_dir = name
            try:
                for template in self.config.theme.static_templates:
                    mkdocs._build_theme_template(template, self.env, self.files, self.config, self.nav)
                self.config.plugins.on_post_build(config=self.config)
            finally:
                self.config.site_dir = site_dir
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    yield path.relative_to(folder).as_posix(), path.read_bytes()

    def check_anchors(self) -> None:
        """Has MkDocs warn of links to missing anchors, on all pages that it has rendered."""
        for file in self.pages:
            if file.page:
                level = self.config.validation.links.anchors
                file.page.validate_anchor_links(files=self.files, log_level=level)


class _Loader(FileSystemLoader):
    """Skips hidden folders, from which MkDocs takes no file: one of Material's has 14,000 icons."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self.searchpath:
            for path, folders, names in os.walk(folder):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found.update(Path(path, name).relative_to(folder).as_posix() for name in names)
        return sorted(found)


@contextmanager
def capture_logs(level: int = logging.INFO) -> Iterator[list[CapturedLog]]:
    """Collects MkDocs' log records from a level on, instead of printing them."""
    logs: list[CapturedLog] = []

    class CollectingHandler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logs.append((record.levelno, record.getMessage()))

    logger = logging.getLogger("mkdocs")
    # No other handler gets them, not even that of an outer `capture_logs`.
    propagate, others = logger.propagate, logger.handlers
    logger.handlers, logger.propagate = [CollectingHandler(level)], False
    try:
        yield logs
    finally:
        logger.handlers, logger.propagate = others, propagate


def _file(uri: str, config: MkDocsConfig) -> File:
    return File(uri, config.docs_dir, config.site_dir, config.use_directory_urls)


def _shown(item: StructureItem) -> Iterator[Any]:
    """What the theme shows of an item of the navigation and of its children."""
    yield type(item).__name__
    yield getattr(item, "url", None)
    yield item.title
    yield [list(_shown(child)) for child in getattr(item, "children", None) or ()]
