"""Coverage: which outlet reports which event, in which paragraphs; what only one has, and what one has not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from generator.model.article import Article
from generator.model.ids import ArticleId
from generator.pages import markdown
from generator.pages.edition import Edition
from generator.pages.indexes import Index, Row, index_pages
from generator.pages.page import Page
from generator.pages.pen import Pen
from generator.pages.words import counted, date_words


def pages(edition: Edition) -> Iterator[Page]:
    """The table of events by outlet, a page a year once it is long."""
    yield from index_pages(edition, _coverage)


def _coverage(pen: Pen) -> Index:
    found = pen.edition.reported
    columns, are_more = pen.edition.outlet_columns
    rows = []
    for event in pen.edition.events_by_date:
        by_article = found.get(event.id, {})
        articles = pen.edition.articles(by_article)
        cells = [
            _cell(pen, [a for a in articles if a.outlet == outlet], by_article)
            or _silence(could=pen.edition.could_report(outlet, event))
            for outlet in columns
        ]
        if are_more:
            cells.append(_cell(pen, [a for a in articles if a.outlet not in columns], by_article))
        date = markdown.date(date_words(event.date, short=True))
        rows.append(Row(str(event.date.year), (date, pen.link(event.id), *cells, _verdict(articles))))
    intro = (
        f"{counted(len(rows), 'event')} by outlet: the article and the paragraphs that report the event, "
        "or what was said at it. An outlet whose articles here are all older than the event could not report it."
    )
    return Index(
        "coverage",
        "Coverage",
        intro,
        ("Date", "Event", *pen.outlet_heads(), "In all"),
        "year",
        tuple(rows),
        label="Across",
    )


def _cell(pen: Pen, articles: Iterable[Article], found: Mapping[ArticleId, tuple[int, ...]]) -> Markup:
    lines = (
        markdown.joined(
            [
                markdown.date(date_words(article.published, short=True)),
                pen.paragraphs(article.article_id, found[article.article_id]),
            ]
        )
        for article in articles
    )
    return markdown.joined(lines, Markup("<br>"))


def _silence(*, could: bool) -> Markup:
    """An outlet that does not report an event, or whose articles here are all older than it."""
    return markdown.quiet("not at all" if could else "(older)")


def _verdict(articles: Sequence[Article]) -> Markup:
    if not articles:
        return markdown.text("not at all")
    return markdown.text("only here" if len(articles) == 1 else counted(len(articles), "article"))
