"""The Markdown tree: generated pages written among hand-written ones, which are never touched."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from generator.output.exchange import beside
from generator.pages.writing.page import Page, is_edited, is_generated
from generator.support.files import name_of, remove_empty_folders, write_whole
from generator.support.problems import Problem, SourcePosition

# Of a Markdown file: the generator's own, such a one that somebody has edited since, or somebody's.
State = Literal["ours", "edited", "hand-written"]


class WrittenTree(NamedTuple):
    """What writing the tree did, in files."""

    pages: int
    changed: int
    removed: int


def collisions(pages: Iterable[Page], docs: Path, root: Path) -> Iterator[Problem]:
    """A generated page may not take the place of a hand-written one, nor of one that somebody has edited."""
    seen: set[str] = set()
    for page in pages:
        if page.path in seen:
            yield page_twice(page.path, docs, root)
        seen.add(page.path)
        found = {name: _state(docs / name) for name in twins(page.path)}
        yield from in_the_way(page.path, docs, root, found)


def twins(path: str) -> tuple[str, ...]:
    """The files that a page may be written as: an index also as README.md, of which MkDocs takes only one."""
    if not path.endswith("index.md"):
        return (path,)
    return path, path.removesuffix("index.md") + "README.md"


def index_of(path: str) -> str:
    """The page that a file is written as, of those that it may be."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}index.md" if name == "README.md" else path


def page_twice(path: str, docs: Path, root: Path) -> Problem:
    """That two records make one page."""
    message = f"two records make the page {path!r}"
    return Problem(
        SourcePosition(name_of(docs / path, root)), "page-twice", message, path, "rename one of them"
    )


def in_the_way(path: str, docs: Path, root: Path, found: Mapping[str, State | None]) -> Iterator[Problem]:
    """What stands in the place of a page, given what the files of the tree are."""
    for name in twins(path):
        if found.get(name) in (None, "ours"):
            continue
        where = SourcePosition(name_of(docs / name, root))
        if name != path:
            hint = "move it to another name, or add it to exclude_docs in mkdocs.yml"
            message = f"{name!r} would be the page {path!r}, which is generated"
            yield Problem(where, "page-exists", message, name, hint)
        elif found[name] == "hand-written":
            hint = "move it to another name, or rename the record"
            message = f"the page {path!r} is hand-written there already"
            yield Problem(where, "page-exists", message, path, hint)
        else:
            hint = "move what you wrote to the seeds or to a page of its own, then delete the file"
            yield Problem(where, "page-edited", f"the generated page {path!r} was edited", path, hint)


def state_of(text: str) -> State:
    """What a Markdown file of the tree is."""
    if not is_generated(text):
        return "hand-written"
    return "edited" if is_edited(text) else "ours"


def _state(path: Path) -> State | None:
    text = _text(path)
    return None if text is None else state_of(text)


def write_tree(pages: Iterable[Page], docs: Path) -> WrittenTree:
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
    return WrittenTree(len(wanted), changed, len(stale))


@contextmanager
def private_tree(pages: Iterable[Page], docs: Path, site: Path) -> Iterator[Path]:
    """A tree of its own for pages that may not be published, beside their site: it goes when they are built.

    The hand-written files of a folder stand in it beside them.
    """
    with beside(site, "docs") as tree:
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
    return [path for path in sorted(docs.rglob("*.md")) if _state(path) == "ours"]


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else None
    except OSError:
        return None
