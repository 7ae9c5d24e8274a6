"""Incremental builds, and whether one after a change reports and leaves what a full build does."""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from generator.export import atom
from generator.export.mentions import mentions
from generator.incremental import MarkdownTree, renew
from generator.incremental.kept import PageInfo
from generator.incremental.run import UNFIT
from generator.incremental.tree import state_of
from generator.mkdocs.settings import docs_folder
from generator.pages.search import searchable
from generator.search import SearchDelta
from generator.support.problems import Refused
from tests.build import write_files

_ADDRESS = "https://example.org/"
# Differing lines that are told of one file.
_TOLD = 3


class Outcome(NamedTuple):
    """A run, as far as it can be seen: what is wrong, the files of the tree, and what else is made of it.

    Attributes:
        written: The pages that it says it has written.
    """

    problems: tuple[str, ...]
    files: dict[str, bytes]
    written: frozenset[str] | None = None
    pages: Mapping[str, PageInfo] = MappingProxyType({})
    counts: tuple[int, ...] = ()
    mentions: str = ""
    feed: bytes = b""
    search: str = ""

    def unlike(self, other: "Outcome") -> list[str]:
        """In which things two runs differ, a line each."""
        found = [
            f"{name} differ: {_first(mine, theirs)}"
            for name, mine, theirs in zip(self._fields, self, other, strict=True)
            if name not in ("files", "written") and mine != theirs
        ]
        for path in sorted(self.files.keys() | other.files.keys()):
            mine, theirs = self.files.get(path), other.files.get(path)
            if mine is None or theirs is None:
                found.append(f"{path} is there only {'afterwards' if theirs is None else 'from nothing'}")
            elif mine != theirs:
                found.append(f"{path} differs: {_first(mine.decode(), theirs.decode())}")
        return found


def _first(mine: object, theirs: object) -> str:
    """The first lines that two texts do not share."""
    left, right = (
        value.splitlines()
        if isinstance(value, str)
        else list(map(str, value))
        if isinstance(value, tuple)
        else [str(value)]
        for value in (mine, theirs)
    )
    only = [
        [line for line in lines if line not in others][:_TOLD]
        for lines, others in ((left, right), (right, left))
    ]
    return f"{only[0]} where from nothing it is {only[1]}"


def run(root: Path, *, fresh: bool = False) -> MarkdownTree:
    return renew(root, partial(docs_folder, root), tell=_expect_fit, fresh=fresh)


def _expect_fit(line: str) -> None:
    """What would hide a mistake in an incremental run is an error in tests."""
    assert line != UNFIT


def outcome(root: Path, originals: tuple[Path, ...] = ()) -> Outcome:
    """Runs, and tells what can be seen of it."""
    try:
        tree = renew(root, partial(docs_folder, root), originals, _expect_fit)
    except Refused as refused:
        return Outcome(tuple(map(str, refused.problems)), files_of(root / "docs"))
    edition = tree.edition
    return Outcome(
        tuple(map(str, tree.problems)),
        files_of(tree.docs),
        tree.changed,
        dict(tree.pages),
        (tree.records, tree.mentions),
        "".join(mentions(edition.dossier, edition.links)),
        atom.feed(edition, _ADDRESS),
        "\n".join(_searched(searchable(edition))),
    )


def _searched(found: SearchDelta) -> Iterator[str]:
    yield from map(repr, found.changed.items())
    yield repr(sorted(found.outlets.items()))


def files_of(docs: Path) -> dict[str, bytes]:
    return {p.relative_to(docs).as_posix(): p.read_bytes() for p in sorted(docs.rglob("*")) if p.is_file()}


class FromNothing:
    """What runs from nothing tell and leave, each done once for the same seeds and hand-written pages."""

    def __init__(self, room: Path) -> None:
        self._room = room
        self._known: dict[str, Outcome] = {}

    def unlike(self, root: Path, originals: tuple[Path, ...] = ()) -> list[str]:
        """Runs, and tells in which things that differs from a run from nothing, a line each; best none.

        A run that finds errors must leave the tree as it was; one that finds none must know what it wrote.
        """
        before = files_of(root / "docs")
        cold = self.outcome(root, originals)
        now = outcome(root, originals)
        if cold.written is None:
            return now.unlike(cold._replace(files=before))
        found = now.unlike(cold)
        differing = {path for path, data in now.files.items() if before.get(path) != data}
        if now.written is not None and now.written != differing:
            found.append(f"it says of {sorted(now.written ^ differing)} wrongly whether it wrote them")
        return found

    def outcome(self, root: Path, originals: tuple[Path, ...] = ()) -> Outcome:
        """That of a copy of a dossier, in which there is nothing that the generator wrote."""
        files = dict(given_files(root.resolve()))
        # A folder that was emptied is reported.
        folders = sorted(path.relative_to(root) for path in (root / "seeds").rglob("*") if path.is_dir())
        key = hashlib.sha256(repr((originals, folders, sorted(files.items()))).encode()).hexdigest()
        if key not in self._known:
            copy = self._room / "cold" / root.resolve().name
            shutil.rmtree(copy.parent, ignore_errors=True)
            for folder in folders:
                (copy / folder).mkdir(parents=True, exist_ok=True)
            self._known[key] = outcome(write_files(copy, files), originals)
        return self._known[key]


def given_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a dossier that the generator did not write."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        if name.parts[0] != ".cache" and path.is_file():
            data = path.read_bytes()
            is_page = name.parts[0] == "docs"
            if not is_page or state_of(data.decode("utf-8", errors="replace")) != "ours":
                yield name.as_posix(), data
