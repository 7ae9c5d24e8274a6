"""Kinds of pages and records are named by what they are; what fits no kind is not named by that."""

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from generator import build
from generator.edition import Edition
from generator.link import link
from generator.model.kinds import PAGE_KINDS
from generator.pages.book import pages
from generator.pages.writing.page import Page


@pytest.fixture(scope="module")
def made(root: Path) -> Mapping[str, Page]:
    dossier = build.check(root).dossier
    return {page.path: page for page in pages(Edition(dossier, link(dossier)))}


def test_only_records_have_their_kind_above_the_title(made: Mapping[str, Page]) -> None:
    across = {
        page.path: page.meta["label"] for page in made.values() if page.meta["kind"] in ("index", "page")
    }
    assert all(path.startswith("network/") for path, label in across.items() if label)
    assert len(across) > 20


def test_other_is_no_kind_of_event(made: Mapping[str, Page]) -> None:
    assert made["events/soviet-collapse-1991.md"].meta["label"] == "Event"
    body = made["events/index.md"].body
    assert "| other |" not in body
    found = re.search(r'data-index="([^"]+)"', body)
    assert found
    assert ["other", "other"] in json.loads(html.unescape(found[1]))["values"][0]


def test_questions_have_one_name(made: Mapping[str, Page]) -> None:
    assert made["questions/index.md"].meta["title"] == "Questions"
    assert {
        page.meta["crumbs"][0][0]
        for path, page in made.items()
        if path.startswith("questions/") and page.meta["crumbs"]
    } == {"Questions"}


@pytest.mark.parametrize(
    "path", ["mkdocs.yml", "generator/mkdocs/default.yml", "generator/scaffold/new/mkdocs.yml"]
)
def test_navigation_has_every_index_once(root: Path, made: Mapping[str, Page], path: str) -> None:
    text = (root / path).read_text("utf-8").replace("!ENV", "").replace("@TITLE@", "Title")
    nav = yaml.safe_load(text)["nav"]
    groups = {name: items for item in nav if isinstance(item, dict) for name, items in item.items()}
    assert list(groups) == ["nav.explore", "nav.sources", "nav.claims", "nav.compare", "nav.about"]
    listed = [
        page for item in nav for page in (next(iter(item.values())) if isinstance(item, dict) else [item])
    ]
    # A page that is listed with a title of the interface, since its own is too long there.
    listed = [next(iter(page.values())) if isinstance(page, dict) else page for page in listed]
    wanted = {f"{kind.section}/index.md" for kind in PAGE_KINDS}
    across = {path for path in made if path.count("/") == 0 and not path.startswith("search")}
    for page in wanted | across | {"timeline/index.md", "coverage/index.md", "names/index.md"}:
        assert listed.count(page) == 1, page
