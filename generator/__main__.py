"""The command `dossier` as a program of its own: `python -m generator`."""

import atexit
import errno
import gc
import os
import sys


class _Ending:
    """Ends the process as soon as all that goes with a program's end is done.

    A build leaves a million values behind. Python would free them one by one, which takes seconds; the system takes
    all of a process at once. So what a command leaves is held until then.
    """

    def __init__(self) -> None:
        self._left: list[object] = []
        self.status: int | None = None

    def hold(self, value: object) -> None:
        """Holds what a command leaves."""
        self._left.append(value)

    def __call__(self) -> None:
        if self.status is None:
            return
        try:
            for stream in (sys.stdout, sys.stderr):
                if stream:
                    stream.flush()
        except (OSError, ValueError):
            # Nobody reads any more: Python says so in its own way.
            return
        os._exit(self.status)


def _lack(error: BaseException) -> str:
    """What the system has too little of, where that is all that is wrong; the site is then as it was."""
    if isinstance(error, MemoryError) or getattr(error, "errno", 0) == errno.ENOMEM:
        return "there is not enough memory (a limit, or a machine that is too small for this dossier)"
    if getattr(error, "errno", 0) in (errno.EMFILE, errno.ENFILE):
        return "too many files are open at once (raise the limit, for instance: ulimit -n 1024)"
    return ""


def run() -> None:
    """Runs the command, and ends with its status.

    Others, such as tests, call `generator.cli.main`, after which their process goes on.
    """
    # All that is imported lives as long as the program: to look for circles among that finds none.
    gc.disable()
    # Whatever plugins of it are installed: to look for them takes long, and ours are the only models.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Nothing here multiplies matrices: numpy's threads for that would wait for it, and take the time of a processor.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    ending = _Ending()
    # What registers first is called last, when threads have ended, processes are gone and temporary files removed.
    # So it comes before all imports.
    atexit.register(ending)
    try:
        from generator.cli import main

        gc.enable()
        main(obj=ending.hold)
    except (MemoryError, OSError) as error:
        if not (why := _lack(error)):
            raise
        print(f"dossier: {why}", file=sys.stderr)
        sys.exit(1)
    except SystemExit as ended:
        # A text as status is printed by Python.
        ending.status = ended.code if isinstance(ended.code, int) else None
        raise


if __name__ == "__main__":
    run()
