"""The benchmark of building counts as it says, and its changes are those that it names. No peer is needed here."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench import others
from bench.build import in_turns, of_size, parse
from bench.invent import write_dossier
from bench.measure import Run, measure, memory
from bench.ours import Ours, another_summary, published, put_word, rename_alias
from bench.steps import Side, Step, append_sentence, link_tree
from bench.table import (
    ARTICLE,
    COLD,
    HUGO,
    HUGO_SEARCH,
    MARKDOWN,
    MARKDOWN_SEARCH,
    NOTHING,
    RESTORED,
    Row,
    goals,
    growth,
    growth_goal,
    ratio,
    table,
)
from generator import build


def row(
    name: str, *seconds: float, cpu: float = 1, peak: int = 0, pages: int = 100, cold: bool = True
) -> Row:
    return Row(name, tuple(Run(each, cpu, peak) for each in seconds), pages, cold)


def failed(name: str, fault: str) -> Row:
    return Row(name, (Run(1, 1, 1), Run(0, 0, 0, fault)), 100)


def test_a_row_is_the_median_of_its_runs_and_their_highest_peak() -> None:
    measured = Row("x", (Run(4, 3, 5), Run(1, 1, 9), Run(2, 7, 1)), 1_000)
    assert (measured.seconds, measured.cpu, measured.peak, measured.per_page) == (2, 3, 9, 2)


def test_one_run_after_another() -> None:
    assert Run(1, 2, 30) + Run(10, 20, 3) == Run(11, 22, 30)
    assert (Run(1, 2, 3) + Run(1, 2, 3, "over 5 s")).fault == "over 5 s"


def test_a_ratio_needs_both() -> None:
    assert ratio(row("x", 3), row("y", 2)) == 1.5
    assert ratio(row("x", 3), failed("y", "over 5 s")) is None
    assert ratio(failed("x", "over 5 s"), row("y", 2)) is None
    assert ratio(row("x", 3), None) is None


def test_the_table() -> None:
    rows = [
        row(MARKDOWN, 5, cpu=9.25, peak=1_234_000_000),
        row(NOTHING, 1, cold=False),
        row(HUGO, 10, pages=99),
        failed(HUGO_SEARCH, "over 20 s"),
        failed("Zensical", "failed (1): no such | thing"),
    ]
    lines = table(rows).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[:7]]
    assert len({len(line) for line in lines[:7]}) == 1
    assert cells[2:] == [
        [MARKDOWN, "5.0", "9.2", "1,234", "0.50", "", "100", "50.00"],
        [NOTHING, "1.0", "1.0", "?", "0.10", "", "100", ""],
        [HUGO, "10.0", "1.0", "?", "1.00", "", "99", "101.01"],
        [HUGO_SEARCH, "over 20 s", "", "", "", "", "", ""],
        ["Zensical", "failed (1)", "", "", "", "", "", ""],
    ]
    assert lines[7:] == ["", "Zensical: failed (1): no such | thing"]


def told(rows: Sequence[Row]) -> list[bool | None]:
    return [goal.met for goal in goals(rows)]


@pytest.mark.parametrize("beyond", [0, 0.1])
def test_goals_are_met_up_to_their_limit(beyond: float) -> None:
    rows = [
        row(MARKDOWN, 10 + beyond, peak=round((1.5 + beyond) * 1e9)),
        row(MARKDOWN_SEARCH, 15 + beyond),
        row(COLD, 30),
        row(NOTHING, 1 + beyond),
        row(ARTICLE, 2 + beyond),
        row(RESTORED, 3.75 + beyond),
        # Their memory is no matter of ours.
        row(HUGO, 10, peak=9_000_000_000),
        row(HUGO_SEARCH, 20),
    ]
    assert told(rows) == [not beyond] * 7
    assert {str(goal).split("  ")[0] for goal in goals(rows)} == {"not met" if beyond else "met"}


def test_goals_are_not_measured_where_something_failed() -> None:
    assert told([row(HUGO, 10)]) == [None] * 7
    rows = [row(MARKDOWN, 1, peak=1), failed(HUGO, "over 5 s"), failed(ARTICLE, "failed (1): oh")]
    assert told(rows) == [None] * 7
    assert next(goal.figures for goal in goals(rows)) == "Hugo: over 5 s"


def test_growth_is_of_what_a_page_costs() -> None:
    small = [row(COLD, 10, cpu=10, pages=100), row(HUGO, 1), row(NOTHING, 1, cold=False), row("new", 1)]
    large = [
        row(COLD, 110, cpu=120, pages=1_000),
        failed(HUGO, "over 5 s"),
        row(NOTHING, 1, pages=1_000, cold=False),
    ]
    found = list(growth({1_000: large, 100: small}))
    assert [(name, round(seconds, 3), round(cpu, 3)) for name, seconds, cpu in found] == [(COLD, 1.1, 1.2)]
    assert growth_goal(found).met is True
    assert growth_goal([(COLD, 1.16, 1)]).met is False
    assert growth_goal([(HUGO, 1, 1)]).met is None


def test_options() -> None:
    usual = parse([])
    assert (usual.sizes, usual.runs, usual.limit) == ((1_000,), 3, 900)
    assert usual.changes == Ours.CHANGES
    assert "material" not in usual.peers
    given = parse(["--sizes", "10000,20", "--peers", "eleventy,hugo", "--changes", "none"])
    assert (given.sizes, given.peers, given.changes) == ((20, 10_000), ("hugo", "eleventy"), ())
    assert "material" in parse(["--peers", "all"]).peers


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--sizes", "10,many"], "'many' is not a whole number above 0"),
        (["--runs", "0"], "'0' is not a whole number above 0"),
        (["--peers", "hugo,jekyll"], "'jekyll' is not one of hugo,"),
        (["--keep"], "--keep needs --work"),
    ],
)
def test_options_that_make_no_sense(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(options)
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_run_that_fails_is_told_with_its_last_line(tmp_path: Path) -> None:
    run = measure(python("import sys; print('one\\ntwo\\n'); sys.exit(3)"), tmp_path, 60, {})
    assert run.fault == "failed (3): two"
    assert measure(["no-such-program"], tmp_path, 60, {}).fault.startswith("no-such-program: ")


def test_a_run_ends_at_its_limit(tmp_path: Path) -> None:
    run = measure(python("import time; time.sleep(600)"), tmp_path, 0.2, {})
    assert run.fault == "over 0.2 s"
    assert 0.2 <= run.seconds < 600


def test_a_run_ends_with_whoever_measures_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = tmp_path / "started"

    def interrupted(process: int, options: int) -> None:
        while not started.exists():
            time.sleep(0.01)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "wait4", interrupted)
    code = "import os, time; os.write(os.open('pid', os.O_CREAT | os.O_WRONLY), b'%d' % os.getpid()); "
    with pytest.raises(KeyboardInterrupt):
        measure(python(f"{code} os.rename('pid', 'started'); time.sleep(600)"), tmp_path, 60, {})
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text("utf-8")), 0)


def test_the_memory_of_all_processes_counts_and_what_they_share_once() -> None:
    code = """
