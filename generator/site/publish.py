"""A site that a build replaces in one step, with all of its files that would be the same kept."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from generator.cache import Cache, Difference, Parts
from generator.compiled import Compiled
from generator.files import own_folder, remove
from generator.looks import NO_FILES, Listing, Looks, number_of
from generator.seal import Folder
from generator.site.exchange import replacing, take_place
from generator.site.known import Known, LostError, Sources
from generator.site.quick import Build
from generator.site.trees import Holding, Tree

# Below the folder of the cache.
_SPARES = "spares"
_ENDS = "-ends-"
_TEMPLATES = "templates"


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


class Kept(NamedTuple):
    """What one build leaves to the next: what it knew of its input, and what its site and the spare are made of.

    Attributes:
        input: What it knew.
        whole: What all that is no page depends on.
        trees: By the numbers of their folders.
    """

    input: Known = Known()
    whole: str = ""
    trees: Mapping[int, Holding] = MappingProxyType({})

    def parts(self) -> dict[str, Any]:
        """It in parts, for the cache to keep what differs of them."""
        known = tuple((name, value) for name, value in vars(self.input).items() if name != "sources")
        made: dict[str, Any] = {"known": known, "whole": self.whole, "trees": sorted(self.trees)}
        made |= {f"sources {name}": column for name, column in vars(self.input.sources).items()}
        first: Holding | None = None
        for number, holding in sorted(self.trees.items()):
            made[f"{number} at"], made[f"{number} folders"] = holding.at, holding.folders
            # Mostly the trees hold the same.
            for name in ("keys", "looks"):
                values = getattr(holding, name)
                made[f"{number} {name}"] = Difference.of(getattr(first, name), values) if first else values
            first = first or holding
        return made

    @classmethod
    def of(cls, parts: Mapping[str, Any]) -> "Kept":
        """It from its parts."""
        sources = Sources(**{name: parts[f"sources {name}"] for name in vars(Sources())})
        trees: dict[int, Holding] = {}
        first: Holding | None = None
        for number in parts["trees"]:
            keys, looks = (
                parts[f"{number} {name}"].made(getattr(first, name)) if first else parts[f"{number} {name}"]
                for name in ("keys", "looks")
            )
            trees[number] = Holding(keys, looks, parts[f"{number} folders"], parts[f"{number} at"])
            first = first or trees[number]
        return cls(Known(sources=sources, **dict(parts["known"])), parts["whole"], trees)


def publish(
    configure: Callable[[], MkDocsConfig],
    site: Path,
    cache: Cache | None,
    finish: Callable[[Build], None],
    processes: int,
    of: str | None = None,
    seen: Looks | None = None,
) -> Published:
    """Builds a site in the fast way.

    Args:
        configure: Reads the configuration.
        cache: What is kept between builds; nothing is without it, nor where it is on another disk than the site.
        finish: Adds to the site what is no page, and may refuse it, before it takes its place.
        of: What all that depends on; the site is left alone if it is the same, and the pages are.
        seen: What this run has seen.

    Raises:
        OSError: if the disk is full or may not be written. Whatever is raised, the site is as it was.
    """
    if not cache:
        with replacing(site) as fresh:
            build = Build(configure, None, Known(), Compiled({}), processes, seen)
            return _made(build, Tree(fresh), finish)
    name = f"site-{hashlib.sha256(str(site.resolve()).encode()).hexdigest()[:16]}"
    kept, parts = _read(cache, name)
    try:
        return _publish(configure, site, cache, finish, processes, of, name, kept, seen, parts)
    except LostError:
        # What was seen need not be so any more.
        return _publish(configure, site, cache, finish, processes, of, name, Kept(trees=kept.trees))


def _publish(
    configure: Callable[[], MkDocsConfig],
    site: Path,
    cache: Cache,
    finish: Callable[[Build], None],
    processes: int,
    of: str | None,
    name: str,
    kept: Kept,
    seen: Looks | None = None,
    parts: Parts | None = None,
) -> Published:
    """Builds a site beside its place, from what is kept of the one before, and lets it take that place.

    Raises:
        LostError: if something that is kept apart is not to be believed.
    """
    before = Tree(site, kept.trees.get(number_of(site)), seen=seen) if site.exists() else None
    compiled = Compiled(cache.read(_TEMPLATES) or {})
    room = cache.folder_of(_SPARES) / name
    build = Build(configure, before, kept.input, compiled, processes, seen)
    if before and before.is_untouched and build.is_done and of is not None and kept.whole == of:
        return _published(build, site, room, before.holding())
    site.parent.mkdir(parents=True, exist_ok=True)
    if room.parent.stat().st_dev != site.parent.stat().st_dev:
        with replacing(site) as fresh:
            return _made(build, Tree(fresh), finish)
    own_folder(room)
    tree = Tree(room, kept.trees.get(number_of(room)), before, seen)
    tree.drop_links()
    _made(build, tree, finish)
    take_place(room, site)
    tree.root = site
    try:
        holding = _keep(build, compiled, before, room, cache, processes, of, name, parts)
    except OSError as error:
        return Published(build.pages, build.docs, NO_FILES, unkept=error.strerror or str(error))
    return _published(build, site, room, holding)


def _keep(
    build: Build,
    compiled: Compiled,
    before: Tree | None,
    room: Path,
    cache: Cache,
    processes: int,
    of: str | None,
    name: str,
    parts: Parts | None,
) -> Holding:
    """Keeps what makes the next build quick, once the site is in its place.

    Raises:
        OSError: if it cannot. The next build then makes more: it finds out what is as it was.
    """
    # What is now aside catches up, for the next build to find only its own changes to make.
    tree, spare = build.tree, before if before and room.exists() else Tree(own_folder(room))
    spare.root = room
    spare.drop_links()
    spare.follow(tree, processes)
    if compiled.is_new:
        cache.write(_TEMPLATES, compiled.kept)
    known, holding = build.known(), tree.holding()
    ends = known.ends.kept(known.sources.seen.keys(), f"{name}{_ENDS}", cache.write)
    trees = {number_of(tree.root): holding, number_of(room): spare.holding()}
    cache.write_parts(name, Kept(replace(known, ends=ends), of or "", trees).parts(), parts)
    for path in cache.folder.glob(f"{name}{_ENDS}*"):
        if not ends.is_base(path.name):
            remove(path)
    return holding


def _made(build: Build, tree: Tree, finish: Callable[[Build], None]) -> Published:
    """Makes a site in a tree that is not in its place yet."""
    build.run(tree)
    finish(build)
    tree.leave_only(build.paths)
    return Published(build.pages, build.docs, NO_FILES)


def _published(build: Build, site: Path, room: Path, holding: Holding) -> Published:
    spare = os.path.abspath(room)
    folder = Folder(os.path.abspath(site), number_of(site), holding.looks, holding.folders, spare)
    return Published(build.pages, build.docs, build.looks(), folder)


def _read(cache: Cache, name: str) -> tuple[Kept, Parts | None]:
    found = cache.read_parts(name)
    if not found:
        return Kept(), None
    kept = Kept.of(found.now)
    kept.input.ends.read = cache.read
    return kept, found


class Served:
    """A site that this process brings up to date in its place again and again, page by page."""

    def __init__(self, site: Path) -> None:
        self._tree = Tree(site)
        self._input = Known()
        self._compiled = Compiled({})

    def refresh(
        self, configure: Callable[[], MkDocsConfig], add: Callable[[Path], Iterable[str]], processes: int
    ) -> None:
        """Makes what changed since the last time that all went well.

        Args:
            add: Writes what is no page into the site, and gives the paths of the files.
        """
        build = Build(configure, self._tree, self._input, self._compiled, processes)
        build.run(self._tree)
        build.adopt(add(self._tree.root))
        self._tree.leave_only(build.paths)
        self._input = build.known()
