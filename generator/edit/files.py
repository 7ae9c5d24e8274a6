"""Changes of files, together or not at all.

A change names the bytes that a file has before and after. `commit` compares what is on the disk with the bytes before,
stores them in a *journal* below the dossier's cache, writes the new files one by one, and removes the journal. If the
program is killed in between, the next command finds the journal and puts the old bytes back.
"""

import difflib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.edit.style import Style
from generator.edit.text import YamlText
from generator.edit.writing import Writer
from generator.load.articles import leading_date
from generator.state.cache import FOLDER, Cache
from generator.support.files import read_file, remove, write_whole
from generator.support.problems import Problem, Refused, SourcePosition, shown

_BOM = "\ufeff"
_FENCE = re.compile(r"\s*---[^\S\r\n]*(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"^---[^\S\r\n]*$", re.MULTILINE)
_JOURNAL, _INDEX = "edit", "index.json"


@dataclass(frozen=True)
class SeedText:
    """A seeds file: its bytes, and the part of its text that is YAML."""

    data: bytes | None
    yaml: YamlText
    has_bom: bool = False

    @classmethod
    def empty(cls, gap: int = 1) -> "SeedText":
        """A file that is not there yet."""
        return cls(None, YamlText("", 0, 0, gap))

    @classmethod
    def read(cls, root: Path, file: str) -> "SeedText":
        """A file of a dossier; an empty one if it is not there.

        Raises:
            Refused: if it cannot be read, or is not UTF-8.
        """
        path = root / file
        try:
            data = read_file(path)
        except FileNotFoundError:
            return cls.empty()
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
        if path.suffix.lower() in (".yml", ".yaml", ".lock"):
            return cls(data, YamlText.whole(text), has_bom)
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
    title, _, body = text.lstrip().partition(newline)
    fields = {"title": title.strip()}
    if date := leading_date(stem):
        fields["published"] = date
    head = newline.join(["---", *Writer(Style()).fields(fields, 0), "---", "", ""])
    return head + body.lstrip("\r\n")


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
            _write_journal(root, changes)
            for change in changes:
                _put(root / change.file, change.after)
            # From here on the change counts: without its index the journal puts nothing back.
            (_journal(root) / _INDEX).unlink()
            with suppress(OSError):
                remove(_journal(root))
    except OSError as error:
        with suppress(OSError):
            recover(root)
        done = "the next command puts back what was changed"
        rest = done if (_journal(root) / _INDEX).exists() else "nothing was changed"
        message = f"cannot write: {error.strerror or error}; {rest}"
        raise Refused([_problem(changes[0].file if changes else "", message, rule="unwritable")]) from None


def recover(root: Path) -> bool:
    """Puts back the files that an interrupted `commit` had changed, and returns whether there was one.

    A file that somebody has changed since stays as it is.
    """
    journal = _journal(root)
    try:
        index = json.loads((journal / _INDEX).read_bytes())
    except (OSError, ValueError):
        # Without its index, which is written last, nothing was changed yet.
        with suppress(OSError):
            remove(journal)
        return False
    for number, entry in enumerate(index):
        path = root / entry["file"]
        after = (journal / f"{number}.after").read_bytes() if entry["after"] else None
        before = (journal / f"{number}.before").read_bytes() if entry["before"] else None
        if _bytes_of(path) == after:
            _put(path, before)
    remove(journal)
    return True


def _journal(root: Path) -> Path:
    return root / FOLDER / _JOURNAL


def _write_journal(root: Path, changes: Sequence[FileChange]) -> None:
    journal = Cache(root).folder_of(_JOURNAL)
    index = []
    for number, change in enumerate(changes):
        for name, data in (("before", change.before), ("after", change.after)):
            if data is not None:
                (journal / f"{number}.{name}").write_bytes(data)
        index.append(
            {"file": change.file, "before": change.before is not None, "after": change.after is not None}
        )
    write_whole(journal / _INDEX, json.dumps(index).encode())


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