import os, sys
before = b"x" * 60_000_000
children = [os.fork() for _ in range(2)]
own = b"y" * 30_000_000
os.write(1, b"!")
sys.stdin.read()
"""
    with subprocess.Popen(
        python(code), start_new_session=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        # Four processes, all of which wait now.
        assert process.stdout.read(4) == b"!!!!"
        found = memory(process.pid)
        process.stdin.close()
    if not Path("/proc/self/smaps_rollup").exists():
        assert found == 0
    else:
        assert 60e6 + 4 * 30e6 <= found < 4 * 90e6


def test_the_peak_of_a_run_is_never_missed(tmp_path: Path) -> None:
    code = "x = b'x' * 200_000_000; del x"
    assert measure(python(code), tmp_path, 60, {}).peak >= 200e6


def test_sides_take_turns_and_a_step_is_not_run_after_one_that_failed(tmp_path: Path) -> None:
    log = tmp_path / "log"

    def step(name: str, code: str = "", after: str = "", adds: bool = False) -> Step:
        site = tmp_path / name
        site.mkdir()
        (site / "a.html").touch()
        written = f"open({str(log)!r}, 'a').write({name!r} + ' '); {code}"
        return Step(name, python(written), tmp_path, site, after=after, adds=adds)

    one = Side("one", (step("a"), step("b", after="a", adds=True), step("c")))
    two = Side("two", (step("x", "raise SystemExit(1)"), step("y", after="x"), step("z")))
    rows = {row.name: row for row in in_turns([(one, 2), (two, 1)], 60)}
    assert log.read_text("utf-8").split() == ["a", "b", "c", "x", "z", "a", "b", "c"]
    assert [len(row.runs) for row in rows.values()] == [2, 2, 2, 1, 1, 1]
    assert all(b.seconds > a.seconds for a, b in zip(rows["a"].runs, rows["b"].runs, strict=True))
    assert rows["x"].fault == "failed (1): no output"
    assert rows["y"].fault == "not run: x has failed"
    assert (rows["z"].fault, rows["z"].pages) == ("", 1)


def test_a_change_of_a_page_is_no_change_of_anothers(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text("# Page\n\nText.\n", "utf-8")
    link_tree(tmp_path / "docs", tmp_path / "copy")
    append_sentence(tmp_path / "copy" / "page.md", 1)
    append_sentence(tmp_path / "copy" / "page.md", 2)
    assert (tmp_path / "docs" / "page.md").read_text("utf-8") == "# Page\n\nText.\n"
    assert len(set((tmp_path / "copy" / "page.md").read_text("utf-8").split("."))) == 4


def test_a_word_is_put_into_the_middle_of_a_body() -> None:
    article = '---\ntitle: "A"\npublished: "2020-01-02"\n---\n\nOne two.\n\nIn The middle, it is.\n\nLast.\n'
    assert published(article) == "2020-01-02"
    assert published('---\ntitle: "A"\n---\n') == ""
    once = put_word(article)
    assert once == article.replace("In The", "In it The")
    assert put_word(once) == article.replace("In The", "In it it The")


def test_a_summary_is_another_each_time() -> None:
    people = 'a:\n  name: "A"\n  summary: "Was there: so it is told. [@b#p1]"\n'
    once = another_summary(people, 1)
    assert once == people.replace("Was there", "Change 1: Was there")
    assert another_summary(once, 2) == once.replace("Change 1", "Change 2")
    with pytest.raises(ValueError, match="no person"):
        another_summary("a:\n", 1)


def test_an_alias_is_another_each_time() -> None:
    people = 'a:\n  name: "A"\nb:\n  also: ["Bo \\"B\\" Bo", "B"]\nc:\n  also: ["C"]\n'
    once = rename_alias(people, 1)
    assert once == people.replace('Bo"', 'Bo Renamed1"', 1)
    assert rename_alias(once, 2) == once.replace("Renamed1", "Renamed2")
    with pytest.raises(ValueError, match="no person"):
        rename_alias("a:\n", 1)


def test_each_change_is_one_and_leaves_the_dossier_sound(tmp_path: Path) -> None:
    dossier = tmp_path / "dossier"
    write_dossier(dossier, 30)
    (dossier / "docs").mkdir()
    (dossier / "mkdocs.yml").touch()
    steps = Ours(dossier, tmp_path / "found", tmp_path / "ours").side(Ours.CHANGES).steps
    changes = steps[3:-1]
    assert len(changes) == len(Ours.CHANGES) - 1
    assert steps[-1].row == RESTORED

    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in (tmp_path / "ours").rglob("*") if path.is_file()}

    changed = []
    for step in changes:
        before = files()
        step.prepare(1)
        changed.append([path.name for path, data in files().items() if before[path] != data])
    assert changed == [
        [],
        ["article-000000.md"],
        ["article-000003.md"],
        ["000.yml"],
        ["000.yml"],
        ["person.md.jinja"],
        ["footer.html"],
    ]
    assert build.check(changes[0].folder).problems == ()


@pytest.mark.slow
def test_ours_is_built_without_any_peer(tmp_path: Path) -> None:
    rows = of_size(3, tmp_path, parse(["--peers", "none", "--runs", "1", "--changes", "article"]))
    assert [(row.name, row.fault, row.cold) for row in rows] == [
        (MARKDOWN, "", True),
        (MARKDOWN_SEARCH, "", True),
        (COLD, "", True),
        (ARTICLE, "", False),
    ]
    assert len({row.pages for row in rows}) == 1
    assert rows[0].pages > 3
    assert not list(tmp_path.glob("sides-*"))


def test_a_peer_that_is_not_installed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others, "find_spec", lambda name: None)
    # As an earlier run with --keep left it.
    (tmp_path / "found.pickle").touch()
    (tmp_path / "dossier" / "docs").mkdir(parents=True)
    rows = of_size(1, tmp_path, parse(["--no-ours", "--peers", "hugo"]))
    assert [row.fault for row in rows] == ["hugo is not installed: make .venv/bench"]
