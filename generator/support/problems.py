"""Problems: findings about a dossier, each with its place and, where possible, a fix."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

# Below this similarity (0 to 100) a suggestion misleads more often than it helps.
_SIMILAR_ENOUGH = 70


# Characters that set the direction of the text after them: embeddings, overrides, isolates, and their ends.
BIDI_CONTROLS = "\u202a-\u202e\u2066-\u2069"
# Printed raw, these could imitate another message or command: control characters, line ends, bidirectional controls,
# and surrogates, which represent bytes of a file name that are not UTF-8.
UNPRINTABLE = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{BIDI_CONTROLS}\ud800-\udfff]")


def printable(text: str) -> str:
    """A text in which characters that must not be printed raw are escaped."""
    return UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


class Severity(StrEnum):
    """An error stops the build; a warning is only reported."""

    ERROR = "error"
    WARNING = "warning"


class SourcePosition(NamedTuple):
    """A place in a file: its path relative to the dossier, and line and column from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """One finding.

    Attributes:
        where: The place of the value.
        rule: The stable name of the rule that found it.
        message: What is wrong.
        value: The offending text as written.
        hint: How to fix it, without brackets; can be empty.
        severity: Whether it stops the build.
    """

    where: SourcePosition
    rule: str
    message: str
    value: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return printable(f"{self.where}: {self.severity}: {self.message}{hint} [{self.rule}]")

    @property
    def is_error(self) -> bool:
        """Whether it stops the build."""
        return self.severity is Severity.ERROR

    def as_dict(self) -> dict[str, str | int]:
        """The flat form that `--format json` prints."""
        return {
            **self.where._asdict(),
            "file": printable(self.where.file),
            "severity": self.severity.value,
            "rule": self.rule,
            "message": printable(self.message),
            "value": printable(self.value),
            "hint": printable(self.hint),
        }

    def as_github(self) -> str:
        """A workflow command that GitHub shows beside the line of a pull request."""
        text = printable(f"{self.message}{f' ({self.hint})' if self.hint else ''} [{self.rule}]")
        file = _github_escape(printable(self.where.file)).replace(":", "%3A").replace(",", "%2C")
        return (
            f"::{self.severity} file={file},line={self.where.line},col={self.where.column}"
            f"::{_github_escape(text)}"
        )


class Refused(Exception):
    """The command wrote nothing because of `problems`, which include warnings."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def _github_escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """All problems without duplicates, sorted by place."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.where, p.rule, p.message)))


def shown(value: object, limit: int = 60) -> str:
    """A value for a message: on one line, in quotes, shortened to a limit."""
    text = " ".join(str(value).split())
    return repr(text if len(text) <= limit else f"{text[: limit - 1]}…")


def nearest(wanted: str, known: Iterable[str]) -> str:
    """The known word most similar to the wanted one; empty if none is similar enough."""
    # Imported late: a dossier without problems does not need it.
    from rapidfuzz import fuzz, process

    found = process.extractOne(wanted, sorted(known), scorer=fuzz.ratio, score_cutoff=_SIMILAR_ENOUGH)
    return found[0] if found else ""


def did_you_mean(wanted: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or an empty string."""
    word = nearest(wanted, known)
    return f"did you mean {word!r}?" if word else ""


@contextmanager
def refusing(problems: Iterable[Problem]) -> Iterator[None]:
    """Reports what the system refuses inside the block together with the problems that are known already.

    Raises:
        Refused: in place of an `OSError`.
    """
    try:
        yield
    except OSError as error:
        raise Refused([*problems, _of_system(error)]) from None


def _of_system(error: OSError) -> Problem:
    """What the system refused, as far as the error says: to read a file that exists, or else to write one."""
    path = str(error.filename2 or error.filename or "")
    reason = error.strerror or str(error)
    # For a file that is open already the system names none if it cannot be written any further.
    if path and error.filename2 is None and Path(path).exists() and not os.access(path, os.R_OK):
        return Problem(SourcePosition(path), "unreadable", f"cannot be read: {reason}")
    return Problem(SourcePosition(path), "unwritable", f"cannot be written: {reason}")
