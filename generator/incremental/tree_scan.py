"""The folder of the Markdown tree: what is as it was written, and what is not."""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Set
from pathlib import Path

from generator.incremental.stored_run import Manifest
from generator.incremental.tree import State, index_of, state_of, twins
from generator.load.dossier import places_of_links
from generator.load.inputs import allowed_places, leads_away, leads_outside, unfit, unreadable
from generator.state.stamps import Listing, StatCache, ways_to
from generator.support.files import digest_of, name_below, name_of, read_file
from generator.support.problems import Problem, shown


class TreeScan:
    """The Markdown files of the tree's folder, as far as they are not known to be as they were written.

    Attributes:
        written: The digests of the pages that are as they were written.
        lost: The pages that are not.
        state: Of the others: whether each is hand-written, edited, or the generator's own.
        ours: All that the generator wrote and nobody touched.
        problems: What is there that may not be read.
    """

    def __init__(
        self,
        root: Path,
        docs: Path,
        front: Manifest | None,
        stamps: StatCache,
        is_excluded: Callable[[str], bool] = lambda path: False,
    ) -> None:
        """Takes them as they are.

        Args:
            is_excluded: Whether the site leaves a file out, which may then lie where it would be in the way.
        """
        self.docs = docs
        name = name_below(docs, root)
        pages = front.pages if front and front.inputs.docs == name else {}
        listing = stamps.below(docs)
        found = listing.unlinked()
        problems = list(unfit_docs(root, docs, listing))
        # Mostly none has changed, which one comparison of all shows.
        self.written = pages
        if not pages.items() <= found.items():
            self.written = {path: digest for path, digest in pages.items() if found.get(path) == digest}
        self.state: dict[str, State] = {}
        # Of those that are not as they were written.
        self._digests: dict[str, str] = {}
        for path in sorted(path for path in found.keys() - self.written.keys() if path.endswith(".md")):
            if index_of(path) != path and is_excluded(path):
                continue
            try:
                data = read_file(docs / path)
            except FileNotFoundError:
                # Removed meanwhile.
                continue
            except OSError as error:
                problems.append(_unreadable_page(docs / path, root, error.strerror))
                continue
            self.state[path] = state_of(data.decode("utf-8", errors="replace"))
            self._digests[path] = digest_of(data)
        self.lost = frozenset(pages.keys() - self.written.keys())
        self.problems = tuple(problems)
        self.ours = self.written.keys() | {path for path, state in self.state.items() if state == "ours"}

    @property
    def is_as_written(self) -> bool:
        """Whether all pages are there as they were written, and nothing is in their place or stale."""
        beside = any(name in self.state for path in self.written for name in twins(path)[1:])
        return not (self.lost or beside or self.problems or "ours" in self.state.values())

    def digest(self, path: str) -> str:
        """The digest of a file as it is; empty where there is none."""
        return self.written.get(path) or self._digests.get(path, "")


def unfit_docs(root: Path, docs: Path, seen: Listing) -> Iterator[Problem]:
    """What is in the folder of the tree that may not be read, but for hidden entries, which no site shows.

    A configuration may name a folder outside the dossier, which is then as good as one inside.
    """
    name, real = name_of(docs, root), os.path.realpath(docs)
    places: tuple[str, ...] = ()
    if seen.links or leads_outside(real, allowed_places(root, ())):
        places = places_of_links(root)
        if not docs.absolute().is_relative_to(root.absolute()):
            places = (*places, real)
        if leads_outside(real, places):
            yield leads_away(name)
            return
    for problem in unfit(seen, name, places):
        if "/." not in problem.where.file.removeprefix(name):
            yield problem
    for path in seen.files:
        # Pages are read; other files are copied later, or linked.
        if not path.endswith(".md") and "/." not in f"/{path}" and not os.access(docs / path, os.R_OK):
            yield _unreadable_page(docs / path, root, os.strerror(errno.EACCES))


def _unreadable_page(path: Path, root: Path, why: str | None) -> Problem:
    name = name_of(path, root)
    return unreadable(name, f"cannot read {shown(name)}: {why}")


def refuse_links(docs: Path, root: Path, linked: Set[str], paths: Iterable[str]) -> None:
    """Sees to it that pages are written and removed in the tree itself, not where a link leads.

    Args:
        linked: The folders of the tree that are links.
        paths: The pages.

    Raises:
        OSError: if one is beyond a link.
    """
    docs, root = docs.absolute(), root.absolute()
    # A folder outside the dossier is where the configuration says, by whatever way.
    above = [folder for folder in (docs, *docs.parents) if root in folder.parents]
    links = {folder for folder in above if folder.is_symlink()}
    if linked:
        links |= {docs / way for path in paths for way in ways_to(path) if way in linked}
    if links:
        raise OSError(errno.ELOOP, "a link, which is not followed: delete it", str(min(links)))


def place(source: Path, target: Path) -> None:
    """Moves a page from the spool to its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.replace(target)
    except OSError:
        # The tree is on another disk.
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            file.write(source.read_bytes())
        shutil.copymode(source, file.name)
        Path(file.name).replace(target)
