"""The navigation names the report only where the dossier is short enough to have one."""

import shutil
from pathlib import Path

import pytest

from generator import build
from generator.edition import coverage
from generator.mkdocs.plugin import _without

pytestmark = pytest.mark.slow


def test_a_page_is_taken_out_wherever_it_is_named() -> None:
    items = ["a.md", {"B": ["b.md", "c.md", {"C": "c.md"}]}, {"C": "c.md"}, "c.md", "https://c.md/"]
    assert _without("c.md", items) == ["a.md", {"B": ["b.md"]}, "https://c.md/"]


def test_report_leaves_the_navigation_when_the_dossier_grows(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(toy / "seeds", tmp_path / "seeds")
    monkeypatch.setattr(coverage, "REPORT_LIMIT", 107)
    page, site = tmp_path / "site/changes/index.html", tmp_path / "site"
    for text, is_there in (("", True), ("\n\nA paragraph more.\n", False)):
        with (tmp_path / "seeds/articles/harbour-post-2019-03-04.md").open("a", encoding="utf-8") as article:
            article.write(text)
        build.build(tmp_path, site, check_links=True)
        assert (site / "report/index.html").exists() is is_there
        assert ('"../report/"' in page.read_text("utf-8")) is is_there
