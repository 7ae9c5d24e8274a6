"""A site appears whole or not at all, and what MkDocs says against it is told where it stands."""

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import build
from generator.publish import site as builder
from generator.support.problems import Refused
from tests.build import write_files

pytestmark = pytest.mark.slow

# A dossier that is quickly built: an article and nothing else.
SMALL = {"seeds/articles/2022-09-16-news.txt": "A headline\n\nA paragraph.\n"}
CONFIG = """\
site_name: Small
theme:
  name: dossier
markdown_extensions: [tables, toc]
validation: {omitted_files: ignore, absolute_links: warn, unrecognized_links: warn, anchors: warn}
nav:
  - Home: index.md
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_files(tmp_path / "small", SMALL)


def _refused(root: Path, site: Path | None = None, *, check_links: bool = False) -> list[str]:
    with pytest.raises(Refused) as refused:
        build.build(root, site or root / "site", check_links=check_links)
    return [str(problem) for problem in refused.value.problems if problem.is_error]


def test_a_site_takes_the_place_of_a_site(small: Path) -> None:
    site = small / "site"
    build.build(small, site)
    (site / "old.html").write_text("old")
    built = build.build(small, site)
    assert built.pages == len(list(site.rglob("index.html")))
    assert "A paragraph." in (site / "articles/2022-09-16-news/index.html").read_text("utf-8")
    assert not (site / "old.html").exists()
    assert {path.name for path in small.iterdir()} == {"seeds", "docs", "site", ".cache"}


def test_relative_folders_are_those_of_the_caller(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(small, {"mkdocs.yml": CONFIG, "docs/about.md": "# About\n"})
    monkeypatch.chdir(small.parent)
    built = build.build(Path("small"), Path("small/site"))
    assert built.pages == len(list((small / "site").rglob("index.html"))) > 1
    assert {path.name for path in small.iterdir()} == {"seeds", "docs", "site", "mkdocs.yml", ".cache"}


@pytest.mark.parametrize("where", ["mine", ".", "..", "note.txt", "note.txt/site"])
def test_a_folder_that_is_no_site_is_left_alone(small: Path, where: str) -> None:
    write_files(small, {"mine/letter.txt": "dear", "note.txt": "note"})
    (line,) = _refused(small, small / where)
    assert line.endswith(("[site-folder]", "[unwritable]"))
    assert (small / "mine/letter.txt").read_text() == "dear"
    assert (small / "note.txt").read_text() == "note"


def test_a_broken_link_is_told_with_its_place_and_the_old_site_stays(small: Path) -> None:
    build.build(small, small / "site")
    before = (small / "site/index.html").read_bytes()
    write_files(small, {"docs/about.md": "# About\n\nSee [that](nowhere.md) and [this](index.md#nothing).\n"})
    lines = _refused(small)
    assert [line.split(" ", 1)[0] for line in lines] == ["docs/about.md:3:12:", "docs/about.md:3:35:"]
    assert all(line.endswith("[broken-link]") for line in lines)
    assert (small / "site/index.html").read_bytes() == before
    assert not list(small.glob(".site-*"))


def test_the_finished_site_is_followed_too(small: Path) -> None:
    # MkDocs checks no HTML.
    write_files(small, {"docs/about.md": '# About\n\n<a href="../nowhere/">x</a>\n'})
    build.build(small, small / "site")
    (line,) = _refused(small, check_links=True)
    assert line == "docs/about.md:3:10: error: link '../nowhere/': no such page [broken-link]"
    assert (small / "site/about/index.html").is_file()


@pytest.mark.parametrize("change", ["renamed", "removed", "renamed and back"])
@pytest.mark.parametrize("more", ["", "extra_templates: [more.xml]\n"], ids=["fast", "by MkDocs alone"])
def test_links_are_followed_in_the_site_as_it_is_now(small: Path, change: str, more: str) -> None:
    link = '# About\n\n<a href="../people/bo-ruiz/">Bo</a>\n'
    people = "ana-lima: {name: Ana Lima}\nbo-ruiz: {name: Bo Ruiz}\n"
    write_files(small, {"docs/about.md": link, "seeds/people.yml": people, "mkdocs.yml": CONFIG + more})
    write_files(small, {"docs/more.xml": "<more/>"})
    site = small / "site"
    build.build(small, site, check_links=True)
    build.build(small, site, check_links=True)
    other = people.replace("bo-ruiz", "ruiz") if change != "removed" else people.partition("bo-ruiz")[0]
    write_files(small, {"seeds/people.yml": other})
    told = ["docs/about.md:3:10: error: link '../people/bo-ruiz/': no such page [broken-link]"]
    assert _refused(small, check_links=True) == told
    assert _refused(small, check_links=True) == told
    if change == "renamed and back":
        write_files(small, {"seeds/people.yml": people})
    else:
        write_files(small, {"docs/about.md": "# About\n"})
    build.build(small, site, check_links=True)
    assert (site / "people/bo-ruiz").exists() == (change == "renamed and back")


@pytest.mark.parametrize("path", ["README.md", "articles/README.md"])
def test_a_readme_is_no_page_where_the_configuration_leaves_it_out(small: Path, path: str) -> None:
    write_files(
        small, {"mkdocs.yml": CONFIG, "docs/about.md": "# About\n", f"docs/{path}": "# For developers\n"}
    )
    index = path.replace("README", "index")
    told = f"docs/{path}:1:1: error: {path!r} would be the page {index!r}, which is generated (move it to"
    told = f"{told} another name, or add it to exclude_docs in mkdocs.yml) [page-exists]"
    assert _refused(small) == [told]
    excluding = f"{CONFIG}exclude_docs: |\n  *.txt\n  README.md\n"
    write_files(small, {"mkdocs.yml": excluding})
    site = small / "site"
    build.build(small, site)
    page = (site / index.replace("index.md", "index.html")).read_text("utf-8")
    assert "For developers" not in page
    lines: list[str] = []
    build.build(small, site, tell=lines.append)
    assert lines[0].startswith("Nothing changed")
    assert (small / f"docs/{path}").read_text("utf-8") == "# For developers\n"
    write_files(small, {"mkdocs.yml": excluding.replace("README.md", "!README.md")})
    assert _refused(small) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("site_name: [x\n", "mkdocs.yml:1:1: error: MkDocs encountered an error parsing"),
        ("site_name: x\ntheme: nosuch\n", "Unrecognised theme name: 'nosuch'"),
        ("site_name: x\nplugins: [nosuch]\n", 'The "nosuch" plugin is not installed'),
        ("site_name: x\nmarkdown_extensions: [nosuch]\n", "Failed to load extension 'nosuch'"),
        (f"{CONFIG}use_directory_urls: false\n", "use_directory_urls is off"),
        (f"{CONFIG}docs_dir: nosuch\n", "isn't an existing directory"),
        (f"{CONFIG}  - Gone: gone.md\n", "A reference to 'gone.md' is included in the 'nav'"),
        ("- a list\n", "mkdocs.yml:1:1: error: The configuration is invalid"),
        ("", "Required configuration not provided"),
        (b"\xff\xfe\x00", "mkdocs.yml:1:1: error:"),
    ],
)
def test_a_bad_configuration_is_told(small: Path, text: str | bytes, told: str) -> None:
    write_files(small, {"mkdocs.yml": text, "docs/about.md": "# About\n"})
    lines = _refused(small)
    assert any(told in line for line in lines)
    assert all(line.startswith("mkdocs.yml:") for line in lines)
    assert not (small / "site").exists()


@pytest.mark.parametrize("path", ["docs", "docs/articles", "docs/index.md/x"])
def test_what_is_in_the_way_is_told(small: Path, path: str) -> None:
    write_files(small, {path: "in the way"})
    (line,) = _refused(small)
    assert line.endswith("[unwritable]")
    assert (small / path).read_text() == "in the way"


def test_a_failure_on_the_way_leaves_the_old_site(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = small / "site"
    build.build(small, site)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(builder, "write_whole", full)
    # Where nothing changed, nothing would be written.
    (small / "docs" / "more.md").write_text("# More\n", encoding="utf-8")
    (line,) = _refused(small)
    assert "No space left on device" in line
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert not list(small.glob(".site-*"))


def test_two_builds_are_the_same_bytes(toy: Path, root: Path, tmp_path: Path) -> None:
    running = []
    for seed in ("1", "2"):
        folder = tmp_path / seed / "toy"
        shutil.copytree(toy, folder)
        command = [sys.executable, "-m", "generator", "-q", "-C", str(folder), "build"]
        # Another time zone, language and order of sets; the folders differ anyhow.
        surroundings = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": f"UTC+{seed}",
            "LC_ALL": ("C", "C.UTF-8")[seed == "2"],
        }
        running.append(subprocess.Popen(command, cwd=root, env=surroundings))
    assert [process.wait() for process in running] == [0, 0]
    one, two = (tmp_path / seed / "toy" for seed in ("1", "2"))
    for folder in (one, two):
        # What is kept says when and where it was made.
        shutil.rmtree(folder / ".cache")
    names = [path.relative_to(one) for path in one.rglob("*") if path.is_file()]
    assert {path.relative_to(two) for path in two.rglob("*") if path.is_file()} == {*names}
    _, different, errors = filecmp.cmpfiles(one, two, names, shallow=False)
    assert (different, errors) == ([], [])
