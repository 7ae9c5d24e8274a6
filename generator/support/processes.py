"""Work shared among processes: this one forked, so that each child has all that is in memory already."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")

_KILLED = "a process that shared the work was killed; the system does that when memory is short"
# Values between two looks for circles among them, where much is made.
_VALUES = 200_000
# What a child of a pool calls: its own copy of the list, filled as it starts, for no function can be pickled that
# holds on to values.
_works: list[Callable[[Any], Any]] = []


def available() -> int:
    """How many processes can work at once here; 1 where a process cannot be forked safely."""
    # On macOS a forked process may not use the system's own libraries; and what another thread holds locked at the
    # fork stays locked in the child for ever.
    has_fork = hasattr(os, "fork") and sys.platform != "darwin"
    if not has_fork or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


@contextmanager
def parallel_map(
    work: Callable[[Part], Result], parts: Sequence[Part], processes: int
) -> Iterator[Iterator[Result]]:
    """The results of work on each part, in the order of the parts, each made by the next process that is free.

    Parts and results go through pipes, pickled: they are best small, and many more than processes. Once this is left,
    however that happens, no other process works any more. An interruption waits for the next result; a second one
    does not.

    Args:
        processes: How many work at once; with 1, or a single part, this process does it all itself.

    Raises:
        ChildProcessError: if a process was killed.
        Exception: what the work raised.
    """
    if processes == 1 or len(parts) < 2:
        yield map(work, parts)
        return
    # A small build has nothing to share, and begins without these.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("fork")
    number = min(processes, len(parts))
    # What is collected never touches what is frozen, so that the children share its memory.
    gc.collect()
    gc.freeze()
    values, *looks = gc.get_threshold()
    gc.set_threshold(min(values, _VALUES), *looks)
    with _Interruptions() as interruptions:
        pool = ProcessPoolExecutor(number, context, initializer=_begin, initargs=(work,))
        try:
            yield interruptions.between(pool.map(_call, parts))
        except BrokenProcessPool:
            raise ChildProcessError(_KILLED) from None
        finally:
            pool.shutdown(cancel_futures=True)
            gc.unfreeze()


class _Interruptions:
    """Signals that wait for a moment fit for them.

    Python lets a program be interrupted anywhere: also where a pool of processes holds a lock or has just begun one,
    after which its end would be waited for for ever.
    """

    def __init__(self) -> None:
        self._handlers: dict[int, Callable[[int, FrameType | None], object]] = {}
        self._held: list[int] = []

    def __enter__(self) -> "_Interruptions":
        # No other thread is ever interrupted, or may change what is done then.
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                handler = signal.getsignal(number)
                if callable(handler):
                    self._handlers[number] = handler
                    signal.signal(number, self._hold)
        return self

    def __exit__(self, *of: object) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._let_in()

    def between(self, results: Iterator[Result]) -> Iterator[Result]:
        """The results, with what came meanwhile let in before each."""
        for result in results:
            self._let_in()
            yield result

    def _hold(self, number: int, frame: FrameType | None) -> None:
        if self._held:
            self._handlers[number](number, frame)
        self._held.append(number)

    def _let_in(self) -> None:
        if self._held:
            number = self._held.pop()
            self._held.clear()
            self._handlers[number](number, None)


def _begin(work: Callable[[Any], Any]) -> None:
    # A terminal interrupts all processes at once: what is done then is for the first to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _works.append(work)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process when the one that forked it is gone: what that held locked is free only then."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _call(part: Any) -> Any:
    return _works[-1](part)
