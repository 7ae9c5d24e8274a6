"""Mentions of a record as a list that says something: a few words around each, by article."""

from dataclasses import dataclass

from markupsafe import Markup

from generator.link import Mention
from generator.link.snippets import snippet
from generator.model.article import Article
from generator.model.evidence import Locator
from generator.model.ids import RecordId
from generator.pages import languages, markdown
from generator.pages.edition import MENTIONS_A_PAGE
from generator.pages.pen import Pen, spaced

# Snippets of one article; its further paragraphs are named only.
_SNIPPETS = 3


@dataclass(frozen=True)
class SnippetView:
    """A mention with the words around it; `words` links to the paragraph."""

    before: Markup
    words: Markup
    after: Markup
    cite: Markup


@dataclass(frozen=True)
class MentionGroup:
    """The mentions in one article."""

    article: Markup
    source: str
    snippets: tuple[SnippetView, ...]
    more: Markup


@dataclass(frozen=True)
class MentionsView:
    """One page of mentions; `total` over all pages."""

    groups: tuple[MentionGroup, ...]
    total: int
    articles: int
    further: tuple[Markup, ...] = ()


def view(pen: Pen, key: RecordId, page: int = 1) -> MentionsView:
    """A page of the mentions of a record, counted from 1."""
    articles, total = pen.edition.times_mentioned.get(key, (0, 0))
    chosen = pen.edition.mentioned_on(key, page)
    base = pen.page_of(key)[0].removesuffix(".md")
    pages = range(1, page_count(articles) + 1)
    further = tuple(
        markdown.link(
            f"{(n - 1) * MENTIONS_A_PAGE + 1}–{min(n * MENTIONS_A_PAGE, articles)}",
            pen.to(page_path(base, n)),
        )
        for n in pages
        if n != page
    )
    return MentionsView(tuple(_group(pen, *entry) for entry in chosen), total, articles, further)


def page_count(articles: int) -> int:
    """How many pages the mentions in so many articles take."""
    return max(1, -(-articles // MENTIONS_A_PAGE))


def page_path(base: str, page: int) -> str:
    """The path of a page of mentions: the record's own for the first."""
    return f"{base}.md" if page == 1 else f"{base}/mentions-{page}.md"


def _group(pen: Pen, article: Article, mentions: tuple[Mention, ...]) -> MentionGroup:
    first: dict[int, Mention] = {}
    for mention in mentions:
        first.setdefault(mention.paragraph, mention)
    shown = list(first.values())
    rest = [_paragraph_link(pen, m) for m in shown[_SNIPPETS:]]
    snippets = tuple(_snippet(pen, article, m) for m in shown[:_SNIPPETS])
    outlet = pen.outlet_words(article.outlet) if article.outlet else ""
    source = ", ".join(filter(None, [outlet, pen.date(article.published)]))
    return MentionGroup(pen.link(article.id), source, snippets, markdown.joined(rest, ", "))


def _paragraph_link(pen: Pen, mention: Mention) -> Markup:
    at = Locator(mention.article, mention.paragraph, mention.paragraph)
    return markdown.link(f"¶{mention.paragraph}", pen.to(f"articles/{mention.article}.md", at.fragment))


def _snippet(pen: Pen, article: Article, mention: Mention) -> SnippetView:
    paragraph = article.paragraphs[mention.paragraph - 1]
    before, words, after = snippet(paragraph.text, mention.start, mention.end)
    tag = languages.of_body(pen.edition, article)
    own = tag or languages.of_name(pen.edition.dossier.records[mention.entity], words)
    return SnippetView(
        languages.marked(spaced(before), tag),
        languages.marked(words, own),
        languages.marked(spaced(after), tag),
        _paragraph_link(pen, mention),
    )
