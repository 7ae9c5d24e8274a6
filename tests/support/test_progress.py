"""Work that takes long says how far it has got."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.support import progress
from generator.support.progress import announce, counted


def test_lines_come_once_in_a_while_and_not_for_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 2.9, 3.1, 4.0, 6.2, 9.9])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    lines: list[str] = []
    parts = [[1] * 1000] * 6
    assert list(counted(parts, 6000, "Read {} of {} files", lines.append, len)) == parts
    assert lines == ["Read 3,000 of 6,000 files", "Read 5,000 of 6,000 files"]


def test_work_on_many_is_announced() -> None:
    lines: list[str] = []
    announce("Checking", progress.MANY - 1, "records", lines.append)
    announce("Checking", 123_456, "records", lines.append)
    assert lines == ["Checking 123,456 records"]


@pytest.mark.parametrize(
    ("command", "stages"),
    [
        (
            "check",
            [
                r"Reading \d+ kB of seeds",
                r"Read \d+ of \d+ files",
                r"Indexing the names of \d+ records",
                r"Found names in 1 of \d articles",
                r"Linked 1 of \d articles",
                r"Linking \d+ texts of records",
                r"Checking \d+ records",
            ],
        ),
        (
            "write",
            [
                r"Reading \d+ kB of seeds",
                r"Read \d+ of \d+ files",
                r"Read \d+ records",
                r"Linked 1 of \d articles",
                r"Checked 40 of \d+ records",
                r"Linked \d+ mentions",
                r"Made 2 of \d+ groups of pages",
                r"Wrote \d+ pages, .*",
            ],
        ),
    ],
)
def test_each_stage_of_long_work_says_how_far_it_is(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, stages: list[str]
) -> None:
    root = shutil.copytree(toy, tmp_path / "dossier")
    assert not CliRunner().invoke(main, ["-C", str(root), "check"]).stderr.startswith("Read")
    monkeypatch.setattr(progress, "SECONDS", 0.0)
    monkeypatch.setattr(progress, "MANY", 1)
    monkeypatch.setattr("generator.load.dossier._PART", 2)
    monkeypatch.setattr("generator.incremental.checking._PART", 40)
    result = CliRunner().invoke(main, ["-C", str(root), command])
    assert (result.exit_code, result.stdout) == (0, "")
    lines = iter(result.stderr.splitlines())
    # In this order, others between them.
    for stage in stages:
        assert any(re.fullmatch(stage, line) for line in lines), (stage, result.stderr)
    quiet = CliRunner().invoke(main, ["-q", "-C", str(root), command])
    assert (quiet.exit_code, quiet.output) == (0, "")
