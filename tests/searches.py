"""What is searched, listed for tests; and a site in the making that a search is added to."""

from collections.abc import Callable
from pathlib import Path

from generator.search import Name, SearchDelta, Text


def texts_of(found: SearchDelta) -> list[Text]:
    """All texts, by their places."""
    texts = (text for entry in found.changed.values() for text in entry.texts)
    return sorted(texts, key=lambda text: text.place)


def names_of(found: SearchDelta) -> list[Name]:
    """All names, the most cited first."""
    names = (entry.name for entry in found.changed.values() if entry.name)
    return sorted(names, key=lambda name: (-name.weight, name.id))


class SiteFiles:
    """A site in the making, as far as a search needs one: files that are there are used."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._digests: dict[str, str] = {}
        self._added: set[str] = set()

    def reuse_file(self, path: str, digest: str) -> bool:
        if self._digests.get(path) != digest:
            return False
        self._added.add(path)
        return True

    def add_file(self, path: str, digest: str, place: Callable[[Path], None]) -> None:
        if not self.reuse_file(path, digest):
            (self._site / path).parent.mkdir(parents=True, exist_ok=True)
            place(self._site / path)
            self._digests[path] = digest
            self._added.add(path)

    def files(self) -> dict[str, bytes]:
        """All files that were added since this was last asked."""
        added, self._added = self._added, set()
        return {path: (self._site / path).read_bytes() for path in added}


def files_of(site: Path) -> dict[str, bytes]:
    """All files of a finished site."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
