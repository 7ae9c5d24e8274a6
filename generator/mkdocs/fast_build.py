"""The fast build: makes the site that MkDocs makes, but only what changed, and with a faster parser in several processes.

Generated pages are rendered by `render.markdown`, hand-written ones by MkDocs; both go through the theme's templates.
The *context* is all that pages are made from beside their own Markdown. For example:

    a generated page changed     the context is made with few files, and one page is rendered
    a page was added             the context is made with all files; it is the same, so the new page is rendered, and the
                                 hand-written ones, which may link to it
    mkdocs.yml changed           the context is another, so all pages are rendered
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import nullcontext, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from generator.mkdocs.context import CapturedLog, RenderContext, capture_logs
from generator.mkdocs.fit import can_use_fast_parser
from generator.mkdocs.known import KnownPages, PageLinks, PageSource, ReadLinks
from generator.mkdocs.links import LinkResolver, UnresolvedLinkError, hashes_of
from generator.output.site_tree import SiteTree, write
from generator.pages.writing.page import is_generated
from generator.render import markdown
from generator.state.stamps import Listing, StatCache
from generator.support.files import digest_of
from generator.support.processes import parallel_map
from generator.support.progress import Tell, counted, silent

# Bytes at the start of a page that show whether the generator wrote it.
_HEAD = 100
# Pages that one process renders at a time.
_BATCH = 50
# What other pages need of a generated page's front matter.
_MOVED = "redirect_to"
_NEEDED = ("title", _MOVED)
_log = logging.getLogger("mkdocs.structure.pages")


class _RenderedPage(NamedTuple):
    """A generated page that a process has written, with the log records of MkDocs about it."""

    source: PageSource
    links: PageLinks
    digest: str
    logs: tuple[CapturedLog, ...] = ()


class FastBuild:
    """One build of the pages of a site into a folder."""

    def __init__(
        self,
        configure: Callable[[], MkDocsConfig],
        published: SiteTree | None,
        known: KnownPages,
        read_links: ReadLinks,
        stamps: StatCache,
        *,
        processes: int,
        tell: Tell = silent,
    ) -> None:
        """Finds out what there is to do.

        Args:
            configure: Reads the configuration.
            published: The site that readers see; its files are shared if they need no change.
            known: What the last build knew.
            read_links: Reads the links of the pages of the last build.
            stamps: The digests of files that this run knows.
        """
        self._configure = configure
        self._published = published
        self._known, self._read_links = known, read_links
        self._processes, self._tell = processes, tell
        config = configure()
        self._docs = config.docs_dir
        self._listing = stamps.below(self._docs)
        self._has_fast_parser = can_use_fast_parser(config)
        files, old = self._listing.files, known.pages
        self._sources = {uri: page for uri, page in old.items() if files.get(uri) == page.digest}
        self._files = {uri: files[uri] for uri in files.keys() - old.keys()}
        # Of pages whose links differ from those that the last build knew.
        self._new_links: dict[str, PageLinks] = {}
        # The files of the site that are no pages: those that MkDocs makes, and those that others add.
        self._others: set[str] = set()
        self._added: set[str] = set()
        # A *small* build renders generated pages, and needs no other file.
        self._is_small = self._has_all_but_generated() and all(
            map(self._is_edited, old.keys() - self._sources.keys())
        )
        if self._is_small:
            # Pages that another navigation names are not among these files, which is no fault of it.
            with capture_logs():
                self._context = RenderContext.create(config, known.context_pages)
            self._fill_heads(known.context_pages)
            self._is_small = self._context.digest == known.context
        if self._is_small:
            self._urls = {uri: page.url for uri, page in old.items()}
            self._paths = {uri: page.path for uri, page in old.items()}
            self._others = set(known.others)
        else:
            self._context = RenderContext.create(configure())
            self._urls = {file.src_uri: file.url for file in self._context.pages}
            self._paths = {file.src_uri: file.dest_uri for file in self._context.pages}
            self._sources = {uri: page for uri, page in self._sources.items() if uri in self._urls}
            self._files = {uri: digest for uri, digest in files.items() if uri not in self._urls}
        self._changed = self._urls.keys() - self._sources.keys()

    @property
    def pages(self) -> int:
        """How many pages the site has."""
        return len(self._urls)

    @property
    def docs(self) -> Path:
        """The folder of the Markdown."""
        return Path(self._docs)

    def read(self) -> Listing:
        """The folder of the Markdown, as it was read."""
        return self._listing._replace(
            files={**self._files, **{uri: page.digest for uri, page in self._sources.items()}}
        )

    @property
    def is_up_to_date(self) -> bool:
        """Whether no page has changed, so that the last site, if it is whole, needs no work."""
        return self._is_small and not self._changed

    def run(self, tree: SiteTree) -> None:
        """Makes the site in a folder. Warnings of MkDocs go to its loggers."""
        self.tree = tree
        self._resolver = LinkResolver(self._urls)
        by_hand = {uri for uri in self._changed if not self._is_generated(uri)}
        by_hand |= _by_hand(self._sources)
        self._make_by_hand([uri for uri in self._urls if uri in by_hand] if by_hand else [])
        self._make_generated(sorted(self._changed - by_hand | self._outdated(by_hand)))
        if self._changed:
            self._check_anchors()
        if self._is_small:
            for path in self._others:
                self._reuse(path)
        else:
            self._write_others()

    @property
    def paths(self) -> set[str]:
        """The paths of all files of the site."""
        return {*self._paths.values(), *self._others, *self._added}

    def known(self) -> KnownPages:
        """What the next build needs to know."""
        pages = _by_hand(self._sources) | {page.file.src_uri for page in self._context.nav.pages}
        return KnownPages(
            context=self._context.digest,
            pages=self._sources,
            files=self._files,
            context_pages=tuple(sorted(pages)),
            others=frozenset(self._others),
        )

    def changed_links(self) -> Mapping[str, PageLinks] | None:
        """The links of all pages for the next build; None if they are those of the last one."""
        if not self._new_links and self._known.pages.keys() <= self._sources.keys():
            return None
        links = self._links
        return {uri: links[uri] for uri in self._sources}

    def add_written(self, paths: Iterable[str]) -> None:
        """Adds files to the site that the caller has written into its folder."""
        for path in paths:
            self.tree.record(path)
            self._added.add(path)

    def reuse_file(self, path: str, digest: str) -> bool:
        """Whether the last site has a file with a digest, which is then in this one too."""
        is_there = self.tree.has(path, digest) or bool(
            self._published and self._published.has(path, digest) and self.tree.link(path, self._published)
        )
        if is_there:
            self._added.add(path)
        return is_there

    def add_file(self, path: str, digest: str, place: Callable[[Path], None]) -> None:
        """Adds a file with a digest to the site, which `place` writes unless it is there."""
        if not self.reuse_file(path, digest):
            target = self.tree.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            place(target)
            self.tree.record(path, digest)
            self._added.add(path)

    # What is as it was

    @property
    def _is_same_context(self) -> bool:
        """Whether the context is that of the last build; asked only when the titles in the navigation are known."""
        return self._context.digest == self._known.context

    def _has_all_but_generated(self) -> bool:
        """Whether the last site has all files but those of generated pages, and they need no change."""
        pages = self._known.pages
        needed = self._known.others | {pages[uri].path for uri in _by_hand(pages)}
        return (
            self._published is not None
            and self._published.manifest.keys() >= needed
            and self._files == self._known.files
        )

    def _is_edited(self, uri: str) -> bool:
        """Whether a page that changed was generated and still is, and leads readers to the same place."""
        old = self._known.pages[uri]
        try:
            meta, _ = markdown.split(Path(self._docs, uri).read_text("utf-8"))
        except (OSError, ValueError):
            return False
        return old.is_generated and meta.get(_MOVED) == old.front_matter.get(_MOVED)

    def _reuse(self, path: str) -> bool:
        """Whether the file of the last site is in the folder, or can be shared."""
        return path in self.tree.manifest or bool(self._published and self.tree.link(path, self._published))

    def _outdated(self, by_hand: Set[str]) -> set[str]:
        """Generated pages whose Markdown did not change, and that must be rendered all the same."""
        uris = self._sources.keys() - by_hand
        if self._is_same_context:
            return {uri for uri in uris if not self._reuse(self._paths[uri])}
        return set(uris)

    # Hand-written pages

    def _is_generated(self, uri: str) -> bool:
        with open(f"{self._docs}/{uri}", "rb") as file:
            return is_generated(file.read(_HEAD).decode("utf-8", errors="replace"))

    def _make_by_hand(self, uris: Sequence[str]) -> None:
        """Makes the hand-written pages: first what the navigation shows of them, then the pages."""
        self._fill_heads(uris)
        changed = [uri for uri in uris if uri not in self._sources]
        for uri in changed:
            self._add(uri, *self._populate(uri))
        # They may link to any file, and MkDocs guesses at the name if none has it.
        names = self._urls.keys() | self._files.keys()
        is_same = self._is_same_context and names == self._known.pages.keys() | self._known.files.keys()
        for uri in uris:
            if is_same and uri not in changed and self._reuse(self._paths[uri]):
                continue
            page = self._context.page_of(self._context.file(uri))
            if page.content is None:
                self._populate(uri)
            self.tree.write(self._paths[uri], self._context.html(page))

    def _fill_heads(self, uris: Iterable[str]) -> None:
        """Gives pages whose Markdown did not change what others show of them."""
        for uri in uris:
            if uri in self._sources:
                source = self._sources[uri]
                self._context.fill_head(self._context.file(uri), source.front_matter, source.heading)

    def _add(self, uri: str, source: PageSource, links: PageLinks) -> None:
        self._sources[uri] = source
        # To compare with those of the last build would read them all.
        old = self._known.pages.get(uri)
        if old is None or old.links != source.links:
            self._new_links[uri] = links

    def _populate(self, uri: str, *, is_generated: bool = False) -> tuple[PageSource, PageLinks]:
        """Has MkDocs render a page, and gives what is known of it then."""
        file = self._context.file(uri)
        data = _read(file)
        page = self._context.populate(file)
        anchors = (f"{uri}#{anchor}" for anchor in ("", *(page.present_anchor_ids or ())))
        links = page.links_to_anchors or {}
        targets = (f"{to.src_uri}#{anchor}" for to, names in links.items() for anchor in names)
        ends = PageLinks(hashes_of(anchors), hashes_of(targets))
        if is_generated:
            return _source(file, data, ends, page.meta), ends
        meta = yaml.safe_dump(dict(page.meta), allow_unicode=True, sort_keys=False)
        source = _source(file, data, ends, {})
        return source._replace(meta=meta, heading=page._title_from_render, is_generated=False), ends

    # Generated pages

    def _make_generated(self, uris: Sequence[str]) -> None:
        """Renders generated pages, several processes at once."""
        # Computed before the processes are forked, so that each has it.
        assert self._context.digest
        with parallel_map(self._page, uris, self._processes, _BATCH) as results:
            pages = counted(results, len(uris), "Rendered {} of {} pages", self._tell)
            for uri, page in zip(uris, pages, strict=True):
                self._add(uri, page.source, page.links)
                self.tree.record(page.source.path, page.digest)
                for level, message in page.logs:
                    _log.log(level, message)

    def _page(self, uri: str) -> _RenderedPage:
        """Renders and writes a page."""
        file = self._context.file(uri)
        rendered, logs = None, []
        if self._has_fast_parser:
            with suppress(UnresolvedLinkError, ValueError):
                rendered = self._render(file)
        if not rendered:
            with capture_logs() as logs:
                rendered = self._populate(uri, is_generated=True)
        html = self._context.html(self._context.page_of(file))
        write(f"{self.tree.root}/{file.dest_uri}", html)
        self._context.release(file)
        return _RenderedPage(*rendered, digest_of(html), tuple(logs))

    def _render(self, file: File) -> tuple[PageSource, PageLinks]:
        """Renders a page by the faster parser.

        Raises:
            UnresolvedLinkError, ValueError: if only MkDocs can render it.
        """
        data = _read(file)
        targets: set[str] = set()
        rendered = markdown.render(data.decode(), self._resolver.resolver(file.src_uri, file.url, targets))
        self._context.fill(file, rendered)
        anchors = (f"{file.src_uri}#{anchor}" for anchor in ("", *rendered.anchors))
        ends = PageLinks(hashes_of(anchors), hashes_of(targets))
        return _source(file, data, ends, rendered.meta), ends

    # The whole

    @cached_property
    def _old_links(self) -> Mapping[str, PageLinks]:
        return self._read_links()

    @property
    def _links(self) -> Mapping[str, PageLinks]:
        """The links of all pages, and of some that were removed."""
        return {**self._old_links, **self._new_links}

    def _check_anchors(self) -> None:
        """Has MkDocs warn of links to anchors that are missing."""
        if self._is_small and not self._new_links:
            return
        # This loads numpy, which other small builds do not need.
        from generator.mkdocs.hashes import AnchorIndex, contains_any

        links = self._links
        targets = {uri: links[uri].targets for uri in self._sources}
        anchors = AnchorIndex(links[uri].anchors for uri in self._sources)
        # Links of pages that did not change lead to what they led to before, unless that anchor was removed.
        removed = anchors.missing(
            self._old_links[uri].anchors for uri in self._changed & self._known.pages.keys()
        )
        suspects = self._changed if self._is_small and not removed else targets.keys()
        missing = anchors.missing(targets[uri] for uri in suspects)
        if not missing:
            return
        if self._is_small:
            # MkDocs knows only the pages of the files that it was given.
            self._context = RenderContext.create(self._configure())
        for uri in [uri for uri, hashes in targets.items() if contains_any(hashes, missing)]:
            page = self._context.page_of(self._context.file(uri))
            if page.links_to_anchors is None:
                # Other warnings about a page of this build were logged when it was rendered.
                with capture_logs() if uri in self._changed else nullcontext():
                    self._populate(uri)
            for target in page.links_to_anchors or {}:
                if target.page is None or target.page.present_anchor_ids is None:
                    with capture_logs():
                        self._populate(target.src_uri)
        self._context.check_anchors()

    def _write_others(self) -> None:
        self._fill_heads(self._sources.keys() - _by_hand(self._sources))
        for files in (self._context.static_files(), self._context.other_files()):
            for path, data in files:
                self._others.add(path)
                self.tree.write(path, data)


def _read(file: File) -> bytes:
    with open(file.abs_src_path or "", "rb") as opened:
        return opened.read()


def _by_hand(pages: Mapping[str, PageSource]) -> set[str]:
    return {uri for uri, page in pages.items() if not page.is_generated}


def _source(file: File, data: bytes, links: PageLinks, meta: Mapping[str, Any]) -> PageSource:
    """What is known of a generated page."""
    return PageSource(
        digest=digest_of(data),
        url=file.url,
        path=file.dest_uri,
        links=hashlib.blake2b(b"#".join(links), digest_size=8).digest(),
        meta=json.dumps({name: meta[name] for name in _NEEDED if name in meta}, ensure_ascii=False),
        heading=None,
        is_generated=True,
    )
