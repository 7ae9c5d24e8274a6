"""The state is that before or that after a transaction, and a file that is no state is as good as none."""

import os
import resource
import signal
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest

from generator.state.cache import Cache
from generator.state.database import Damaged
from generator.state.store import Store

posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows forks no process")

# Of two states all values differ, and some tables have other buckets.
STATES = tuple({"some": {key: f"{name}{key}" * 40 for key in range(800)}} for name in "ab")


def _store(root: Path) -> Store:
    return Store(Cache(root), "run", lambda name: (int, str))


def _write(root: Path, state: dict[str, dict[int, str]]) -> None:
    cache = Cache(root)
    with cache.transaction():
        store = Store(cache, "run", lambda name: (int, str))
        store.read()
        store.write(state)
        cache.write("value", state["some"][0])


def _read(root: Path) -> tuple[object, object]:
    tables = _store(root).read()
    found = {name: dict(table) for name, table in tables.items()} if tables else None
    return found, Cache(root).read("value", str)


def _in_child(work: Callable[[], object]) -> int:
    """The status of a child that works."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@posix
def test_a_process_killed_while_it_writes_leaves_the_state_before(tmp_path: Path) -> None:
    _write(tmp_path, STATES[0])
    path = Cache(tmp_path).database.path
    size, whole = path.stat().st_size, path.read_bytes()

    def write(limit: int) -> None:
        # The system kills whoever lets a file grow over its limit, be it the state or its journal.
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _write(tmp_path, STATES[1])

    for limit in range(0, size, size // 25):
        assert _in_child(partial(write, limit)) == -signal.SIGXFSZ
        assert _read(tmp_path) == (STATES[0], STATES[0]["some"][0]), limit
        assert path.read_bytes() == whole
    assert _in_child(partial(write, 3 * size)) == 0
    assert [each.name for each in path.parent.iterdir() if each.name.startswith("state")] == [path.name]
    assert _read(tmp_path) == (STATES[1], STATES[1]["some"][0])


@posix
def test_a_process_killed_while_it_changes_pages_leaves_the_state_before(tmp_path: Path) -> None:
    _write(tmp_path, STATES[0])
    path = Cache(tmp_path).database.path
    whole = path.read_bytes()

    def write() -> None:
        cache = Cache(tmp_path)
        with cache.transaction() as connection:
            # Pages are written into the file before the end, since hardly any may wait in memory.
            connection.execute("PRAGMA cache_size = 1")
            connection.execute("UPDATE bucket SET data = zeroblob(length(data))")
            connection.execute("DELETE FROM value")
            os.kill(os.getpid(), signal.SIGKILL)

    assert _in_child(write) == -signal.SIGKILL
    assert path.read_bytes() != whole
    assert path.with_name(f"{path.name}-journal").stat().st_size
    assert _read(tmp_path) == (STATES[0], STATES[0]["some"][0])
    assert path.read_bytes() == whole


@posix
def test_a_forked_process_reads_and_writes_by_itself(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write("value", "before")
    assert cache.read("value", str) == "before"

    def work() -> None:
        assert cache.read("value", str) == "before"
        cache.write("of the child", "x")
        assert len(cache.database._connections) == 2

    assert _in_child(work) == 0
    assert cache.read("of the child", str) == "x"
    cache.write("value", "after")
    assert Cache(tmp_path).read("value", str) == "after"


def test_threads_share_a_cache(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write("value", "x" * 10_000)
    wrong: list[object] = []

    def work(number: int) -> None:
        for at in range(50):
            cache.write(f"{number}", str(at))
            if cache.read(f"{number}", str) != str(at) or cache.read("value", str) != "x" * 10_000:
                wrong.append((number, at))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def _other_schema(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TRIGGER t AFTER INSERT ON value BEGIN DELETE FROM bucket; END")


def _wrong_page(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 100] = os.urandom(100)
    path.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "halved": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "a byte less": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "no database": lambda path: path.write_bytes(b"text" * 5000),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "wrong pages": _wrong_page,
    "another schema": _other_schema,
    "journal": lambda path: path.with_name("state.sqlite-journal").write_bytes(b"text" * 5000),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_damaged_is_as_good_as_none(tmp_path: Path, name: str) -> None:
    _write(tmp_path, STATES[0])
    DAMAGES[name](Cache(tmp_path).database.path)
    if name not in ("a byte less", "journal"):
        assert Cache(tmp_path).read("value", str) is None
        assert _store(tmp_path).read() is None
    store = _store(tmp_path)
    store.read()
    # What turns out to be damaged is removed.
    with suppress(Damaged):
        store.write(STATES[1])
    _store(tmp_path).write(STATES[1])
    Cache(tmp_path).write("value", "x")
    assert _read(tmp_path) == (STATES[1], "x")


def test_what_is_removed_during_a_run_is_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write("value", "x")
    cache.database.path.unlink()
    cache.write("value", "y")
    assert Cache(tmp_path).read("value", str) == "y"


@pytest.mark.skipif(os.name != "posix", reason="Windows has other links")
@pytest.mark.parametrize("suffix", ["", "-journal", "-wal", "-shm"])
def test_no_link_is_followed(tmp_path: Path, suffix: str) -> None:
    cache = Cache(tmp_path / "dossier")
    other = Cache(tmp_path / "other")
    other.write("value", "somebody's")
    data = other.database.path.read_bytes()
    (cache.open() / f"state.sqlite{suffix}").symlink_to(other.database.path)
    assert cache.read("value", str) is None
    cache.write("value", "mine")
    assert Cache(tmp_path / "dossier").read("value", str) == "mine"
    assert other.database.path.read_bytes() == data


def test_a_journal_that_names_another_file_is_not_believed(tmp_path: Path) -> None:
    # SQLite removes such a file once it has taken the pages from the journal.
    precious = tmp_path / "precious"
    precious.write_text("somebody's")
    _write(tmp_path, STATES[0])
    path = Cache(tmp_path).database.path
    _leave_journal(path)
    journal = path.with_name(f"{path.name}-journal")
    name = str(precious).encode()
    number = len(path.read_bytes()) // 4096 + 1
    tail = name + len(name).to_bytes(4) + sum(name).to_bytes(4) + bytes.fromhex("d9d505f920a163d7")
    journal.write_bytes(journal.read_bytes() + number.to_bytes(4) + tail)
    _write(tmp_path, STATES[1])
    assert precious.read_text() == "somebody's"
    assert _read(tmp_path) == (STATES[1], STATES[1]["some"][0])


def _leave_journal(path: Path) -> None:
    """Leaves a journal as a process does that is killed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA cache_size = 1")
        file.execute("BEGIN")
        file.execute("UPDATE bucket SET data = zeroblob(length(data))")
        names = [path, path.with_name(f"{path.name}-journal")]
        left = [name.read_bytes() for name in names]
        file.execute("ROLLBACK")
    for name, data in zip(names, left, strict=True):
        name.write_bytes(data)


def test_a_folder_in_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    (cache.open() / "state.sqlite").mkdir()
    assert cache.read("value", str) is None
    with pytest.raises(OSError, match="director"):
        cache.write("value", "x")


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    _write(tmp_path, STATES[0])
    _write(tmp_path, STATES[1])
    assert sorted(path.name for path in Cache(tmp_path).folder.iterdir()) == [".gitignore", "state.sqlite"]
