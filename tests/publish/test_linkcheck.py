"""Every link of a finished site is followed, and every fault told with its place."""

from pathlib import Path

import pytest

from generator.publish.linkcheck import broken_links
from tests.build import write_files

PAGE = '<!doctype html>\n<h1 id="top">Here</h1>\n<a name="old"></a><p id="%D1%8F x">é</p>\n  <a href="{}">x</a>\n'


@pytest.mark.parametrize(
    "link",
    [
        "",
        "#top",
        "#old",
        "./",
        "./#top",
        "../",
        "../#home",
        "../b/",
        "../b/?q=1#there",
        "/base/b/",
        "/base/b/#there",
        "../b/index.html",
        "../file.txt",
        "../%D1%8F%20x.txt",
        "https://elsewhere.example/nothing",
        "//elsewhere.example/nothing",
        "mailto:somebody@example.org",
        "data:text/plain,x",
    ],
)
def test_links_that_lead_somewhere(tmp_path: Path, link: str) -> None:
    assert not list(broken_links(_site(tmp_path, link), "/base/"))


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("#nothing", "no anchor 'nothing' there"),
        ("../b/#nothing", "no anchor 'nothing' there"),
        ("/base/b/#nothing", "no anchor 'nothing' there"),
        ("../c/", "no such page"),
        ("../b", "no such page"),
        ("b/", "no such page"),
        ("../file.md", "no such page"),
        ("../../", "leads out of the site"),
        ("../../base/b/", "leads out of the site"),
        ("/", "leads outside the site's path /base/"),
        ("/b/", "leads outside the site's path /base/"),
        ("/base/c/", "no such page"),
    ],
)
def test_links_that_lead_nowhere(tmp_path: Path, link: str, told: str) -> None:
    (problem,) = broken_links(_site(tmp_path, link), "/base/")
    assert str(problem) == f"a/index.html:4:3: error: link {link!r}: {told} [broken-link]"


def test_pictures_and_scripts_are_followed_too(tmp_path: Path) -> None:
    site = write_files(
        tmp_path / "site",
        {
            "index.html": '<img src="no.png"><script src="no.js"></script><link rel="stylesheet" href="no.css">'
        },
    )
    assert [problem.value for problem in broken_links(site)] == ["no.png", "no.js", "no.css"]


def test_files_of_an_earlier_build_are_none_of_the_site(tmp_path: Path) -> None:
    site = _site(tmp_path, "../b/")
    files = {"index.html", "a/index.html"}
    (problem,) = broken_links(site, "/", files)
    assert problem.value == "../b/"
    assert not list(broken_links(site, "/", {*files, "b/index.html"}))


def _site(folder: Path, link: str) -> Path:
    return write_files(
        folder / "site",
        {
            "index.html": '<h1 id="home">Home</h1>',
            "a/index.html": PAGE.format(link),
            "b/index.html": '<h1 id="there">There</h1>',
            "file.txt": "text",
            "я x.txt": "text",
        },
    )
