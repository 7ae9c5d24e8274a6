"""Pictures of a page of each family: `python -m tests.screenshots [SITE [FOLDER [PATH...]]]`.

SITE is a built site, and FOLDER where the pictures go; where PATHs are given, only these pages are taken.
"""

import itertools
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tests import browser
from tests.families import MISSING, families
from tests.serving import serving

WIDTHS = (1280, 820, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# Longer pages are cut: nobody looks at more.
MOST = 6000


def take(running: Browser, site: Path, folder: Path, paths: tuple[str, ...]) -> int:
    """Takes each page at each width in each scheme, and returns the number of pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    with _served(site) as url:
        for width, scheme in itertools.product(WIDTHS, SCHEMES):
            context = running.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            for path in paths:
                page.goto(url + path, wait_until="networkidle")
                height = min(page.evaluate("document.documentElement.scrollHeight"), MOST)
                name = path.strip("/").replace("/", "--").removesuffix(".html") or "home"
                page.screenshot(
                    path=folder / f"{name}-{width}-{scheme}.png",
                    full_page=True,
                    clip={"x": 0, "y": 0, "width": width, "height": height},
                )
                number += 1
            context.close()
    return number


@contextmanager
def _served(site: Path) -> Iterator[str]:
    """Serves a site under the path that it was built for, and gives its address."""
    # The 404 page is found at any address, and so names the path.
    found = re.search(r'rel="stylesheet" href="/(.*?)assets/', (site / MISSING).read_text("utf-8"))
    base = found[1] if found else ""
    with tempfile.TemporaryDirectory() as room:
        at = Path(room, base or "site")
        at.parent.mkdir(parents=True, exist_ok=True)
        at.symlink_to(site.resolve(), target_is_directory=True)
        with serving(Path(room) if base else at) as root:
            yield root + base


def main() -> None:
    site, folder, *paths = map(Path, (sys.argv[1:] + ["site", "screenshots"][len(sys.argv) - 1 :]))
    wanted = tuple(f"{path}/" for path in paths) or families(site)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser.find(), args=list(browser.FLAGS))
        print(f"{take(running, site, folder, wanted)} pictures of {len(wanted)} pages are in {folder}")
        running.close()


if __name__ == "__main__":
    main()
