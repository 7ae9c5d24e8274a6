"""The articles may not be republished: nothing in this repository repeats more than a few of their words in a row."""

import subprocess
from pathlib import Path

import pytest

from tests.own_words import RUN, runs, runs_of_articles, texts, words

# Larger files are no prose.
_LARGEST = 2_000_000


@pytest.mark.needs_shared
def test_no_file_repeats_an_article(root: Path, shared: Path) -> None:
    taken = runs_of_articles(shared)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=True,
        cwd=root,
        encoding="utf-8",
    ).stdout
    repeated = []
    for path, text in texts(sorted(root / name for name in listed.split("\0") if name), _LARGEST):
        places = words(text)
        for number, run in enumerate(runs(text)):
            if run in taken:
                line = text.count("\n", 0, places[number][1]) + 1
                # The words themselves are not told: what a test prints may be kept as well.
                repeated.append(f"{path.relative_to(root)}:{line}: {RUN} words of {taken[run]}")
    assert not repeated, "\n".join(dict.fromkeys(repeated))
