"""The repository itself: its locks, its version, its entry for CI."""

import ast
import io
import os
import re
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

LOCKS = ("requirements/site.lock", "requirements/dev.lock")

# Written apart, so that this file does not name them either.
REGISTRIES = tuple(
    ".".join(parts).encode()
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
    )
)

SITE_ROOMS = tuple(f"generator/{room}" for room in ("render", "mkdocs", "publish", "serve", "output"))
# Rooms whose names are those of the field, so that a search for a term finds what it is about; and words that are not.
ROOMS = (
    *("generator/model", "generator/load", "generator/link", "generator/check", "generator/folding"),
    *("generator/words", "generator/export", "generator/support", "generator/scaffold"),
    *("generator/markup", "generator/theme", "generator/pages/indexes", "generator/pages/search"),
    *("generator/state", "generator/search", "generator/incremental", "generator/edition"),
    *("generator/cli.py", "generator/verify.py", "generator/why.py", "generator/__main__.py"),
    *("bench", "tools"),
    *SITE_ROOMS,
)
# In these, such words have stood for terms of builders and publishing.
PRIVATE_IN_SITES = frozenset(
    [
        *("adopt", "alike", "follow", "follower", "frame", "framed", "heard", "judge"),
        *("quick", "recall", "shelf", "spare", "unsure"),
    ]
)
PRIVATE = frozenset(
    [
        "told",
        "anew",
        "looks",
        "look",
        "young",
        "mended",
        "held",
        "alone",
        "whoever",
        "seal",
        "sealing",
        "sighting",
        "sightings",
        "faces",
        "survey",
        "taught",
        "learnt",
        "respelt",
        "beforehand",
        "slips",
        "strange",
        "spares",
        "hindrance",
        "seldom",
    ]
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
# `told` is a key of the lock, which is in every dossier.
_PRIVATE_PROSE = re.compile(
    r"\b(told(?!:)|anew|mended|whoever|beforehand|seldom|be it|as good as none)\b", re.IGNORECASE
)


def test_no_file_names_a_registry(root: Path) -> None:
    naming = sorted(
        f"{path.relative_to(root)}: {host.decode()}"
        for path in _files(root)
        for host in REGISTRIES
        if host in path.read_bytes()
    )
    assert not naming


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_and_hashes_every_requirement(root: Path, lock: str) -> None:
    requirements = list(_requirements(root / lock))
    assert requirements
    for requirement in requirements:
        name, *hashes = requirement.split(" --hash=")
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", name.strip())
        assert hashes, f"{name} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", hash_.strip()) for hash_ in hashes)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_place(root: Path, lock: str) -> None:
    text = (root / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|^-|file:|(^|\s)/", text, re.MULTILINE)


def test_locks_agree(root: Path) -> None:
    site, dev = (set(_requirements(root / lock)) for lock in LOCKS)
    assert site < dev


def test_every_dependency_is_locked(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    locked = [{text.split("==")[0] for text in _requirements(root / lock)} for lock in LOCKS]
    site = {*project["project"]["dependencies"], *groups["build"], *project["build-system"]["requires"]}
    dev = {entry for entry in groups["dev"] if isinstance(entry, str)}
    assert {_name(entry) for entry in site} <= locked[0]
    assert {_name(entry) for entry in dev} <= locked[1]


def test_version_is_the_changelogs_newest(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    newest = re.search(r"^## (\d\S*)", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert newest[1] == project["version"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such bit")
def test_ci_can_run(root: Path) -> None:
    assert os.access(root / ".ci" / "run", os.X_OK)


def test_a_page_loads_only_what_it_needs() -> None:
    assert _loaded_by("generator.pages.writing.page") == {
        "generator",
        "generator.markup",
        "generator.markup.direction",
        "generator.pages",
        "generator.pages.writing",
        "generator.pages.writing.page",
    }


def test_plain_mkdocs_loads_no_making_of_pages() -> None:
    loaded = _loaded_by("generator.mkdocs.plugin")
    # Every `mkdocs build` pays for each of them before it reads a page.
    assert len(loaded) < 65
    making = re.compile(r"generator\.(edition|link|check|search|export|incremental|pages\.(?!writing)\w+)\b")
    assert not [module for module in loaded if making.match(module)]


def test_no_two_classes_share_a_name(root: Path) -> None:
    found: dict[str, list[str]] = {}
    for path in sorted((root / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(f"{path.relative_to(root)}:{node.lineno}")
    shared = {name: places for name, places in found.items() if len(places) > 1}
    assert shared == {}


def test_calls_with_many_arguments_name_them(root: Path) -> None:
    """Two texts that are exchanged in a long call pass every other check."""
    long = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in sorted((root / "generator").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        # These take any number of children, and of words of a command.
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) not in ("element", "git", "svg.link", "side.sections")
        if len(node.args) > 5
    ]
    assert not long


def _loaded_by(module: str) -> set[str]:
    """The modules of the generator that an import of one loads in a new process."""
    code = f"import sys, {module}; print(*(m for m in sys.modules if m.partition('.')[0] == 'generator'))"
    return set(
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True
        ).stdout.split()
    )


@pytest.mark.parametrize("room", ROOMS)
def test_names_are_of_the_fields_vocabulary(root: Path, room: str) -> None:
    words = PRIVATE | PRIVATE_IN_SITES if room in SITE_ROOMS else PRIVATE
    private = {
        f"{file.name}: {name}"
        for file in _modules(root, room)
        for name in _names_in(ast.parse(file.read_text("utf-8")))
        if not words.isdisjoint(word.lower() for word in _WORD.findall(name)) or name == "of()"
    }
    # The key of a lock that is in every dossier.
    assert private <= {"lock.py: told", "verification.py: told"}


@pytest.mark.parametrize("room", ROOMS)
def test_docstrings_and_comments_have_no_private_words(root: Path, room: str) -> None:
    private = [
        f"{file.name}:{token.start[0]}: {found[0]}"
        for file in _modules(root, room)
        for token in tokenize.generate_tokens(io.StringIO(file.read_text("utf-8")).readline)
        if token.type == tokenize.COMMENT or token.string.startswith('"""')
        for found in _PRIVATE_PROSE.finditer(token.string)
    ]
    assert not private


def test_test_names_are_short(root: Path) -> None:
    long = {
        f"{path.relative_to(root)}: {node.name}"
        for path in _files(root)
        if path.name.startswith("test_") and path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and len(node.name) >= 70
    }
    assert not long


def _modules(root: Path, room: str) -> list[Path]:
    """The modules of a room, which is a folder or a single module."""
    path = root / room
    found = [path] if path.is_file() else sorted(path.glob("*.py"))
    assert found, f"there is no {room}"
    return found


def _names_in(tree: ast.AST) -> Iterator[str]:
    """The names of a module; those of functions with brackets, of fields with what they are without."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name="of"):
                yield "of()"
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.alias(name=name, asname=other):
                yield f"{name}.{other or ''}"


def _files(root: Path) -> Iterator[Path]:
    """What is in version control, or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=True,
        cwd=root,
    ).stdout
    return filter(Path.is_file, (root / os.fsdecode(name) for name in listed.split(b"\0") if name))


def _requirements(lock: Path) -> Iterator[str]:
    """Each requirement of a lock on one line, without comments."""
    lines = (
        line for line in lock.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")
    )
    joined = re.sub(r"\s*\\\n\s*", " ", "\n".join(lines))
    return filter(None, map(str.strip, joined.splitlines()))


def _name(requirement: str) -> str:
    """A requirement's name, as a lock spells it."""
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def test_style_sheets_close_each_block_and_no_other(root: Path) -> None:
    """A browser skips what follows a brace too many, and says nothing."""
    sheets = sorted((root / "generator/theme").rglob("*.css"))
    assert sheets
    for path in sheets:
        depth = 0
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            depth += line.count("{") - line.count("}")
            assert depth >= 0, f"{path.name}:{number}"
            assert not line.startswith(("<<<<<<<", "=======", ">>>>>>>")), f"{path.name}:{number}"
        assert depth == 0, path.name
