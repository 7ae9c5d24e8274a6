"""What turns out to be damaged while pages are made."""

import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import build
from tests.build import write_files

pytestmark = pytest.mark.slow

_SEEDS = {
    "seeds/dossier.yml": "title: Some Dossier\n",
    "seeds/articles/news.md": "---\ntitle: News\n---\n\nAna Lima was there.\n",
    "seeds/people/people.yml": "ana: {name: Ana Lima}\n",
}
_CALL = """
import sys
from pathlib import Path
from generator.support import processes
from generator.build import build
from generator.incremental.page_builder import PageBuilder
from generator.state.database import Damaged

processes.available = lambda: 2
whole, tried = PageBuilder.all, []

def damaged_once(making, dirty):
    tried.append(1)
    if len(tried) == 1:
        raise Damaged
    return whole(making, dirty)

PageBuilder.all = damaged_once
build(Path(), Path("site"))
print(len(tried))
"""


def test_all_is_built_again(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_files(tmp_path / "some", _SEEDS))
    build(Path(), Path("site"))
    news = Path("seeds/articles/news.md")
    news.write_text(news.read_text("utf-8").replace("there", "elsewhere"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _CALL],
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert done.stdout == b"2\n"
    assert "elsewhere" in Path("site/articles/news/index.html").read_text("utf-8")
