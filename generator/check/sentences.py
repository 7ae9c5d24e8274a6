"""Prose as sentences, each with or without a citation."""

import re
from collections.abc import Iterator

from generator.model.prose import Citation, ExternalLink, Literal, Paragraph, Part, RecordLink, parse

# Stand for one character of a link or a citation, so that what is inside them ends no sentence.
_LINK, _CITATION = "\ue000", "\ue001"
_CLOSERS = "\"'”’»›)\\]"
_END = re.compile(rf"[.!?։؟।…]+[{_CLOSERS}]*(?=\s|{_CITATION}|$)|[。！？]+[」』）]*")
# What follows a sentence's end: its citations, after spaces or none.
_CITATIONS = re.compile(rf"(?:\s*{_CITATION})*")
# Words that a full stop shortens and that a capital may follow.
_ABBREVIATIONS = re.compile(
    "adm|approx|ave|bros|ca|capt|cf|cmdr|co|col|corp|dr|eds?|est|gen|gov|hon|inc|jr|lt|ltd|maj|messrs|mr|mrs|ms|mts?"
    "|prof|rep|rev|sen|sgt|sr|ste?|vs"
)
# Words that are shortened only before a number: "no." ends many a sentence.
_BEFORE_NUMBERS = re.compile(
    "apr|arts?|aug|c|dec|feb|figs?|jan|jul|jun|mar|nos?|nov|oct|paras?|pp?|secs?|sept?|vols?"
)
_WORD_BEFORE = re.compile(r"(?:\w\.)*\w+$")
_NEXT = re.compile(r"\s*(\S)")
_LETTERS = re.compile(r"\w")


def uncited(text: str) -> tuple[str, ...]:
    """The sentences of prose that neither hold a citation nor are followed by one, as written.

    A citation after several sentences is that of the last.
    """
    return tuple(
        sentence
        for paragraph in parse(text)
        for sentence, has_citation in _sentences(paragraph)
        if not has_citation
    )


def _sentences(paragraph: Paragraph) -> Iterator[tuple[str, bool]]:
    plain = "".join(_stand_in(part) for part in paragraph.parts)
    source = "".join(part.source for part in paragraph.parts)
    start = 0
    for end in _ends(plain):
        if _LETTERS.search(plain, start, end) or _LINK in plain[start:end]:
            yield source[start:end].strip(), _CITATION in plain[start:end]
        start = end


def _stand_in(part: Part) -> str:
    """A text as long as a part is in the source, in which only plain text ends sentences."""
    match part:
        case Literal():
            return part.text.replace(_LINK, " ").replace(_CITATION, " ")
        case Citation():
            return _CITATION * len(part.source)
        case ExternalLink() | RecordLink():
            return _LINK * len(part.source)


def _ends(plain: str) -> Iterator[int]:
    """Where the sentences of a paragraph end, their citations included; the last ends with the paragraph."""
    for match in _END.finditer(plain):
        after = _CITATIONS.match(plain, match.end())
        assert after
        follows = _NEXT.match(plain, after.end())
        if (
            follows
            and _begins_sentence(follows[1])
            and (after[0] or not _abbreviates(plain, match, follows[1]))
        ):
            yield after.end()
    yield len(plain)


def _begins_sentence(letter: str) -> bool:
    return not (letter.islower() or letter in ",;:-–—")


def _abbreviates(plain: str, end: re.Match[str], follows: str) -> bool:
    """Whether a full stop belongs to the word before it: an abbreviation or an initial."""
    word = _WORD_BEFORE.search(plain, max(0, end.start() - 20), end.start())
    if not word or end[0] != ".":
        return False
    text = word[0].lower()
    if "." in text or (len(text) == 1 and word[0].isupper()) or _ABBREVIATIONS.fullmatch(text):
        return True
    return follows.isdigit() and bool(_BEFORE_NUMBERS.fullmatch(text))
