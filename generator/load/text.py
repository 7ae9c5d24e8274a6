"""Files as text: UTF-8, of a sane size, without control characters."""

import re
import shlex
import unicodedata
from pathlib import Path
from typing import NamedTuple

from generator.load.encodings import is_mostly_utf8, likely_encoding
from generator.support.files import digest_of, digest_of_file, read_file
from generator.support.problems import BIDI_CONTROLS, Problem, SourcePosition, shown

# A seeds file is written by hand; more than ten megabytes are a mistake or an attack.
MAX_BYTES = 10_000_000
# Controls have no glyph, and Python-Markdown uses some of them as its own marks.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")

# Letters carry a mark or two, at most 30 (Unicode's Stream-Safe Text Format); to put thousands of them in
# order takes Python hours.
_MAX_MARKS = 30
TOO_MANY_MARKS = f"more than {_MAX_MARKS} combining marks on one letter"
_MAYBE_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MAX_MARKS + 1},}}")


_BIDI_CONTROLS = re.compile(f"[{BIDI_CONTROLS}]")
# Overrides reverse any letters; the others need a closing control on the same line.
_BIDI_OVERRIDES = "\u202d\u202e"
_BIDI_CLOSING = {
    "\u202a": "\u202c",
    "\u202b": "\u202c",
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
BIDI_HINT = "delete it: the direction of a text is read from its letters"


class FileText(NamedTuple):
    """The text of a file and the digest of the same bytes: the file is read once.

    Attributes:
        text: With newlines as line ends; empty if it cannot be used.
        problems: What is wrong with it.
        digest: Of its bytes; empty if they could not be read.
    """

    text: str
    problems: list[Problem]
    digest: str


def read_text(path: Path, name: str) -> FileText:
    """The text of a file; `name` is the file as messages show it."""
    start = SourcePosition(name)
    try:
        data = read_file(path, MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        return FileText("", [Problem(start, "unreadable", f"cannot read {shown(name)}: {reason}", name)], "")
    if len(data) > MAX_BYTES:
        message = f"{shown(name)} is larger than {MAX_BYTES // 10**6} MB"
        return FileText("", [Problem(start, "file-size", message, name)], digest_of_file(path))
    text, problems = _decoded(data, name)
    return FileText(text, problems, digest_of(data))


def _decoded(data: bytes, name: str) -> tuple[str, list[Problem]]:
    start = SourcePosition(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        where = SourcePosition(name, before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        return "", [_not_utf8(where, data, error)]
    if "\0" in text and (likely := likely_encoding(data))[0]:
        return "", [_converted(start, "not UTF-8", "0x00", likely)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := _CONTROL.search(text):
        hint = "delete it; a text full of them is often in another encoding than UTF-8"
        value = control_in(match[0])
        where = _position(name, text, match.start())
        return "", [Problem(where, "control-character", f"control character {value}", value, hint)]
    if (offset := first_bidi_control(text)) is not None:
        value = f"U+{ord(text[offset]):04X}"
        where = _position(name, text, offset)
        return "", [Problem(where, "bidi-control", f"direction control {value}", value, BIDI_HINT)]
    if (offset := too_many_marks(text)) is not None:
        where = _position(name, text, offset)
        return "", [Problem(where, "combining-marks", TOO_MANY_MARKS, "", "delete them")]
    return text, []


def _not_utf8(where: SourcePosition, data: bytes, error: UnicodeDecodeError) -> Problem:
    value = f"0x{data[error.start]:02x}"
    message = f"not UTF-8: byte {value}"
    if error.end == len(data) and error.reason == "unexpected end of data":
        return Problem(where, "encoding", message, value, "the file ends within a letter: it may be cut off")
    if is_mostly_utf8(data):
        return Problem(where, "encoding", message, value, "the rest is UTF-8: write this place again")
    return _converted(where, message, value, likely_encoding(data, error.start))


def _converted(where: SourcePosition, message: str, value: str, likely: tuple[str, str]) -> Problem:
    """The problem of a file in another encoding, with the command that converts it."""
    name, codec = likely
    hint = "save the file as UTF-8"
    if name:
        message = f"{message}, likely {name}"
        hint = f"{hint}: iconv -f {codec} -t UTF-8 {shlex.quote(where.file)} > NEW"
    return Problem(where, "encoding", message, value, hint)


def control_in(text: str) -> str:
    """The first control character in a text, named, or an empty string."""
    match = _CONTROL.search(text)
    return f"U+{ord(match[0]):04X}" if match else ""


def first_bidi_control(text: str) -> int | None:
    """The offset of the first direction control that affects other text: an override, or one not closed on its line."""
    if not _BIDI_CONTROLS.search(text):
        return None
    start = 0
    for line in text.split("\n"):
        opened: list[tuple[int, str]] = []
        for found in _BIDI_CONTROLS.finditer(line):
            sign = found[0]
            if sign in _BIDI_OVERRIDES:
                return start + found.start()
            if sign in _BIDI_CLOSING:
                opened.append((start + found.start(), sign))
            elif opened and _BIDI_CLOSING[opened[-1][1]] == sign:
                opened.pop()
        if opened:
            return opened[0][0]
        start += len(line) + 1
    return None


def too_many_marks(text: str) -> int | None:
    """The offset of the first run of combining marks longer than any script has, if there is one."""
    for candidate in _MAYBE_MARKS.finditer(text):
        run = 0
        for offset in range(candidate.start(), candidate.end()):
            run = run + 1 if unicodedata.combining(text[offset]) else 0
            if run > _MAX_MARKS:
                return offset - run + 1
    return None


def _position(name: str, text: str, offset: int) -> SourcePosition:
    return SourcePosition(name, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
