"""Writes values as YAML, in the style of a file."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.edit.style import Style
from generator.load.records import plain
from generator.load.yaml import parse

# A text, a list or a mapping of such values; None is a field without a value.
Value = Any
# Characters that would end a line inside quotation marks.
_ESCAPED = {"\x85": r"\N", "\u2028": r"\L", "\u2029": r"\P"}
_BREAKS = re.compile("[\x85\u2028\u2029]")
_FOLDED = re.compile(r"\S+(?: \S+)*")


class Writer:
    """Writes values in one style; lines end in a newline, also inside, but not the last."""

    def __init__(self, style: Style) -> None:
        self.style = style

    def after_key(self, key: str, value: Value, indent: int) -> str:
        """The value of a key as written after its colon: on the same line after a space, or on lines of its own.

        Args:
            indent: The number of spaces before the key, below which the value's own lines are indented.
        """
        used = indent + len(scalar(key)) + 1
        if value is None:
            return ""
        if isinstance(value, str):
            return f" {self.text(value, indent + self.style.indent, used + 1)}"
        if not value or self._is_short(key, value, used + 1):
            return f" {in_line(value, self.style)}"
        if isinstance(value, Mapping):
            lines = self.fields(value, indent + self.style.indent)
        else:
            lines = self.items(key, value, indent + self.style.dash)
        return "\n" + "\n".join(lines)

    def after_dash(self, key: str, value: Value, indent: int) -> str:
        """An item of a list as written after its dash.

        Args:
            key: The key of the list.
            indent: The number of spaces before the dash.
        """
        if value is None:
            return ""
        if isinstance(value, str):
            return f" {self.text(value, indent + 2, indent + 2)}"
        if not value or not isinstance(value, Mapping) or self._is_in_braces(key, value, indent + 2):
            return f" {in_line(value, self.style)}"
        first, *rest = self.fields(value, indent + 2)
        return "\n".join([f" {first.lstrip(' ')}", *rest])

    def fields(self, value: Mapping[str, Value], indent: int) -> Iterator[str]:
        """The lines of a mapping's fields."""
        for key, one in value.items():
            yield f"{' ' * indent}{scalar(key, quote=self.style.quote)}:{self.after_key(key, one, indent)}"

    def items(self, key: str, value: Sequence[Value], indent: int) -> Iterator[str]:
        """The lines of a list's items."""
        for one in value:
            yield f"{' ' * indent}-{self.after_dash(key, one, indent)}"

    def text(self, text: str, indent: int, used: int) -> str:
        """A text on one line if it fits, else folded on lines of its own; as it is where it has several lines."""
        one_line = scalar(text, quote=self.style.quote)
        if "\n" not in text and used + len(one_line) <= self.style.width:
            return one_line
        return block(text, indent, self.style.width) or one_line

    def _is_short(self, key: str, value: Value, used: int) -> bool:
        """Whether a list or mapping is written on one line."""
        if isinstance(value, Mapping):
            return self._is_in_braces(key, value, used)
        fits = used + len(in_line(value, self.style)) <= self.style.width
        if all(isinstance(item, str) for item in value):
            return fits and self.style.in_brackets.get(key, True)
        return fits and self.style.in_brackets.get(key, False)

    def _is_in_braces(self, key: str, value: Mapping[str, Value], used: int) -> bool:
        return (
            self.style.in_braces.get(key, False)
            and used + len(in_line(value, self.style)) <= self.style.width
        )


def in_line(value: Value, style: Style) -> str:
    """A value as it is written inside brackets or braces."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return scalar(value, is_inside=True, quote=style.quote)
    if isinstance(value, Mapping):
        fields = (
            f"{scalar(k, is_inside=True, quote=style.quote)}: {in_line(v, style)}" for k, v in value.items()
        )
        return "{" + ", ".join(fields) + "}"
    return "[" + ", ".join(in_line(item, style) for item in value) + "]"


def scalar(text: str, *, is_inside: bool = False, quote: str = '"') -> str:
    """A text on one line: as it is if that is read as the same text, else in quotation marks.

    Args:
        is_inside: Whether it is inside brackets or braces, where a comma ends it.
    """
    if is_plain(text, is_inside=is_inside):
        return text
    return in_quotes(text, "'" if '"' in text and "'" not in text else quote)


def in_quotes(text: str, quote: str) -> str:
    """A text in quotation marks; in double ones if it has characters that single ones cannot hold."""
    if quote == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return _BREAKS.sub(lambda found: _ESCAPED[found[0]], json.dumps(text, ensure_ascii=False))


def is_plain(text: str, *, is_inside: bool) -> bool:
    """Whether a text on one line is read as it is without quotation marks."""
    # Most texts are words; the parser decides all others.
    if not text.isprintable() or text != text.strip() or (is_inside and re.search(r"[,\[\]{}]", text)):
        return False
    for whole, key in ((f"k: {text}", "k"), (f"{{k: {text}}}", "k"), (f"? {text}\n: v", text)):
        node, problems = parse(whole, "")
        if problems or node is None or key not in plain(node) or (key == "k" and plain(node)["k"] != text):
            return False
    return True


def block(text: str, indent: int, width: int) -> str:
    """A text after `>-` or `|`, on lines with an indentation; empty if it cannot be written so."""
    margin = " " * indent
    if "\n" in text:
        body, mark = (text[:-1], "|") if text.endswith("\n") else (text, "|-")
        lines = body.split("\n")
        if not lines[0].strip() or lines[0] != lines[0].lstrip() or not lines[-1].strip():
            return ""
    elif _FOLDED.fullmatch(text):
        lines, mark = _wrapped(text.split(" "), max(width - indent, 20)), ">-"
    else:
        return ""
    if _BREAKS.search(text) or any(not line.replace("\t", " ").isprintable() for line in lines):
        return ""
    return "\n".join([mark, *(f"{margin}{line}" if line else "" for line in lines)])


def _wrapped(words: list[str], width: int) -> list[str]:
    lines: list[str] = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
