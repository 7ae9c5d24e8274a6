"""A YAML text with the offset of each node, so that it can be changed at one place without touching the rest.

Terms: *offset*, the number of characters before a place; *extent*, the offsets at which a node begins and ends as it is
written, without the comments and blank lines that follow it.
"""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.load.yaml import MappingNode, Node, ScalarNode, SequenceNode, parse
from generator.support.problems import Problem

# The line breaks that YAML 1.1 counts.
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_COMMENT = re.compile(r"[^\S\r\n]*(?:#[^\r\n]*)?")


@dataclass(frozen=True)
class YamlText:
    """A text whose part from `first` to `last` is one YAML document: a seeds file, or an article with front matter.

    Attributes:
        text: The whole file, with its own line ends, without a byte order mark.
        first, last: The offsets of the document in it.
        gap: The number of blank lines between fields at the top, where there are too few to show it.
    """

    text: str
    first: int
    last: int
    gap: int = 1

    @classmethod
    def whole(cls, text: str) -> "YamlText":
        """A text that is one document."""
        return cls(text, 0, len(text))

    @cached_property
    def parsed(self) -> tuple[Node | None, tuple[Problem, ...]]:
        """The document's node, None if it is empty or not readable, and the problems of reading it."""
        node, problems = parse(self.text[self.first : self.last], "")
        return node, tuple(problems)

    @property
    def root(self) -> Node | None:
        """The document's node; None if it is empty or not readable."""
        return self.parsed[0]

    @cached_property
    def newline(self) -> str:
        """The line end that most lines have."""
        ends = _BREAK.findall(self.text)
        return max(("\n", "\r\n", "\r"), key=ends.count)

    @cached_property
    def _starts(self) -> list[int]:
        """The offset of each line of the document."""
        inside = _BREAK.finditer(self.text, self.first, self.last)
        return [self.first, *(found.end() for found in inside)]

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; line and column from 1, as in spans."""
        return self._starts[line - 1] + column - 1

    def line_start(self, offset: int) -> int:
        """The offset at which the line of an offset begins."""
        return self._starts[bisect.bisect_right(self._starts, offset) - 1]

    def column(self, offset: int) -> int:
        """The number of characters before an offset in its line."""
        return offset - self.line_start(offset)

    def line_end(self, offset: int) -> int:
        """The end of the line of an offset, before its line break."""
        found = _BREAK.search(self.text, offset, self.last)
        return found.start() if found else self.last

    def next_line(self, offset: int) -> int:
        """The offset after the line break that ends the line of an offset; the end of the text on the last line."""
        found = _BREAK.search(self.text, offset, self.last)
        return found.end() if found else self.last

    def is_blank(self, start: int, end: int) -> bool:
        """Whether only white space is between two offsets."""
        return not self.text[start:end].strip(" \t\r\n\ufeff")

    def start(self, node: Node) -> int:
        """Where a node begins."""
        return self.offset(*node.span[:2])

    def end(self, node: Node) -> int:
        """Where a node ends; the parser counts the blank lines and comments after a block to the block."""
        if isinstance(node, ScalarNode):
            start, end = self.start(node), self.offset(*node.span[2:])
            return start + len(self.text[start:end].rstrip()) if self.is_block_scalar(node) else end
        if self.is_flow(node):
            return self.offset(*node.span[2:])
        last = node.items[-1]
        if isinstance(last, tuple):
            # A value that is left out ends at the colon, one that is an alias at its definition.
            return max(self.end(last[1]), self.colon(last[0]) + 1)
        return self.end(last)

    def colon(self, key: ScalarNode) -> int:
        """The offset of the colon after a key."""
        return self.text.index(":", self.offset(*key.span[2:]), self.last)

    def dash(self, sequence: SequenceNode, index: int) -> int:
        """The offset of the dash before an item of a block sequence."""
        column, first = sequence.span.column - 1, self.start(sequence)
        line = self.line_start(self.start(sequence.items[index]))
        # An item may begin below its dash. Before the dash of the first there may be a dash of a list around it.
        while line + column > first and self.text[line : line + column + 1].strip() != "-":
            line = self.line_start(line - 1)
        return line + column

    def line_end_of(self, end: int) -> int:
        """The end of the line on which a node ends, if only a comment follows it there; else the node's end."""
        found = _COMMENT.match(self.text, end, self.last)
        after = found.end() if found else end
        return after if after == self.line_end(end) else end

    def is_flow(self, node: Node) -> bool:
        """Whether a list or mapping is written in brackets or braces."""
        return not isinstance(node, ScalarNode) and self.text[self.start(node)] in "[{"

    def is_shared(self, node: Node) -> bool:
        """Whether a value has an anchor, or is an alias: to change it here would change it elsewhere."""
        return self.text.startswith("&", self.start(node))

    def is_block_scalar(self, node: Node) -> bool:
        """Whether a text is written after `|` or `>`, on lines of its own."""
        return isinstance(node, ScalarNode) and self.text[self.start(node) :][:1] in ("|", ">")

    def nodes(self) -> Iterator[Node]:
        """All nodes, a list or mapping before those in it."""
        waiting = [self.root] if self.root else []
        while waiting:
            node = waiting.pop()
            yield node
            if isinstance(node, SequenceNode):
                waiting.extend(node.items)
            elif isinstance(node, MappingNode):
                waiting.extend(part for pair in node.items for part in pair)
