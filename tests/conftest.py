"""What tests share: the project's folders, its site as built and served, and a browser to read it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import hypothesis
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import browser as browsers
from tests import nodejs
from tests.serving import serving

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "seeds"
# The site is served below a path, as a project's Pages are.
BASE = "base/"

# Machines under load are slow at times, which is no fault of the code.
hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.load_profile("project")
expect.set_options(timeout=30_000)


# Tests that ask for one of these are slow: a browser, or a whole site.
_SLOW_FIXTURES = frozenset({"chromium", "built_site", "toy_url"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    absent = pytest.mark.skip(reason=f"{SHARED} is not here")
    for item in items:
        if _SLOW_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
        if item.get_closest_marker("needs_shared") and not SHARED.is_dir():
            item.add_marker(absent)
    # Of processes that share the tests, none is left with a long one when the others have ended.
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session", autouse=True)
def _one_process() -> Iterator[None]:
    """Builds in a test use one process, whatever the machine has; tests of several say how many.

    Tests already run side by side, and each further process of a small build compiles its templates again.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sched_getaffinity", lambda pid: {0}, raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _temporary_files() -> Iterator[None]:
    """Temporary files of tests and of the programs that they start are in one folder, which is removed at the end.

    A program that is killed leaves its own behind. Every user may write there, as in the system's folder.
    """
    with (
        tempfile.TemporaryDirectory(prefix="dossier-tests-") as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        Path(folder).chmod(0o1777)
        patch.setenv("TMPDIR", folder)
        patch.setattr(tempfile, "tempdir", folder)
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def toy() -> Path:
    """The small invented dossier: to be read, never written."""
    return ROOT / "tests" / "toy"


@pytest.fixture(scope="session")
def shared() -> Path | None:
    """The folder of the articles' full texts, or None; a test that must have it is marked needs_shared."""
    return SHARED if SHARED.is_dir() else None


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser that starts; where there is none, tests fail and say what to do."""
    try:
        return browsers.find()
    except browsers.NoBrowserError as error:
        message = str(error)
    pytest.fail(message, pytrace=False)


@pytest.fixture(scope="session")
def node_packages() -> Path:
    """The folder of the packages of Node.js; where they are not installed, tests fail and say what to do."""
    if not nodejs.is_installed():
        pytest.fail(nodejs.MISSING, pytrace=False)
    return nodejs.MODULES


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(browsers.FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def _visit(browser: Browser) -> Iterator[BrowserContext]:
    """One visit of a reader: what one tab has fetched, the next has in its cache."""
    with browser.new_context() as context:
        yield context


@pytest.fixture(scope="session")
def _plain_visit(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(java_script_enabled=False) as context:
        yield context


@pytest.fixture
def page(_visit: BrowserContext) -> Iterator[Page]:
    """An empty tab; its cache and storage are those of the other tests, which leave no storage behind."""
    with _visit.new_page() as tab:
        yield tab


@pytest.fixture
def fresh_page(browser: Browser) -> Iterator[Page]:
    """An empty tab of a first visit, with an empty cache and storage of its own; takes twice the time to load."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def plain_page(_plain_visit: BrowserContext) -> Iterator[Page]:
    """An empty tab without scripts."""
    with _plain_visit.new_page() as tab:
        yield tab


class _Server(NamedTuple):
    folder: Path
    url: str


@pytest.fixture(scope="session")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Server]:
    # Up before the site is built, whose pages name the address that they are served at.
    folder = tmp_path_factory.mktemp("www")
    with serving(folder) as url:
        yield _Server(folder, url + BASE)


@pytest.fixture(scope="session")
def built_site(_server: _Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the project's own site, built by the command from a copy of what is in version control."""
    copy = tmp_path_factory.mktemp("dossier")
    for name in _own_files("mkdocs.yml", "docs", "seeds"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy / name)
    return _build(copy, _server.folder / BASE, _server.url)


@pytest.fixture(scope="session")
def toy_url(_server: _Server, toy: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the small invented dossier's site, which has no configuration of its own."""
    copy = tmp_path_factory.mktemp("toy")
    shutil.copytree(toy, copy, dirs_exist_ok=True)
    url = f"{_server.url.removesuffix(BASE)}toy/"
    _build(copy, _server.folder / "toy", url)
    return url


@pytest.fixture(scope="session")
def toy_site(_server: _Server, toy_url: str) -> Path:
    """The folder of the small invented dossier's site."""
    return _server.folder / "toy"


def _build(dossier: Path, site: Path, url: str) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "-C", dossier, "-q", "build", "--site", site],
        capture_output=True,
        cwd=ROOT,
        encoding="utf-8",
        env=os.environ | {"SITE_URL": url, "REPO_URL": "https://example.org/dossier"},
    )
    if done.returncode:
        pytest.fail(
            f"The site was not built (exit {done.returncode}):\n{done.stdout}{done.stderr}", pytrace=False
        )
    return site


@pytest.fixture(scope="session")
def site_url(_server: _Server, built_site: Path) -> str:
    """The address of the built site's home, below a base path as on a project's Pages; it ends in a slash."""
    return _server.url


def _own_files(*names: str) -> Iterator[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *names],
        capture_output=True,
        check=True,
        cwd=ROOT,
        encoding="utf-8",
    ).stdout
    # A file may be listed still that was just removed.
    return (name for name in listed.split("\0") if name and (ROOT / name).is_file())
