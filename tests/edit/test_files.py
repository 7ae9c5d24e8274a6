"""Files change together or not at all, also if the program is killed or the disk is full."""

from pathlib import Path

import pytest

from generator.edit import FileChange, commit, recover
from generator.state.cache import Cache
from generator.state.encoding import encode
from generator.support.problems import Refused
from tests.build import write_files
from tests.publish import faults
from tests.publish.faults import Faults, Mode

BEFORE: dict[str, bytes | None] = {"seeds/a.yml": b"a", "seeds/b.yml": b"b", "seeds/c.yml": None}
AFTER: dict[str, bytes | None] = {"seeds/a.yml": b"A", "seeds/b.yml": None, "seeds/c.yml": b"C"}
CHANGES = [FileChange(file, BEFORE[file], AFTER[file]) for file in BEFORE]


def _files(root: Path) -> dict[str, bytes | None]:
    return {file: (root / file).read_bytes() if (root / file).exists() else None for file in BEFORE}


def _root(folder: Path) -> Path:
    return write_files(folder, {file: data for file, data in BEFORE.items() if data is not None})


def _attempt(root: Path, at: int, mode: Mode) -> faults.Outcome:
    def work(of: Faults) -> str:
        of.is_on = True
        try:
            commit(root, CHANGES)
        except Refused as refused:
            return str(refused.problems[0])
        return "done"

    return faults.run(work, at, mode)


def test_all_files_change(tmp_path: Path) -> None:
    root = _root(tmp_path)
    commit(root, CHANGES)
    assert _files(root) == AFTER
    commit(root, [change.undone for change in CHANGES])
    assert _files(root) == BEFORE


@pytest.mark.parametrize("mode", ["is killed", "fails", "fails from there on"])
def test_a_fault_at_any_step_leaves_all_or_nothing(tmp_path: Path, mode: Mode) -> None:
    steps = len(_attempt(_root(tmp_path / "whole"), -1, mode).steps)
    assert steps > 5
    seen = set()
    for at in range(steps):
        root = _root(tmp_path / f"{at}")
        outcome = _attempt(root, at, mode)
        if "nothing was changed" in outcome.told:
            assert _files(root) == BEFORE
        recover(root)
        now = _files(root)
        assert now in (BEFORE, AFTER), (at, outcome)
        if outcome.told and outcome.told != "done":
            assert now == BEFORE
            assert "error: cannot write: No space left" in outcome.told
        seen.add(now == AFTER)
        # Another change works as if nothing had been.
        if now == BEFORE:
            commit(root, CHANGES)
        assert _files(root) == AFTER
    assert False in seen


def test_a_file_that_was_changed_after_a_kill_stays(tmp_path: Path) -> None:
    whole = _attempt(_root(tmp_path / "whole"), -1, "is killed")
    last = max(
        at for at, step in enumerate(whole.steps) if "_put" in step.place or "write_whole" in step.place
    )
    root = _root(tmp_path / "killed")
    _attempt(root, last, "is killed")
    (root / "seeds/a.yml").write_bytes(b"mine")
    assert recover(root)
    assert _files(root) == BEFORE | {"seeds/a.yml": b"mine"}
    assert not recover(root)


def test_a_journal_of_another_program_changes_nothing_outside_the_seeds(tmp_path: Path) -> None:
    root = _root(tmp_path / "dossier")
    outside = write_files(tmp_path, {"mine.txt": b"new"}) / "mine.txt"
    own = write_files(root, {"mkdocs.yml": b"new"}) / "mkdocs.yml"
    planted = [
        FileChange(file, b"old", b"new")
        for file in ("../mine.txt", "seeds/../../mine.txt", str(outside), "mkdocs.yml")
    ]
    (root / "seeds/linked").symlink_to(tmp_path)
    planted.append(FileChange("seeds/linked/mine.txt", b"old", b"new"))
    journal = Cache(root).open() / "edits.journal"
    journal.write_bytes(encode(tuple(planted)))
    recover(root)
    assert outside.read_bytes() == own.read_bytes() == b"new"
    assert not journal.exists()


def test_a_damaged_journal_is_removed(tmp_path: Path) -> None:
    root = _root(tmp_path)
    journal = Cache(root).open() / "edits.journal"
    for data in (b"", b"\x93", encode(("a", 1))):
        journal.write_bytes(data)
        assert not recover(root)
        assert not journal.exists()
    assert _files(root) == BEFORE
