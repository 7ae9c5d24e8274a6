"""Work shared among processes comes back in order, whole, with its errors."""

import gc
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.support.processes import available, parallel_map

FORKED = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="processes are not forked here"
)
SOME = pytest.mark.parametrize("processes", [1, 2, 3])


@SOME
def test_results_come_in_the_order_of_the_parts(processes: int) -> None:
    known = {number: number * number for number in range(100)}
    assert _all(known.__getitem__, range(100), processes) == list(known.values())


@SOME
def test_an_error_comes_out(processes: int) -> None:
    with pytest.raises(ZeroDivisionError):
        _all(lambda part: 1 // part, [1, 0, 1], processes)


def test_several_processes_work_and_the_first_does_with_one() -> None:
    assert set(_all(lambda part: os.getpid(), range(4), 1)) == {os.getpid()}
    if available() > 1:
        assert os.getpid() not in _all(lambda part: os.getpid(), range(4), 2)


@FORKED
def test_a_killed_process_is_an_error_and_no_waiting_for_ever() -> None:
    with pytest.raises(ChildProcessError):
        _all(lambda part: os.kill(os.getpid(), signal.SIGKILL), range(4), 2)


@FORKED
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interruption_is_delivered_between_results(number: int, tmp_path: Path) -> None:
    def work(part: int) -> int:
        if part == 0:
            # As a terminal does: to this one as to the first.
            signal.raise_signal(signal.SIGINT)
            os.kill(os.getppid(), number)
        time.sleep(0.05)
        (tmp_path / str(part)).touch()
        return part

    before = {
        each: signal.signal(each, signal.default_int_handler) for each in (signal.SIGINT, signal.SIGTERM)
    }
    seen: list[int] = []
    try:
        with pytest.raises(KeyboardInterrupt), parallel_map(work, range(100), 2) as results:
            seen.extend(results)
        done = {entry.name for entry in tmp_path.iterdir()}
        assert signal.getsignal(number) is signal.default_int_handler
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    # What was begun is ended, and the rest never begun.
    assert seen == []
    assert 0 < len(done) < 20
    time.sleep(0.2)
    assert {entry.name for entry in tmp_path.iterdir()} == done


@FORKED
def test_nobody_works_any_more_once_results_are_left(tmp_path: Path) -> None:
    def work(part: int) -> None:
        time.sleep(0.05)
        (tmp_path / str(part)).touch()

    with parallel_map(work, range(100), 2) as results:
        next(results)
    done = {entry.name for entry in tmp_path.iterdir()}
    time.sleep(0.2)
    assert {entry.name for entry in tmp_path.iterdir()} == done


def _all(work: Callable[[Any], Any], parts: Sequence[Any], processes: int) -> list[Any]:
    with parallel_map(work, parts, processes) as results:
        return list(results)


@FORKED
def test_who_shares_work_looks_for_circles_more_often() -> None:
    before = gc.get_threshold()
    try:
        for values, now in ((1_000_000, 200_000), (700, 700)):
            gc.set_threshold(values, 20, 100)
            _all(abs, range(4), 2)
            assert gc.get_threshold() == (now, 20, 100)
        gc.set_threshold(1_000_000, 20, 100)
        _all(abs, range(1), 2)
        assert gc.get_threshold() == (1_000_000, 20, 100)
    finally:
        gc.set_threshold(*before)
