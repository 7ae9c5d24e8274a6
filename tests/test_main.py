"""The command as a program: its process ends with the right status, with all said and nothing left behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.build import write_files

# Runs the command with a thread beside it, which goes on for a while and leaves something to be done at the end.
_PROGRAM = """
import sys, tempfile, threading, time
from generator.__main__ import run

def beside():
    global room
    time.sleep(0.5)
    import atexit
    room = tempfile.TemporaryDirectory()
    atexit.register(print, room.name)

threading.Thread(target=beside).start()
sys.argv[0] = "dossier"
run()
"""
PEOPLE = "one:\n  name: Somebody\n"


@pytest.mark.parametrize(("people", "status"), [(PEOPLE, 0), (PEOPLE + "  odd: 1\n", 1)])
def test_it_ends_with_its_status_and_all_is_done(tmp_path: Path, people: str, status: int) -> None:
    root = write_files(tmp_path, {"seeds/people.yml": people})
    command = [sys.executable, "-c", _PROGRAM, "-C", str(root), "check"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == status
    room = Path(done.stdout.splitlines()[-1])
    assert room.is_absolute()
    assert not room.exists()
    assert "record" in done.stderr


def test_a_wrong_call_is_two() -> None:
    done = subprocess.run([sys.executable, "-m", "generator", "nothing"], capture_output=True, check=False)
    assert done.returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="a pipe that nobody reads is told otherwise elsewhere")
def test_what_nobody_reads_is_no_success(tmp_path: Path) -> None:
    root = write_files(tmp_path, {"seeds/people.yml": PEOPLE})
    read, written = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "generator", "-C", str(root), "check", "--format", "json"]
    done = subprocess.run(command, stdout=written, stderr=subprocess.PIPE)
    os.close(written)
    assert done.returncode != 0
