"""What a user may not read stops a build and leaves the site as it was; tried without the rights of root."""

import json
import os
import shutil
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import build
from generator.support.problems import Refused
from tests.build import write_files

pytestmark = pytest.mark.slow

NOBODY = 65534
SEEDS = {
    "seeds/dossier.yml": "title: T\n",
    "seeds/people.yml": "ana-lima:\n  name: Ana Lima\n",
    "seeds/articles/news.txt": "A headline\n\nAna Lima came.\n",
    "seeds/articles/sub/more.txt": "More\n\nAna Lima went.\n",
    "docs/about.md": "# About\n",
    "docs/deep/sheet.csv": "a,b\n",
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """All that a build imports, which somebody without rights may not read."""
    root = write_files(tmp_path_factory.mktemp("loaded"), SEEDS)
    build.build(root, root / "site")


@pytest.fixture
def root(loaded: None) -> Iterator[Path]:
    """A dossier with a built site, in a folder that everybody may enter, unlike those of pytest."""
    folder = Path(tempfile.gettempdir(), "permissions")
    shutil.rmtree(folder, ignore_errors=True)
    root = write_files(folder / "dossier", SEEDS)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    assert not [line for line in _built(root) if ": error: " in line]
    assert (root / "site/index.html").exists()
    yield root
    for path in (
        root,
        root / "seeds",
        root / "docs",
        *(root / "seeds").rglob("*"),
        *(root / "docs").rglob("*"),
    ):
        if path.exists():
            path.chmod(0o755)
    shutil.rmtree(folder)


def _built(root: Path) -> list[str]:
    """What a build tells that a user without rights does: in a process that has loaded all beforehand."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        told = []
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            os.environ |= {"HOME": str(root.parent), "XDG_CACHE_HOME": str(root.parent / "cache")}
            build.build(root, root / "site")
        except Refused as refused:
            told = [str(problem) for problem in refused.problems]
        except BaseException:  # noqa: BLE001 - told to the test
            told = traceback.format_exc().splitlines()
        finally:
            os.write(writing, json.dumps(told).encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told_by:
        lines: list[str] = json.loads(told_by.read())
    os.waitpid(child, 0)
    return lines


def _site(root: Path) -> dict[str, bytes]:
    site = root / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


# What is closed, with the line that tells of it.
CLOSED = {
    "seeds": "seeds:1:1: error: cannot read the folder 'seeds': Permission denied [unreadable]",
    "seeds/articles": "seeds/articles:1:1: error: cannot read the folder 'seeds/articles': Permission denied [unreadable]",
    "seeds/articles/sub": "seeds/articles/sub:1:1: error: cannot read the folder 'seeds/articles/sub': Permission denied [unreadable]",
    "seeds/articles/news.txt": "seeds/articles/news.txt:1:1: error: cannot read 'seeds/articles/news.txt': Permission denied [unreadable]",
    "seeds/people.yml": "seeds/people.yml:1:1: error: cannot read 'seeds/people.yml': Permission denied [unreadable]",
    "seeds/dossier.yml": "seeds/dossier.yml:1:1: error: cannot read 'seeds/dossier.yml': Permission denied [unreadable]",
    "docs/deep": "docs/deep:1:1: error: cannot read the folder 'docs/deep': Permission denied [unreadable]",
    "docs/about.md": "docs/about.md:1:1: error: cannot read 'docs/about.md': Permission denied [unreadable]",
    "docs/deep/sheet.csv": "docs/deep/sheet.csv:1:1: error: cannot read 'docs/deep/sheet.csv': Permission denied [unreadable]",
}


@pytest.mark.parametrize("name", CLOSED)
def test_what_may_not_be_read_leaves_the_site_as_it_was(root: Path, name: str) -> None:
    before = _site(root)
    (root / name).chmod(0)
    told = _built(root)
    assert [line for line in told if ": error: " in line and "unknown-reference" not in line] == [
        CLOSED[name]
    ], "\n".join(told)
    assert _site(root) == before
    (root / name).chmod(0o755)
    assert not [line for line in _built(root) if ": error: " in line]
    assert _site(root) == before


def test_the_dossier_itself_may_be_closed(root: Path) -> None:
    root.chmod(0)
    (line,) = _built(root)
    assert line == "seeds:1:1: error: cannot read the folder 'seeds': Permission denied [unreadable]"
