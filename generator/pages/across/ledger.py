"""The evidence ledger: what each article backs, what was verified, and what rests on a single source or on none."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.markup import markdown
from generator.model.article import NO_RECORD, Article
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.pages.indexes.indexes import IndexRow, RecordIndex, index_pages, year_group
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import percent

# The folder of the list of articles.
FOLDER = "ledger/articles"
# The most rows of a list; the others are counted.
_MOST = 200
_CLAIMS = (Kind.EVENT, Kind.DOCUMENT, Kind.STATEMENT)


class LedgerTable(NamedTuple):
    """A table with an introduction; the cells are Markdown."""

    intro: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Markup, ...], ...]
    heading: str = ""


def pages(edition: Edition) -> Iterator[Page]:
    """The ledger, and the share of each article that backs something, a page a year once it is long."""
    pen = Pen(edition, "ledger.md")
    title, intro = pen.words("titles.ledger"), pen.words("ledger.intro")
    found = (_summary(pen, intro), _verified(pen), _single(pen), _without(pen), _nameless(pen))
    tables = tuple(table for table in found if table)
    yield Page(
        pen.path,
        head.of_page(pen, title, intro),
        pen.render("tables", title=title, tables=tables),
    )
    yield from index_pages(edition, FOLDER, _shares)


def _summary(pen: Pen, intro: str) -> LedgerTable:
    edition = pen.edition
    paragraphs = sum(edition.lengths.values())
    backed = len(edition.links.backing)
    quotes = list(_quotes(edition))
    verified = sum(ok for _, ok in quotes)
    share = markdown.link(pen.say("ledger.by_article"), pen.to("ledger/articles/index.md"))
    rows = (
        (*_row(pen, "ledger.backing", backed, paragraphs), share),
        (*_row(pen, "ledger.found", verified, len(quotes)), Markup("")),
        (*_row(pen, "ledger.quoted", *_said_with_quote(edition)), Markup("")),
    )
    return LedgerTable(intro, pen.heads("what", "how_many", "share", "in_detail"), rows)


def _row(pen: Pen, key: str, part: int, whole: int) -> tuple[Markup, ...]:
    share = markdown.text(percent(pen.words, part, whole))
    return pen.say(key), pen.say("numbers.of", part=part, whole=whole), share


def _quotes(edition: Edition) -> Iterator[tuple[RecordId, bool]]:
    """All quotes by the records that give them, and whether they were found in the article."""
    for quotes in edition.quotes.values():
        yield from quotes


def _said_with_quote(edition: Edition) -> tuple[int, int]:
    """The number of statements with a quote that was found, and of all statements."""
    found = {key for key, ok in _quotes(edition) if ok} & set(edition.dossier.statements)
    return len(found), len(edition.dossier.statements)


def _verified(pen: Pen) -> LedgerTable | None:
    missing = [key for key, ok in _quotes(pen.edition) if not ok]
    return _listing(pen, "not_verified", missing) if missing else None


def _single(pen: Pen) -> LedgerTable:
    kinds = pen.edition.dossier.declared
    keys = [key for key in pen.edition.of_one_origin if kinds.get(key) in _CLAIMS]
    return _listing(pen, "single", keys)


def _without(pen: Pen) -> LedgerTable:
    cited = pen.edition.cited_in
    keys = [
        k for k, r in pen.edition.dossier.records.items() if k not in cited and r.kind_of is not Kind.ARTICLE
    ]
    return _listing(pen, "without", keys)


def _nameless(pen: Pen) -> LedgerTable:
    """Names without a record: undecided ones, those of strangers, and those that a curator marked as meaning none."""
    rows = []
    for key, article in pen.edition.dossier.articles.items():
        undecided = pen.edition.links.undecided.get(key, {})
        for words, possible in sorted(undecided.items(), key=lambda item: pen.words.sort_key(item[0])):
            rows.append(
                (
                    pen.link(key),
                    markdown.text(words),
                    pen.listed([pen.link(k) for k in sorted(possible, key=pen.edition.by_name)], "or"),
                )
            )
        strangers = pen.edition.links.strangers.get(key, {})
        for words, possible in sorted(strangers.items(), key=lambda item: pen.words.sort_key(item[0])):
            others = pen.listed([pen.link(k) for k in sorted(possible, key=pen.edition.by_name)], "or")
            rows.append((pen.link(key), markdown.text(words), pen.say("ledger.stranger", names=others)))
        for words, meaning in sorted(article.mentions.items(), key=lambda item: pen.words.sort_key(item[0])):
            if meaning == NO_RECORD:
                rows.append((pen.link(key), markdown.text(words), pen.say("ledger.no_record")))
    intro = _introduction(pen, "nameless", pen.words("nouns.name", n=len(rows)), rows)
    columns = pen.heads("article", "printed", "may_mean")
    return LedgerTable(intro, columns, tuple(rows[:_MOST]), pen.words("ledger.nameless"))


def _listing(pen: Pen, key: str, keys: Iterable[RecordId]) -> LedgerTable:
    kinds = pen.edition.dossier.declared
    ordered = sorted(set(keys), key=lambda k: (kinds[k], pen.edition.by_name(k)))
    rows = tuple((pen.link(k), pen.say(f"ledger.kinds.{kinds[k].value}")) for k in ordered[:_MOST])
    intro = _introduction(pen, key, pen.words("nouns.record", n=len(ordered)), ordered)
    return LedgerTable(intro, pen.heads("record", "kind"), rows, pen.words(f"ledger.{key}"))


def _introduction(pen: Pen, key: str, number: str, rows: Sequence[object]) -> str:
    """The introduction of a list: what it has, how many, and how many are left out."""
    text = pen.words("ledger.count", text=pen.words(f"ledger.{key}_text"), number=number)
    return pen.words("ledger.left_out", text=text, n=_MOST) if len(rows) > _MOST else text


def _shares(pen: Pen) -> RecordIndex:
    rows = []
    for article in pen.edition.newest_articles:
        year, heading = year_group(pen, article.published)
        rows.append(IndexRow(year, partial(_share, article), heading=heading))
    return RecordIndex(
        folder=FOLDER,
        title=pen.words("titles.ledger_articles"),
        intro=pen.words("ledger.shares"),
        columns=pen.heads("date", "article", "paragraphs", "share", "idle"),
        grouped="year",
        rows=tuple(rows),
        crumbs=((pen.words("titles.ledger"), "ledger/"),),
    )


def _share(article: Article, pen: Pen) -> tuple[Markup, ...]:
    backing = pen.edition.links.backing
    numbers = range(1, pen.edition.lengths[article.article_id] + 1)
    backed = [n for n in numbers if (article.article_id, n) in backing]
    idle = sorted(set(numbers) - set(backed))
    return (
        pen.day(article.published),
        pen.link(article.id),
        pen.say("numbers.of", part=len(backed), whole=len(numbers)),
        markdown.text(percent(pen.words, len(backed), len(numbers))),
        pen.paragraphs(article.article_id, idle[:_MOST]),
    )
