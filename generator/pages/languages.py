"""Which language a piece of a page is in, where that is not the page's own: for screen readers, fonts and hyphens.

A native name has the language that its record gives it; a text of an article, that of the article. In the
same letters as the name that the dossier prefers, a native name is taken as of the page's language: a text
in English that writes Türkiye has not gone over to Turkish.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from markupsafe import Markup

from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.record import Named, Record
from generator.pages import markdown


def marked(words: object, tag: str) -> Markup:
    """Words as of a language; as they are where the tag is empty."""
    shown = words if isinstance(words, Markup) else markdown.text(words)
    if not tag or not shown:
        return shown
    return markdown.made(f'<span lang="{markdown.text(tag)}">{shown}</span>')


def of_title(dossier: Dossier, article: Article) -> str:
    """The language of an article's title; empty where it is the page's."""
    tag = article.language or ""
    # British and American English are one language to a reader.
    return "" if _language(tag) == _language(dossier.settings.language) else tag


def of_body(dossier: Dossier, article: Article) -> str:
    """The language of an article's paragraphs: a digest is told in the page's own."""
    return "" if article.is_digest else of_title(dossier, article)


def native_names(record: Record) -> dict[str, str]:
    """The language of each name of a record that is not in the page's."""
    if not isinstance(record, Named):
        return {}
    found: dict[str, str] = {}
    for tag, native in record.native.items():
        found.setdefault(native, "" if _script(native) == _script(record.name) else tag)
    return {native: tag for native, tag in found.items() if tag}


def of_name(native: Mapping[str, str], name: str) -> str:
    """The language of a name as some text has it, by those that are in others; empty where it is the page's."""
    return native.get(" ".join(name.split()), "") if native else ""


def label(dossier: Dossier, record: Record) -> Markup:
    """How a record is called, as of its language."""
    tag = of_title(dossier, record) if isinstance(record, Article) else ""
    return marked(record.label, tag)


@lru_cache(maxsize=1 << 10)
def _language(tag: str) -> str:
    return tag.partition("-")[0].lower()


@lru_cache(maxsize=1 << 14)
def _script(text: str) -> str:
    """The script of a text's first letter, such as LATIN or ARMENIAN."""
    letter = next((sign for sign in text if sign.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""
