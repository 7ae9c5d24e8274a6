"""What many pages have alike, made once for all of them: the header, the links to style sheets and scripts."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

# Of what the theme links to on every page, below the site; a file beside these has a folder's place.
_LINKED = ("assets/fonts", "assets/images", "assets/javascripts", "assets/stylesheets", "search")
# Of a page in the header.
_CURRENT, _HOLDS = "page", "true"


class Section(NamedTuple):
    """An item of the top level of the navigation: its address is that of its first page."""

    item: StructureItem
    url: str
    below: frozenset[str]


class Shared:
    """The parts of pages that a build makes once.

    A part is known by its name, by all that it depends on, and by the place of the page: relative links from
    pages of one place are the same.
    """

    def __init__(self, nav: Navigation) -> None:
        self._nav = nav
        self._made: dict[tuple[object, ...], str] = {}

    def once(self, *key: object, caller: Callable[[], str]) -> str:
        """What stands in a template between `call` of this and `endcall`, made for the first page that asks for it."""
        if key not in self._made:
            self._made[key] = caller()
        return self._made[key]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The top level of the navigation but for the home page."""
        items = (item for item in self._nav if not getattr(item, "is_homepage", False))
        return tuple(Section(item, _first_url(item), frozenset(_urls(item))) for item in items)

    def here(self, page: Page | None) -> tuple[str, ...]:
        """What each section is to a page, as `aria-current` has it.

        MkDocs knows the pages in the navigation alone; a record is found by its section's index or its crumbs.
        """
        if not page:
            return ("",) * len(self.sections)
        around = {f"{page.meta.get('section')}/", *(url for _, url in page.meta.get("crumbs") or ())}
        return tuple(
            _CURRENT
            if section.url == page.url
            else _HOLDS
            if page.url in section.below or not around.isdisjoint(section.below)
            else ""
            for section in self.sections
        )

    def place(self, page: Page | None) -> tuple[str, int] | None:
        """What relative links from a page to what all pages link to depend on: its depth, and what it shares of the way."""
        if not page:
            return None
        parts = page.url.strip("/").split("/") if page.url else []
        shared = len(parts)
        while shared and "/".join(parts[:shared]) not in self._folders:
            shared -= 1
        return "/".join(parts[:shared]), len(parts)

    @cached_property
    def _folders(self) -> frozenset[str]:
        """All folders on the way to what pages link to."""
        linked = (*_LINKED, *(url.strip("/") for section in self.sections for url in section.below))
        return frozenset(folder for path in linked for folder in _ways(path))


def _ways(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]


def _first_url(item: StructureItem) -> str:
    if below := _children(item):
        return _first_url(below[0])
    return getattr(item, "url", "") or ""


def _urls(item: StructureItem) -> Iterable[str]:
    """The addresses of an item and of all below it."""
    if url := getattr(item, "url", ""):
        yield url
    for child in _children(item):
        yield from _urls(child)


def _children(item: StructureItem) -> list[StructureItem]:
    return getattr(item, "children", None) or []
