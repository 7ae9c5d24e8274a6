"""A site that a build replaces in one step, with all of its files that would be the same kept."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from generator.mkdocs.fast_build import FastBuild
from generator.mkdocs.known import End, KnownPages, LinkGraph, LostError, Sources
from generator.output.exchange import replacing, take_place
from generator.output.site_tree import SiteFiles, SiteTree
from generator.state.cache import Cache, ValueParts
from generator.state.stamps import NO_FILES, Folder, Listing, StatCache
from generator.state.uptodate import name_of_site
from generator.support.files import own_folder, remove

# Below the folder of the cache.
_SPARES = "spares"
_ENDS = "-ends-"


class Published(NamedTuple):
    """A site that was built: how many pages it has, its Markdown as it was read, and its folder as it is, if that is known.

    Attributes:
        unkept: Why what makes the next build quick could not be kept, in the system's words; empty where it was.
    """

    pages: int
    docs: Path
    read: Listing
    folder: Folder | None = None
    unkept: str = ""


class _Kept(NamedTuple):
    """What one build leaves to the next, in parts: what it knew of its input, and what its site is made of.

    Attributes:
        whole: What all that is no page depends on.
        keys, made: Of the site's files.
    """

    whole: str
    frame: str
    framed: tuple[str, ...]
    others: frozenset[str]
    ends_at: str
    ends: dict[str, End]
    files: dict[str, str]
    digests: dict[str, str]
    urls: dict[str, str]
    paths: dict[str, str]
    links: dict[str, bytes]
    titles: dict[str, str]
    metas: dict[str, str]
    headings: dict[str, str | None]
    keys: dict[str, str]
    made: dict[str, str]

    @classmethod
    def of(cls, known: KnownPages, whole: str, left: SiteFiles) -> "_Kept":
        """What is kept of what is known."""
        ends = known.ends
        return cls(
            whole=whole,
            frame=known.frame,
            framed=known.framed,
            others=known.others,
            ends_at=ends.base,
            ends=ends.since,
            files=known.files,
            keys=left.keys,
            made=left.digests,
            **vars(known.sources),
        )

    def known(self, cache: Cache) -> KnownPages:
        """What was known."""
        ends = LinkGraph(self.ends_at, self.ends, lambda name: cache.read(name, dict[str, End]))
        sources = Sources(
            self.digests, self.urls, self.paths, self.links, self.titles, self.metas, self.headings
        )
        return KnownPages(self.frame, sources, ends, self.files, self.framed, self.others)


class _Left(NamedTuple):
    """What an earlier build left: what it knew, what all that is no page depended on, its files, and all of it as read."""

    known: KnownPages = KnownPages()
    whole: str = ""
    files: SiteFiles = SiteFiles({}, {})
    parts: ValueParts | None = None


def publish(
    configure: Callable[[], MkDocsConfig],
    site: Path,
    cache: Cache | None,
    finish: Callable[[FastBuild], None],
    processes: int,
    of: str | None = None,
    stamps: StatCache | None = None,
) -> Published:
    """Builds a site in the fast way.

    Args:
        configure: Reads the configuration.
        cache: What is kept between builds; nothing is without it, nor where it is on another disk than the site.
        finish: Adds to the site what is no page, and may refuse it, before it takes its place.
        of: What all that depends on; the site is left alone if it is the same, and the pages are.
        stamps: The digests of files, as this run knows them.

    Raises:
        OSError: if the disk is full or may not be written. Whatever is raised, the site is as it was.
    """
    stamps = stamps or StatCache(cache)
    if not cache:
        with replacing(site) as fresh:
            build = FastBuild(configure, None, KnownPages(), processes, stamps)
            return _made(build, SiteTree(fresh, stamps), finish)
    left = _left(cache, _name(cache, site))
    try:
        return _publish(configure, site, cache, finish, processes, of, left, stamps)
    except LostError:
        # What was listed need not be so any more.
        stamps.forget()
        return _publish(configure, site, cache, finish, processes, of, _Left(files=left.files), stamps)


def _name(cache: Cache, site: Path) -> str:
    return f"site-{name_of_site(cache.root, site)}"


def _publish(
    configure: Callable[[], MkDocsConfig],
    site: Path,
    cache: Cache,
    finish: Callable[[FastBuild], None],
    processes: int,
    of: str | None,
    left: _Left,
    stamps: StatCache,
) -> Published:
    """Builds a site beside its place, from what is kept of the one before, and lets it take that place.

    Raises:
        LostError: if something that is kept apart is not to be believed.
    """
    before = SiteTree(site, stamps, left.files) if site.exists() else None
    build = FastBuild(configure, before, left.known, processes, stamps)
    if before and before.is_untouched and build.is_done and of is not None and left.whole == of:
        stamps.save()
        return Published(build.pages, build.docs, build.read(), before.folder())
    site.parent.mkdir(parents=True, exist_ok=True)
    room = cache.folder_of(_SPARES) / _name(cache, site)
    if room.parent.stat().st_dev != site.parent.stat().st_dev:
        with replacing(site) as fresh:
            return _made(build, SiteTree(fresh, stamps), finish)
    tree = SiteTree(own_folder(room), stamps, left.files)
    tree.drop_links()
    _made(build, tree, finish)
    take_place(room, site)
    tree.root = site
    try:
        _keep(build, before, room, cache, processes, of, left, stamps)
    except OSError as error:
        return Published(build.pages, build.docs, NO_FILES, unkept=error.strerror or str(error))
    return Published(build.pages, build.docs, build.read(), tree.folder())


def _keep(
    build: FastBuild,
    before: SiteTree | None,
    room: Path,
    cache: Cache,
    processes: int,
    of: str | None,
    left: _Left,
    stamps: StatCache,
) -> None:
    """Keeps what makes the next build quick, once the site is in its place.

    Raises:
        OSError: if it cannot. The next build then makes more: it finds out what is as it was.
    """
    # The spare catches up, for the next build to find only its own changes to make.
    spare = before if before and room.exists() else SiteTree(own_folder(room), stamps)
    spare.root = room
    spare.drop_links()
    spare.follow(build.tree, processes)
    known, name = build.known(), _name(cache, build.tree.root)
    ends = known.ends.kept(known.sources.digests.keys(), f"{name}{_ENDS}", cache.write)
    kept = _Kept.of(replace(known, ends=ends), of or "", build.tree.files())
    cache.write_parts(name, kept, left.parts)
    for path in cache.folder.glob(f"{name}{_ENDS}*"):
        if path.name != ends.base:
            remove(path)
    stamps.save()


def _made(build: FastBuild, tree: SiteTree, finish: Callable[[FastBuild], None]) -> Published:
    """Makes a site in a tree that is not in its place yet."""
    build.run(tree)
    finish(build)
    tree.leave_only(build.paths)
    return Published(build.pages, build.docs, NO_FILES)


def _left(cache: Cache, name: str) -> _Left:
    found = cache.read_parts(name, _Kept)
    if not found:
        return _Left()
    kept: _Kept = found.now
    return _Left(kept.known(cache), kept.whole, SiteFiles(kept.keys, kept.made), found)


class Served:
    """A site that this process brings up to date in its place again and again, page by page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = SiteFiles({}, {})
        self._input = KnownPages()
        self._stamps = StatCache()

    def refresh(
        self, configure: Callable[[], MkDocsConfig], add: Callable[[Path], Iterable[str]], processes: int
    ) -> None:
        """Makes what changed since the last time that all went well.

        Args:
            add: Writes what is no page into the site, and gives the paths of the files.
        """
        self._stamps.forget()
        tree = SiteTree(self.folder, self._stamps, self._files)
        build = FastBuild(configure, tree, self._input, processes, self._stamps)
        build.run(tree)
        build.adopt(add(tree.root))
        tree.leave_only(build.paths)
        self._files, self._input = tree.files(), build.known()
