"""A build of which nothing changed is not done again; whatever differs, it is."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import build
from generator.cli import main
from generator.publish.publish import publish as real_publish
from generator.state.uptodate import name_of_site
from generator.support.files import name_below
from tests.build import write_files
from tests.publish.same import files

pytestmark = pytest.mark.slow


@pytest.fixture
def dossier(toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # The first build of a process sets it.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    root = tmp_path / "toy"
    shutil.copytree(toy / "seeds", root / "seeds")
    write_files(
        root,
        {
            "docs/about.md": "# About\n",
            "docs/a.txt": "a",
            "mkdocs.yml": "site_name: Toy\nsite_url: !ENV [SITE_URL, 'http://example.org/']\ntheme: {name: dossier}\n"
            "plugins: [dossier]\nnav: [index.md, about.md]\n",
        },
    )
    return root


def _build(root: Path, *options: str) -> bool:
    """Builds, and says whether nothing was found to have changed."""
    result = CliRunner().invoke(main, ["-C", str(root), "build", *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return "checked in" in result.output


def _built(root: Path) -> dict[str, bytes]:
    """Builds, and builds again for nothing."""
    _build(root)
    assert _build(root)
    return files(root / "site")


def test_a_build_of_which_nothing_changed_is_not_done_again(dossier: Path) -> None:
    site = _built(dossier)
    assert _build(dossier)
    assert files(dossier / "site") == site


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "seeds/articles/new.md").write_text("---\ntitle: New\n---\n\nSomething.\n"),
        lambda root: next((root / "seeds/articles").iterdir()).unlink(),
        lambda root: _append(root / "seeds/people.yml", "\n# A remark.\n"),
        lambda root: _append(root / "docs/about.md", "More.\n"),
        lambda root: _append(root / "docs/index.md", "Edited."),
        lambda root: (root / "docs/index.md").unlink(),
        lambda root: (root / "docs/b.md").write_text("# B\n"),
        lambda root: _append(root / "docs/a.txt", "more"),
        lambda root: _append(root / "mkdocs.yml", "copyright: Toy\n"),
        lambda root: (root / "mkdocs.yml").unlink(),
        lambda root: _append(root / "site/index.html", "more"),
        lambda root: (root / "site/index.html").unlink(),
        lambda root: (root / "site/stranger").write_text("x"),
        lambda root: shutil.rmtree(root / "site"),
        lambda root: shutil.rmtree(root / ".cache"),
        lambda root: _commit(root),
    ],
)
def test_what_differs_is_built(dossier: Path, change: Callable[[Path], object]) -> None:
    _built(dossier)
    change(dossier)
    result = CliRunner().invoke(main, ["-C", str(dossier), "build"], catch_exceptions=False)
    assert "checked in" not in result.output


def test_other_options_and_surroundings_are_built(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _built(dossier)
    assert not _build(dossier, "--fresh")
    _built(dossier)
    assert not _build(dossier, "--check-links")
    _built(dossier)
    monkeypatch.setenv("SITE_URL", "http://example.org/other/")
    assert not _build(dossier)
    assert b"example.org/other/" in files(dossier / "site")["index.html"]


def test_a_file_that_changes_during_a_build_is_seen_by_the_next(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish(*given: object, **named: object) -> object:
        done = real_publish(*given, **named)  # type: ignore[arg-type]
        _append(dossier / "docs/about.md", "Meanwhile.\n")
        return done

    _built(dossier)
    _append(dossier / "docs/about.md", "More.\n")
    with monkeypatch.context() as patch:
        patch.setattr("generator.publish.site.publish", publish)
        assert not _build(dossier)
    assert not _build(dossier)
    assert b"Meanwhile." in files(dossier / "site")["about/index.html"]


def test_a_configuration_that_reads_further_files_is_built_each_time(dossier: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"base.yml": (dossier / "mkdocs.yml").read_text("utf-8")})
    (dossier / "mkdocs.yml").write_text("INHERIT: ../base.yml\n")
    assert not any(_build(dossier) for _ in range(3))


def test_warnings_are_told_again(dossier: Path) -> None:
    write_files(dossier, {"seeds/places.yml": "nowhere:\n  name: Nowhere\n"})
    told = []
    for _ in range(5):
        result = CliRunner().invoke(main, ["-q", "-C", str(dossier), "build"], catch_exceptions=False)
        told.append(result.output)
    assert told[0].count("warning") >= 1
    assert len({*told}) == 1


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def _commit(root: Path) -> None:
    surroundings = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull}
    for words in (
        ["init", "-q"],
        ["add", "seeds"],
        ["-c", "user.name=a", "-c", "user.email=a", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", "-C", str(root), *words], check=True, env=surroundings)


@pytest.mark.parametrize("spelling", ["up", "link", "link in the way"])
def test_another_spelling_of_the_path_is_the_same_dossier(
    dossier: Path, monkeypatch: pytest.MonkeyPatch, spelling: str
) -> None:
    _built(_with_original(dossier))
    link = dossier.with_name("link")
    link.symlink_to(dossier)
    whence, root = {
        "up": (dossier / "seeds", ".."),
        "link": (dossier.parent, "link"),
        "link in the way": (dossier.parent, "link/../toy/"),
    }[spelling]
    monkeypatch.chdir(whence)
    assert _build(Path(root))
    # Nor is more made than a change asks for.
    there = {path: path.stat().st_ino for path in (dossier / "site").rglob("index.html")}
    _append(dossier / "seeds/articles/told.md", "More.\n")
    tree = build.write(Path(root))
    assert tree.since
    assert 0 < len(tree.changed) < len(tree.pages) / 2
    assert not _build(Path(root))
    kept = [path for path, number in there.items() if path.stat().st_ino == number]
    assert len(kept) > len(there) / 2


def test_a_dossier_that_is_moved_or_copied_is_up_to_date(dossier: Path) -> None:
    _built(_with_original(dossier))
    moved = dossier.rename(dossier.with_name("moved"))
    assert _build(moved)
    copy = shutil.copytree(moved, dossier.with_name("copy"))
    assert _build(copy)
    _append(copy / "originals/one.txt", "More.\n")
    result = CliRunner().invoke(main, ["-C", str(copy), "build"])
    assert "[original-changed]" in result.output


def test_names_are_relative_to_the_dossier_wherever_it_lies(tmp_path: Path) -> None:
    root = tmp_path / "some/dossier"
    root.mkdir(parents=True)
    assert name_below(root / "site", root) == "site"
    assert name_below(tmp_path / "site", root) == "../../site"
    (tmp_path / "link").symlink_to(root)
    assert name_below(tmp_path / "link/docs", root) == name_below("docs", "") == "docs"
    assert name_of_site(root, root / "site") == name_of_site(tmp_path / "link", tmp_path / "link/site")


def _with_original(root: Path) -> Path:
    """The dossier with a digest whose original lies in it."""
    digest = hashlib.sha256(b"Head\n\nWords.\n").hexdigest()
    told = f"---\ntitle: Told\noriginal: {{file: one.txt, sha256: {digest}, body: 2}}\n---\n\nSaid again.\n"
    return write_files(root, {"originals/one.txt": "Head\n\nWords.\n", "seeds/articles/told.md": told})
