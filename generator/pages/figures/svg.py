"""SVG as markup: elements with escaped values and rounded numbers, and an estimate of the width of text.

Words are as large as CSS says at every width of the window. So a drawing has no `viewBox`: it is as wide as its
place, its positions from left to right are percentages, and its heights are pixels. What fits at the width for
which it was laid out also fits where there is more room, because only distances grow.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import count

from markupsafe import Markup

from generator.markup import markdown

# The widths of letters in a sans-serif font, in parts of its size.
_NARROW, _USUAL, _CAPITAL, _WIDE = 0.28, 0.53, 0.66, 1.0
_THIN = frozenset("ijlItf.,:;'’‘|!()[]-· ")
# The size of words in figures, in CSS pixels.
TYPE = 12.0
# Attributes whose names are no Python identifiers.
_ATTRIBUTES = {"view_box": "viewBox", "preserve_aspect_ratio": "preserveAspectRatio", "class_": "class"}


def number(value: float) -> str:
    """A number rounded to one decimal, without a point if it is whole."""
    found = f"{value:.1f}".removesuffix(".0")
    return "0" if found == "-0" else found


def percent(value: float, width: float) -> str:
    """A position or a length as a part of the width for which a drawing was laid out."""
    return f"{100 * value / width:.2f}".rstrip("0").rstrip(".") + "%"


def element(name: str, /, *children: object, **attributes: object) -> Markup:
    """An element; attributes that are None are left out, and children that are not markup are escaped."""
    given = _given(attributes) if attributes else ""
    inner = "".join([markdown.text(child) for child in children])
    # Every value has gone through `markdown.text`, which leaves nothing that could end an attribute or a tag.
    return markdown.trusted(f"<{name}{given}>{inner}</{name}>" if children else f"<{name}{given}/>")


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
    """Elements, one on each line, so that diffs show the one that changed."""
    return markdown.joined((part for part in parts if part), "\n")


def group(css: str, parts: Iterable[Markup], **attributes: object) -> Markup:
    """A group of elements; empty if there are none."""
    inner = lines(parts)
    return element("g", Markup("\n") + inner + Markup("\n"), class_=css, **attributes) if inner else inner


def words(
    x: float | str,
    y: float,
    value: object,
    css: str | None = None,
    anchor: str | None = None,
    dx: float = 0.0,
) -> Markup:
    """Text at a position, `dx` pixels right of it."""
    style = f' dx="{number(dx)}"' if dx else ""
    style += f' class="{css}"' if css else ""
    style += f' text-anchor="{anchor}"' if anchor else ""
    at = number(x) if isinstance(x, float | int) else x
    return markdown.trusted(f'<text x="{at}" y="{number(y)}"{style}>{markdown.text(value)}</text>')


def at(x: str, *parts: Markup, y: str | None = None) -> Markup:
    """Parts drawn in pixels around a position."""
    return element("svg", *parts, x=x, y=y, class_="at")


def stretched(size: tuple[float, float], parts: Iterable[Markup], css: str | None = None) -> Markup:
    """Paths drawn for a width, stretched to the one that there is; paths have no percentages."""
    inner = lines(parts)
    box = f"0 0 {number(size[0])} {number(size[1])}"
    return element("svg", inner, view_box=box, preserve_aspect_ratio="none", class_=css) if inner else inner


def circle(x: float, y: float, radius: float) -> Markup:
    """A disc."""
    return markdown.trusted(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>')


def path(d: str, css: str) -> Markup:
    """A path with trusted data and class."""
    return markdown.trusted(f'<path d="{d}" class="{css}"/>')


def link(href: str, title: str, *children: Markup, css: str | None = None, **attributes: object) -> Markup:
    """A link with a title."""
    style = f' class="{css}"' if css else ""
    style += _given(attributes) if attributes else ""
    inner = "".join(children)
    return markdown.trusted(
        f'<a href="{markdown.text(href)}"{style}><title>{markdown.text(title)}</title>{inner}</a>'
    )


def drawing(
    name: str,
    size: tuple[float, float],
    texts: tuple[str, str],
    parts: Iterable[Markup],
    *,
    css: str,
    is_still: bool = False,
    is_fluid: bool = False,
    **attributes: object,
) -> Markup:
    """A whole drawing with its title and description; `is_still` if it has no links, `is_fluid` without viewBox."""
    title, description = texts
    width, height = size
    if is_fluid:
        css = f"{css} fluid"
        attributes |= {"width": "100%", "height": number(height)}
    else:
        attributes |= {"view_box": f"0 0 {number(width)} {number(height)}"}
    return element(
        "svg",
        Markup("\n"),
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        Markup("\n"),
        lines(parts),
        Markup("\n"),
        # A link within is no part of an image: a group is read out with all that it holds.
        role="img" if is_still else "group",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        class_=css,
        **attributes,
    )


def figure(css: str, *parts: Markup, caption: object = "", skip: str = "", **data: object) -> Markup:
    """An HTML block with drawings and a caption below them.

    If it has many links, `skip` is the text of a link past them, visible on focus.
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
    """A value for scripts, as JSON in an attribute."""
    return markdown.text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def width_of(text: str, size: float = TYPE) -> float:
    """An estimate of a text's width, rather too wide than too narrow, so that labels do not overlap."""
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
    """A text shortened to a label, cut at the end of a word if one is near."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    at_word = cut.rpartition(" ")[0]
    return f"{(at_word if len(at_word) > most // 2 else cut).rstrip(' ,;:–-')}…"


def briefest(name: str, others: Iterable[str], most: int) -> str:
    """A name if it fits a label, else the longest other name that does, else the name itself."""
    if len(name) <= most:
        return name
    fitting = [other for other in others if len(other) <= most and other[:1].isupper()]
    return max(fitting, key=len, default=name)


def broken(text: str, most: int, rows: int = 2) -> tuple[str, ...]:
    """A text in lines of about so many characters; the last is cut if there is more."""
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
