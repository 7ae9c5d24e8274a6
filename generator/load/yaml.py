"""A YAML parser that keeps the place of each value and reads every scalar as text.

Terms, as in the YAML specification:

- *event*: what the parser of PyYAML gives, in the order of the file;
- *node*: a scalar, a sequence or a mapping, composed from events;
- *anchor* and *alias*: `&a` names a node, and `*a` repeats it.

An example: `{born: 1950, in: *oslo}` becomes a mapping node with two keys. The value of `born` is the text `1950`, since
the field that takes it decides what it means. So `NO`, `2022-02-30` and `12:30:45` stay as written, where YAML 1.1
resolves them to False, a crash and 45045. Tags, merge keys, recursive aliases, and files with too many values or levels
are refused while the events are read, before anything is built from them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.error import MarkedYAMLError, YAMLError

from generator.load.text import BIDI_HINT, TOO_MANY_MARKS, control_in, first_bidi_control, too_many_marks
from generator.model.source import Span
from generator.support.problems import Problem, Severity, SourcePosition, shown

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml: slower, the same events
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

MAX_DEPTH = 100
_DEEPER = f"nested deeper than {MAX_DEPTH} levels"
_TOO_DEEP = "maximum nesting depth"
# All values of one file, those that aliases repeat counted again.
MAX_NODES = 500_000
_NULLS = frozenset({"", "~", "null"})
# A comment after a text on its line that is probably the rest of the text, since no space follows the `#`.
_COMMENT = re.compile(r"[^\S\n]+(?P<words>#\w.*)")
QUOTE_IT = "put the whole text in quotation marks"
# PyYAML's own marks and libyaml's share no type, only `line` and `column`, both from 0.
Mark = Any


@dataclass(frozen=True)
class ScalarNode:
    """A text, or None if the file leaves the value out."""

    span: Span
    text: str | None


@dataclass(frozen=True)
class SequenceNode:
    """A list; `size` is the number of values in it at all levels, `height` the number of levels."""

    span: Span
    items: tuple["Node", ...]
    size: int
    height: int


@dataclass(frozen=True)
class MappingNode:
    """Keys and values, in the file's order; keys are scalars with a text.

    `in_braces` is whether it is written `{key: value}`: there a comma ends a text without quotation marks.
    """

    span: Span
    items: tuple[tuple[ScalarNode, "Node"], ...]
    size: int
    height: int
    in_braces: bool = False


Node = ScalarNode | SequenceNode | MappingNode


def _height(node: Node) -> int:
    return 0 if isinstance(node, ScalarNode) else node.height


class UnreadableError(Exception):
    """The file holds something that is never read; control flow of this module."""

    def __init__(self, mark: Mark, rule: str, message: str, value: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.mark, self.rule, self.message, self.value, self.hint = mark, rule, message, value, hint


def parse(text: str, name: str, *, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """The one document of a YAML text, or None where it is empty or cannot be read, and its problems.

    `first_line` is the line of the file on which the text begins.
    """
    composer = _Composer(text, name, first_line)
    try:
        return composer.document(), composer.problems
    except UnreadableError as refused:
        where = composer.position(refused.mark)
        return None, [
            *composer.problems,
            Problem(where, refused.rule, refused.message, refused.value, refused.hint),
        ]
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = composer.position(mark) if mark else SourcePosition(name, first_line)
        what = ", ".join(part for part in (error.problem, error.context) if part)
        if _TOO_DEEP in what:
            # Newer versions of libyaml have a limit of their own.
            return None, [*composer.problems, Problem(where, "yaml-depth", _DEEPER)]
        hint = _yaml_hint(what)
        if not hint and error.context_mark and (began := composer.position(error.context_mark)) != where:
            hint = f"it began at {began}"
        return None, [*composer.problems, Problem(where, "yaml", f"not readable as YAML: {what}", hint=hint)]
    except YAMLError as error:
        # libyaml's reader reports without a mark; what it refuses are characters that are no text.
        first = str(error).splitlines()[0]
        return None, [
            *composer.problems,
            Problem(SourcePosition(name, first_line), "yaml", f"not readable as YAML: {first}"),
        ]


def _yaml_hint(what: str) -> str:
    if "found character '\\t'" in what or "cannot start any token" in what:
        return "indent with spaces; put a text in quotes if it begins with a sign such as @, %, ` or a tab"
    if "mapping values are not allowed" in what:
        return "put a text that holds a colon and a space in quotes"
    if "did not find expected key" in what:
        return "indent all fields alike; put a text that begins with a bracket or a quotation mark in quotes"
    return ""


class _Composer:
    """Composes the nodes of one document from the parser's events, and counts them."""

    def __init__(self, text: str, name: str, first_line: int) -> None:
        self.problems: list[Problem] = []
        self._name = name
        self._offset = first_line
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=Loader)
        self._anchors: dict[str, Node | None] = {}
        # Anchors of texts without an alias so far: they may be part of the text.
        self._unused: dict[str, Mark] = {}
        self._nodes = 0
        # Empty if no comment can follow a text, which spares looking at each line.
        self._lines = text.split("\n") if _COMMENT.search(text) else ()

    def position(self, mark: Mark) -> SourcePosition:
        return SourcePosition(self._name, mark.line + self._offset, mark.column + 1)

    def document(self) -> Node | None:
        node: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                continue
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    raise UnreadableError(
                        event.start_mark,
                        "yaml-documents",
                        "a second YAML document is not read",
                        "---",
                        "delete the ---",
                    )
                continue
            node = self._node(event, 1)
        for anchor, mark in self._unused.items():
            message = f"{shown(f'&{anchor}')} is read as an anchor and is not part of the text"
            self._cut(self.position(mark), message, f"&{anchor}", QUOTE_IT)
        return None if isinstance(node, ScalarNode) and node.text is None else node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._check_depth(event, depth)
        self._count(event, 1)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, depth)
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise UnreadableError(
                event.start_mark,
                "yaml-tag",
                f"YAML tag {shown(tag)} is not read",
                tag,
                "delete it; all values are text",
            )
        anchor = getattr(event, "anchor", None)
        if anchor:
            # Not composed yet: an alias to it from inside would never end.
            self._anchors[anchor] = None
            if isinstance(event, yaml.ScalarEvent):
                self._unused[anchor] = event.start_mark
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._sequence(event, depth)
        else:
            node = self._mapping(event, depth)
        if anchor:
            self._anchors[anchor] = node
        return node

    def _check_depth(self, event: yaml.Event, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise UnreadableError(event.start_mark, "yaml-depth", _DEEPER)

    def _count(self, event: yaml.Event, nodes: int) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            raise UnreadableError(
                event.start_mark, "yaml-size", f"more than {MAX_NODES} values", hint="split the file"
            )

    def _alias(self, event: yaml.AliasEvent, depth: int) -> Node:
        if event.anchor not in self._anchors:
            raise UnreadableError(
                event.start_mark, "yaml-alias", f"no anchor {shown(event.anchor)}", str(event.anchor)
            )
        node = self._anchors[event.anchor]
        if node is None:
            raise UnreadableError(
                event.start_mark, "yaml-alias", f"alias {shown(event.anchor)} holds itself", str(event.anchor)
            )
        self._unused.pop(event.anchor, None)
        self._count(event, 0 if isinstance(node, ScalarNode) else node.size)
        self._check_depth(event, depth + _height(node))
        return node

    def _scalar(self, event: yaml.ScalarEvent) -> ScalarNode:
        if control := control_in(event.value):
            raise UnreadableError(
                event.start_mark, "control-character", f"control character {control}", control, "delete it"
            )
        if (offset := first_bidi_control(event.value)) is not None:
            value = f"U+{ord(event.value[offset]):04X}"
            message = f"direction control {value}"
            raise UnreadableError(event.start_mark, "bidi-control", message, value, BIDI_HINT)
        if too_many_marks(event.value) is not None:
            raise UnreadableError(event.start_mark, "combining-marks", TOO_MANY_MARKS, "", "delete them")
        plain = event.style is None or event.style == ""
        text = None if plain and event.value in _NULLS else event.value
        if plain and text and self._lines:
            self._comment_after(event.end_mark.line, event.end_mark.column)  # type: ignore[union-attr]
        return ScalarNode(self._span(event.start_mark, event.end_mark), text)

    def _comment_after(self, line: int, column: int) -> None:
        """Reports a comment after a plain text that is probably the rest of the text; lines and columns from 0."""
        if comment := _COMMENT.match(self._lines[line], column):
            where = SourcePosition(self._name, line + self._offset, comment.start("words") + 1)
            words = comment["words"].rstrip()
            message = f"{shown(words)} is read as a comment and is not part of the text"
            self._cut(where, message, words, f"{QUOTE_IT}, or a space after #")

    def _cut(self, where: SourcePosition, message: str, value: str, hint: str) -> None:
        self.problems.append(Problem(where, "cut-text", message, value, hint, severity=Severity.WARNING))

    def _sequence(self, event: yaml.Event, depth: int) -> SequenceNode:
        before, items = self._nodes, []
        for inner in self._events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            items.append(self._node(inner, depth + 1))
        height = 1 + max(map(_height, items), default=0)
        return SequenceNode(
            self._span(event.start_mark, inner.end_mark), tuple(items), self._nodes - before, height
        )

    def _mapping(self, event: yaml.Event, depth: int) -> MappingNode:
        before = self._nodes
        items: dict[str, tuple[ScalarNode, Node]] = {}
        for inner in self._events:
            if isinstance(inner, yaml.MappingEndEvent):
                break
            key = self._node(inner, depth + 1)
            if not isinstance(key, ScalarNode) or key.text is None:
                raise UnreadableError(
                    inner.start_mark, "yaml-key", "a key that is no text", hint="write key: value"
                )
            if key.text == "<<":
                raise UnreadableError(
                    inner.start_mark, "yaml-merge", "merge '<<' is not read", "<<", "write the fields out"
                )
            value = self._node(next(self._events), depth + 1)
            if self._lines and isinstance(value, ScalarNode) and value.text is None:
                line = key.span.end_line - self._offset
                self._comment_after(line, self._lines[line].find(":", key.span.end_column - 1) + 1)
            if key.text in items:
                first = items[key.text][0].span
                self.problems.append(
                    Problem(
                        self.position(inner.start_mark),
                        "duplicate-key",
                        f"{shown(key.text)} is given twice",
                        key.text,
                        f"first at {SourcePosition(self._name, first.line, first.column)}",
                    )
                )
                continue
            items[key.text] = (key, value)
        height = 1 + max((_height(value) for _, value in items.values()), default=0)
        span = self._span(event.start_mark, inner.end_mark)
        in_braces = bool(getattr(event, "flow_style", False))
        return MappingNode(span, tuple(items.values()), self._nodes - before, height, in_braces)

    def _span(self, start: Mark, end: Mark) -> Span:
        return Span(start.line + self._offset, start.column + 1, end.line + self._offset, end.column + 1)
