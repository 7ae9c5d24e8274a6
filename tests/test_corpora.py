"""Dossiers that others made, and the commissioned articles as they came: they build without a change."""

import shutil
import tarfile
from pathlib import Path

import pytest

from generator import build
from generator.model.kinds import PAGE_KINDS
from tests.pages import reading

pytestmark = pytest.mark.slow

pytestmark = pytest.mark.needs_shared

# The smallest volume of the Foreign Relations of the United States.
VOLUME = "frus/frus1961-63v06"


def test_a_volume_of_diplomatic_papers_builds(shared: Path, tmp_path: Path) -> None:
    with tarfile.open(shared.parent / "corpora/frus.tar.xz") as volumes:
        members = [m for m in volumes if m.name.startswith(f"{VOLUME}/seeds/")]
        volumes.extractall(tmp_path, members, filter="data")
    root = tmp_path / VOLUME
    built = build.build(root, root / "site", check_links=True)
    assert not [problem for problem in built.problems if problem.is_error]
    dossier = build.check(root).dossier
    assert len(dossier.articles) > 100
    for key, record in dossier.records.items():
        if record.kind_of in PAGE_KINDS:
            assert (root / "site" / record.kind_of.section / key / "index.html").is_file()


def test_bare_articles_are_a_site_to_read(shared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "seeds/articles"
    folder.mkdir(parents=True)
    texts = sorted(shared.glob("*.txt"))
    assert len(texts) == 5
    for text in texts:
        shutil.copy(text, folder)
    build.build(tmp_path, tmp_path / "site", check_links=True)
    listed = reading.parse((tmp_path / "site/articles/index.html").read_text("utf-8"))
    for text in texts:
        title, *paragraphs = (block for block in text.read_text("utf-8-sig").split("\n\n") if block.strip())
        first, _, rest = title.strip().partition("\n")
        (page,) = (tmp_path / "site/articles").glob(f"{text.stem.replace('_', '?')}/index.html")
        tree = reading.parse(page.read_text("utf-8"))
        shown = reading.text_of(tree)
        assert [reading.text_of(h1) for h1 in reading.find(tree, "h1")] == [reading.plain(first)]
        assert reading.plain(first) in reading.text_of(listed)
        missing = [reading.plain(p) for p in [rest, *paragraphs] if reading.plain(p) not in shown]
        assert not missing
