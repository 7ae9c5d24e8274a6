"""Every link and anchor of a built site, followed within the site."""

import posixpath
from collections.abc import Iterator, Set
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.support.problems import Problem, SourcePosition
from generator.support.processes import available, parallel_map
from generator.support.progress import Tell, counted, silent

# Attributes that hold an address.
_ADDRESSES = {"href", "src", "data"}
# Pages that one process takes at a time.
_BATCH = 100


class _LinkScan(NamedTuple):
    """The anchors of a page, and its links with their lines and columns."""

    path: str
    anchors: frozenset[str]
    links: tuple[tuple[str, int, int], ...]


def broken_links(
    site: Path, base_path: str = "/", files: Set[str] | None = None, tell: Tell = silent
) -> Iterator[Problem]:
    """Links of the site's pages to files or anchors that do not exist, each at its place in the site.

    Args:
        site: The folder of the site.
        base_path: The path under which the site will be served, with which links from the root begin.
        files: The paths of the site's files, if the folder may also contain files of an earlier build.
    """
    if files is None:
        files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    paths = sorted(path for path in files if path.endswith(".html"))

    def scan(path: str) -> _LinkScan:
        reader = _Reader()
        reader.feed((site / path).read_text("utf-8"))
        reader.close()
        return _LinkScan(path, frozenset(reader.anchors), tuple(reader.links))

    with parallel_map(scan, paths, available(), _BATCH) as results:
        scans = list(counted(results, len(paths), "Followed the links of {} of {} pages", tell))
    anchors = {found.path: found.anchors for found in scans}
    for found in scans:
        for link, line, column in found.links:
            error = _error(files, base_path, anchors, found.path, link)
            if error:
                where = SourcePosition(found.path, line, column)
                yield Problem(where, "broken-link", f"link {link!r}: {error}", link)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.anchors: set[str] = set()
        self.links: list[tuple[str, int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if (name == "id" and value) or (name == "name" and tag == "a" and value):
                self.anchors.add(value)
            elif (
                name in _ADDRESSES
                and value is not None
                and not (tag == "link" and ("rel", "canonical") in attrs)
            ):
                line, column = self.getpos()
                self.links.append((value, line, column + 1))


def _error(files: Set[str], base_path: str, anchors: dict[str, frozenset[str]], page: str, link: str) -> str:
    """What is wrong with a link, or an empty string."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    target = page
    if parts.path:
        path = unquote(parts.path)
        if path.startswith("/"):
            if not path.startswith(base_path):
                return f"leads outside the site's path {base_path}"
            target = path.removeprefix(base_path)
        else:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
            if target.startswith(".."):
                return "leads out of the site"
        if path.endswith("/") or target in ("", "."):
            target = posixpath.normpath(posixpath.join(target, "index.html"))
    if target not in files:
        return "no such page"
    fragment = unquote(parts.fragment)
    if fragment and target in anchors and fragment not in anchors[target]:
        return f"no anchor {fragment!r} there"
    return ""
