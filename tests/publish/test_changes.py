"""From the seeds to the site and its search: after any change all files are those that a build from nothing makes."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from generator import build
from generator.publish import site as builder
from generator.search import FOLDER as SEARCH
from generator.serve.live_site import LiveSite
from generator.state.uptodate import UpToDateCheck
from generator.support import processes
from generator.verify import verify
from tests.build import write_files
from tests.incremental.cast import CHANGES, after, come, swap, together, write_cast
from tests.incremental_runs import given_files
from tests.publish.same import differing, files

pytestmark = pytest.mark.slow

CONFIG = "mkdocs.yml"
CONFIGURED = "site_name: Toy\ntheme: {name: dossier}\nplugins: [dossier]\nnav: [index.md, about.md]\n"
# Changes of the dossier, by name, that stay while the next are made.
STEPS = (
    "a sentence that names nobody",
    "a sentence that names somebody in full",
    "a name's last mention",
    "a misspelt name",
    "a date",
    "an article more",
    "an article renamed",
    "a person under another id",
    "an alias",
    "an event's title",
    "prose",
    "a statement more",
    "a setting",
    "an article more",
    "two at once",
)
AROUND: Mapping[str, Callable[[Path], None]] = {
    "nothing": lambda root: None,
    "a page deleted": lambda root: (root / "docs/people/ana-marlow.md").unlink(missing_ok=True),
    "a hand-written page": come("docs/about.md", "# About\n\n[Ana](people/ana-marlow.md)\n"),
    "a configuration": come(CONFIG, CONFIGURED),
    "an address": after(CONFIG, "site_name: Toy", "\nsite_url: https://example.org/toy/"),
    "a hand-written page's title": swap("docs/about.md", "# About", "# Of this"),
    "a language": swap("seeds/dossier.yml", "originals: ", "language: ru\noriginals: "),
    "a name of the site": swap(CONFIG, "site_name: Toy", "site_name: Another"),
    "no navigation": swap(CONFIG, "nav: [index.md, about.md]", "copyright: Nobody's"),
}


def _steps() -> Iterator[tuple[str, Callable[[Path], None]]]:
    yield from list(AROUND.items())[:4]
    for name in STEPS:
        yield name, CHANGES[name]
    yield from list(AROUND.items())[4:]
    yield "all taken back", together(*(CHANGES[name] for name in reversed(STEPS)))


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "cast").mkdir()
    monkeypatch.chdir(tmp_path / "cast")
    write_cast(Path())
    verify(Path())
    return Path()


class _Built:
    """The files of sites that builds from nothing by one process make, each made once."""

    def __init__(self, room: Path) -> None:
        self._room = room
        self._known: dict[str, Path] = {}

    def site(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        given = dict(given_files(root.resolve()))
        given = {name: data for name, data in given.items() if not name.startswith("site/")}
        key = repr(sorted(given.items()))
        if key not in self._known:
            copy = write_files(self._room / f"{len(self._known)}" / root.resolve().name, given)
            with monkeypatch.context() as patch:
                _with_processes(patch, 1)
                build.build(copy, copy / "site")
            self._known[key] = copy / "site"
        return self._known[key]


def _with_processes(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    for module in (processes, builder):
        monkeypatch.setattr(module, "available", lambda: number)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> _Built:
    return _Built(tmp_path_factory.mktemp("built"))


def searched(site: Path) -> dict[str, bytes]:
    """The files of a site's search."""
    return files(site / SEARCH)


def _build_as_the_command(root: Path) -> None:
    """Builds, and sees that the next build has nothing to do."""
    check = UpToDateCheck(root, root / "site", (), [])
    if not check.result():
        build.build(root, root / "site", up_to_date=check)
    assert UpToDateCheck(root, root / "site", (), []).result()


@pytest.mark.parametrize("number", [1, 3])
def test_builds(dossier: Path, built: _Built, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    _with_processes(monkeypatch, number)
    for at, (name, change) in enumerate(_steps()):
        change(dossier)
        if at % number != number - 1:
            # Several processes make several changes at once, for the time that they take.
            continue
        _build_as_the_command(dossier)
        whole, now = files(built.site(dossier, monkeypatch)), files(dossier / "site")
        assert [p for p in whole.keys() | now.keys() if whole.get(p) != now.get(p)] == [], name


def test_what_is_served(
    dossier: Path, built: _Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_processes(monkeypatch, 1)
    served = tmp_path / "room/site"
    served.mkdir(parents=True)
    live = LiveSite(served)
    build.refresh(dossier, live)
    before = (dossier / CONFIG).read_bytes() if (dossier / CONFIG).exists() else b""
    for name, change in _steps():
        change(dossier)
        config = (dossier / CONFIG).read_bytes() if (dossier / CONFIG).exists() else b""
        build.refresh(dossier, live, everything=config != before, texts=config == before)
        before = config
        live.search.wait()
        whole = built.site(dossier, monkeypatch)
        assert differing(whole, served) == [], name
        # What is not read any more may stay until the next whole build.
        assert searched(whole).items() <= searched(served).items(), name
