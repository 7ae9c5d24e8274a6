"""A site that a build replaces in one step, with all of its files that would be the same kept."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from generator.cache import Cache
from generator.files import replacing
from generator.site.quick import Build, Known
from generator.site.trees import Holding, Tree, exchange, number, restore

# Below the folder of the cache.
_SPARES = "spares"


@dataclass
class Kept:
    """What one build leaves to the next: what it knew of its input, and its trees by the number of their folder."""

    input: Known = field(default_factory=Known)
    trees: dict[int, Holding] = field(default_factory=dict)


def publish(
    configure: Callable[[], MkDocsConfig],
    site: Path,
    cache: Cache,
    finish: Callable[[Build], None],
    processes: int,
) -> int:
    """Builds a site in the fast way, and returns the number of its pages.

    Args:
        configure: Reads the configuration.
        cache: What is kept between builds; nothing is, where it is on another disk than the site.
        finish: Adds to the site what is no page, and may refuse it, before it takes its place.

    Raises:
        OSError: if the disk is full or may not be written. Whatever is raised, the site is as it was.
    """
    name = f"site-{hashlib.sha256(str(site.resolve()).encode()).hexdigest()[:16]}"
    restore(site)
    kept = cache.read(name)
    kept = kept if isinstance(kept, Kept) else Kept()
    before = Tree(site, kept.trees.get(number(site))) if site.exists() else None
    with _room(site, cache.open() / _SPARES / name) as (room, is_spare):
        tree = Tree(room, kept.trees.get(number(room)))
        build = Build(configure, tree, before, kept.input, processes)
        pages = build.run()
        finish(build)
        tree.leave_only(build.paths)
        if not is_spare:
            return pages
        if before:
            exchange(site, room)
        else:
            room.rename(site)
        # What is now aside catches up, for the next build to find only its own changes to make.
        tree = tree.moved(site)
        spare = before.moved(room) if before else Tree(room)
        spare.follow(tree)
    cache.write(name, Kept(build.known(), {number(site): tree.holding(), number(room): spare.holding()}))
    return pages


class Served:
    """A site that this process brings up to date in its place again and again, page by page."""

    def __init__(self, site: Path) -> None:
        self._tree = Tree(site)
        self._input = Known()

    def refresh(
        self, configure: Callable[[], MkDocsConfig], add: Callable[[Path], Iterable[str]], processes: int
    ) -> None:
        """Makes what changed since the last time that all went well.

        Args:
            add: Writes what is no page into the site, and gives the paths of the files.
        """
        build = Build(configure, self._tree, None, self._input, processes)
        build.run()
        build.adopt(add(self._tree.root))
        self._tree.leave_only(build.paths)
        self._input = build.known()


@contextmanager
def _room(site: Path, spare: Path) -> Iterator[tuple[Path, bool]]:
    """Where the site is built, and whether that is a spare to stay; else it takes the place of the site at the end."""
    site.parent.mkdir(parents=True, exist_ok=True)
    spare.mkdir(parents=True, exist_ok=True)
    if spare.stat().st_dev == site.parent.stat().st_dev:
        yield spare, True
        return
    spare.rmdir()
    with replacing(site) as fresh:
        yield fresh, False
