"""A run after a change gives what a run from nothing gives, and does no more than the change asks for."""

import random
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.problems import Refused
from generator.renewal import Tree, renew
from generator.site.builder import docs_folder
from tests.build import write_files

# A run, as far as it can be seen: what is wrong, or the files of the tree.
Seen = tuple[tuple[str, ...], dict[str, bytes]]
ARTICLE = "seeds/articles/harbour-post-2019-03-04.md"
PEOPLE = "seeds/people.yml"
EVENTS = "seeds/events.yml"


def run(root: Path, *, fresh: bool = False) -> Tree:
    return renew(root, partial(docs_folder, root), fresh=fresh)


def seen(root: Path) -> Seen:
    """What a run tells and leaves."""
    try:
        told = tuple(map(str, run(root).problems))
    except Refused as refused:
        told = tuple(map(str, refused.problems))
    return told, files_of(root / "docs")


def files_of(docs: Path) -> dict[str, bytes]:
    return {p.relative_to(docs).as_posix(): p.read_bytes() for p in sorted(docs.rglob("*")) if p.is_file()}


def from_nothing(root: Path, room: Path) -> Seen:
    """What a run of a copy tells and leaves, of which nothing is kept."""
    copy = room / "cold" / root.name
    shutil.rmtree(copy.parent, ignore_errors=True)
    shutil.copytree(root, copy, symlinks=True)
    shutil.rmtree(copy / ".cache", ignore_errors=True)
    return seen(copy)


