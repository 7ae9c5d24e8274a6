"""One run of a program: seconds, seconds of processors, and the memory of all its processes at the peak."""

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
# Seconds between two looks at memory; longer where a look takes long, so that it takes a fiftieth of a processor.
_LOOK, _SHARE = 0.05, 50


@dataclass(frozen=True)
class Run:
    """What a run took.

    Attributes:
        seconds: By the clock.
        cpu: Seconds of processors, of the program and of all processes that it waited for.
        peak: Bytes of all its processes together: their proportional set size, looked at over and over, so that what
            they share counts once; or, where that is more, the resident set of the largest, which the system itself
            holds on to and no look can miss.
        fault: Why it is no result; empty where it is one.
    """

    seconds: float
    cpu: float
    peak: int
    fault: str = ""

    def __add__(self, then: "Run") -> "Run":
        """One after the other."""
        return Run(
            self.seconds + then.seconds,
            self.cpu + then.cpu,
            max(self.peak, then.peak),
            self.fault or then.fault,
        )


def measure(command: Sequence[str], folder: Path, limit: float, environment: Mapping[str, str]) -> Run:
    """Runs a program in a folder, for so many seconds at most.

    Args:
        environment: What is added to our own.
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
                # Its processes are known by their session, whoever started them.
                start_new_session=True,
            )
        except OSError as error:
            return Run(0, 0, 0, f"{command[0]}: {error.strerror or error}")
        watch = _Watch(process.pid, start + limit)
        watch.start()
        try:
            # Not `process.wait`, which does not say what was used.
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            # Whoever ends us does not reach another session.
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
    # Where programs are installed, Python keeps their compiled code.
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


def memory(session: int) -> int:
    """The bytes of all processes of a session, shared ones shared out; 0 where the system does not tell."""
    return sum(_proportional(process) for process in _PROC.glob("[0-9]*") if _session(process) == session)


class _Watch(threading.Thread):
    """Looks at the memory of a session, and ends it when its time is over."""

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
            pause = max(_LOOK, _SHARE * (time.thread_time() - before))

    def stop(self) -> None:
        self._done.set()
        self.join()


def _kill(session: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


def _session(process: Path) -> int:
    try:
        # The name, in brackets, may hold anything.
        return int((process / "stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()[3])
    except (OSError, IndexError):
        # It ended meanwhile.
        return 0


def _proportional(process: Path) -> int:
    try:
        told = (process / "smaps_rollup").read_text("utf-8")
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in told.splitlines() if line.startswith("Pss:"))


def _last_line(output: bytes) -> str:
    lines = [line.strip() for line in output.decode("utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
