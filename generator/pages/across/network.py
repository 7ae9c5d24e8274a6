"""The network: the closest ties, drawn and listed, each with a page of its events, statements and paragraphs."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.edition.ties import Tie
from generator.markup import markdown
from generator.model.evidence import Locator
from generator.model.ids import RecordId
from generator.pages.figures import network as drawing
from generator.pages.figures import svg
from generator.pages.records import statements
from generator.pages.records.closest_ties import rest_words, tie_path
from generator.pages.records.common import EventRow, event_rows
from generator.pages.records.paragraphs import linked_body
from generator.pages.records.statements import StatementGroup
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen

PATH = "network.md"
# Ties that the table of the network shows at once; the others are folded.
_CLOSEST = 30
# The most events, statements and paragraphs on a tie's page.
_MOST = 60


class TieRow(NamedTuple):
    """A tie in a table; `shared` has a cell for each sort."""

    one: Markup
    other: Markup
    total: Markup
    shared: tuple[Markup, ...]


class TieView(NamedTuple):
    """The page of a tie."""

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
    """The page of the network."""
    pen = Pen(edition, PATH)
    keys, ties = edition.network
    title = pen.words("titles.network")
    intro = pen.words("figures.network.intro")
    figure = svg.figure(
        "fig-wide fig-network",
        drawing.graph(pen, keys, ties, lambda tie: pen.href(tie_path(tie))),
        caption=markdown.joined([drawing.key(pen), svg.element("span", pen.words("figures.network.note"))]),
        skip=pen.words("figures.skip"),
        data_figure="network",
        data_words=svg.data(_script_words(pen)),
    )
    view = NetworkView(
        title=title,
        intro=intro,
        figure=figure if ties else Markup(""),
        rows=tuple(_count_row(pen, tie) for tie in ties[:_CLOSEST]),
        folded=tuple(_folded_row(pen, tie) for tie in ties[_CLOSEST:]),
        rest=rest_words(pen, len(ties), edition.number_of_ties),
    )
    meta = head.of_page(pen, title, intro)
    yield Page(pen.path, meta, pen.render("network", view=view))


def _script_words(pen: Pen) -> Mapping[str, object]:
    """The words of the field and of the switches, which scripts add."""
    words = {str(key): value for key, value in pen.words.below("figures.script").items()}
    sorts = {str(key): value for key, value in pen.words.below("figures.network.sorts").items()}
    return {key: words[key] for key in ("filters", "find", "ties", "ties_shown", "nobody")} | sorts


def tie_page(edition: Edition, one: RecordId, other: RecordId) -> Page:
    """The page of a tie that the graph draws."""
    tie = next(tie for tie in edition.ties_of(one) if tie.beside(one) == other)
    return _tie_page(Pen(edition, tie_path(tie)), tie)


def _count_row(pen: Pen, tie: Tie) -> TieRow:
    total = markdown.link(tie.weight, pen.to(tie_path(tie)))
    return TieRow(pen.link(tie.one), pen.link(tie.other), total, tuple(map(_count, tie.counts)))


def _folded_row(pen: Pen, tie: Tie) -> TieRow:
    """A row in HTML, since Markdown is not read inside a folded block."""
    total = markdown.html_link(str(tie.weight), pen.href(tie_path(tie)))
    return TieRow(pen.html(tie.one), pen.html(tie.other), total, tuple(map(_count, tie.counts)))


def _count(number: int) -> Markup:
    return markdown.text(number or "")


def _naming_both(pen: Pen, tie: Tie, at: Locator) -> Markup:
    """A whole paragraph with the names of both marked."""
    article = pen.edition.dossier.articles[at.article]
    names = [
        (mention.start, mention.end)
        for mention in pen.edition.links.mentions.get(at.article, ())
        if mention.paragraph == at.first and mention.entity in (tie.one, tie.other)
    ]
    return linked_body(pen, article, article.paragraphs[at.first - 1], marked=names)


def _shared_words(pen: Pen, tie: Tie) -> Markup:
    """What both ends of a tie share, and in how many paragraphs they are named together."""
    ends = {"one": pen.link(tie.one), "other": pen.link(tie.other)}
    if not tie.paragraphs:
        return pen.say("figures.network.both", **ends, shared=drawing.counts_words(pen, tie))
    named = pen.words("figures.network.named", n=tie.paragraphs)
    if not (tie.events or tie.statements):
        return pen.say("figures.network.both_named", **ends, named=named)
    shared = drawing.counts_words(pen, tie._replace(paragraphs=0))
    return pen.say("figures.network.both_and_named", **ends, shared=shared, named=named)


def _tie_page(pen: Pen, tie: Tie) -> Page:
    dossier = pen.edition.dossier
    one, other = dossier.label(tie.one), dossier.label(tie.other)
    title = pen.words("figures.network.pair", one=one, other=other)
    said = [dossier.statements[key] for key in tie.statements]
    paragraphs = tuple((pen.cite(at), _naming_both(pen, tie, at)) for at in pen.edition.newest_of(tie, _MOST))
    view = TieView(
        title=title,
        intro=_shared_words(pen, tie),
        events=event_rows(pen, pen.edition.events(tie.events)[:_MOST]),
        statements=statements.by_speaker(pen, said[:_MOST]),
        paragraphs=paragraphs,
        more=tuple(rest_words(pen, _MOST, n) if n > _MOST else "" for n in tie.counts),  # type: ignore[arg-type]
    )
    whole = pen.words("titles.network")
    description = f"{title}: {drawing.counts_words(pen, tie)}"
    meta = head.of_page(
        pen, title, description, label=pen.words("figures.network.label"), crumbs=[(whole, "network/")]
    )
    return Page(pen.path, meta, pen.render("tie", view=view))
