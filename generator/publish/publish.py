"""A site that a build replaces in one step, with all of its files that would be the same kept."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from generator.mkdocs.fast_build import FastBuild
from generator.mkdocs.known import End, KnownPages, Sources
from generator.output.exchange import replacing, take_place
from generator.output.site_tree import SiteFiles, SiteTree
from generator.state.cache import Cache
from generator.state.database import Damaged
from generator.state.encoding import EncodingError
from generator.state.stamps import NO_FILES, Folder, Listing, StatCache
from generator.state.store import Store
from generator.state.uptodate import name_of_site
from generator.support.files import own_folder

# Below the folder of the cache.
_SPARES = "spares"


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


class _Frame(NamedTuple):
    """What one build leaves to the next beside what is known of each page and file.

    Attributes:
        whole: What all that is no page depends on.
        digest, pages: Of the frame, and of the pages that it is made with.
    """

    whole: str
    digest: str
    pages: tuple[str, ...]
    others: frozenset[str]


_FRAME, _ENDS = "frame", "ends"
# Of each page, of each file of the site, and of each other file of the tree.
_COLUMNS = ("digests", "urls", "paths", "titles", "metas", "keys", "made", "files")
_TYPES: Mapping[str, tuple[Any, Any]] = {
    **dict.fromkeys(_COLUMNS, (str, str)),
    "links": (str, bytes),
    "headings": (str, str | None),
    _ENDS: (str, End),
    _FRAME: (str, _Frame),
}
# Bytes of a bucket: a build reads all of each column.
_BUCKET = 32768


class _Left(NamedTuple):
    """What an earlier build left: what it knew, what all that is no page depended on, and its files."""

    known: KnownPages = KnownPages()
    whole: str = ""
    files: SiteFiles = SiteFiles({}, {})


class _State:
    """What builds of one site leave to each other, as tables: the ends of links, and columns of pages and of files."""

    def __init__(self, cache: Cache, name: str) -> None:
        self._store = Store(cache, name, _TYPES.__getitem__, _BUCKET)

    def read(self) -> _Left:
        """What the last build left; nothing where that is not to be believed."""
        try:
            tables = self._store.read()
            if not tables or tables.keys() != _TYPES.keys():
                return _Left()
            columns = {name: table.whole() for name, table in tables.items() if name not in (_ENDS, _FRAME)}
            frame: _Frame = tables[_FRAME][""]
        except (Damaged, KeyError):
            return _Left()
        files, left = columns.pop("files"), SiteFiles(columns.pop("keys"), columns.pop("made"))
        known = KnownPages(frame.digest, Sources(**columns), tables[_ENDS], files, frame.pages, frame.others)
        return _Left(known, frame.whole, left)

    def write(self, known: KnownPages, whole: str, left: SiteFiles) -> None:
        """Leaves what a build knew, and what its site is made of.

        Raises:
            OSError: if the disk is full or may not be written.
            Damaged: if what is to be kept of the last build is not as it was written.
        """
        frame = _Frame(whole, known.frame, known.framed, known.others)
        files = {"files": known.files, "keys": left.keys, "made": left.digests}
        tables = {_FRAME: {"": frame}, _ENDS: known.ends, **vars(known.sources), **files}
        try:
            self._store.write(tables, tables.keys())
        except EncodingError:
            # The name of some file is no text.
            self._store.drop()


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
    state = _State(cache, _name(cache, site))
    left = state.read()
    try:
        return _publish(configure, site, cache, finish, processes, of, state, left, stamps)
    except Damaged:
        # What was listed need not be so any more.
        stamps.forget()
        state, left = _State(cache, _name(cache, site)), _Left(files=left.files)
        return _publish(configure, site, cache, finish, processes, of, state, left, stamps)


def _name(cache: Cache, site: Path) -> str:
    return f"site-{name_of_site(cache.root, site)}"


def _publish(
    configure: Callable[[], MkDocsConfig],
    site: Path,
    cache: Cache,
    finish: Callable[[FastBuild], None],
    processes: int,
    of: str | None,
    state: _State,
    left: _Left,
    stamps: StatCache,
) -> Published:
    """Builds a site beside its place, from what is kept of the one before, and lets it take that place.

    Raises:
        Damaged: if something that was kept is not to be believed.
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
        _keep(build, before, room, processes, of, state, stamps)
    except OSError as error:
        return Published(build.pages, build.docs, NO_FILES, unkept=error.strerror or str(error))
    return Published(build.pages, build.docs, build.read(), tree.folder())


def _keep(
    build: FastBuild,
    before: SiteTree | None,
    room: Path,
    processes: int,
    of: str | None,
    state: _State,
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
    state.write(build.known(), of or "", build.tree.files())
    stamps.save()


def _made(build: FastBuild, tree: SiteTree, finish: Callable[[FastBuild], None]) -> Published:
    """Makes a site in a tree that is not in its place yet."""
    build.run(tree)
    finish(build)
    tree.leave_only(build.paths)
    return Published(build.pages, build.docs, NO_FILES)


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
