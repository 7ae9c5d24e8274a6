"""What one build of a site knows of its input, for the next."""

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from generator.looks import Look
from generator.site.links import Places

# Of the front matter of most pages nothing else is asked for.
_TITLE = "title"


class Source(NamedTuple):
    """What is known of a page's Markdown file.

    Attributes:
        seen: How it looked when it was read.
        digest: Of its content.
        url: The address of the page below the site.
        path: Of the page's file below the site.
        links: Changes with the places on the page and with those that its links lead to.
        meta: Of its front matter, what is asked for before the page is made.
        heading: Of a hand-written page, as its title in the navigation; else None.
    """

    seen: Look
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

    seen: dict[str, Look] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    links: dict[str, bytes] = field(default_factory=dict)
    # A title where there is nothing else.
    metas: dict[str, str | Mapping[str, object]] = field(default_factory=dict)
    # Of the hand-written ones alone.
    headings: dict[str, str | None] = field(default_factory=dict)

    def __contains__(self, uri: object) -> bool:
        return uri in self.seen

    def __getitem__(self, uri: str) -> Source:
        meta = self.metas[uri]
        return Source(
            self.seen[uri],
            self.digests[uri],
            self.urls[uri],
            self.paths[uri],
            self.links[uri],
            {_TITLE: meta} if isinstance(meta, str) else meta,
            self.headings.get(uri),
            uri not in self.headings,
        )

    def add(self, uri: str, source: Source) -> None:
        """Takes note of a page."""
        self.seen[uri], self.digests[uri], self.urls[uri], self.paths[uri], self.links[uri] = source[:5]
        title = source.meta.get(_TITLE)
        self.metas[uri] = title if isinstance(title, str) and len(source.meta) == 1 else source.meta
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


# The places on a page, and those that it leads to.
End = tuple[Places, Places]
# Where more than one page in so many has others than were kept, all are kept anew.
_FEW = 20


class LostError(Exception):
    """What was kept for later is not to be believed, or not there."""


class Ends:
    """Both ends of the links of pages: the places on each that links can lead to, and those that its own lead to.

    They are many, and a build that changes no link asks for none: so they are kept apart, with what came since
    beside them, and read when they are asked for.
    """

    def __init__(self, base: str = "", since: Mapping[str, End] | None = None) -> None:
        """Takes the name under which most are kept, and those that came since."""
        self._base = base
        self._since = since or {}
        self.read: Callable[[str], Any] = lambda name: None

    def __reduce__(self) -> tuple[type["Ends"], tuple[str, Mapping[str, End]]]:
        return Ends, (self._base, self._since)

    def of(self, uris: Iterable[str]) -> Iterator[End]:
        """Those of pages.

        Raises:
            LostError: if they are nowhere to be found.
        """
        for uri in uris:
            yield self._since.get(uri) or self._kept[uri]

    def with_new(self, new: Mapping[str, End]) -> "Ends":
        """Those with some that are newer."""
        made = Ends(self._base, {**self._since, **new})
        made.read = self.read
        return made

    def kept(self, uris: Collection[str], name: str, write: Callable[[str, Any], None]) -> "Ends":
        """The same as they are best kept: where many came since, under a name of their own, which begins with another."""
        if self._base and len(self._since) * _FEW < len(uris):
            return self
        base = f"{name}{secrets.token_hex(8)}"
        write(base, dict(zip(uris, self.of(uris), strict=True)))
        return Ends(base)

    def is_base(self, name: str) -> bool:
        """Whether it is under this name that they are kept."""
        return name == self._base

    @cached_property
    def _kept(self) -> Mapping[str, End]:
        found: Mapping[str, End] | None = self.read(self._base)
        if found is None:
            raise LostError(self._base)
        return found


@dataclass(frozen=True)
class Known:
    """What one build knows of its input, for the next.

    Attributes:
        frame: The digest of all that pages are made of beside their Markdown.
        sources: Of pages.
        ends: Of their links.
        files: The looks of the tree's other files.
        framed: The pages that the frame is made with: the hand-written, and those in the navigation.
        others: The paths below the site of all that is no page.
    """

    frame: str = ""
    sources: Sources = field(default_factory=Sources)
    ends: Ends = field(default_factory=Ends)
    files: dict[str, Look] = field(default_factory=dict)
    framed: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()
