"""The page of the search; without scripts it links the indexes instead."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.markup import markdown
from generator.model.kinds import Kind
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import INDEX, SEARCH, Pen


class SearchView(NamedTuple):
    """Links to the indexes, for readers without scripts."""

    indexes: tuple[Markup, ...]


def pages(edition: Edition) -> Iterator[Page]:
    """The page of the search."""
    pen = Pen(edition, SEARCH)
    w = pen.words
    indexes = (
        (w("titles.timeline"), f"timeline/{INDEX}"),
        *(
            (w(f"sections.{kind.section}"), f"{kind.section}/{INDEX}")
            for kind in Kind
            if kind is not Kind.STORY
        ),
        (w("titles.names"), f"names/{INDEX}"),
    )
    view = SearchView(tuple(markdown.link(words, pen.to(path)) for words, path in indexes))
    meta = head.of_page(pen, w("search.title"), w("search.about"), kind="search")
    yield Page(pen.path, meta, pen.render("search", view=view))
