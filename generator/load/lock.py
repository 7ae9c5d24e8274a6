"""Reads `evidence.lock`."""

import re
from collections.abc import Iterator

from generator.load.records import make, record_source
from generator.load.text import FileText
from generator.load.yaml import MappingNode, Node, ScalarNode, parse
from generator.model.lock import VERSION, EvidenceLock
from generator.model.source import Source
from generator.support.problems import Problem, SourcePosition, shown

LOCK_FILE = "evidence.lock"
_MARKS = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
_RESTORE = "restore it, or delete it and run dossier verify"


def read_lock(read: FileText, name: str) -> tuple[EvidenceLock | None, Source | None, list[Problem]]:
    """The lock in a file that was read, its source, and its problems."""
    text, problems, _ = read
    node = None
    if not problems:
        problems = list(_merge_marks(text, name))
    if not problems:
        node, problems = parse(text, name)
    if node is None:
        return None, None, [_to_restore(problem) for problem in problems]
    if newer := _newer(node, name):
        return None, None, [newer]
    source = record_source(name, None, node, tuple(text.split("\n")))
    lock, found = make(EvidenceLock, node, source, {})
    return lock, source, [_to_restore(problem) for problem in [*problems, *found]]


def _newer(node: Node, name: str) -> Problem | None:
    """The problem of a lock in a newer format."""
    fields = node.items if isinstance(node, MappingNode) else ()
    for key, value in fields:
        if key.text == "version" and isinstance(value, ScalarNode) and value.text != VERSION:
            where = SourcePosition(name, key.span.line, key.span.column)
            message = f"the lock's version is {shown(value.text)}, and this program knows up to {VERSION}"
            return Problem(where, "lock-version", message, value.text or "", "use the version that wrote it")
    return None


def _merge_marks(text: str, name: str) -> Iterator[Problem]:
    if match := _MARKS.search(text):
        where = SourcePosition(name, text.count("\n", 0, match.start()) + 1)
        hint = "take either side, and have it renewed: dossier verify"
        yield Problem(where, "merge-conflict", "a merge left its marks here", match[0], hint)


def _to_restore(problem: Problem) -> Problem:
    # This file is not written by hand, so there is one way to repair it.
    return problem if problem.rule == "merge-conflict" else problem._replace(hint=_RESTORE)
