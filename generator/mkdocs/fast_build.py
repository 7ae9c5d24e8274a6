"""The fast build: what would be the same is kept, generated pages go through a faster parser, processes share the work.

It makes the same site as MkDocs: hand-written pages are rendered by MkDocs itself, and all pages by its templates.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import nullcontext, suppress
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from generator.mkdocs.context import CapturedLog, RenderContext, capture_logs
from generator.mkdocs.fit import can_use_fast_parser
from generator.mkdocs.known import End, KnownPages, PageSource
from generator.mkdocs.links import LinkResolver, UnresolvedLinkError, hashes_of
from generator.output.site_tree import SiteTree, write
from generator.pages.writing.page import is_generated
from generator.render import markdown
from generator.state.lazy import unlike, with_others
from generator.state.stamps import Listing, StatCache
from generator.support.files import digest_of
from generator.support.processes import parallel_map

# Of a page, enough to see that the generator wrote it.
_HEAD = 100
# Pages that one process takes at a time.
_BATCH = 50
# Of a generated page's front matter, what others ask of it.
_MOVED = "redirect_to"
_ASKED = ("title", _MOVED)
_log = logging.getLogger("mkdocs.structure.pages")


class _Made(NamedTuple):
    """A generated page as a process has made it: the file's key and digest, and what MkDocs said."""

    source: PageSource
    end: End
    key: str
    digest: str
    heard: tuple[CapturedLog, ...] = ()


