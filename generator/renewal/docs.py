"""The folder of the Markdown tree: what is as it was written, and what is not."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from generator.files import NO_FILE, Signature, may_hide_change, signature_of
from generator.renewal.kept import Front
from generator.site.tree import State, state_of, twins


class Docs:
    """The Markdown files of the tree's folder, as far as they are not known to be as they were written.

    Attributes:
        signatures: Those of all of them.
        written: Those of the pages that are as they were written.
        read: Whether some had to be read to be known.
        lost: The pages that are not.
        state: Of the others: whether each is hand-written, edited, or the generator's own.
        ours: All that the generator wrote and nobody touched.
    """

    def __init__(self, docs: Path, root: Path, front: Front | None) -> None:
        self.docs = docs
        kept = front.pages if front and front.inputs.docs == str(docs) else {}
        self.stamped = time.time_ns()
        self.signatures = dict(_markdown_files(docs))
        self.written: dict[str, Signature] = {}
        self.state: dict[str, State] = {}
        self.read = False
        self._digests: dict[str, str] = {}
        stamped = front.stamped if front else 0
        for path, signature in self.signatures.items():
            page, was = kept.get(path, (None, NO_FILE))
            if page and was == signature and not may_hide_change(was, stamped):
                self.written[path] = signature
                self._digests[path] = page.digest
                continue
            try:
                data = (docs / path).read_bytes()
            except OSError:
                continue
            digest = hashlib.sha256(data).hexdigest()
            if page and page.digest == digest:
                self.written[path] = signature
                self.read = True
            else:
                self.state[path] = state_of(data.decode("utf-8", errors="replace"))
            self._digests[path] = digest
        self.lost = frozenset(path for path in kept if path not in self.written)
        self.ours = [*self.written, *(path for path, state in self.state.items() if state == "ours")]

    @property
    def is_as_written(self) -> bool:
        """Whether all pages are there as they were written, and nothing is in their place or stale."""
        beside = any(name in self.state for path in self.written for name in twins(path)[1:])
        return not (self.lost or beside or "ours" in self.state.values())

    def digest(self, path: str) -> str:
        """The SHA-256 of a file as it is; empty where there is none."""
        return self._digests.get(path, "")


def _markdown_files(docs: Path) -> Iterator[tuple[str, Signature]]:
    """The Markdown files below a folder, by their path relative to it."""
    left = [""]
    while left:
        folder = left.pop()
        try:
            entries = list(os.scandir(docs / folder))
        except OSError:
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                left.append(path)
            elif entry.name.endswith(".md") and entry.is_file():
                yield path, signature_of(entry)


def placed(source: Path, target: Path) -> Signature:
    """Moves a page from the spool to its place, and gives its signature there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _move(source, target)
    return signature_of(target)


def _move(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError:
        # The tree is on another disk.
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            file.write(source.read_bytes())
        shutil.copymode(source, file.name)
        Path(file.name).replace(target)
