"""Changes of files, together or not at all.

A change names the bytes that a file has before and after. `commit` compares what is on the disk with the bytes before,
stores the changes in a *journal* below the dossier's cache, writes the new files one by one, and removes the journal. If
the program is killed in between, `recover` puts the old bytes back; each `commit` begins with it.
"""

import difflib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.edit.style import Style
from generator.edit.text import YamlText
from generator.edit.writing import Writer
from generator.load.articles import leading_date, read_article
from generator.load.dossier import SEEDS, places_of_links
from generator.load.inputs import leads_outside
from generator.load.text import read_text
from generator.load.unread import YAML
from generator.model.ids import RecordId
from generator.state.cache import FOLDER, Cache
from generator.state.encoding import EncodingError, decode, encode
from generator.support.files import read_file, write_whole
from generator.support.problems import Problem, Refused, SourcePosition, shown

_BOM = "\ufeff"
_FENCE = re.compile(r"\s*---[^\S\r\n]*(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"^---[^\S\r\n]*$", re.MULTILINE)
# Below the cache.
_JOURNAL = "edits.journal"


@dataclass(frozen=True)
class SeedText:
    """A seeds file: its bytes, and the part of its text that is YAML."""

    data: bytes | None
    yaml: YamlText
    has_bom: bool = False

    @classmethod
    def article(cls, paragraphs: Sequence[str]) -> "SeedText":
        """An article that is not there yet, with front matter that is still empty."""
        fence = "---\n"
        body = "\n\n".join(paragraphs)
        return cls(None, YamlText(f"{fence}{fence}\n{body}\n", len(fence), len(fence), gap=0))

    @classmethod
    def read(cls, root: Path, file: str) -> "SeedText":
        """A file of a dossier; an empty one if it is not there.

        Raises:
            Refused: if it cannot be read, is not UTF-8, or is an article whose front matter is not read.
        """
        path = root / file
        try:
            data = read_file(path)
        except FileNotFoundError:
            return cls(None, YamlText.whole(""))
        except OSError as error:
            raise Refused(
                [_problem(file, f"cannot read {shown(file)}: {error.strerror or error}", rule="unreadable")]
            ) from None
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise Refused([_problem(file, f"{shown(file)} is not UTF-8")]) from None
        has_bom = text.startswith(_BOM)
        text = text.removeprefix(_BOM)
        if path.suffix.lower() in YAML:
            return cls(data, YamlText.whole(text), has_bom)
        _, _, problems = read_article(read_text(path, file), file, RecordId(path.stem))
        if unread := [problem for problem in problems if problem.rule == "front-matter"]:
            raise Refused(unread)
        return cls(data, _front_matter(text, path.stem), has_bom)

    def with_document(self, text: str) -> bytes:
        """The bytes of the file with another text."""
        return (_BOM * self.has_bom + text).encode()


def _front_matter(text: str, stem: str) -> YamlText:
    """The text of an article, with its front matter as the document; one that has none gets it."""
    fence = _FENCE.match(text)
    closing = _CLOSING.search(text.replace("\r", "\n"), fence.end()) if fence else None
    if fence is None or closing is None:
        return _front_matter(_with_front_matter(text, stem), stem)
    return YamlText(text, fence.end(), closing.start(), gap=0)


def _with_front_matter(text: str, stem: str) -> str:
    """The text of an article with the title and the date that were read from its first line and its file's name."""
    newline = YamlText.whole(text).newline
    title, *body = re.split("\r\n|\r|\n", text.lstrip(), maxsplit=1)
    fields = {"title": title.strip()}
    if date := leading_date(stem):
        fields["published"] = date
    head = newline.join(["---", *Writer(Style()).fields(fields, 0), "---", "", ""])
    return head + "".join(body).lstrip("\r\n")


class FileChange(NamedTuple):
    """The bytes of a file before and after a change; None where there is no file.

    Attributes:
        file: Its path relative to the dossier.
    """

    file: str
    before: bytes | None
    after: bytes | None

    @property
    def undone(self) -> "FileChange":
        """The change that restores the bytes before."""
        return FileChange(self.file, self.after, self.before)

    def diff(self) -> Iterator[str]:
        """The lines of a unified diff."""
        old, new = ((data or b"").decode(errors="replace").splitlines() for data in (self.before, self.after))
        names = (
            (f"a/{self.file}" if self.before is not None else "/dev/null"),
            (f"b/{self.file}" if self.after is not None else "/dev/null"),
        )
        return difflib.unified_diff(old, new, *names, lineterm="")


def commit(root: Path, changes: Sequence[FileChange]) -> None:
    """Makes the changes, all of them or none.

    Raises:
        Refused: if a file is no longer as it was when the change was planned, or cannot be written; nothing changed then.
    """
    try:
        with Cache(root).lock():
            recover(root)
            if refused := [problem for change in changes for problem in _changed_meanwhile(root, change)]:
                raise Refused(refused)
            write_whole(_journal(root), encode(tuple(changes)))
            for change in changes:
                _put(root / change.file, change.after)
            # From here on the change counts.
            _journal(root).unlink()
    except OSError as error:
        with suppress(OSError):
            recover(root)
        done = "the next edit puts back what was changed"
        rest = done if _journal(root).exists() else "nothing was changed"
        message = f"cannot write: {error.strerror or error}; {rest}"
        raise Refused([_problem(changes[0].file if changes else "", message, rule="unwritable")]) from None


def recover(root: Path) -> bool:
    """Puts back the files that an interrupted `commit` had changed, and returns whether there was one.

    A file that somebody has changed since stays as it is, and so does one that is not below the seeds: another program
    may have written the journal.
    """
    journal = _journal(root)
    try:
        changes = decode(read_file(journal), tuple[FileChange, ...])
    except FileNotFoundError:
        return False
    except EncodingError:
        changes = ()
    for change in changes:
        path = root / change.file
        if is_seed(root, change.file) and _bytes_of(path) == change.after:
            _put(path, change.before)
    journal.unlink()
    return bool(changes)


def is_seed(root: Path, file: str) -> bool:
    """Whether the path of a file, relative to the dossier, leads below its seeds, also where a folder is a link."""
    parts = PurePosixPath(file).parts
    if len(parts) < 2 or parts[0] != SEEDS or ".." in parts:
        return False
    return not leads_outside(os.path.realpath((root / file).parent), places_of_links(root))


def _journal(root: Path) -> Path:
    return root / FOLDER / _JOURNAL


def _changed_meanwhile(root: Path, change: FileChange) -> Iterator[Problem]:
    now = _bytes_of(root / change.file)
    if now != change.before:
        what = "was changed" if now is not None and change.before is not None else "came or went"
        yield _problem(
            change.file, f"{shown(change.file)} {what} meanwhile; nothing was written", "try again"
        )


def _bytes_of(path: Path) -> bytes | None:
    try:
        return read_file(path)
    except FileNotFoundError:
        return None


def _put(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        write_whole(path, data)


def _problem(file: str, message: str, hint: str = "", rule: str = "edit") -> Problem:
    return Problem(SourcePosition(file), rule, message, file, hint)
