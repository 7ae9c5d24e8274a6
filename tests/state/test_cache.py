"""What is kept between runs: believed if it is whole, from this code and of the type that is asked for; else as good as none."""

import hashlib
import threading
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator.state import cache
from generator.state.cache import Cache
from generator.state.encoding import encode

Lists = dict[str, list[int]]


@pytest.fixture
def kept(tmp_path: Path) -> Cache:
    made = Cache(tmp_path)
    made.write("value", {"a": [1, 2]})
    return made


def test_a_value_comes_back(kept: Cache) -> None:
    assert kept.read("value", Lists) == {"a": [1, 2]}
    assert kept.read("other", Lists) is None


def test_a_change_of_any_byte_is_noticed(kept: Cache) -> None:
    path = kept.folder / "value"
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert kept.read("value", Lists) is None
        path.write_bytes(whole[:place])
        assert kept.read("value", Lists) is None
    path.write_bytes(whole)
    assert kept.read("value", Lists) == {"a": [1, 2]}


def test_a_value_is_believed_under_its_own_name_only(kept: Cache) -> None:
    (kept.folder / "value").rename(kept.folder / "other")
    assert kept.read("other", Lists) is None


def test_a_value_of_another_type_is_not_believed(kept: Cache) -> None:
    assert kept.read("value", dict[str, str]) is None
    assert kept.read("value", list[int]) is None


def test_what_other_code_kept_is_not_believed(kept: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "code", lambda: "another")
    assert kept.read("value", Lists) is None


def test_what_another_user_kept_in_another_folder_is_believed(
    kept: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "another"))
    elsewhere = Cache(tmp_path / "elsewhere")
    (elsewhere.open() / "value").write_bytes((kept.folder / "value").read_bytes())
    assert elsewhere.read("value", Lists) == {"a": [1, 2]}


def test_what_somebody_plants_cannot_run(kept: Cache, tmp_path: Path) -> None:
    bodies = (b"cos\nsystem\n(S'touch planted'\ntR.", b"\xc1", b"\xc7\x00\x05", b"", encode([[]]))
    for body in bodies:
        digest = hashlib.blake2b(f"value\0{cache.code()}\0".encode() + body, digest_size=16).digest()
        (kept.folder / "value").write_bytes(digest + body)
        assert kept.read("value", Lists) is None
    assert not Path("planted").exists()


def test_a_value_without_bytes_is_not_kept(kept: Cache) -> None:
    kept.write("value", {"\udcff": [1]})
    assert kept.read("value", Lists) is None


def test_one_at_a_time(kept: Cache) -> None:
    told, order = threading.Event(), []

    def second() -> None:
        with kept.lock(told.set):
            order.append("second")

    with kept.lock(lambda: pytest.fail("nobody else is at work")):
        thread = threading.Thread(target=second)
        thread.start()
        assert told.wait(60)
        order.append("first")
    thread.join(60)
    assert order == ["first", "second"]


class Parts(NamedTuple):
    columns: dict[str, int]
    others: dict[str, list[int]]
    name: str


PARTS = Parts(
    {f"page-{number}": number for number in range(200)},
    {f"page-{number}": [number] for number in range(200)},
    "whole",
)


class Fewer(NamedTuple):
    columns: dict[str, int]


def _step(parts: Parts, number: int) -> Parts:
    """Parts of which a little differs."""
    columns = {key: value for key, value in parts.columns.items() if key != f"page-{number}"}
    others = {**parts.others, f"page-{number + 1}": [-number], f"new-{number}": []}
    return Parts(columns, others, f"{number}")


def test_of_parts_what_differs_is_kept_until_it_is_much(kept: Cache) -> None:
    parts: Any = PARTS
    kept.write_parts("parts", parts)
    bases = set()
    for number in range(30):
        before = kept.read_parts("parts", Parts)
        assert before is not None
        assert before.now == parts
        (base,) = (path.name for path in kept.folder.glob("parts-base-*"))
        assert base == before.at
        bases.add(base)
        parts = _step(before.now, number)
        kept.write_parts("parts", parts, before)
    assert 1 < len(bases) < 10
    # Other parts than before have a base of their own.
    kept.write_parts("parts", Fewer({}), kept.read_parts("parts", Parts))
    again = kept.read_parts("parts", Fewer)
    assert again is not None
    assert again.now == Fewer({})
    assert kept.read_parts("parts", Parts) is None
    assert len(list(kept.folder.glob("parts-base-*"))) == 1


def test_parts_are_believed_with_their_base_alone(kept: Cache) -> None:
    kept.write_parts("parts", PARTS)
    (base,) = kept.folder.glob("parts-base-*")
    whole = base.read_bytes()
    base.write_bytes(whole[:-1] + b"x")
    assert kept.read_parts("parts", Parts) is None
    base.unlink()
    assert kept.read_parts("parts", Parts) is None
    base.write_bytes(whole)
    assert kept.read_parts("parts", Parts) is not None
    (kept.folder / "parts").unlink()
    assert kept.read_parts("parts", Parts) is None
