"""The Markdown tree: generated pages written among hand-written ones, which are never touched."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.pages.page import Page, is_edited, is_generated
from generator.problems import Position, Problem
from generator.files import name_of, remove_empty_folders, write_whole


@dataclass(frozen=True)
class Written:
    """What writing the tree did, in files."""

    pages: int
    changed: int
    removed: int


def collisions(pages: Iterable[Page], docs: Path, root: Path) -> Iterator[Problem]:
    """A generated page may not take the place of a hand-written one, nor of one that somebody has edited."""
    seen: dict[str, Page] = {}
    for page in pages:
        name = name_of(docs / page.path, root)
        if page.path in seen:
            message = f"two records make the page {page.path!r}"
            yield Problem(Position(name), "page-twice", message, page.path, "rename one of them")
        seen[page.path] = page
        # An index page may also be written as README.md; MkDocs takes only one of the two.
        twins = [docs / page.path, docs / page.path.removesuffix("index.md") / "README.md"]
        for path in twins if page.path.endswith("index.md") else twins[:1]:
            text = _text(path)
            if text is not None and not is_generated(text):
                hint = "move it to another name, or rename the record"
                yield Problem(
                    Position(name),
                    "page-exists",
                    f"the page {page.path!r} is hand-written there already",
                    page.path,
                    hint,
                )
            elif text is not None and is_edited(text):
                hint = "move what you wrote to the seeds or to a page of its own, then delete the file"
                yield Problem(
                    Position(name),
                    "page-edited",
                    f"the generated page {page.path!r} was edited",
                    page.path,
                    hint,
                )


def write_tree(pages: Iterable[Page], docs: Path) -> Written:
    """Writes the pages that changed and removes those that the generator wrote before and no longer makes."""
    changed = 0
    wanted = {}
    for page in pages:
        path, data = docs / page.path, page.text.encode()
        wanted[path] = page
        if not path.is_file() or path.read_bytes() != data:
            write_whole(path, data)
            changed += 1
    stale = [path for path in _generated(docs) if path not in wanted]
    for path in stale:
        path.unlink()
        remove_empty_folders(path.parent, docs)
    return Written(len(wanted), changed, len(stale))


@contextmanager
def private_tree(pages: Iterable[Page], docs: Path) -> Iterator[Path]:
    """A tree of its own for pages that may not be published: it goes when they are built.

    The hand-written files of a folder stand in it beside them.
    """
    with tempfile.TemporaryDirectory(prefix="dossier-private-") as room:
        tree = Path(room)
        ours = set(_generated(docs))
        for path in sorted(docs.rglob("*")):
            if path.is_file() and path not in ours:
                copy = tree / path.relative_to(docs)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
        write_tree(pages, tree)
        yield tree


def _generated(docs: Path) -> list[Path]:
    """The untouched files of a tree that the generator wrote."""
    found = []
    for path in sorted(docs.rglob("*.md")):
        text = _text(path)
        if text is not None and is_generated(text) and not is_edited(text):
            found.append(path)
    return found


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else None
    except OSError:
        return None
