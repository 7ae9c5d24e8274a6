"""Every single damage to a dossier or its originals is reported at its place.

An invented dossier and, where its originals are here, the project's own; with the originals and, for
damages to the seeds, without them, when the lock must say what was verified. Articles in full are those of
the invented dossier and of the toy one, and the project's with their originals for bodies. A plain reference
to another paragraph of such an article is no damage that anything could tell.
"""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator import build
from generator.load import load
from generator.support.problems import Problem
from generator.verify import verify
from tests.conftest import ROOT, SHARED
from tests.evidence import damages
from tests.evidence.bench import LOCK, Bench, locators, read_once, reported
from tests.evidence.damages import Damage
from tests.evidence.invented import write_dossier

Record = Callable[[str, object], None]
_LOCKED_AT = re.compile(rf"{re.escape(LOCK)}:(\d+)")
# One in so many is tried by the whole check on real files too, and must be reported in the same words.
_SAMPLED = 80


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("invented"),
        pytest.param("real", marks=[pytest.mark.needs_shared, pytest.mark.slow]),
    ],
)
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp(request.param)
    root, originals = folder / "dossier", folder / "originals"
    if request.param == "real":
        shutil.copytree(ROOT / "seeds", root / "seeds", ignore=shutil.ignore_patterns("originals"))
        shutil.copytree(SHARED, originals)
    else:
        write_dossier(folder)
        verify(root, [originals])
    with read_once():
        yield Bench(root, originals, folder / "room")


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("invented"),
        pytest.param("toy"),
        pytest.param("real", marks=[pytest.mark.needs_shared, pytest.mark.slow]),
    ],
)
def full_bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A dossier with articles in full, and a lock of what is cited of them."""
    folder = tmp_path_factory.mktemp(request.param)
    root, originals = folder / "dossier", folder / "originals"
    if request.param == "invented":
        write_dossier(folder)
    elif request.param == "toy":
        shutil.copytree(ROOT / "tests/toy/seeds", root / "seeds")
    else:
        shutil.copytree(ROOT / "seeds", root / "seeds", ignore=shutil.ignore_patterns("originals"))
        _fill_in(root)
        (root / LOCK).unlink()
    verify(root, [originals])
    with read_once():
        yield Bench(root, originals, folder / "room")


def _fill_in(root: Path) -> None:
    """Give the digests of a dossier the bodies of their originals."""
    dossier, _ = load(root, [SHARED])
    for key, original in dossier.originals.items():
        path = root / dossier.sources[key].file
        head, _, _ = path.read_text(encoding="utf-8").partition("\n---\n")
        head = re.sub(r"(?m)^original:\n(?: .*\n?)+", "", f"{head}\n")
        path.write_text(head + "---\n\n" + "\n\n".join(original.paragraphs) + "\n", encoding="utf-8")


def test_the_sound_dossier_has_no_problem(bench: Bench) -> None:
    assert build.check(bench.root, [bench.originals]).problems == ()
    assert build.check(bench.root).problems == ()
    assert bench.dossier.originals
    assert not build.check(bench.root).dossier.originals


def test_each_damage_to_an_original_is_reported(bench: Bench, record_property: Record) -> None:
    tried = Counter[str]()
    for number, damage in enumerate(bench.original_texts()):
        problems = reported(bench.damaged(damage))
        path = str(bench.originals / damage.file)
        shown = tuple(p._replace(where=p.where._replace(file=path)) if _in_room(p) else p for p in problems)
        _assert_reported(damage, shown, path)
        _assert_sample(bench, damage, number, shown, with_originals=True)
        tried[damage.kind] += 1
    articles = [a for a in bench.dossier.articles.values() if a.is_digest]
    assert tried == {
        "original, word": sum(len(bench.cited[a.id]) for a in articles),
        "original, swapped": sum(len(a.paragraphs) - 1 for a in articles),
        "original, cut": sum(len(a.paragraphs) for a in articles),
    }
    _record(record_property, tried, "with originals")


def _in_room(problem: Problem) -> bool:
    return "/room/" in problem.where.file


def test_each_damage_to_a_quote_is_reported(bench: Bench, record_property: Record) -> None:
    tried = _tried(bench, bench.quotes())
    given = sum(map(damages.count_quotes, bench.files.values()))
    records = bench.dossier.records.values()
    assert given == sum(record.model_dump_json().count('"quote":"') for record in records)
    assert tried["quote, first part"] == tried["quote, last part"] == given
    single = sum(len(re.findall(r'quote: "\w+(?:-\w+)?"', text)) for text in bench.files.values())
    assert tried["quote, swapped"] == given - single
    _record(record_property, tried, "with originals", "without")


def test_each_reference_renumbered_is_reported(bench: Bench, record_property: Record) -> None:
    tried = _tried(bench, bench.references())
    given = locators(bench.dossier)
    of_digests = [at for at in given if at.article not in bench.in_full()]
    assert tried == {"reference, next": len(of_digests), "reference, beyond": len(given)}
    _record(record_property, tried, "with originals", "without")


def test_each_damage_to_a_digest_is_reported(bench: Bench, record_property: Record) -> None:
    tried = _tried(bench, bench.digests())
    articles = [a for a in bench.dossier.articles.values() if a.is_digest]
    assert tried == {
        "digest, word": sum(len(bench.cited[a.id]) for a in articles),
        "digest, swapped": sum(len(a.paragraphs) - 1 for a in articles),
        "digest, cut": sum(len(a.paragraphs) for a in articles),
    }
    _record(record_property, tried, "with originals", "without")


def test_each_damage_to_a_full_text_is_reported(full_bench: Bench, record_property: Record) -> None:
    tried = Counter[str]()
    for number, damage in enumerate(full_bench.full_texts()):
        problems = reported(full_bench.damaged(damage))
        _assert_reported(damage, problems, damage.file)
        _assert_sample(full_bench, damage, number, problems, with_originals=False)
        tried[damage.kind] += 1
    cited = {key: full_bench.cited[key] for key in full_bench.in_full() & full_bench.cited.keys()}
    assert cited
    assert tried["full text, word"] == sum(map(len, cited.values()))
    # Each paragraph that is cited itself, or has one that is below it.
    assert tried["full text, cut"] == tried["full text, put in"] == sum(map(max, cited.values()))
    _record(record_property, tried, "")


def _tried(bench: Bench, made: Iterator[Damage]) -> Counter[str]:
    """How many damages of each kind were reported, both with the originals and without."""
    tried = Counter[str]()
    for number, damage in enumerate(made):
        dossier = bench.damaged(damage)
        problems = reported(dossier)
        found = _assert_reported(damage, problems, damage.file)
        if damage.kind in ("quote, first part", "quote, last part"):
            # Words that were swapped may stand in the paragraph too; a planted one does not.
            assert any(problem.rule == "quote-not-found" for problem in found), damage
        without = reported(replace(dossier, originals={}))
        found = _assert_reported(damage, without, damage.file)
        # Of an article in full no lock is needed: the text itself is here.
        if damage.article not in bench.in_full():
            _assert_names_what_was_verified(bench, damage, found)
        _assert_sample(bench, damage, number, problems, with_originals=True)
        _assert_sample(bench, damage, number, without, with_originals=False)
        tried[damage.kind] += len(damage.verified)
    return tried


def _assert_reported(damage: Damage, problems: tuple[Problem, ...], file: str) -> list[Problem]:
    """Each problem that is expected is there; those at its place are given back."""
    found: list[Problem] = []
    for expected in damage.expected:
        errors = [p for p in problems if p.is_error and p.where.file == (expected.file or file)]
        # The mark of a citation, `@`, belongs to it.
        columns = (expected.column, expected.column - 1) if expected.column else None
        here = [
            p
            for p in errors
            if expected.line in (0, p.where.line) and (columns is None or p.where.column in columns)
        ]
        assert any(all(name in str(p) for name in expected.names) for p in here), (
            f"{damage.kind}: {expected} not among\n" + "\n".join(map(str, problems))
        )
        found += here
    return found


def _assert_names_what_was_verified(bench: Bench, damage: Damage, found: list[Problem]) -> None:
    lines = [int(line) for p in found for line in _LOCKED_AT.findall(p.message)]
    for verified in damage.verified:
        assert any(verified in bench.lock[line - 1] for line in lines), (
            f"{damage.kind}: no line of the lock with {verified!r} in\n" + "\n".join(map(str, found))
        )


def _assert_sample(
    bench: Bench, damage: Damage, number: int, problems: tuple[Problem, ...], *, with_originals: bool
) -> None:
    if number % _SAMPLED == 0:
        whole = bench.on_disk(damage, with_originals=with_originals)
        assert set(map(str, problems)) <= set(map(str, whole))


def _record(record_property: Record, tried: Counter[str], *ways: str) -> None:
    for way in ways:
        for kind, count in tried.items():
            record_property(f"tried: {kind}, {way}".rstrip(", "), count)
