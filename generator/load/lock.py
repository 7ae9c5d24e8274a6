"""`evidence.lock` as it was last written."""

from pathlib import Path

from generator.load.records import make, record_source
from generator.load.text import read_text
from generator.load.yaml import parse
from generator.model.lock import EvidenceLock
from generator.model.source import Source
from generator.problems import Problem

LOCK_FILE = "evidence.lock"


def read_lock(path: Path, name: str) -> tuple[EvidenceLock | None, Source | None, list[Problem]]:
    """The lock of a file, where it says what, and its problems; nothing where there is no such file."""
    if not path.exists():
        return None, None, []
    text, problems = read_text(path, name)
    node = None
    if not problems:
        node, problems = parse(text, name)
    if node is None:
        return None, None, problems
    source = record_source(name, None, node, tuple(text.split("\n")))
    lock, found = make(EvidenceLock, node, source, {})
    return lock, source, [*problems, *found]
