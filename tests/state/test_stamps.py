"""A file's digest is known by its stamp without reading it, and read again whenever that may be wrong."""

import os
import shutil
import time
from pathlib import Path

import pytest

from generator.state import stamps
from generator.state.cache import Cache
from generator.state.stamps import NO_FILES, UNREADABLE, Folder, StatCache, listing_of, ways_to
from generator.support import files
from generator.support.files import digest_of
from tests.build import write_files

# Long ago, in nanoseconds.
_OLD = 10**18


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "in", {"a.md": "a", "deep/er/b.md": "b", "deep/c.txt": "c"})


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read for their digests."""
    found: list[str] = []
    real = files.digest_and_stat

    def read(path: Path) -> tuple[str, os.stat_result]:
        found.append(path.name)
        return real(path)

    monkeypatch.setattr(stamps, "digest_and_stat", read)
    return found


def _settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time goes on: what was just written cannot change unseen any more."""
    now = time.time_ns()
    monkeypatch.setattr("generator.state.stamps.time.time_ns", lambda: now + _OLD)


def test_a_listing_holds_all_files_and_what_else_is_there(folder: Path) -> None:
    other = write_files(folder.parent / "other", {"x/d.md": "d"})
    (folder / "way").symlink_to(other)
    (folder / "nowhere").symlink_to(folder / "none")
    found = listing_of(str(folder))
    assert found.files == {
        path: digest_of(path.rpartition("/")[2][:1].encode())
        for path in ("a.md", "deep/er/b.md", "deep/c.txt", "way/x/d.md")
    }
    assert found.folders == {"deep", "deep/er", "way", "way/x"}
    assert found.others == {"nowhere": "a link that leads nowhere"}
    assert found.links == {"way": str(other)}
    assert found.linked == {"way"}
    assert found.unlinked().keys() == {"a.md", "deep/er/b.md", "deep/c.txt"}
    assert listing_of(str(folder / "none")) == NO_FILES


def test_paths_are_the_same_though_files_are_not(folder: Path) -> None:
    before = listing_of(str(folder))
    (folder / "a.md").write_text("longer")
    assert listing_of(str(folder)).has_same_paths(before)
    (folder / "empty").mkdir()
    assert not listing_of(str(folder)).has_same_paths(before)


def test_what_is_in_a_folder_of_ours_has_no_links_and_leaves_nothing_out(folder: Path) -> None:
    (folder / "way").symlink_to(folder / "deep")
    (folder / "deep/Thumbs.db").write_text("left")
    found = StatCache().inside(folder)
    assert found.files.keys() == {"a.md", "deep/er/b.md", "deep/c.txt", "deep/Thumbs.db"}
    assert found.folders == {"deep", "deep/er"}
    assert found.others == {"way"}
    assert StatCache().inside(folder / "none") == Folder({}, frozenset(), frozenset())


def test_a_folder_that_takes_the_place_of_another_is_listed(folder: Path) -> None:
    known = StatCache()
    assert known.inside(folder) is known.inside(folder)
    folder.rename(folder.with_name("old"))
    write_files(folder, {"b.md": "b"})
    assert known.inside(folder).files.keys() == {"b.md"}


def test_a_file_that_is_as_it_was_is_not_read_again(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _settle(monkeypatch)
    first = StatCache(Cache(folder.parent))
    found = first.below(folder)
    assert sorted(reads) == ["a.md", "b.md", "c.txt"]
    first.save()
    reads.clear()
    assert StatCache(Cache(folder.parent)).below(folder) == found
    assert reads == []
    # Nor is it if its folder has another name.
    moved = folder.rename(folder.with_name("moved"))
    assert StatCache(Cache(folder.parent)).below(moved).files == found.files
    assert reads == []


def test_a_file_with_another_stamp_is_read(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _settle(monkeypatch)
    first = StatCache(Cache(folder.parent))
    found = first.below(folder)
    first.save()
    reads.clear()
    copy = shutil.copytree(folder, folder.with_name("copy"))
    assert StatCache(Cache(folder.parent)).below(copy).files == found.files
    assert sorted(reads) == ["a.md", "b.md", "c.txt"]
    reads.clear()
    # Of the same size, with its time set back.
    status = (folder / "a.md").stat()
    (folder / "a.md").write_text("x")
    os.utime(folder / "a.md", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert StatCache(Cache(folder.parent)).digest(str(folder / "a.md")) == digest_of(b"x")
    assert reads == ["a.md"]


def test_a_file_that_may_still_change_unseen_is_read_each_time(folder: Path, reads: list[str]) -> None:
    path = folder / "a.md"
    for _ in range(2):
        # Its clock is ahead of ours, as that of another machine may be.
        os.utime(path, ns=(time.time_ns() + _OLD, time.time_ns() + _OLD))
        known = StatCache(Cache(folder.parent))
        assert known.digest(str(path)) == digest_of(b"a")
        known.save()
    assert reads == ["a.md", "a.md"]


def test_a_file_that_the_run_wrote_is_not_read(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = StatCache(Cache(folder.parent))
    known.below(folder)
    reads.clear()
    (folder / "a.md").write_text("new")
    (folder / "deep/c.txt").unlink()
    known.update(folder, {"a.md": digest_of(b"new"), "deep/c.txt": None})
    assert known.below(folder).files == {"a.md": digest_of(b"new"), "deep/er/b.md": digest_of(b"b")}
    assert known.digest(str(folder / "a.md")) == digest_of(b"new")
    _settle(monkeypatch)
    known.save()
    assert StatCache(Cache(folder.parent)).digest(str(folder / "a.md")) == digest_of(b"new")
    assert reads == []


def test_a_run_lists_a_folder_once_by_whatever_name(folder: Path) -> None:
    known = StatCache()
    first = known.below(folder)
    (folder / "a.md").unlink()
    (folder.parent / "way").symlink_to(folder)
    assert known.below(folder.parent / "way") is first
    known.forget()
    assert known.below(folder).files.keys() == {"deep/er/b.md", "deep/c.txt"}


def test_stamps_of_files_that_are_gone_are_forgotten(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _settle(monkeypatch)
    for number in range(40):
        (folder / "a.md").write_text(f"{number}")
        known = StatCache(Cache(folder.parent))
        known.below(folder)
        known.save()
    assert len(Cache(folder.parent).read("stamps", dict[int, str]) or {}) <= 4 * 3 + 1


def test_of_what_is_not_there(tmp_path: Path) -> None:
    assert StatCache().digest(str(tmp_path / "gone")) == UNREADABLE
    assert StatCache().digest(str(tmp_path)) == UNREADABLE
    assert list(ways_to("a/b/c.md")) == ["a/b", "a"]
