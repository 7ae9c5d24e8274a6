"""Problems of files in the seeds folder that are not read, with what each was probably meant to be."""

from pathlib import PurePosixPath

from generator.model.kinds import YAML_KINDS, Kind
from generator.support.problems import Problem, Severity, SourcePosition, nearest, shown

YAML = (".yml", ".yaml")
ARTICLE = (".md", ".txt")
_ARTICLES = Kind.ARTICLE.section
_SECTIONS = [kind.section for kind in YAML_KINDS]
_STORY = Kind.STORY.section
# Kinds whose records may be in several files of a folder.
_FOLDERS = [section for section in _SECTIONS if section != _STORY]
_READ = ", ".join([*_SECTIONS, "dossier"])
# Files for people, which may be in any folder.
_FOR_PEOPLE = ("readme", "license", "licence")


def unread_entry(path: str, *, is_folder: bool) -> Problem | None:
    """The problem of a file or folder directly in the seeds folder that is not read.

    A YAML file or a folder is an error, since records may be missing without it; another file is a warning.
    """
    pure = PurePosixPath(path)
    name, stem, suffix = pure.name, pure.stem, pure.suffix.lower()
    if is_folder:
        meant = nearest(name.casefold(), [*_SECTIONS, _ARTICLES])
        hint = f"did you mean {meant!r}?" if meant else f"known are {', '.join([*_FOLDERS, _ARTICLES])}"
        if meant == _STORY:
            hint = f"write the story in one file, '{_STORY}.yml'"
        return _problem(path, f"unknown seeds {shown(name)}", hint, severity=Severity.ERROR)
    if not suffix and name == _ARTICLES:
        message = f"{shown(name)} is a file, not a folder"
        return _problem(path, message, f"articles lie in a folder {_ARTICLES!r}", severity=Severity.ERROR)
    meant = nearest(stem.casefold(), [*_SECTIONS, "dossier"])
    if suffix in YAML:
        hint = f"did you mean '{meant}.yml'?" if meant else f"known are {_READ}, each with the ending .yml"
        if nearest(stem.casefold(), [_ARTICLES]):
            hint = f"an article is a file in the folder {_ARTICLES!r} that ends in .md or .txt"
        return _problem(path, f"unknown seeds {shown(name)}", hint, severity=Severity.ERROR)
    if stem.casefold() in _FOR_PEOPLE:
        return None
    if meant:
        hint = f"did you mean '{meant}.yml'? Records are written in YAML"
    elif suffix in ARTICLE:
        hint = f"articles lie in the folder {_ARTICLES!r}: move it there, or out of the seeds"
    else:
        hint = "move it out of the seeds"
    return _problem(path, f"nothing reads {shown(name)}", hint, severity=Severity.WARNING)


def unread_in_section(path: str) -> Problem | None:
    """The problem of a file in a folder of records that is no YAML."""
    if PurePosixPath(path).stem.casefold() in _FOR_PEOPLE:
        return None
    hint = "records are written in YAML, in files that end in .yml"
    return _problem(path, f"nothing reads {shown(PurePosixPath(path).name)}", hint, severity=Severity.WARNING)


def empty_section(path: str) -> Problem:
    """The problem of a folder of records in which no file is read."""
    hint = "records are written in YAML, in files that end in .yml; delete the folder if there are none"
    return _problem(path, f"the folder {shown(path)} holds no records", hint, severity=Severity.WARNING)


def _problem(path: str, message: str, hint: str, severity: Severity) -> Problem:
    where = SourcePosition(f"seeds/{path}")
    return Problem(where, "unknown-file", message, PurePosixPath(path).name, hint, severity=severity)
