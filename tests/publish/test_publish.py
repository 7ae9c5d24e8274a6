"""A site is the old one or the new one, whatever happens to a build; and the next build repairs what is damaged."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import build
from generator.output import exchange
from generator.state import cache
from generator.state.cache import Cache
from generator.support.problems import Refused
from tests.publish.faults import Faults, run
from tests.publish.same import files

pytestmark = pytest.mark.slow


@pytest.fixture
def dossier(toy: Path, tmp_path: Path) -> Path:
    root = tmp_path / "toy"
    shutil.copytree(toy / "seeds", root / "seeds")
    return root


def _build(root: Path) -> dict[str, bytes]:
    build.build(root, root / "site")
    return files(root / "site")


def _edit(root: Path) -> None:
    """A change that shows on several pages."""
    for path in sorted((root / "seeds").rglob("*.y*ml")):
        text = path.read_text("utf-8")
        path.write_text(text.replace("Lake Compact", "Sea Compact"), "utf-8")


def _build_with(root: Path) -> Callable[[Faults], str]:
    """A build of which every step may be the one that goes wrong; it gives what it was refused for."""

    def work(faults: Faults) -> str:
        # A lock is that of the process that made it.
        cache._lock.cache_clear()
        faults.is_on = True
        try:
            build.build(root, root / "site")
        except Refused as refused:
            return "".join(map(str, refused.problems))
        return ""

    return work


def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one(dossier: Path, tmp_path: Path) -> None:
    old = _build(dossier)
    other = tmp_path / "other"
    shutil.copytree(dossier / "seeds", other / "seeds")
    _edit(other)
    new = _build(other)
    assert old != new
    untouched = tmp_path / "untouched"
    shutil.copytree(dossier, untouched, symlinks=True)
    _edit(dossier)
    steps = len(run(_build_with(dossier)).steps)
    assert files(dossier / "site") == new
    found = set()
    for at in range(0, steps, steps // 6):
        root = tmp_path / f"at-{at}"
        shutil.copytree(untouched, root, symlinks=True)
        _edit(root)
        assert not run(_build_with(root), at, "is killed").ended
        site = files(root / "site")
        assert site in (old, new), at
        found.add(site == new)
        assert _build(root) == new, at
        shutil.rmtree(root)
    assert found == {False, True}


def test_a_first_build_that_is_killed_leaves_no_site(dossier: Path, tmp_path: Path) -> None:
    new = _build(shutil.copytree(dossier, tmp_path / "other"))
    steps = len(run(_build_with(shutil.copytree(dossier, tmp_path / "whole"))).steps)
    for at in range(steps // 10, steps, steps // 5):
        root = shutil.copytree(dossier, tmp_path / f"at-{at}")
        assert not run(_build_with(root), at, "is killed").ended
        assert files(root / "site") in ({}, new), at
        shutil.rmtree(root)


@pytest.mark.parametrize(
    "damage",
    [
        lambda site: (site / "index.html").write_text("damaged"),
        lambda site: (site / "index.html").unlink(),
        lambda site: (site / "index.html").write_bytes((site / "index.html").read_bytes()[:-1] + b"x"),
        lambda site: _with_same_stamp(site / "index.html"),
        lambda site: shutil.rmtree(site / "people"),
        lambda site: (site / "people/stranger.html").write_text("stranger"),
        lambda site: (site / "strangers/in").mkdir(parents=True),
        lambda site: (site / "sitemap.xml").unlink(),
        lambda site: next((site / "search/data").glob("texts-*")).write_text("damaged"),
        shutil.rmtree,
    ],
    ids=["text", "gone", "byte", "stamp", "folder", "stranger", "strangers", "sitemap", "search", "all"],
)
def test_a_damaged_site_is_repaired(dossier: Path, damage: Callable[[Path], object]) -> None:
    whole = _build(dossier)
    damage(dossier / "site")
    assert _build(dossier) == whole
    # The site is one of two folders in turn.
    assert _build(dossier) == whole


@pytest.mark.parametrize(
    "damage",
    [
        lambda site: (site / "index.html").write_bytes((site / "index.html").read_bytes()[:-1] + b"x"),
        lambda site: (site / "people/stranger.html").write_text("stranger"),
        lambda site: (site / "people/ana-lima/index.html").unlink(),
        lambda site: _other_file(site / "people/ana-lima/index.html"),
        lambda site: _other_folder(site / "people"),
        shutil.rmtree,
    ],
    ids=["byte", "stranger", "gone", "other", "moved", "all"],
)
def test_a_damaged_staging_directory_never_shows(dossier: Path, damage: Callable[[Path], object]) -> None:
    whole = _build(dossier)
    (staging,) = (Cache(dossier).folder / "staging").iterdir()
    damage(staging)
    assert _build(dossier) == whole
    _edit(dossier)
    new = _build(dossier)
    assert new != whole
    shutil.rmtree(Cache(dossier).folder)
    assert _build(dossier) == new


def _other_file(path: Path) -> None:
    """Puts another file in the place of one, of the same size and time."""
    data, stat = path.read_bytes(), path.stat()
    path.unlink()
    path.write_bytes(data[:-1] + b"x")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _other_folder(path: Path) -> None:
    """Puts another folder in the place of one, with times as they were."""
    shutil.move(path, path.with_name("old"))
    shutil.copytree(path.with_name("old"), path)
    for page in path.rglob("*.html"):
        page.write_text("damaged")
    for folder in [path, *filter(Path.is_dir, path.rglob("*"))]:
        stat = (path.with_name("old") / folder.relative_to(path)).stat()
        os.utime(folder, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    shutil.rmtree(path.with_name("old"))


def _with_same_stamp(path: Path) -> None:
    """Changes a file and sets its time back."""
    stat = path.stat()
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_a_damaged_cache_is_not_believed(dossier: Path, cut: int) -> None:
    whole = _build(dossier)
    for path in Cache(dossier).folder.iterdir():
        if path.is_file():
            path.write_bytes(path.read_bytes()[:cut])
    assert _build(dossier) == whole


def test_a_cache_from_elsewhere_is_not_believed(dossier: Path, tmp_path: Path) -> None:
    whole = _build(dossier)
    copy = tmp_path / "elsewhere/toy"
    # As a machine does that keeps a folder for the next one.
    shutil.copytree(dossier, copy)
    (copy / "site/index.html").write_text("damaged")
    assert _build(copy) == whole


@pytest.mark.skipif(os.name != "posix", reason="limits of processes are those of POSIX")
def test_a_disk_that_is_full_is_an_error_and_the_old_site_stays(dossier: Path) -> None:
    whole = _build(dossier)
    _edit(dossier)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    largest = max(len(data) for path, data in whole.items() if path.endswith(".html"))
    # A file that grows over its limit is refused as on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest // 2, limit[1]))
    try:
        with pytest.raises(Refused) as refused:
            _build(dossier)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert "cannot be written" in str(refused.value.problems[-1])
    assert files(dossier / "site") == whole
    assert _build(dossier) != whole


def test_without_an_exchange_in_one_step_the_site_is_put_back(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_exchange_at_once", lambda one, other: False)
    old = _build(dossier)
    _edit(dossier)
    renames = []
    real = Path.rename

    def stopped(self: Path, target: Path) -> Path:
        if self.name.startswith("site-"):
            renames.append(self)
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", stopped)
        with pytest.raises(KeyboardInterrupt):
            _build(dossier)
    assert renames
    exchange.restore([dossier / "site"])
    assert files(dossier / "site") == old
    assert _build(dossier) != old


def test_builds_at_once_do_each_other_no_harm(dossier: Path) -> None:
    command = [sys.executable, "-m", "generator", "-q", "-C", str(dossier), "build"]
    running = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    site = files(dossier / "site")
    shutil.rmtree(Cache(dossier).folder)
    assert _build(dossier) == site
