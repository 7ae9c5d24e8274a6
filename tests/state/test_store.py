"""What a run keeps is found again by the next, value by value, or not believed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.state.cache import FOLDER, Cache
from generator.state.lazy import LazyMapping, differing, with_others
from generator.state.store import Damaged, Store, StoredMapping

Tables = Mapping[str, Mapping[Any, Any]]


_TYPES: Mapping[str, tuple[Any, Any]] = {
    "many": (tuple[str, int], Any),
    "bag": (int, str),
    "none": (str, str),
    "some": (int, int),
}


def _types(table: str) -> tuple[Any, Any]:
    return _TYPES[table]


def kept(root: Path, tables: Tables, name: str = "") -> tuple[str, dict[str, StoredMapping[Any, Any]]]:
    """Tables as they are found again; `name` is that of what was kept before."""
    store = Store(Cache(root), _types)
    if name:
        assert store.read(name) is not None
    name = store.write(tables, unordered=["bag"])
    store.drop_others(name)
    return name, again(root, name)


def again(root: Path, name: str) -> dict[str, StoredMapping[Any, Any]]:
    found = Store(Cache(root), _types).read(name)
    assert found is not None
    return found


def segments(root: Path) -> list[Path]:
    return sorted((root / FOLDER).glob("segment-*"))


MANY = {("key", number): [number] * 40 for number in range(1000)}


def test_values_are_found_by_their_keys_and_in_their_order(tmp_path: Path) -> None:
    _, found = kept(tmp_path, {"many": MANY, "none": {}, "bag": {3: "c", 1: "a"}})
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


def test_what_is_kept_of_a_change_is_the_change(tmp_path: Path) -> None:
    name, _ = kept(tmp_path, {"many": MANY, "bag": {1: "a"}})
    (first,) = segments(tmp_path)
    store = Store(Cache(tmp_path), _types)
    tables = store.read(name)
    assert tables is not None
    changed = tables["many"].changed({("key", 5): "other"}, [("key", 6)])
    later = store.write({"many": changed, "bag": tables["bag"].changed({2: "b"})}, unordered=["bag"])
    second = next(path for path in segments(tmp_path) if path != first)
    assert second.stat().st_size < first.stat().st_size / 5
    # Until others are dropped, both are there.
    assert again(tmp_path, name)["many"]["key", 5] == [5] * 40
    found = again(tmp_path, later)
    assert found["many"]["key", 5] == "other"
    assert ("key", 6) not in found["many"]
    assert len(found["many"]) == 999
    assert dict(found["bag"]) == {1: "a", 2: "b"}


def test_a_mapping_of_read_values_is_kept_by_what_differs(tmp_path: Path) -> None:
    name, _ = kept(tmp_path, {"many": MANY})
    store = Store(Cache(tmp_path), _types)
    tables = store.read(name)
    assert tables is not None
    plain = dict(tables["many"])
    plain["key", 9] = "other"
    later = store.write({"many": plain})
    assert list(again(tmp_path, later)["many"].items()) == list(plain.items())
    assert min(path.stat().st_size for path in segments(tmp_path)) < 10_000


def test_many_changes_do_not_pile_up(tmp_path: Path) -> None:
    name, _ = kept(tmp_path, {"many": MANY, "bag": dict.fromkeys(range(99), "x")})
    size = segments(tmp_path)[0].stat().st_size
    for number in range(60):
        store = Store(Cache(tmp_path), _types)
        tables = store.read(name)
        assert tables is not None
        new = {("key", key): [number] * 40 for key in range(number, 1000, 50)}
        name = store.write({"many": tables["many"].changed(new), "bag": tables["bag"]}, unordered=["bag"])
        store.drop_others(name)
        assert again(tmp_path, name)["many"]["key", number] == [number] * 40
    assert len(segments(tmp_path)) < 20
    assert sum(path.stat().st_size for path in segments(tmp_path)) < 4 * size
    assert len(list((tmp_path / FOLDER).glob("index-*"))) == 1


@pytest.mark.parametrize("how", [lambda data: data[:100], lambda data: bytes(len(data))])
def test_a_damaged_bucket_is_not_believed(tmp_path: Path, how: Any) -> None:
    name, _ = kept(tmp_path, {"many": MANY})
    (path,) = segments(tmp_path)
    path.write_bytes(how(path.read_bytes()))
    found = again(tmp_path, name)["many"]
    with pytest.raises(Damaged):
        found["key", 999]


def test_an_index_whose_segment_is_gone_leads_nowhere(tmp_path: Path) -> None:
    name, _ = kept(tmp_path, {"many": MANY})
    segments(tmp_path)[0].unlink()
    assert Store(Cache(tmp_path), _types).read(name) is None
    assert Store(Cache(tmp_path), _types).read("") is None


Values = st.dictionaries(st.integers(0, 30), st.integers(-(2**63), 2**63 - 1))
Changes = st.lists(st.tuples(Values, st.sets(st.integers(0, 30))))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(Values, Changes, st.booleans())
def test_a_changed_mapping_is_as_one_that_was_made_so(
    tmp_path: Path, begin: dict[int, int], changes: list[tuple[dict[int, int], set[int]]], in_order: bool
) -> None:
    begin = dict(sorted(begin.items()))
    (tmp_path / "kept").mkdir(exist_ok=True)
    _, tables = kept(tmp_path / "kept", {"some": begin})
    ways: list[Mapping[int, int]] = [dict(begin), LazyMapping(begin, begin.__getitem__), tables["some"]]
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
    _, tables = kept(tmp_path / "kept", {"some": ways[2]})
    assert dict(tables["some"]) == plain
