"""Parts that many pages have in common, rendered once: the header, the links to style sheets and scripts.

A template asks for such a part by a name and all that the part depends on:

    {% call shared.once("header", lang, shared.place(page)) %} ... {% endcall %}
"""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.state.stamps import ways_to

# The folders of files that the theme links to on every page.
_LINKED = ("assets/fonts", "assets/images", "assets/javascripts", "assets/stylesheets", "search")
# Values of `aria-current`: the section's index, or another page of the section, is shown.
_CURRENT, _CONTAINS = "page", "true"


class Section(NamedTuple):
    """An item of the top level of the navigation, with the address of its first page and those of all its pages."""

    item: StructureItem
    url: str
    pages: frozenset[str]


class Shared:
    """The parts of pages that a build renders once.

    A part with relative links also depends on the *place* of the page: links from pages of one place are the same.
    """

    def __init__(self, nav: Navigation) -> None:
        self._nav = nav
        self._parts: dict[tuple[object, ...], str] = {}

    def once(self, *key: object, caller: Callable[[], str]) -> str:
        """What a template has between `call` of this and `endcall`, rendered for the first page that asks for it."""
        if key not in self._parts:
            self._parts[key] = caller()
        return self._parts[key]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The top level of the navigation, except the home page."""
        items = (item for item in self._nav if not getattr(item, "is_homepage", False))
        return tuple(Section(item, _first_url(item), frozenset(_urls(item))) for item in items)

    def here(self, page: Page | None) -> tuple[str, ...]:
        """The `aria-current` of each section on a page.

        MkDocs knows only the pages in the navigation. The section of a record's page is that of its breadcrumbs.
        """
        if not page:
            return ("",) * len(self.sections)
        around = {f"{page.meta.get('section')}/", *(url for _, url in page.meta.get("crumbs") or ())}
        return tuple(
            _CURRENT
            if section.url == page.url
            else _CONTAINS
            if page.url in section.pages or not around.isdisjoint(section.pages)
            else ""
            for section in self.sections
        )

    def place(self, page: Page | None) -> tuple[str, int] | None:
        """The place of a page: its depth, and the folders that it has in common with files that all pages link to."""
        if not page:
            return None
        parts = page.url.strip("/").split("/") if page.url else []
        shared = len(parts)
        while shared and "/".join(parts[:shared]) not in self._folders:
            shared -= 1
        return "/".join(parts[:shared]), len(parts)

    @cached_property
    def _folders(self) -> frozenset[str]:
        """All folders around files that all pages link to."""
        linked = (*_LINKED, *(url.strip("/") for section in self.sections for url in section.pages))
        return frozenset(folder for path in linked for folder in (path, *ways_to(path)))


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
