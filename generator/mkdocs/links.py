"""Where the links of generated pages lead: from a page of the tree to the address of another, as MkDocs has it."""

import hashlib
import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from mkdocs.utils import get_relative_url

# Links with one of these leave the site, or are looked at by others.
_ELSEWHERE = ("http:", "https:", "mailto:")
# The hashes of places that links lead to, or that a page has: few bytes for each of a million.
Places = bytes


class UnresolvedLinkError(Exception):
    """A link that MkDocs itself had better judge."""


class LinkResolver:
    """Follows the links of pages, and notes the places that each leads to."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        """Takes the addresses of all pages by their path in the tree."""
        self._urls = urls
        # By the folder and the depth of the page that links: for each target as it stands there, its path in the
        # tree and the way to it.
        self._ways: dict[tuple[str, int], dict[str, tuple[str, str]]] = defaultdict(dict)

    def of(self, page: str, url: str, wanted: set[str]) -> Callable[[str], str]:
        """Follows the links of the page at a path and an address; `wanted` is filled with the places that they lead to."""
        # MkDocs has `./` for the home page.
        folder, here = posixpath.dirname(page), url.removeprefix("./")
        ways = self._ways[folder, here.count("/")]

        def follow(target: str) -> str:
            asked, mark, anchor = target.partition("#")
            path, sign, query = asked.partition("?") if "?" in asked else (asked, "", "")
            found = ways.get(path)
            if not found:
                if not path:
                    wanted.add(f"{page}#{anchor}")
                    return target
                if path.startswith(_ELSEWHERE):
                    return target
                uri, address = self._target(folder, path)
                found = uri, get_relative_url(address, here)
                # What is below the page's own folder is nearer to it than to its neighbours.
                if not address.startswith(here):
                    ways[path] = found
            wanted.add(f"{found[0]}#{anchor}")
            return f"{found[1]}{sign}{query}{mark}{anchor}"

        return follow

    def _target(self, folder: str, path: str) -> tuple[str, str]:
        """The path in the tree, and the address, of the page that a link leads to."""
        uri = posixpath.normpath(posixpath.join(folder, path))
        if uri not in self._urls or not path.endswith(".md"):
            raise UnresolvedLinkError(path)
        return uri, self._urls[uri]


def places(names: Iterable[str]) -> Places:
    """Places as bytes."""
    hashes = (hashlib.blake2b(name.encode(), digest_size=8).digest() for name in sorted(names))
    return b"".join(hashes)
