"""The closest ties of an actor on its own page: drawn, and listed with their events, statements and paragraphs.

This is the only place of the page that says with whom the actor appears.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from generator.edition.ties import SORTS, Tie
from generator.markup import markdown
from generator.model.ids import RecordId
from generator.pages.figures import network as drawing
from generator.pages.figures import svg
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import brief

# An actor's own ties that its page shows, and of each sort that an item names.
OWN, NAMED = 10, 3
# The separator between things of one sort.
_BETWEEN = dict(zip(SORTS, (", ", "; ", " "), strict=True))
# The most characters of a statement's label in an item.
_SAID = 48


class ClosestTies(NamedTuple):
    """The closest ties of an actor: the figure, and a list with the same."""

    figure: Markup
    ties: tuple[Markup, ...]
    more: str


def closest_ties(pen: Pen, key: RecordId) -> ClosestTies | None:
    """The closest ties of an actor, drawn and listed; None if it has none."""
    own = pen.edition.ties_of(key)
    ties = own[:OWN]
    if not ties:
        return None
    target = partial(_own_target, pen, key)
    figure = svg.figure(
        "fig-own",
        drawing.fan(pen, key, ties, target),
        caption=drawing.key(pen),
        skip=pen.words("figures.skip"),
    )
    items = tuple(_item(pen, key, tie) for tie in ties)
    return ClosestTies(figure, items, rest_words(pen, len(ties), len(own)))


def _own_target(pen: Pen, key: RecordId, tie: Tie) -> str:
    return f"#{with_fragment(tie.beside(key))}"


def with_fragment(other: RecordId) -> str:
    """The anchor of a tie on the page of one of its ends."""
    return f"with-{other}"


def tie_path(tie: Tie) -> str:
    """The path of the page of a tie."""
    return f"network/{tie.one}--{tie.other}.md"


def rest_words(pen: Pen, number: int, total: int) -> str:
    """A sentence that gives how many of all ties are shown; empty if all are."""
    return pen.words("figures.network.rest", n=number, total=total) if total > number else ""


def _item(pen: Pen, key: RecordId, tie: Tie) -> Markup:
    """A tie in HTML: the other end, and what they share in numbers, which unfolds to some of it."""
    other = tie.beside(key)
    dossier = pen.edition.dossier
    said = sorted((dossier.statements[s] for s in tie.statements), key=pen.edition.in_turn)
    found = (
        [pen.html(event.id) for event in pen.edition.events(tie.events)[:NAMED]],
        [pen.html(s.id, brief(dossier.label(s.id), _SAID)) for s in said[:NAMED]],
        [pen.cite_html(at) for at in pen.edition.newest_of(tie, NAMED)],
    )
    lines = [
        _some(pen, sort, number, parts, _BETWEEN[sort])
        for sort, number, parts in zip(SORTS, tie.counts, found, strict=True)
        if parts
    ]
    if (tie.one, tie.other) in pen.edition.drawn_ties:
        lines.append(markdown.html_link(pen.words("figures.network.all"), pen.href(tie_path(tie))))
    # In what is folded, so that a browser unfolds it for a link to it.
    anchor = f'<div id="{with_fragment(other)}">{markdown.joined(lines, "<br>")}</div>'
    summary = drawing.counts_words(pen, tie)
    return markdown.trusted(
        f"{pen.html(other)} <details><summary>{markdown.text(summary)}</summary>{anchor}</details>"
    )


def _some(pen: Pen, sort: str, number: int, parts: Sequence[Markup], between: str) -> Markup:
    """The first few of one sort of what is shared, after its name, and the number of others."""
    rest = [markdown.quiet(pen.words("signs.more", n=number - NAMED))] if number > NAMED else []
    word = markdown.quiet(f"{pen.words(f'figures.network.sorts.{sort}')}:")
    return markdown.joined([word, markdown.joined(parts, between), *rest])
