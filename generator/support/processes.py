"""Parallel work in forked processes, which share the memory of their parent."""

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
# The threshold of the cyclic garbage collector during parallel work, which allocates much.
_GC_THRESHOLD = 200_000
# The function that a child of the pool calls. Each child fills its own copy of the list when it starts, because a
# function that refers to values cannot be pickled.
_works: list[Callable[[Any], Any]] = []


def available() -> int:
    """The number of processes that can work in parallel; 1 if forking is not safe."""
    # On macOS a forked process cannot use the libraries of the system. And a lock that another thread holds when the
    # process is forked is never released in the child.
    has_fork = hasattr(os, "fork") and sys.platform != "darwin"
    if not has_fork or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


@contextmanager
def parallel_map(
    work: Callable[[Part], Result], parts: Sequence[Part], processes: int, batch: int = 1
) -> Iterator[Iterator[Result]]:
    """A context with the results of work on each part, in the order of the parts; each free process takes the next one.

    Parts and results are pickled and sent through pipes, so it is best if they are small and many more than the
    processes. When the context ends, however it ends, all other processes have ended. An interruption waits for the
    next result; a second one does not wait.

    Args:
        processes: The number of parallel processes. With 1, or with a single batch, this process does all the work.
        batch: How many parts a process takes at a time.

    Raises:
        ChildProcessError: if a process was killed.
        Exception: as the work raised it.
    """
    if processes == 1 or len(parts) <= batch:
        yield map(work, parts)
        return
    # Imported late: a small build does not need them.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("fork")
    number = min(processes, -(-len(parts) // batch))
    # The collector never writes to frozen objects, so the children go on sharing their memory.
    gc.freeze()
    threshold, *others = gc.get_threshold()
    gc.set_threshold(min(threshold, _GC_THRESHOLD), *others)
    with _Interruptions() as interruptions:
        pool = ProcessPoolExecutor(number, context, initializer=_begin, initargs=(work,))
        try:
            yield interruptions.between(pool.map(_call, parts, chunksize=batch))
        except BrokenProcessPool:
            raise ChildProcessError(_KILLED) from None
        finally:
            pool.shutdown(cancel_futures=True)
            gc.unfreeze()


class _Interruptions:
    """Defers SIGINT and SIGTERM until the next result.

    Python can be interrupted anywhere, even while a pool of processes holds a lock or starts a process. Shutting down
    such a pool could wait forever.
    """

    def __init__(self) -> None:
        self._handlers: dict[int, Callable[[int, FrameType | None], object]] = {}
        self._deferred: list[int] = []

    def __enter__(self) -> "_Interruptions":
        # Only the main thread receives signals and can set handlers.
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                handler = signal.getsignal(number)
                if callable(handler):
                    self._handlers[number] = handler
                    signal.signal(number, self._defer)
        return self

    def __exit__(self, *of: object) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._deliver()

    def between(self, results: Iterator[Result]) -> Iterator[Result]:
        """The results; a deferred signal is delivered before the next one."""
        for result in results:
            self._deliver()
            yield result

    def _defer(self, number: int, frame: FrameType | None) -> None:
        if self._deferred:
            self._handlers[number](number, frame)
        self._deferred.append(number)

    def _deliver(self) -> None:
        if self._deferred:
            number = self._deferred.pop()
            self._deferred.clear()
            self._handlers[number](number, None)


def _begin(work: Callable[[Any], Any]) -> None:
    # A terminal interrupts all processes at once; only the parent handles it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _works.append(work)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process when its parent is gone: locks that the parent held are released only then."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _call(part: Any) -> Any:
    return _works[-1](part)
