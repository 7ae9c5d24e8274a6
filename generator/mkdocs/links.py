"""The links of generated pages, resolved as MkDocs does: from the path of a Markdown file to the address of its page.

For example, on the page `people/ana.md`, the link `../events/vote.md#p2` becomes `../../events/vote/#p2`, and
`events/vote.md#p2` is one of the page's targets.
"""

import hashlib
import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from mkdocs.utils import get_relative_url

# Links that begin with one of these leave the site.
_EXTERNAL = ("http:", "https:", "mailto:")
# The hashes of anchors, `path.md#anchor`, eight bytes each, since there are a million of them.
Hashes = bytes


class UnresolvedLinkError(Exception):
    """A link that only MkDocs can resolve, or warn of."""


class LinkResolver:
    """Resolves the links of pages, and collects their targets."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        """Takes the addresses of all pages, by the paths of their files."""
        self._urls = urls
        # By the folder and the depth of a page: for each link as written on it, the path of the file and the
        # relative address.
        self._resolved: dict[tuple[str, int], dict[str, tuple[str, str]]] = defaultdict(dict)

    def resolver(self, page: str, url: str, targets: set[str]) -> Callable[[str], str]:
        """A function that resolves the links of one page, and adds the anchors that they lead to to `targets`.

        It raises `UnresolvedLinkError`.
        """
        # MkDocs has `./` for the home page.
        folder, here = posixpath.dirname(page), url.removeprefix("./")
        resolved = self._resolved[folder, here.count("/")]

        def resolve(link: str) -> str:
            address, mark, anchor = link.partition("#")
            path, sign, query = address.partition("?")
            found = resolved.get(path)
            if not found:
                if not path:
                    targets.add(f"{page}#{anchor}")
                    return link
                if path.startswith(_EXTERNAL):
                    return link
                uri, page_url = self._page(folder, path)
                found = uri, get_relative_url(page_url, here)
                # The relative address of a page below this one is not that from the pages beside this one.
                if not page_url.startswith(here):
                    resolved[path] = found
            targets.add(f"{found[0]}#{anchor}")
            return f"{found[1]}{sign}{query}{mark}{anchor}"

        return resolve

    def _page(self, folder: str, path: str) -> tuple[str, str]:
        """The file and the address of the page that a link leads to."""
        uri = posixpath.normpath(posixpath.join(folder, path))
        if uri not in self._urls or not path.endswith(".md"):
            raise UnresolvedLinkError(path)
        return uri, self._urls[uri]


def hashes_of(anchors: Iterable[str]) -> Hashes:
    """The hashes of anchors."""
    hashes = (hashlib.blake2b(name.encode(), digest_size=8).digest() for name in sorted(anchors))
    return b"".join(hashes)
