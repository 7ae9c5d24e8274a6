"""Text in prose that looks like a link or a citation but is not one, and is shown with its brackets."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.model.prose import Literal, ProseParagraph

_CITATION = "a citation is [@article-id#p5]; several are [@one#p1; @two#p2]"
_RECORD = "a link to a record is [[id]] or [[id|words]]"
_LINK = "a link is [words](address), and the address begins with https://"
_WORDS = "the words of a link hold no square brackets"
_SIGNS = "in an address, write a space as %20, square brackets as %5B and %5D, and round ones as %28 and %29"
# Where a mark seems to begin; a link is known by its middle.
_BEGINNING = re.compile(r"\[\s*@(?=\S)|\[\[|\]\(")
# An address that was meant to be a link.
_ADDRESS = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:\S|//|www\.|/\w)", re.IGNORECASE)
_SPACE = re.compile(r"\s")
_UNFIT = re.compile(r"[\s\[\]()]")
_BRACKET = re.compile(r"[\[\]()]")
_MASK = "x"
# No address is longer.
_LONGEST = 2_000


class BrokenMark(NamedTuple):
    """Text that looks like a mark, as written, and how the mark would be written."""

    text: str
    hint: str


def broken_marks_of(paragraph: ProseParagraph) -> Iterator[BrokenMark]:
    """The texts in a paragraph that look like a mark and are not one, with their outermost brackets."""
    source = "".join(part.source for part in paragraph.parts)
    # Marks in marks: the outer one is broken, and the inner one is a part of it.
    masked = "".join(
        part.source if isinstance(part, Literal) else _MASK * len(part.source) for part in paragraph.parts
    )
    ends = _pairs(masked)
    begins = {end: begin for begin, end in ends.items()}
    seen = 0
    for match in _BEGINNING.finditer(masked):
        at = match.start()
        if at < seen:
            continue
        found = _link(masked, at, ends, begins) if match[0] == "](" else _bracketed(masked, at, ends)
        if found and found[0].start >= seen:
            yield BrokenMark(source[found[0]], found[1])
            seen = found[0].stop


def _bracketed(text: str, at: int, ends: Mapping[int, int]) -> tuple[slice, str] | None:
    """A citation or a link to a record that begins at an offset, and how it is written."""
    # Without an end, the first word tells it.
    end = ends[at] + 1 if at in ends else _word_end(text, at)
    if not text.startswith("[[", at):
        return slice(at, end), _CITATION
    if at in ends and not text.endswith("]]", at, end):
        # Square brackets in square brackets, as editors write them, or the words of a link.
        return None
    return slice(at, end), _WORDS if at in ends and "[" in text[at + 2 : end] else _RECORD


def _link(text: str, at: int, ends: Mapping[int, int], begins: Mapping[int, int]) -> tuple[slice, str] | None:
    """A link between whose words and address an offset is, and how it is written."""
    is_closed = at + 1 in ends
    end = ends[at + 1] if is_closed else _word_end(text, at)
    address = text[at + 2 : end]
    # Round brackets after square ones may only be a remark; an address has no spaces, or begins like one.
    is_link = _ADDRESS.match(address) or (is_closed and address and not _SPACE.search(address))
    if at not in begins or not is_link:
        return None
    hint = _LINK
    if "[" in text[begins[at] + 1 : at]:
        hint = _WORDS
    elif address.startswith("http") and _UNFIT.search(address):
        hint = _SIGNS
    return slice(begins[at], end + is_closed), hint


def _pairs(text: str) -> dict[int, int]:
    """Where each bracket that is closed begins and ends."""
    found: dict[int, int] = {}
    open_ones: dict[str, list[int]] = {"[": [], "(": []}
    for match in _BRACKET.finditer(text):
        sign = match[0]
        if sign in open_ones:
            open_ones[sign].append(match.start())
        elif waiting := open_ones["[" if sign == "]" else "("]:
            found[waiting.pop()] = match.start()
    return found


def _word_end(text: str, at: int) -> int:
    found = _SPACE.search(text, at, at + _LONGEST)
    return found.start() if found else min(at + _LONGEST, len(text))
