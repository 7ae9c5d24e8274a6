"""Compares the output for several dossiers before and after a change of the code.

Builds the Markdown and the site of this project's dossier, of the toy and the cast of the tests, and of an invented
dossier, each in full, and prints a digest of each tree:

    python -m tools.same_output --save before.json
    python -m tools.same_output --against before.json

The second command lists each file that differs, is new or is gone, and exits with status 1 if there is one. Both use
the code in the current folder. Dossiers are copied without their history, so commits make no difference.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench.invent import write_dossier
from generator.verify import verify
from tests.incremental.cast import write_cast

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = 300
TREES = ("docs", "site")
# The digest of each file, by tree and path.
Digests = Mapping[str, Mapping[str, str]]


def main() -> None:
    """Builds the dossiers, and saves or compares the digests."""
    parser = argparse.ArgumentParser(prog="python -m tools.same_output", description=__doc__.splitlines()[0])
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the digest of each file there")
    parser.add_argument("--against", type=Path, metavar="FILE", help="list what differs from a saved run")
    parser.add_argument(
        "--dossiers", default=",".join(DOSSIERS), metavar="NAME,NAME", help="which of them (default: all)"
    )
    options = parser.parse_args()
    found: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory(prefix="same-output-") as name:
        for dossier in options.dossiers.split(","):
            folder = Path(name, dossier)
            DOSSIERS[dossier](folder)
            build(folder)
            for tree in TREES:
                files = found[f"{dossier}/{tree}"] = digests_below(folder / tree)
                print(f"{digest_of(files)}  {len(files):6}  {dossier}/{tree}", flush=True)
    if options.save:
        options.save.write_text(json.dumps(found, indent=1))
    if options.against:
        differing = list(differences(json.loads(options.against.read_text()), found))
        print("\n".join(differing) or "All files are the same.")
        sys.exit(1 if differing else 0)


def build(folder: Path) -> None:
    """Builds a dossier without using a cache."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SITE_URL": "https://example.org/dossier/"}
    command = [sys.executable, "-m", "generator", "-C", str(folder), "-q", "build", "--fresh"]
    # Warnings about the dossier are of no interest here.
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words


def digests_below(folder: Path) -> dict[str, str]:
    """The digests of all files below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def digest_of(files: Mapping[str, str]) -> str:
    """One digest for all files and their paths."""
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]


def differences(before: Digests, now: Digests) -> Iterator[str]:
    """A line for each differing file, of the trees that both runs have."""
    for tree in before.keys() & now.keys():
        old, new = before[tree], now[tree]
        for path in sorted(old.keys() | new.keys()):
            if old.get(path) != new.get(path):
                what = "differs" if path in old and path in new else "is new" if path in new else "is gone"
                yield f"{tree}/{path} {what}"


def _real(folder: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "seeds", "docs", "mkdocs.yml"],  # noqa: S607 - whichever git is here
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)


def _toy(folder: Path) -> None:
    shutil.copytree(ROOT / "tests" / "toy", folder)


def _cast(folder: Path) -> None:
    folder.mkdir()
    write_cast(folder)
    verify(folder)


def _invented(folder: Path) -> None:
    write_dossier(folder, ARTICLES)


# The function that writes the files of each dossier into a folder.
DOSSIERS: Mapping[str, Callable[[Path], None]] = {
    "real": _real,
    "toy": _toy,
    "cast": _cast,
    "invented": _invented,
}

if __name__ == "__main__":
    main()
