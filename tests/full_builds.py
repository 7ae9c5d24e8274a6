"""Whether an incremental build reports and leaves what a full build of the same files does."""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from generator import build
from generator.edition import coverage
from generator.export import atom
from generator.export.mentions import mentions
from generator.incremental import MarkdownTree, update_tree
from generator.incremental.run import UNFIT
from generator.incremental.stored_run import PageInfo
from generator.incremental.tree import state_of
from generator.mkdocs.settings import docs_folder
from generator.pages.search import searchable
from generator.search import SearchDelta
from generator.state.uptodate import UpToDateCheck
from generator.support.problems import Refused
from tests.build import write_files
from tests.publish.same import files

_ADDRESS = "https://example.org/"
# Differing lines that are shown of one file.
_SHOWN_LINES = 3
# Folders of a dossier that hold nothing but what was built.
_BUILT = (".cache", "site")


class MarkdownBuild(NamedTuple):
    """A build of the Markdown tree: its problems, the files of the tree, and what else is made from the edition.

    Attributes:
        written: The pages that the build says it has written; None where it was refused.
    """

    problems: tuple[str, ...]
    files: dict[str, bytes]
    written: frozenset[str] | None = None
    pages: Mapping[str, PageInfo] = MappingProxyType({})
    counts: tuple[int, ...] = ()
    mentions: str = ""
    feed: bytes = b""
    search: str = ""

    def differences(self, full: "MarkdownBuild") -> list[str]:
        """In which things this differs from a full build, a line each."""
        found = [
            f"{name} differ: {_differing_lines(mine, theirs)}"
            for name, mine, theirs in zip(self._fields, self, full, strict=True)
            if name not in ("files", "written") and mine != theirs
        ]
        for path in sorted(self.files.keys() | full.files.keys()):
            mine, theirs = self.files.get(path), full.files.get(path)
            if mine is None or theirs is None:
                found.append(
                    f"{path} exists only after {'an incremental' if theirs is None else 'a full'} build"
                )
            elif mine != theirs:
                found.append(f"{path} differs: {_differing_lines(mine.decode(), theirs.decode())}")
        return found


class SiteBuild(NamedTuple):
    """A build of the site: what it was refused for, and the files of the site."""

    errors: tuple[str, ...]
    files: dict[str, bytes]

    def differences(self, full: "SiteBuild") -> list[str]:
        """In which things this differs from a full build, a line each."""
        if self.errors != full.errors:
            return [f"errors differ: {_differing_lines(self.errors, full.errors)}"]
        paths = sorted(self.files.keys() | full.files.keys())
        return [f"{path} differs" for path in paths if self.files.get(path) != full.files.get(path)]


def _differing_lines(mine: object, theirs: object) -> str:
    """The first lines that two values do not share."""
    left, right = (
        value.splitlines()
        if isinstance(value, str)
        else list(map(str, value))
        if isinstance(value, tuple)
        else [str(value)]
        for value in (mine, theirs)
    )
    only = [
        [line for line in lines if line not in others][:_SHOWN_LINES]
        for lines, others in ((left, right), (right, left))
    ]
    return f"{only[0]} where a full build has {only[1]}"


def write_markdown(root: Path, *, fresh: bool = False) -> MarkdownTree:
    """Builds the Markdown tree."""
    return update_tree(root, partial(docs_folder, root), tell=_expect_fit, fresh=fresh)


def _expect_fit(line: str) -> None:
    """What would hide a mistake in an incremental build is an error in tests."""
    assert line != UNFIT


def _build_markdown(root: Path, originals: tuple[Path, ...] = ()) -> MarkdownBuild:
    """Builds the Markdown tree, and gives all that can be seen of the build."""
    try:
        tree = update_tree(root, partial(docs_folder, root), originals, _expect_fit)
    except Refused as refused:
        return MarkdownBuild(tuple(map(str, refused.problems)), files(root / "docs"))
    edition = tree.edition
    return MarkdownBuild(
        tuple(map(str, tree.problems)),
        files(tree.docs),
        tree.changed,
        dict(tree.pages),
        (tree.records, tree.mentions),
        "".join(mentions(edition.dossier, edition.links)),
        atom.feed(edition, _ADDRESS),
        "\n".join(_searched(searchable(edition))),
    )


