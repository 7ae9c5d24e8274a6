"""Builds that are killed, that follow offices over time, and that read what version control knows."""

import os
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from generator.state import cache
from generator.state.cache import FOLDER
from tests.full_builds import FullBuilds, write_markdown
from tests.incremental.cast import CHANGES

pytestmark = pytest.mark.slow

# What a run does to files; opening is told of reading, too.
_WRITING = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir"})
_FOR_WRITING = os.O_WRONLY | os.O_RDWR
# Changes whose builds are killed.
KILLED = ("a misspelt name", "a page of mentions", "an article renamed", "participants")


def test_who_spoke_for_whom_follows_offices_and_bodies(dossier: Path, full_builds: FullBuilds) -> None:
    council, hearing = "docs/organizations/valley-council.md", "(../events/hearing.md) |"
    assert full_builds.compare_markdown(dossier) == []
    # The office ended before the hearing, until its dates say otherwise.
    for name, is_listed in (("a participant with an office", False), ("an office's dates", True)):
        CHANGES[name](dossier)
        assert full_builds.compare_markdown(dossier) == []
        assert (hearing in (dossier / council).read_text("utf-8")) is is_listed
    CHANGES["a body of nothing"](dossier)
    assert full_builds.compare_markdown(dossier) == []


@pytest.mark.parametrize("name", KILLED)
def test_a_build_killed_at_a_file_operation_misleads_no_later_one(
    dossier: Path, full_builds: FullBuilds, name: str
) -> None:
    write_markdown(dossier)
    # Every seventh of the operations, and for each change others.
    for moment in count(1 + KILLED.index(name), 7):
        CHANGES[name](dossier)
        if not _killed(dossier, moment):
            break
        assert full_builds.compare_markdown(dossier) == [], f"killed at its {moment}th touch"
        assert {path.name for path in (dossier / FOLDER).iterdir()} == {".gitignore", "lock", "state.sqlite"}
    assert moment > 20


def _killed(root: Path, moment: int) -> bool:
    """Starts a run that is killed when it is about to touch a file for a number of times; says whether it came to that."""
    child = os.fork()
    if not child:
        # A lock is not inherited.
        cache._lock.cache_clear()
        left = moment

        def watch(event: str, of: tuple[object, ...]) -> None:
            nonlocal left
            if event in _WRITING or (event == "open" and isinstance(of[2], int) and of[2] & _FOR_WRITING):
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            write_markdown(root)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_what_version_control_knows_is_followed(dossier: Path, full_builds: FullBuilds) -> None:
    _git("init", "-q")
    for name in ("a name's last mention", "a statement more", "an article renamed", "an alias"):
        _git("add", "seeds")
        _git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", f"Before {name}")
        assert full_builds.compare_markdown(dossier) == []
        CHANGES[name](dossier)
        assert full_builds.compare_markdown(dossier) == []


def _git(*words: str) -> None:
    surroundings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *words], check=True, env=os.environ | surroundings)
