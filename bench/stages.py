"""Stages of our build as programs of their own: the only place where benchmarks call the generator's own functions.

python -m bench.stages prepare DOSSIER FOUND
python -m bench.stages build DOSSIER SITE [FOUND]
"""

import pickle
import sys
from dataclasses import replace
from pathlib import Path

from generator.build import check
from generator.edition import Edition
from generator.incremental.tree import write_tree
from generator.load import read_settings
from generator.mkdocs.settings import docs_folder
from generator.pages.book import pages
from generator.pages.search import searchable
from generator.publish.site import SiteRequest, build_site
from generator.search import SearchDelta


def prepare(root: Path, found: Path) -> None:
    """Writes the Markdown tree of a dossier, and the input of its search."""
    checked = check(root)
    assert not checked.has_errors, checked.problems
    edition = Edition(checked.dossier, checked.links)
    made = tuple(pages(edition))
    write_tree(made, docs_folder(root, checked.dossier.settings.title))
    searched = searchable(edition)
    # Made here, since entries that are made on demand need the whole dossier.
    found.write_bytes(pickle.dumps(replace(searched, changed=dict(searched.changed))))


def build(root: Path, site: Path, found: Path | None = None) -> None:
    """Builds the site of an existing Markdown tree, with a search if its input is given."""

    def find(since: str) -> SearchDelta:
        # Written by `prepare`, a moment ago.
        searched: SearchDelta = pickle.loads((found or Path()).read_bytes())  # noqa: S301
        return searched

    build_site(SiteRequest(root, read_settings(root).title, site, find=find if found else None))


def main() -> None:
    """Runs the stage that the command line names."""
    stage, *paths = sys.argv[1:]
    if stage == "prepare":
        prepare(*map(Path, paths))
    else:
        build(*map(Path, paths))


if __name__ == "__main__":
    main()
