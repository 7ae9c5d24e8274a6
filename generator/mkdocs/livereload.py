"""MkDocs' web server, which has browsers reload their page after each build."""

from collections.abc import Callable

from mkdocs.livereload import LiveReloadServer

# Seconds between two checks of whether to end, and in which further requests for a build are taken for the same one.
_ENDING, _SETTLING = 0.1, 0.03


class ReloadServer(LiveReloadServer):
    """Serves a folder, builds in the main thread when asked to, and then has browsers reload.

    MkDocs' own server watches files by polling. This one leaves that to the caller of `request_build`.
    """

    def __init__(self, builder: Callable[[], None], host: str, port: int, root: str) -> None:
        super().__init__(builder, host=host, port=port, root=root, shutdown_delay=_ENDING)
        self.build_delay = _SETTLING
        # Pages get the script that reloads them only where MkDocs has something to watch.
        self._watched_paths = {self.root: 1}

    def request_build(self) -> None:
        """Asks for a build; can be called by any thread."""
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()
