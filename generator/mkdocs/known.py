"""What one build of a site knows of its input, for the next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from generator.mkdocs.links import Places

# Of the front matter of most pages nothing else is asked for.
_TITLE = "title"


class PageSource(NamedTuple):
    """What is known of a page's Markdown file.

    Attributes:
        digest: Of its content.
        url: The address of the page below the site.
        path: Of the page's file below the site.
        links: Changes with the places on the page and with those that its links lead to.
        meta: Of its front matter, what is asked for before the page is made.
        heading: Of a hand-written page, as its title in the navigation; else None.
    """

    digest: str
    url: str
    path: str
    links: bytes
    meta: Mapping[str, object]
    heading: str | None
    is_generated: bool


@dataclass(frozen=True)
class Sources:
    """What is known of pages, by their path in the tree: a column for each thing that is known.

    Columns of twenty thousand plain values are kept, read and compared in a fraction of the time that as many
    objects take.
    """

    digests: dict[str, str] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    links: dict[str, bytes] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    # The front matter of those that have more than a title, as YAML, which has types that no other format has.
    metas: dict[str, str] = field(default_factory=dict)
    # Of the hand-written ones alone.
    headings: dict[str, str | None] = field(default_factory=dict)

    def __contains__(self, uri: object) -> bool:
        return uri in self.digests

    def __getitem__(self, uri: str) -> PageSource:
        title, meta = self.titles.get(uri), self.metas.get(uri)
        return PageSource(
            self.digests[uri],
            self.urls[uri],
            self.paths[uri],
            self.links[uri],
            {_TITLE: title} if meta is None else yaml.safe_load(meta),
            self.headings.get(uri),
            uri not in self.headings,
        )

    def add(self, uri: str, source: PageSource) -> None:
        """Takes note of a page."""
        self.digests[uri], self.urls[uri], self.paths[uri], self.links[uri] = source[:4]
        title = source.meta.get(_TITLE)
        self.metas.pop(uri, None)
        self.titles.pop(uri, None)
        if isinstance(title, str) and len(source.meta) == 1:
            self.titles[uri] = title
        else:
            self.metas[uri] = yaml.safe_dump(dict(source.meta), allow_unicode=True, sort_keys=False)
        self.headings.pop(uri, None)
        if not source.is_generated:
            self.headings[uri] = source.heading

    def without(self, uris: Iterable[str]) -> "Sources":
        """Those of all pages but some, to be added to."""
        columns = [dict(column) for column in vars(self).values()]
        for uri in uris:
            for column in columns:
                column.pop(uri, None)
        return Sources(*columns)


# Both ends of the links of a page: the places on it that links can lead to, and those that its own lead to.
End = tuple[Places, Places]


@dataclass(frozen=True)
class KnownPages:
    """What one build knows of its input, for the next.

    Attributes:
        frame: The digest of all that pages are made of beside their Markdown.
        sources: Of pages.
        ends: Of their links. They are many, and are read only where a link has changed.
        files: The digests of the tree's other files.
        framed: The pages that the frame is made with: the hand-written, and those in the navigation.
        others: The paths below the site of all that is no page.
    """

    frame: str = ""
    sources: Sources = field(default_factory=Sources)
    ends: Mapping[str, End] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    framed: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()