@pytest.fixture
def dossier(toy: Path, tmp_path: Path) -> Path:
    """A copy of the small dossier that was written once."""
    root = tmp_path / "toy"
    shutil.copytree(toy, root)
    run(root)
    return root


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def append(name: str, text: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return edit


def remove(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).unlink()


def write(name: str, text: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        write_files(root, {name: text})

    return edit


def rename(old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        (root / old).rename(root / new)

    return edit


def copy(old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / old, root / new)

    return edit


def without_mira(root: Path) -> None:
    text = (root / PEOPLE).read_text("utf-8")
    before, _, after = text.partition("mira-okun:")
    (root / PEOPLE).write_text(before + after[after.index("rui-lima:") :], encoding="utf-8")


def moved(root: Path) -> None:
    copy(PEOPLE, "seeds/people/a.yml")(root)
    (root / PEOPLE).unlink()


EDITS: dict[str, Callable[[Path], None]] = {
    "nothing": lambda root: None,
    "body": replace(ARTICLE, "observers", "watchers"),
    "paragraph more": append(ARTICLE, "\n\nAna Lima and Tomas Veld met again in Port Selm.\n"),
    "front matter": replace(ARTICLE, "outlet: harbour-post", "outlet: harbour-post\nlanguage: hy"),
    "article's date": replace(ARTICLE, "published: 2019-03-04", "published: 2019-03-20"),
    "article new": write("seeds/articles/new.md", "---\ntitle: New\noutlet: harbour-post\n---\n\nAna Lima came to Ostrel.\n"),
    "article gone": remove("seeds/articles/what-the-observers-saw.txt"),
    "article renamed": rename("seeds/articles/what-the-observers-saw.txt", "seeds/articles/what-they-saw.txt"),
    "name": replace(PEOPLE, "name: Mira Okun", "name: Mira Okunova"),
    "alias": replace(PEOPLE, "also: [Ana Maria Lima]", "also: [Ana M. Lima]"),
    "short": replace(PEOPLE, "short: [Torel]", "short: [Torel, Bakar]"),
    "native": replace(PEOPLE, "uk: Бакар Торел", "uk: Бакар Торель"),
    "summary": replace(PEOPLE, "Left its", "Quit its"),
    "line": replace(PEOPLE, "bakar-torel:", "\nbakar-torel:"),
    "note": replace(PEOPLE, "note: Her", "note: His"),
    "formerly": replace(PEOPLE, "formerly: [a-lima]", "formerly: [a-lima, lima]"),
    "evidence": replace(PEOPLE, "evidence: [harbour-post-2019-03-04#p2]\n\nrui", "evidence: [harbour-post-2019-03-04#p1]\n\nrui"),
    "event's date": replace(EVENTS, "date: 2019-03-02/2019-03-03", "date: 2019-03-01/2019-03-03"),
    "event's title": replace(EVENTS, "title: Clash at Kettle Sluice", "title: Fight at Kettle Sluice"),
    "participant": replace(EVENTS, "participants: [{who: maravia}, ", "participants: [{who: maravia}, {who: ana-lima}, "),
    "record new": append(PEOPLE, "\nnew-one:\n  name: Newman One\n  evidence: [harbour-post-2019-03-04#p1]\n"),
    "record gone": without_mira,
    "record moved": moved,
    "error": replace(PEOPLE, "name: Mira Okun", "nam: Mira Okun"),
    "error in YAML": append(EVENTS, "\n[\n"),
    "reference gone": replace(PEOPLE, "of: port-selm", "of: port-sel"),
    "twice": append(PEOPLE, "\nmaravia:\n  name: Maravia\n"),
    "settings": append("seeds/dossier.yml", "\nrights: All.\n"),
    "language": replace("seeds/dossier.yml", "title:", "language: hy\ntitle:"),
    "changes": append("seeds/dossier.yml", "\n"),
    "page gone": remove("docs/people/ana-lima.md"),
    "page edited": append("docs/people/ana-lima.md", "More.\n"),
    "page damaged": write("docs/people/ana-lima.md", ""),
    "page by hand": write("docs/own.md", "# Own\n"),
    "page by hand in the way": write("docs/people/index.md", "# Own\n"),
    "page by hand beside": write("docs/people/README.md", "# Own\n"),
    "page stale": copy("docs/people/ana-lima.md", "docs/people/nobody.md"),
    "file unknown": write("seeds/other.yml", "a: b\n"),
    "article unknown": write("seeds/articles/a.pdf", "a"),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_a_run_after_a_change_gives_what_a_run_from_nothing_gives(
    dossier: Path, tmp_path: Path, name: str
) -> None:
    before = files_of(dossier / "docs")
    EDITS[name](dossier)
    cold = from_nothing(dossier, tmp_path)
    assert seen(dossier) == cold
    # And again, of what that run kept.
    assert seen(dossier) == cold
    assert name not in ("body", "alias", "name") or files_of(dossier / "docs") != before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=5), st.booleans())
def test_any_changes_in_a_row_give_what_a_run_from_nothing_gives(
    toy: Path, tmp_path_factory: pytest.TempPathFactory, names: list[str], between: bool
) -> None:
    room = tmp_path_factory.mktemp("row")
    root = room / "toy"
    shutil.copytree(toy, root)
    run(root)
    for name in names:
        try:
            EDITS[name](root)
        except (AssertionError, OSError, ValueError):
            continue  # the change before has left nothing to change
        if between:
            assert seen(root) == from_nothing(root, room)
    assert seen(root) == from_nothing(root, room)
    shutil.rmtree(room)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_words_moved_about_give_what_a_run_from_nothing_gives(
    toy: Path, tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    room = tmp_path_factory.mktemp("words")
    root = room / "toy"
    shutil.copytree(toy, root)
    run(root)
    paths = sorted(path for path in (root / "seeds").rglob("*") if path.is_file())
    for _ in range(3):
        path = chance.choice(paths)
        lines = path.read_text("utf-8").split("\n")
        at = chance.randrange(len(lines))
        words = lines[at].split(" ")
        if chance.random() < 0.5:
            words[chance.randrange(len(words))] = chance.choice(
                ["Ana", "Lima", "Torel", "maravia", "", "2019"]
            )
        else:
            chance.shuffle(words)
        lines[at] = " ".join(words)
        path.write_text("\n".join(lines), encoding="utf-8")
        assert seen(root) == from_nothing(root, room)
    shutil.rmtree(room)
