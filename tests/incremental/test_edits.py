"""A build after a change does no more than the change asks for, and survives what happens to its cache."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.edition import Edition, coverage
from generator.edition.derived import derived_values
from generator.link import link
from generator.load import load
from generator.state import cache
from generator.state.cache import FOLDER
from generator.support.problems import Refused
from tests.full_builds import FullBuilds, write_markdown
from tests.publish.same import files

pytestmark = pytest.mark.slow

ARTICLE = "seeds/articles/harbour-post-2019-03-04.md"
PEOPLE = "seeds/people.yml"
EVENTS = "seeds/events.yml"


@pytest.fixture
def dossier(toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small dossier that was written once, in the folder of work; its report is as long as one may be."""
    monkeypatch.setattr(coverage, "REPORT_LIMIT", 109)
    shutil.copytree(toy, tmp_path / "toy")
    monkeypatch.chdir(tmp_path / "toy")
    write_markdown(Path())
    return Path()


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def append(name: str, text: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return edit


EDITS: dict[str, Callable[[Path], None]] = {
    "body": replace(ARTICLE, "observers", "watchers"),
    "name": replace(PEOPLE, "name: Mira Okun", "name: Mira Okunova"),
    "language": replace(PEOPLE, "uk: Бакар Торел", "be: Бакар Торел"),
    "summary": replace(PEOPLE, "Left its", "Quit its"),
    "paragraph more": append(ARTICLE, "\n\nAna Lima and Tomas Veld met again in Port Selm.\n"),
    "article's date": replace(ARTICLE, "published: 2019-03-04", "published: 2019-03-20"),
    "article new": append("seeds/articles/new.md", "---\ntitle: New\noutlet: harbour-post\n---\n\nAna Lima came to Ostrel.\n"),
    "alias": replace(PEOPLE, "also: [Ana Maria Lima]", "also: [Ana M. Lima]"),
    "event's date": replace(EVENTS, "date: 2019-03-02/2019-03-03", "date: 2019-03-01/2019-03-03"),
    "participant": replace(EVENTS, "participants: [{who: maravia}, ", "participants: [{who: maravia}, {who: ana-lima}, "),
}  # fmt: skip


def test_a_build_after_no_change_makes_nothing(dossier: Path) -> None:
    (dossier / PEOPLE).touch()
    tree = write_markdown(dossier)
    assert (tree.remade, tree.changed, tree.removed) == ((), frozenset(), 0)
    assert len(tree.pages) == len(files(dossier / "docs"))


def test_one_body_changed_makes_the_pages_that_show_its_words(dossier: Path) -> None:
    # The article's own page, those that quote it, those of the records that the paragraph names, and the report.
    append("seeds/articles/what-the-observers-saw.txt", " Once more.\n")(dossier)
    assert {work[:2] for work in write_markdown(dossier).remade} == {
        ("record", "what-the-observers-saw"),
        ("record", "rui-lima"),
        ("record", "port-selm"),
        ("record", "lake-compact"),
        ("tie", "lake-compact"),
        ("across", "report"),
    }


def test_a_paragraph_too_many_removes_the_report_and_the_link_to_it(dossier: Path) -> None:
    report, home = dossier / "docs/report/index.md", dossier / "docs/index.md"
    assert report.is_file()
    assert "(report/index.md)" in home.read_text("utf-8")
    EDITS["paragraph more"](dossier)
    assert "index.md" in write_markdown(dossier).changed
    assert not report.exists()
    assert "(report/index.md)" not in home.read_text("utf-8")


def test_derived_values_after_edits_are_those_of_a_full_build(dossier: Path) -> None:
    for edit in ("body", "alias", "participant", "event's date", "article's date", "article new"):
        EDITS[edit](dossier)
        now = write_markdown(dossier).edition
        loaded, _ = load(dossier)
        full = Edition(loaded, link(loaded), now.history)
        for name, value in derived_values(Edition).items():
            if value.is_stored:
                assert getattr(now, name) == getattr(full, name), (edit, name)


def test_one_alias_changed_makes_the_pages_that_show_it(dossier: Path) -> None:
    replace(PEOPLE, "also: [Ana Maria Lima]", "also: [Ana Mario Lima]")(dossier)
    tree = write_markdown(dossier)
    assert tree.changed <= {"people/ana-lima.md", "report/index.md", "names/index.md"}
    assert len(tree.remade) <= 11


def test_a_name_in_a_text_is_of_the_language_that_its_record_says(dossier: Path) -> None:
    append("seeds/articles/what-the-observers-saw.txt", " Бакар Торел was not there.\n")(dossier)
    write_markdown(dossier)
    EDITS["language"](dossier)
    path = "articles/what-the-observers-saw.md"
    assert {path, "report/index.md"} <= write_markdown(dossier).changed
    assert '<span lang="be">Бакар Торел</span>' in (dossier / "docs" / path).read_text("utf-8")


@pytest.mark.parametrize("how", ["gone", "damaged", "short"])
def test_a_lost_or_damaged_cache_misleads_nobody(dossier: Path, full_builds: FullBuilds, how: str) -> None:
    EDITS["body"](dossier)
    path = dossier / FOLDER / "state.sqlite"
    data = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(data[: len(data) // 2] if how == "short" else bytes(len(data)))
    assert full_builds.compare_markdown(dossier) == []


def test_other_code_makes_everything_again(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not write_markdown(dossier).remade
    monkeypatch.setattr(cache, "code", lambda: "other")
    tree = write_markdown(dossier)
    assert len(tree.remade) > 50
    assert not tree.changed
    monkeypatch.undo()


def test_a_fresh_build_uses_no_cache(dossier: Path) -> None:
    assert len(write_markdown(dossier, fresh=True).remade) > 50


def test_pages_of_a_build_that_was_killed_are_made_again(dossier: Path, full_builds: FullBuilds) -> None:
    kept = {path.name: path.read_bytes() for path in (dossier / FOLDER).iterdir() if path.is_file()}
    text = (dossier / PEOPLE).read_bytes()
    EDITS["summary"](dossier)
    write_markdown(dossier)
    # As if it had been killed before it kept anything, and the change been taken back.
    for path in (dossier / FOLDER).iterdir():
        if path.is_file():
            path.unlink()
    for name, data in kept.items():
        (dossier / FOLDER / name).write_bytes(data)
    (dossier / PEOPLE).write_bytes(text)
    assert full_builds.compare_markdown(dossier) == []


_CALL = """
import sys
from pathlib import Path
from generator.incremental import update_tree
update_tree(Path(sys.argv[1]), lambda title: Path(sys.argv[1], "docs"))
"""


def test_two_builds_at_once_do_each_other_no_harm(dossier: Path, full_builds: FullBuilds, root: Path) -> None:
    EDITS["name"](dossier)
    env = {**os.environ, "PYTHONPATH": str(root)}
    both = [subprocess.Popen([sys.executable, "-c", _CALL, "."], env=env) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert full_builds.compare_markdown(dossier) == []


def test_a_disk_that_cannot_be_written_is_an_error(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    EDITS["body"](dossier)
    before = files(dossier / "docs")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("generator.incremental.page_builder.Path.write_bytes", full)
        with pytest.raises(Refused, match="No space left on device"):
            write_markdown(dossier)
    assert files(dossier / "docs") == before
