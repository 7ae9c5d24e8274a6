"""Faults at each step that a program takes on the disk: it fails there, or the program is killed there."""

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

# What Python tells of itself before it does it.
_EVENTS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link"})
_CODE = str(Path(__file__).parents[2] / "generator")

# One step fails, it and all after it, as on a full disk, or the program ends there.
Mode = Literal["fails", "fails from there on", "is killed"]


class Step(NamedTuple):
    """A step: what is done, and where in the code."""

    event: str
    place: str


class Outcome(NamedTuple):
    """What became of a run: its steps, what it told, and whether it ended by itself."""

    steps: tuple[Step, ...]
    told: str
    ended: bool


class Faults:
    """Counts the steps while it is on, and has one of them go wrong."""

    def __init__(self, at: int, mode: Mode) -> None:
        self._at, self._mode = at, mode
        self.steps: list[Step] = []
        self.is_on = False

    def step(self, event: str, *of: object) -> None:
        """Called before each."""
        if not self.is_on or event not in _EVENTS:
            return
        # What is raised here is raised where the step is taken.
        self.steps.append(Step(event, _place()))
        now = len(self.steps) - 1
        if now == self._at and self._mode == "is killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if now == self._at or (now > self._at >= 0 and self._mode == "fails from there on"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _place() -> str:
    frame = sys._getframe(2)
    while frame.f_back and not frame.f_code.co_filename.startswith(_CODE):
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_name}"


def run(work: Callable[[Faults], str], at: int = -1, mode: Mode = "fails") -> Outcome:
    """Works in a process of its own, in which a step goes wrong; none does where `at` is negative.

    Args:
        work: Turns the faults on where they are due, and gives what is told.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            faults = Faults(at, mode)
            sys.addaudithook(faults.step)
            told = work(faults)
            faults.is_on = False
            lines = [told.replace("\n", " "), *(f"{step.event} {step.place}" for step in faults.steps)]
            with os.fdopen(write, "w") as file:
                file.write("\n".join(lines))
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as file:
        told, *steps = file.read().split("\n")
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL), code
    return Outcome(tuple(Step(*step.split(" ", 1)) for step in steps), told, code == 0)
