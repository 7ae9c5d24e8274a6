"""The command `dossier` as a program of its own: `python -m generator`."""

import atexit
import errno
import gc
import os
import sys


class FastExit:
    """Ends the process with `os._exit` as soon as all other exit handlers are done.

    A build leaves a million values behind. Python would free them one by one, which takes seconds; the system frees the
    memory of a process at once. So the result of a command is kept alive until then.
    """

    def __init__(self) -> None:
        self._kept: list[object] = []
        self.status: int | None = None

    def keep_alive(self, value: object) -> None:
        """Keeps the result of a command alive until the process ends."""
        self._kept.append(value)

    def __call__(self) -> None:
        if self.status is None:
            return
        try:
            for stream in (sys.stdout, sys.stderr):
                if stream:
                    stream.flush()
        except (OSError, ValueError):
            # The pipe is closed; Python reports it in its own way.
            return
        os._exit(self.status)


def _lack(error: BaseException) -> str:
    """Which resource of the system is exhausted, if that caused an error; the site is unchanged then."""
    if isinstance(error, MemoryError) or getattr(error, "errno", 0) == errno.ENOMEM:
        return "there is not enough memory (a limit, or a machine that is too small for this dossier)"
    if getattr(error, "errno", 0) in (errno.EMFILE, errno.ENFILE):
        return "too many files are open at once (raise the limit, for instance: ulimit -n 1024)"
    return ""


def run() -> None:
    """Runs the command, and exits with its status.

    Callers that go on afterwards, such as tests, call `generator.cli.main`.
    """
    # Imported modules live as long as the program: there is no garbage to collect among them.
    gc.disable()
    # Searching for plugins of pydantic takes long, and none are needed for our models.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Nothing here multiplies matrices, and idle threads of OpenBLAS take processor time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    fast_exit = FastExit()
    # Handlers run in the reverse order, so this one runs last: after threads have ended, processes are gone and
    # temporary files removed. So it is registered before all imports.
    atexit.register(fast_exit)
    try:
        from generator.cli import main

        gc.enable()
        main(obj=fast_exit.keep_alive)
    except (MemoryError, OSError) as error:
        if not (why := _lack(error)):
            raise
        print(f"dossier: {why}", file=sys.stderr)
        sys.exit(1)
    except SystemExit as exit_:
        # Python prints a status that is a text.
        fast_exit.status = exit_.code if isinstance(exit_.code, int) else None
        raise


if __name__ == "__main__":
    run()
