"""Work shared among processes comes back in order, whole, with its errors."""

import multiprocessing
import os
import signal

import pytest

from generator.processes import available, spread

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
