"""A new dossier: the folders and files of a small one that is whole, to be written over."""

import json
import re
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from generator.load.text import control_in
from generator.markup import markdown
from generator.model.fields import MAX_TEXT
from generator.scaffold.origin import Origin
from generator.support.problems import Problem, SourcePosition, shown

# Placeholders in the scaffold's files, of the title and of where the generator comes from.
_TITLE, _ADDRESS, _COMMIT = "@TITLE@", "@REPOSITORY@", "@COMMIT@"
# Packaging and version control have their own use for files of these names, so the scaffold's lack the dot.
_DOTTED = frozenset({"gitignore", "github"})
# What a folder may hold and count as empty: a repository without files.
_REPOSITORY = ".git"


def make_dossier(folder: Path, title: str | None = None, generator: Origin | None = None) -> list[Problem]:
    """Makes a dossier in a folder that is empty or not there yet, whole or not at all.

    The title is the folder's name if none is given. Without the generator's origin, its workflow says what to fill in.
    Returns what was in the way.
    """
    name = " ".join((_title_of(folder) if title is None else title).split())
    problems = [*_unfit_title(folder, name), *_in_the_way(folder)]
    if problems:
        return problems
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _fill(folder, name, generator)
    except OSError as error:
        if is_new and folder.is_dir():
            folder.rmdir()
        return [_problem(folder, f"cannot be written: {error.strerror or error}", "choose another folder")]
    return []


def _fill(folder: Path, title: str, generator: Origin | None) -> None:
    # Beside their places and not beside the folder: somebody may stand in it, or may write nowhere else.
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as room:
        for path, text in _files(files("generator.scaffold") / "new", PurePosixPath()):
            target = Path(room, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_filled(path, text, title, generator), encoding="utf-8", newline="\n")
        names = sorted(made.name for made in Path(room).iterdir())
        try:
            for name in names:
                Path(room, name).rename(folder / name)
        except OSError:
            for name in names:
                if (folder / name).exists():
                    (folder / name).rename(Path(room, name))
            raise


def _files(folder: Traversable, path: PurePosixPath) -> Iterator[tuple[PurePosixPath, str]]:
    """The scaffold's files, by their paths in a dossier."""
    for found in sorted(folder.iterdir(), key=lambda entry: entry.name):
        inner = path / (f".{found.name}" if found.name in _DOTTED else found.name)
        if found.is_dir():
            yield from _files(found, inner)
        else:
            yield inner, found.read_text("utf-8")


def _filled(path: PurePosixPath, text: str, title: str, generator: Origin | None) -> str:
    known = generator or (
        Origin("https://HOST/REPOSITORY", "COMMIT") if path.suffix == ".md" else Origin("", "")
    )
    text = text.replace(_ADDRESS, known.repository).replace(_COMMIT, known.commit)
    # A text of JSON is one of YAML too, but for the byte order mark, which YAML allows at the beginning only.
    quoted = json.dumps(title, ensure_ascii=False).replace("\ufeff", "\\ufeff")
    return text.replace(_TITLE, str(markdown.text(title)) if path.suffix == ".md" else quoted)


def _title_of(folder: Path) -> str:
    """The name of a folder as a title: `water-rights_2024` is Water rights 2024."""
    words = " ".join(re.split(r"[-_\s]+", folder.resolve().name)).strip()
    words = words[:1].upper() + words[1:]
    return "Dossier" if not words or list(_unfit_title(folder, words)) else words


def _unfit_title(folder: Path, title: str) -> Iterator[Problem]:
    if not title:
        yield _problem(folder, "the title is empty", "leave --title out for the folder's name")
    elif len(title) > MAX_TEXT:
        yield _problem(folder, f"the title is longer than {MAX_TEXT} characters", "choose another --title")
    elif control := control_in(title) or _surrogate_in(title):
        yield _problem(
            folder, f"the title {shown(title)} holds {control}, which is no text", "choose another --title"
        )


def _surrogate_in(text: str) -> str:
    """The first half of a character, as the command line passes on what is not in its encoding."""
    found = re.search("[\ud800-\udfff]", text)
    return f"U+{ord(found[0]):04X}" if found else ""


def _in_the_way(folder: Path) -> Iterator[Problem]:
    try:
        if folder.is_symlink() and not folder.exists():
            yield _problem(folder, "leads nowhere", "choose another folder")
        elif folder.exists() and not folder.is_dir():
            yield _problem(folder, "is a file", "choose another folder")
        elif folder.is_dir() and (held := sorted(p.name for p in folder.iterdir() if p.name != _REPOSITORY)):
            yield _problem(folder, f"holds files already, such as {shown(held[0])}", "choose an empty folder")
    except OSError as error:
        yield _problem(folder, f"cannot be read: {error.strerror or error}", "choose another folder")


def _problem(folder: Path, message: str, hint: str) -> Problem:
    return Problem(SourcePosition(str(folder)), "init-folder", message, str(folder), hint)
