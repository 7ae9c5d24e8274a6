"""Text as Markdown that shows exactly that text, in Markdown, in HTML and in attributes alike.

Signs that could mean something become numeric character references: Python-Markdown and CommonMark
both read these as the sign itself and never as structure, and so do browsers inside HTML blocks.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import unescape
from string import Formatter
from urllib.parse import quote

from markupsafe import Markup, escape

from generator.folding import one_line
from generator.words import Words

# Signs that mean something to Markdown or to an extension that a site may turn on. Some do so only beside others;
# these stay as they are elsewhere, so that Markdown can be read and does not grow.
_ALWAYS = r"""\\`*_{}\[\]<>&|~$^="#!@"""
_SIGN = re.compile(
    rf"""
    [{_ALWAYS}:/+(.?\d]            # One class before the conditions: the scan is several times as fast.
    (?: (?<=[{_ALWAYS}])
      | (?<=:)(?=[\w/+-])         # :smile:, https://
      | (?<=\+)(?=[+/])           # ++ctrl++, +/-
      | (?<=\d/)(?=\d)            # 1/4
      | (?<=\bc/)(?=o\b)          # c/o
      | (?<=\()(?=(?:c|r|tm)\))   # (c)
      | (?<=www\.)                # www.example.org
      | (?<=\?)(?=\d)             # ?12, a discussion
      | (?<=\d)(?=st\b|nd\b|rd\b|th\b|[a-f\d]{{20}})  # 1st; the hash of a commit
    )
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
# Of our markup all that is no text: in text itself these signs are character references.
_MARKS = re.compile(r"<[^>]*>|\]\([^()]*\)|\[")
# Characters of a text that may come again.
_LABEL = 100
# What opens a list, a definition, a block or a rule at the start of a line: a digit of any script, one of the signs
# that stay as they are elsewhere, or a letter or Roman numeral as the number of an item.
_OPENERS = re.compile(r"[\d%'()+,\-./:;?]|(?:[a-z]|[ivxlcdm]+)[.)](?=\s|$)", re.IGNORECASE)
# Characters that may stand in an address as they are; brackets and quotation marks would end a link.
_URL_SAFE = "/:?#@!$&*+,;=%~-._"

# No markup at all.
NOTHING = Markup("")


def made(markup: str) -> Markup:
    """What is markup already as such: at a third of the cost of `Markup(…)`, which asks what it is given first."""
    return str.__new__(Markup, markup)


def text(value: object) -> Markup:
    """A value as text on one line; Markup is left as it is."""
    if isinstance(value, Markup):
        return value
    shown = str(value)
    return _label(shown) if len(shown) <= _LABEL else running(shown)


def running(value: str) -> Markup:
    """Running text on one line, which is not likely to come again."""
    return signs(one_line(value))


def spaced(value: str) -> Markup:
    """Running text on one line, with a single space kept at an end that had any."""
    inner = one_line(value)
    if not inner:
        return made(" ") if value else NOTHING
    if value[0].isspace():
        inner = f" {inner}"
    return signs(f"{inner} " if value[-1].isspace() else inner)


def signs(one_line: str) -> Markup:
    """Text that stands on one line already; a space at its ends stays."""
    return made(_SIGN.sub(_reference, one_line))


def _reference(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};"


# Names and words of the interface come again and again; paragraphs do not.
_label = lru_cache(maxsize=1 << 16)(running)


def opening(markup: Markup) -> Markup:
    """Markup that may stand at the start of a line without opening a list or the like."""
    if _OPENERS.match(markup):
        return made(f"&#{ord(markup[0])};{markup[1:]}")
    return markup


def link(words: object, target: str) -> Markup:
    """A Markdown link; the target is one of the generator's own, or has gone through `address`."""
    shown = words if isinstance(words, Markup) else text(words)
    return made(f"[{shown}]({target})")


def address(url: str) -> str:
    """A curator's URL with all that could end a link or an attribute percent-encoded."""
    return quote(url, safe=_URL_SAFE).replace("&", "&amp;")


def date(words: str, key: str = "") -> Markup:
    """A date in a table, which keeps to one line; the key is what scripts sort it by."""
    sorted_by = f' data-sort="{text(key)}"' if key else ""
    return made(f'<span class="d"{sorted_by}>{text(words)}</span>') if words else NOTHING


def plain(markup: Markup) -> str:
    """The text that markup of ours shows on one line."""
    return " ".join(unescape(_MARKS.sub("", markup)).split())


def quiet(words: object) -> Markup:
    """Words that stand back."""
    return made(f'<span class="quiet">{text(words)}</span>')


def html_link(words: object, href: str, css: str = "") -> Markup:
    """An HTML link with classes."""
    classes = f' class="{css}"' if css else ""
    return made(f'<a{classes} href="{href}">{text(words)}</a>')


def joined(parts: Iterable[str], between: str = " ") -> Markup:
    """Pieces of markup with something between them."""
    # `Markup.join` would look at each part for a way to escape it.
    return made(str.join(between, [p if isinstance(p, Markup) else escape(p) for p in parts]))


def row(cells: Iterable[object]) -> Markup:
    """A line of a table; long tables are joined here, which takes a fraction of what a template takes."""
    return made(f"| {' | '.join([text(cell) for cell in cells])} |")


def said(words: Words, key: str, /, **values: object) -> Markup:
    """A message of the interface as Markdown: its words and values as text, values that are markup as they are."""
    if not values:
        return _said(words, key)
    return _filled(words.pattern(key, values.get("n")), {n: words.shown(v) for n, v in values.items()})


@lru_cache(maxsize=4096)
def _said(words: Words, key: str) -> Markup:
    return _filled(words.pattern(key), {})


def listed(words: Words, items: Sequence[Markup], style: str) -> Markup:
    """Pieces of markup as a list in a sentence, in the manner of the language."""
    names = [f"{{{number}}}" for number in range(len(items))]
    return _filled(words.listed(names, style), {str(number): item for number, item in enumerate(items)})


def _filled(pattern: str, values: Mapping[str, object]) -> Markup:
    pieces = _pieces(pattern)
    if len(pieces) == 1 and not pieces[0][1]:
        return pieces[0][0]
    # Joined as plain text, since each part is markup already.
    parts = [part for words, name in pieces for part in (words, text(values[name]) if name else "")]
    return made("".join(parts))


@lru_cache(maxsize=4096)
def _pieces(pattern: str) -> tuple[tuple[Markup, str], ...]:
    """The words of a message, each with the name of the value that follows; spaces around values are the message's."""
    return tuple(
        (signs(re.sub(r"\s+", " ", literal)), name or "")
        for literal, name, _, _ in Formatter().parse(pattern)
    )
