"""What is kept between runs: believed if untouched, from this code and this user; else as good as none."""

import threading
from pathlib import Path
from typing import Any

import pytest

from generator import cache
from generator.cache import Cache


@pytest.fixture(autouse=True)
def _fresh() -> None:
    """Neither the secret nor the code of another test is remembered."""
    cache._secret.cache_clear()
    cache.code.cache_clear()


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = Cache(tmp_path)
    made.write("value", {"a": [1, 2]})
    return made


def test_a_value_comes_back(kept: Cache) -> None:
    assert kept.read("value") == {"a": [1, 2]}
    assert kept.read("other") is None


def test_a_change_of_any_byte_is_noticed(kept: Cache) -> None:
    path = kept.folder / "value"
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert kept.read("value") is None
        path.write_bytes(whole[:place])
        assert kept.read("value") is None
    path.write_bytes(whole)
    assert kept.read("value") == {"a": [1, 2]}


def test_a_value_is_believed_under_its_own_name_only(kept: Cache) -> None:
    (kept.folder / "value").rename(kept.folder / "other")
    assert kept.read("other") is None


def test_what_another_user_or_other_code_kept_is_not_believed(
    kept: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as changed:
        changed.setattr(cache, "code", lambda: "another")
        assert kept.read("value") is None
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another"))
    cache._secret.cache_clear()
    assert kept.read("value") is None


def test_without_a_place_for_the_secret_nothing_is_believed_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    made = Cache(tmp_path)
    made.write("value", 1)
    assert made.read("value") == 1
    cache._secret.cache_clear()
    assert made.read("value") is None


def test_one_at_a_time(kept: Cache) -> None:
    told, order = threading.Event(), []

    def second() -> None:
        with kept.alone(told.set):
            order.append("second")

    with kept.alone(lambda: pytest.fail("nobody else is at work")):
        thread = threading.Thread(target=second)
        thread.start()
        assert told.wait(60)
        order.append("first")
    thread.join(60)
    assert order == ["first", "second"]


PARTS = {
    "columns": {f"page-{number}": number for number in range(200)},
    "others": {f"page-{number}": [number] for number in range(200)},
    "name": "whole",
}


def _step(parts: dict[str, Any], number: int) -> dict[str, Any]:
    """Parts of which a little differs."""
    columns = {key: value for key, value in parts["columns"].items() if key != f"page-{number}"}
    others = {**parts["others"], f"page-{number + 1}": [-number], f"new-{number}": []}
    return {"columns": columns, "others": others, "name": f"{number}"}


def test_of_parts_what_differs_is_kept_until_it_is_much(kept: Cache) -> None:
    parts: dict[str, Any] = PARTS
    kept.write_parts("parts", parts)
    bases = set()
    for number in range(30):
        before = kept.read_parts("parts")
        assert before is not None
        assert before.now == parts
        (base,) = (path.name for path in kept.folder.glob("parts-base-*"))
        assert base == before.at
        bases.add(base)
        parts = _step(dict(before.now), number)
        kept.write_parts("parts", parts, before)
    assert 1 < len(bases) < 10
    # Other parts than before have a base of their own.
    kept.write_parts("parts", {"columns": {}}, kept.read_parts("parts"))
    again = kept.read_parts("parts")
    assert again is not None
    assert again.now == {"columns": {}}
    assert len(list(kept.folder.glob("parts-base-*"))) == 1


def test_parts_are_believed_with_their_base_alone(kept: Cache) -> None:
    kept.write_parts("parts", PARTS)
    (base,) = kept.folder.glob("parts-base-*")
    whole = base.read_bytes()
    base.write_bytes(whole[:-1] + b"x")
    assert kept.read_parts("parts") is None
    base.unlink()
    assert kept.read_parts("parts") is None
    base.write_bytes(whole)
    assert kept.read_parts("parts") is not None
    (kept.folder / "parts").unlink()
    assert kept.read_parts("parts") is None
