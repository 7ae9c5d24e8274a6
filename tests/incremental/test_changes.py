"""After any change, and after it is taken back, a run tells and leaves what one from nothing does."""

import os
import shutil
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.state import cache
from generator.state.cache import FOLDER
from generator.support import processes
from generator.verify import verify
from tests.incremental.cast import CHANGES, HAND_WRITTEN, QUIET, write_cast
from tests.incremental_runs import FromNothing, run

pytestmark = pytest.mark.slow

# What a run does to files; opening is told of reading, too.
_WRITING = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir"})
_FOR_WRITING = os.O_WRONLY | os.O_RDWR


def test_each_change_and_its_end(dossier: Path, from_nothing: FromNothing) -> None:
    first = from_nothing.outcome(dossier)
    assert first.mentions
    assert "people/dora-quill/mentions-2.md" in first.files
    wrong: dict[str, list[str]] = {}
    unseen = []
    for name, change in CHANGES.items():
        change(dossier)
        unseen += [name] if from_nothing.outcome(dossier) == first else []
        there = from_nothing.unlike(dossier)
        change(dossier)
        assert from_nothing.outcome(dossier) == first, f"{name} is not taken back"
        again = from_nothing.unlike(dossier)
        wrong |= {name: there, f"{name}, taken back": again}
        if there or again:
            # That the next is tried by itself.
            shutil.rmtree(".cache")
            from_nothing.unlike(dossier)
    assert {name: found for name, found in wrong.items() if found} == {}
    assert unseen == [QUIET]


def test_who_spoke_for_whom_follows_offices_and_bodies(dossier: Path, from_nothing: FromNothing) -> None:
    council, hearing = "docs/organizations/valley-council.md", "(../events/hearing.md) |"
    assert from_nothing.unlike(dossier) == []
    # The office ended before the hearing, until its dates say otherwise.
    for name, is_listed in (("a participant with an office", False), ("an office's dates", True)):
        CHANGES[name](dossier)
        assert from_nothing.unlike(dossier) == []
        assert (hearing in (dossier / council).read_text("utf-8")) is is_listed
    CHANGES["a body of nothing"](dossier)
    assert from_nothing.unlike(dossier) == []


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(list(CHANGES)), min_size=1, max_size=3), min_size=2, max_size=4))
def test_changes_upon_changes(dossier: Path, from_nothing: FromNothing, turns: list[list[str]]) -> None:
    # Back from where the example before has ended, whose pages and whose cache stay.
    for name in ("seeds", "aside", "originals"):
        shutil.rmtree(dossier / name, ignore_errors=True)
    for page in HAND_WRITTEN:
        (dossier / page).unlink(missing_ok=True)
    write_cast(dossier)
    verify(dossier)
    assert from_nothing.unlike(dossier) == []
    for names in turns:
        for name in names:
            CHANGES[name](dossier)
        assert from_nothing.unlike(dossier) == [], names


def test_changes_in_several_processes(
    dossier: Path, from_nothing: FromNothing, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "a misspelt name",
        "an article renamed",
        "a person under another id",
        "a word written small",
    ):
        CHANGES[name](dossier)
        # By one process.
        from_nothing.outcome(dossier)
        with monkeypatch.context() as patch:
            patch.setattr(processes, "available", lambda: 3)
            assert from_nothing.unlike(dossier) == [], name


@pytest.mark.parametrize(
    "name", ["a misspelt name", "a page of mentions", "an article renamed", "participants"]
)
def test_a_run_killed_whenever_it_touches_a_file(dossier: Path, from_nothing: FromNothing, name: str) -> None:
    run(dossier)
    # Every third of the moments, and each time others.
    for moment in count(1 + len(name) % 3, 3):
        CHANGES[name](dossier)
        if not _killed(dossier, moment):
            break
        assert from_nothing.unlike(dossier) == [], f"killed at its {moment}th touch"
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
            run(root)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.parametrize("name", ["a misspelt name", "an article less", "a person under another id"])
def test_pages_touched_while_seeds_change(dossier: Path, from_nothing: FromNothing, name: str) -> None:
    gone, edited = Path("docs/people/tomas-kelverin.md"), Path("docs/articles/mill.md")
    for _ in range(2):
        CHANGES[name](dossier)
        gone.unlink()
        edited.write_text(edited.read_text("utf-8") + "By hand.\n", "utf-8")
        assert from_nothing.unlike(dossier) == []
        assert "By hand." in edited.read_text("utf-8")
        edited.unlink()
        assert from_nothing.unlike(dossier) == []
    shutil.rmtree("docs")
    assert from_nothing.unlike(dossier) == []


def test_what_version_control_tells(dossier: Path, from_nothing: FromNothing) -> None:
    _git("init", "-q")
    for name in ("a name's last mention", "a statement more", "an article renamed", "an alias"):
        _git("add", "seeds")
        _git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", f"Before {name}")
        assert from_nothing.unlike(dossier) == []
        CHANGES[name](dossier)
        assert from_nothing.unlike(dossier) == []


def _git(*words: str) -> None:
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *words], check=True, env=os.environ | alone)
