"""A sound dossier damaged at random places: each damage is told with a place, or is none; nothing ends in a traceback.

The damages are the same in each run: what is damaged how is decided by a seed.
"""

import random
import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import build
from generator.load import dossier as loading
from generator.model.kinds import Kind
from generator.support.problems import Problem, Refused

try:
    from yaml import CSafeDumper as Dumper
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeDumper as Dumper  # type: ignore[assignment]

TOY = Path(__file__).parent.parent / "toy"

RECORDS, BYTES = 500, 300
# Of so many one is written as well.
WRITTEN = 25
# What a value may be replaced by.
VALUES: tuple[Any, ...] = (
    None, "", " ", "x", "\u200b", "\u202e", "x\ny", "0", 0, -1, 1.5, True, [], [None], [""], [[]], {}, {"x": "y"}, {"": ""},
    {"x": None}, "ana-lima", ["ana-lima"], "harbour-post-2019-03-04#p1", ["harbour-post-2019-03-04#p1"], "[@x#p1]", "[[x]]",
    "2019-02-30", "2019-00", "Y-170000002", "9" * 400, "é" * 500, "🙂", "none", "online", "index", "con", "../../x",
    "https://a.example/", "javascript:alert(1)", "a: b", "!tag x", "&a *a", {"at": "", "quote": ""}, {"who": ""},
)  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """All places in a tree of values but its root."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from _places(inner, (*path, key))


def _mutated(tree: Any, chance: random.Random) -> str:
    """Damages one place of a tree, and says how."""
    *way, last = chance.choice(list(_places(tree)))
    holder = tree
    for part in way:
        holder = holder[part]
    value = holder[last]
    how = chance.choice(["replace", "replace", "remove", "duplicate", "nest", "key", "move", "many"])
    if how == "remove":
        del holder[last]
    elif how == "duplicate" and isinstance(holder, list):
        holder.insert(last, value)
    elif how == "nest":
        holder[last] = chance.choice([[value], {"x": value}, [[value]], {last: value}])
    elif how == "key" and isinstance(holder, dict):
        holder[chance.choice(["", "x", "id", f"{last}s", " ", "n" * 300, "é", 1])] = holder.pop(last)
    elif how == "move":
        *other, key = chance.choice(list(_places(tree)))
        target = tree
        for part in other:
            target = target[part]
        target[key] = value
    elif how == "many" and isinstance(holder, dict):
        holder[last] = [value] * 50
    else:
        how, holder[last] = "replace", chance.choice(VALUES)
    return f"{how} {'/'.join(map(str, (*way, last)))}"


def _report(root: Path, what: str) -> tuple[Problem, ...]:
    """What is told of a dossier, each problem with a place that is there."""
    problems = build.check(root).problems
    for problem in problems:
        where = problem.where
        assert (root / where.file).exists(), f"{what}: {problem}"
        # YAML ends lines at more signs than editors do, and some problems stand behind the last.
        lines = (root / where.file).read_bytes().decode("utf-8", errors="replace").splitlines()
        assert 1 <= where.line <= len(lines) + 1, f"{what}: {problem}"
        assert where.column >= 1, f"{what}: {problem}"
        assert problem.message, what
        assert problem.message.isprintable(), f"{what}: {problem}"
    return problems


def _write(root: Path, problems: tuple[Problem, ...], what: str) -> None:
    """The tree is written if nothing is wrong, and refused else."""
    refused: tuple[Problem, ...] = ()
    try:
        build.write(root)
    except Refused as reason:
        refused = reason.problems
    assert any(p.is_error for p in refused) == any(p.is_error for p in problems), what


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(TOY / "seeds", tmp_path / "seeds", ignore=shutil.ignore_patterns("originals"))
    (tmp_path / "docs").mkdir()
    # One file differs at a time, and what a file holds depends on that file alone: the same bytes are read once.
    read, known = loading.read, dict[tuple[str, bytes], loading.SeedFile]()

    def read_once(root: Path, name: str, role: loading.Role, kind: Kind | None) -> loading.SeedFile:
        key = name, (root / name).read_bytes()
        if key not in known:
            known[key] = read(root, name, role, kind)
        return known[key]

    monkeypatch.setattr(loading, "read", read_once)
    return tmp_path


@pytest.mark.parametrize("part", range(5))
def test_records_with_damaged_structure_give_problems(root: Path, part: int) -> None:
    files = sorted(path for path in (root / "seeds").rglob("*.yml"))
    sound = {path: path.read_text("utf-8") for path in files}
    trees = {path: yaml.safe_load(text) for path, text in sound.items()}
    told = 0
    for number in range(part, RECORDS, 5):
        chance = random.Random(number)
        path = chance.choice(files)
        tree = deepcopy(trees[path])
        what = f"{number}: {path.name}: {_mutated(tree, chance)}"
        path.write_text(yaml.dump(tree, Dumper=Dumper, allow_unicode=True, sort_keys=False), "utf-8")
        problems = _report(root, what)
        told += any(problem.is_error for problem in problems)
        if number // 5 % WRITTEN == 0:
            _write(root, problems, what)
        path.write_text(sound[path], "utf-8")
    assert told > RECORDS / 5 / 2


@pytest.mark.parametrize("part", range(3))
def test_files_with_damaged_bytes_give_problems(root: Path, part: int) -> None:
    files = sorted(path for path in (root / "seeds").rglob("*") if path.is_file())
    sound = {path: path.read_bytes() for path in files}
    for number in range(part, BYTES, 3):
        chance = random.Random(1_000 + number)
        path = chance.choice(files)
        data = bytearray(sound[path])
        for _ in range(chance.choice([1, 1, 2, 10])):
            at = chance.randrange(len(data) + 1)
            length = chance.choice([0, 1, 1, 5, 100])
            piece = chance.choice(
                [b"", chance.randbytes(1), chance.randbytes(4), b"\n", b"\t", b": ", b"- ", b"{", b"\0"]
            )
            data[at : at + length] = piece
        path.write_bytes(data)
        what = f"{number}: {path.name}"
        problems = _report(root, what)
        if number // 3 % WRITTEN == 0:
            _write(root, problems, what)
        path.write_bytes(sound[path])
