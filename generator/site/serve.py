"""The site, live: served from a folder of its own, and built anew when something that it is made of changes."""

import os
import signal
import socket
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers.polling import PollingObserver

from generator.pages.page import is_generated
from generator.site.beforehand import CONFIG, SiteError, docs_folder

# Seconds between two looks at the files; and at the trigger, one file, which waits for the next look once more.
_POLLING, _RELAY = 0.1, 0.02
# Seconds without a change after which what is saved is taken to be saved.
_SAVED = 0.05
# Of a file, enough to see that the generator wrote it.
_HEAD = 100

# Builds into the served folder; given whether all pages are due, and whether what they say may have changed.
Rebuild = Callable[[Path, bool, bool], None]


def serve(root: Path, host: str, port: int, rebuild: Rebuild, *, browser: bool = False) -> None:
    """Serves a dossier until interrupted.

    Args:
        rebuild: Brings the served folder up to date; it tells of problems itself and raises none.
        browser: Whether to show the site in the browser.
    """
    package = Path(__file__).parent.parent
    # What every page is made with; what else changes, changes only the pages and files that it makes.
    looks = (root / CONFIG, *sorted((package / "theme").rglob("*.html")))
    texts = (root / "seeds", _docs(root), package / "templates", package / "theme" / "assets")
    with tempfile.TemporaryDirectory(prefix="dossier-") as room:
        site, trigger = Path(room, "site"), Path(room, "trigger")
        site.mkdir()
        trigger.mkdir()
        rebuild(site, True, True)
        seen = {"looks": _state(looks), "texts": _state(texts)}

        def builder() -> None:
            now = {"looks": _state(looks), "texts": _state(texts)}
            everything, anything_said = now["looks"] != seen["looks"], now["texts"] != seen["texts"]
            seen.update(now)
            rebuild(site, everything, anything_said)

        class Watch(FileSystemEventHandler):
            """Pulls the trigger at changes of what people write; the generator's own writing is none."""

            def on_any_event(self, event: FileSystemEvent) -> None:
                if _is_others(Path(os.fsdecode(event.src_path))) and seen != {
                    "looks": _state(looks),
                    "texts": _state(texts),
                }:
                    (trigger / "pulled").write_text(os.fsdecode(event.src_path))

        server = LiveReloadServer(
            builder, host=host, port=port, root=str(site), polling_interval=_RELAY, shutdown_delay=_POLLING
        )
        server.build_delay = _SAVED
        observer = PollingObserver(timeout=_POLLING)
        # The site has no such page before the first build that went well.
        missing = site / "404.html"
        server.error_handler = lambda code: (
            missing.read_bytes() if code == 404 and missing.is_file() else None
        )
        server.watch(str(trigger))
        watched = {(path if path.is_dir() else path.parent, path.is_dir()) for path in (*looks, *texts)}
        for folder, recursive in sorted(watched):
            if folder.is_dir():
                observer.schedule(Watch(), str(folder), recursive=recursive)
        # Ended by a supervisor as by Ctrl-C, which a shell's background jobs never hear.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        observer.start()
        try:
            server.serve(open_in_browser=browser)  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            pass
        finally:
            observer.stop()
            server.shutdown(wait=True)


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


def _state(paths: Iterable[Path]) -> frozenset[tuple[str, int, int]]:
    """What tells that files changed: their names, sizes and times, the generator's own left out."""
    found = set()
    for path in paths:
        for file in path.rglob("*") if path.is_dir() else [path]:
            try:
                stat = file.stat()
                if file.is_file() and not file.name.startswith(".") and not _is_ours(file):
                    found.add((str(file), stat.st_size, stat.st_mtime_ns))
            except OSError:  # gone meanwhile: the next look tells
                continue
    return frozenset(found)


def _is_others(file: Path) -> bool:
    """Whether what happened to a file may be somebody's work; all files are looked at then, which is not done for ours."""
    try:
        return not _is_ours(file)
    except OSError:
        return True


def _is_ours(file: Path) -> bool:
    if file.suffix != ".md":
        return False
    with file.open("rb") as opened:
        return is_generated(opened.read(_HEAD).decode("utf-8", errors="replace"))
