"""The steps of the build benchmark, and what they do with files between measurements."""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import Run, measure

# The number makes it new each time; it contains no name.
_SENTENCE = "nothing of this was known before the {}th time"


@dataclass(frozen=True)
class Step:
    """One measurement, which can continue from the result of an earlier step.

    Attributes:
        row: Its name in the table.
        command: The command to measure.
        folder: The folder in which it runs.
        site: The folder of the finished site.
        prepare: Prepares the round with a given number; not measured.
        after: The row of the step from which it continues; if that failed, this step is not run.
        adds: Whether the cost of that step is added.
        cold: Whether it builds the whole site from nothing.
        environment: Environment variables for the command.
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
        """Prepares and measures one round."""
        self.prepare(number)
        # So that no step pays for unwritten data of another, or for being the first to read a file.
        os.sync()
        read_all(self.folder)
        return measure(self.command, self.folder, limit, self.environment)

    def pages(self) -> int:
        """The number of pages of the site."""
        return sum(1 for _ in self.site.rglob("*.html"))


@dataclass(frozen=True)
class Side:
    """A program that builds sites, with the steps that are measured in each round, in order."""

    name: str
    steps: tuple[Step, ...]


def append_sentence(page: Path, number: int) -> None:
    """Appends a sentence to a file, another one for each number."""
    sentence = _SENTENCE.format(number)
    replace_text(page, lambda text: f"{text.rstrip()} {sentence}.\n")


def replace_text(path: Path, change: Callable[[str], str]) -> None:
    """Changes the text of a file, but not of other hard links to it."""
    text = change(path.read_text("utf-8"))
    path.unlink()
    path.write_text(text, "utf-8")


def read_all(folder: Path) -> None:
    """Reads all files below a folder, so that they are in the cache of the system."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                while file.read(1 << 20):
                    pass


def link_tree(source: Path, target: Path) -> None:
    """Copies a folder by hard links, which take no space."""
    shutil.copytree(source, target, copy_function=os.link)


def copy(source: Path, target: Path) -> None:
    """Copies a file or folder; the folder of the target is made if necessary."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


def remove(*folders: Path) -> None:
    """Removes those of some folders that exist."""
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)
