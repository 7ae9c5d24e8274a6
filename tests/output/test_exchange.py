"""A folder is the old one or the new one, whichever step of its replacement fails or is the last before a kill."""

import os
from pathlib import Path

import pytest

from generator.output import exchange
from generator.output.exchange import replacing, restore, take_place
from tests.build import write_files
from tests.publish.faults import Faults, Mode, run
from tests.publish.same import files

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows forks no process")

OLD = {"index.html": "old", "deep/er/page.html": "old", "gone.html": "old"}
NEW = {"index.html": "new", "deep/er/page.html": "new", "more/page.html": "new"}
MODES: tuple[Mode, ...] = ("fails", "fails from there on", "is killed")


def _bytes(texts: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in texts.items()}


def _told(faults: Faults, folder: Path) -> str:
    """Replaces a folder, and gives what is told of it."""
    faults.is_on = True
    try:
        restore([folder])
        with replacing(folder) as fresh:
            faults.is_on = False
            write_files(fresh, NEW)
            faults.is_on = True
    except OSError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "in two steps"])
@pytest.mark.parametrize("mode", MODES)
def test_whatever_goes_wrong_the_old_or_the_new_folder_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: Mode, at_once: bool
) -> None:
    real = exchange._exchange_at_once
    monkeypatch.setattr(exchange, "_exchange_at_once", real if at_once else lambda one, other: False)
    if at_once and not real(write_files(tmp_path / "a", OLD), write_files(tmp_path / "b", NEW)):
        pytest.skip("the system cannot exchange two folders at once")
    folder = tmp_path / "site"
    write_files(folder, OLD)
    steps = run(lambda faults: _told(faults, folder)).steps
    assert len(steps) > 5
    assert files(folder) == _bytes(NEW)
    absent = 0
    for at in range(len(steps)):
        room = tmp_path / f"{at}"
        folder = write_files(room / "site", OLD)
        done = run(lambda faults: _told(faults, folder), at, mode)  # noqa: B023 - called at once
        if folder.exists():
            wanted = NEW if done.ended and not done.told else OLD
            assert files(folder) == _bytes(wanted) or (not done.ended and files(folder) == _bytes(NEW)), (
                steps[at]
            )
        else:
            # Between the two steps, where the first cannot be undone: it is said where the old one is.
            absent += 1
            assert not at_once
            assert not done.ended or ".site.dossier/old" in done.told
            assert files(room / ".site.dossier/old") == _bytes(OLD)
        before = files(folder) if folder.exists() else _bytes(OLD)
        restore([folder])
        assert files(folder) == before
        assert [path.name for path in room.iterdir()] == ["site"]
        with replacing(folder) as fresh:
            write_files(fresh, NEW)
        assert files(folder) == _bytes(NEW)
    assert absent == (0 if at_once or mode == "fails" else 1)


def test_where_nothing_was_a_new_folder_is_there_or_none(tmp_path: Path) -> None:
    steps = run(lambda faults: _told(faults, tmp_path / "first/site")).steps
    for mode in MODES:
        for at in range(len(steps)):
            folder = tmp_path / f"{mode} {at}/site"
            done = run(lambda faults: _told(faults, folder), at, mode)  # noqa: B023 - called at once
            assert not folder.exists() or files(folder) == _bytes(NEW)
            assert folder.exists() or done.told or not done.ended
            with replacing(folder) as fresh:
                write_files(fresh, NEW)
            assert [path.name for path in folder.parent.iterdir()] == ["site"]


def test_what_is_raised_meanwhile_leaves_the_folder_and_nothing_beside_it(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "site", OLD)

    def interrupted() -> None:
        with replacing(folder) as fresh:
            write_files(fresh, NEW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert files(folder) == _bytes(OLD)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_interruption_between_the_two_steps_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_exchange_at_once", lambda one, other: False)
    folder, fresh = write_files(tmp_path / "site", OLD), write_files(tmp_path / "fresh", NEW)
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self == fresh:
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        with pytest.raises(KeyboardInterrupt):
            take_place(fresh, folder)
    assert files(folder) == _bytes(OLD)
    take_place(fresh, folder)
    assert (files(folder), files(fresh)) == (_bytes(NEW), _bytes(OLD))
    assert {path.name for path in tmp_path.iterdir()} == {"site", "fresh"}
