"""Bodies of articles: what would be shown as signs, what is no paragraph, and how paragraphs are kept apart."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.check.values import source_of
from generator.model.article import Article, Paragraph
from generator.model.dossier import Dossier
from generator.problems import Position, Problem, Severity, shown

_SHOWN = 50
_TAGS = (
    "a|abbr|article|aside|audio|b|blockquote|body|br|button|caption|center|cite|code|div|dd|dl|dt|em|embed|figcaption"
    "|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|li|link|main|meta|nav|object|ol|p|picture"
    "|pre|q|s|script|section|small|source|span|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul|video"
)


class _Markup(NamedTuple):
    """A sort of markup: what to call it, signs without which a text has none, and how to know it."""

    name: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]


# Of what begins alike the first is named.
_MARKUP = (
    _Markup(
        "a heading of Markdown",
        ("#", "==", "--"),
        re.compile(r"^#{1,6} +\S.*|(?<=\S\n)(?:={3,}|-{3,})$", re.MULTILINE),
    ),
    _Markup("a picture of Markdown", ("![",), re.compile(r"!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")),
    _Markup(
        "a link of Markdown",
        ("](", "]:"),
        re.compile(
            r"\[[^\[\]]+\]\((?:https?:|mailto:|www\.|[./#])[^()]*\)|^\[[^\[\]]+\]:\s*<?https?:\S+",
            re.MULTILINE,
        ),
    ),
    _Markup(
        "emphasis of Markdown",
        ("*", "_"),
        re.compile(
            r"(?<![\w*])(\*{1,3})(?=[^\s*])[^*\n]{0,200}[^\s*]\1(?![\w*])"
            r"|(?<!\w)(_{1,3})(?=[^\W_])[^_\n]{0,200}[^\s_]\2(?!\w)"
        ),
    ),
    _Markup(
        "a table of Markdown",
        ("|",),
        re.compile(r"^\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?)?[ \t]*$", re.MULTILINE),
    ),
    _Markup(
        "a mark of prose",
        ("[@", "[["),
        re.compile(r"\[@[^\s\[\]]+#p\d+[^\[\]]*\]|\[\[[a-z0-9-]+(?:\|[^\[\]]+)?\]\]"),
    ),
    _Markup(
        "a shortcode",
        ("{{", "{%", "[/", '="'),
        re.compile(
            r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|\[(caption|gallery|embed|video|audio|playlist|youtube)\b[^\[\]]*=[^\[\]]*\]"
            r"|\[/(?:caption|embed|video|audio|quote|url|b|i)\]",
            re.DOTALL,
        ),
    ),
    _Markup(
        "HTML",
        ("<", "&"),
        re.compile(
            rf"</(?:{_TAGS})\s*>|<(?:{_TAGS})\s[^<>=]*=[^<>]*>|<(?:br|hr|p)\s*/?>|<!--|&(?:nbsp|amp|quot|apos|lt|gt|[lr][sd]quo|[mn]dash|hellip|#\d+|#x[\da-f]+);",
            re.IGNORECASE,
        ),
    ),
)
# What programs and people write over a text: names of fields in the languages of many outlets.
_FIELDS = (
    "author|authors|autor|autorin|auteur|autore|yazar|автор|by|byline|date|datum|data|fecha|tarih|дата|published"
    "|published on|publication date|updated|last updated|veröffentlicht|publié|publié le|publicado|pubblicato"
    "|опубликовано|обновлено|опубліковано|source|quelle|fuente|fonte|kaynak|źródło|zdroj|источник|джерело|url|link"
    "|web|permalink|canonical|ссылка|посилання|title|titel|titre|título|titolo|tytuł|заголовок|headline|subject"
    "|outlet|publisher|language|tags|keywords|section|category|copyright|from|to|sent|cc"
)
_FIELD = re.compile(rf"(?:{_FIELDS})\s*:\s*\S.{{0,150}}", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+\.\w+")
# Longer lines are sentences.
_LONGEST_HEADER = 150
# Lines of a paragraph that may be paragraphs, and paragraphs of a body that may be lines.
_FEWEST_LINES, _FEWEST_PARAGRAPHS = 4, 6
# Characters of a line that a program has broken, at the most; and of the only paragraph of an article.
_WRAPPED, _LONGEST_ONLY = 100, 5_000
# What ends a sentence, closing marks after it aside.
_END = re.compile(r"[.!?…。！？։؟।:;][\"'”’»“)\]]*$")


def markup(dossier: Dossier) -> Iterator[Problem]:
    """A body has no markup, which would be shown with its signs; each sort is reported once an article."""
    for article in dossier.articles.values():
        body = "\n\n".join(paragraph.text for paragraph in article.paragraphs)
        for sort in _MARKUP:
            if not any(sign in body for sign in sort.signs):
                continue
            found = [
                (paragraph, match)
                for paragraph in article.paragraphs
                for match in sort.pattern.finditer(paragraph.text)
            ]
            if not found:
                continue
            paragraph, first = found[0]
            number = f" ({len(found)} in all)" if len(found) > 1 else ""
            message = f"{shown(first[0], _SHOWN)} is {sort.name}, and is shown as it stands{number}"
            where = _place(dossier, article, paragraph, first.start())
            hint = "a body is plain text: write the words alone"
            yield Problem(where, "markup", message, first[0], hint, Severity.WARNING)


def headers(dossier: Dossier) -> Iterator[Problem]:
    """The first paragraph is a text, not what stood over it: an author, a date, a source, an address."""
    for article in dossier.articles.values():
        first = article.paragraph(1)
        lines = [line for line in map(str.strip, first.text.split("\n")) if line] if first else []
        if (
            first
            and any(map(_is_header, lines))
            and all(_is_header(line) or _is_byline(line) for line in lines)
        ):
            message = f"the first paragraph is no text of the article: {shown(first.text, _SHOWN)}"
            hint = "before anything cites the article, put it into the front matter: authors, published, url"
            where = _place(dossier, article, first)
            yield Problem(where, "header", message, first.text, hint, Severity.WARNING)


def paragraph_breaks(dossier: Dossier) -> Iterator[Problem]:
    """Blank lines separate the paragraphs of a body, and only these: neither none nor one after each line."""
    for article in dossier.articles.values():
        paragraphs = article.paragraphs
        found = next((paragraph for paragraph in paragraphs if _is_several(paragraph.text)), None)
        if found is None and len(paragraphs) == 1 and len(paragraphs[0].text) > _LONGEST_ONLY:
            found = paragraphs[0]
        if found:
            lines = found.text.count("\n") + 1
            what = f"{lines} lines" if lines > 1 else f"{len(found.text)} characters"
            message = f"paragraph {found.number} has {what} and seems to be several"
            hint = "before anything cites the article, put a blank line between its paragraphs"
            where = _place(dossier, article, found)
            yield Problem(where, "paragraph-breaks", message, str(found.number), hint, Severity.WARNING)
        elif broken := _broken_sentences(paragraphs):
            message = (
                f"each line seems to be a paragraph: {len(broken)} of {len(paragraphs)} end within a sentence"
            )
            hint = "before anything cites the article, delete the blank lines within its paragraphs"
            where = _place(dossier, article, broken[0])
            yield Problem(where, "paragraph-breaks", message, str(broken[0].number), hint, Severity.WARNING)


BODY_RULES = (markup, headers, paragraph_breaks)


def is_address(text: str) -> bool:
    """Whether a text is an address on the web and nothing else."""
    return bool(_URL.fullmatch(text))


def _is_header(line: str) -> bool:
    is_short = len(line) <= _LONGEST_HEADER
    return is_short and bool(_FIELD.fullmatch(line) or _URL.fullmatch(line) or _MAIL.search(line))


def _is_byline(line: str) -> bool:
    return len(line) <= _LONGEST_HEADER and not _END.search(line)


def _is_several(text: str) -> bool:
    """Whether a paragraph's lines are paragraphs: long ones that end as sentences do."""
    if text.count("\n") + 1 < _FEWEST_LINES:
        return False
    lines = text.split("\n")
    whole = sum(1 for line in lines if _END.search(line.rstrip()))
    return len(text) / len(lines) > _WRAPPED and whole >= len(lines) * 0.8


def _broken_sentences(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs that end within a sentence which the next goes on with, where that is most of them."""
    if len(paragraphs) < _FEWEST_PARAGRAPHS:
        return []
    found = [
        one
        for one, following in pairwise(paragraphs)
        if following.text[0].islower() and (one.text[-1].isalnum() or one.text[-1] in ",-")
    ]
    return found if len(found) >= len(paragraphs) / 2 else []


def _place(dossier: Dossier, article: Article, paragraph: Paragraph, offset: int = 0) -> Position:
    """Where a text stands in a paragraph."""
    before = paragraph.text[:offset]
    line = paragraph.line + before.count("\n")
    return Position(source_of(dossier, article.id).file, line, offset - before.rfind("\n"))
