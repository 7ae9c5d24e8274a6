"""A run after a change gives what a run from nothing gives, and does no more than the change asks for."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from generator.edition import Edition, coverage
from generator.edition.derived import derived_values
from generator.link import link
from generator.load import load
from generator.state import cache
from generator.state.cache import FOLDER
from generator.support.problems import Refused
from tests.build import write_files
from tests.incremental_runs import FromNothing, files_of, run

pytestmark = pytest.mark.slow

ARTICLE = "seeds/articles/harbour-post-2019-03-04.md"
PEOPLE = "seeds/people.yml"
EVENTS = "seeds/events.yml"


@pytest.fixture
def dossier(toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small dossier that was written once, in the folder of work; its report is as long as one may be."""
    monkeypatch.setattr(coverage, "REPORT_LIMIT", 107)
    shutil.copytree(toy, tmp_path / "toy")
    monkeypatch.chdir(tmp_path / "toy")
    run(Path())
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


def remove(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).unlink()


def write(name: str, text: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        write_files(root, {name: text})

    return edit


def rename(old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        (root / old).rename(root / new)

    return edit


def copy(old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / old, root / new)

    return edit


def without_mira(root: Path) -> None:
    text = (root / PEOPLE).read_text("utf-8")
    before, _, after = text.partition("mira-okun:")
    (root / PEOPLE).write_text(before + after[after.index("rui-lima:") :], encoding="utf-8")


def moved(root: Path) -> None:
    copy(PEOPLE, "seeds/people/a.yml")(root)
    (root / PEOPLE).unlink()


# Pages that edits leave behind.
BY_HAND = ("own.md", "people/index.md", "people/README.md", "people/ana-lima.md", "people/nobody.md")

EDITS: dict[str, Callable[[Path], None]] = {
    "nothing": lambda root: None,
    "body": replace(ARTICLE, "observers", "watchers"),
    "paragraph more": append(ARTICLE, "\n\nAna Lima and Tomas Veld met again in Port Selm.\n"),
    "front matter": replace(ARTICLE, "outlet: harbour-post", "outlet: harbour-post\nlanguage: hy"),
    "article's date": replace(ARTICLE, "published: 2019-03-04", "published: 2019-03-20"),
    "article new": write("seeds/articles/new.md", "---\ntitle: New\noutlet: harbour-post\n---\n\nAna Lima came to Ostrel.\n"),
    "article gone": remove("seeds/articles/what-the-observers-saw.txt"),
    "article renamed": rename("seeds/articles/what-the-observers-saw.txt", "seeds/articles/what-they-saw.txt"),
    "name": replace(PEOPLE, "name: Mira Okun", "name: Mira Okunova"),
    "alias": replace(PEOPLE, "also: [Ana Maria Lima]", "also: [Ana M. Lima]"),
    "short": replace(PEOPLE, "short: [Torel]", "short: [Torel, Bakar]"),
    "native": replace(PEOPLE, "uk: Бакар Торел", "uk: Бакар Торель"),
    "native's language": replace(PEOPLE, "uk: Бакар Торел", "be: Бакар Торел"),
    "summary": replace(PEOPLE, "Left its", "Quit its"),
    "line": replace(PEOPLE, "bakar-torel:", "\nbakar-torel:"),
    "note": replace(PEOPLE, "note: Her", "note: His"),
    "formerly": replace(PEOPLE, "formerly: [a-lima]", "formerly: [a-lima, lima]"),
    "evidence": replace(PEOPLE, "evidence: [harbour-post-2019-03-04#p2]\n\nrui", "evidence: [harbour-post-2019-03-04#p1]\n\nrui"),
    "event's date": replace(EVENTS, "date: 2019-03-02/2019-03-03", "date: 2019-03-01/2019-03-03"),
    "event's title": replace(EVENTS, "title: Clash at Kettle Sluice", "title: Fight at Kettle Sluice"),
    "participant": replace(EVENTS, "participants: [{who: maravia}, ", "participants: [{who: maravia}, {who: ana-lima}, "),
    "record new": append(PEOPLE, "\nnew-one:\n  name: Newman One\n  evidence: [harbour-post-2019-03-04#p1]\n"),
    "record gone": without_mira,
    "record moved": moved,
    "error": replace(PEOPLE, "name: Mira Okun", "nam: Mira Okun"),
    "error in YAML": append(EVENTS, "\n[\n"),
    "reference gone": replace(PEOPLE, "of: port-selm", "of: port-sel"),
    "twice": append(PEOPLE, "\nmaravia:\n  name: Maravia\n"),
    "settings": append("seeds/dossier.yml", "\nrights: All.\n"),
    "language": replace("seeds/dossier.yml", "title:", "language: hy\ntitle:"),
    "changes": append("seeds/dossier.yml", "\n"),
    "page gone": remove("docs/people/ana-lima.md"),
    "page edited": append("docs/people/ana-lima.md", "More.\n"),
    "page damaged": write("docs/people/ana-lima.md", ""),
    "page by hand": write("docs/own.md", "# Own\n"),
    "page by hand in the way": write("docs/people/index.md", "# Own\n"),
    "page by hand beside": write("docs/people/README.md", "# Own\n"),
    "page stale": copy("docs/people/ana-lima.md", "docs/people/nobody.md"),
    "file unknown": write("seeds/other.yml", "a: b\n"),
    "article unknown": write("seeds/articles/a.pdf", "a"),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_a_run_after_a_change_gives_what_a_run_from_nothing_gives(
    dossier: Path, from_nothing: FromNothing, name: str
) -> None:
    before = files_of(dossier / "docs")
    EDITS[name](dossier)
    assert from_nothing.unlike(dossier) == []
    # And again, of what that run kept.
    assert from_nothing.unlike(dossier) == []
    assert name not in ("body", "alias", "name") or files_of(dossier / "docs") != before


class Changes(RuleBasedStateMachine):
    """Edits, and words moved about, in any order; whenever a run follows, it gives what one from nothing gives."""

    # Those of the test that runs it.
    toy: Path
    from_nothing: FromNothing

    def __init__(self) -> None:
        super().__init__()
        # Back from where the walk before has ended, whose pages and whose cache stay.
        shutil.rmtree("seeds", ignore_errors=True)
        for page in BY_HAND:
            Path("docs", page).unlink(missing_ok=True)
        shutil.copytree(self.toy / "seeds", "seeds")

    @rule(name=st.sampled_from(sorted(EDITS)))
    def edit(self, name: str) -> None:
        # The change before may have left nothing to change.
        with suppress(AssertionError, OSError, ValueError):
            EDITS[name](Path())

    @rule(chance=st.randoms(use_true_random=False))
    def move_words(self, chance: random.Random) -> None:
        path = chance.choice(sorted(path for path in Path("seeds").rglob("*") if path.suffix != ".pdf"))
        if path.is_dir():
            return
        lines = path.read_text("utf-8").split("\n")
        at = chance.randrange(len(lines))
        words = lines[at].split(" ")
        if chance.random() < 0.5:
            other = chance.choice(["Ana", "Lima", "Torel", "maravia", "", "2019"])
            words[chance.randrange(len(words))] = other
        else:
            chance.shuffle(words)
        lines[at] = " ".join(words)
        path.write_text("\n".join(lines), encoding="utf-8")

    @rule()
    def run(self) -> None:
        assert self.from_nothing.unlike(Path()) == []

    def teardown(self) -> None:
        self.run()


def test_any_changes_in_a_row_give_what_a_run_from_nothing_gives(
    dossier: Path, toy: Path, from_nothing: FromNothing
) -> None:
    walk = type("Walk", (Changes,), {"toy": toy, "from_nothing": from_nothing})
    run_state_machine_as_test(walk, settings=settings(max_examples=25, stateful_step_count=15))


def test_a_run_after_none_makes_nothing(dossier: Path) -> None:
    (dossier / PEOPLE).touch()
    tree = run(dossier)
    assert (tree.remade, tree.changed, tree.removed) == ((), frozenset(), 0)
    assert len(tree.pages) == len(files_of(dossier / "docs"))


def test_one_body_changed_makes_the_pages_that_show_its_words(dossier: Path) -> None:
    # The article's own page, those that quote it, those of the records that the paragraph names, and the report.
    append("seeds/articles/what-the-observers-saw.txt", " Once more.\n")(dossier)
    assert {work[:2] for work in run(dossier).remade} == {
        ("record", "what-the-observers-saw"),
        ("record", "kettle-sluice"),
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
    assert "index.md" in run(dossier).changed
    assert not report.exists()
    assert "(report/index.md)" not in home.read_text("utf-8")


def test_derived_values_after_edits_are_those_of_a_full_build(dossier: Path) -> None:
    for edit in ("body", "alias", "participant", "event's date", "article's date", "article new"):
        EDITS[edit](dossier)
        now = run(dossier).edition
        loaded, _ = load(dossier)
        full = Edition(loaded, link(loaded), now.history)
        for name, value in derived_values(Edition).items():
            if value.is_stored:
                assert getattr(now, name) == getattr(full, name), (edit, name)


def test_one_alias_changed_makes_the_pages_that_show_it(dossier: Path) -> None:
    replace(PEOPLE, "also: [Ana Maria Lima]", "also: [Ana Mario Lima]")(dossier)
    tree = run(dossier)
    assert tree.changed <= {"people/ana-lima.md", "report/index.md", "names/index.md"}
    assert len(tree.remade) <= 11


def test_a_name_in_a_text_is_of_the_language_that_its_record_says(dossier: Path) -> None:
    append("seeds/articles/what-the-observers-saw.txt", " Бакар Торел was not there.\n")(dossier)
    run(dossier)
    EDITS["native's language"](dossier)
    path = "articles/what-the-observers-saw.md"
    assert {path, "report/index.md"} <= run(dossier).changed
    assert '<span lang="be">Бакар Торел</span>' in (dossier / "docs" / path).read_text("utf-8")


@pytest.mark.parametrize("part", ["manifest", "index", "segment"])
@pytest.mark.parametrize("how", ["gone", "damaged", "short"])
def test_what_is_kept_may_be_lost_or_damaged(
    dossier: Path, from_nothing: FromNothing, part: str, how: str
) -> None:
    EDITS["body"](dossier)
    some = [p for p in (dossier / FOLDER).iterdir() if p.name.startswith(part)]
    # Of segments the first, which holds nearly all.
    path = max(some, key=lambda p: p.stat().st_size)
    data = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(data[: len(data) // 2] if how == "short" else bytes(len(data)))
    assert from_nothing.unlike(dossier) == []


def test_other_code_makes_everything_again(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not run(dossier).remade
    monkeypatch.setattr(cache, "code", lambda: "other")
    tree = run(dossier)
    assert len(tree.remade) > 50
    assert not tree.changed
    monkeypatch.undo()


def test_a_fresh_run_believes_nothing(dossier: Path) -> None:
    assert len(run(dossier, fresh=True).remade) > 50


def test_pages_written_by_a_run_that_was_killed_are_found_out(
    dossier: Path, from_nothing: FromNothing
) -> None:
    kept = {path.name: path.read_bytes() for path in (dossier / FOLDER).iterdir() if path.is_file()}
    text = (dossier / PEOPLE).read_bytes()
    EDITS["summary"](dossier)
    run(dossier)
    # As if it had been killed before it kept anything, and the change been taken back.
    for path in (dossier / FOLDER).iterdir():
        if path.is_file():
            path.unlink()
    for name, data in kept.items():
        (dossier / FOLDER / name).write_bytes(data)
    (dossier / PEOPLE).write_bytes(text)
    assert from_nothing.unlike(dossier) == []


_CALL = """
import sys
from pathlib import Path
from generator.incremental import renew
renew(Path(sys.argv[1]), lambda title: Path(sys.argv[1], "docs"))
"""


def test_two_runs_at_once_do_each_other_no_harm(dossier: Path, from_nothing: FromNothing, root: Path) -> None:
    EDITS["name"](dossier)
    env = {**os.environ, "PYTHONPATH": str(root)}
    both = [subprocess.Popen([sys.executable, "-c", _CALL, "."], env=env) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert from_nothing.unlike(dossier) == []


def test_a_disk_that_cannot_be_written_is_an_error(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    EDITS["body"](dossier)
    before = files_of(dossier / "docs")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("generator.incremental.making.Path.write_bytes", full)
        with pytest.raises(Refused, match="No space left on device"):
            run(dossier)
    assert files_of(dossier / "docs") == before


def test_the_own_dossier_goes_from_change_to_change(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, from_nothing: FromNothing
) -> None:
    """Words of articles and records are changed at random, and each time all is as from nothing."""
    (tmp_path / "own").mkdir()
    monkeypatch.chdir(tmp_path / "own")
    shutil.copytree(root / "seeds", "seeds")
    assert from_nothing.unlike(Path()) == []
    chance = random.Random(4)
    articles = sorted(Path("seeds/articles").iterdir())
    others = sorted(path for path in Path("seeds").rglob("*.yml") if path.is_file())
    for turn in range(6):
        path = chance.choice(articles if turn % 2 else others)
        lines = path.read_text("utf-8").split("\n")
        chosen = [n for n, line in enumerate(lines) if len(line.split(" ")) > 6] or list(range(len(lines)))
        at = chance.choice(chosen)
        words = lines[at].split(" ")
        words[len(words) // 2] = chance.choice(["Ana", "some", "Armenia", words[0], words[-1]])
        lines[at] = " ".join(words)
        path.write_text("\n".join(lines), encoding="utf-8")
        assert from_nothing.unlike(Path()) == [], f"{path}:{at + 1}"
