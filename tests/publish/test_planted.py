"""Links where the generator keeps and removes its own files: what they lead to is never written, replaced or removed."""

import os
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import build
from generator.state import cache
from generator.state.cache import Cache
from generator.state.uptodate import name_of_site
from generator.support.problems import Refused
from tests.build import write_files
from tests.publish.same import files

pytestmark = pytest.mark.slow

SEEDS = {
    "seeds/dossier.yml": "title: Some Dossier\n",
    "seeds/articles/news.md": "---\ntitle: News\n---\n\nAna Lima was there.\n",
    "seeds/people.yml": "ana: {name: Ana Lima}\n",
}
# As in folders of ours: what would be taken for a page, kept values, a search that was made.
PRECIOUS = {
    name: f"{name} is somebody's\n"
    for name in (
        "index.html",
        "index.md",
        "state.sqlite",
        "pages-0/x",
        "deep/er/file.txt",
        "lock",
    )
}


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    return write_files(tmp_path / "precious", PRECIOUS)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path / "dossier", SEEDS)


def _staging(root: Path) -> Path:
    """The staging directory of the site."""
    return Cache(root).folder / f"staging/site-{name_of_site(root, root / 'site')}"


def _linked(path: Path, target: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def _is_precious(folder: Path) -> bool:
    return files(folder) == {name: text.encode() for name, text in PRECIOUS.items()}


def _build(root: Path) -> list[str]:
    """What is told of a build that is refused; nothing of one that is not."""
    try:
        build.build(root, root / "site")
    except Refused as refused:
        return [str(problem) for problem in refused.problems if problem.is_error]
    return []


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site as it should be."""
    root = write_files(tmp_path_factory.mktemp("wanted") / "dossier", SEEDS)
    build.build(root, root / "site")
    return files(root / "site")


# Before anything was built: as somebody's dossier comes.
PLANTED: dict[str, Callable[[Path, Path], object]] = {
    "staging directory": lambda staging, to: _linked(staging, to),
    "staging directories": lambda staging, to: _linked(staging.parent, to),
    "folder of the staging directory": lambda staging, to: _linked(staging / "people", to),
    "deep folder of the staging directory": lambda staging, to: _linked(staging / "people/ana", to),
    "file of the staging directory": lambda staging, to: _linked(staging / "index.html", to / "index.html"),
    "search": lambda staging, to: _linked(staging.parent.parent / "search", to),
    "spool": lambda staging, to: _linked(staging.parent.parent / "pages-x", to),
    "state": lambda staging, to: _linked(staging.parent.parent / "state.sqlite", to / "state.sqlite"),
    "journal": lambda staging, to: _linked(
        staging.parent.parent / "state.sqlite-journal", to / "state.sqlite"
    ),
    "folder for the state": lambda staging, to: _linked(staging.parent.parent / "state.sqlite/x", to),
    "room": lambda staging, to: _linked(staging.parents[3] / ".site.dossier", to),
    "old": lambda staging, to: _linked(staging.parents[3] / ".site.dossier/old", to),
    "new": lambda staging, to: _linked(staging.parents[3] / ".site.dossier/new", to),
}
# These are refused, since the folder may be somebody's on purpose, or is not ours.
REFUSED: dict[str, tuple[str, str]] = {
    "site": ("site", "is a link, which is not followed"),
    "dangling site": ("site", "is a link, which is not followed"),
    "cache": (".cache", "a link, which is not followed"),
    "our cache": (".cache/dossier", "a link, which is not followed"),
    "docs": ("docs", "leads outside the dossier"),
    "folder of docs": ("docs/people", "leads outside the dossier"),
    "lock": (".cache/dossier/lock", "cannot be written"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_nothing_beyond_a_link_is_touched_and_the_site_is_right(
    root: Path, precious: Path, wanted: dict[str, bytes], name: str
) -> None:
    PLANTED[name](_staging(root), precious)
    told = _build(root)
    assert _is_precious(precious)
    if name == "folder for the state":
        # A folder is in the way of a file: that is told.
        assert told
        return
    assert told == []
    assert files(root / "site") == wanted
    assert not (root / "site").is_symlink()
    assert _staging(root).is_dir()
    assert not _staging(root).is_symlink()
    assert _build(root) == []
    assert _is_precious(precious)
    assert files(root / "site") == wanted


@pytest.mark.parametrize("name", REFUSED)
def test_a_link_in_place_of_what_is_not_ours_alone_is_refused(root: Path, precious: Path, name: str) -> None:
    path, told = REFUSED[name]
    names = {"lock": "lock", "dangling site": "nowhere", "docs": "deep"}
    target = precious / names.get(name, "")
    _linked(root / path, target)
    (line,) = _build(root)
    assert told in line
    assert (root / path).is_symlink()
    assert _is_precious(precious)


@pytest.mark.parametrize("path", ["docs", "docs/people"])
def test_pages_are_not_written_by_way_of_links_within_the_dossier(root: Path, path: str) -> None:
    write_files(root / "elsewhere", {"mine.txt": "mine"})
    _linked(root / path, root / "elsewhere")
    (line,) = _build(root)
    assert f"{path}:1:1: error: cannot be written: a link, which is not followed" in line
    assert files(root / "elsewhere") == {"mine.txt": b"mine"}


def test_a_site_that_is_a_link_is_refused_with_its_target(root: Path) -> None:
    build.build(root, root / "published")
    before = files(root / "published")
    (root / "site").symlink_to("published")
    (root / "seeds/people.yml").write_text("ana: {name: Ana Luz}\n")
    (line,) = _build(root)
    assert "--site published" in line
    assert (root / "site").is_symlink()
    assert files(root / "published") == before


@pytest.mark.parametrize("at", ["people", "people/ana", "index.html"])
def test_links_put_into_a_site_are_gone_after_the_next_change(root: Path, precious: Path, at: str) -> None:
    assert _build(root) == []
    wanted = files(root / "site")
    _linked(root / "site" / at, precious / "index.html" if at.endswith("html") else precious)
    for _ in range(3):
        assert _build(root) == []
        assert _is_precious(precious)
        assert files(root / "site") == wanted
        assert not [path for path in (root / "site").rglob("*") if path.is_symlink()]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, as those of pytest are not."""
    with tempfile.TemporaryDirectory(prefix="dossier-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps no such bits")
@pytest.mark.parametrize("closed", ["site", "site/people", ".cache/dossier/staging", ".cache/dossier", "."])
def test_without_the_rights_the_old_site_stays_or_the_new_one_is_there(
    open_folder: Path, closed: str
) -> None:
    root = write_files(open_folder / "dossier", SEEDS)
    assert _build(root) == []
    old = files(root / "site")
    (root / "seeds/people.yml").write_text("ana: {name: Ana Luz}\n")
    expected = write_files(open_folder / "expected", {**SEEDS, "seeds/people.yml": "ana: {name: Ana Luz}\n"})
    assert _build(expected) == []
    new = files(expected / "site")
    # Whoever is root may do anything: so another user builds.
    _own(open_folder)
    (root / closed).chmod(0o555)
    told = _as_nobody(root)
    site = files(root / "site")
    assert site == (old if told else new), told
    assert not told or "[unwritable]" in told
    # The former site is the staging directory now.
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
    assert _as_nobody(root) == ""
    assert files(root / "site") == new


_NOBODY = 65534


def _own(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)


def _as_nobody(root: Path) -> str:
    """What is told of a build by a user without special rights."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(_NOBODY)
                os.setuid(_NOBODY)
            # A lock is that of the process that made it.
            cache._lock.cache_clear()
            os.write(write, "\n".join(_build(root)).encode())
            status = 0
        except BaseException:  # noqa: BLE001 - a child ends here
            os.write(write, traceback.format_exc().encode())
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        text = told.read().decode()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, text
    return text
