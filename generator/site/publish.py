"""A site that a build replaces in one step, with all of its files that would be the same kept."""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig

from generator.cache import Cache
from generator.files import replacing
from generator.seal import Folder, Looks
from generator.site.compiled import Compiled
from generator.site.quick import Build, Known
from generator.site.trees import Holding, Tree, exchange, number, restore

# Below the folder of the cache.
_SPARES = "spares"
_ASIDE = "-aside"
_TEMPLATES = "templates"


class Published(NamedTuple):
    """A site that was built: how many pages it has, its Markdown as it was read, and its folder as it is, if that is known."""

    pages: int
    docs: Path
    read: Looks
    folder: Folder | None = None


class Kept(NamedTuple):
    """What one build leaves to the next: what it knew of its input, and what its site is made of."""

    input: Known = Known()
    whole: str = ""
    tree: Holding = Holding()
    number: int = 0


def publish(
    configure: Callable[[], MkDocsConfig],
    site: Path,
    cache: Cache | None,
    finish: Callable[[Build], None],
    processes: int,
    of: str | None = None,
) -> Published:
    """Builds a site in the fast way.

    Args:
        configure: Reads the configuration.
        cache: What is kept between builds; nothing is without it, nor where it is on another disk than the site.
        finish: Adds to the site what is no page, and may refuse it, before it takes its place.
        of: What all that depends on; the site is left alone if it is the same, and the pages are.

    Raises:
        OSError: if the disk is full or may not be written. Whatever is raised, the site is as it was.
    """
    if not cache:
        with replacing(site) as fresh:
            build = Build(configure, None, Known(), Compiled({}), processes)
            return _made(build, Tree(fresh), finish)
    name = f"site-{hashlib.sha256(str(site.resolve()).encode()).hexdigest()[:16]}"
    restore(site)
    kept = _read(cache, name)
    aside = None
    if site.exists() and kept.number != number(site):
        aside = _read(cache, f"{name}{_ASIDE}")
    before = Tree(site, _holding(number(site), kept, aside)) if site.exists() else None
    compiled = Compiled(cache.read(_TEMPLATES) or {})
    build = Build(configure, before, kept.input, compiled, processes)
    if before and before.is_untouched and build.is_done and of is not None and kept.whole == of:
        return _published(build, site, before.holding())
    site.parent.mkdir(parents=True, exist_ok=True)
    room = cache.open() / _SPARES / name
    room.mkdir(parents=True, exist_ok=True)
    if room.stat().st_dev != site.parent.stat().st_dev:
        room.rmdir()
        with replacing(site) as fresh:
            return _made(build, Tree(fresh), finish)
    aside = aside or _read(cache, f"{name}{_ASIDE}")
    _made(build, Tree(room, _holding(number(room), aside, kept)), finish)
    if before:
        exchange(site, room)
    else:
        room.rename(site)
    # What is now aside catches up, for the next build to find only its own changes to make.
    tree, spare = build.tree, before or Tree(room)
    tree.root, spare.root = site, room
    spare.follow(tree, processes)
    if compiled.is_new:
        cache.write(_TEMPLATES, compiled.kept)
    holding = tree.holding()
    cache.write(name, tuple(Kept(build.known(), of or "", holding, number(site))))
    cache.write(f"{name}{_ASIDE}", tuple(Kept(tree=spare.holding(), number=number(room))))
    return _published(build, site, holding)


def _made(build: Build, tree: Tree, finish: Callable[[Build], None]) -> Published:
    """Makes a site in a tree that is not in its place yet."""
    build.run(tree)
    finish(build)
    tree.leave_only(build.paths)
    return Published(build.pages, build.docs, {})


def _published(build: Build, site: Path, holding: Holding) -> Published:
    looks = {path: seen for path, (_, seen) in holding.files.items()}
    folder = Folder(os.path.abspath(site), number(site), looks, dict(holding.folders))
    return Published(build.pages, build.docs, build.looks(), folder)


def _read(cache: Cache, name: str) -> Kept:
    found = cache.read(name)
    return Kept(*found) if found else Kept()


def _holding(folder: int, *kept: Kept | None) -> Holding | None:
    """What a folder of a number holds, as far as it is known."""
    return next((one.tree for one in kept if one and one.number == folder), None)


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
