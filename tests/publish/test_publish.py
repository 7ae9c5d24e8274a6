"""A site is the old one or the new one, whatever happens to a build; and what is damaged is mended by the next."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import build
from generator.output import exchange
from generator.state.cache import Cache
from generator.support.problems import Refused
from tests.publish.same import files

pytestmark = pytest.mark.slow

# Runs a build in a process that kills itself at a moment: that of an event that Python reports of itself, the
# opening, renaming, removing or linking of a file. A child of the process reports its own.
_KILLED = """
import os, signal, sys
from pathlib import Path
from generator import build
from generator.support.problems import Refused
left, told = int(sys.argv[2]), 0
def hook(event, arguments):
    global told
    if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"):
        told += 1
        if told == left:
            os.kill(os.getpid(), signal.SIGKILL)
root = Path(sys.argv[1])
sys.addaudithook(hook)
try:
    build.build(root, root / "site")
except Refused as refused:
    sys.exit("".join(map(str, refused.problems)))
print(told)
"""


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


def _run_killed(root: Path, moment: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _KILLED, str(root), str(moment)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_killed_at_any_moment_the_site_is_the_old_or_the_new_one(dossier: Path, tmp_path: Path) -> None:
    old = _build(dossier)
    other = tmp_path / "other"
    shutil.copytree(dossier / "seeds", other / "seeds")
    _edit(other)
    new = _build(other)
    assert old != new
    untouched = tmp_path / "untouched"
    shutil.copytree(dossier, untouched, symlinks=True)
    _edit(dossier)
    whole = _run_killed(dossier, 0)
    moments = int(whole.stdout.split()[-1])
    assert moments > 100
    assert files(dossier / "site") == new
    seen = set()
    for moment in range(1, moments, moments // 10):
        root = tmp_path / f"at-{moment}"
        shutil.copytree(untouched, root, symlinks=True)
        _edit(root)
        killed = _run_killed(root, moment)
        site = files(root / "site")
        assert site in (old, new), moment
        # Of several processes one may be killed, which the others notice: they end too, or do its work.
        ended = killed.returncode == -signal.SIGKILL or "was killed" in killed.stderr
        assert ended or (killed.returncode == 0 and site == new), killed.stderr
        seen.add(site == new)
        assert _build(root) == new, moment
        shutil.rmtree(root)


def test_a_first_build_that_is_killed_leaves_no_site(dossier: Path, tmp_path: Path) -> None:
    for moment in range(1000, 5000, 800):
        root = tmp_path / f"at-{moment}"
        shutil.copytree(dossier, root)
        if _run_killed(root, moment).returncode == 0:
            break
        assert not (root / "site").exists() or (root / "site/.nojekyll").is_file()
        shutil.rmtree(root)


@pytest.mark.parametrize(
    "damage",
    [
        lambda site: (site / "index.html").write_text("damaged"),
        lambda site: (site / "index.html").unlink(),
        lambda site: (site / "index.html").write_bytes((site / "index.html").read_bytes()[:-1] + b"x"),
        lambda site: _same_looks(site / "index.html"),
        lambda site: shutil.rmtree(site / "people"),
        lambda site: (site / "people/stranger.html").write_text("stranger"),
        lambda site: (site / "strangers/in").mkdir(parents=True),
        lambda site: (site / "sitemap.xml").unlink(),
        lambda site: next((site / "search/data").glob("texts-*")).write_text("damaged"),
        shutil.rmtree,
    ],
    ids=["text", "gone", "byte", "looks", "folder", "stranger", "strangers", "sitemap", "search", "all"],
)
def test_what_is_damaged_is_mended(dossier: Path, damage: Callable[[Path], object]) -> None:
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
def test_what_is_damaged_in_the_spare_never_shows(dossier: Path, damage: Callable[[Path], object]) -> None:
    whole = _build(dossier)
    (spare,) = (Cache(dossier).folder / "spares").iterdir()
    damage(spare)
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


def _same_looks(path: Path) -> None:
    """Changes a file and sets its time back."""
    stat = path.stat()
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("articles/what-the-observers-saw.txt", " ", " Ana Lima anew "),
        ("people.yml", "[Ana Maria Lima]", "[Ana Maria Lima, Somebody Else]"),
        ("people.yml", "name: Ana Lima", "name: Ana Rima"),
    ],
    ids=["body", "alias", "name"],
)
def test_after_a_change_the_whole_site_is_that_of_a_first_build(
    dossier: Path, tmp_path: Path, file: str, before: str, after: str
) -> None:
    old = _build(dossier)
    path = dossier / "seeds" / file
    head, mark, rest = path.read_text("utf-8").rpartition(before)
    assert mark
    path.write_text(f"{head}{after}{rest}", "utf-8")
    other = tmp_path / "first/toy"
    shutil.copytree(dossier / "seeds", other / "seeds")
    new = _build(dossier)
    assert new == _build(other)
    assert new != old


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


def test_two_builds_at_once_do_not_harm_each_other(dossier: Path) -> None:
    command = [sys.executable, "-m", "generator", "-q", "-C", str(dossier), "build"]
    running = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    site = files(dossier / "site")
    shutil.rmtree(Cache(dossier).folder)
    assert _build(dossier) == site
