"""The site, live: served from a folder of its own, and built anew when something that it is made of changes."""

import gc
import ipaddress
import os
import re
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    EVENT_TYPE_CLOSED,
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_MOVED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from generator.mkdocs.settings import CONFIG, SiteError, docs_folder
from generator.pages.writing.page import is_generated
from generator.serve.live_search import end_search
from generator.support.files import open_file

# The system tells of changes at once; where it does not, as of folders of another machine, all files are looked at
# after so many seconds, or where it never does.
_POLLING, _POLLING_ALONE = 2.0, 0.1
# Seconds between two looks at the trigger, one file, which waits for the next look once more; and between two at
# whether to end.
_RELAY, _ENDING = 0.01, 0.1
# Seconds without a change after which what is saved is taken to be saved; and after a build, memory is tidied.
_SAVED, _QUIET = 0.03, 1.0
# What the system tells that is a change: not that a file was read.
_CHANGES = {
    EVENT_TYPE_CLOSED,
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_MOVED,
}
# Of a file, enough to see that the generator wrote it.
_HEAD = 100
# Addresses that a browser may ask for: no control characters, no number that is longer than that of any build.
_SERVED = re.compile(r"(?!/livereload/\d{30})[^\x00-\x1f\x7f]*\Z")
_OTHER_NAME = b"""This server answers to localhost, to IP addresses and to the name given by --host only: a page of somebody
else could otherwise have its own name lead here, and read what is served.
"""

# Builds into the served folder; given whether all pages are due, and whether what they say may have changed.
Rebuild = Callable[[Path, bool, bool], None]
# What tells that files changed: their names, sizes and times.
State = frozenset[tuple[str, int, int]]


def serve(root: Path, host: str, port: int, rebuild: Rebuild, *, browser: bool = False) -> None:
    """Serves a dossier until interrupted.

    Args:
        rebuild: Brings the served folder up to date; it tells of problems itself and raises none.
        browser: Whether to show the site in the browser.
    """
    with _Interruption() as interruption, _room() as (site, trigger):
        package = Path(__file__).parent.parent
        # What every page is made with; what else changes, changes only the pages and files that it makes.
        looks = (root / CONFIG, *sorted((package / "theme").rglob("*.html")))
        texts = (root / "seeds", _docs(root), package / "templates", package / "theme" / "assets")
        eyes = _Eyes()

        def state() -> dict[str, State]:
            return {"looks": eyes.state(looks), "texts": eyes.state(texts)}

        # Before the first build: what changes meanwhile is built again.
        seen = state()
        with interruption.coming_through():
            rebuild(site, True, True)
        tidying = _Tidying()

        def builder() -> None:
            now = state()
            everything, anything_said = now["looks"] != seen["looks"], now["texts"] != seen["texts"]
            seen.update(now)
            with tidying, interruption.coming_through():
                rebuild(site, everything, anything_said)

        class Watch(FileSystemEventHandler):
            """Pulls the trigger at changes of what people write; the generator's own writing is none."""

            def on_any_event(self, event: FileSystemEvent) -> None:
                # A folder is told to be modified with each file in it, of which is told as well.
                is_told_apart = event.is_directory and event.event_type == EVENT_TYPE_MODIFIED
                if event.event_type not in _CHANGES or is_told_apart:
                    return
                path = os.fsdecode(event.src_path)
                if _is_others(path):
                    look(path)

        def look(why: str) -> None:
            if seen != state():
                (trigger / "pulled").write_text(why)

        class Server(LiveReloadServer):
            """Looks once by itself when it listens: what changed before that nobody has told."""

            has_looked = False

            def service_actions(self) -> None:
                super().service_actions()
                if not self.has_looked:
                    self.has_looked = True
                    look("before it was watched")

            def serve_request(
                self, environ: dict[str, Any], start_response: Callable[..., object]
            ) -> Iterable[bytes]:
                """Serves what is asked for at a name of this machine, and that a browser may ask for."""
                if not is_own_name(environ.get("HTTP_HOST", ""), host):
                    start_response("421 Misdirected Request", [("Content-Type", "text/plain; charset=utf-8")])
                    return [_OTHER_NAME]
                if not _SERVED.match(environ.get("PATH_INFO", "")):
                    start_response("404 Not Found", [("Content-Type", "text/html")])
                    return [self.error_handler(404) or b"404 Not Found"]
                return super().serve_request(environ, start_response)

        server = Server(
            builder, host=host, port=port, root=str(site), polling_interval=_RELAY, shutdown_delay=_ENDING
        )
        server.build_delay = _SAVED
        # The site has no such page before the first build that went well.
        missing = site / "404.html"
        server.error_handler = lambda code: (
            missing.read_bytes() if code == 404 and missing.is_file() else None
        )
        server.watch(str(trigger))
        watched = {(path if path.is_dir() else path.parent, path.is_dir()) for path in (*looks, *texts)}
        folders = [(str(folder), recursive) for folder, recursive in sorted(watched) if folder.is_dir()]
        observers = _observers(Watch(), folders)
        try:
            server.serve(open_in_browser=browser)  # type: ignore[no-untyped-call]
        finally:
            for observer in observers:
                observer.stop()
            # Nothing is waited for that has not begun.
            server.shutdown(wait=server.serve_thread.is_alive())
            tidying.end()