class FastBuild:
    """One build of a site from its Markdown into a tree.

    Where nothing but the Markdown of generated pages has changed, no other page is looked at, let alone made.
    """

    def __init__(
        self,
        configure: Callable[[], MkDocsConfig],
        before: SiteTree | None,
        known: KnownPages,
        processes: int,
        stamps: StatCache,
    ) -> None:
        """Finds out what there is to do.

        Args:
            before: The tree of the site as it is seen now; its files are taken over where they would be the same.
            known: What an earlier build knew.
            stamps: The digests of files, as this run knows them.
        """
        self._before = before
        self._processes = processes
        self._configure = configure
        config = configure()
        self._listing = stamps.below(config.docs_dir)
        listing = self._listing.files
        self._known = known
        changed = set(unlike(known.sources.digests, listing))
        self._sources = known.sources.without(changed)
        # Of the pages that are made in this build.
        self._ends: dict[str, End] = {}
        self._files = {uri: listing[uri] for uri in listing.keys() - known.sources.digests.keys()}
        self._has_fast_parser = can_use_fast_parser(config)
        self._is_small = (
            before is not None
            and before.keys.keys()
            >= known.others | {known.sources.paths[uri] for uri in known.sources.headings}
            and self._files == known.files
            and all(_is_as_before(f"{config.docs_dir}/{uri}", known.sources[uri]) for uri in changed)
        )
        if self._is_small:
            # Pages that another navigation names are not among these files, which is no fault of it.
            with capture_logs():
                self._frame = RenderContext.of(config, known.framed)
            self._recall(known.framed)
            self._is_small = self._frame.digest == known.frame
        if self._is_small:
            self._urls, self._paths = known.sources.urls, known.sources.paths
        else:
            self._frame = RenderContext.of(configure())
            self._urls = {file.src_uri: file.url for file in self._frame.pages}
            self._paths = {file.src_uri: file.dest_uri for file in self._frame.pages}
            self._sources = self._sources.without(self._sources.digests.keys() - self._urls.keys())
            # All that is no page.
            self._files = {uri: digest for uri, digest in listing.items() if uri not in self._urls}
        self._changed = self._urls.keys() - self._sources.digests.keys()
        # All files of the site but its pages, and those that come from elsewhere.
        self._others = set(known.others) if self._is_small else set()
        self._adopted: set[str] = set()

    @property
    def pages(self) -> int:
        """How many pages the site has."""
        return len(self._urls)

    @property
    def docs(self) -> Path:
        """The folder of the Markdown."""
        return Path(self._frame.config.docs_dir)

    def read(self) -> Listing:
        """All files of the Markdown's folder, as they were read."""
        return self._listing._replace(files={**self._files, **self._sources.digests})

    @property
    def is_done(self) -> bool:
        """Whether nothing has changed since what is known, so that the site before, if whole, needs no work."""
        return self._is_small and not self._changed

    def run(self, tree: SiteTree) -> None:
        """Makes the site in a tree. What MkDocs warns of goes to its loggers."""
        self.tree = tree
        self._resolver = LinkResolver(self._urls)
        by_hand = {uri for uri in self._changed if not self._is_generated(uri)}
        by_hand |= self._sources.headings.keys()
        self._write_by_hand([uri for uri in self._urls if uri in by_hand] if by_hand else [])
        self._make(sorted(self._changed - by_hand | self._lost(by_hand)))
        if self._changed:
            self._check_places()
        if self._is_small and self._before:
            for path in self._others:
                self._is_there(path, self._before.keys[path])
        else:
            self._write_others()

    @property
    def paths(self) -> set[str]:
        """All files of the site."""
        return {*self._paths.values(), *self._others, *self._adopted}

    def known(self) -> KnownPages:
        """What the next build may know."""
        framed = self._sources.headings.keys() | {page.file.src_uri for page in self._frame.nav.pages}
        return KnownPages(
            self._frame.digest,
            self._sources,
            self._all_ends(),
            self._files,
            tuple(sorted(framed)),
            frozenset(self._others),
        )

    def _all_ends(self) -> Mapping[str, End]:
        gone = self._known.sources.digests.keys() - self._sources.digests.keys()
        return with_others(self._known.ends, self._ends, gone)

    def adopt(self, paths: Iterable[str]) -> None:
        """Adds files to the site that others have written into its tree."""
        for path in paths:
            if self.tree.adopt(path):
                self._adopted.add(path)

    def holds(self, path: str, key: str) -> bool:
        """Whether the site has a file that others make, of this digest; the file is then one of its."""
        if not self._is_there(path, key):
            return False
        self._adopted.add(path)
        return True

    def hold(self, path: str, key: str, place: Callable[[Path], None]) -> None:
        """Adds a file of a digest to the site, which others put into its place unless it is there."""
        if not self.holds(path, key):
            target = self.tree.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            place(target)
            self.tree.note(path, key, key)
            self._adopted.add(path)

    def _is_generated(self, uri: str) -> bool:
        with open(self._frame.file(uri).abs_src_path or "", "rb") as file:
            return is_generated(file.read(_HEAD).decode("utf-8", errors="replace"))

    def _key(self, *of: str) -> str:
        return digest_of("".join((self._frame.digest, *of)).encode())

    @cached_property
    def _all(self) -> str:
        """Changes with the names of files; hand-written pages may link to any, by guesses too."""
        return digest_of("\n".join(sorted((*self._urls, *self._files))).encode())

    def _is_there(self, path: str, key: str) -> bool:
        """Whether a page's file is in the tree, or is taken over into it."""
        return self.tree.has(path, key) or bool(self._before and self.tree.take(path, key, self._before))

    def _put(self, path: str, data: bytes) -> None:
        self._others.add(path)
        self.tree.put(path, digest_of(data), data)

    # Hand-written pages

    def _write_by_hand(self, uris: Sequence[str]) -> None:
        """Makes the hand-written pages: first all that the navigation tells of them, then the pages in their frame."""
        self._recall(uris)
        for uri in uris:
            if uri not in self._sources:
                self._add(uri, *self._populate(uri))
        for uri in uris:
            source = self._sources[uri]
            key = self._key(source.digest, self._all)
            if not self._is_there(source.path, key):
                page = self._frame.page_of(self._frame.file(uri))
                if page.content is None:
                    self._populate(uri)
                self.tree.put(source.path, key, self._frame.html(page))

    def _recall(self, uris: Iterable[str]) -> None:
        """Lets pages be known by what is known of their sources, without their content."""
        for uri in uris:
            if uri in self._sources:
                source = self._sources[uri]
                self._frame.fill_head(self._frame.file(uri), dict(source.meta), source.heading)

    def _add(self, uri: str, source: PageSource, end: End) -> None:
        self._sources.add(uri, source)
        # To read those before takes longer than to see that they are the same.
        if self._known.sources.links.get(uri) != source.links:
            self._ends[uri] = end

    def _populate(self, uri: str, *, is_generated: bool = False) -> tuple[PageSource, End]:
        """Renders a page in MkDocs' own way, and says what is known of it then."""
        file = self._frame.file(uri)
        data = _read(file)
        page = self._frame.populate(file)
        anchors = (f"{uri}#{anchor}" for anchor in ("", *(page.present_anchor_ids or ())))
        links = page.links_to_anchors or {}
        wanted = (f"{to.src_uri}#{anchor}" for to, names in links.items() for anchor in names)
        end = hashes_of(anchors), hashes_of(wanted)
        source = _source(file, data, end)
        heading = page._title_from_render
        return source._replace(meta=page.meta, heading=heading, is_generated=is_generated), end

    # Generated pages

    def _lost(self, by_hand: Set[str]) -> set[str]:
        """Of the generated pages that are as they were, those whose files are nowhere."""
        digests, paths = self._sources.digests, self._paths
        if self._is_small and self._before:
            # The site was left with all of them, and most are in the tree as they are there.
            unsure = self.tree.missing
            paths = {uri: path for uri, path in paths.items() if path in unsure} if unsure else {}
        return {
            uri
            for uri, path in paths.items()
            if uri in digests and uri not in by_hand and not self._is_there(path, self._key(digests[uri]))
        }

    def _make(self, uris: Sequence[str]) -> None:
        """Makes generated pages, several processes at once."""
        batches = [uris[start : start + _BATCH] for start in range(0, len(uris), _BATCH)]
        # Before the processes part, so that each has it.
        assert self._frame.digest
        with parallel_map(self._batch, batches, self._processes) as results:
            for uri, one in zip(uris, chain.from_iterable(results), strict=True):
                self._add(uri, one.source, one.end)
                self.tree.note(one.source.path, one.key, one.digest)
                for level, message in one.heard:
                    _log.log(level, message)

    def _batch(self, uris: Sequence[str]) -> list[_Made]:
        return [self._page(uri) for uri in uris]

    def _page(self, uri: str) -> _Made:
        file = self._frame.file(uri)
        made, heard = None, []
        if self._has_fast_parser:
            with suppress(UnresolvedLinkError, ValueError):
                made = self._render(file)
        if not made:
            with capture_logs() as heard:
                made = self._populate(uri, is_generated=True)
        source, end = made
        key = self._key(source.digest)
        path = f"{self.tree.root}/{file.dest_uri}"
        html = self._frame.html(self._frame.page_of(file))
        write(path, html)
        self._frame.release(file)
        return _Made(source, end, key, digest_of(html), tuple(heard))

    def _render(self, file: File) -> tuple[PageSource, End]:
        """Renders a page by the faster parser.

        Raises:
            UnsureError, ValueError: if MkDocs itself had better do it.
        """
        data = _read(file)
        wanted: set[str] = set()
        rendered = markdown.render(data.decode(), self._resolver.resolver(file.src_uri, file.url, wanted))
        self._frame.fill(file, rendered)
        anchors = (f"{file.src_uri}#{anchor}" for anchor in ("", *rendered.anchors))
        meta = {name: rendered.meta[name] for name in _ASKED if name in rendered.meta}
        end = hashes_of(anchors), hashes_of(wanted)
        return _source(file, data, end)._replace(meta=meta), end

    # The whole

    def _check_places(self) -> None:
        """Has MkDocs judge the links of pages that lead to places which are none."""
        before, now = self._known.sources, self._sources
        if self._is_small and all(before.links[uri] == now.links[uri] for uri in self._changed):
            return
        # It brings numpy, which seldom anything else needs.
        from generator.mkdocs.hashes import Hashes, contains_any

        ends = self._all_ends()
        wanted = {uri: ends[uri][1] for uri in now.digests}
        there = Hashes(ends[uri][0] for uri in now.digests)
        # What led somewhere before does so still, unless that place is gone.
        gone = there.missing(self._known.ends[uri][0] for uri in self._changed if uri in before)
        due = self._changed if self._is_small and not gone else wanted.keys()
        missing = there.missing(wanted[uri] for uri in due)
        if not missing:
            return
        if self._is_small:
            # MkDocs knows only the pages of the files that it was given.
            self._frame = RenderContext.of(self._configure())
        for uri in [uri for uri, to in wanted.items() if contains_any(to, missing)]:
            page = self._frame.page_of(self._frame.file(uri))
            if page.links_to_anchors is None:
                # What MkDocs has to say of a page that was made in this build it has said already.
                with capture_logs() if uri in self._changed else nullcontext():
                    self._populate(uri)
            for target in page.links_to_anchors or {}:
                if target.page is None or target.page.present_anchor_ids is None:
                    with capture_logs():
                        self._populate(target.src_uri)
        self._frame.check_anchors()

    def _write_others(self) -> None:
        for path, data in self._frame.static_files():
            self._put(path, data)
        self._recall(self._sources.digests.keys() - self._sources.headings.keys())
        for path, data in self._frame.other_files():
            self._put(path, data)


def _is_as_before(path: str, source: PageSource) -> bool:
    """Whether a page that changed is a generated one as before, and no other page or file says anything of the change."""
    try:
        meta, _ = markdown.split(Path(path).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return source.is_generated and meta.get(_MOVED) == source.meta.get(_MOVED)


def _read(file: File) -> bytes:
    with open(file.abs_src_path or "", "rb") as opened:
        return opened.read()


def _source(file: File, data: bytes, end: End) -> PageSource:
    links = hashlib.blake2b(b"#".join(end), digest_size=8).digest()
    return PageSource(digest_of(data), file.url, file.dest_uri, links, {}, None, is_generated=True)
