"""What is kept between runs: believed if it is whole, from this code and of the type that is asked for; else as good as none."""

import hashlib
import threading
from pathlib import Path

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


def data_of(cache: Cache, name: str = "value") -> bytes:
    return cache.database.blob("SELECT data FROM value WHERE name = ?", name)


def plant(cache: Cache, data: object, name: str = "value") -> None:
    with cache.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO value VALUES(?, ?)", (name, data))


def test_a_change_of_any_byte_is_noticed(kept: Cache) -> None:
    whole = data_of(kept)
    for place in range(len(whole)):
        plant(kept, whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert kept.read("value", Lists) is None
        plant(kept, whole[:place])
        assert kept.read("value", Lists) is None
    plant(kept, whole)
    assert kept.read("value", Lists) == {"a": [1, 2]}


@pytest.mark.parametrize("data", ["text", 7, 1.5, None])
def test_what_is_no_bytes_is_not_believed(kept: Cache, data: object) -> None:
    plant(kept, data)
    assert kept.read("value", Lists) is None


def test_a_value_is_believed_under_its_own_name_only(kept: Cache) -> None:
    plant(kept, data_of(kept), "other")
    assert kept.read("other", Lists) is None


def test_a_value_is_removed(kept: Cache) -> None:
    kept.write("other", {})
    kept.remove("value")
    kept.remove("gone")
    assert kept.read("value", Lists) is None
    assert kept.read("other", Lists) == {}


def test_of_a_transaction_all_is_written_or_nothing(kept: Cache) -> None:
    def interrupted() -> None:
        with kept.transaction():
            kept.write("value", {"a": [3]})
            kept.write("other", {})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert kept.read("value", Lists) == {"a": [1, 2]}
    assert kept.read("other", Lists) is None
    with kept.transaction():
        kept.write("value", {"a": [3]})
        kept.write("other", {})
    assert Cache(kept.root).read("value", Lists) == {"a": [3]}
    assert Cache(kept.root).read("other", Lists) == {}


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
    (elsewhere.open() / "state.sqlite").write_bytes(kept.database.path.read_bytes())
    assert elsewhere.read("value", Lists) == {"a": [1, 2]}


def test_what_somebody_plants_cannot_run(kept: Cache, tmp_path: Path) -> None:
    bodies = (b"cos\nsystem\n(S'touch planted'\ntR.", b"\xc1", b"\xc7\x00\x05", b"", encode([[]]))
    for body in bodies:
        digest = hashlib.blake2b(f"value\0{cache.code()}\0".encode() + body, digest_size=16).digest()
        plant(kept, digest + body)
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
