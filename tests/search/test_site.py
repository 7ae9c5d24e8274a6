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
from generator.edition import Edition
from generator.link import link
from generator.model.dossier import Dossier
from generator.model.kinds import Kind
from generator.pages.search import searchable
from generator.search import FOLDER, MANIFEST, SearchDelta, write_search
from generator.search import files as searchfiles
from generator.serve.live_search import SearchUpdater
from generator.state.cache import Cache
from generator.state.database import Damaged
from tests.build import article, dossier, record, write_files
from tests.searches import names_of, texts_of


def _searchable(found: Dossier) -> SearchDelta:
    edition = Edition(found, link(found))
    return searchable(edition)


def _read(site: Path, name: str) -> Any:
    return json.loads(gzip.decompress((site / FOLDER / name).read_bytes()))


def _manifest(site: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((site / FOLDER / MANIFEST).read_text("utf-8"))
    return found


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def toy_found(toy: Path) -> SearchDelta:
    return _searchable(build.check(toy).dossier)


@pytest.fixture(scope="module")
def toy_site(toy_found: SearchDelta, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("toy")
    write_search(toy_found, site)
    return site


def test_two_indexes_of_the_same_are_the_same_bytes(
    toy_found: SearchDelta, toy_site: Path, tmp_path: Path
) -> None:
    write_search(toy_found, tmp_path)
    names = _files(toy_site)
    assert _files(tmp_path) == names
    _, different, errors = filecmp.cmpfiles(toy_site, tmp_path, names, shallow=False)
    assert (different, errors) == ([], [])


def test_the_manifest_leads_to_every_file(toy_site: Path) -> None:
    manifest = _manifest(toy_site)
    columns = _read(toy_site, manifest["texts"])
    words = [name for _, name in _read(toy_site, manifest["words"])]
    days = _read(toy_site, manifest["dates"])
    dates = [days["longer"], *(name for _, name in days["months"])]
    spelling = [name for _, name in _read(toy_site, manifest["spelling"])]
    single = [manifest[key] for key in ("fold", "texts", "filters", "people", "words", "spelling", "dates")]
    assert _files(toy_site / FOLDER) == sorted(
        [MANIFEST, *manifest["names"], *single, *columns["files"], *words, *dates, *spelling]
    )


def test_each_text_is_filtered_by_what_it_is(toy_found: SearchDelta, toy_site: Path) -> None:
    manifest = _manifest(toy_site)
    columns = _read(toy_site, manifest["texts"])
    written = [text for name in columns["files"] for text in _read(toy_site, name)]
    assert [len(_read(toy_site, name)) for name in columns["files"]] == columns["sizes"]
    filters = _read(toy_site, manifest["filters"])
    people = _read(toy_site, manifest["people"])
    of_people = {name.id for name in names_of(toy_found) if name.kind is Kind.PERSON}
    for number, (text, told) in enumerate(zip(texts_of(toy_found), written, strict=True)):
        assert (told[0], told[3]) == (text.title, text.address)
        assert [(anchor, *date) for anchor, _, *date in told[4]] == [
            (passage.anchor, *filter(None, [passage.date])) for passage in text.passages
        ]
        assert manifest["kinds"][columns["kinds"][number]] == text.kind
        outlet = filters["outlets"][number]
        assert (filters["outlet"][outlet][0] if outlet >= 0 else None) == text.outlet
        assert filters["days"][number] == int(text.day.replace("-", "") or 0)
        named = {people["ids"][place] for place in accumulate(people["steps"][number])}
        assert named == of_people & set(text.named)


def test_names_come_in_chunks_the_most_cited_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searchfiles, "_FIRST_CHUNK", 400)
    monkeypatch.setattr(searchfiles, "_CHUNK", 900)
    people = [record(Kind.PERSON, f"person-{n}", name=f"Person {n}") for n in range(40)]
    bodies = [article(f"news-{n}", " ".join(f"Person {m} spoke." for m in range(n))) for n in range(1, 4)]
    found = _searchable(dossier(*people, *bodies))
    write_search(found, tmp_path)
    chunks = [_read(tmp_path, name) for name in _manifest(tmp_path)["names"]]
    assert len(chunks) > 2
    assert [row[1] for chunk in chunks for row in chunk] == [name.id for name in names_of(found)]
    assert chunks[0][0][1] == "person-0"
    sizes = [len(json.dumps(chunk, separators=(",", ":"))) for chunk in chunks]
    assert sizes[0] <= 450
    assert all(size <= 1_000 for size in sizes)


@pytest.mark.parametrize("language", ["en", "hy", "sr-Latn", "tlh"])
def test_a_dossier_of_any_language_without_any_record_is_written(tmp_path: Path, language: str) -> None:
    write_search(_searchable(dossier(article("news", "Ein Absatz."), language=language)), tmp_path)
    write_search(SearchDelta(language, {}, {}), tmp_path)
    assert _manifest(tmp_path)["names"]


def test_texts_are_text(tmp_path: Path) -> None:
    body = 'A <b>bold</b> &amp; <a id="p9"> "quoted" \N{ZERO WIDTH SPACE}x 1\N{NO-BREAK SPACE}000 </span>'
    write_search(_searchable(dossier(article("news", body, title="A, <i> title: of & more"))), tmp_path)
    (path,) = tmp_path.rglob("texts-*")
    ((title, _, _, address, passages),) = json.loads(gzip.decompress(path.read_bytes()))
    assert (title, address) == ("A, <i> title: of & more", "articles/news/")
    assert passages == [["", title], ["p1", 'A <b>bold</b> &amp; <a id="p9"> "quoted" \u200bx 1 000 </span>']]


def _many(*without: int, **changed: str) -> SearchDelta:
    """A dossier of forty articles, some left out, some with another body."""
    people = [record(Kind.PERSON, f"person-{n}", name=f"Person {n}") for n in range(9)]
    bodies = {f"news-{n}": f"Person {n % 9} met Person {n % 4}, word{n} and spring." for n in range(40)}
    kept = {key: body for n, (key, body) in enumerate(bodies.items()) if n not in without} | changed
    return _searchable(
        dossier(*people, *(article(key, body, "It rained often.") for key, body in kept.items()))
    )


def _bytes(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in _files(folder)}


@pytest.fixture
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files as small as those of a large dossier are, by its measure."""
    monkeypatch.setattr("generator.search.postings._TARGET", 40)
    monkeypatch.setattr(searchfiles, "_TEXTS", 2)


CHANGES = {
    "a body": _many(**{"news-7": "Person 2 spoke of something else entirely."}),
    "gone": _many(0, 13, 39),
    "new": _many(**{"news-12b": "Person 8 came.", "zebra": "Person 0 left.", "aaa": "Rain."}),
    "all at once": _many(1, 2, **{"news-30": "Person 3 and Person 5.", "news-31b": "New."}),
    "nothing left": SearchDelta("en", {}, {}),
}


@pytest.mark.usefixtures("small_files")
@pytest.mark.parametrize("change", CHANGES)
def test_what_is_brought_up_to_date_is_what_is_made_anew(tmp_path: Path, change: str) -> None:
    cache, site = Cache(tmp_path), tmp_path / "site"
    write_search(_many(), site, cache)
    first = _bytes(site)
    write_search(CHANGES[change], site, cache)
    write_search(CHANGES[change], tmp_path / "anew")
    assert _bytes(site) == _bytes(tmp_path / "anew")
    assert _bytes(site) != first
    # And back again, for what is kept must not tell of what was.
    write_search(_many(), site, cache)
    assert _bytes(site) == first


@pytest.mark.usefixtures("small_files")
def test_a_change_of_one_text_leaves_most_files_alone(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    write_search(_many(), tmp_path / "site", cache)
    before = set(_files(tmp_path / "site" / FOLDER))
    write_search(CHANGES["a body"], tmp_path / "site", cache)
    after = set(_files(tmp_path / "site" / FOLDER))
    assert len(before) > 40
    assert 3 <= len(after - before) < len(before) / 2


def test_where_nothing_changed_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, site = Cache(tmp_path), tmp_path / "site"
    write_search(_many(), site, cache)
    first = _bytes(site)
    monkeypatch.setattr(searchfiles, "packed", None)
    monkeypatch.setattr("generator.search.index_builder.IndexBuilder.add", None)
    write_search(_many(), site, cache)
    # In another folder as well, such as one that will take the site's place.
    write_search(_many(), tmp_path / "fresh", cache)
    assert _bytes(site) == _bytes(tmp_path / "fresh") == first


def test_what_is_damaged_is_made_anew(tmp_path: Path) -> None:
    cache, site = Cache(tmp_path), tmp_path / "site"
    write_search(_many(), site, cache)
    first = _bytes(site)
    for path in cache.folder.rglob("*"):
        if path.is_file():
            # The site has the very same files, or copies of them.
            path.write_bytes(path.read_bytes()[:-9] + b"otherwise")
            write_search(_many(), site, cache)
            assert _bytes(site) == first, path
    for path in (site / FOLDER).iterdir():
        path.unlink()
    (site / FOLDER / "of-another-version").mkdir()
    write_search(_many(), site, cache)
    assert _bytes(site) == first


def test_files_are_copied_where_they_cannot_be_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError

    monkeypatch.setattr("generator.output.content_store.os.link", refuse)
    cache, site = Cache(tmp_path), tmp_path / "site"
    write_search(_many(), site, cache)
    first = _bytes(site)
    (victim,) = (site / FOLDER).glob("list-*")
    victim.write_bytes(b"")
    write_search(_many(), site, cache)
    assert _bytes(site) == first


def test_a_full_disk_leaves_the_search_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, site = Cache(tmp_path), tmp_path / "site"
    write_search(_many(), site, cache)
    first = _bytes(site)
    with monkeypatch.context() as context:
        context.setattr(
            "generator.search.index_builder.IndexBuilder.add",
            lambda *_: (_ for _ in ()).throw(OSError("disk full")),
        )
        with pytest.raises(OSError, match="disk full"):
            write_search(CHANGES["new"], site, cache)
    assert _bytes(site) == first
    write_search(CHANGES["new"], site, cache)
    write_search(CHANGES["new"], tmp_path / "anew")
    assert _bytes(site) == _bytes(tmp_path / "anew")


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


def _titled(title: str) -> SearchDelta:
    return _searchable(dossier(article("news", "One.", title=title)))


def test_a_served_search_follows_its_records(tmp_path: Path) -> None:
    site = tmp_path / "site"

    def is_there(title: str) -> bool:
        texts = list((site / FOLDER).glob("texts-*"))
        return any(title.encode() in gzip.decompress(path.read_bytes()) for path in texts)

    def until(title: str) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                if (site / FOLDER / MANIFEST).is_file() and is_there(title):
                    return
            except OSError:  # being replaced
                pass
            time.sleep(0.05)
        pytest.fail(f"{title} is not found")

    search = SearchUpdater(site)
    search.update(lambda _: _titled("First title"))
    until("First title")
    # A change of the theme, after which MkDocs has emptied the folder.
    for path in site.rglob(MANIFEST):
        path.unlink()
    search.update(None)
    until("First title")

    def replaced(state: str) -> SearchDelta:
        # While it is read a run writes another state, which is to be searched next.
        search.update(lambda _: _titled("Second title"))
        raise Damaged

    search.update(replaced)
    until("Second title")
    search.wait()
