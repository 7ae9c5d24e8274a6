"""Mentions of a record by article, each with a few words of context, and how many articles mention it over time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from generator.edition.article_counts import month_of
from generator.edition.coverage import MENTIONS_A_PAGE
from generator.folding import one_line
from generator.link import Mention
from generator.link.snippets import snippet
from generator.markup import languages, markdown
from generator.model.article import Article
from generator.model.dates import EdtfDate
from generator.model.ids import RecordId
from generator.model.record import Record
from generator.pages.indexes import faceted
from generator.pages.indexes.bars import DATE, Bar, Periods, bars
from generator.pages.writing.pen import Pen

# The most snippets of one article; further paragraphs are only named.
_SNIPPETS = 2
# Up to so many pages, each links to all; beyond that, to its neighbors on either side and to some in between.
_ALL, _BESIDE, _STEPS = 12, 2, 10
# Mentions in so many articles are seen at a glance.
_FEW = 2
# The anchor of the mentions on a record's own page.
MENTIONS = "at-mentions"


class MentionsView(NamedTuple):
    """One page of mentions; `total` and `articles` count all pages.

    Attributes:
        items: The articles of this page, each an item of a list.
        mark: The element that gives scripts the facets.
        pages: Links to the pages of mentions.
        whole: The link to the page on which all are filtered, on the others.
        bars: How many articles mention the record over time.
    """

    items: tuple[Markup, ...]
    total: int
    articles: int
    mark: Markup | None = None
    pages: tuple[Markup, ...] = ()
    whole: Markup | None = None
    bars: tuple[Bar, ...] = ()


def view(pen: Pen, key: RecordId, page: int = 1) -> MentionsView:
    """A page of the mentions of a record, counted from 1."""
    articles, total = pen.edition.times_mentioned.get(key, (0, 0))
    chosen = pen.edition.mentioned_on(key, page)
    base, count = pen.page_of(key)[0].removesuffix(".md"), page_count(articles)
    record = pen.edition.dossier.records[key]
    months = dict(pen.edition.mentioned_by_month.get(key, ()))
    periods = Periods.between(min(months, default=0), max(months, default=0))
    targets = tuple(pen.href(page_path(base, n)) for n in range(2, count + 1))
    mark: Markup | None = None
    marks: Sequence[Markup] = [markdown.NOTHING] * len(chosen)
    if articles > _FEW:
        mark, marks = faceted.mark(
            faceted.facets(pen, DATE, "outlet", "word"),
            [_values(pen, periods, *entry) for entry in chosen],
            parts=faceted.OtherPages(targets) if page == 1 else None,
        )
    whole = markdown.link(pen.words("entry.all_mentions", n=articles), pen.to(f"{base}.md", MENTIONS))
    return MentionsView(
        items=tuple([_item(pen, record, *entry, of) for entry, of in zip(chosen, marks, strict=True)]),
        total=total,
        articles=articles,
        mark=mark,
        pages=tuple(_links(pen, base, page, articles)),
        whole=whole if page > 1 else None,
        bars=tuple(_bars(pen, base, months, periods, articles)) if page == 1 and articles > _FEW else (),
    )


def _links(pen: Pen, base: str, page: int, articles: int) -> Iterator[Markup]:
    """Links to the pages of mentions, by the numbers of their articles; none if there is one page."""
    count = page_count(articles)
    for n in leading_to(page, count) if count > 1 else ():
        words = f"{(n - 1) * MENTIONS_A_PAGE + 1}–{min(n * MENTIONS_A_PAGE, articles)}"
        if n == page:
            yield Markup('<b aria-current="page">{}</b>').format(words)
        else:
            yield markdown.link(words, pen.to(page_path(base, n)))


def _bars(pen: Pen, base: str, months: Mapping[int, int], periods: Periods, articles: int) -> Iterator[Bar]:
    """The bars of a record's mentions, if they are of several periods."""
    counts = periods.counted(months)
    if len(counts) < 2:
        return
    # Articles without a date come first in the list.
    before = articles - counts.total()
    pages = {}
    for period in sorted(counts, reverse=True):
        pages[period] = before // MENTIONS_A_PAGE + 1
        before += counts[period]
    yield from bars(pen, periods, counts, lambda period: _begins(pen, base, pages[period]), of="article")


def _begins(pen: Pen, base: str, page: int) -> str:
    """The address of a page of mentions; on the record's own page they follow much else."""
    return pen.href(page_path(base, page), MENTIONS if page == 1 else "")


def _values(
    pen: Pen, periods: Periods, article: Article, mentions: Sequence[Mention]
) -> tuple[faceted.Values, ...]:
    """When and where an article was published, and in which words it mentions the record."""
    date: faceted.Values = ()
    if article.published:
        value = periods.value(month_of(article.published) // periods.step)
        date = ((value, pen.date(EdtfDate.parse(value))),)
    words = sorted({one_line(mention.text) for mention in mentions})
    return date, (faceted.outlet(pen, article),), tuple((name, name) for name in words)


def leading_to(page: int, pages: int) -> list[int]:
    """The pages that a page links, in order: all, or the ends, its neighbors and some between, evenly spread.

    Links from every page to all would grow with the square of a record's mentions.
    """
    if pages <= _ALL:
        return list(range(1, pages + 1))
    step = -(-pages // _STEPS)
    beside = range(max(1, page - _BESIDE), min(pages, page + _BESIDE) + 1)
    return sorted({1, pages, *beside, *range(step, pages, step)})


def page_count(articles: int) -> int:
    """The number of pages for mentions in so many articles."""
    return max(1, -(-articles // MENTIONS_A_PAGE))


def page_path(base: str, page: int) -> str:
    """The path of a page of mentions: the record's own for the first."""
    return f"{base}.md" if page == 1 else f"{base}/mentions-{page}.md"


def _item(pen: Pen, record: Record, article: Article, mentions: tuple[Mention, ...], of: Markup) -> Markup:
    """The mentions in one article as a list, joined without a template: they are half of the text of all pages."""
    shown = list({mention.paragraph: mention for mention in reversed(mentions)}.values())[::-1]
    source = languages.isolated(pen.edition.labels.published[article.article_id])
    lines = [f"- {pen.link(article.id)} {markdown.quiet(source) if source else ''}{of}"]
    lines += [f"    - {_snippet(pen, record, article, mention)}" for mention in shown[:_SNIPPETS]]
    if rest := ", ".join([_paragraph_link(pen, mention) for mention in shown[_SNIPPETS:]]):
        lines.append(f"    - {markdown.quiet(pen.words('entry.also_in'))} {rest}")
    return markdown.trusted("\n".join(lines))


def _paragraph_link(pen: Pen, mention: Mention) -> str:
    return f"[¶{mention.paragraph}]({pen.to(*pen.paragraph_of(mention.article, mention.paragraph))})"


def _snippet(pen: Pen, record: Record, article: Article, mention: Mention) -> str:
    """A mention with the words around it, marked with their language."""
    paragraph = article.paragraphs[mention.paragraph - 1]
    before, words, after = snippet(paragraph.text, mention.start, mention.end)
    dossier = pen.edition.dossier
    name = markdown.text(words) if languages.body_tag(dossier, article) else pen.printed(record.id, words)
    before, after = markdown.signs(before), markdown.signs(after)
    shown = languages.in_body(dossier, article, markdown.trusted(f"{before}<mark>{name}</mark>{after}"))
    return f"{_paragraph_link(pen, mention)} {shown}"
