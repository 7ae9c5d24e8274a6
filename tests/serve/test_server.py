"""A dossier served while somebody writes it."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.serve.server import is_own_name

pytestmark = pytest.mark.slow

# Seconds that a change may take to be seen on a machine under load.
PATIENCE = 60


class Served(NamedTuple):
    """A server that runs: its dossier, what it tells, the folder of its temporary files, and its process."""

    root: Path
    log: Path
    room: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """The address that the server tells; empty before it listens."""
        found = re.search(r"http://127\.0\.0\.1:[1-9]\d*/", self.told())
        return found[0] if found else ""

    def page(self, path: str = "") -> str:
        """What is at an address, or nothing where nothing answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=PATIENCE) as answer:
                text: str = answer.read().decode()
                return text
        except (urllib.error.URLError, ConnectionError):
            return ""

    def told(self) -> str:
        return self.log.read_text("utf-8")

    def end(self) -> None:
        """Ends it, as a supervisor does; nothing of what it served is left then."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(PATIENCE) == 0, self.told()
        assert "Traceback" not in self.told()
        assert list(self.room.iterdir()) == []

    def until(self, seen: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not seen():
            if time.monotonic() > deadline or self.process.poll() is not None:
                pytest.fail(f"not seen in {PATIENCE} s; the server told:\n{self.told()}", pytrace=False)
            time.sleep(0.1)


@pytest.fixture
def served(toy: Path, root: Path, tmp_path: Path) -> Iterator[Served]:
    """The toy dossier, with a slip in it, served at a port that is free."""
    copy, log, room = tmp_path / "toy", tmp_path / "log", tmp_path / "room"
    shutil.copytree(toy, copy)
    room.mkdir()
    people = copy / "seeds/people.yml"
    people.write_text(_slip(people.read_text("utf-8")), encoding="utf-8")
    with log.open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "generator", "-C", copy, "serve", "--port", "0"],
            cwd=root,
            stdout=told,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONPATH": str(root), "TMPDIR": str(room)},
        )
    try:
        yield Served(copy, log, room, process)
    finally:
        process.kill()
        process.wait()


def _slip(text: str) -> str:
    return text.replace("of: maravia", "of: marvia")


def test_changes_are_served_and_broken_seeds_change_nothing(served: Served, toy: Path) -> None:
    people, path = served.root / "seeds/people.yml", "people/ana-lima/"
    sound = (toy / "seeds/people.yml").read_text("utf-8")
    slip = "did you mean 'maravia'?"
    served.until(lambda: slip in served.told() and bool(served.url))
    assert served.page(path) == ""

    people.write_text(sound, encoding="utf-8")
    served.until(lambda: "Asked the" in served.page(path))

    people.write_text(sound.replace("Asked the", "Begged the"), encoding="utf-8")
    served.until(lambda: "Begged the" in served.page(path))
    assert f'<link rel="canonical" href="{served.url}{path}">' in served.page(path)

    people.write_text(_slip(sound), encoding="utf-8")
    served.until(lambda: served.told().count(slip) == 2)
    assert "Begged the" in served.page(path)

    people.write_text(sound.replace("Asked the", "Implored the"), encoding="utf-8")
    served.until(lambda: "Implored the" in served.page(path))

    (served.root / "docs/about.md").write_text("# About\n\nBy hand.\n", encoding="utf-8")
    served.until(lambda: "By hand." in served.page("about/"))

    served.end()
    # Nothing is left beside the dossier but its Markdown, and what the next run may use.
    assert {entry.name for entry in served.root.iterdir()} == {"seeds", "docs", ".cache"}


def test_other_names_and_addresses_that_no_browser_asks_for_are_refused(served: Served, toy: Path) -> None:
    (served.root / "seeds/people.yml").write_text((toy / "seeds/people.yml").read_text("utf-8"), "utf-8")
    served.until(lambda: bool(served.url) and "Ana Lima" in served.page("people/ana-lima/"))
    port = int(served.url.rstrip("/").rpartition(":")[2])

    def status(path: str, host: str | None) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.putrequest("GET", path, skip_host=True)
        if host is not None:
            connection.putheader("Host", host)
        connection.endheaders()
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status == 200 or b"Ana Lima" not in text
        connection.close()
        return answer.status

    for host in (
        f"127.0.0.1:{port}",
        "localhost",
        f"LOCALHOST:{port}",
        "localhost.",
        "[::1]:80",
        "192.0.2.7",
    ):
        assert status("/people/ana-lima/", host) == 200
    for other in ("evil.example", f"evil.example:{port}", "localhost.evil.example", "127.0.0.1.evil.example"):
        assert status("/people/ana-lima/", other) == 421
    for wrong in (None, "", "[", "a@b", " "):
        assert status("/people/ana-lima/", wrong) == 421
    for path in (
        "/%00",
        "/people%00/",
        "/a%0D%0Ab/",
        f"/livereload/{'9' * 5000}/1",
    ):
        assert status(path, "localhost") == 404
    assert status(f"/{'a' * 3000}/", "localhost") == 404
    assert "Traceback" not in served.told()


@pytest.mark.parametrize(
    ("asked", "host", "own"),
    [
        ("box.example:8000", "box.example", True),
        ("BOX.example", "box.example", True),
        ("box.example.", "box.example", True),
        ("evil.example", "0.0.0.0", False),
        ("10.0.0.7:8000", "0.0.0.0", True),
        ("", "", False),
        ("", "::1", False),
        ("[::1%25lo]", "::1", True),
        ("::1", "::1", False),
        ("0x7f000001", "127.0.0.1", False),
        ("localhost@evil.example", "127.0.0.1", False),
    ],
)
def test_a_server_answers_to_names_that_nobody_else_can_claim(asked: str, host: str, own: bool) -> None:
    assert is_own_name(asked, host) is own


@pytest.mark.parametrize("wait", [0.2, 0.6, 1.0, 1.4])
def test_it_can_be_ended_while_it_builds(served: Served, toy: Path, wait: float) -> None:
    served.until(lambda: bool(served.url))
    (served.root / "seeds/people.yml").write_text((toy / "seeds/people.yml").read_text("utf-8"), "utf-8")
    time.sleep(wait)
    served.end()


def test_a_port_in_use_is_told(toy: Path, root: Path, tmp_path: Path) -> None:
    shutil.copytree(toy, tmp_path / "toy")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "generator", "-C", tmp_path / "toy", "serve", "--port", port],
            capture_output=True,
            cwd=root,
            encoding="utf-8",
        )
    assert done.returncode == 1
    assert port in done.stderr
    assert "Traceback" not in done.stderr
