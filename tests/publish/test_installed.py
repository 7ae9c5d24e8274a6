"""An installed package of which a file is another now makes what a first build by it makes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build import write_files
from tests.publish.same import files

pytestmark = pytest.mark.slow

# A file of the package, a text in it, another in its place (at its start, where there is none), and the page or file
# of the site that shows it; those of a turn are changed at once.
TURNS = (
    (
        ("templates/person.md.jinja", "# {{ view.common.title }}\n", "# {{ view.common.title }}\n\nBy another template.\n", "people/ana-lima/index.html", b"By another template."),
        ("theme/assets/stylesheets/dossier.css", "", "/* Another style. */\n", "assets/stylesheets/dossier.css", b"Another style."),
    ),
    (
        ("theme/partials/footer.html", "<footer", '<footer data-by="another theme"', "people/index.html", b"another theme"),
    ),
    (
        ("words/en.yml", 'other: "{n} articles"', 'other: "{n} reports"', "index.html", b" reports"),
    ),
)  # fmt: skip


@pytest.fixture
def package(root: Path, tmp_path: Path) -> Path:
    """The folder of a copy of the package, from which commands run that are given it as PYTHONPATH."""
    shutil.copytree(
        root / "generator", tmp_path / "lib/generator", ignore=shutil.ignore_patterns("__pycache__")
    )
    return tmp_path / "lib/generator"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A small one: it is built eight times, each by a new process."""
    return write_files(
        tmp_path / "work/small",
        {
            "seeds/dossier.yml": "title: Small\n",
            "seeds/people.yml": "ana-lima: {name: Ana Lima}\n",
            "seeds/articles/one.md": "---\ntitle: One\n---\n\nAna Lima was there.\n",
            "seeds/articles/two.md": "---\ntitle: Two\n---\n\nAna Lima was not.\n",
            "docs/about.md": "# About\n",
        },
    )


def test_a_file_of_the_package_changes_what_it_makes(package: Path, dossier: Path, tmp_path: Path) -> None:
    _build(package, dossier)
    for turn in TURNS:
        for name, old, new, *_ in turn:
            path = package / name
            text = path.read_text("utf-8")
            assert old in text
            path.write_text(text.replace(old, new, 1) if old else new + text, "utf-8")
        told = _build(package, dossier)
        assert "Nothing changed" not in told
        first = _first(package, dossier, tmp_path / "first")
        for folder in ("docs", "site"):
            whole, now = files(first / folder), files(dossier / folder)
            assert [p for p in whole.keys() | now.keys() if whole.get(p) != now.get(p)] == [], turn
        for *_, shown, words in turn:
            assert words in (dossier / "site" / shown).read_bytes(), turn
    # And when nothing is another, nothing is made.
    assert "Nothing changed" in _build(package, dossier) or "looked at" in _build(package, dossier)


def _first(package: Path, dossier: Path, room: Path) -> Path:
    """A copy of the dossier's own files, built."""
    shutil.rmtree(room, ignore_errors=True)
    copy = room / dossier.name
    shutil.copytree(dossier / "seeds", copy / "seeds")
    (copy / "docs").mkdir()
    shutil.copy(dossier / "docs/about.md", copy / "docs")
    _build(package, copy)
    return copy


def _build(package: Path, dossier: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build"],
        capture_output=True,
        cwd=dossier,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(package.parent)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr
