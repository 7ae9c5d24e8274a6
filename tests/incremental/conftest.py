"""What tests of incremental builds share."""

from pathlib import Path

import pytest

from generator.edition import coverage
from generator.pages.records import mentions
from generator.support import processes
from generator.verify import verify
from tests.full_builds import FullBuilds
from tests.incremental.cast import A_PAGE, LENGTH, write_cast


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of several processes would make the templates ready anew, which takes longer than small work itself."""
    monkeypatch.setattr(processes, "available", lambda: 1)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few articles fill a page of mentions, and a few records or paragraphs more are too long for a report."""
    monkeypatch.setattr(coverage, "REPORT_LIMIT", LENGTH + 1)
    monkeypatch.setattr(coverage, "MENTIONS_A_PAGE", A_PAGE)
    monkeypatch.setattr(mentions, "MENTIONS_A_PAGE", A_PAGE)


@pytest.fixture(scope="session")
def full_builds(tmp_path_factory: pytest.TempPathFactory) -> FullBuilds:
    return FullBuilds(tmp_path_factory.mktemp("nothing"))


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full_builds: FullBuilds) -> Path:
    """The cast's dossier, verified and written once, in the folder of work."""
    (tmp_path / "cast").mkdir()
    monkeypatch.chdir(tmp_path / "cast")
    write_cast(Path())
    verify(Path(), [Path("originals")])
    assert full_builds.compare_markdown(Path()) == []
    assert Path("docs/report/index.md").is_file()
    return Path()
