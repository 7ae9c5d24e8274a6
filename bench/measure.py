"""Measures one run of a program: seconds, CPU seconds, and the peak memory of all its processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

_PROC = Path("/proc")
# Seconds between two samples of memory; longer if sampling is slow, so that it takes a fiftieth of one CPU at most.
_INTERVAL, _SHARE = 0.05, 50


@dataclass(frozen=True)
class Run:
    """The cost of one run.

    Attributes:
        seconds: Wall-clock time.
        cpu: CPU seconds of the program and of all processes that it waited for.
        peak: Peak memory of all its processes together, in bytes: the sampled proportional set size, in which shared
            memory counts once; or the resident set of the largest process as the system records it, if that is more.
        fault: Why the run failed; empty if it did not.
    """

    seconds: float
    cpu: float
    peak: int
    fault: str = ""

    def __add__(self, then: "Run") -> "Run":
        """The cost of two runs, one after the other."""
        return Run(
            self.seconds + then.seconds,
            self.cpu + then.cpu,
            max(self.peak, then.peak),
            self.fault or then.fault,
        )


def measure(command: Sequence[str], folder: Path, limit: float, environment: Mapping[str, str]) -> Run:
    """Runs a program in a folder.

    Args:
        limit: The time in seconds after which it is killed.
        environment: Variables that are added to our own.
    """
    with TemporaryFile() as output:
        start = time.perf_counter()
        try:
            process = subprocess.Popen(  # noqa: S603 - our own words, and no shell
                list(command),
                cwd=folder,
                env={**_as_installed(os.environ), **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # All processes of the program are found by their session.
                start_new_session=True,
            )
        except OSError as error:
            return Run(0, 0, 0, f"{command[0]}: {error.strerror or error}")
        watch = _Watch(process.pid, start + limit)
        watch.start()
        try:
            # Unlike `process.wait`, this returns the resources that were used.
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            # A signal that ends us does not reach another session.
            _kill(process.pid)
            process.wait()
            raise
        finally:
            seconds = time.perf_counter() - start
            watch.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
        fault = ""
        if watch.is_over:
            fault = f"over {limit:g} s"
        elif process.returncode:
            output.seek(0)
            fault = f"failed ({process.returncode}): {_last_line(output.read())}"
        largest = used.ru_maxrss * (1 if sys.platform == "darwin" else 1 << 10)
        return Run(seconds, used.ru_utime + used.ru_stime, max(watch.peak, largest), fault)


def _as_installed(environment: Mapping[str, str]) -> dict[str, str]:
    # Installed programs have compiled bytecode.
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


def memory(session: int) -> int:
    """The memory of all processes of a session in bytes, shared memory counted once; 0 if the system has no figures."""
    return sum(_proportional(process) for process in _PROC.glob("[0-9]*") if _session(process) == session)


class _Watch(threading.Thread):
    """Samples the memory of a session, and kills it when its time is over."""

    def __init__(self, session: int, end: float) -> None:
        super().__init__(daemon=True)
        self.peak, self.is_over = 0, False
        self._session, self._end, self._done = session, end, threading.Event()

    def run(self) -> None:
        pause = 0.0
        while not self._done.wait(pause):
            if time.perf_counter() > self._end:
                self.is_over = True
                _kill(self._session)
                return
            before = time.thread_time()
            self.peak = max(self.peak, memory(self._session))
            pause = max(_INTERVAL, _SHARE * (time.thread_time() - before))

    def stop(self) -> None:
        self._done.set()
        self.join()


def _kill(session: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


def _session(process: Path) -> int:
    try:
        # The name, in brackets, can contain anything.
        return int((process / "stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()[3])
    except (OSError, IndexError):
        # The process has ended.
        return 0


def _proportional(process: Path) -> int:
    try:
        text = (process / "smaps_rollup").read_text("utf-8")
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in text.splitlines() if line.startswith("Pss:"))


def _last_line(output: bytes) -> str:
    lines = [line.strip() for line in output.decode("utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "no output"
