"""SVG as markup: elements whose values are text, numbers rounded, and an estimate of how wide words are."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import count

from markupsafe import Markup

from generator.markup import markdown

# Of the letters of a sans-serif face: their width in parts of its size.
_NARROW, _USUAL, _CAPITAL, _WIDE = 0.28, 0.53, 0.66, 1.0
_THIN = frozenset("ijlItf.,:;'’‘|!()[]-· ")
# The size of words in figures, in units of the drawing.
TYPE = 11.0
# Names of attributes that are not written as Python writes them.
_ATTRIBUTES = {"view_box": "viewBox", "preserve_aspect_ratio": "preserveAspectRatio", "class_": "class"}


def number(value: float) -> str:
    """A number to one decimal, without a point where it is whole."""
    found = f"{value:.1f}".removesuffix(".0")
    return "0" if found == "-0" else found


def element(name: str, /, *children: object, **attributes: object) -> Markup:
    """An element; an attribute that is None is left out, and children that are no markup are text."""
    given = _given(attributes) if attributes else ""
    inner = "".join([markdown.text(child) for child in children])
    # Every value has gone through `markdown.text`, which leaves nothing that could end an attribute or a tag.
    return markdown.made(f"<{name}{given}>{inner}</{name}>" if children else f"<{name}{given}/>")


def _given(attributes: Mapping[str, object]) -> str:
    return "".join(
        [f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None]
    )


@cache
def _attribute(name: str) -> str:
    return _ATTRIBUTES.get(name) or name.replace("_", "-")


def _value(value: object) -> str:
    # A number has no sign that would have to be escaped.
    return number(value) if isinstance(value, float) else markdown.text(value)


def lines(parts: Iterable[Markup]) -> Markup:
    """Elements, one a line, so that a change of one is seen as such."""
    return markdown.joined((part for part in parts if part), "\n")


def group(css: str, parts: Iterable[Markup], **attributes: object) -> Markup:
    """A group of elements; nothing where there are none."""
    inner = lines(parts)
    return element("g", Markup("\n") + inner + Markup("\n"), class_=css, **attributes) if inner else inner


def words(x: float, y: float, value: object, css: str | None = None, anchor: str | None = None) -> Markup:
    """Words at a place."""
    style = f' class="{css}"' if css else ""
    style += f' text-anchor="{anchor}"' if anchor else ""
    return markdown.made(f'<text x="{number(x)}" y="{number(y)}"{style}>{markdown.text(value)}</text>')


def circle(x: float, y: float, radius: float) -> Markup:
    """A disc."""
    return markdown.made(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>')


def path(d: str, css: str) -> Markup:
    """A line whose data and class are ours."""
    return markdown.made(f'<path d="{d}" class="{css}"/>')


def link(href: str, title: str, *children: Markup, css: str | None = None, **attributes: object) -> Markup:
    """A link whose title says where it leads."""
    style = f' class="{css}"' if css else ""
    style += _given(attributes) if attributes else ""
    inner = "".join(children)
    return markdown.made(
        f'<a href="{markdown.text(href)}"{style}><title>{markdown.text(title)}</title>{inner}</a>'
    )


def drawing(
    name: str,
    size: tuple[float, float],
    said: tuple[str, str],
    parts: Iterable[Markup],
    *,
    css: str,
    is_still: bool = False,
    **attributes: object,
) -> Markup:
    """A whole drawing with its title and description; `is_still` where it has no links."""
    title, description = said
    width, height = size
    return element(
        "svg",
        Markup("\n"),
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        Markup("\n"),
        lines(parts),
        Markup("\n"),
        view_box=f"0 0 {number(width)} {number(height)}",
        # A link within is no part of an image: a group is read out with all that it holds.
        role="img" if is_still else "group",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        class_=css,
        **attributes,
    )


def figure(css: str, *parts: Markup, caption: object = "", skip: str = "", **data: object) -> Markup:
    """An HTML block with drawings, and a line below them.

    Where it has many links, `skip` is the words of one that leads past them, shown once it has the focus.
    """
    past = f"past-{css.rpartition(' ')[2]}" if skip else None
    above = [element("a", skip, href=f"#{past}", class_="figure-skip")] if skip else []
    below = [element("figcaption", caption, id=past)] if caption else []
    if skip and not caption:
        below = [element("span", "", id=past)]
    return element(
        "figure",
        Markup("\n"),
        lines([*above, *parts, *below]),
        Markup("\n"),
        class_=f"fig {css}",
        data_search_exclude="1",
        **data,
    )


def data(value: object) -> Markup:
    """A value for scripts, as an attribute holds it."""
    return markdown.text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def width_of(text: str, size: float = TYPE) -> float:
    """About how wide a text stands; wider rather than narrower, so that labels keep apart."""
    return size * sum(map(_width_of_sign, unicodedata.normalize("NFC", text)))


def _width_of_sign(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return _WIDE
    if sign in _THIN:
        return _NARROW
    return _CAPITAL if sign.isupper() or sign in "mwMW@%—" else _USUAL


def shortened(text: str, most: int = 34) -> str:
    """A text that fits a label, cut at a word where one ends near enough."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    at_word = cut.rpartition(" ")[0]
    return f"{(at_word if len(at_word) > most // 2 else cut).rstrip(' ,;:–-')}…"


def briefest(name: str, others: Iterable[str], most: int) -> str:
    """A name that fits a label, else the longest of others that does, else the name itself."""
    if len(name) <= most:
        return name
    fitting = [other for other in others if len(other) <= most and other[:1].isupper()]
    return max(fitting, key=len, default=name)


def broken(text: str, most: int, rows: int = 2) -> tuple[str, ...]:
    """A text in rows of about so many characters; the last is cut where more would be left."""
    rest, found = text.split(), []
    for row in count(1):
        if not rest:
            break
        taken = 1
        while taken < len(rest) and len(" ".join(rest[: taken + 1])) <= most:
            taken += 1
        if row == rows:
            found.append(shortened(" ".join(rest), most))
            break
        found.append(shortened(" ".join(rest[:taken]), most) if taken == 1 else " ".join(rest[:taken]))
        rest = rest[taken:]
    return tuple(found)
