"""After any changes a build reports and leaves what a full build of the same files does: pages, site and search.

Each change of the cast is made once by itself. A state machine makes changes of several dossiers in any order.
"""

import random
import shutil
import tarfile
from collections.abc import Callable, Mapping
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

import hypothesis
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from bench.invent import write_dossier
from generator import build
from generator.mkdocs import builder
from generator.search import FOLDER as SEARCH
from generator.serve.live_site import LiveSite
from generator.support import processes
from generator.support.problems import Refused
from generator.verify import verify
from tests.build import write_files
from tests.full_builds import FullBuilds, given_files
from tests.incremental.at_random import AT_RANDOM, Scene
from tests.incremental.cast import CHANGES, CONFIG, PAGE_CHANGES, QUIET, SITE_CHANGES, Change, write_cast
from tests.publish.same import differing, files

pytestmark = pytest.mark.slow

# Changes are shared out, so that several processes can test them.
PARTS = 4
# Of so many changes of the pages one is followed to the site.
SAMPLED = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_each_change_and_its_end(dossier: Path, full_builds: FullBuilds, part: int) -> None:
    first = full_builds.markdown(dossier)
    assert first.mentions
    assert "people/dora-quill/mentions-2.md" in first.files
    wrong: dict[str, list[str]] = {}
    for number, (name, change) in enumerate(islice(CHANGES.items(), part, None, PARTS)):
        change(dossier)
        assert (full_builds.markdown(dossier) == first) == (name == QUIET), name
        found = full_builds.compare_markdown(dossier)
        if number % SAMPLED == part:
            found += full_builds.compare_site(dossier)
        change(dossier)
        assert full_builds.markdown(dossier) == first, f"{name} is not taken back"
        again = full_builds.compare_markdown(dossier)
        wrong |= {name: found, f"{name}, taken back": again}
        if found or again:
            # So that the next is tried by itself.
            shutil.rmtree(".cache")
            full_builds.compare_markdown(dossier)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_each_change_of_the_site_and_its_end(dossier: Path, full_builds: FullBuilds, tmp_path: Path) -> None:
    (served := tmp_path / "served").mkdir()
    live = LiveSite(served)
    assert full_builds.compare_site(dossier) == []
    assert compare_served(dossier, live, full_builds) == []
    sites = [full_builds.site(dossier)]
    for name, change in SITE_CHANGES.items():
        for _ in range(2):
            config = Path(CONFIG).is_file()
            change(dossier)
            assert full_builds.compare_site(dossier) == [], name
            is_config = Path(CONFIG).is_file() != config
            assert compare_served(dossier, live, full_builds, is_config=is_config) == [], name
            sites.append(full_builds.site(dossier))
    assert all(before != after for before, after in pairwise(sites))


@pytest.mark.parametrize("how", PAGE_CHANGES)
def test_each_change_of_a_generated_page(dossier: Path, full_builds: FullBuilds, how: str) -> None:
    page = dossier / "docs/people/tomas-kelverin.md"
    PAGE_CHANGES[how](page)
    assert full_builds.compare_markdown(dossier) == []
    page.unlink(missing_ok=True)
    assert full_builds.compare_markdown(dossier) == []
    assert page.exists()


class Changes(RuleBasedStateMachine):
    """Changes of a dossier, each followed by a build of its pages, some by one of its site or of the site as served.

    Attributes:
        full_builds: What is compared with.
        given: The files of the dossier before any change.
        changes: Those that this dossier alone has, by name.
        served: A folder for the site as it is served; None where no site is built, for the time that it takes.
    """

    full_builds: FullBuilds
    given: Mapping[str, bytes]
    changes: Mapping[str, Change]
    served: Path | None

    def __init__(self) -> None:
        super().__init__()
        # Back from where the walk before has ended, whose pages and whose cache stay.
        _write_given(self.given)
        self._expect_equal("the end of a walk")
        self.live: LiveSite | None = None

    @precondition(lambda self: self.changes)
    @rule(data=st.data(), number=st.integers(1, 3))
    def change(self, data: st.DataObject, number: int) -> None:
        names = data.draw(st.lists(st.sampled_from([*self.changes]), min_size=number, max_size=number))
        self._make(", ".join(names), lambda: [self.changes[name](Path()) for name in names])

    @rule(name=st.sampled_from([*AT_RANDOM]), chance=st.randoms(use_true_random=False))
    def change_at_random(self, name: str, chance: random.Random) -> None:
        scene = Scene.of(Path(), chance, self.full_builds.markdown(Path()))
        self._make(name, lambda: AT_RANDOM[name](scene))

    @rule(chance=st.randoms(use_true_random=False))
    def change_a_word(self, chance: random.Random) -> None:
        self._make("a word", lambda: _change_a_word(chance))

    @rule(how=st.sampled_from([*PAGE_CHANGES]), chance=st.randoms(use_true_random=False))
    def change_a_page(self, how: str, chance: random.Random) -> None:
        page = chance.choice(sorted(Path("docs").glob("*/*.md")))
        self._make(f"{page} {how}", lambda: PAGE_CHANGES[how](page))

    @precondition(lambda self: self.served)
    @rule(number=st.sampled_from([1, 3]))
    def build_site(self, number: int) -> None:
        self.full_builds.site(Path())
        with pytest.MonkeyPatch.context() as patch:
            for module in (processes, builder):
                patch.setattr(module, "available", lambda: number)
            assert self.full_builds.compare_site(Path()) == []

    @precondition(lambda self: self.served)
    @rule()
    def serve(self) -> None:
        assert self.served
        if self.live is None:
            self.live = LiveSite(self.served)
        assert compare_served(Path(), self.live, self.full_builds) == []

    def _make(self, name: str, change: Callable[[], object]) -> None:
        """Makes a change, and takes it back where it leads to errors, after which nothing else would be seen."""
        before = dict(given_files(Path()))
        change()
        self._expect_equal(name)
        if self.full_builds.markdown(Path()).written is None:
            _write_given(before)
            self._expect_equal(f"{name}, taken back")

    def _expect_equal(self, name: str) -> None:
        assert self.full_builds.compare_markdown(Path()) == [], name


