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
from generator.mkdocs.fast_build import FastBuild
from generator.mkdocs.fit import fast_build_blocker
from generator.mkdocs.known import KnownPages, ReadLinks
from generator.mkdocs.reporting import Report, reporting
from generator.output.site_tree import SiteTree
from generator.state.stamps import StatCache
from generator.support.processes import available
from generator.support.progress import Tell, silent


class MkDocsBuilder:
    """Builds the pages of one site.

    Attributes:
        site: The folder of the site.
        processes: How many work at once.
        docs: The folder of the Markdown.
        site_url: The address that the configuration gives to the site; empty if it gives none.
        blocker: Why `FastBuild` cannot make the site, so that `run_mkdocs` must; empty if it can.
    """

    def __init__(
        self,
        root: Path,
        title: str,
        site: Path,
        *,
        private_docs: Path | None = None,
        processes: int | None = None,
        tell: Tell = silent,
    ) -> None:
        """Reads the configuration.

        Args:
            private_docs: A tree with full texts, to be built in place of the dossier's own.
            processes: How many work at once; without it as many as can.

        Raises:
            SiteError: if it cannot be used.
        """
        self._root = root
        self._read = partial(read_config, root, title, private_docs=private_docs)
        self.site, self.processes, self._tell = site, processes or available(), tell
        self._config: MkDocsConfig | None = None
        self._config = config = self.configure()
        self.docs = Path(config.docs_dir)
        self.site_url = config.site_url or ""
        self.blocker = fast_build_blocker(config)

    def configure(self) -> MkDocsConfig:
        """The configuration, as it is before a build: each build changes its own."""
        config, self._config = self._config, None
        return config or self._read(self.site)

    def start(
        self, published: SiteTree | None, known: KnownPages, read_links: ReadLinks, stamps: StatCache
    ) -> FastBuild:
        """Begins a build by the fast build.

        Args:
            published: The site that readers see; its files are shared if they need no change.
            known: What the last build knew.
            read_links: Reads the links of the pages of the last build.
            stamps: The digests of files that this run knows.
        """
        return FastBuild(
            self.configure, published, known, read_links, stamps, processes=self.processes, tell=self._tell
        )

    def run_mkdocs(self, site: Path, command: Literal["build", "serve"], *, dirty: bool = False) -> None:
        """Builds the site in a folder by MkDocs alone.

        Args:
            dirty: Whether to build only the pages whose Markdown is newer than they are.

        Raises:
            SiteError: if MkDocs refuses or warns.
        """
        config = self.configure() if site == self.site else self._read(site)
        config.plugins.on_startup(command=command, dirty=dirty)
        with self.reporting():
            mkdocs_build(config, dirty=dirty)

    def reporting(self) -> AbstractContextManager[Report]:
        """Raises what MkDocs refuses or warns of meanwhile."""
        return reporting(self._root, self.docs)
