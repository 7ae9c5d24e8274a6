"""How a file writes its YAML, so that what is added looks like what is there."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from generator.edit.text import YamlText
from generator.load.yaml import MappingNode, ScalarNode, SequenceNode

# The width of lines in a file that has few long lines, the lengths that count as long, and how many lines say more.
_WIDTH, _LONG, _WIDEST, _ENOUGH = 100, 70, 120, 5

Quote = Literal['"', "'"]


@dataclass(frozen=True)
class Style:
    """How a file writes its values.

    Attributes:
        width: The longest line.
        indent: The number of spaces by which fields stand to the right of the key that they belong to.
        dash: The same for the dashes of a list.
        quote: The quotation mark of most quoted texts.
        in_brackets: The keys whose lists are written `[a, b]`, by whether most of them are.
        in_braces: The keys whose mappings, or the mappings in whose lists, are written `{a: b}`, likewise.
    """

    width: int = _WIDTH
    indent: int = 2
    dash: int = 2
    quote: Quote = '"'
    in_brackets: dict[str, bool] = field(default_factory=dict)
    in_braces: dict[str, bool] = field(default_factory=dict)


def style_of(text: YamlText) -> Style:
    """The style of most of a text."""
    indents, dashes, quotes = Counter[int](), Counter[int](), Counter[str]()
    brackets: dict[str, Counter[bool]] = {}
    braces: dict[str, Counter[bool]] = {}
    for node in text.nodes():
        if isinstance(node, ScalarNode):
            quotes[text.text[text.start(node) : text.start(node) + 1]] += 1
        if not isinstance(node, MappingNode):
            continue
        for key, value in node.items:
            name = key.text or ""
            if isinstance(value, SequenceNode):
                brackets.setdefault(name, Counter())[text.is_flow(value)] += 1
                for item in value.items:
                    if isinstance(item, MappingNode):
                        braces.setdefault(name, Counter())[text.is_flow(item)] += 1
            elif isinstance(value, MappingNode):
                braces.setdefault(name, Counter())[text.is_flow(value)] += 1
            if isinstance(value, ScalarNode) or text.is_flow(value) or text.is_flow(node):
                continue
            steps = indents if isinstance(value, MappingNode) else dashes
            steps[value.span.column - key.span.column] += 1
    return Style(
        width=_width(text.text[text.first : text.last].splitlines()),
        indent=_most(indents, 2, above=0),
        dash=_most(dashes, 2, above=-1),
        quote="'" if quotes["'"] > quotes['"'] else '"',
        in_brackets={name: found.most_common(1)[0][0] for name, found in brackets.items()},
        in_braces={name: found.most_common(1)[0][0] for name, found in braces.items()},
    )


def _width(lines: list[str]) -> int:
    """The width to which most long lines are filled."""
    long = sorted(len(line) for line in lines if _LONG <= len(line) <= _WIDEST)
    return long[len(long) * 19 // 20] if len(long) >= _ENOUGH else _WIDTH


def _most(steps: Counter[int], default: int, above: int) -> int:
    found = [step for step, _ in steps.most_common() if step > above]
    return found[0] if found else default


def blank_lines(text: YamlText, items: Iterable[tuple[int, int]], default: int) -> int:
    """The number of blank lines between most of the items of a list or mapping.

    Args:
        items: Where each begins and ends.
        default: The number where there is only one.
    """
    found = Counter[int]()
    before: int | None = None
    for start, end in items:
        if before is not None:
            lines = re.split("\r\n|[\r\n]", text.text[before:start])[1:-1]
            # The lines after the item before; comments belong to what they stand above.
            found[next((at for at, line in enumerate(lines) if line.strip()), len(lines))] += 1
        before = end
    return found.most_common(1)[0][0] if found else default
