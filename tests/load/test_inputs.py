"""What may lie in a dossier's folders besides files: each is an error with a place, and nothing waits, follows or guesses."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import build
from generator.load.inputs import leads_outside
from generator.state.stamps import DEEPEST, is_leftover, listing_of
from generator.support.problems import Refused
from tests.build import problem_lines, write_files
from tests.conftest import ROOT

SEEDS = {
    "seeds/dossier.yml": "title: T\n",
    "seeds/people.yml": "ana-lima:\n  name: Ana Lima\n",
    "seeds/articles/news.txt": "A headline\n\nAna Lima came.\n",
    "docs/about.md": "# About\n",
}


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _socket(path: Path) -> None:
    made = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    # The path of a socket is short.
    os.chdir(path.parent)
    try:
        made.bind(path.name)
    finally:
        os.chdir(here)
        made.close()


def _nowhere(path: Path) -> None:
    path.symlink_to("nothing")


def _itself(path: Path) -> None:
    path.symlink_to(path.name)


KINDS: dict[str, tuple[Callable[[Path], None], str]] = {
    "pipe": (_pipe, "is a named pipe"),
    "device": (_device, "is a device"),
    "socket": (_socket, "is a socket"),
    "nowhere": (_nowhere, "is a link that leads nowhere"),
    "itself": (_itself, "is a link that cannot be followed: Too many levels of symbolic links"),
}
# Where a file is read, by the name of the place.
PLACES = (
    "seeds/articles/x.md",
    "seeds/articles/deep/x.txt",
    "seeds/people.yml",
    "seeds/people/x.yml",
    "seeds/dossier.yml",
    "seeds/evidence.lock",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path / "dossier", SEEDS)


def _put(path: Path, make: Callable[[Path], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", PLACES)
def test_what_is_no_file_in_the_seeds_is_an_error(root: Path, name: str, kind: str) -> None:
    make, message = KINDS[kind]
    _put(root / name, make)
    last = name.rpartition("/")[2]
    assert f"{name}:1:1: error: cannot read {last!r}: {message} [unreadable]" in problem_lines(root)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["docs/x.md", "docs/x.png", "docs/deep/x.md", "mkdocs.yml"])
def test_what_is_no_file_beside_the_seeds_stops_the_build(root: Path, name: str, kind: str) -> None:
    make, message = KINDS[kind]
    _put(root / name, make)
    with pytest.raises(Refused) as refused:
        build.build(root, root / "site")
    if name == "mkdocs.yml":
        (problem,) = refused.value.problems
        assert (problem.where.file, problem.rule) in ((name, "unreadable"), (name, "outside-link"))
    else:
        last = name.rpartition("/")[2]
        assert [f"{name}:1:1: error: cannot read {last!r}: {message} [unreadable]"] == [
            str(problem) for problem in refused.value.problems
        ]
    assert not (root / "site").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_no_original(root: Path, kind: str) -> None:
    head = f"---\ntitle: T\noriginal: {{file: x.txt, sha256: {'0' * 64}, body: 1}}\n---\n\nA digest.\n"
    write_files(root, {"seeds/articles/y.md": head, "seeds/dossier.yml": "title: T\noriginals: [full]\n"})
    _put(root / "full/x.txt", KINDS[kind][0])
    assert not build.check(root).dossier.originals


def test_a_link_inside_the_dossier_is_followed(root: Path) -> None:
    write_files(
        root, {"shared-texts/2024/linked.txt": "Linked\n\nIt is read.\n", "texts/own.md": "Own\n\nRead.\n"}
    )
    (root / "seeds/articles/2024").symlink_to("../../shared-texts")
    (root / "seeds/articles/own.md").symlink_to("../../texts/own.md")
    checked = build.check(root)
    assert not checked.problems
    assert {"linked", "own", "news"} == {*checked.dossier.articles}


@pytest.mark.parametrize("name", ["seeds/articles/leak.md", "seeds/articles/deep", "seeds/people"])
def test_a_link_that_leads_outside_is_an_error_unless_allowed(root: Path, name: str) -> None:
    private = write_files(root.parent / "private", {"file.md": "A secret\n\nNobody may read it.\n"})
    write_files(root.parent / "private", {"x.yml": "eva-holm:\n  name: Eva Holm\n"})
    (root / "seeds/people.yml").unlink()
    (root / name).symlink_to(private / "file.md" if name.endswith(".md") else private)
    hint = "put what it leads to into the dossier, or name that folder under linked_folders in dossier.yml"
    expected = f"{name}:1:1: error: the link {name!r} leads outside the dossier ({hint}) [outside-link]"
    assert problem_lines(root) == [expected]
    checked = build.check(root)
    assert "secret" not in repr(checked.dossier).lower()
    write_files(root, {"seeds/dossier.yml": "title: T\nlinked_folders: [../private]\n"})
    assert not [problem for problem in build.check(root).problems if problem.rule == "outside-link"]


def test_a_change_of_what_is_allowed_is_heeded_by_the_next_build(root: Path) -> None:
    private = write_files(root.parent / "private", {"file.md": "A text\n\nIt is somewhere else.\n"})
    (root / "seeds/articles/leak.md").symlink_to(private / "file.md")
    allowing = {"seeds/dossier.yml": "title: T\nlinked_folders: [../private]\n"}
    write_files(root, allowing)
    assert "articles/leak.md" in build.write(root).pages
    write_files(root, {"seeds/dossier.yml": "title: T\n"})
    with pytest.raises(Refused):
        build.write(root)
    write_files(root, allowing)
    assert "articles/leak.md" in build.write(root).pages
    # The link is the same by name, and leads elsewhere.
    write_files(root.parent / "elsewhere", {"file.md": "A secret\n\nNobody may read it.\n"})
    (root / "seeds/articles/leak.md").unlink()
    (root / "seeds/articles/leak.md").symlink_to(root.parent / "elsewhere/file.md")
    with pytest.raises(Refused):
        build.write(root)


@pytest.mark.parametrize(
    "name", ["seeds", "docs", "mkdocs.yml", "docs/leak.md", "docs/deep", "seeds/dossier.yml"]
)
def test_no_part_of_a_dossier_leads_outside(root: Path, name: str) -> None:
    private = write_files(
        root.parent / "private", {**SEEDS, "mkdocs.yml": "site_name: T\n", "x/y.md": "# Y\n"}
    )
    # A dossier that is not its own allows nothing.
    write_files(private, {"seeds/dossier.yml": "title: T\nlinked_folders: [../private, /]\n"})
    path = root / name
    if path.exists():
        path.rename(root.parent / "aside")
    path.symlink_to(private / {"docs/leak.md": "x/y.md", "docs/deep": "x"}.get(name, name))
    with pytest.raises(Refused) as refused:
        build.build(root, root / "site")
    assert {(problem.where.file, problem.rule) for problem in refused.value.problems} == {
        (name, "outside-link")
    }
    assert not (root / "site").exists()


def test_circular_links_are_reported(root: Path) -> None:
    articles = root / "seeds/articles"
    (articles / "loop").symlink_to(".")
    (articles / "up").symlink_to("../..")
    for one, other in ("ab", "ba"):
        (articles / one).mkdir(exist_ok=True)
        (articles / one / "to").symlink_to(f"../{other}")
    message = "is a link that leads back to a folder around it"
    assert problem_lines(root) == [
        f"seeds/articles/{path}:1:1: error: cannot read {path.rpartition('/')[2]!r}: {message} [unreadable]"
        for path in ("a/to/to", "b/to/to", "loop", "up")
    ]


def test_links_that_multiply_are_bounded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for level in range(30):
        for way in "ab":
            write_files(root, {f"seeds/articles/d{level}/x.md": "X\n\nX.\n"})
            (root / f"seeds/articles/d{level}" / way).symlink_to(f"../d{level + 1}")
    (root / "seeds/articles/d30").mkdir()
    assert any("is a link behind more than 5 others" in line for line in problem_lines(root))
    monkeypatch.setattr("generator.state.stamps.MOST_LINKED", 20)
    assert "links lead to more than 20 files" in listing_of(str(root / "seeds/articles")).closed.values()


def test_folders_nest_only_so_deep(root: Path) -> None:
    (root / "docs" / "/".join("d" * (DEEPEST + 10))).mkdir(parents=True)
    with pytest.raises(Refused) as refused:
        build.write(root)
    (problem,) = refused.value.problems
    assert problem.rule == "unreadable"
    assert f"more than {DEEPEST} folders lie in each other" in problem.message


def test_what_editors_and_systems_leave_is_passed_over(root: Path) -> None:
    leftovers = (
        "a.txt~", "#a.txt#", "a.txt.bak", "a.BAK", ".a.txt.swp", "Thumbs.db", "desktop.ini", ".DS_Store", "~$x.docx",
        "._a.txt", ".~lock.a.odt#",
    )  # fmt: skip
    for folder in ("seeds", "seeds/articles", "seeds/places", "docs"):
        write_files(root, {f"{folder}/{name}": "x" for name in leftovers})
        (root / folder / ".#a.txt").symlink_to("somebody@machine.1234:5678")
    write_files(
        root,
        {"seeds/places/x.YAML": "selm:\n  name: Selm\n", "seeds/articles/B.TXT": "B\n\nSelm is a place.\n"},
    )
    checked = build.check(root)
    assert not checked.problems
    assert {*checked.dossier.articles} == {"news", "b"}
    assert {*checked.dossier.places} == {"selm"}
    build.build(root, root / "site")
    assert not [path for path in (root / "site").rglob("*") if is_leftover(path.name)]


def test_leftovers_come_and_go_without_a_new_build(root: Path) -> None:
    tree = build.write(root)
    write_files(root, {"seeds/articles/news.txt~": "x"})
    again = build.write(root)
    assert not again.changed
    assert again.state == tree.state


@pytest.mark.parametrize(
    ("target", "places", "is_outside"),
    [
        ("/a/b", ("/a",), False),
        ("/a", ("/a",), False),
        ("/ab", ("/a",), True),
        ("/x", ("/",), False),
        ("/", ("/a",), True),
    ],
)
def test_a_place_is_a_whole_folder(target: str, places: tuple[str, ...], is_outside: bool) -> None:
    assert leads_outside(target, places) == is_outside


@pytest.mark.parametrize(
    "name", [b"caf\xe9.txt", b"a\n::error::stop.txt", b"a\x1b[2J.md", "a\u202etxt.md".encode(), b"a\rb.txt"]
)
@pytest.mark.parametrize("folder", ["seeds/articles", "seeds/places", "docs"])
def test_a_name_that_is_no_text_is_an_error_and_never_printed_raw(
    root: Path, folder: str, name: bytes
) -> None:
    (root / folder).mkdir(exist_ok=True)
    Path(os.fsdecode(os.fsencode(root / folder) + b"/" + name)).write_text("A\n\nB.\n")
    with pytest.raises(Refused) as refused:
        build.write(root)
    (problem,) = (problem for problem in refused.value.problems if problem.is_error)
    assert problem.rule == "file-name"
    for text in (str(problem), problem.as_github(), json.dumps(problem.as_dict(), ensure_ascii=False)):
        assert text.isprintable()
        assert text.encode()
    assert "\\" in str(problem)


@pytest.mark.parametrize("key", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_a_name_of_a_device_is_no_id(root: Path, key: str) -> None:
    write_files(
        root, {"seeds/places.yml": f"{key}:\n  name: Selm\n", f"seeds/articles/{key}.txt": "A\n\nSelm.\n"}
    )
    found = [problem for problem in build.check(root).problems if problem.rule == "bad-id"]
    assert [problem.message for problem in found] == [f"{key!r} is a reserved word"] * 2


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Minister \u202efo secnaniF", "U+202E"),
        ("a \u202d1\u202c b", "U+202D"),
        ("\u2067unclosed", "U+2067"),
        ("\u202aa\u2069", "U+202A"),
        ("\u2067a\u2069 b\u2066", "U+2066"),
    ],
)
def test_controls_that_turn_what_follows_are_refused(root: Path, text: str, control: str) -> None:
    message = f"direction control {control}"
    for name, told in (
        ("seeds/people.yml", f"ana-lima:\n  name: {text}\n"),
        ("seeds/people.yml", f"ana-lima:\n  name: {json.dumps(text)}\n"),
        ("seeds/articles/news.txt", f"A headline\n\n{text}\n"),
        ("seeds/articles/news.txt", f"{text}\n\nIt came.\n"),
    ):
        write_files(root, {**SEEDS, name: told})
        found = [problem for problem in build.check(root).problems if problem.rule == "bidi-control"]
        assert [(problem.where.file, problem.message) for problem in found] == [(name, message)]


def test_marks_of_direction_that_end_stay(root: Path) -> None:
    text = (
        "The \u2067\u05e9\u05dc\u05d5\u05dd\u2069 party, \u202b\u05e9\u05dc\u05d5\u05dd\u202c, \u200fx\u200e"
    )
    write_files(
        root, {"seeds/people.yml": f"ana-lima:\n  name: {text}\n", "seeds/articles/a.txt": f"A\n\n{text}\n"}
    )
    assert not [problem for problem in build.check(root).problems if problem.is_error]


@pytest.mark.parametrize("text", ["\u200b", "\u200d\u2060", "\u3164", "\u2800", "\ufe0f", "\u00ad \u200e"])
def test_a_name_of_nothing_visible_is_none(root: Path, text: str) -> None:
    write_files(
        root,
        {"seeds/people.yml": f'ana-lima:\n  name: "{text}"\n', "seeds/articles/a.txt": f"{text}\n\nB.\n"},
    )
    found = {(problem.where.file, problem.rule) for problem in build.check(root).problems}
    assert ("seeds/people.yml", "bad-value") in found
    assert ("seeds/articles/a.txt", "empty-article") in found


def test_a_name_has_a_bound(root: Path) -> None:
    write_files(root, {"seeds/people.yml": "".join(f"p{n}:\n  name: {'Ana ' * 2400}\n" for n in range(10))})
    found = [problem for problem in build.check(root).problems if problem.rule == "bad-value"]
    assert len(found) == 10
    assert found[0].message == "name is longer than 500 characters"


@pytest.mark.parametrize(
    "text",
    [
        "site_name: T\nextra: " + "[" * 3000 + "]" * 3000 + "\n",
        "site_name: T\nextra:\n" + "".join(f"{' ' * n}a:\n" for n in range(1500)),
        'site_name: T\nsite_url: "http://[::1"\n',
        "site_name: \xe9\n".encode("latin-1"),
        "site_name: T\nnav: {{{\n",
    ],
    ids=["flow", "block", "address", "encoding", "syntax"],
)
def test_a_configuration_that_cannot_be_used_is_an_error(root: Path, text: str | bytes) -> None:
    write_files(root, {"mkdocs.yml": text})
    with pytest.raises(Refused) as refused:
        build.build(root, root / "site")
    assert {(problem.where.file, problem.rule) for problem in refused.value.problems if problem.is_error} == {
        ("mkdocs.yml", "mkdocs-config")
    }


@pytest.mark.parametrize("limit", ["-n 10", "-v 150000"])
def test_lack_of_files_or_memory_is_reported(root: Path, limit: str) -> None:
    call = f"ulimit {limit}; exec {sys.executable} -m generator -C {root} build"
    ended = subprocess.run(
        ["bash", "-c", call], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    assert not (root / "site").exists()
