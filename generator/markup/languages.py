"""Marks text that is not in the page's language, for screen readers, fonts and hyphens.

Pages are written from left to right, as all languages of the interface are; other text has its direction marked.

A native name has the language that its record gives it; the text of an article, that of the article. In the
same script as the preferred name, a native name counts as being in the page's language: a text
in English that writes Türkiye has not switched to Turkish.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from markupsafe import Markup

from generator.markup import markdown
from generator.markup.direction import RTL, RTL_RUN, is_rtl
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.record import Named, Record

# The opening bracket of each closing one.
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def marked(words: object, tag: str, spoken: str = "", text: str = "") -> Markup:
    """Words marked with their language and direction; unmarked where both are the page's.

    Args:
        tag: Their language; empty if it is the page's.
        spoken: Their language, for the direction, where the tag is empty.
        text: The part of them that decides the direction, if not all of them.
    """
    shown = words if isinstance(words, Markup) else markdown.text(words)
    direction = "" if shown.isascii() else _direction(shown, tag or spoken, text)
    if not (tag or direction) or not shown:
        return shown
    lang = f' lang="{markdown.text(tag)}"' if tag else ""
    return markdown.trusted(f"<span{lang}{direction}>{shown}</span>")


def _direction(shown: Markup, language: str, text: str) -> str:
    if not RTL.search(text or shown):
        return ""
    return ' dir="rtl"' if is_rtl(text or markdown.plain(shown), language) else ""


@lru_cache(maxsize=1 << 14)
def isolated(words: str) -> Markup:
    """A line made of names and words of the interface, with right-to-left runs isolated."""
    if words.isascii() or not RTL.search(words):
        return markdown.text(words)
    pieces: list[Markup] = []
    end = 0
    for run in RTL_RUN.finditer(words):
        pieces.append(markdown.spaced(words[end : run.start()]))
        end = run.end()
        # A bracket that was opened within is closed there.
        while words[end : end + 1] in _BRACKETS and _is_open(run[0], words[end]):
            end += 1
        pieces.append(markdown.trusted(f"<bdi>{markdown.text(words[run.start() : end])}</bdi>"))
    return markdown.joined([*pieces, markdown.spaced(words[end:])], "")


def _is_open(words: str, closing: str) -> bool:
    return words.count(_BRACKETS[closing]) > words.count(closing)


def title(dossier: Dossier, article: Article) -> Markup:
    """An article's title, marked with its language."""
    return quote(dossier, article, article.title)


def in_body(dossier: Dossier, article: Article, words: object) -> Markup:
    """Words from an article's paragraphs, marked with their language."""
    language = dossier.settings.language if article.is_digest else article_tag(dossier, article)
    return marked(words, body_tag(dossier, article), language)


def quote(dossier: Dossier, article: Article, words: str) -> Markup:
    """Words from an article or from a digest's original, marked with their language."""
    return marked(words, title_tag(dossier, article), article_tag(dossier, article))


def article_tag(dossier: Dossier, article: Article) -> str:
    """The language of an article: the dossier's by default."""
    return article.language or dossier.settings.language


def title_tag(dossier: Dossier, article: Article) -> str:
    """The language of an article's title; empty where it is the page's."""
    tag = article.language or ""
    # British and American English are one language to a reader.
    return "" if _language(tag) == _language(dossier.settings.language) else tag


def body_tag(dossier: Dossier, article: Article) -> str:
    """The language of an article's paragraphs; empty for a digest, which is in the page's language."""
    return "" if article.is_digest else title_tag(dossier, article)


def native_names(record: Record) -> dict[str, str]:
    """The language of each name of a record that is not in the page's language."""
    if not isinstance(record, Named):
        return {}
    scripts = {name: _script(name) for _, name in record.native_names()}
    own = _script(record.name) if scripts else ""
    return {native: tags[0] for native, tags in by_spelling(record).items() if scripts[native] != own}


def by_spelling(record: Record) -> dict[str, list[str]]:
    """The names of a record in other languages, without the preferred name, each with the languages that spell it so."""
    found: dict[str, list[str]] = {}
    if isinstance(record, Named):
        for tag, name in record.native_names():
            if name != record.name:
                found.setdefault(name, []).append(tag)
    return found


def name_tag(native: Mapping[str, str], name: str) -> str:
    """The language of a name as printed in a text, given the names in other languages; empty where it is the page's."""
    return native.get(" ".join(name.split()), "") if native else ""


def label(dossier: Dossier, record: Record) -> Markup:
    """The label of a record, marked with its language."""
    if isinstance(record, Article):
        return title(dossier, record)
    return marked(record.label, "", dossier.settings.language)


@lru_cache(maxsize=1 << 10)
def _language(tag: str) -> str:
    return tag.partition("-")[0].lower()


@lru_cache(maxsize=1 << 14)
def _script(text: str) -> str:
    """The script of a text's first letter, such as LATIN or ARMENIAN."""
    letter = next((sign for sign in text if sign.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""
