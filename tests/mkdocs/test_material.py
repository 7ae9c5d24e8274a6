"""Material's own script and style sheet: for dossiers that turn on what needs them, and for no others."""

import shutil
from pathlib import Path

import pytest

from generator import build

pytestmark = pytest.mark.slow

CONFIG = """\
site_name: The Kettle Sluice Affair
site_url: http://127.0.0.1:8000/
theme:
  name: dossier
{theme}
plugins:
  - dossier
{plugins}
markdown_extensions: [tables, toc]
"""


@pytest.mark.parametrize(
    ("theme", "plugins", "is_there"),
    [
        ("", "", False),
        ("  features: [navigation.top]", "", True),
        ("", "  - material/tags", True),
        ("", "  - material/search", False),
    ],
)
def test_pages_load_it_where_a_dossier_asks_for_it(
    toy: Path, tmp_path: Path, theme: str, plugins: str, is_there: bool
) -> None:
    shutil.copytree(toy, tmp_path, dirs_exist_ok=True)
    (tmp_path / "mkdocs.yml").write_text(CONFIG.format(theme=theme, plugins=plugins), "utf-8")
    build.build(tmp_path, tmp_path / "site")
    page = (tmp_path / "site" / "people" / "index.html").read_text("utf-8")
    # Ours in either case.
    assert "assets/stylesheets/dossier.css" in page
    assert 'class="colours"' in page
    assert 'id="people"' in page
    assert ("assets/javascripts/bundle." in page) is is_there
    assert ('id="__config"' in page) is is_there
    assert bool(list((tmp_path / "site").rglob("bundle.*.js"))) is is_there
