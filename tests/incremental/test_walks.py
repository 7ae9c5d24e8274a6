"""Change after change of dossiers with real and invented names, a run tells and leaves what one from nothing does."""

import random
import tarfile
from pathlib import Path

import pytest

from bench.invent import write_dossier
from tests.incremental.at_random import AT_RANDOM, Scene
from tests.incremental_runs import FromNothing

pytestmark = pytest.mark.slow

# The smallest volume of the Foreign Relations of the United States.
VOLUME = "frus/frus1961-63v06"
ARTICLES = 20


def test_an_invented_dossier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, from_nothing: FromNothing
) -> None:
    monkeypatch.chdir(tmp_path)
    write_dossier(Path(), ARTICLES)
    _walk(from_nothing, random.Random(3))


@pytest.mark.needs_shared
def test_a_volume_of_papers(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, from_nothing: FromNothing
) -> None:
    monkeypatch.chdir(tmp_path)
    with tarfile.open(shared.parent / "corpora/frus.tar.xz") as volumes:
        volumes.extractall(".", [m for m in volumes if m.name.startswith(f"{VOLUME}/seeds/")], filter="data")
    Path(VOLUME, "seeds").rename("seeds")
    # Half of it names the same people, and is done in half the time.
    for path in sorted(Path("seeds/articles").iterdir())[::2]:
        path.unlink()
    _walk(from_nothing, random.Random(5))


def _walk(from_nothing: FromNothing, chance: random.Random) -> None:
    """Makes each change once, in an order by chance, and takes back those that make errors."""
    root = Path()
    assert from_nothing.unlike(root) == []
    sound = from_nothing.outcome(root)
    names = list(AT_RANDOM)
    chance.shuffle(names)
    for name in names:
        before = {path: path.read_bytes() for path in root.glob("seeds/**/*") if path.is_file()}
        AT_RANDOM[name](Scene.of(root, chance, sound))
        assert from_nothing.unlike(root) == [], name
        found = from_nothing.outcome(root)
        if found.written is not None:
            sound = found
            continue
        for path in root.glob("seeds/**/*"):
            if path.is_file() and path not in before:
                path.unlink()
        for path, data in before.items():
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)
        assert from_nothing.unlike(root) == [], f"{name}, taken back"
