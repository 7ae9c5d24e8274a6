"""Parts of our build, each for a process of its own: the one place where benchmarks call the generator from within.

python -m bench.stages prepare DOSSIER FOUND
python -m bench.stages build DOSSIER SITE [FOUND]
"""

import pickle
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator.build import check
from generator.edition import Edition
from generator.incremental.tree import write_tree
from generator.load import read_settings
from generator.mkdocs.settings import docs_folder
from generator.pages.book import pages
from generator.pages.search import searchable
from generator.publish.site import build_site
from generator.search.values import Searchable


def prepare(root: Path, found: Path) -> None:
    """Writes the Markdown tree of a dossier, and what its search is made of."""
    checked = check(root)
    assert not checked.has_errors, checked.problems
    edition = Edition(checked.dossier, checked.links)
    made = tuple(pages(edition))
    write_tree(made, docs_folder(root, checked.dossier.settings.title))
    searched = searchable(edition)
    # Made here, since drafts hold on to the whole dossier.
    drafts = tuple(draft._replace(make=draft.make()._replace) for draft in searched.drafts)
    found.write_bytes(pickle.dumps(replace(searched, drafts=drafts)))


def build(root: Path, site: Path, found: Path | None = None) -> None:
    """Builds the site of a tree that is there, with a search if it is said what that is made of."""

    def find() -> Searchable:
        # Written by `prepare`, a moment ago.
        searched: Searchable = pickle.loads((found or Path()).read_bytes())  # noqa: S301
        return searched

    build_site(root, read_settings(root).title, site, _nothing_beside, find=find if found else None)


def _nothing_beside(site_url: str) -> Mapping[str, bytes]:
    return {}


def main() -> None:
    """Does what the command line says."""
    stage, *paths = sys.argv[1:]
    if stage == "prepare":
        prepare(*map(Path, paths))
    else:
        build(*map(Path, paths))


if __name__ == "__main__":
    main()
