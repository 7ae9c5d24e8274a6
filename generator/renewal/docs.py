"""The folder of the Markdown tree: what is as it was written, and what is not."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from generator.looks import YOUNG, Looks
from generator.renewal.kept import Front, Made
from generator.site.tree import State, index_of, state_of, twins


class Docs:
    """The Markdown files of the tree's folder, as far as they are not known to be as they were written.

    Attributes:
        written: How the pages look that are as they were written.
        read: Whether some had to be read to be known.
        lost: The pages that are not.
        state: Of the others: whether each is hand-written, edited, or the generator's own.
        ours: All that the generator wrote and nobody touched.
    """

    def __init__(
        self,
        docs: Path,
        front: Front | None,
        seen: Looks,
        pages: Callable[[], Mapping[str, Made]],
        is_excluded: Callable[[str], bool] = lambda path: False,
    ) -> None:
        """Looks at them.

        Args:
            pages: Gives the pages of the run before.
            is_excluded: Whether the site leaves a file out, which may then lie where it would be in the way.
        """
        self.docs = docs
        looked = front.looks if front and front.inputs.docs == os.path.realpath(docs) else {}
        found = seen.below(docs).unlinked()
        # Mostly all of them are as they were: that is told of all at once.
        unsure = {path for path in found.keys() - looked.keys() if path.endswith(".md")}
        self.written = dict(looked)
        if YOUNG in looked.values() or not looked.items() <= found.items():
            self.written = {path: look for path, look in looked.items() if found.get(path) == look != YOUNG}
            unsure |= (looked.keys() - self.written.keys()) & found.keys()
        self.state: dict[str, State] = {}
        self.read = False
        self._pages = pages
        # Of those that are not as they were written.
        self._digests: dict[str, str] = {}
        for path in sorted(unsure):
            if index_of(path) != path and is_excluded(path):
                continue
            try:
                data = (docs / path).read_bytes()
            except OSError:
                continue
            digest = hashlib.sha256(data).hexdigest()
            if path in looked and pages()[path].digest == digest:
                self.written[path] = found[path]
                self.read = True
            else:
                self.state[path] = state_of(data.decode("utf-8", errors="replace"))
                self._digests[path] = digest
        self.lost = frozenset(looked.keys() - self.written.keys())
        self.ours = self.written.keys() | {path for path, state in self.state.items() if state == "ours"}

    @property
    def is_as_written(self) -> bool:
        """Whether all pages are there as they were written, and nothing is in their place or stale."""
        beside = any(name in self.state for path in self.written for name in twins(path)[1:])
        return not (self.lost or beside or "ours" in self.state.values())

    def digest(self, path: str) -> str:
        """The SHA-256 of a file as it is; empty where there is none."""
        return self._pages()[path].digest if path in self.written else self._digests.get(path, "")


def place(source: Path, target: Path) -> None:
    """Moves a page from the spool to its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.replace(target)
    except OSError:
        # The tree is on another disk.
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            file.write(source.read_bytes())
        shutil.copymode(source, file.name)
        Path(file.name).replace(target)
