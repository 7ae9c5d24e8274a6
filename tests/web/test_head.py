"""The HTML of every built page: its head, its data for machines, its link to the source, and nothing inline."""

import json
import re
import unicodedata
import urllib.parse
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from generator.load import load
from generator.model.kinds import PAGE_KINDS, Kind
from generator.model.record import Named
from tests.pages import reading

TYPES = {
    Kind.PERSON: {"Person"},
    Kind.ORGANIZATION: {"Organization", "Country", "NewsMediaOrganization"},
    Kind.PLACE: {"Place"},
    Kind.EVENT: {"Event"},
    Kind.DOCUMENT: {"CreativeWork"},
    Kind.ARTICLE: {"NewsArticle"},
    Kind.ISSUE: {"DefinedTerm"},
    Kind.QUESTION: {"Question"},
}


@cache
def _all_trees(site: Path) -> dict[str, Element]:
    """Every page, by its file below the site."""
    return {
        path.relative_to(site).as_posix(): reading.parse(path.read_text("utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


@cache
def _trees(site: Path) -> dict[str, Element]:
    """Every page that a reader can be at, by its address below the site."""
    found = ((Path(file), tree) for file, tree in _all_trees(site).items())
    return {
        f"{file.parent.as_posix().removeprefix('.')}/": tree
        for file, tree in found
        if file.name == "index.html"
    }


def _meta(tree: Element, name: str) -> str:
    found = [
        e.get("content", "") for e in reading.find(tree, "meta") if name in (e.get("name"), e.get("property"))
    ]
    assert len(found) == 1, f"{len(found)} of {name}"
    return found[0]


def _links(tree: Element, rel: str) -> list[str]:
    return [e.get("href", "") for e in reading.find(tree, "link") if rel in e.get("rel", "").split()]


def _data(tree: Element) -> dict[str, object]:
    (script,) = (e for e in reading.find(tree, "script") if e.get("type") == "application/ld+json")
    data = json.loads(script.text or "")
    assert isinstance(data, dict)
    return data


def _is_redirect(tree: Element) -> bool:
    return any(e.get("http-equiv") == "refresh" for e in reading.find(tree, "meta"))


def _refs(value: object) -> list[str]:
    """All ids in JSON-LD."""
    if isinstance(value, list):
        return [ref for item in value for ref in _refs(item)]
    if isinstance(value, dict):
        own = [value["@id"]] if "@id" in value else []
        return own + [ref for item in value.values() for ref in _refs(item)]
    return []


def test_every_page_has_its_head(built_site: Path, site_url: str) -> None:
    titles: dict[str, str] = {}
    for path, tree in _trees(built_site).items():
        (title,) = {reading.text_of(e) for e in reading.find(tree, "title")} - {""}
        (heading,) = (reading.text_of(e) for e in reading.find(tree, "h1"))
        assert title.startswith(_meta(tree, "og:title")) or path == "/", path
        assert heading, path
        assert titles.setdefault(title, path) == path, f"{path} and {titles[title]} have one title"
        if not _is_redirect(tree):
            assert _meta(tree, "description"), path
            assert _links(tree, "canonical") == [site_url + path.lstrip("/")], path
            assert _meta(tree, "og:url") == site_url + path.lstrip("/"), path
        found = reading.ids(tree)
        assert len(found) == len({*found}), (
            f"{path} has an id twice: {sorted(i for i in found if found.count(i) > 1)}"
        )


def test_every_record_has_its_page_with_data_and_a_link_to_its_source(built_site: Path, root: Path) -> None:
    dossier, _ = load(root)
    trees = _trees(built_site)
    for key, record in dossier.records.items():
        if record.kind_of not in PAGE_KINDS:
            continue
        path = f"{record.kind_of.section}/{key}/"
        tree = trees[path]
        data = _data(tree)
        assert data["@context"] == "https://schema.org", path
        stated = data["@type"]
        types = {stated} if isinstance(stated, str) else {str(name) for name in stated}  # type: ignore[attr-defined]
        assert types, path
        assert types <= TYPES[record.kind_of], path
        assert data["name"] == record.label, path
        for ref in _refs(data):
            target = urllib.parse.urljoin(f"https://x.example/{path}", ref).removeprefix("https://x.example/")
            assert target.partition("#")[0] in trees, f"{path} names {ref}"
        crumbs = [e for e in reading.find(tree, "nav") if e.get("class") == "crumbs"]
        assert len(crumbs) == 1, path
        (shown,) = (a.get("href", "") for a in reading.find(tree, "a") if "/blob/" in a.get("href", ""))
        found = re.fullmatch(r"https://example\.org/dossier/blob/\w+/(seeds/[\w./-]+)(?:#L(\d+))?", shown)
        assert found, shown
        line = (root / found[1]).read_text("utf-8").split("\n")[int(found[2] or 1) - 1]
        assert line.startswith(f"{key}:") or record.kind_of is Kind.ARTICLE, shown
        assert record.kind_of is not Kind.ARTICLE or Path(found[1]).stem == key, shown


def test_pages_name_nothing_off_the_site_to_load(built_site: Path) -> None:
    for path, tree in _trees(built_site).items():
        loaded = [e.get("src", "") for name in ("script", "img", "iframe") for e in reading.find(tree, name)]
        loaded += [href for rel in ("stylesheet", "preload", "icon") for href in _links(tree, rel)]
        assert not [address for address in loaded if re.match(r"(?:https?:)?//", address)], path


def test_pages_hold_no_script_and_no_style_of_their_own(built_site: Path) -> None:
    for path, tree in _all_trees(built_site).items():
        data = [e for e in reading.find(tree, "script") if e.get("type") == "application/ld+json"]
        assert [e for e in reading.find(tree, "script") if not e.get("src")] == data, path
        assert not list(reading.find(tree, "style")), path
        attributes = {name for e in tree.iter() for name in e.attrib}
        assert not [name for name in attributes if name == "style" or name.startswith("on")], path


@pytest.mark.parametrize(("folder", "seeds"), [("built_site", "root"), ("toy_site", "toy")])
def test_names_in_other_scripts_are_marked(request: pytest.FixtureRequest, folder: str, seeds: str) -> None:
    site: Path = request.getfixturevalue(folder)
    dossier, _ = load(request.getfixturevalue(seeds))
    tags = {
        name: tag
        for record in dossier.records.values()
        if isinstance(record, Named)
        # Of several languages that spell it alike, the first.
        for tag, name in reversed([*record.native_names()])
        if not unicodedata.name(name[0]).startswith("LATIN")
    }
    assert tags
    seen = set()
    for path, tree in _trees(site).items():
        for text, language in reading.texts(tree):
            for name in (name for name in tags if name in text):
                seen.add(name)
                assert language == tags[name], f"{path}: {text!r} in {language!r}"
    assert seen == {*tags}


@pytest.mark.parametrize(
    "name", ["sitemap.xml", "search/words.json", "search/data/manifest.json", "404.html", ".nojekyll"]
)
def test_files_that_readers_do_not_see(built_site: Path, name: str) -> None:
    assert (built_site / name).is_file()
