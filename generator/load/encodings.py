"""The likely encoding of a file that is not UTF-8.

Each encoding in which the bytes can be decoded is scored by the characters that come out of it. Letters that are
frequent in its languages count for it; signs that are rare in any text, capitals after small letters, and letters of
two scripts side by side count against it.
"""

import codecs
import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

# Bytes that are examined.
_SAMPLE = 4_000
# The number of letters of an encoding that count as frequent.
_FREQUENT = 14
# Below this score, of one at the most, no encoding is likely.
_LIKELY = 0.15
# Characters in common use in any language.
_TYPOGRAPHY = frozenset("“”„‘’‚«»‹›–—…•·°§€£©№¿¡\u00a0、。「」『』，！？：；（）《》\u3000")

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")


class _Encoding(NamedTuple):
    """An encoding.

    Attributes:
        name: What people call it.
        codec: Its name to Python and to iconv.
        letters: The letters that the languages written in it have, the most frequent first.
    """

    name: str
    codec: str
    letters: str


_WESTERN = "éáíäöüóèàçñåøßúêôâãõæîûëïìòùœ"
_CYRILLIC = "оеаинтсрвлкмдпіуяызьбгчйхжшюцщэфїєўґъћђјљњџё"
_CENTRAL = "áíéěčžřýůłęąśżšőóúńćűźťďňđőöüäôľĺŕßțşăţ"
_BALTIC = "ėąžįšųūčęāīēļņģķūõäöü"
_JAPANESE = "のにはをたがでとしるていれさこなかっらりんも" + "".join(map(chr, range(0x3041, 0x30FF)))
_SIMPLIFIED = "的一是不了在人有我中国大这来上个们到说时为会年对发和地出"
_TRADITIONAL = "的一是不了在人有我中國大這來上個們到說時為會年對發和地出"
# Of encodings with the same score the first is named.
_ENCODINGS = (
    _Encoding("Windows-1252 or Latin-1", "CP1252", _WESTERN),
    _Encoding("Windows-1251", "CP1251", _CYRILLIC),
    _Encoding("KOI8-R", "KOI8-R", _CYRILLIC),
    _Encoding("KOI8-U", "KOI8-U", _CYRILLIC),
    _Encoding("CP866", "CP866", _CYRILLIC),
    _Encoding("ISO 8859-5", "ISO-8859-5", _CYRILLIC),
    _Encoding("Windows-1250", "CP1250", _CENTRAL),
    _Encoding("Latin-2", "ISO-8859-2", _CENTRAL),
    _Encoding("Windows-1253", "CP1253", "αοιετσνηυρπκμλςωάίόέδγχθήύώβφξζψϊϋ"),
    _Encoding("Windows-1254", "CP1254", "ıüşçğöİŞÇâî"),
    _Encoding("Windows-1255", "CP1255", "יוהלאתרמבשנםדעחקפכטסגצזןךףץ"),
    _Encoding("Windows-1256", "CP1256", "اليمنوترةبدعسفكهقحجأصشضطخثزغذءىئؤپچگ،"),
    _Encoding("Windows-1257", "CP1257", _BALTIC),
    _Encoding("Mac Roman", "MACINTOSH", _WESTERN),
    _Encoding("Shift JIS", "CP932", _JAPANESE),
    _Encoding("EUC-JP", "EUC-JP", _JAPANESE),
    _Encoding("EUC-KR", "CP949", "이다는을의에가고하를한은로지도사인기리서대어자시정해"),
    _Encoding("GB 18030", "GB18030", _SIMPLIFIED),
    _Encoding("Big5", "CP950", _TRADITIONAL),
)
_MARKS = (
    (codecs.BOM_UTF32_LE, _Encoding("UTF-32", "UTF-32", "")),
    (codecs.BOM_UTF32_BE, _Encoding("UTF-32", "UTF-32", "")),
    (codecs.BOM_UTF16_LE, _Encoding("UTF-16", "UTF-16", "")),
    (codecs.BOM_UTF16_BE, _Encoding("UTF-16", "UTF-16", "")),
)


def likely_encoding(data: bytes, start: int = 0) -> tuple[str, str]:
    """The likely encoding of bytes that are not UTF-8, and its name for iconv; both may be empty.

    Args:
        start: The first byte that is not UTF-8.
    """
    found = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None) or _wide(data)
    if found is None:
        begin = data.rfind(b"\n", 0, start) + 1
        sample = data[begin : begin + _SAMPLE]
        # A sample may end within a letter of several bytes, but not within a line.
        sample = sample[: sample.rfind(b"\n")] if begin + _SAMPLE < len(data) and b"\n" in sample else sample
        scores = {encoding: _score(sample, encoding) for encoding in _ENCODINGS}
        found = max(scores, key=scores.__getitem__)
        if scores[found] < _LIKELY:
            return "", ""
    return found.name, found.codec


def is_mostly_utf8(data: bytes) -> bool:
    """Whether most letters beyond ASCII are UTF-8, so that a part was pasted in another encoding."""
    text = data.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - wrong > wrong


def _wide(data: bytes) -> _Encoding | None:
    """UTF-16 without a mark: every other byte of what is ASCII in it is NUL, or, of other scripts, spaces and newlines."""
    if len(data) % 2 or b"\0" not in data:
        return None
    first, second = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    if max(first, second) < max(2, len(data[:_SAMPLE]) / 40):
        return None
    codec = "UTF-16LE" if second > first else "UTF-16BE"
    text = data[:_SAMPLE].decode(codec, errors="replace")
    return None if _CONTROL.search(text) else _Encoding("UTF-16", codec, "")


def _score(data: bytes, encoding: _Encoding) -> float:
    """How much speaks for an encoding: one at the most, and less than zero where it is unlikely."""
    try:
        text = data.decode(encoding.codec)
    except ValueError:
        return -1.0
    letters = set(encoding.letters)
    frequent = set(encoding.letters[:_FREQUENT])
    score, count = 0.0, 0
    for before, char in pairwise(f" {text}"):
        if char <= "\x7f":
            continue
        count += 1
        small = char.lower()
        if small in frequent:
            score += 1.0 if small == char else 0.8
        elif small in letters or char in _TYPOGRAPHY:
            score += 0.4
        elif not char.isalpha():
            score -= 1.0
        if before.isalpha() and char.isalpha():
            if before.islower() and char.isupper():
                score -= 1.0
            if _is_latin(before) != _is_latin(char):
                score -= 1.0
    return score / count if count else -1.0


def _is_latin(letter: str) -> bool:
    return letter <= "\x7f" or unicodedata.name(letter, "").startswith("LATIN")
