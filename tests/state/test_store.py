"""Tables that a run leaves are found by the next, value by value, or not believed."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.state.cache import Cache
from generator.state.database import Damaged
from generator.state.encoding import EncodingError
from generator.state.lazy import LazyMapping, differing, with_others
from generator.state.store import Store, StoredMapping

Tables = Mapping[str, Mapping[Any, Any]]


_TYPES: Mapping[str, tuple[Any, Any]] = {
    "many": (tuple[str, int], Any),
    "bag": (int, str),
    "none": (str, str),
    "some": (int, int),
}


def store(root: Path) -> Store:
    return Store(Cache(root), "run", _TYPES.__getitem__)


def read(root: Path) -> dict[str, StoredMapping[Any, Any]]:
    return tables_of(store(root))


def tables_of(store: Store) -> dict[str, StoredMapping[Any, Any]]:
    found = store.read()
    assert found is not None
    return found


def written(root: Path, tables: Tables) -> dict[str, StoredMapping[Any, Any]]:
    """Tables as they are read after they were written in place of those before."""
    made = store(root)
    made.read()
    made.write(tables, unordered=["bag"])
    return read(root)


def buckets(root: Path) -> dict[tuple[str, int], bytes]:
    """The rows of the file."""
    with closing(sqlite3.connect(Cache(root).database.path)) as file:
        return {(name, number): data for name, number, data in file.execute("SELECT * FROM bucket")}


def run(root: Path, statement: str, *of: object) -> None:
    with closing(sqlite3.connect(Cache(root).database.path)) as file, file:
        file.execute(statement, of)


MANY = {("key", number): [number] * 40 for number in range(1000)}


def test_values_are_found_by_their_keys_and_in_their_order(tmp_path: Path) -> None:
    found = written(tmp_path, {"many": MANY, "none": {}, "bag": {3: "c", 1: "a"}})
    many = found["many"]
    assert many["key", 7] == [7] * 40
    assert ("key", 1000) not in many
    assert many.get(("key", 1000), "none") == "none"
    assert len(many) == 1000
    assert list(many.items()) == list(MANY.items())
    assert dict(found["bag"]) == {1: "a", 3: "c"}
    assert len(found["none"]) == 0
    with pytest.raises(KeyError):
        many["key", 1000]


def test_only_buckets_that_changed_are_written(tmp_path: Path) -> None:
    written(tmp_path, {"many": MANY, "bag": {1: "a"}})
    first, made = buckets(tmp_path), store(tmp_path)
    tables = tables_of(made)
    changed = tables["many"].changed({("key", 5): "other"}, [("key", 6)])
    made.write({"many": changed, "bag": tables["bag"].changed({2: "b"})}, unordered=["bag"])
    second = buckets(tmp_path)
    assert first.keys() == second.keys()
    assert 1 < sum(first[key] != second[key] for key in first) <= 4 < len(first)
    found = read(tmp_path)
    assert found["many"]["key", 5] == "other"
    assert ("key", 6) not in found["many"]
    assert len(found["many"]) == 999
    assert dict(found["bag"]) == {1: "a", 2: "b"}


def test_a_mapping_of_read_values_is_written_where_it_differs(tmp_path: Path) -> None:
    written(tmp_path, {"many": MANY})
    first, made = buckets(tmp_path), store(tmp_path)
    plain = dict(tables_of(made)["many"])
    plain["key", 9] = "other"
    made.write({"many": plain})
    second = buckets(tmp_path)
    assert [first[key] != second[key] for key in first].count(True) == 1
    assert list(read(tmp_path)["many"].items()) == list(plain.items())


def test_tables_that_are_no_more_are_removed(tmp_path: Path) -> None:
    written(tmp_path, {"many": MANY, "bag": {1: "a"}})
    written(tmp_path, {"bag": {1: "a"}})
    assert {name for name, _ in buckets(tmp_path)} == {"run/bag"}
    # Of what is not believed it is not known what it was.
    run(tmp_path, "UPDATE value SET data = x'00'")
    assert store(tmp_path).read() is None
    written(tmp_path, {"some": {1: 1}})
    assert {name for name, _ in buckets(tmp_path)} == {"run/some"}


def test_the_file_does_not_grow_with_changes(tmp_path: Path) -> None:
    written(tmp_path, {"many": MANY, "bag": dict.fromkeys(range(99), "x")})
    path = Cache(tmp_path).database.path
    size = path.stat().st_size
    for number in range(60):
        made = store(tmp_path)
        tables = tables_of(made)
        new = {("key", key): [number] * 40 for key in range(number, 1000, 50)}
        made.write({"many": tables["many"].changed(new), "bag": tables["bag"]}, unordered=["bag"])
        assert read(tmp_path)["many"]["key", number] == [number] * 40
    assert path.stat().st_size < 2 * size


def test_a_mapping_that_was_changed_is_right_after_it_is_written(tmp_path: Path) -> None:
    written(tmp_path, {"many": MANY})
    made = store(tmp_path)
    before = tables_of(made)["many"]
    changed = before.changed({("key", key): "other" for key in range(0, 200, 20)}, [("key", 7)])
    made.write({"many": changed})
    assert dict(changed) == dict(read(tmp_path)["many"])
    assert dict(before) == MANY


def test_a_mapping_notices_what_another_run_writes(tmp_path: Path) -> None:
    before = written(tmp_path, {"many": MANY})["many"]
    made = store(tmp_path)
    made.write({"many": tables_of(made)["many"].changed({("key", 5): "other"})})
    with pytest.raises(Damaged):
        before["key", 5]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bucket SET data = substr(data, 2)",
        "UPDATE bucket SET data = zeroblob(length(data))",
        "UPDATE bucket SET data = 'text'",
        "UPDATE bucket SET number = number + 1000",
        "DELETE FROM bucket",
    ],
)
def test_a_damaged_bucket_is_not_believed(tmp_path: Path, statement: str) -> None:
    written(tmp_path, {"many": MANY})
    run(tmp_path, statement)
    found = read(tmp_path)["many"]
    with pytest.raises(Damaged):
        found["key", 999]


def test_a_bucket_of_another_state_is_not_believed(tmp_path: Path) -> None:
    written(tmp_path, {"many": MANY})
    old = buckets(tmp_path)
    written(tmp_path, {"many": {key: ["other"] for key in MANY}})
    for (name, number), data in old.items():
        run(tmp_path, "UPDATE bucket SET data = ? WHERE name = ? AND number = ?", data, name, number)
    with pytest.raises(Damaged):
        read(tmp_path)["many"]["key", 999]


def test_what_has_no_bytes_leaves_what_was_there(tmp_path: Path) -> None:
    written(tmp_path, {"many": MANY})
    made = store(tmp_path)
    with pytest.raises(EncodingError):
        made.write({"some": {1: 1}, "bag": {1: "\udcff"}})
    assert dict(read(tmp_path)["many"]) == MANY
    made.drop()
    assert store(tmp_path).read() is None


Values = st.dictionaries(st.integers(0, 30), st.integers(-(2**63), 2**63 - 1))
Changes = st.lists(st.tuples(Values, st.sets(st.integers(0, 30))))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(Values, Changes, st.booleans())
def test_a_changed_mapping_is_as_one_that_was_made_so(
    tmp_path: Path, begin: dict[int, int], changes: list[tuple[dict[int, int], set[int]]], in_order: bool
) -> None:
    begin = dict(sorted(begin.items()))
    (tmp_path / "kept").mkdir(exist_ok=True)
    made = store(tmp_path / "kept")
    made.write({"some": begin})
    ways: list[Mapping[int, int]] = [
        dict(begin),
        LazyMapping(begin, begin.__getitem__),
        tables_of(made)["some"],
    ]
    whole = list(ways)
    for new, gone in changes:
        gone -= new.keys()
        ways = [with_others(way, new, gone, in_order=in_order) for way in ways]
    plain = ways[0]
    for way, first in zip(ways, whole, strict=True):
        assert dict(way) == plain
        assert len(way) == len(plain)
        assert not in_order or list(way) == sorted(plain)
        assert differing(first, way) == {k for k in {*begin, *plain} if begin.get(k) != plain.get(k)}
    made.write({"some": ways[2]})
    # Both those that were read before it was written and those after.
    assert dict(ways[2]) == dict(read(tmp_path / "kept")["some"]) == plain
