"""The site, live: served from a temporary folder, and built again when a file that it is made from changes."""

import gc
import ipaddress
import re
import signal
import socket
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.mkdocs.livereload import ReloadServer
from generator.mkdocs.settings import SiteError, docs_folder
from generator.serve.live_site import LiveSite
from generator.serve.watch import Watcher
from generator.support.config_text import CONFIG

# Addresses that a browser may ask for: no control characters, no number that is longer than that of any build.
_SERVED = re.compile(r"(?!/livereload/\d{30})[^\x00-\x1f\x7f]*\Z")
_OTHER_NAME = b"""This server answers to localhost, to IP addresses and to the name given by --host only: a page of somebody
else could otherwise have its own name lead here, and read what is served.
"""
# Groups of source files: what every page is made with; and what changes only the pages and files that it makes.
_TEMPLATES, _CONTENT = "templates", "content"

# Updates the served site; given whether all pages are due, and whether what they say may have changed.
Rebuild = Callable[[LiveSite, bool, bool], None]


def serve(root: Path, host: str, port: int, rebuild: Rebuild, *, browser: bool = False) -> None:
    """Serves a dossier until interrupted.

    Args:
        rebuild: Updates the served site; it reports problems itself and raises none.
        browser: Whether to show the site in the browser.
    """
    with _Interruption() as interruption, _temporary_site() as live:
        # Before the first build: what changes meanwhile is built again.
        watcher = Watcher(_sources(root))
        with interruption.raised_again():
            rebuild(live, True, True)
        # What the first build made is mostly kept: later garbage collections need not traverse it.
        gc.collect()
        gc.freeze()

        def build() -> None:
            with watcher.lock, interruption.raised_again():
                if changed := watcher.changed_groups():
                    rebuild(live, _TEMPLATES in changed, _CONTENT in changed)

        server = _Server(build, host, port, str(live.folder))
        watcher.start(server.request_build)
        try:
            server.serve(open_in_browser=browser)  # type: ignore[no-untyped-call]
        finally:
            watcher.stop()
            # A thread that has not started cannot be waited for.
            server.shutdown(wait=server.serve_thread.is_alive())
            gc.unfreeze()


def _sources(root: Path) -> dict[str, tuple[Path, ...]]:
    """The files and folders that a site is made from, by group."""
    package = Path(__file__).parent.parent
    try:
        docs = docs_folder(root, root.name)
    except (SiteError, OSError):
        # The configuration cannot be read yet.
        docs = root / "docs"
    return {
        _TEMPLATES: (root / CONFIG, *sorted((package / "theme").rglob("*.html"))),
        _CONTENT: (root / "seeds", docs, package / "templates", package / "theme" / "assets"),
    }


@contextmanager
def _temporary_site() -> Iterator[LiveSite]:
    """An empty site in a folder that is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as folder:
        site = Path(folder, "site")
        site.mkdir()
        live = LiveSite(site)
        try:
            yield live
        finally:
            live.search.close()


class _Server(ReloadServer):
    """Answers only requests that name this machine, and that a browser may send."""

    def __init__(self, builder: Callable[[], None], host: str, port: int, root: str) -> None:
        super().__init__(builder, host, port, root)
        self._host = host
        # The site has no such page before the first build without errors.
        missing = Path(root, "404.html")
        self.error_handler = lambda code: missing.read_bytes() if code == 404 and missing.is_file() else None

    def serve_request(
        self, environ: dict[str, Any], start_response: Callable[..., object]
    ) -> Iterable[bytes]:
        if not is_own_name(environ.get("HTTP_HOST", ""), self._host):
            start_response("421 Misdirected Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [_OTHER_NAME]
        if not _SERVED.match(environ.get("PATH_INFO", "")):
            start_response("404 Not Found", [("Content-Type", "text/html")])
            return [self.error_handler(404) or b"404 Not Found"]
        return super().serve_request(environ, start_response)


class _Interruption:
    """Ctrl-C, or SIGTERM, which a supervisor sends and which alone reaches a shell's background jobs.

    It is raised wherever the program is just then, and may be mistaken for another exception there.
    """

    def __init__(self) -> None:
        self._is_raised = False

    def __enter__(self) -> "_Interruption":
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._raise)
        return self

    def __exit__(self, kind: type[BaseException] | None, *of: object) -> bool:
        return self._is_raised and kind is not None

    @contextmanager
    def raised_again(self) -> Iterator[None]:
        """Raises it at the end, whatever became of it within."""
        try:
            yield
        finally:
            if self._is_raised:
                raise KeyboardInterrupt

    def _raise(self, *of: object) -> None:
        self._is_raised = True
        raise KeyboardInterrupt


def is_own_name(asked: str, host: str) -> bool:
    """Whether a request's `Host` names this machine in a way that no other may claim.

    Another's name can be made to lead here (DNS rebinding); an address cannot.

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
    """The port, where no program listens at it yet; any such port for 0.

    Raises:
        OSError: if one does, or the host is not this one.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        return int(probe.getsockname()[1])
