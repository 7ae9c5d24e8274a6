"""A plain server of static files, such as a project's Pages are: strict about what pages may load and run."""

import functools
import http.server
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# The strictest policy that the site promises to work under; WebAssembly is the search's.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves as GitHub Pages does: a path that is not there is answered with the site's own 404 page."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object, **kwargs: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        # A site may lie at the root, or in a folder as that of a project does.
        roots = (Path(self.directory, self.path.split("/")[1]), Path(self.directory))
        missing = next((found for root in roots if (found := root / "404.html").is_file()), Path())
        if code != http.HTTPStatus.NOT_FOUND or not missing.is_file():
            super().send_error(code, message, explain)
            return
        body = missing.read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class _HTTPServer(http.server.ThreadingHTTPServer):
    daemon_threads = True
    # A browser opens many connections at once.
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A browser that leaves a page hangs up.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serves a folder meanwhile, and gives its address, with a slash at its end."""
    with _HTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