class _Interruption:
    """Ctrl-C, and what a supervisor sends, for a shell's background jobs never hear the former: the end, at any moment.

    It comes as an exception wherever the program is just then, and may be taken for another there.
    """

    def __init__(self) -> None:
        self._came = False

    def __enter__(self) -> "_Interruption":
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._come)
        return self

    def __exit__(self, kind: type[BaseException] | None, *of: object) -> bool:
        return self._came and kind is not None

    @contextmanager
    def coming_through(self) -> Iterator[None]:
        """Has it come out, whatever became of it within."""
        try:
            yield
        finally:
            if self._came:
                raise KeyboardInterrupt

    def _come(self, *of: object) -> None:
        self._came = True
        raise KeyboardInterrupt


@contextmanager
def _room() -> Iterator[tuple[Path, Path]]:
    """The folders of the served site and of the trigger, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as room:
        site, trigger = Path(room, "site"), Path(room, "trigger")
        site.mkdir()
        trigger.mkdir()
        try:
            yield site, trigger
        finally:
            end_search(site)


def _observers(watch: FileSystemEventHandler, folders: Sequence[tuple[str, bool]]) -> list[BaseObserver]:
    """Tell of changes in folders, each given with whether what is below it counts too."""

    def started(observer: BaseObserver) -> BaseObserver:
        for folder, recursive in folders:
            observer.schedule(watch, folder, recursive=recursive)
        observer.start()
        return observer

    try:
        at_once = [started(Observer())]
    except OSError:
        # The system watches no more than so many folders.
        return [started(PollingObserver(timeout=_POLLING_ALONE))]
    return [*at_once, started(PollingObserver(timeout=_POLLING))]


def is_own_name(asked: str, host: str) -> bool:
    """Whether a request's `Host` names this machine in a way that no other may claim.

    A name of somebody else's can be made to lead here (DNS rebinding); an address cannot.

    Args:
        host: The name or address that the server listens at.
    """
    try:
        name = (urlsplit(f"//{asked}").hostname or "").rstrip(".")
    except ValueError:
        return False
    if name in ("localhost", host.lower().rstrip(".")):
        return bool(name)
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def free_port(host: str, port: int) -> int:
    """The port, where nobody listens at it yet; any such port for 0.

    Raises:
        OSError: if somebody does, or the host is not this one.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        return int(probe.getsockname()[1])


def _docs(root: Path) -> Path:
    """The folder of the Markdown tree; the usual one where the configuration cannot be read yet."""
    try:
        return docs_folder(root, root.name)
    except (SiteError, OSError):
        return root / "docs"


class _Tidying:
    """Has values that refer to each other in circles freed a while after a build, not while somebody waits for a page.

    A look at all of them takes as long as a third of a small build.
    """

    def __init__(self) -> None:
        # What the first build made is mostly kept, and not gone through again.
        gc.collect()
        gc.freeze()
        gc.disable()
        self._later: threading.Timer | None = None

    def __enter__(self) -> None:
        if self._later:
            self._later.cancel()

    def __exit__(self, *of: object) -> None:
        self._later = threading.Timer(_QUIET, gc.collect)
        self._later.daemon = True
        self._later.start()

    def end(self) -> None:
        """Leaves it to Python again."""
        if self._later:
            self._later.cancel()
        gc.unfreeze()
        gc.enable()


class _Eyes:
    """Sees what people write: which files the generator has written itself it looks up once."""

    def __init__(self) -> None:
        self._ours: dict[str, tuple[tuple[int, int], bool]] = {}

    def state(self, paths: Iterable[Path]) -> State:
        """What tells that files changed, the generator's own left out."""
        return frozenset(
            (file, size, time)
            for path in paths
            for file, size, time in _files(str(path))
            if not self._is_ours(file, (size, time))
        )

    def _is_ours(self, file: str, look: tuple[int, int]) -> bool:
        known = self._ours.get(file)
        if known is None or known[0] != look:
            try:
                known = look, _is_ours(file)
            except OSError:  # gone meanwhile: the next look tells
                return True
            self._ours[file] = known
        return known[1]


def _files(path: str) -> Iterator[tuple[str, int, int]]:
    """A file, or all below a folder but hidden ones, each with its size and time."""
    try:
        if not os.path.isdir(path):
            stat = os.stat(path)
            yield path, stat.st_size, stat.st_mtime_ns
            return
        entries = list(os.scandir(path))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        elif not entry.name.startswith("."):
            try:
                stat = entry.stat()
            except OSError:
                continue
            yield entry.path, stat.st_size, stat.st_mtime_ns


def _is_others(file: str) -> bool:
    """Whether what happened to a file may be somebody's work; all files are looked at then, which is not done for ours."""
    try:
        return not _is_ours(file)
    except OSError:
        return True


def _is_ours(file: str) -> bool:
    if not file.endswith(".md"):
        return False
    with open_file(Path(file)) as opened:
        return is_generated(opened.read(_HEAD).decode("utf-8", errors="replace"))
