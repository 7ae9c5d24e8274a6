"""Source positions: the file, line and column of a record and of each of its values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.model.fields import Path
from generator.support.problems import SourcePosition


class Span(NamedTuple):
    """The beginning and end of a value: lines and columns from 1, the end column exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Source:
    """The file of one record, and the span of each key and value by its path.

    The empty path is that of the record's own key.
    """

    file: str
    spans: Mapping[Path, Span]
    lines: Sequence[str] = field(default=(), repr=False, compare=False)

    @property
    def start(self) -> SourcePosition:
        """The position at which the record begins."""
        return self.at(())

    def at(self, path: Path, needle: str = "", nth: int = 0) -> SourcePosition:
        """The position of the value at a path, or of the innermost value around it that has one.

        With a `needle`, the position of that text inside the value as written in the file, even if it is
        broken over lines; `nth` occurrences are passed over.
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
    """The offset of a needle as a whole word in a text, with any white space between its words; -1 if absent.

    If it occurs no more than `nth` times, the offset of the last occurrence.
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
    """Whether a word or id ends where an occurrence ends: `@a#p1` is not whole in `@a#p12` or `@a#p1-2`."""
    if not text[end - 1].isalnum():
        return True
    after = text[end : end + 2]
    return not (after[:1].isalnum() or (after[:1] in ("-", "_") and after[1:].isalnum()))
