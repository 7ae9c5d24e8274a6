"""What MkDocs refuses or warns of during a build, as problems in the files that it is about."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator.mkdocs.config import config_problem
from generator.mkdocs.context import capture_logs
from generator.mkdocs.settings import CONFIG, SiteError
from generator.support.files import name_of
from generator.support.problems import Problem, SourcePosition

_DOC_FILE = re.compile(
    r"Doc file '(?P<file>[^']+)' contains (?:a link|an absolute link|an unrecognized relative link) '(?P<link>[^']*)'"
)
_NAV_ENTRY = re.compile(r"A reference to '(?P<file>[^']+)' is included in the 'nav'")


def run_mkdocs(root: Path, config: MkDocsConfig, *, dirty: bool) -> None:
    """Builds a site by MkDocs alone; `dirty` builds only pages whose Markdown is newer than they are."""
    with reporting(root, config):
        mkdocs_build(config, dirty=dirty)


@contextmanager
def reporting(root: Path, config: MkDocsConfig) -> Iterator[Callable[[], None]]:
    """What MkDocs refuses or warns of meanwhile is raised at the end, placed in the files that it is about.

    Yields what raises it before.
    """
    with capture_logs(logging.WARNING) as heard:

        def judge() -> None:
            # That only changed pages are built, and what that means for links, we know: links are ours.
            told = [message for _, message in heard]
            told = [message for message in told if not message.startswith("A 'dirty' build")]
            if told:
                raise SiteError([_page_problem(message, Path(config.docs_dir), root) for message in told])

        try:
            yield judge
        except MkDocsException as error:
            raise SiteError([config_problem(str(error))]) from None
        judge()


def _page_problem(message: str, docs: Path, root: Path) -> Problem:
    """A warning of MkDocs, placed where what it names stands in the file."""
    told = " ".join(message.split())
    if match := _DOC_FILE.search(message):
        path, rule, value = docs / match["file"], "broken-link", match["link"]
        told = f"link {value!r}: {message[match.end() :].lstrip(', ').removeprefix('but ')}"
    elif match := _NAV_ENTRY.search(message):
        path, rule, value = root / CONFIG, "mkdocs-config", match["file"]
    else:
        return Problem(SourcePosition(CONFIG), "mkdocs", told)
    return Problem(SourcePosition(name_of(path, root), *position_of(path, value)), rule, told, value)


def position_of(path: Path, text: str) -> tuple[int, int]:
    """The line and column where a text first stands in a file; its start where it does not."""
    lines = path.read_text("utf-8", errors="replace").split("\n") if path.is_file() else []
    for number, line in enumerate(lines, 1):
        if (column := line.find(text)) >= 0:
            return number, column + 1
    return 1, 1
