"""Who appears with whom: the closest ties drawn, listed, and each with a page of all that shows it."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from generator.model.dossier import Dossier
from generator.model.evidence import Locator
from generator.model.ids import RecordId
from generator.pages import head, languages, markdown, statements
from generator.pages.common import EventRow, event_rows
from generator.pages.edition import Edition
from generator.pages.figures import network as drawing
from generator.pages.figures import svg
from generator.pages.page import Page
from generator.pages.pen import Pen
from generator.pages.statements import StatementGroup
from generator.pages.ties import SORTS, Tie
from generator.pages.words import brief

PATH = "network.md"
# An actor's own ties that its page shows, and of each sort that a row names.
OWN, NAMED = 10, 3
# Ties that the table of the network shows at once; the others are folded.
_CLOSEST = 30
# What a tie's page shows of each sort.
_MOST = 60
_TEXT = 240
# What stands between things of one sort.
_BETWEEN = dict(zip(SORTS, (", ", "; ", " "), strict=True))
# What is written of a statement where its link stands in a row.
_SAID = 48


class TieRow(NamedTuple):
    """A tie in a table; `shared` has a cell for each sort."""

    one: Markup
    other: Markup
    total: Markup
    shared: tuple[Markup, ...]


class Company(NamedTuple):
    """With whom an actor appears: the figure, and the same as rows."""

    figure: Markup
    rows: Markup
    more: str


class TieView(NamedTuple):
    """All that shows one tie."""

    title: str
    intro: Markup
    events: tuple[EventRow, ...]
    statements: tuple[StatementGroup, ...]
    paragraphs: tuple[tuple[Markup, Markup], ...]
    more: tuple[str, str, str]


class NetworkView(NamedTuple):
    """The network."""

    title: str
    intro: str
    figure: Markup
    rows: tuple[TieRow, ...]
    folded: tuple[TieRow, ...]
    rest: str


def pages(edition: Edition) -> Iterator[Page]:
    """The network; each tie that it draws has a page of its own."""
    pen = Pen(edition, PATH)
    keys, ties = edition.network
    title = pen.words("titles.network")
    intro = pen.words("figures.network.intro")
    figure = svg.figure(
        "fig-wide fig-network",
        drawing.graph(pen, keys, ties, lambda tie: pen.href(tie_path(tie))),
        caption=drawing.key(pen),
        skip=pen.words("figures.skip"),
        data_figure="network",
    )
    view = NetworkView(
        title,
        intro,
        figure if ties else Markup(""),
        tuple(_count_row(pen, tie) for tie in ties[:_CLOSEST]),
        tuple(_folded_row(pen, tie) for tie in ties[_CLOSEST:]),
        _rest(pen, len(ties), edition.number_of_ties),
    )
    meta = head.of_page(pen, title, intro, label=pen.words("labels.across"))
    yield Page(pen.path, meta, pen.render("network", view=view))


def tie_page(edition: Edition, one: RecordId, other: RecordId) -> Page:
    """The page of a tie that the graph draws."""
    tie = next(tie for tie in edition.ties_of(one) if tie.beside(one) == other)
    return _tie_page(Pen(edition, tie_path(tie)), tie)


def company(pen: Pen, key: RecordId) -> Company | None:
    """With whom an actor appears most, drawn and listed; None where it is alone."""
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
    return Company(figure, rows, _rest(pen, len(ties), len(own)))


def _own_target(pen: Pen, key: RecordId, tie: Tie) -> str:
    return f"#{with_fragment(tie.beside(key))}"


def with_fragment(other: RecordId) -> str:
    """The anchor of a tie on the page of one of its ends."""
    return f"with-{other}"


def tie_path(tie: Tie) -> str:
    """The page of a tie that the graph draws."""
    return f"network/{tie.one}--{tie.other}.md"


def _rest(pen: Pen, number: int, total: int) -> str:
    return pen.words("figures.network.rest", n=number, total=total) if total > number else ""


def _count_row(pen: Pen, tie: Tie) -> TieRow:
    total = markdown.link(tie.weight, pen.to(tie_path(tie)))
    return TieRow(pen.link(tie.one), pen.link(tie.other), total, tuple(map(_count, tie.counts)))


def _folded_row(pen: Pen, tie: Tie) -> TieRow:
    """The same in HTML, since no Markdown stands in what folds."""
    total = markdown.html_link(str(tie.weight), pen.href(tie_path(tie)))
    return TieRow(pen.html(tie.one), pen.html(tie.other), total, tuple(map(_count, tie.counts)))


def _count(number: int) -> Markup:
    return markdown.text(number or "")


def _own_row(pen: Pen, key: RecordId, tie: Tie) -> Markup:
    """A tie of an actor as a row, with what shows it."""
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
    anchor = markdown.made(f'<span id="{with_fragment(other)}"></span>')
    return markdown.row((pen.link(other) + anchor, total, markdown.joined(lines, Markup("<br>"))))


def _some(pen: Pen, sort: str, number: int, parts: Sequence[Markup], between: str) -> Markup:
    """The first of so many things shared, after their word, and how many more there are."""
    rest = [markdown.quiet(pen.words("signs.more", n=number - NAMED))] if number > NAMED else []
    word = markdown.quiet(f"{pen.words(f'figures.network.sorts.{sort}')}:")
    return markdown.joined([word, markdown.joined(parts, between), *rest])


def _excerpt(dossier: Dossier, at: Locator) -> Markup:
    article = dossier.articles[at.article]
    return languages.in_body(dossier, article, brief(article.paragraphs[at.first - 1].text, _TEXT))


def _tie_page(pen: Pen, tie: Tie) -> Page:
    dossier = pen.edition.dossier
    one, other = dossier.label(tie.one), dossier.label(tie.other)
    title = pen.words("figures.network.pair", one=one, other=other)
    said = [dossier.statements[key] for key in tie.statements]
    paragraphs = tuple((pen.cite(at), _excerpt(dossier, at)) for at in pen.edition.newest_of(tie, _MOST))
    intro = pen.say(
        "figures.network.both",
        one=pen.link(tie.one),
        other=pen.link(tie.other),
        shared=drawing.counts_words(pen, tie),
    )
    view = TieView(
        title,
        intro,
        event_rows(pen, pen.edition.events(tie.events)[:_MOST]),
        statements.by_speaker(pen, said[:_MOST]),
        paragraphs,
        tuple(_rest(pen, _MOST, n) if n > _MOST else "" for n in tie.counts),  # type: ignore[arg-type]
    )
    whole = pen.words("titles.network")
    description = f"{title}: {drawing.counts_words(pen, tie)}"
    meta = head.of_page(
        pen, title, description, label=pen.words("figures.network.label"), crumbs=[(whole, "network/")]
    )
    return Page(pen.path, meta, pen.render("tie", view=view))
