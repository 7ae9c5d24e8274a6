"""A site in a temporary folder from which it is served, updated in place by one process after each change."""

from collections.abc import Mapping
from pathlib import Path

from generator.mkdocs.builder import MkDocsBuilder
from generator.mkdocs.known import KnownPages, PageLinks
from generator.output.site_tree import SiteTree
from generator.publish.site import ExtraFiles, write_extra_files
from generator.search import Find
from generator.serve.live_search import SearchUpdater
from generator.state.cache import code
from generator.state.stamps import StatCache


class LiveSite:
    """The site, with what its last build knew in memory.

    Attributes:
        folder: Where it is, in a folder of its own, in which other temporary files are made.
        search: Updates its search.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.search = SearchUpdater(folder)
        self._manifest: Mapping[str, str] = {}
        self._known = KnownPages()
        self._links: Mapping[str, PageLinks] = {}
        self._stamps = StatCache()

    def refresh(
        self, root: Path, title: str, extra_files: ExtraFiles, find: Find | None, *, changed_only: bool
    ) -> None:
        """Builds all pages, or those whose Markdown changed; the search follows later.

        Args:
            extra_files: Gives the files that are no pages.
            find: Gives the texts to be searched; None if they did not change.

        Raises:
            SiteError: if MkDocs refuses or warns; the pages without a fault are there all the same.
        """
        builder = MkDocsBuilder(root, title, self.folder)
        if builder.blocker:
            builder.run_mkdocs(self.folder, "serve", dirty=changed_only)
            write_extra_files(extra_files, builder.site_url, self.folder)
        else:
            if not changed_only:
                # Templates may differ from those of the last build of this process.
                code.cache_clear()
            with builder.reporting():
                self._update(builder, extra_files)
        self.search.update(find)

    def _update(self, builder: MkDocsBuilder, extra_files: ExtraFiles) -> None:
        self._stamps.forget()
        tree = SiteTree(self.folder, self._stamps, self._manifest)
        build = builder.start(tree, self._known, lambda: self._links, self._stamps)
        build.run(tree)
        build.add_written(write_extra_files(extra_files, builder.site_url, self.folder))
        tree.remove_all_but(build.paths)
        self._manifest, self._known = tree.manifest, build.known()
        self._links = build.changed_links() or self._links
