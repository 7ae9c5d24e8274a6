"""Pages of articles: the text by paragraph, and what each paragraph backs."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from generator.folding import one_line
from generator.link import Mention
from generator.markup import languages, markdown
from generator.model.article import Article
from generator.model.ids import RecordId, slug
from generator.model.kinds import KINDS_WITH_PAGES, Kind
from generator.pages.indexes.indexes import group_target, year_of
from generator.pages.records.common import Common, Fact, common, fact
from generator.pages.records.paragraphs import ParagraphView, by_paragraph, cited_paragraph
from generator.pages.records.side import html
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import brief, percent

# A heading with these words would get the anchor of a paragraph.
_ANCHOR = re.compile(r"p\d+(?:-.*)?")


class ArticleRow(NamedTuple):
    """An article in a table."""

    date: Markup
    article: Markup
    outlet: Markup


class ArticleView(NamedTuple):
    """An article's page."""

    common: Common
    byline: Markup
    dated_by: Markup
    outlet_by: Markup
    wire: Markup
    url: str
    rights: str
    is_digest: bool
    is_anchor: bool
    paragraphs: tuple[ParagraphView, ...]
    taken: tuple[tuple[str, Markup], ...]
    citing: int
    not_taken: Markup
    alike: Markup
    printed: Markup
    where: Markup
    before: Markup
    after: Markup


def page(pen: Pen, article: Article) -> Page:
    """The page of an article."""
    mentions = pen.edition.links.mentions.get(article.article_id, ())
    here = by_paragraph(mentions)
    known: set[RecordId] = set()
    paragraphs = tuple(
        [cited_paragraph(pen, article, p, here.get(p.number, ()), known) for p in article.paragraphs]
    )
    before, after = _neighbours(pen, article)
    alike, printed = _printed(pen, article, mentions)
    taken, citing = _taken(pen, article)
    view = ArticleView(
        common=common(pen, article, (), _facts(pen, article, paragraphs)),
        byline=_byline(pen, article),
        dated_by=html("<i>{how}</i>", how=article.dated_by) if article.dated_by else Markup(""),
        outlet_by=html("<i>{how}</i>", how=article.outlet_by) if article.outlet_by else Markup(""),
        wire=pen.link(article.wire) + pen.at(article, "wire") if article.wire else Markup(""),
        url=markdown.address(article.url) if article.url else "",
        rights=article.rights or "",
        is_digest=article.is_digest,
        is_anchor=_ANCHOR.fullmatch(slug(article.title)) is not None,
        paragraphs=paragraphs,
        taken=taken,
        citing=citing,
        not_taken=markdown.joined(
            [markdown.link(f"¶{p.number}", f"#p{p.number}") for p in paragraphs if p.is_idle]
        ),
        alike=alike,
        printed=printed,
        where=_where(pen, article),
        before=before,
        after=after,
    )
    year = year_of(article.published)
    meta = head.of_record(
        pen,
        article,
        label=f"{pen.words('kinds.article')} · {pen.words(f'articles.{_form(article)}')}",
        description=_description(pen, article),
        crumbs=[
            (
                year if article.published else pen.words("dates.undated"),
                group_target("articles", "year", year, len(pen.edition.dossier.articles)),
            ),
        ],
    )
    meta["metas"] = _citation_metas(pen, article)
    return Page(pen.path, meta, pen.render("article", view=view))


def _form(article: Article) -> str:
    if article.in_full:
        return "private"
    return "digest" if article.is_digest else "full"


def article_rows(pen: Pen, articles: Iterable[Article]) -> tuple[ArticleRow, ...]:
    """Articles in a table."""
    return tuple(
        ArticleRow(
            pen.day(article.published) or markdown.date(pen.words("dates.undated")),
            pen.link(article.id),
            _source(pen, article),
        )
        for article in articles
    )


def _source(pen: Pen, article: Article) -> Markup:
    """The outlet of an article, and the agency that supplied it, if another."""
    outlet = pen.link(article.outlet) if article.outlet else pen.say("sources.unnamed_short")
    return (
        pen.say("sources.of_wire", outlet=outlet, agency=pen.link(article.wire)) if article.wire else outlet
    )


def _facts(pen: Pen, article: Article, paragraphs: tuple[ParagraphView, ...]) -> tuple[Fact, ...]:
    numbers = range(1, len(paragraphs) + 1)
    backing = sum(not p.is_idle for p in paragraphs)
    entries = [e for n in numbers for e in pen.edition.links.backing.get((article.article_id, n), ())]
    backed = Counter(pen.edition.dossier.records[key].kind_of for key in {e.record for e in entries})
    people = pen.edition.named_in(article.article_id, Kind.PERSON)
    return (
        fact(pen, len(paragraphs), "paragraph"),
        Fact(_backing(pen, backing, len(paragraphs)), pen.words("facts.backing")),
        fact(pen, len(people), "person"),
        fact(pen, backed[Kind.EVENT], "event"),
        fact(pen, backed[Kind.STATEMENT], "statement"),
        *_verified(pen, article),
    )


def _backing(pen: Pen, part: int, whole: int) -> str:
    share = percent(pen.words, part, whole)
    return pen.words("numbers.share", part=part, percent=share) if share else "0"


