"""The navigation names the report and the story only where the dossier has them."""

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


def test_navigation_leaves_out_pages_that_are_not_there(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(toy / "seeds", tmp_path / "seeds")
    monkeypatch.setattr(coverage, "REPORT_LIMIT", 109)
    page, site = tmp_path / "site/changes/index.html", tmp_path / "site"
    for text, is_there in (("", True), ("\n\nThree.\n\nParagraphs.\n\nMore.\n", False)):
        with (tmp_path / "seeds/articles/harbour-post-2019-03-04.md").open("a", encoding="utf-8") as article:
            article.write(text)
        if not is_there:
            (tmp_path / "seeds/story.yml").unlink()
        build.build(tmp_path, site, check_links=True)
        assert (site / "report/index.html").exists() is is_there
        assert (site / "story/index.html").exists() is is_there
        for link in ('"../report/"', '"../story/"'):
            assert (link in page.read_text("utf-8")) is is_there
