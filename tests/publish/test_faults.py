"""Each step by which a build publishes a site, failing or being the last: the site is the old one or the new one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import build
from generator.output import exchange
from generator.publish.publish import publish as real_publish
from generator.state import cache
from generator.support import processes
from generator.support.problems import Refused
from tests.build import write_files
from tests.publish.faults import Faults, Mode, Step, run
from tests.publish.same import files

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows forks no process"),
]

# Of two states of a dossier each has a page that the other lacks.
STATES = tuple(
    {
        "seeds/dossier.yml": "title: Some Dossier\n",
        "seeds/articles/news.md": "---\ntitle: News\n---\n\nAna Lima was there, and so was Bo Renn.\n",
        "seeds/people.yml": people,
    }
    for people in ("ana: {name: Ana Lima}\n", "bo: {name: Bo Renn}\n")
)
BROKEN = "ana: {nam: Ana Lima}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(processes, "available", lambda: 1)
    return tmp_path / "dossier"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], ...]:
    """The site of each state, from nothing."""
    found = []
    for state in STATES:
        root = write_files(tmp_path_factory.mktemp("state") / "dossier", state)
        build.build(root, root / "site")
        found.append(files(root / "site"))
    return tuple(found)


def _build(root: Path, faults: Faults | None = None) -> str:
    """What is told of a build, whose steps count from when it publishes on."""
    # A lock is that of the process that made it.
    cache._lock.cache_clear()

    def publish(*given: object, **named: object) -> object:
        if faults:
            faults.is_on = True
        return real_publish(*given, **named)  # type: ignore[arg-type]

    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.publish.site.publish", publish)
        try:
            build.build(root, root / "site", tell=lines.append)
        except Refused as refused:
            return "\n".join(str(problem) for problem in refused.problems if problem.is_error)
        finally:
            if faults:
                faults.is_on = False
    # What could not be kept is told, and no error.
    assert faults or not [line for line in lines if "could not be kept" in line]
    return ""


def _first_of_each_sort(steps: tuple[Step, ...], *, at_once: bool) -> list[int]:
    """The first of each sort of step: the others do the same to other files, and `test_exchange` takes every one.

    What is not the exchange is the same where that takes two steps.
    """
    if at_once:
        return [steps.index(step) for step in dict.fromkeys(steps)]
    return [at for at, step in enumerate(steps) if step.place == "exchange.py:take_place"]


@pytest.mark.parametrize(
    ("mode", "at_once"),
    [("fails", True), ("is killed", True), ("fails from there on", False), ("is killed", False)],
)
def test_at_each_step_of_a_publication_the_site_is_the_old_or_the_new_one(
    root: Path,
    sites: tuple[dict[str, bytes], ...],
    monkeypatch: pytest.MonkeyPatch,
    mode: Mode,
    at_once: bool,
) -> None:
    if not at_once:
        monkeypatch.setattr(exchange, "_exchange_at_once", lambda one, other: False)
    write_files(root, STATES[0])
    assert _build(root) == ""
    write_files(root, STATES[1])
    steps = run(lambda faults: _build(root, faults)).steps
    assert files(root / "site") == sites[1]
    assert {step.event for step in steps} == {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link"}
    chosen = _first_of_each_sort(steps, at_once=at_once)
    assert len(chosen) >= (8 if at_once else 3)
    state = 1
    for at in chosen:
        old, state = sites[state], 1 - state
        write_files(root, STATES[state])
        done = run(lambda faults: _build(root, faults), at, mode)
        if not (root / "site").exists():
            # The one way in which a site is not in its place: it is said where it is, if anything can be said.
            assert not at_once
            assert not done.ended or ".site.dossier/old" in done.told
            # Whatever the next build comes to, it is put back.
            write_files(root, {"seeds/people.yml": BROKEN})
            assert "unknown field" in _build(root)
            write_files(root, STATES[state])
            assert files(root / "site") == old
        site = files(root / "site")
        if done.ended:
            assert site == (old if done.told else sites[state]), (steps[at], done.told)
            assert not done.told or "[unwritable]" in done.told
        else:
            assert site in (old, sites[state]), steps[at]
        assert _build(root) == "", steps[at]
        assert files(root / "site") == sites[state], steps[at]
        assert not list(root.glob(".site*")), steps[at]


# On a disk that has so little room: all that is written goes there.
_FULL = """
import os, sys
from pathlib import Path
from generator import build
from generator.support.problems import Refused
from tests.build import write_files
from tests.publish.same import files
from tests.publish.test_faults import STATES

os.environ["XDG_STATE_HOME"] = sys.argv[2]
root, hows = Path(sys.argv[1], "dossier"), set()
whole = []
for state in STATES:
    write_files(root, state)
    build.build(root, root / "site")
    whole.append(files(root / "site"))
state = 1
for room in range(0, 600, 120):
    old, state = whole[state], 1 - state
    write_files(root, STATES[state])
    filler = root.parent / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
        # What is left on the disk, in thousands of bytes.
        file.truncate(max(0, file.tell() - room * 1024))
    try:
        build.build(root, root / "site")
        how = "built"
        assert files(root / "site") == whole[state], room
    except Refused as refused:
        how = "refused"
        assert "cannot be written: No space left on device" in str(refused.problems[-1]), refused.problems
        assert files(root / "site") == old, room
    hows.add(how)
    filler.unlink()
    build.build(root, root / "site")
    assert files(root / "site") == whole[state], room
print(*sorted(hows))
"""
_MOUNTED = 'mount -t tmpfs -o size=24m none "$1" && exec "$0" -c "$3" "$1" "$2"'


def test_on_a_full_disk_the_old_site_stays_and_the_next_build_is_right(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    disk, state = tmp_path / "disk", tmp_path / "state"
    disk.mkdir()
    project = Path(__file__).parents[2]
    words = ["unshare", "-m", "sh", "-c", _MOUNTED, sys.executable, str(disk), str(state), _FULL]
    probe = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs none "$0"', str(disk)]
    has_disk = (
        shutil.which("unshare") and not subprocess.run(probe, capture_output=True, check=False).returncode
    )
    with capsys.disabled():
        print(
            f" full disk: {'a tmpfs' if has_disk else 'no tmpfs can be had; test_publish limits the size of files'}",
            end="",
        )
    if has_disk:
        done = subprocess.run(
            words,
            capture_output=True,
            text=True,
            check=False,
            cwd=project,
            env=os.environ | {"PYTHONPATH": str(project)},
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.split() == ["built", "refused"]
