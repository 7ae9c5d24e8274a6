"""What is known of a dossier's site without MkDocs, which takes long to load: a change is found and written before."""

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.load.inputs import allowed_places, unfit_file
from generator.support.files import read_file
from generator.support.problems import Refused

if TYPE_CHECKING:
    from pathspec.gitignore import GitIgnoreSpec

CONFIG = "mkdocs.yml"
# What may name the folder of the Markdown in a configuration; without it, it is the usual one.
_NAMED = re.compile(r"docs_dir|INHERIT")
# What may leave files of that folder out of the site.
_EXCLUDING = re.compile(r"exclude_docs|INHERIT")
_USUAL = "docs"
# In YAML: what a configuration inherits from, a mapping that is merged into another, and the tag of a text.
_PARENT, _MERGED, _TEXT = "INHERIT", "<<", "tag:yaml.org,2002:str"
_MOST_PARENTS = 20


class SiteError(Refused):
    """The site could not be built."""


def config_text(root: Path) -> str | None:
    """The text of a dossier's configuration; nothing where it has none.

    Raises:
        SiteError: if it cannot be read, or lies outside the dossier.
    """
    path = root / CONFIG
    if problem := unfit_file(path, CONFIG, allowed_places(root, ())):
        raise SiteError([problem])
    return read_file(path).decode("utf-8", errors="replace") if path.exists() else None


def docs_folder(root: Path, title: str) -> Path:
    """The folder of the Markdown tree, made where it is not there yet.

    Raises:
        SiteError: if the configuration names it and cannot be used.
    """
    usual = root / _USUAL
    text = config_text(root)
    if text is None:
        usual.mkdir(exist_ok=True)
        return usual
    if _NAMED.search(text):
        return _named(root, title, text)
    # Without hand-written pages there is none in version control.
    usual.mkdir(exist_ok=True)
    return usual.absolute()


def is_excluded(root: Path, path: str) -> bool:
    """Whether the configuration leaves a file of the Markdown's folder out of the site.

    Raises:
        SiteError: if it says something about that and cannot be used.
    """
    text = config_text(root) or ""
    if not _EXCLUDING.search(text):
        return False
    excluded = _excluded(root, text)
    return bool(excluded and excluded.match_file(path))


@lru_cache(maxsize=8)
def _excluded(root: Path, text: str) -> "GitIgnoreSpec | None":
    """The files that a configuration leaves out, as long as its text is the same."""
    found = _plain(root / CONFIG, "exclude_docs")
    if found is None:
        from generator.mkdocs.config import read_config

        return read_config(root, "").exclude_docs
    from pathspec.gitignore import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(found.splitlines())


@lru_cache(maxsize=8)
def _named(root: Path, title: str, text: str) -> Path:
    """The folder that a configuration names, as long as its text is the same."""
    found = _plain(root / CONFIG, "docs_dir")
    folder = Path(os.path.normpath((root / (found or _USUAL)).absolute()))
    if found is not None and folder.is_dir():
        return folder
    from generator.mkdocs.config import read_config

    return Path(read_config(root, title).docs_dir)


def _plain(path: Path, name: str, depth: int = 0) -> str | None:
    """A setting of a configuration or of one that it inherits from, read as YAML: MkDocs would run its hooks to tell.

    None where it is no plain text; empty where nobody gives it.
    """
    import yaml

    try:
        document = yaml.compose(path.read_bytes(), Loader=yaml.SafeLoader)
    except (OSError, yaml.YAMLError, RecursionError):
        return None
    pairs = document.value if isinstance(document, yaml.MappingNode) else []
    values = {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode)}
    for key in (name, _PARENT):
        value = values.get(key)
        if value is not None:
            if not isinstance(value, yaml.ScalarNode) or value.tag != _TEXT or depth > _MOST_PARENTS:
                return None
            return value.value if key == name else _plain(path.parent / value.value, name, depth + 1)
    return None if _MERGED in values else ""
