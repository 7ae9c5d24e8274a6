"""The whole flow: what is wrong is told at once and stops it; what is sound goes through."""

import shutil
from pathlib import Path

import pytest

from generator import build
from generator.serve.live_site import LiveSite
from generator.support.problems import Refused
from tests.build import write_files

ARTICLE = "---\ntitle: News\noutlet: nobody\n---\n\nSomebody and LIMA came.\n"
SEEDS = {
    "seeds/articles/news.md": ARTICLE,
    "seeds/people.yml": "one: {name: Ana Lima, short: [Lima]}\ntwo: {name: Rui Lima, short: [Lima]}\nthree: {nam: x}\n",
}
UNREADABLE = {"seeds/events.yml": "[\n"}


def test_problems_of_all_rooms_are_told_together_in_order(tmp_path: Path) -> None:
    problems = build.check(write_files(tmp_path, SEEDS)).problems
    # Reading, checking and linking each found something.
    assert {"unknown-field", "unknown-reference", "undecided-name"} <= {p.rule for p in problems}
    assert list(problems) == sorted(problems, key=lambda p: p.where)
    assert len({*problems}) == len(problems)


def test_what_an_unreadable_file_would_have_held_is_not_missing(tmp_path: Path) -> None:
    rules = {p.rule for p in build.check(write_files(tmp_path, SEEDS | UNREADABLE)).problems}
    assert "yaml" in rules
    assert not rules & {"unknown-reference", "orphan"}


@pytest.mark.parametrize("call", ["write", "build"])
def test_errors_stop_it_before_anything_is_written(tmp_path: Path, call: str) -> None:
    write_files(tmp_path, SEEDS)
    with pytest.raises(Refused) as refused:
        build.write(tmp_path) if call == "write" else build.build(tmp_path, tmp_path / "site")
    assert refused.value.problems == build.check(tmp_path).problems
    assert {path.name for path in tmp_path.iterdir()} == {"seeds", ".cache"}


def test_a_second_build_finds_nothing_to_write(toy: Path, tmp_path: Path) -> None:
    shutil.copytree(toy, tmp_path / "toy")
    first = build.write(tmp_path / "toy")
    second = build.write(tmp_path / "toy")
    assert (len(first.changed), len(second.changed), second.removed) == (len(first.pages), 0, 0)
    shutil.copytree(toy, tmp_path / "toy", dirs_exist_ok=True)
    people = tmp_path / "toy/seeds/people.yml"
    people.write_text(people.read_text("utf-8").replace("Left its", "Quit its"), encoding="utf-8")
    third = build.write(tmp_path / "toy")
    assert 1 <= len(third.changed) < 5


def test_a_hand_written_page_is_not_taken(toy: Path, tmp_path: Path) -> None:
    shutil.copytree(toy, tmp_path / "toy")
    write_files(tmp_path / "toy", {"docs/people/ana-lima.md": "# By hand\n"})
    with pytest.raises(Refused, match=r"docs/people/ana-lima\.md:1:1: error: .* \[page-exists\]"):
        build.write(tmp_path / "toy")
    assert [path.name for path in (tmp_path / "toy/docs").rglob("*.md")] == ["ana-lima.md"]


def test_a_refreshed_site_has_what_changed(toy: Path, tmp_path: Path) -> None:
    root, site = tmp_path / "toy", tmp_path / "site"
    shutil.copytree(toy, root)
    live = LiveSite(site)
    build.refresh(root, live)
    people = root / "seeds/people.yml"
    people.write_text(people.read_text("utf-8").replace("Left its", "Quit its"), encoding="utf-8")
    build.refresh(root, live, everything=False)
    assert "Quit its" in (site / "people/ana-lima/index.html").read_text("utf-8")
