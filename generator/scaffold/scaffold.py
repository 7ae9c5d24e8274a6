"""A new dossier: the folders and files of a small complete example, to be replaced by the curator."""

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

# Placeholders in the scaffold's files, for the title and the origin of the generator.
_TITLE, _ADDRESS, _COMMIT = "@TITLE@", "@REPOSITORY@", "@COMMIT@"
# Packaging and version control act on files with these names, so in the scaffold they lack the dot.
_DOTTED = frozenset({"gitignore", "github"})
# A folder that contains only this, a new repository, counts as empty.
_REPOSITORY = ".git"


def make_dossier(folder: Path, title: str | None = None, generator: Origin | None = None) -> list[Problem]:
    """Makes a dossier in a folder that is empty or does not exist yet, whole or not at all.

    Without a title, the name of the folder is used. Without the origin of the generator, the workflow of the dossier
    says what to fill in. Returns the problems that prevented it.
    """
    name = " ".join((_title_of(folder) if title is None else title).split())
    problems = [*_unfit_title(folder, name), *_unfit_folder(folder)]
    if problems:
        return problems
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _fill(folder, name, generator)
    except OSError as error:
        if is_new and folder.is_dir():
            folder.rmdir()
        return [
            _problem(
                folder, f"the folder cannot be written: {error.strerror or error}", "choose another folder"
            )
        ]
    return []


def _fill(folder: Path, title: str, generator: Origin | None) -> None:
    # Inside the folder, not beside it: it may be a working directory, or the only place that can be written.
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as staging:
        for path, text in _files(files("generator.scaffold") / "new", PurePosixPath()):
            target = Path(staging, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_filled(path, text, title, generator), encoding="utf-8", newline="\n")
        names = sorted(made.name for made in Path(staging).iterdir())
        try:
            for name in names:
                Path(staging, name).rename(folder / name)
        except OSError:
            for name in names:
                if (folder / name).exists():
                    (folder / name).rename(Path(staging, name))
            raise


def _files(folder: Traversable, path: PurePosixPath) -> Iterator[tuple[PurePosixPath, str]]:
    """The files of the scaffold, with their paths in a dossier."""
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
    # A JSON string is valid YAML, except for a byte order mark, which YAML allows only at the beginning.
    quoted = json.dumps(title, ensure_ascii=False).replace("\ufeff", "\\ufeff")
    return text.replace(_TITLE, str(markdown.text(title)) if path.suffix == ".md" else quoted)


def _title_of(folder: Path) -> str:
    """A title from the name of a folder: `water-rights_2024` gives *Water rights 2024*."""
    words = " ".join(re.split(r"[-_\s]+", folder.resolve().name)).strip()
    words = words[:1].upper() + words[1:]
    return "Dossier" if not words or list(_unfit_title(folder, words)) else words


def _unfit_title(folder: Path, title: str) -> Iterator[Problem]:
    if not title:
        yield _problem(folder, "the title is empty", "leave --title out for the folder's name")
    elif len(title) > MAX_TEXT:
        yield _problem(folder, f"the title is longer than {MAX_TEXT} characters", "choose another --title")
    elif control := control_in(title) or _surrogate_in(title):
        yield _problem(folder, f"the title {shown(title)} contains {control}", "choose another --title")


def _surrogate_in(text: str) -> str:
    """The first lone surrogate of a text: the command line has one for each byte that is not in its encoding."""
    found = re.search("[\ud800-\udfff]", text)
    return f"U+{ord(found[0]):04X}" if found else ""


def _unfit_folder(folder: Path) -> Iterator[Problem]:
    try:
        if folder.is_symlink() and not folder.exists():
            yield _problem(folder, "this is a link that leads nowhere", "choose another folder")
        elif folder.exists() and not folder.is_dir():
            yield _problem(folder, "this is a file, not a folder", "choose another folder")
        elif folder.is_dir() and (names := sorted(p.name for p in folder.iterdir() if p.name != _REPOSITORY)):
            yield _problem(
                folder, f"the folder is not empty: it has {shown(names[0])}", "choose an empty folder"
            )
    except OSError as error:
        yield _problem(
            folder, f"the folder cannot be read: {error.strerror or error}", "choose another folder"
        )


def _problem(folder: Path, message: str, hint: str) -> Problem:
    return Problem(SourcePosition(str(folder)), "init-folder", message, str(folder), hint)
