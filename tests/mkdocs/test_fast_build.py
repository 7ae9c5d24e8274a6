"""The fast build makes the site that MkDocs makes, and renders no more pages than a change asks for."""

import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build

from bench.invent import write_dossier
from generator import build
from generator.mkdocs.builder import MkDocsBuilder
from generator.mkdocs.config import read_config
from generator.mkdocs.fast_build import FastBuild
from generator.mkdocs.settings import SiteError
from generator.publish.site import SiteRequest, build_site
from generator.state import cache
from generator.state.cache import Cache
from generator.support import progress
from tests.build import write_files
from tests.publish.same import differing, files

pytestmark = pytest.mark.slow

TITLE = "A dossier"
# Hand-written pages with what is hard about them: links to records and their anchors, and other Markdown.
BY_HAND = {
    "docs/about.md": "# About `us`\n\nSee [people](people/index.md) and [this](#about-us).\n\n* a\n* b\n\n## More\n\n```\n<x>\n```\n",
    "docs/notes/deep/one.md": "---\ntitle: A & B\n---\nA note on [home](../../index.md), and ![a](a.svg).\n",
    "docs/notes/deep/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}


def _build_with_mkdocs(root: Path, site: Path) -> Path:
    """The site as MkDocs makes it."""
    mkdocs_build(read_config(root, TITLE, site))
    return site


def _build(root: Path, processes: int = 1) -> Path:
    site = root / "site"
    build_site(SiteRequest(root, TITLE, site), processes=processes)
    return site


@pytest.fixture
def toy_root(toy: Path, tmp_path: Path) -> Path:
    root = tmp_path / "toy"
    shutil.copytree(toy / "seeds", root / "seeds")
    write_files(root, BY_HAND)
    build.write(root)
    return root


def _real(root: Path, folder: Path) -> None:
    shutil.copytree(root / "seeds", folder / "seeds", ignore=shutil.ignore_patterns("originals"))
    shutil.copy(root / "mkdocs.yml", folder)
    shutil.copytree(root / "docs/guide", folder / "docs/guide")
    shutil.copy(root / "docs/method.md", folder / "docs")


def _papers(root: Path, folder: Path) -> None:
    corpora = root.parent / "shared/corpora/frus.tar.xz"
    name = "frus/frus1961-63v06/seeds"
    with tarfile.open(corpora) as volumes:
        volumes.extractall(folder, [m for m in volumes if m.name.startswith(name)], filter="data")
    shutil.move(folder / name, folder / "seeds")


def _invented(root: Path, folder: Path) -> None:
    write_dossier(folder, articles=40)


@pytest.mark.parametrize(
    "make",
    [_real, pytest.param(_papers, marks=pytest.mark.needs_shared), _invented],
    ids=["real", "papers", "invented"],
)
def test_it_makes_the_site_that_mkdocs_makes(
    make: Callable[[Path, Path], None], root: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "dossier"
    folder.mkdir()
    make(root, folder)
    build.write(folder)
    assert (
        differing(files(_build_with_mkdocs(folder, tmp_path / "plain")), files(_build(folder, processes=2)))
        == []
    )


def test_hand_written_pages_are_what_mkdocs_makes_of_them(toy_root: Path, tmp_path: Path) -> None:
    write_files(
        toy_root,
        {
            "mkdocs.yml": "site_name: Toy\ntheme: {name: dossier}\nplugins: [dossier]\n"
            "nav: [index.md, {About: [about.md, notes/deep/one.md]}, people/index.md]\n"
        },
    )
    plain, quick = _build_with_mkdocs(toy_root, tmp_path / "plain"), _build(toy_root)
    assert differing(files(plain), files(quick)) == []
    for page in ("about/index.html", "notes/deep/one/index.html"):
        assert (plain / page).read_bytes() == (quick / page).read_bytes()


def test_a_page_may_be_added_to_the_navigation(toy_root: Path) -> None:
    config = "site_name: Toy\ntheme: {name: dossier}\nplugins: [dossier]\nnav: [index.md%s]\n"
    write_files(toy_root, {"mkdocs.yml": config % ""})
    assert b">People<" not in (_build(toy_root) / "about/index.html").read_bytes()
    write_files(toy_root, {"mkdocs.yml": config % ", people/index.md"})
    assert b">People<" in (_build(toy_root) / "about/index.html").read_bytes()


def test_other_markdown_extensions_are_heeded_on_all_pages(toy_root: Path, tmp_path: Path) -> None:
    write_files(
        toy_root,
        {
            "mkdocs.yml": "site_name: Toy\ntheme: {name: dossier}\nplugins: [dossier]\nnav: [index.md]\n"
            "markdown_extensions: [admonition, {toc: {permalink: true}}]\n"
        },
    )
    plain = _build_with_mkdocs(toy_root, tmp_path / "plain")
    assert 'class="headerlink"' in (plain / "index.html").read_text("utf-8")
    assert files(plain).items() <= files(_build(toy_root, processes=2)).items()


def test_a_change_of_templates_is_a_change_of_all_pages(
    toy_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(toy_root)
    monkeypatch.setattr(cache, "code", lambda: "another")
    made = _rendered_pages(monkeypatch)
    _build(toy_root)
    assert len(made) == len([*(toy_root / "docs").rglob("*.md")]) - len(
        [name for name in BY_HAND if name.endswith(".md")]
    )


def test_only_what_changed_is_made(toy_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _rendered_pages(monkeypatch)
    _build(toy_root)
    assert len(made) > 20
    made.clear()
    _build(toy_root)
    assert made == []
    (page,) = sorted((toy_root / "docs/people").glob("*.md"))[:1]
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
    _build(toy_root)
    assert made == [page.relative_to(toy_root / "docs").as_posix()]


@pytest.mark.parametrize("statement", ["DELETE FROM value", "UPDATE value SET data = x'00'"])
def test_links_are_known_again_where_what_was_kept_of_them_is_lost(
    toy_root: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    _build(toy_root)
    page = min((toy_root / "docs/people").glob("*.md"))
    page.write_text(page.read_text("utf-8") + "\nMore, [there](../index.md#nowhere).\n", "utf-8")
    made = _rendered_pages(monkeypatch)
    _change_links(toy_root, statement)
    with pytest.raises(SiteError) as refused:
        _build(toy_root)
    assert "nowhere" in str(refused.value.problems[0])
    assert len({*made}) > 20


def test_what_is_kept_of_links_is_not_read_where_none_changed(
    toy_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(toy_root)
    _change_links(toy_root, "DELETE FROM value")
    page = min((toy_root / "docs/people").glob("*.md"))
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
    made = _rendered_pages(monkeypatch)
    _build(toy_root)
    assert made == [page.relative_to(toy_root / "docs").as_posix()]


def _change_links(root: Path, statement: str) -> None:
    """Changes what is kept of the links of pages."""
    with Cache(root).transaction() as connection:
        assert connection.execute(f"{statement} WHERE name GLOB 'site-*-links'").rowcount


def test_long_work_reports_how_far_it_is(toy_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SECONDS", 0)
    lines: list[str] = []
    build_site(SiteRequest(toy_root, TITLE, toy_root / "site"), processes=1, tell=lines.append)
    pages = len([*(toy_root / "docs").rglob("*.md")]) - len(
        [name for name in BY_HAND if name.endswith(".md")]
    )
    assert lines[0] == f"Rendered 1 of {pages} pages"


def _rendered_pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The generated pages that builds make from now on."""
    made: list[str] = []
    real = FastBuild._page

    def page(self: FastBuild, uri: str) -> object:
        made.append(uri)
        return real(self, uri)

    monkeypatch.setattr(FastBuild, "_page", page)
    return made


def test_a_kept_page_whose_link_leads_nowhere_any_more_is_told(toy_root: Path) -> None:
    write_files(toy_root, {"docs/about.md": "# About\n", "docs/to.md": "# To\n\n[there](about.md#about)\n"})
    _build(toy_root)
    write_files(toy_root, {"docs/about.md": "# Elsewhere\n"})
    with pytest.raises(SiteError) as refused:
        _build(toy_root)
    (problem,) = refused.value.problems
    assert str(problem).startswith("docs/to.md:3:9: error: link 'about.md#about'")
    (toy_root / "docs/about.md").unlink()
    with pytest.raises(SiteError) as refused:
        _build(toy_root)
    assert [str(problem).partition(" error")[0] for problem in refused.value.problems] == ["docs/to.md:3:9:"]


def test_a_new_link_to_a_missing_anchor_is_reported(toy_root: Path) -> None:
    _build(toy_root)
    page, target = (min((toy_root / "docs" / folder).glob("*-*.md")) for folder in ("people", "articles"))
    page.write_text(f"{page.read_text('utf-8')}\n[there](../articles/{target.name}#nowhere)\n", "utf-8")
    with pytest.raises(SiteError) as refused:
        _build(toy_root)
    (problem,) = refused.value.problems
    assert "does not contain an anchor '#nowhere'" in str(problem)


def test_a_lost_hand_written_page_is_made_again(toy_root: Path) -> None:
    site = _build(toy_root)
    text = (site / "about/index.html").read_bytes()
    # The site that readers see, and the one before it.
    for path in toy_root.rglob("about/index.html"):
        path.unlink()
    page = min((toy_root / "docs/people").glob("*.md"))
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert (_build(toy_root) / "about/index.html").read_bytes() == text


@pytest.mark.parametrize("processes", [1, 2])
def test_links_that_lead_nowhere_are_told_as_mkdocs_tells_them(toy_root: Path, processes: int) -> None:
    gone = toy_root / "docs/people/ana-lima.md"
    gone.unlink()
    with pytest.raises(SiteError) as refused:
        _build(toy_root, processes)
    told = [str(problem) for problem in refused.value.problems]
    assert len(told) > 5
    assert all("ana-lima" in line for line in told)
    with pytest.raises(SiteError) as plain:
        MkDocsBuilder(toy_root, TITLE, toy_root / "plain").run_mkdocs(toy_root / "plain", "build")
    assert sorted(told) == sorted(map(str, plain.value.problems))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("plugins: [dossier, material/tags]", "it has the plugin"),
        ("plugins: [dossier]\nhooks: [hook.py]", "it has the plugin 'hook.py'"),
        ("plugins: [dossier]\nextra_templates: [t.html]", "it has extra_templates"),
        ("plugins: [dossier]\ntheme: {name: dossier, custom_dir: over}", "it has a template of its own"),
        ("plugins: [dossier]\ntheme: {name: dossier, features: [navigation.top]}", "features of Material"),
    ],
)
def test_what_is_not_known_is_left_to_mkdocs_and_told(tmp_path: Path, line: str, reason: str) -> None:
    root = write_files(
        tmp_path / "small",
        {
            "seeds/dossier.yml": "title: Small\n",
            "hook.py": "",
            "over/partials/footer.html": "<footer></footer>",
            "docs/t.html": "x",
            "docs/index.md": "# Home\n",
            "mkdocs.yml": f"site_name: Small\n{'' if 'theme' in line else 'theme: {name: dossier}'}\n{line}\n",
        },
    )
    told: list[str] = []
    build_site(SiteRequest(root, TITLE, root / "site"), tell=told.append)
    assert len(told) == 1
    assert reason in told[0]
    assert (root / "site/index.html").is_file()
    assert not Cache(root).folder.exists()
