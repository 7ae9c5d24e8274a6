"""Of full texts that may not be published nothing is left: not in what a public build keeps, nor by a private one killed."""

import os
import re
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import build
from generator.support.problems import Refused
from generator.verify import verify
from tests.evidence.invented import HARBOUR, ORIGINALS, TARN, write_dossier

pytestmark = pytest.mark.slow

# Kills itself when it opens a file whose path ends a certain way, while it builds the private edition.
_KILLED = """
import os, signal, sys
from pathlib import Path
from generator import build
root, where = Path(sys.argv[1]), sys.argv[2]
def hook(event, arguments):
    if event == "open" and where in str(arguments[0]):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
build.build_private(root, root / "site-private", [root.parent / "originals"])
"""
_WORDS = 4


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = write_dossier(tmp_path)
    verify(made, [tmp_path / "originals"])
    subprocess.run(["git", "init", "-q", made], check=True)
    return made


def _runs(text: str) -> set[bytes]:
    words = text.split()
    return {" ".join(words[at : at + _WORDS]).encode() for at in range(len(words) - _WORDS + 1)}


def _only_in_originals(root: Path) -> set[bytes]:
    """Words in a row of the originals that the seeds do not quote."""
    seeds = " ".join(
        " ".join(path.read_text("utf-8").split()) for path in (root / "seeds").rglob("*") if path.is_file()
    )
    return {
        run for text in (TARN, HARBOUR) for run in _runs(text) if run.decode().strip("“”«».,") not in seeds
    }


def _holding(folder: Path, runs: set[bytes]) -> list[str]:
    """The files below a folder that hold one of some texts, plain or in a stream that is packed."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        data = re.sub(rb"\s+", b" ", b"\n".join([path.read_bytes(), *_unpacked(path.read_bytes())]))
        if any(run in data for run in runs):
            found.append(path.relative_to(folder).as_posix())
    return found


def _unpacked(data: bytes) -> Iterator[bytes]:
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            yield zlib.decompressobj().decompress(data[start.start() :])
        except zlib.error:
            continue


def test_a_public_build_keeps_no_words_of_originals(root: Path) -> None:
    runs = _only_in_originals(root)
    assert len(runs) > 40
    assert _holding(root.parent / "originals", runs) == sorted(ORIGINALS)
    article = root / "seeds/articles/letters.md"
    for text in ("", "\n\nOne more letter came.\n", "\n\nAnd another one.\n"):
        article.write_text(article.read_text("utf-8").rstrip() + text, "utf-8")
        build.build(root, root / "site", [root.parent / "originals"])
        assert (root / "site/index.html").is_file()
        assert _holding(root, runs) == []


def test_quotes_are_looked_for_in_originals_after_any_change(root: Path) -> None:
    build.build(root, root / "site", [root.parent / "originals"])
    statements = next(path for path in (root / "seeds").rglob("*.yml") if "quote:" in path.read_text("utf-8"))
    text = statements.read_text("utf-8")
    statements.write_text(re.sub(r"(quote: [\"']?)", r"\1Nobody ever wrote ", text, count=1), "utf-8")
    wrong = [
        problem.rule
        for problem in build.check(root, [root.parent / "originals"]).problems
        if problem.is_error
    ]
    assert "quote-not-found" in wrong
    with pytest.raises(Refused) as refused:
        build.build(root, root / "site", [root.parent / "originals"])
    assert [problem.rule for problem in refused.value.problems if problem.is_error] == wrong
    statements.write_text(text, "utf-8")
    article = root / "seeds/articles/letters.md"
    article.write_text(article.read_text("utf-8") + "\n\nOne more letter came.\n", "utf-8")
    build.build(root, root / "site", [root.parent / "originals"])


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal")
@pytest.mark.parametrize(
    "where",
    [
        ".site-private.dossier/docs/articles/",
        ".site-private.dossier/new/site-private/articles/",
        ".site-private.dossier/new/.cache/dossier/search",
        ".site-private.dossier/new/site-private/..nojekyll",
    ],
)
def test_what_a_killed_private_build_leaves_is_ignored_and_removed(
    root: Path, tmp_path: Path, where: str
) -> None:
    runs, temporary = _only_in_originals(root), tmp_path / "tmp"
    temporary.mkdir()
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(root), where],
        env=os.environ | {"TMPDIR": str(temporary)},
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert _holding(temporary, runs) == []
    assert _holding(root / ".cache", runs) == []
    # No rule of the dossier's own says what version control is to leave out.
    status = subprocess.run(
        ["git", "-C", root, "status", "--porcelain", "-uall"], check=True, capture_output=True, text=True
    ).stdout
    listed = {line[3:] for line in status.splitlines()}
    assert "seeds/dossier.yml" in listed
    assert listed.isdisjoint(_holding(root, runs))
    build.build(root, root / "site")
    assert _holding(root, runs) == []
    assert {path.name for path in root.iterdir()} == {".cache", ".git", "docs", "seeds", "site"}
