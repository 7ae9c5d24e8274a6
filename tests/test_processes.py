"""Work shared among processes comes back in order, whole, with its errors."""

import multiprocessing
import os
import signal
from collections.abc import Callable

import pytest

from generator import processes
from generator.processes import Aside, available, spread

SOME = pytest.mark.parametrize("processes", [1, 2, 3])


@SOME
def test_results_come_in_the_order_of_the_parts(processes: int) -> None:
    known = {number: number * number for number in range(100)}
    assert list(spread(known.__getitem__, range(100), processes)) == list(known.values())


@SOME
def test_an_error_comes_out(processes: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(spread(lambda part: 1 // part, [1, 0, 1], processes))


def test_several_processes_work_and_the_first_does_with_one() -> None:
    assert set(spread(lambda part: os.getpid(), range(4), 1)) == {os.getpid()}
    if available() > 1:
        assert os.getpid() not in set(spread(lambda part: os.getpid(), range(4), 2))


def test_a_killed_process_is_an_error_and_no_waiting_for_ever() -> None:
    if "fork" not in multiprocessing.get_all_start_methods():
        pytest.skip("processes are not forked here")
    with pytest.raises(ChildProcessError):
        list(spread(lambda part: os.kill(os.getpid(), signal.SIGKILL), range(4), 2))


def _fails() -> int:
    raise ZeroDivisionError


@pytest.mark.parametrize("number", [1, 2])
def test_what_is_done_aside_comes_back(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "available", lambda: number)
    known = {"a": [1, 2]}
    assert Aside(lambda: known).result() == known
    with pytest.raises(ZeroDivisionError):
        Aside(_fails).result()
    with Aside(lambda: 1):
        # Nobody asks for it.
        pass


@pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="processes are not forked here"
)
@pytest.mark.parametrize(
    "ends",
    [
        lambda: os.kill(os.getpid(), signal.SIGKILL),
        lambda: os._exit(0),
        lambda: (_ for _ in ()).throw(KeyboardInterrupt),
    ],
)
def test_what_another_process_does_not_end_is_done_here(
    ends: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever threads other tests have left.
    monkeypatch.setattr(processes, "available", lambda: 2)
    here = os.getpid()
    assert Aside(lambda: here if os.getpid() == here else ends()).result() == here
    assert Aside(os.getpid).result() != here
