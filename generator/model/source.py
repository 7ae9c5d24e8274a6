"""Where a record was written, down to each of its values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.model.fields import Path
from generator.support.problems import SourcePosition


class Span(NamedTuple):
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
    lines: Sequence[str] = field(default=(), repr=False, compare=False)

    @property
    def start(self) -> SourcePosition:
        """Where the record begins."""
        return self.at(())

    def at(self, path: Path, needle: str = "", nth: int = 0) -> SourcePosition:
        """Where the value at a path stands, or the nearest value around it.

        With a `needle`, the first place of that text inside the value as written in the file, even if it is
        broken over lines; or the place `nth` times later.
        """
        while path and path not in self.spans:
            path = path[:-1]
        span = self.spans.get(path, Span(1, 1, 1, 1))
        if needle := needle.strip():
            text = "\n".join(self.lines[span.line - 1 : span.end_line])
            offset = _find(needle, text, span.column - 1, nth)
            if offset >= 0:
                line_start = text.rfind("\n", 0, offset) + 1
                return SourcePosition(
                    self.file, span.line + text.count("\n", 0, offset), offset - line_start + 1
                )
        return SourcePosition(self.file, span.line, span.column)


def _find(needle: str, text: str, start: int, nth: int) -> int:
    """Where a needle stands whole in a text, white space of any sort between its words, or -1.

    Where it stands fewer times than is asked for, the last place is the answer.
    """
    best, found = -1, text.find(needle, start)
    while found >= 0:
        if _is_whole(text, found, found + len(needle)):
            best = found
            if not nth:
                return best
            nth -= 1
        found = text.find(needle, found + 1)
    if best >= 0 or " " not in needle:
        return best
    match = re.compile(r"\s+".join(map(re.escape, needle.split()))).search(text, start)
    return match.start() if match else -1


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word or id goes on past a place: `@a#p1` is not the beginning of `@a#p12` or `@a#p1-2`."""
    if not text[end - 1].isalnum():
        return True
    after = text[end : end + 2]
    return not (after[:1].isalnum() or (after[:1] in ("-", "_") and after[1:].isalnum()))
