"""A site in a folder from which it is served, where one process updates it in place after each change."""

from pathlib import Path

from generator.publish.publish import Served
from generator.publish.site import ExtraFiles, refresh_site
from generator.search import Find
from generator.serve.live_search import SearchUpdater


class LiveSite:
    """The folder, with what the last build left in memory; it is in a folder of its own, for temporary files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pages = Served(folder)
        self.search = SearchUpdater(folder)

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
        refresh_site(root, title, self._pages, extra_files, changed_only=changed_only)
        self.search.update(find)
