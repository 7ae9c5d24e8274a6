"""What one build of a site leaves to the next about its pages, so that a page that did not change is not read."""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import yaml

from generator.mkdocs.links import Hashes
from generator.support.files import digest_of


class PageSource(NamedTuple):
    """What is known of a page's Markdown file.

    Attributes:
        digest: Of its content.
        url: The address of the page below the site.
        path: Of the page's file below the site.
        links: The digest of its `PageLinks`.
        meta: What is needed of its front matter before the page is rendered: JSON, or YAML of a hand-written page.
        heading: The first heading of a hand-written page, its title in the navigation; else None.
    """

    digest: str
    url: str
    path: str
    links: bytes
    meta: str
    heading: str | None
    is_generated: bool

    @property
    def front_matter(self) -> dict[str, Any]:
        """What `meta` says."""
        found: dict[str, Any] = (json.loads if self.is_generated else yaml.safe_load)(self.meta)
        return found


class PageLinks(NamedTuple):
    """The hashes of a page's anchors, and of the anchors that its links lead to."""

    anchors: Hashes
    targets: Hashes


# Reads the links of all pages, by path. They are many, and are needed only if a link has changed.
ReadLinks = Callable[[], Mapping[str, PageLinks]]


class KnownPages(NamedTuple):
    """What a build knows of the folder of the Markdown.

    Attributes:
        context: The digest of all that pages are made from beside their Markdown.
        pages: The Markdown files of pages, by path.
        files: The digests of the other files.
        context_pages: The pages that the context is made from: hand-written ones, and those in the navigation.
        others: The paths of the files of the site that MkDocs makes and that are no pages.
    """

    context: str = ""
    pages: Mapping[str, PageSource] = {}
    files: Mapping[str, str] = {}
    context_pages: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()

    @property
    def links_digest(self) -> str:
        """The digest of the links of all pages."""
        return digest_of(b"".join(page.links for _, page in sorted(self.pages.items())))
