"""How files look is seen once in a run; what is seen anew is what the run has written."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.looks import (
    NO_FILES,
    NO_LOOK,
    YOUNG,
    Looks,
    changed_at,
    listing_of,
    look_at,
    number_of,
    ways_to,
)
from tests.build import write_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of files that have long been as they are, as far as their own times tell."""
    return write_files(tmp_path / "in", {"a.md": "a", "deep/er/b.md": "b", "deep/c.txt": "c"})


def _settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time goes on: what was just written cannot change unseen any more."""
    monkeypatch.setattr("generator.looks.time.time_ns", lambda: Path(__file__).stat().st_mtime_ns + 10**18)


def test_a_listing_holds_all_files_and_what_else_is_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _settle(monkeypatch)
    other = write_files(folder.parent / "other", {"x/d.md": "d"})
    (folder / "way").symlink_to(other)
    (folder / "nowhere").symlink_to(folder / "none")
    found = listing_of(str(folder))
    assert found.files == {
        path: look_at(f"{folder}/{path}") for path in ("a.md", "deep/er/b.md", "deep/c.txt", "way/x/d.md")
    }
    assert found.folders == {"deep", "deep/er", "way", "way/x"}
    assert found.others == {"nowhere": "a link that leads nowhere"}
    assert found.links == {"way": str(other)}
    assert found.linked == {"way"}
    assert found.unlinked().keys() == {"a.md", "deep/er/b.md", "deep/c.txt"}
    assert listing_of(str(folder / "none")) == NO_FILES


def test_what_others_see_is_waited_for_once_it_is_asked_for(folder: Path) -> None:
    looks, asked = Looks(), list[str]()
    known = looks.below(folder / "deep")

    def answer() -> None:
        asked.append("all")
        looks.know(folder, NO_FILES)
        looks.know_some(folder / "other", {"a.md": 1}, {"": 2})

    looks.expect(answer)
    assert looks.below(folder / "deep") is known
    assert not asked
    assert looks.below(folder) == NO_FILES
    assert not list(looks.files_that_differ(folder / "other", {"a.md": 1}))
    assert not list(looks.folders_that_differ(folder / "other", {"": 2}))
    assert asked == ["all"]


def test_a_file_that_was_just_written_looks_like_no_other(folder: Path) -> None:
    (folder / "a.md").write_text("new")
    assert listing_of(str(folder)).files["a.md"] == YOUNG


def test_paths_are_the_same_though_files_are_not(folder: Path) -> None:
    before = listing_of(str(folder))
    (folder / "a.md").write_text("longer")
    assert listing_of(str(folder)).has_same_paths(before)
    (folder / "empty").mkdir()
    assert not listing_of(str(folder)).has_same_paths(before)


def test_a_run_is_told_what_it_saw_first_until_it_writes(folder: Path) -> None:
    looks = Looks()
    first = dict(looks.below(folder).files)
    (folder / "a.md").unlink()
    (folder / "new.md").write_text("new")
    assert looks.below(folder).files == first
    looks.renew(folder, ["a.md", "new.md"])
    assert looks.below(folder).files.keys() == first.keys() - {"a.md"} | {"new.md"}
    # By whatever way the folder is named.
    (folder.parent / "way").symlink_to(folder)
    assert looks.below(folder.parent / "way") is looks.below(folder)


@pytest.mark.parametrize("seen", [lambda found: {}, dict, lambda found: dict.fromkeys(found, 1)])
def test_what_was_seen_confirms_and_else_the_disk_tells(
    folder: Path, seen: Callable[[dict[str, int]], dict[str, int]]
) -> None:
    paths = ("a.md", "deep/er/b.md", "deep/c.txt")
    files = {path: look_at(f"{folder}/{path}") for path in paths}
    folders = {path: changed_at(f"{folder}/{path}") for path in ("", "deep", "deep/er")}
    looks = Looks()
    looks.know_some(folder, seen(files), seen(folders))
    assert list(looks.files_that_differ(folder, files)) == []
    assert list(looks.folders_that_differ(folder, folders)) == []
    assert list(looks.files_that_differ(folder, files | {"a.md": 5, "none": 7})) == ["a.md", "none"]
    assert list(looks.folders_that_differ(folder, folders | {"deep": 5, "none": 7})) == ["deep", "none"]


def test_of_what_is_not_there(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    assert (look_at(str(gone)) == NO_LOOK, changed_at(str(gone)) == 0, number_of(gone) == 0) == (False,) * 3
    shutil.rmtree(gone)
    assert (look_at(str(gone)), changed_at(str(gone)), number_of(gone)) == (NO_LOOK, 0, 0)
    assert list(ways_to("a/b/c.md")) == ["a/b", "a"]
