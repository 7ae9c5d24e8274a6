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

# Signs with a meaning in Markdown or in an extension that a site may turn on. Some have one only next to others;
# these are not escaped elsewhere, so that the Markdown is readable and short.
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
# Everything in the generator's markup that is not text: in text these signs are character references.
_MARKS = re.compile(r"<[^>]*>|\]\([^()]*\)|\[")
# Longer texts are not cached.
_LABEL = 100
# Whatever opens a list, a definition, a block or a rule at the start of a line: a digit of any script, one of the signs
# that are not escaped elsewhere, or a letter or Roman numeral as the number of an item.
_OPENERS = re.compile(r"[\d%'()+,\-./:;?]|(?:[a-z]|[ivxlcdm]+)[.)](?=\s|$)", re.IGNORECASE)
# Characters that an address may have unescaped; brackets and quotation marks would end a link.
_URL_SAFE = "/:?#@!$&*+,;=%~-._"

# No markup at all.
NOTHING = Markup("")


def trusted(markup: str) -> Markup:
    """A string of markup as `Markup`, at a third of the cost of its constructor, which checks its argument."""
    return str.__new__(Markup, markup)


def text(value: object) -> Markup:
    """A value as text on one line; Markup is left as it is."""
    if isinstance(value, Markup):
        return value
    shown = str(value)
    return _label(shown) if len(shown) <= _LABEL else running(shown)


def running(value: str) -> Markup:
    """Running text on one line, not cached since it is unlikely to be repeated."""
    return signs(one_line(value))


def spaced(value: str) -> Markup:
    """Running text on one line, with a single space at each end that had any."""
    inner = one_line(value)
    if not inner:
        return trusted(" ") if value else NOTHING
    if value[0].isspace():
        inner = f" {inner}"
    return signs(f"{inner} " if value[-1].isspace() else inner)


def signs(one_line: str) -> Markup:
    """Text that is on one line already; spaces at its ends are kept."""
    return trusted(_SIGN.sub(_reference, one_line))


def _reference(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};"


# Names and words of the interface are repeated often; paragraphs are not.
_label = lru_cache(maxsize=1 << 16)(running)


def opening(markup: Markup) -> Markup:
    """Markup that is safe at the start of a line, where it could open a list or the like."""
    if _OPENERS.match(markup):
        return trusted(f"&#{ord(markup[0])};{markup[1:]}")
    return markup


def link(words: object, target: str) -> Markup:
    """A Markdown link; the target is the generator's own or has been escaped by `address`."""
    shown = words if isinstance(words, Markup) else text(words)
    return trusted(f"[{shown}]({target})")


def address(url: str) -> str:
    """A curator's URL with all that could end a link or an attribute percent-encoded."""
    return quote(url, safe=_URL_SAFE).replace("&", "&amp;")


def date(words: str, key: str = "") -> Markup:
    """A date in a table, kept on one line; scripts sort it by the key."""
    sorted_by = f' data-sort="{text(key)}"' if key else ""
    return trusted(f'<span class="d"{sorted_by}>{text(words)}</span>') if words else NOTHING


def plain(markup: Markup) -> str:
    """The text that the generator's own markup shows, on one line."""
    return " ".join(unescape(_MARKS.sub("", markup)).split())


def quiet(words: object) -> Markup:
    """Words in a muted style."""
    return trusted(f'<span class="quiet">{text(words)}</span>')


def html_link(words: object, href: str, css: str = "") -> Markup:
    """An HTML link with classes."""
    classes = f' class="{css}"' if css else ""
    return trusted(f'<a{classes} href="{href}">{text(words)}</a>')


def joined(parts: Iterable[str], between: str = " ") -> Markup:
    """Pieces of markup with something between them."""
    # `Markup.join` would check each part again.
    return trusted(str.join(between, [p if isinstance(p, Markup) else escape(p) for p in parts]))


def row(cells: Iterable[object]) -> Markup:
    """A row of a table; long tables are joined here, which takes a fraction of the time of a template."""
    return trusted(f"| {' | '.join([text(cell) for cell in cells])} |")


def said(words: Words, key: str, /, **values: object) -> Markup:
    """A message of the interface as Markdown: its words and values are escaped, values that are markup are not."""
    if not values:
        return _said(words, key)
    return _filled(words.pattern(key, values.get("n")), {n: words.shown(v) for n, v in values.items()})


@lru_cache(maxsize=4096)
def _said(words: Words, key: str) -> Markup:
    return _filled(words.pattern(key), {})


def listed(words: Words, items: Sequence[Markup], style: str) -> Markup:
    """Pieces of markup as a list in a sentence, with the conjunction of the interface's language."""
    names = [f"{{{number}}}" for number in range(len(items))]
    return _filled(words.listed(names, style), {str(number): item for number, item in enumerate(items)})


def _filled(pattern: str, values: Mapping[str, object]) -> Markup:
    pieces = _pieces(pattern)
    if len(pieces) == 1 and not pieces[0][1]:
        return pieces[0][0]
    # Joined as plain text, since each part is markup already.
    parts = [part for words, name in pieces for part in (words, text(values[name]) if name else "")]
    return trusted("".join(parts))


@lru_cache(maxsize=4096)
def _pieces(pattern: str) -> tuple[tuple[Markup, str], ...]:
    """The literal parts of a message, each with the name of the value after it; spaces around values are kept."""
    return tuple(
        (signs(re.sub(r"\s+", " ", literal)), name or "")
        for literal, name, _, _ in Formatter().parse(pattern)
    )
