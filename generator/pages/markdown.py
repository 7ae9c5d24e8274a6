"""Text as Markdown that shows exactly that text, in Markdown, in HTML and in attributes alike.

Signs that could mean something become numeric character references: Python-Markdown and CommonMark
both read these as the sign itself and never as structure, and so do browsers inside HTML blocks.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from string import Formatter
from urllib.parse import quote

from markupsafe import Markup, escape

from generator.words import Words

# With a sign of every extension that a site may switch on; `'` and `-` only matter at a line's start.
_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in '\\`*_{}[]<>&|~$^="#'})
_SIGN = re.compile(f"[{re.escape(''.join(map(chr, _SIGNS)))}]")
# Characters of a text that may come again.
_LABEL = 100
# What opens a list, a heading's underline, a definition or a rule at the start of a line.
_OPENERS = re.compile(r"[0-9+\-:=.!']")
# Characters that may stand in an address as they are; brackets and quotation marks would end a link.
_URL_SAFE = "/:?#@!$&*+,;=%~-._"

# No markup at all.
NOTHING = Markup("")


def text(value: object) -> Markup:
    """A value as text on one line; Markup is left as it is."""
    if isinstance(value, Markup):
        return value
    shown = str(value)
    return _escaped(shown) if len(shown) <= _LABEL else _escaped.__wrapped__(shown)


# Names and words of the interface come again and again; paragraphs do not.
@lru_cache(maxsize=1 << 16)
def _escaped(value: str) -> Markup:
    one_line = " ".join(value.split())
    if _SIGN.search(one_line):
        one_line = one_line.translate(_SIGNS)
    return Markup(one_line)  # noqa: S704 - every sign is escaped


def opening(markup: Markup) -> Markup:
    """Markup that may stand at the start of a line without opening a list or the like."""
    if _OPENERS.match(markup):
        return Markup(f"&#{ord(markup[0])};{markup[1:]}")  # noqa: S704
    return markup


def link(words: object, target: str) -> Markup:
    """A Markdown link; the target is one of the generator's own, or has gone through `address`."""
    return Markup(f"[{text(words)}]({target})")  # noqa: S704


def address(url: str) -> str:
    """A curator's URL with all that could end a link or an attribute percent-encoded."""
    return quote(url, safe=_URL_SAFE).replace("&", "&amp;")


def date(words: str, key: str = "") -> Markup:
    """A date in a table, which keeps to one line; the key is what scripts sort it by."""
    sorted_by = f' data-sort="{text(key)}"' if key else ""
    return Markup(f'<span class="d"{sorted_by}>{text(words)}</span>') if words else Markup("")  # noqa: S704


def quiet(words: object) -> Markup:
    """Words that stand back."""
    return Markup(f'<span class="quiet">{text(words)}</span>')  # noqa: S704


def html_link(words: object, href: str, css: str = "") -> Markup:
    """An HTML link with classes."""
    classes = f' class="{css}"' if css else ""
    return Markup(f'<a{classes} href="{href}">{text(words)}</a>')  # noqa: S704


def joined(parts: Iterable[str], between: str = " ") -> Markup:
    """Pieces of markup with something between them."""
    # `Markup.join` would look at each part for a way to escape it.
    return Markup(str.join(between, [p if isinstance(p, Markup) else escape(p) for p in parts]))  # noqa: S704


def said(words: Words, key: str, /, **values: object) -> Markup:
    """A message of the interface as Markdown: its words and values as text, values that are markup as they are."""
    return _filled(words.pattern(key, values.get("n")), {n: words.shown(v) for n, v in values.items()})


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
    return Markup("".join(parts))  # noqa: S704


@lru_cache(maxsize=4096)
def _pieces(pattern: str) -> tuple[tuple[Markup, str], ...]:
    """The words of a message, each with the name of the value that follows; spaces around values are the message's."""
    return tuple(
        (Markup(re.sub(r"\s+", " ", literal).translate(_SIGNS)), name or "")  # noqa: S704 - every sign is escaped
        for literal, name, _, _ in Formatter().parse(pattern)
    )
