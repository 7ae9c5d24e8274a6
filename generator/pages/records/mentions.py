"""Mentions of a record by article, each with a few words of context."""

from typing import NamedTuple

from markupsafe import Markup

from generator.edition.coverage import MENTIONS_A_PAGE
from generator.link import Mention
from generator.link.snippets import snippet
from generator.markup import languages, markdown
from generator.model.article import Article
from generator.model.ids import RecordId
from generator.model.record import Record
from generator.pages.writing.pen import Pen

# The most snippets of one article; further paragraphs are only named.
_SNIPPETS = 3
# Up to so many pages, each links to all; beyond that, to its neighbors on either side and to some in between.
_ALL, _BESIDE, _STEPS = 12, 2, 10


class MentionsView(NamedTuple):
    """One page of mentions, grouped by article; `total` counts all pages."""

    groups: tuple[Markup, ...]
    total: int
    articles: int
    further: tuple[Markup, ...] = ()


def view(pen: Pen, key: RecordId, page: int = 1) -> MentionsView:
    """A page of the mentions of a record, counted from 1."""
    articles, total = pen.edition.times_mentioned.get(key, (0, 0))
    chosen = pen.edition.mentioned_on(key, page)
    base = pen.page_of(key)[0].removesuffix(".md")
    pages = leading_to(page, page_count(articles))
    further = tuple(
        markdown.link(
            f"{(n - 1) * MENTIONS_A_PAGE + 1}–{min(n * MENTIONS_A_PAGE, articles)}",
            pen.to(page_path(base, n)),
        )
        for n in pages
        if n != page
    )
    record = pen.edition.dossier.records[key]
    groups = tuple([_group(pen, record, *entry) for entry in chosen])
    return MentionsView(groups, total, articles, further)


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


def _group(pen: Pen, record: Record, article: Article, mentions: tuple[Mention, ...]) -> Markup:
    """The mentions in one article as Markdown, joined without a template: they are half of the text of all pages."""
    shown = list({mention.paragraph: mention for mention in reversed(mentions)}.values())[::-1]
    source = languages.isolated(pen.edition.labels.published[article.article_id])
    lines = [f"### {pen.link(article.id)}\n"]
    if source:
        lines.append(f'<span class="meta"></span>{source}\n')
    lines += [f"- {_snippet(pen, record, article, mention)}" for mention in shown[:_SNIPPETS]]
    if rest := ", ".join([_paragraph_link(pen, mention) for mention in shown[_SNIPPETS:]]):
        lines.append(f"- {markdown.quiet(pen.words('entry.also_in'))} {rest}")
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
