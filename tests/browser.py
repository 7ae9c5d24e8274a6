"""The browser that tests read the site in: `python -m tests.browser` finds one or installs one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_OS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

# Headless, and silent: a browser that calls home fails where the network is closed.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

APT = """
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update && apt-get -qq install --yes --no-install-recommends chromium
"""

MISSING = """\
No Chromium or Chrome was found, and none could be installed. Any one of these mends it:
  - install Chromium or Chrome so that one of these is on PATH: {names}
  - set CHROMIUM to the path of its program
  - .venv/bin/python -m playwright install --with-deps chromium
"""


class NoBrowserError(Exception):
    """No browser starts on this machine; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(MISSING.format(names=", ".join(NAMES)))


@cache
def find() -> str:
    """The path of a browser that starts, a system's own before Playwright's.

    Raises NoBrowserError where there is none.
    """
    for path in _candidates():
        if _starts(path):
            return path
    raise NoBrowserError


def install() -> str:
    """The path of a browser, installed where there was none."""
    try:
        return find()
    except NoBrowserError:
        print("No Chromium or Chrome found: installing one ...", flush=True)
    for command in _installers():
        if subprocess.run(command, check=False).returncode == 0:
            try:
                return find()
            except NoBrowserError:
                continue
    raise NoBrowserError


def _candidates() -> Iterator[str]:
    if named := os.environ.get("CHROMIUM"):
        yield named
    yield from filter(None, map(shutil.which, NAMES))
    yield from filter(os.path.exists, MAC_OS)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).exists():
        yield own


def _starts(path: str) -> bool:
    # Distributions ship placeholders of that name, and a download may lack its libraries.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _installers() -> Iterator[list[str]]:
    yield [sys.executable, "-m", "playwright", "install", "chromium"]
    if shutil.which("apt-get") and os.geteuid() == 0:
        yield ["sh", "-c", APT]


if __name__ == "__main__":
    try:
        install()
    except NoBrowserError as error:
        sys.exit(str(error))
