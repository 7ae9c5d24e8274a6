"""Publishes a site in one step, and keeps what makes the next build fast.

The *staging directory*, below the cache, contains the site of the last build. A build updates it, and then exchanges it
with the folder that readers see. The former site, now in the staging directory, is then brought up to date as well, so
that the next build has to write only what changes.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.mkdocs.builder import MkDocsBuilder
from generator.mkdocs.fast_build import FastBuild
from generator.mkdocs.known import KnownPages, PageLinks
from generator.output.exchange import replacing, take_place
from generator.output.site_tree import SiteTree
from generator.state.cache import Cache
from generator.state.database import Damaged
from generator.state.stamps import NO_FILES, Folder, Listing, StatCache
from generator.state.uptodate import name_of_site
from generator.support.files import own_folder

# Below the folder of the cache.
_STAGING = "staging"
# After the name of a site, in the cache: the links of its pages.
_LINKS = "-links"


class Published(NamedTuple):
    """A site that was built.

    Attributes:
        pages: How many pages it has.
        docs, read: The folder of its Markdown, and what that contained.
        folder: What the folder of the site contains, if that is known.
        unkept: Why nothing could be kept for the next build, in the system's words; empty if it was.
    """

    pages: int
    docs: Path
    read: Listing
    folder: Folder | None = None
    unkept: str = ""


class _LastSite(NamedTuple):
    """What the last build left of a site.

    Attributes:
        known: What it knew of the pages.
        digest: Of all that the files which are no pages are made from.
        manifest: The digests of the site's files.
    """

    known: KnownPages = KnownPages()
    digest: str = ""
    manifest: Mapping[str, str] = {}


class _StoredLinks(NamedTuple):
    """The links of pages, kept apart since few builds need them, and the digest of all of them."""

    digest: str
    links: Mapping[str, PageLinks]


class _Publication(NamedTuple):
    """One publication of a site, of which something is kept.

    Attributes:
        finish: Adds what is no page to the site, and may refuse it.
        digest: Of all that `finish` adds; None if it must add that in any case.
    """

    builder: MkDocsBuilder
    cache: Cache
    finish: Callable[[FastBuild], None]
    digest: str | None
    stamps: StatCache

    @property
    def name(self) -> str:
        return f"site-{name_of_site(self.cache.root, self.builder.site)}"

    def last(self) -> _LastSite:
        return self.cache.read(self.name, _LastSite) or _LastSite()

    def run(self, last: _LastSite) -> Published:
        """Builds the site in the staging directory, and exchanges that with the site.

        Raises:
            Damaged: if the links are needed, and are damaged.
        """
        site, stamps = self.builder.site, self.stamps
        old = SiteTree(site, stamps, last.manifest) if site.exists() else None
        build = self.builder.start(old, last.known, partial(self._read_links, last.known), stamps)
        if old and old.is_unchanged and build.is_up_to_date and last.digest == self.digest:
            stamps.save()
            return Published(build.pages, build.docs, build.read(), old.listing())
        site.parent.mkdir(parents=True, exist_ok=True)
        staging = self.cache.folder_of(_STAGING) / self.name
        if staging.parent.stat().st_dev != site.parent.stat().st_dev:
            # Folders on two disks cannot be exchanged.
            return _publish_once(build, site, stamps, self.finish)
        tree = SiteTree(own_folder(staging), stamps, last.manifest)
        tree.remove_links()
        _make(build, tree, self.finish)
        take_place(staging, site)
        tree.root = site
        try:
            # The former site catches up. If there was none, it is made of links to the new one.
            former = old if old and staging.exists() else SiteTree(own_folder(staging), stamps)
            former.root = staging
            former.remove_links()
            former.sync_from(tree, self.builder.processes)
            self._keep(_LastSite(build.known(), self.digest or "", tree.manifest), build.changed_links())
            stamps.save()
        except OSError as error:
            # The next build makes more than it would have to.
            return Published(build.pages, build.docs, NO_FILES, unkept=error.strerror or str(error))
        return Published(build.pages, build.docs, build.read(), tree.listing())

    def _read_links(self, known: KnownPages) -> Mapping[str, PageLinks]:
        if not known.pages:
            return {}
        found = self.cache.read(f"{self.name}{_LINKS}", _StoredLinks)
        # A kill between two writes leaves links of another build.
        if not found or found.digest != known.links_digest:
            raise Damaged
        return found.links

    def _keep(self, site: _LastSite, links: Mapping[str, PageLinks] | None) -> None:
        if links is not None:
            self.cache.write(f"{self.name}{_LINKS}", _StoredLinks(site.known.links_digest, links))
        self.cache.write(self.name, site)


def publish(
    builder: MkDocsBuilder,
    cache: Cache | None,
    finish: Callable[[FastBuild], None],
    digest: str | None,
    stamps: StatCache,
) -> Published:
    """Builds a site by the fast build, and publishes it.

    Args:
        cache: Where something is kept for the next build; nothing is without it, or if it is on another disk.
        finish: Adds what is no page to the site, and may refuse it before it is published.
        digest: Of all that `finish` adds: if it and the pages are the same as before, the site is left as it is.

    Raises:
        OSError: if the disk is full or may not be written. Whatever is raised, the site is as it was.
    """
    if not cache:
        return _publish_once(builder.start(None, KnownPages(), dict, stamps), builder.site, stamps, finish)
    publication = _Publication(builder, cache, finish, digest, stamps)
    last = publication.last()
    try:
        return publication.run(last)
    except Damaged:
        # Listings may have changed since they were made.
        stamps.forget()
        return publication.run(_LastSite(manifest=last.manifest))


def _publish_once(
    build: FastBuild, site: Path, stamps: StatCache, finish: Callable[[FastBuild], None]
) -> Published:
    """Publishes a site of which nothing is kept."""
    with replacing(site) as folder:
        _make(build, SiteTree(folder, stamps), finish)
        return Published(build.pages, build.docs, NO_FILES)


def _make(build: FastBuild, tree: SiteTree, finish: Callable[[FastBuild], None]) -> None:
    build.run(tree)
    finish(build)
    tree.remove_all_but(build.paths)
