"""Bodies of articles: what is no paragraph, and how paragraphs are kept apart."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.check.values import source_of
from generator.model.article import Article, Paragraph
from generator.model.dossier import Dossier
from generator.support.problems import Problem, Severity, SourcePosition, shown

_SHOWN = 50
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


def headers(dossier: Dossier) -> Iterator[Problem]:
    """The first paragraph is a text, not what was above it: an author, a date, a source, an address."""
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
            where = place_of(dossier, article, first)
            yield Problem(where, "header", message, first.text, hint, severity=Severity.WARNING)


def paragraph_breaks(dossier: Dossier) -> Iterator[Problem]:
    """Blank lines separate the paragraphs of a body: a long body has some, and not one after each line."""
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
            where = place_of(dossier, article, found)
            yield Problem(
                where, "paragraph-breaks", message, str(found.number), hint, severity=Severity.WARNING
            )
        elif broken := _broken_sentences(paragraphs):
            message = (
                f"each line seems to be a paragraph: {len(broken)} of {len(paragraphs)} end within a sentence"
            )
            hint = "before anything cites the article, delete the blank lines within its paragraphs"
            where = place_of(dossier, article, broken[0])
            yield Problem(
                where, "paragraph-breaks", message, str(broken[0].number), hint, severity=Severity.WARNING
            )


BODY_RULES = (headers, paragraph_breaks)


def place_of(dossier: Dossier, article: Article, paragraph: Paragraph, offset: int = 0) -> SourcePosition:
    """Where a text is in a paragraph."""
    before = paragraph.text[:offset]
    line = paragraph.line + before.count("\n")
    return SourcePosition(source_of(dossier, article.id).file, line, offset - before.rfind("\n"))


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
