"""What MkDocs refuses or warns of during a build, as problems in the files that it is about."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.exceptions import MkDocsException

from generator.mkdocs.config import config_problem
from generator.mkdocs.context import capture_logs
from generator.mkdocs.settings import SiteError
from generator.support.config_text import CONFIG
from generator.support.files import name_of
from generator.support.problems import Problem, SourcePosition

_DOC_FILE = re.compile(
    r"Doc file '(?P<file>[^']+)' contains (?:a link|an absolute link|an unrecognized relative link) '(?P<link>[^']*)'"
)
_NAV_ENTRY = re.compile(r"A reference to '(?P<file>[^']+)' is included in the 'nav'")
# Warns that links to pages which did not change may be wrong, which those of generated pages are not.
_DIRTY = "A 'dirty' build"

# Raises what was captured so far.
Report = Callable[[], None]


@contextmanager
def reporting(root: Path, docs: Path) -> Iterator[Report]:
    """Captures what MkDocs refuses or warns of inside the block, and raises it as problems at the end.

    Yields a function that raises what was captured so far.

    Raises:
        SiteError: with each problem at its place in the file that it is about.
    """
    with capture_logs(logging.WARNING) as logs:

        def report() -> None:
            warnings = [message for _, message in logs if not message.startswith(_DIRTY)]
            if warnings:
                raise SiteError([_page_problem(message, docs, root) for message in warnings])

        try:
            yield report
        except MkDocsException as error:
            raise SiteError([config_problem(str(error))]) from None
        report()


def _page_problem(warning: str, docs: Path, root: Path) -> Problem:
    """A warning of MkDocs, at the place in the file of the text that it is about."""
    message = " ".join(warning.split())
    if match := _DOC_FILE.search(warning):
        path, rule, value = docs / match["file"], "broken-link", match["link"]
        message = f"link {value!r}: {warning[match.end() :].lstrip(', ').removeprefix('but ')}"
    elif match := _NAV_ENTRY.search(warning):
        path, rule, value = root / CONFIG, "mkdocs-config", match["file"]
    else:
        return Problem(SourcePosition(CONFIG), "mkdocs", message)
    return Problem(SourcePosition(name_of(path, root), *position_of(path, value)), rule, message, value)


def position_of(path: Path, text: str) -> tuple[int, int]:
    """The line and column of the first occurrence of a text in a file; the file's start if there is none."""
    lines = path.read_text("utf-8", errors="replace").split("\n") if path.is_file() else []
    for number, line in enumerate(lines, 1):
        if (column := line.find(text)) >= 0:
            return number, column + 1
    return 1, 1
