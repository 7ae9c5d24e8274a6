"""A few words around a mention, for lists of mentions."""

import re

from generator.folding import is_word, joined, one_line

# Characters on either side of the mention.
REACH = 90
_ODD_SPACE = re.compile(r"[^\S ]")


def snippet(text: str, start: int, end: int, reach: int = REACH) -> tuple[str, str, str]:
    """The text before a span, the span and the text after it, cut between words with an ellipsis."""
    begin, stop = max(0, start - reach), min(len(text), end + reach)
    before, after = (_ODD_SPACE.sub(" ", joined(part)) for part in (text[begin:start], text[end:stop]))
    if begin > 0:
        before = (
            f"…{_from_word(before)}"
            if is_word(text[begin - 1]) and is_word(text[begin])
            else f"…{before.lstrip()}"
        )
    if stop < len(text):
        after = (
            f"{_to_word(after)}…" if is_word(text[stop - 1]) and is_word(text[stop]) else f"{after.rstrip()}…"
        )
    return _spaced(before), one_line(text[start:end]), _spaced(after)


def _from_word(text: str) -> str:
    """The text after its first, broken word; all of it where it is one word, as in scripts without spaces."""
    _, space, rest = text.partition(" ")
    return rest if space else text


def _to_word(text: str) -> str:
    rest, space, _ = text.rpartition(" ")
    return rest if space else text


def _spaced(text: str) -> str:
    """A text on one line, with a single space kept at an end that had any."""
    inner = " ".join(text.split())
    lead = " " if text[:1].isspace() and inner else ""
    trail = " " if text[-1:].isspace() and inner else ""
    return f"{lead}{inner}{trail}"