def _verified(pen: Pen, article: Article) -> tuple[Fact, ...]:
    """The share of the article's quotes that was found in it, as a fact; none if nothing is quoted."""
    dossier = pen.edition.dossier
    found = [is_found for _, is_found in pen.edition.quotes.get(article.article_id, ())]
    where = "original" if article.is_digest else "text"
    if found:
        if all(found):
            return (Fact(pen.words("facts.verified"), pen.words(f"facts.all_quotes_{where}", n=len(found))),)
        part = pen.words("numbers.of", part=sum(found), whole=len(found))
        return (Fact(part, pen.words(f"facts.some_quotes_{where}")),)
    if not article.is_digest:
        return ()
    read = article.article_id in dossier.originals or (
        dossier.lock and article.article_id in dossier.lock.articles
    )
    return (Fact(pen.words("facts.read" if read else "facts.not_read"), pen.words("facts.beside_original")),)


def _byline(pen: Pen, article: Article) -> Markup:
    outlet = pen.link(article.outlet) if article.outlet else pen.say("sources.unnamed")
    outlet += pen.at(article, "outlet")
    people = pen.edition.dossier.people
    authors = [pen.link(RecordId(a)) if a in people else markdown.text(a) for a in article.authors]
    by = [pen.say("sources.by", authors=markdown.joined(authors, ", "))] if authors else []
    date = pen.date(article.published) or pen.words("dates.unknown")
    return markdown.joined([outlet, *by, markdown.text(date) + pen.at(article, "published")], " · ")


def _description(pen: Pen, article: Article) -> str:
    source = pen.edition.labels.published[article.article_id]
    source = pen.words("signs.sentence", text=source) if source else ""
    summary = head.plain_prose(pen, article.id, "summary")
    first = article.paragraphs[0].text if article.paragraphs else ""
    return brief(" ".join(filter(None, [source, summary or first])), 200)


def _taken(pen: Pen, article: Article) -> tuple[tuple[tuple[str, Markup], ...], int]:
    """The records with a page that cite the article, by kind, in HTML, and their number."""
    keys = {
        entry.record
        for paragraph in article.paragraphs
        for entry in pen.edition.links.backing.get((article.article_id, paragraph.number), ())
    }
    records = pen.edition.dossier.records
    found, number = [], 0
    for kind in KINDS_WITH_PAGES:
        of_kind = sorted((k for k in keys if records[k].kind_of is kind), key=pen.edition.by_name)
        if of_kind:
            links = markdown.joined([pen.html(key, mark=False) for key in of_kind], ", ")
            found.append((pen.words(f"sections.{kind.section}"), links))
            number += len(of_kind)
    return tuple(found), number


def _printed(pen: Pen, article: Article, mentions: Iterable[Mention]) -> tuple[Markup, Markup]:
    """The records that an article names: those that it calls as the dossier does in a row, the others in a table.

    Each printed form has its count; a digest's own words are not counted.
    """
    counts: dict[RecordId, dict[str, int]] = defaultdict(dict)
    for mention in mentions:
        found, name = counts[mention.entity], one_line(mention.text)
        found[name] = found.get(name, 0) + 1

    def with_count(shown: Markup, number: int) -> Markup:
        if number == 1 or article.is_digest:
            return shown
        return markdown.joined([shown, markdown.quiet(pen.say("articles.times", n=number))])

    def forms(key: RecordId) -> Markup:
        ordered = sorted(counts[key].items(), key=lambda c: (-c[1], pen.words.sort_key(c[0])))
        return markdown.joined(
            [
                with_count(languages.in_body(pen.edition.dossier, article, pen.printed(key, name)), number)
                for name, number in ordered
            ],
            ", ",
        )

    alike, others = [], []
    for key in sorted(counts, key=pen.edition.by_name):
        number = counts[key].get(pen.edition.dossier.label(key))
        if number and len(counts[key]) == 1:
            alike.append(with_count(pen.link(key), number))
        else:
            others.append(markdown.row((pen.link(key), forms(key))))
    return markdown.joined(alike, ", "), markdown.joined(others, "\n")


def _where(pen: Pen, article: Article) -> Markup:
    """The article in one line: outlet, date and title."""
    source, title = pen.edition.labels.citation[article.article_id], pen.label(article.id)
    # Without a date its citation is its title.
    return markdown.trusted(f"<b>{source}</b> {title}" if article.published else f"<b>{title}</b>")


def _neighbours(pen: Pen, article: Article) -> tuple[Markup, Markup]:
    before, after = (
        pen.link(key) if key else Markup("") for key in pen.edition.neighbours[article.article_id]
    )
    return before, after


def _citation_metas(pen: Pen, article: Article) -> list[list[str]]:
    """The metadata that reference managers read from a page."""
    names = [
        pen.edition.dossier.label(RecordId(a)) if a in pen.edition.dossier.people else a
        for a in article.authors
    ]
    outlet = pen.edition.dossier.label(article.outlet) if article.outlet else ""
    metas = [["DC.type", "newspaperArticle"], ["citation_title", article.title]]
    metas += [["citation_author", name] for name in names]
    metas += [["citation_date", article.published.text]] if article.published else []
    metas += [["DC.publisher", outlet]] if outlet else []
    return metas + ([["citation_public_url", article.url]] if article.url else [])
