"""Seeds that change while a run reads them: the next run is right about them, and so is every run after it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.load import dossier as loading
from generator.load.articles import read_article
from generator.load.text import FileText, read_text
from generator.model.ids import RecordId
from generator.state import stamps
from generator.support.problems import Refused
from tests.full_builds import FullBuilds, write_markdown

pytestmark = pytest.mark.slow

# What happens to a file at two moments of one run.
Step = Callable[[Path], object]

ARTICLE = "seeds/articles/meanwhile.md"
TEXT = "---\ntitle: Meanwhile\npublished: 2022-02-02\n---\n\nNobody is named here.\n"
OTHER = TEXT.replace("Nobody is", "Nothing is")


def _write(path: Path) -> None:
    path.write_text(TEXT, "utf-8")


def _write_other(path: Path) -> None:
    path.write_text(OTHER, "utf-8")


def _replace(path: Path) -> None:
    beside = path.with_name(".beside")
    beside.write_text(OTHER, "utf-8")
    beside.replace(path)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _nothing(path: Path) -> None:
    pass


# Before the run, at the first moment, at the second, and after it.
CHANGES: dict[str, tuple[Step, Step, Step, Step]] = {
    "comes": (_nothing, _write, _nothing, _nothing),
    "comes late": (_nothing, _nothing, _write, _nothing),
    "comes and goes": (_nothing, _write, _remove, _nothing),
    "goes": (_write, _remove, _nothing, _nothing),
    "goes and comes back": (_write, _remove, _write, _nothing),
    "goes and comes back later": (_write, _remove, _nothing, _write),
    "goes and comes back otherwise": (_write, _remove, _write_other, _nothing),
    "is written": (_write, _write_other, _nothing, _nothing),
    "is written late": (_write, _nothing, _write_other, _nothing),
    "is written and written back": (_write, _write_other, _write, _nothing),
    "is replaced": (_write, _replace, _nothing, _nothing),
    "is replaced late": (_write, _nothing, _replace, _nothing),
}
MOMENTS = (("listed", "found"), ("found", "opened"), ("opened", "read"), ("listed", "parsed"))


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_while_it_is_read_is_seen_by_the_next_run(
    dossier: Path, full_builds: FullBuilds, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    path, another = dossier / ARTICLE, dossier / "seeds/articles/another.md"
    before, first, second, after = CHANGES[change]
    for early, late in MOMENTS:
        before(path)
        with monkeypatch.context() as patch:
            _at_moments(patch, path, {early: first, late: second})
            try:
                write_markdown(dossier)
            except Refused as refused:
                # It was there when the folder was listed.
                gone = {problem.rule for problem in refused.problems if problem.is_error}
            else:
                gone = set()
        assert gone <= {"unreadable"}
        after(path)
        assert full_builds.compare_markdown(dossier) == [], (early, late)
        # Another path comes, and the folder is gone through again.
        another.write_text(TEXT.replace("Meanwhile", "Another"), "utf-8")
        assert full_builds.compare_markdown(dossier) == [], (early, late)
        _remove(another)
        _remove(path)


def _at_moments(patch: pytest.MonkeyPatch, path: Path, steps: dict[str, Step]) -> None:
    """Has steps done at moments of a run: after the folder is listed, and before and after the file is read."""

    def at(moment: str) -> None:
        steps.pop(moment, _nothing)(path)

    listing_of, finder = stamps.listing_of, loading._SeedFinder.found

    def listed(root: str, cache: stamps.StatCache) -> stamps.Listing:
        found = listing_of(root, cache)
        if root.endswith("seeds"):
            at("listed")
        return found

    def found(self: loading._SeedFinder) -> loading.SeedListing:
        found = finder(self)
        at("found")
        return found

    def opened(file: Path, name: str) -> FileText:
        if name != ARTICLE:
            return read_text(file, name)
        at("opened")
        read = read_text(file, name)
        at("read")
        return read

    def parsed(file: FileText, name: str, key: RecordId) -> object:
        made = read_article(file, name, key)
        at("parsed")
        return made

    patch.setattr(stamps, "listing_of", listed)
    patch.setattr(loading._SeedFinder, "found", found)
    patch.setattr(loading, "read_text", opened)
    patch.setattr(loading, "read_article", parsed)