def _write_given(given: Mapping[str, bytes]) -> None:
    """Gives the dossier in the folder of work these files, and no others but those that were built."""
    for name, _ in [*given_files(Path())]:
        if name not in given:
            Path(name).unlink()
    write_files(Path(), {name: data for name, data in given.items() if not _holds(Path(name), data)})


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _change_a_word(chance: random.Random) -> None:
    """Another word in any line of the seeds, or its words in another order."""
    path = chance.choice(sorted(p for p in Path("seeds").rglob("*") if p.suffix in (".md", ".txt", ".yml")))
    lines = path.read_text("utf-8").split("\n")
    at = chance.choice([number for number, line in enumerate(lines) if line])
    words = lines[at].split(" ")
    if chance.random() < 0.5:
        words[chance.randrange(len(words))] = chance.choice(["Ana", "some", words[0], words[-1], "", "2019"])
    else:
        chance.shuffle(words)
    lines[at] = " ".join(words)
    path.write_text("\n".join(lines), "utf-8")


def compare_served(
    root: Path, live: LiveSite, full_builds: FullBuilds, *, is_config: bool = False
) -> list[str]:
    """Brings a served site up to date, and lists what differs from a full build; nothing where that is refused.

    Args:
        is_config: Whether nothing but the configuration changed.
    """
    full = full_builds.site(root)
    try:
        build.refresh(root, live, everything=is_config or not files(live.folder), texts=not is_config)
    except Refused:
        assert full.errors
        return []
    live.search.wait()
    now = files(live.folder)
    # Files of the search that are not read any more stay until all is built again.
    lost = [name for name in full.files if name.startswith(SEARCH) and full.files[name] != now.get(name)]
    return lost + differing(full.files, now)


def _cast(root: Path) -> None:
    write_cast(Path())
    verify(Path(), [Path("originals")])


def _toy(root: Path) -> None:
    shutil.copytree(root / "tests/toy/seeds", "seeds")


def _own(root: Path) -> None:
    shutil.copytree(root / "seeds", "seeds")


def _invented(root: Path) -> None:
    write_dossier(Path(), 20)


def _papers(root: Path) -> None:
    """A third of the smallest volume of the Foreign Relations of the United States."""
    volume = "frus/frus1961-63v06"
    with tarfile.open(root.parent / "shared/corpora/frus.tar.xz") as volumes:
        volumes.extractall(".", [m for m in volumes if m.name.startswith(f"{volume}/seeds/")], filter="data")
    Path(volume, "seeds").rename("seeds")
    for number, path in enumerate(sorted(Path("seeds/articles").iterdir())):
        if number % 3:
            path.unlink()


class Walks(NamedTuple):
    """How many walks of how many steps there are through a dossier; the first of them is the simplest that can be."""

    write: Callable[[Path], None]
    number: int
    steps: int
    has_site: bool = True


WALKS = {
    "cast": Walks(_cast, 5, 12),
    "toy": Walks(_toy, 3, 8),
    "invented": Walks(_invented, 2, 8),
    "own": Walks(_own, 2, 8, has_site=False),
    "papers": Walks(_papers, 2, 8, has_site=False),
}


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.needs_shared] * (n == "papers")) for n in WALKS]
)
def test_any_changes_in_a_row(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full_builds: FullBuilds, name: str
) -> None:
    walks = WALKS[name]
    (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / name)
    walks.write(root)
    given = dict(given_files(Path()))
    changes = {**CHANGES, **SITE_CHANGES} if name == "cast" else {}
    (served := tmp_path / "served").mkdir()
    machine = hypothesis.seed(1)(
        type(
            "Machine",
            (Changes,),
            {
                "full_builds": full_builds,
                "given": given,
                "changes": changes,
                "served": served if walks.has_site else None,
            },
        )
    )
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=walks.number,
            stateful_step_count=walks.steps,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
