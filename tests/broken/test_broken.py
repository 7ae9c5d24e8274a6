"""Broken seeds, one YAML file for each case, and the problems that curators see.

A case has a `title`, `files` (path to text) or `bytes` (path to base64) that are added to the valid dossier in
`base.yml`, and `problems`, which are the lines that `dossier check` prints. In a new case, write `problems: ''`,
and let `UPDATE_GOLDEN=1 pytest tests/broken/test_broken.py` fill it in; use the same after an intended change.
Read the diff as a curator would.
"""

import base64
import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.build import problem_lines, write_files

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.yml"))


def _read(path: Path) -> dict[str, Any]:
    case: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = case.keys() - {"title", "files", "bytes", "problems"}
    assert not unknown, f"{path.name}: {unknown}"
    assert "problems" in case or path.name == "base.yml", f"{path.name} has no problems: write problems: ''"
    return case


def _with_problems(text: str, lines: list[str]) -> str:
    head = text[: text.rindex("\nproblems:") + 1]
    return head + ("problems: |\n" + "".join(f"  {line}\n" for line in lines) if lines else "problems: ''\n")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_gives_its_problems(path: Path, tmp_path: Path) -> None:
    case = _read(path)
    write_files(tmp_path, _read(HERE / "base.yml")["files"])
    write_files(tmp_path, case.get("files", {}))
    write_files(tmp_path, {name: base64.b64decode(data) for name, data in case.get("bytes", {}).items()})
    found = problem_lines(tmp_path)
    if os.environ.get("UPDATE_GOLDEN"):
        text = path.read_text(encoding="utf-8")
        path.write_text(_with_problems(text, found), encoding="utf-8", newline="\n")
    else:
        assert found == case["problems"].splitlines()
        files = {line.partition(":")[0] for line in found}
        assert all((tmp_path / file).exists() for file in files)
