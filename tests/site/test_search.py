"""The search as it is written: whole, the same bytes each time, in files no larger than a reader should wait for."""

import filecmp
import gzip
import json
import time
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import build
from generator.link import link
from generator.model.dossier import Dossier
from generator.model.kinds import Kind
from generator.pages import Edition, pages
from generator.search import Searchable, searchable
from generator.site import search
from generator.site.livesearch import refresh_search
from generator.site.search import FOLDER, MANIFEST, write_search
from tests.build import article, dossier, record, write_files


def _searchable(found: Dossier) -> Searchable:
    edition = Edition(found, link(found))
    return searchable(edition, pages(edition))


def _read(site: Path, name: str) -> Any:
    return json.loads(gzip.decompress((site / FOLDER / name).read_bytes()))


def _manifest(site: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((site / FOLDER / MANIFEST).read_text("utf-8"))
    return found


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def toy_found(toy: Path) -> Searchable:
    return _searchable(build.check(toy).dossier)


@pytest.fixture(scope="module")
def toy_site(toy_found: Searchable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("toy")
    write_search(toy_found, site)
    return site


def test_two_indexes_of_the_same_are_the_same_bytes(toy_found: Searchable, toy_site: Path, tmp_path: Path) -> None:
    write_search(toy_found, tmp_path)
    names = _files(toy_site)
    assert _files(tmp_path) == names
    _, different, errors = filecmp.cmpfiles(toy_site, tmp_path, names, shallow=False)
    assert (different, errors) == ([], [])


def test_of_pagefind_only_what_is_used_is_there(toy_site: Path) -> None:
    folder = toy_site / FOLDER / "passages"
    top = {path.name.partition(".")[2] if path.suffix == ".pf_meta" else path.name for path in folder.iterdir()}
    assert {name for name in top if not name.endswith("pf_meta")} == {
        "fragment",
        "index",
        "pagefind.js",
        "pagefind-entry.json",
        "wasm.en.pagefind",
    }


def test_each_text_is_filtered_by_what_it_is(toy_found: Searchable, toy_site: Path) -> None:
    manifest = _manifest(toy_site)
    columns = _read(toy_site, manifest["pages"])
    ids = columns["ids"].split()
    assert len(set(ids)) == len(ids) == len(toy_found.texts)
    rows = [row for name in manifest["names"] for row in _read(toy_site, name)]
    people = _read(toy_site, manifest["people"])
    for number, text in enumerate(toy_found.texts):
        fragment = gzip.decompress((toy_site / FOLDER / f"passages/fragment/{ids[number]}.pf_fragment").read_bytes())
        told = json.loads(fragment.removeprefix(b"pagefind_dcd"))
        assert told["url"].partition("~")[0] == f"/{text.address}"
        assert manifest["kinds"][columns["kinds"][number]] == text.kind
        outlet = columns["outlets"][number]
        assert (columns["outlet"][outlet][0] if outlet >= 0 else None) == text.outlet
        assert columns["days"][number] == int(text.day.replace("-", "") or 0)
        of_people = {name.id for name in toy_found.names if name.kind is Kind.PERSON}
        assert {rows[place][1] for place in accumulate(people[number])} == of_people & set(text.named)


def test_names_come_in_chunks_the_most_cited_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_FIRST_CHUNK", 400)
    monkeypatch.setattr(search, "_CHUNK", 900)
    people = [record(Kind.PERSON, f"person-{n}", name=f"Person {n}") for n in range(40)]
    bodies = [article(f"news-{n}", " ".join(f"Person {m} spoke." for m in range(n))) for n in range(1, 4)]
    found = _searchable(dossier(*people, *bodies))
    write_search(found, tmp_path)
    chunks = [_read(tmp_path, name) for name in _manifest(tmp_path)["names"]]
    assert len(chunks) > 2
    assert [row[1] for chunk in chunks for row in chunk] == [name.id for name in found.names]
    assert chunks[0][0][1] == "person-0"
    sizes = [len(json.dumps(chunk, separators=(",", ":"))) for chunk in chunks]
    assert sizes[0] <= 450
    assert all(size <= 1_000 for size in sizes)


def test_a_record_that_most_texts_name_stands_once_in_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_OFTEN", 1)
    found = _searchable(
        dossier(
            record(Kind.PERSON, "ana-lima", name="Ana Lima"),
            article("one", "Ana Lima came.", "Ana Lima went."),
        )
    )
    write_search(found, tmp_path)
    texts = [gzip.decompress(path.read_bytes()).decode() for path in tmp_path.rglob("*.pf_fragment")]
    (text,) = (text for text in texts if "/articles/one/" in text)
    assert text.count(search.token(0)) == 1


@pytest.mark.parametrize("language", ["en", "hy", "sr-Latn", "tlh"])
def test_a_dossier_of_any_language_without_any_record_is_written(tmp_path: Path, language: str) -> None:
    write_search(_searchable(dossier(article("news", "Ein Absatz."), language=language)), tmp_path)
    write_search(Searchable(language, (), (), {}), tmp_path)
    assert _manifest(tmp_path)["names"]


def test_texts_are_text(tmp_path: Path) -> None:
    body = 'A <b>bold</b> &amp; <a id="p9"> "quoted" \N{ZERO WIDTH SPACE}x 1\N{NO-BREAK SPACE}000 </span>'
    write_search(_searchable(dossier(article("news", body, title="A, <i> title: of & more"))), tmp_path)
    (path,) = tmp_path.rglob("*.pf_fragment")
    told = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
    assert told["meta"]["title"] == "A, <i> title: of & more"
    assert told["content"].endswith('A <b>bold</b> &amp; <a id="p9"> "quoted" x 1 000 </span>')
    assert [anchor["id"] for anchor in told["anchors"]] == ["0.", "1.p1"]


@pytest.mark.parametrize(
    ("plugins", "place"),
    [
        ("[dossier, search]", "mkdocs.yml:4:20"),
        ("\n  - dossier\n  - material/search:\n      lang: en", "mkdocs.yml:6:5"),
        ("\n  search: {}", "mkdocs.yml:5:3"),
        ("[dossier]", ""),
    ],
)
def test_another_search_is_left_out_and_said(tmp_path: Path, plugins: str, place: str) -> None:
    config = "site_name: X\ntheme: {name: dossier}\nmarkdown_extensions: [tables, toc]\nplugins: "
    files = {"mkdocs.yml": f"{config}{plugins}\n", "seeds/articles/news.txt": "A headline\n\nA paragraph.\n"}
    built = build.build(write_files(tmp_path, files), tmp_path / "site")
    told = [str(problem) for problem in built.problems if "left out" in problem.message]
    assert [line.partition(": ")[0] for line in told] == ([place] if place else [])
    assert not (tmp_path / "site/search/search_index.json").exists()
    assert (tmp_path / "site" / FOLDER / MANIFEST).is_file()
    assert yaml.safe_load((tmp_path / "site/search/words.json").read_text("utf-8"))["title"] == "Search"


def _titled(title: str) -> Searchable:
    return _searchable(dossier(article("news", "One.", title=title)))


def test_a_served_search_follows_its_records(tmp_path: Path) -> None:
    def is_there(title: str) -> bool:
        fragments = list((tmp_path / FOLDER / "passages/fragment").glob("*"))
        return any(title.encode() in gzip.decompress(path.read_bytes()) for path in fragments)

    def until(title: str) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                if (tmp_path / FOLDER / MANIFEST).is_file() and is_there(title):
                    return
            except OSError:  # being replaced
                pass
            time.sleep(0.05)
        pytest.fail(f"{title} is not found")

    refresh_search(lambda: _titled("First title"), tmp_path)
    until("First title")
    # A change of the theme, after which MkDocs has emptied the folder.
    for path in tmp_path.rglob(MANIFEST):
        path.unlink()
    refresh_search(None, tmp_path)
    until("First title")
    refresh_search(lambda: _titled("Second title"), tmp_path)
    until("Second title")
