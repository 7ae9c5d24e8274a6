"""What a benchmark of building measures, a step after another, and what it does with files in between."""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import Run, measure

# With a number it is new each time, and nobody's name stands in it.
_SENTENCE = "nothing of this was known before the {}th time"


@dataclass(frozen=True)
class Step:
    """One thing to measure, which may go on from what the step before it left.

    Attributes:
        row: What the table says.
        command: What is timed.
        folder: Where it runs.
        site: Where its pages are, then.
        prepare: What comes before, untimed; it is told the number of the round.
        after: The row of this side that it goes on from, and which it has no sense without.
        adds: Whether what that took is counted as well.
        cold: Whether it makes the whole site from nothing.
    """

    row: str
    command: Sequence[str]
    folder: Path
    site: Path
    prepare: Callable[[int], None] = lambda number: None
    after: str = ""
    adds: bool = False
    cold: bool = True
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, number: int, limit: float) -> Run:
        """Prepares, and measures."""
        self.prepare(number)
        # Nobody pays for writing what another left, nor for reading first what all read.
        os.sync()
        read_all(self.folder)
        return measure(self.command, self.folder, limit, self.environment)

    def pages(self) -> int:
        """How many pages there are."""
        return sum(1 for _ in self.site.rglob("*.html"))


@dataclass(frozen=True)
class Side:
    """A program that builds sites, and what is measured of it in each round, in order."""

    name: str
    steps: tuple[Step, ...]


def append_sentence(page: Path, number: int) -> None:
    """A sentence more at the end of a file, another each time."""
    sentence = _SENTENCE.format(number)
    replace_text(page, lambda text: f"{text.rstrip()} {sentence}.\n")


def replace_text(path: Path, change: Callable[[str], str]) -> None:
    """Changes a file, and no other that it was one with: what was linked to it stays as it was."""
    text = change(path.read_text("utf-8"))
    path.unlink()
    path.write_text(text, "utf-8")


def read_all(folder: Path) -> None:
    """Reads what is in a folder, so that it is in memory whoever comes first."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                while file.read(1 << 20):
                    pass


def link_tree(source: Path, target: Path) -> None:
    """The same files in another folder, without taking room twice."""
    shutil.copytree(source, target, copy_function=os.link)


def copy(source: Path, target: Path) -> None:
    """The same file or folder in another place, whose folder is made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


def remove(*folders: Path) -> None:
    """Removes folders that may be there."""
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)
