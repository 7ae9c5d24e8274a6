"""A cache that was made elsewhere, by another user, of files with other times, is believed as far as its digests say."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import build
from generator.load import dossier as loading
from generator.mkdocs.fast_build import FastBuild
from generator.state.cache import Cache
from tests.publish.same import files


class Counts:
    """What a build has done, in the names of files and pages."""

    def __init__(self) -> None:
        self.parsed: list[str] = []
        self.rendered: list[str] = []


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    found = Counts()
    read, page = loading.read, FastBuild._page

    def counted_read(root: Path, name: str, *rest: object) -> object:
        found.parsed.append(name)
        return read(root, name, *rest)  # type: ignore[arg-type]

    def counted_page(build: FastBuild, uri: str) -> object:
        found.rendered.append(uri)
        return page(build, uri)

    monkeypatch.setattr(loading, "read", counted_read)
    monkeypatch.setattr(FastBuild, "_page", counted_page)
    # One process does all, so that all is counted here.
    monkeypatch.setattr("generator.mkdocs.builder.available", lambda: 1)
    monkeypatch.setattr("generator.support.processes.available", lambda: 1)
    return found


def _restored(root: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The dossier with all that was kept and made, as CI restores it on another machine."""
    shutil.copytree(root, target)
    for path in target.rglob("*"):
        os.utime(path)
    monkeypatch.setenv("HOME", str(target.parent / "home"))
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    return target


# What is copied, and of what is changed: a file, what of its text is found, and what comes there.
Change = tuple[str, str, str]


def _toy(root: Path, toy: Path) -> Change:
    shutil.copytree(toy / "seeds", root / "seeds")
    return "seeds/articles/what-the-observers-saw.txt", r"\n+\Z", " Again.\n"


def _real(root: Path, toy: Path) -> Change:
    here = toy.parents[1]
    for name in ("seeds", "docs/guide", "docs/method.md", "mkdocs.yml"):
        copy = shutil.copytree if (here / name).is_dir() else shutil.copy
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        copy(here / name, root / name)
    return "seeds/people.yml", r"(\n  summary: )", r"\1Again, "


@pytest.mark.parametrize("make", [_toy, _real])
def test_after_one_word_no_more_is_done_than_where_the_cache_was_made(
    make: Callable[[Path, Path], Change],
    toy: Path,
    tmp_path: Path,
    counts: Counts,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = tmp_path / "here"
    root.mkdir()
    name, old, new = make(root, toy)
    whole = build.build(root, root / "site")
    elsewhere = _restored(root, tmp_path / "far/away", monkeypatch)
    done = []
    for folder in (root, elsewhere):
        changed, number = re.subn(old, new, (folder / name).read_text("utf-8"), count=1)
        assert number
        (folder / name).write_text(changed, "utf-8")
        counts.parsed.clear()
        counts.rendered.clear()
        assert build.build(folder, folder / "site").pages == whole.pages
        done.append((sorted(counts.parsed), sorted(counts.rendered)))
    assert done[0] == done[1]
    parsed, rendered = done[1]
    assert parsed == [name]
    assert 0 < len(rendered) < whole.pages / 5
    for tree in ("docs", "site"):
        assert files(elsewhere / tree) == files(root / tree)


def test_where_nothing_changed_nothing_is_done(
    toy: Path, tmp_path: Path, counts: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "here"
    _toy(root, toy)
    build.build(root, root / "site")
    elsewhere = _restored(root, tmp_path / "far/away", monkeypatch)
    counts.parsed.clear()
    counts.rendered.clear()
    before = {path: path.stat().st_ino for path in (elsewhere / "site").rglob("*.html")}
    build.build(elsewhere, elsewhere / "site")
    assert (counts.parsed, counts.rendered) == ([], [])
    assert {path: path.stat().st_ino for path in before} == before


def _damages(root: Path) -> Iterator[Path]:
    cache = Cache(root).folder
    yield root / "docs/index.md"
    yield root / "site/index.html"
    yield from sorted(path for path in cache.rglob("*") if path.is_file() and path.name != "lock")


def test_what_is_damaged_on_the_way_is_made_again(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "here"
    _toy(root, toy)
    build.build(root, root / "site")
    site = files(root / "site")
    names = [path.relative_to(root) for path in _damages(root)]
    staged = [name for name in names if "staging" in name.parts]
    for number, name in enumerate([name for name in names if name not in staged[1:]]):
        elsewhere = _restored(root, tmp_path / f"far/{number}", monkeypatch)
        path = elsewhere / name
        data = path.read_bytes()
        if name.suffix == ".md":
            path.unlink()
        else:
            path.write_bytes(data[: len(data) // 2])
        build.build(elsewhere, elsewhere / "site")
        assert files(elsewhere / "site") == site, name
        shutil.rmtree(elsewhere)


def test_nothing_that_is_kept_names_the_folder(toy: Path, tmp_path: Path) -> None:
    root = tmp_path / "some-folder-of-mine"
    _toy(root, toy)
    build.build(root, root / "site")
    for path in Cache(root).folder.rglob("*"):
        if path.is_file():
            assert b"some-folder-of-mine" not in path.read_bytes(), path
