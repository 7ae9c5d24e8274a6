"""The closest ties of an actor on its own page: drawn, and listed with their events, statements and paragraphs."""

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

# An actor's own ties that its page shows, and of each sort that a row names.
OWN, NAMED = 10, 3
# The separator between things of one sort.
_BETWEEN = dict(zip(SORTS, (", ", "; ", " "), strict=True))
# The most characters of a statement's label in a row.
_SAID = 48


class ClosestTies(NamedTuple):
    """The closest ties of an actor: the figure, and rows with the same."""

    figure: Markup
    rows: Markup
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
    rows = markdown.joined([_own_row(pen, key, tie) for tie in ties], "\n")
    return ClosestTies(figure, rows, rest_words(pen, len(ties), len(own)))


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


def _own_row(pen: Pen, key: RecordId, tie: Tie) -> Markup:
    """The row of a tie, with some of its events, statements and paragraphs."""
    other = tie.beside(key)
    dossier = pen.edition.dossier
    said = sorted((dossier.statements[s] for s in tie.statements), key=pen.edition.in_turn)
    found = (
        [pen.link(event.id) for event in pen.edition.events(tie.events)[:NAMED]],
        [pen.link(s.id, brief(dossier.label(s.id), _SAID)) for s in said[:NAMED]],
        [pen.cite(at) for at in pen.edition.newest_of(tie, NAMED)],
    )
    lines = [
        _some(pen, sort, number, parts, _BETWEEN[sort])
        for sort, number, parts in zip(SORTS, tie.counts, found, strict=True)
        if parts
    ]
    total = markdown.text(tie.weight)
    if (tie.one, tie.other) in pen.edition.drawn_ties:
        total = markdown.link(total, pen.to(tie_path(tie)))
    anchor = markdown.trusted(f'<span id="{with_fragment(other)}"></span>')
    return markdown.row((pen.link(other) + anchor, total, markdown.joined(lines, Markup("<br>"))))


def _some(pen: Pen, sort: str, number: int, parts: Sequence[Markup], between: str) -> Markup:
    """The first few of one sort of what is shared, after its name, and the number of others."""
    rest = [markdown.quiet(pen.words("signs.more", n=number - NAMED))] if number > NAMED else []
    word = markdown.quiet(f"{pen.words(f'figures.network.sorts.{sort}')}:")
    return markdown.joined([word, markdown.joined(parts, between), *rest])
