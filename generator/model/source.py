"""Where a record was written, down to each of its values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.fields import Path
from generator.problems import Position


@dataclass(frozen=True)
class Span:
    """Where a value begins and ends; lines and columns from 1, the end column not included."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Source:
    """The file of one record, and the spans of its keys and values by their path.

    The record's own key has the empty path.
    """

    file: str
    spans: Mapping[Path, Span]
    lines: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def start(self) -> Position:
        """Where the record begins."""
        return self.at(())

    def at(self, path: Path, needle: str = "") -> Position:
        """Where the value at a path stands, or the nearest value around it.

        With a `needle`, where that text first stands inside the value as written in the file, be it
        broken over lines.
        """
        while path and path not in self.spans:
            path = path[:-1]
        span = self.spans.get(path, Span(1, 1, 1, 1))
        if words := needle.split():
            text = "\n".join(self.lines[span.line - 1 : span.end_line])
            # `@a#p1` is not the beginning of `@a#p12`.
            end = r"(?!\w)" if words[-1][-1].isalnum() else ""
            pattern = r"\s+".join(map(re.escape, words)) + end
            if match := re.compile(pattern).search(text, span.column - 1):
                line_start = text.rfind("\n", 0, match.start()) + 1
                line = span.line + text.count("\n", 0, match.start())
                return Position(self.file, line, match.start() - line_start + 1)
        return Position(self.file, span.line, span.column)
