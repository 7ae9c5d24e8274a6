"""Generated pages stand among hand-written ones: only what changed is written, and nobody's work is lost."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

from generator.incremental.tree import WrittenTree, collisions, write_tree
from generator.pages.writing.page import Page

HAND_WRITTEN = "# About\n\nBy hand.\n"


def _page(path: str, body: str = "# Title") -> Page:
    return Page(path, {"title": "Title"}, body)


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "about.md").write_text(HAND_WRITTEN, encoding="utf-8")
    return docs


def test_only_what_changed_is_written(docs: Path) -> None:
    assert write_tree([_page("people/a.md"), _page("people/b.md")], docs) == WrittenTree(2, 2, 0)
    for path in (docs / "people").iterdir():
        os.utime(path, ns=(1, 1))
    assert write_tree([_page("people/a.md"), _page("people/b.md", "# Another")], docs) == WrittenTree(2, 1, 0)
    assert (docs / "people/a.md").stat().st_mtime_ns == 1
    assert "# Another" in (docs / "people/b.md").read_text("utf-8")


def test_what_is_no_longer_made_is_removed_with_its_empty_folders(docs: Path) -> None:
    write_tree([_page("people/by-letter/a.md"), _page("places/index.md"), _page("index.md")], docs)
    (docs / "places/note.md").write_text(HAND_WRITTEN, encoding="utf-8")
    assert write_tree([_page("index.md")], docs) == WrittenTree(1, 0, 2)
    assert _files(docs).keys() == {"about.md", "index.md", "places/note.md"}
    assert not (docs / "people").exists()


def test_a_hand_written_page_is_reported_and_kept(docs: Path, tmp_path: Path) -> None:
    (problem,) = collisions([_page("about.md"), _page("other.md")], docs, tmp_path)
    assert (problem.rule, problem.where.file, problem.is_error) == ("page-exists", "docs/about.md", True)
    write_tree([_page("other.md")], docs)
    write_tree([], docs)
    assert _files(docs) == {"about.md": HAND_WRITTEN.encode()}


def test_a_readme_takes_the_place_of_an_index(docs: Path, tmp_path: Path) -> None:
    (docs / "README.md").write_text(HAND_WRITTEN, encoding="utf-8")
    (problem,) = collisions([_page("index.md")], docs, tmp_path)
    assert (problem.rule, problem.where.file) == ("page-exists", "docs/README.md")


def test_a_page_somebody_edited_is_reported_and_kept(docs: Path, tmp_path: Path) -> None:
    page = _page("people/a.md")
    write_tree([page], docs)
    assert not list(collisions([page], docs, tmp_path))
    edited = (docs / page.path).read_text("utf-8") + "\nMy own words.\n"
    (docs / page.path).write_text(edited, encoding="utf-8")
    (problem,) = collisions([page], docs, tmp_path)
    assert (problem.rule, problem.where.file) == ("page-edited", "docs/people/a.md")
    # Nor is it removed when the record is.
    write_tree([], docs)
    assert (docs / page.path).read_text("utf-8") == edited


def test_two_pages_at_one_path_are_reported(docs: Path, tmp_path: Path) -> None:
    found = collisions([_page("people/a.md"), _page("people/a.md")], docs, tmp_path)
    assert [problem.rule for problem in found] == ["page-twice"]


@pytest.mark.parametrize("call", ["replace", "fdopen"])
def test_a_write_that_fails_leaves_no_half_file(
    docs: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    write_tree([_page("people/a.md", "# Old")], docs)
    before = _files(docs)

    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match="No space"):
        write_tree([_page("people/a.md", "# New"), _page("people/b.md")], docs)
    monkeypatch.undo()
    assert _files(docs) == before