def _build_site(root: Path, check: UpToDateCheck | None = None) -> SiteBuild:
    try:
        build.build(root, root / "site", up_to_date=check)
    except Refused as refused:
        return SiteBuild(tuple(map(str, refused.problems)), files(root / "site"))
    return SiteBuild((), files(root / "site"))


def _searched(found: SearchDelta) -> Iterator[str]:
    yield from map(repr, found.changed.items())
    yield repr(sorted(found.outlets.items()))


class FullBuilds:
    """Full builds of copies of a dossier in which nothing is that was built, each done once for the same files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._markdown: dict[str, MarkdownBuild] = {}
        self._sites: dict[str, SiteBuild] = {}

    def markdown(self, root: Path, originals: tuple[Path, ...] = ()) -> MarkdownBuild:
        """The full build of the Markdown tree."""
        key = _digest(root, originals)
        if key not in self._markdown:
            self._markdown[key] = _build_markdown(self._copy(root), originals)
        return self._markdown[key]

    def site(self, root: Path) -> SiteBuild:
        """The full build of the site."""
        key = _digest(root)
        if key not in self._sites:
            self._sites[key] = _build_site(self._copy(root))
        return self._sites[key]

    def compare_markdown(self, root: Path, originals: tuple[Path, ...] = ()) -> list[str]:
        """Builds the Markdown tree, and gives in which things it differs from a full build, a line each; best none.

        A build that finds errors must leave the tree as it was; one that finds none must know what it wrote.
        """
        before = files(root / "docs")
        full = self.markdown(root, originals)
        now = _build_markdown(root, originals)
        if full.written is None:
            return now.differences(full._replace(files=before))
        found = now.differences(full)
        differing = {path for path, data in now.files.items() if before.get(path) != data}
        if now.written is not None and now.written != differing:
            found.append(f"it says of {sorted(now.written ^ differing)} wrongly whether it wrote them")
        return found

    def compare_site(self, root: Path) -> list[str]:
        """Builds the site as the command does, and gives in which things it differs from a full build, a line each.

        A build that is refused must leave the site as it was; after one that is not, nothing is left to do.
        """
        before = files(root / "site")
        full = self.site(root)
        check = _up_to_date(root)
        now = SiteBuild((), before) if check.result() else _build_site(root, check)
        if full.errors:
            return now.differences(full._replace(files=before))
        assert _up_to_date(root).result()
        return now.differences(full)

    def _copy(self, root: Path) -> Path:
        """A copy of a dossier, in which there is nothing that the generator wrote."""
        copy = self._folder / "full" / root.resolve().name
        shutil.rmtree(copy.parent, ignore_errors=True)
        for folder in _seed_folders(root):
            (copy / folder).mkdir(parents=True, exist_ok=True)
        return write_files(copy, dict(given_files(root.resolve())))


def _up_to_date(root: Path) -> UpToDateCheck:
    return UpToDateCheck(root, root / "site", (), [])


def _digest(root: Path, originals: tuple[Path, ...] = ()) -> str:
    """A digest of all that a full build depends on, with the constant that tests change."""
    given = (originals, _seed_folders(root), sorted(given_files(root.resolve())), coverage.REPORT_LIMIT)
    return hashlib.sha256(repr(given).encode()).hexdigest()


def _seed_folders(root: Path) -> list[Path]:
    """The folders of the seeds: one that was emptied is reported."""
    return sorted(path.relative_to(root) for path in (root / "seeds").rglob("*") if path.is_dir())


def given_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a dossier that the generator did not write."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        if name.parts[0] not in _BUILT and path.is_file():
            data = path.read_bytes()
            is_page = name.parts[0] == "docs"
            if not is_page or state_of(data.decode("utf-8", errors="replace")) != "ours":
                yield name.as_posix(), data
