"""MkDocs as the builder of a dossier's pages: all that the rooms which publish and serve a site need of it.

Another builder would have a module like this one, with a class of the same methods.
"""

from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Literal

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig

from generator.mkdocs.config import read_config
from generator.mkdocs.fit import fast_build_blocker
from generator.mkdocs.reporting import Report, reporting


class MkDocsBuilder:
    """Builds the pages of one site.

    Attributes:
        docs: The folder of the Markdown.
        site_url: The address that the configuration gives to the site; empty if it gives none.
        blocker: Why `FastBuild` cannot make the site, so that `run_alone` must; empty if it can.
    """

    def __init__(self, root: Path, title: str, site: Path, private_docs: Path | None = None) -> None:
        """Reads the configuration.

        Args:
            private_docs: A tree with full texts, to be built in place of the dossier's own.

        Raises:
            SiteError: if it cannot be used.
        """
        self._root = root
        self._read = partial(read_config, root, title, private_docs=private_docs)
        self._site = site
        self._config: MkDocsConfig | None = None
        self._config = config = self.configure()
        self.docs = Path(config.docs_dir)
        self.site_url = config.site_url or ""
        self.blocker = fast_build_blocker(config)

    def configure(self) -> MkDocsConfig:
        """The configuration, as it is before a build: each build changes its own."""
        config, self._config = self._config, None
        return config or self._read(self._site)

    def run_alone(self, site: Path, command: Literal["build", "serve"], *, dirty: bool = False) -> None:
        """Builds the site in a folder by MkDocs alone.

        Args:
            dirty: Whether to build only the pages whose Markdown is newer than they are.

        Raises:
            SiteError: if MkDocs refuses or warns.
        """
        config = self.configure() if site == self._site else self._read(site)
        config.plugins.on_startup(command=command, dirty=dirty)
        with self.reporting():
            mkdocs_build(config, dirty=dirty)

    def reporting(self) -> AbstractContextManager[Report]:
        """Raises what MkDocs refuses or warns of meanwhile."""
        return reporting(self._root, self.docs)
