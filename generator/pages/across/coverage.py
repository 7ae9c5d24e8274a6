"""Coverage: which origins report each event, in which paragraphs; what only one reports, and what one leaves out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from markupsafe import Markup

from generator.edition import Edition
from generator.markup import markdown
from generator.model.article import Article
from generator.model.happenings import Event
from generator.model.ids import ArticleId
from generator.pages.indexes.indexes import IndexRow, RecordIndex, index_pages
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen

FOLDER = "coverage"


def pages(edition: Edition) -> Iterator[Page]:
    """The table of events by origin, a page a year once it is long."""
    yield from index_pages(edition, FOLDER, _coverage)


def _coverage(pen: Pen) -> RecordIndex:
    rows = [IndexRow(str(event.date.year), partial(_event, event)) for event in pen.edition.events_by_date]
    return RecordIndex(
        folder=FOLDER,
        title=pen.words("titles.coverage"),
        intro=pen.words("indexes.coverage", n=len(rows)),
        columns=(*pen.heads("date", "event"), *pen.origin_heads(), *pen.heads("in_all")),
        grouped="year",
        rows=tuple(rows),
    )


def _event(event: Event, pen: Pen) -> tuple[Markup, ...]:
    columns, are_more = pen.edition.origin_columns
    origins = pen.edition.origin_of_article
    by_article = pen.edition.reported.get(event.id, {})
    articles = pen.edition.articles(by_article)
    cells = [
        _cell(pen, [a for a in articles if origins[a.article_id] == origin], by_article)
        or _silence(pen, could=pen.edition.could_report(origin, event))
        for origin in columns
    ]
    if are_more:
        cells.append(_cell(pen, [a for a in articles if origins[a.article_id] not in columns], by_article))
    return pen.day(event.date), pen.link(event.id), *cells, _verdict(pen, articles)


def _cell(pen: Pen, articles: Iterable[Article], found: Mapping[ArticleId, tuple[int, ...]]) -> Markup:
    lines = (
        markdown.joined(
            [
                pen.day(article.published),
                pen.paragraphs(article.article_id, found[article.article_id]),
                *_printed_in(pen, article),
            ]
        )
        for article in articles
    )
    return markdown.joined(lines, Markup("<br>"))


def _printed_in(pen: Pen, article: Article) -> Iterator[Markup]:
    """The outlet that prints another's report."""
    if article.wire and article.outlet:
        yield markdown.quiet(pen.say("coverage.printed_in", outlet=pen.outlet_words(article.outlet)))


def _silence(pen: Pen, *, could: bool) -> Markup:
    """The cell of an origin that does not report an event, or whose articles are all older than the event."""
    if not could:
        return markdown.quiet(pen.say("coverage.older"))
    # A dash for the eye: a table may have hundreds.
    return markdown.quiet(markdown.trusted(f'–<span class="vh"> {pen.say("coverage.none")}</span>'))


def _verdict(pen: Pen, articles: Sequence[Article]) -> Markup:
    if not articles:
        return pen.say("coverage.none")
    if len(articles) == 1:
        return pen.say("coverage.only_here")
    number_words = pen.say("nouns.article", n=len(articles))
    origins = pen.edition.origins(article.article_id for article in articles)
    return (
        pen.say("coverage.only_articles", articles=number_words)
        if len(origins) == 1 and origins[0]
        else number_words
    )
