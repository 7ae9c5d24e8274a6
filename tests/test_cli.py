"""The command line: what it prints where, and the status that it ends with."""

import gc
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import build
from generator.cli import main
from generator.export import FORMATS
from tests.build import write_files

PEOPLE = "one:\n  name: Somebody\n  summary: Nobody says so.\n"
BROKEN = f"{PEOPLE}  positions: [{{title: Chair, of: nowhere}}]\n"
ARTICLE = "A headline\n\nSomebody came.\n"
COMMANDS = ("check", "write", "build", "serve", "verify", "init")


def _dossier(root: Path, *words: str | Path) -> Result:
    result = CliRunner().invoke(main, ["-C", str(root), *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


@pytest.fixture
def warned(tmp_path: Path) -> Path:
    """A dossier with warnings only."""
    files = {"seeds/articles/2022-09-16-news.txt": ARTICLE, "seeds/people.yml": PEOPLE}
    return write_files(tmp_path / "warned", files)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A dossier with an error."""
    files = {"seeds/articles/2022-09-16-news.txt": ARTICLE, "seeds/people.yml": BROKEN}
    return write_files(tmp_path / "broken", files)


def test_check_of_a_sound_dossier(toy: Path) -> None:
    result = _dossier(toy, "check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert re.fullmatch(
        r"\d+ records, 0 errors, 0 warnings\nThere is no seeds/evidence.lock: .*\n", result.stderr
    )
    assert _dossier(toy, "check", "--format", "json").stdout == "[]\n"
    quiet = CliRunner().invoke(main, ["-q", "-C", str(toy), "check"])
    assert (quiet.exit_code, quiet.output) == (0, "")


def test_warnings_do_not_fail(warned: Path) -> None:
    for command in ("check", "write"):
        result = _dossier(warned, command)
        assert result.exit_code == 0
        assert "seeds/people.yml:3:12: warning:" in result.stdout


@pytest.mark.parametrize("command", ["check", "write", "build"])
def test_errors_fail_and_nothing_is_written(broken: Path, command: str) -> None:
    result = _dossier(broken, command)
    assert result.exit_code == 1
    assert re.search(r"^seeds/people\.yml:4:34: error: .*nowhere.* \[[a-z-]+\]$", result.stdout, re.MULTILINE)
    # What a run keeps for the next is nobody's output.
    assert {path.name for path in broken.iterdir()} <= {"seeds", ".cache"}


def test_problems_as_json(broken: Path) -> None:
    result = _dossier(broken, "check", "--format", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert {"error", "warning"} == {problem["severity"] for problem in found}
    (error,) = (problem for problem in found if problem["severity"] == "error")
    assert (error["file"], error["line"], error["column"]) == ("seeds/people.yml", 4, 34)
    assert error.keys() == {"file", "line", "column", "severity", "rule", "message", "value", "hint"}


def test_problems_for_github(broken: Path) -> None:
    lines = _dossier(broken, "check", "--format", "github").stdout.splitlines()
    assert len(lines) == len(_dossier(broken, "check").stdout.splitlines())
    pattern = r"::(error|warning) file=seeds/[\w./-]+,line=\d+,col=\d+::.+"
    assert all(re.fullmatch(pattern, line) for line in lines)


def test_build_reports_progress(warned: Path, tmp_path: Path) -> None:
    result = _dossier(warned, "build", "--site", tmp_path / "out")
    assert result.exit_code == 0
    assert f" {tmp_path / 'out'}: " in result.stderr.splitlines()[-1]
    assert (tmp_path / "out/people/one/index.html").is_file()
    assert not (warned / "site").exists()


@pytest.mark.parametrize("command", ["check", "write", "build", "verify"])
def test_a_folder_that_is_not_there(tmp_path: Path, command: str) -> None:
    result = _dossier(tmp_path / "nowhere", command)
    assert result.exit_code == 1
    assert result.stdout.startswith("seeds:1:1: error: no folder 'seeds' in ")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    "words",
    [["nonsense"], ["check", "--format", "xml"], ["build", "--nonsense"], ["serve", "--port", "70000"]],
)
def test_wrong_calls(words: list[str]) -> None:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


def test_a_file_is_no_folder(warned: Path) -> None:
    assert _dossier(warned / "seeds/people.yml", "check").exit_code == 2


def test_as_a_program_in_a_pipe(broken: Path, root: Path) -> None:
    surroundings = os.environ | {"PYTHONPATH": str(root)}
    for words in (["--help"], ["-C", str(broken), "check"], ["-C", str(broken), "build"]):
        done = subprocess.run(
            [sys.executable, "-m", "generator", *words],
            capture_output=True,
            cwd=broken,
            encoding="utf-8",
            env=surroundings,
        )
        assert done.returncode == (0 if "--help" in words else 1)
        # Neither colours nor lines that overwrite each other.
        assert not re.search(r"[\x1b\r]", done.stdout + done.stderr)
        assert "Traceback" not in done.stderr
        assert all(command in done.stdout for command in COMMANDS if "--help" in words)


def test_every_command_explains_itself() -> None:
    assert {*COMMANDS} <= {*main.commands}
    for name in main.commands:
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0
        assert "Usage:" in result.output


def test_originals_are_looked_for_where_the_call_says(tmp_path: Path, toy: Path) -> None:
    shutil.copytree(toy, tmp_path / "toy")
    article = tmp_path / "toy/seeds/articles/lakeside-review-2019-03-11.md"
    text = article.read_text("utf-8").replace(
        "---\n", f"---\noriginal: {{file: o.txt, sha256: {'0' * 64}, body: 1-4}}\n", 1
    )
    article.write_text(text, encoding="utf-8")
    write_files(tmp_path, {"originals/o.txt": "x"})
    told = _dossier(tmp_path / "toy", "check").stdout
    result = CliRunner().invoke(
        main, ["-C", str(tmp_path / "toy"), "--originals", str(tmp_path / "originals"), "check"]
    )
    assert "original-changed" not in told
    assert (result.exit_code, "original-changed" in result.stdout) == (1, True)


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_of_an_export_gives_text(toy: Path, form: str) -> None:
    assert build.export(toy, form)[1]


def test_no_callback_runs_during_garbage_collection(tmp_path: Path, toy: Path) -> None:
    shutil.copytree(toy, tmp_path / "toy")
    assert _dossier(tmp_path / "toy", "check").exit_code == 0
    # What Python calls when it looks for circles may raise nothing.
    ours = [each for each in gc.callbacks if getattr(each, "__module__", "").startswith("generator")]
    assert ours == []
