"""The evidence ledger: what of the articles backs something, what was verified, what rests on one source or none."""

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from generator.model.article import NO_RECORD
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.pages import head, markdown
from generator.pages.edition import Edition
from generator.pages.indexes import Index, Row, index_pages
from generator.pages.page import Page
from generator.pages.pen import Pen
from generator.pages.tables import Table
from generator.pages.words import counted, date_words

# Rows of a list; what is left out is counted.
_MOST = 200
_CLAIMS = (Kind.EVENT, Kind.DOCUMENT, Kind.STATEMENT)


def pages(edition: Edition) -> Iterator[Page]:
    """The ledger, and the share of each article that backs something, a page a year once it is long."""
    pen = Pen(edition, "ledger.md")
    title = "Evidence ledger"
    intro = (
        "What of the articles backs something, what was verified, and what rests on one source or on none."
    )
    found = (_summary(pen, intro), _verified(pen), _single(pen), _without(pen), _nameless(pen))
    tables = tuple(table for table in found if table)
    yield Page(
        pen.path,
        head.of_page(pen, title, intro, label="Across"),
        pen.render("tables", title=title, tables=tables),
    )
    yield from index_pages(edition, _shares)


def _summary(pen: Pen, intro: str) -> Table:
    edition = pen.edition
    articles = edition.articles_by_date
    paragraphs = sum(len(article.paragraphs) for article in articles)
    backed = len(edition.links.backing)
    quotes = list(_quotes(edition))
    verified = sum(ok for _, ok in quotes)
    share = markdown.link("by article", pen.to("ledger/articles/index.md"))
    rows = (
        _row(
            "Paragraphs that back something", f"{backed} of {paragraphs}", _percent(backed, paragraphs), share
        ),
        _row(
            "Quotes found in their paragraph", f"{verified} of {len(quotes)}", _percent(verified, len(quotes))
        ),
        _row("Statements with a quote that was found", *_said_with_quote(edition)),
    )
    return Table(intro, ("What", "How many", "Share", "In detail"), rows)


def _row(*cells: object) -> tuple[Markup, ...]:
    found = [markdown.text(cell) for cell in cells]
    return (*found, *[Markup("")] * (4 - len(found)))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole} %" if whole else ""


def _quotes(edition: Edition) -> Iterator[tuple[RecordId, bool]]:
    """All quotes by the records that give them, and whether they were found."""
    for quotes in edition.quotes.values():
        yield from quotes


def _said_with_quote(edition: Edition) -> tuple[str, str]:
    found = {key for key, ok in _quotes(edition) if ok} & set(edition.dossier.statements)
    total = len(edition.dossier.statements)
    return f"{len(found)} of {total}", _percent(len(found), total)


def _verified(pen: Pen) -> Table | None:
    missing = [key for key, ok in _quotes(pen.edition) if not ok]
    if not missing:
        return None
    intro = "Quotes whose original was not there when they were last looked for."
    return _listing(pen, "Not verified", intro, missing)


def _single(pen: Pen) -> Table:
    cited, kinds = pen.edition.cited_in, pen.edition.dossier.declared
    keys = [k for k, articles in cited.items() if len(articles) == 1 and kinds.get(k) in _CLAIMS]
    return _listing(
        pen, "With a single source", "Events, documents and statements that one article alone backs.", keys
    )


def _without(pen: Pen) -> Table:
    cited = pen.edition.cited_in
    keys = [
        k for k, r in pen.edition.dossier.records.items() if k not in cited and r.kind_of is not Kind.ARTICLE
    ]
    return _listing(pen, "Without evidence", "Records that no paragraph backs.", keys)


def _nameless(pen: Pen) -> Table:
    """Names that the program left alone: undecided ones, and those that a curator says mean no record."""
    rows = []
    for key, article in pen.edition.dossier.articles.items():
        undecided = pen.edition.links.undecided.get(key, {})
        for words, possible in sorted(undecided.items()):
            rows.append((pen.link(key), markdown.text(words), pen.links(possible, " or ")))
        for words, meaning in sorted(article.mentions.items()):
            if meaning == NO_RECORD:
                rows.append((pen.link(key), markdown.text(words), markdown.text("no record, a curator says")))
    intro = f"Names that lead to no record. {counted(len(rows), 'name')}.{_left_out(rows)}"
    return Table(
        intro, ("Article", "As printed", "May mean"), tuple(rows[:_MOST]), "Mentions without a record"
    )


def _listing(pen: Pen, heading: str, intro: str, keys: Iterable[RecordId]) -> Table:
    kinds, label = pen.edition.dossier.declared, pen.edition.dossier.label
    ordered = sorted(set(keys), key=lambda k: (kinds[k], label(k), k))
    rows = tuple((pen.link(key), markdown.text(kinds[key].value)) for key in ordered[:_MOST])
    told = f"{intro} {counted(len(ordered), 'record')}.{_left_out(ordered)}"
    return Table(told, ("Record", "Kind"), rows, heading)


def _left_out(rows: Sequence[object]) -> str:
    return f" The first {_MOST} are listed." if len(rows) > _MOST else ""


def _shares(pen: Pen) -> Index:
    backing = pen.edition.links.backing
    rows = []
    for article in pen.edition.articles_by_date:
        numbers = [paragraph.number for paragraph in article.paragraphs]
        backed = [n for n in numbers if (article.article_id, n) in backing]
        idle = tuple(sorted(set(numbers) - set(backed)))
        cells = (
            markdown.date(date_words(article.published, short=True)),
            pen.link(article.id),
            markdown.text(f"{len(backed)} of {len(numbers)}"),
            markdown.text(_percent(len(backed), len(numbers))),
            pen.paragraphs(article.article_id, idle[:_MOST]),
        )
        rows.append(Row(str(article.published.year) if article.published else "undated", cells))
    intro = "How many paragraphs of each article back something."
    columns = ("Date", "Article", "Paragraphs", "Share", "Backing nothing")
    crumbs = (("Evidence ledger", "ledger/"),)
    return Index(
        "ledger/articles", "Evidence by article", intro, columns, "year", tuple(rows), crumbs, label="Across"
    )
