"""Markup where it has no effect: Markdown, HTML and shortcodes that would be shown as written."""

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import NamedTuple

from generator.check.bodies import place_of
from generator.check.headlines import titles_of
from generator.check.values import source_of, values
from generator.model.dossier import Dossier
from generator.model.fields import ProseMark
from generator.model.prose import Literal, parts_of
from generator.support.problems import Problem, Severity, SourcePosition, shown

_SHOWN = 50
_TAGS = (
    "a|abbr|article|aside|audio|b|blockquote|body|br|button|caption|center|cite|code|div|dd|dl|dt|em|embed|figcaption"
    "|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|li|link|main|meta|nav|object|ol|p|picture"
    "|pre|q|s|script|section|small|source|span|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul|video"
)


class _Sort(NamedTuple):
    """A sort of markup: its name, characters that every instance has, and the pattern that recognizes it."""

    name: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]


_SORTS = (
    _Sort(
        "a heading of Markdown",
        ("#", "==", "--"),
        re.compile(r"^#{1,6} +\S.*|(?<=\S\n)(?:={3,}|-{3,})$", re.MULTILINE),
    ),
    _Sort("a picture of Markdown", ("![",), re.compile(r"!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")),
    _Sort(
        "a link of Markdown",
        ("](", "]:"),
        re.compile(
            r"\[[^\[\]]+\]\((?:https?:|mailto:|www\.|[./#])[^()]*\)|^\[[^\[\]]+\]:\s*<?https?:\S+",
            re.MULTILINE,
        ),
    ),
    _Sort(
        "emphasis of Markdown",
        ("*", "_"),
        re.compile(
            r"(?<![\w*])(\*{1,3})(?=[^\s*])[^*\n]{0,200}[^\s*]\1(?![\w*])"
            r"|(?<!\w)(_{1,3})(?=[^\W_])[^_\n]{0,200}[^\s_]\2(?!\w)"
        ),
    ),
    _Sort(
        "a table of Markdown",
        ("|",),
        re.compile(r"^\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?)?[ \t]*$", re.MULTILINE),
    ),
    _Sort(
        "a mark of prose",
        ("[@", "[["),
        re.compile(r"\[@[^\s\[\]]+#p\d+[^\[\]]*\]|\[\[[a-z0-9-]+(?:\|[^\[\]]+)?\]\]"),
    ),
    _Sort(
        "a shortcode",
        ("{{", "{%", "["),
        re.compile(
            r"\{\{[^{}]{0,200}\}\}|\{%[^{}%]{0,200}%\}|\[(caption|gallery|embed|video|audio|playlist|youtube)\b[^\[\]]*=[^\[\]]*\]"
            r"|\[/(?:caption|embed|video|audio|quote|url|b|i)\]",
            re.DOTALL,
        ),
    ),
    _Sort(
        "HTML",
        ("<", "&"),
        re.compile(
            rf"</(?=[a-z]+\d?[\s>])(?:{_TAGS})\s*>|<(?=[a-z]+\d?\s)(?:{_TAGS})\s[^<>=]*=[^<>]*>|<(?:br|hr|p)\s*/?>|<!--"
            rf"|&(?=\w+;)(?:{'|'.join(name2codepoint)}|apos);|&#(?:\d{{1,7}}|x[\da-f]{{1,6}});",
            re.IGNORECASE,
        ),
    ),
)
# What prose and titles do not have either. Links of prose are its own, and lines of it are joined.
_OF_PROSE = tuple(sort for sort in _SORTS if sort.name in ("emphasis of Markdown", "a shortcode", "HTML"))
_OF_TITLES = tuple(sort for sort in _SORTS if sort.name == "HTML")


def markup_in_bodies(dossier: Dossier) -> Iterator[Problem]:
    """A body has no markup, which would be shown as written; each sort is reported once per article."""
    for article in dossier.articles.values():
        body = "\n\n".join(paragraph.text for paragraph in article.paragraphs)
        for sort in _SORTS:
            if not any(sign in body for sign in sort.signs):
                continue
            found = [
                (paragraph, match)
                for paragraph in article.paragraphs
                for match in sort.pattern.finditer(paragraph.text)
            ]
            if found:
                paragraph, first = found[0]
                where = place_of(dossier, article, paragraph, first.start())
                yield _problem(
                    where, first[0], sort, len(found), "a body is plain text: write the words alone"
                )


def markup_in_prose(dossier: Dossier) -> Iterator[Problem]:
    """Prose has no markup but its four marks; each sort is reported once a text."""
    for found in values(dossier, ProseMark):
        for sort in _OF_PROSE:
            if any(sign in found.value for sign in sort.signs):
                texts = [part.text for part in parts_of(found.value, Literal)]
                matches = [match[0] for text in texts for match in sort.pattern.finditer(text)]
                if matches:
                    hint = (
                        "prose has links, links to records, citations and paragraphs: write the words alone"
                    )
                    yield _problem(found.at(matches[0]), matches[0], sort, len(matches), hint)


def markup_in_titles(dossier: Dossier) -> Iterator[Problem]:
    """Titles and names have no HTML, such as a site's own search gives them."""
    for key, record in dossier.records.items():
        for path, text in titles_of(record):
            for sort in _OF_TITLES:
                if any(sign in text for sign in sort.signs) and (match := sort.pattern.search(text)):
                    where = source_of(dossier, key).at(path, match[0])
                    yield _problem(where, match[0], sort, 1, "write the character itself, or the words alone")


MARKUP_RULES = (markup_in_bodies, markup_in_prose, markup_in_titles)


def _problem(where: SourcePosition, text: str, sort: _Sort, number: int, hint: str) -> Problem:
    times = f" ({number} in all)" if number > 1 else ""
    message = f"{shown(text, _SHOWN)} is {sort.name}, and is shown as it is written{times}"
    return Problem(where, "markup", message, text, hint, severity=Severity.WARNING)
