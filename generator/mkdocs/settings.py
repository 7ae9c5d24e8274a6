"""Settings of `mkdocs.yml` that are needed before the site is built, read without MkDocs.

MkDocs takes long to load, and runs what the file names, such as hooks. So it reads the file only if a setting is not
plain text: built with a YAML tag, or merged from another mapping.
"""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.load.inputs import allowed_places, unfit_file
from generator.mkdocs import INDEXERS
from generator.support.config_text import CONFIG, ConfigText
from generator.support.files import read_file
from generator.support.problems import Problem, Refused, Severity, SourcePosition

if TYPE_CHECKING:
    import yaml
    from pathspec.gitignore import GitIgnoreSpec

_DEFAULT = "docs"
# The key of an inherited configuration, the key of a merged mapping, and the tag of a text.
_PARENT, _MERGED, _TEXT = "INHERIT", "<<", "tag:yaml.org,2002:str"
_MOST_PARENTS = 20


class SiteError(Refused):
    """The site could not be built."""


def config_text(root: Path) -> ConfigText:
    """The text of a dossier's configuration; empty if it has none.

    Raises:
        SiteError: if it is no file, or lies outside the dossier.
    """
    if problem := unfit_file(root / CONFIG, CONFIG, allowed_places(root, ())):
        raise SiteError([problem])
    return ConfigText.read(root)


def docs_folder(root: Path, title: str) -> Path:
    """The folder of the Markdown tree, created if necessary.

    Raises:
        SiteError: if the configuration names it and cannot be used.
    """
    text = config_text(root)
    if text.may_set("docs_dir"):
        return _named(root, title, text)
    folder = root / _DEFAULT
    # Without hand-written pages there is none in version control.
    folder.mkdir(exist_ok=True)
    return folder.absolute() if text else folder


def is_excluded(root: Path, path: str) -> bool:
    """Whether the configuration leaves a file of the Markdown's folder out of the site.

    Raises:
        SiteError: if it sets `exclude_docs` and cannot be used.
    """
    text = config_text(root)
    excluded = _excluded(root, text) if text.may_set("exclude_docs") else None
    return bool(excluded and excluded.match_file(path))


@lru_cache(maxsize=8)
def _excluded(root: Path, text: str) -> "GitIgnoreSpec | None":
    """The files that a configuration with a certain text leaves out."""
    found = _plain(root / CONFIG, "exclude_docs")
    if found is None:
        from generator.mkdocs.config import read_config

        return read_config(root, "").exclude_docs
    from pathspec.gitignore import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(found.splitlines())


@lru_cache(maxsize=8)
def _named(root: Path, title: str, text: str) -> Path:
    """The folder that a configuration with a certain text names."""
    found = _plain(root / CONFIG, "docs_dir")
    folder = Path(os.path.normpath((root / (found or _DEFAULT)).absolute()))
    if found is not None and folder.is_dir():
        return folder
    from generator.mkdocs.config import read_config

    return Path(read_config(root, title).docs_dir)


def _plain(path: Path, name: str, depth: int = 0) -> str | None:
    """A setting of a configuration or of one that it inherits from.

    None if it is no plain text; empty if it is not given.
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


def superfluous_plugins(root: Path) -> Iterator[Problem]:
    """Warns of each plugin in a configuration that is left out, since the generator makes the search."""
    import yaml

    path = root / CONFIG
    # MkDocs has read the file, so it is valid YAML; its tags need no meaning here.
    document = yaml.compose(read_file(path).decode("utf-8-sig")) if path.is_file() else None
    for node in (name for key, value in pairs(document) if key.value == "plugins" for name in names(value)):
        if node.value in INDEXERS:
            yield Problem(
                where=SourcePosition(CONFIG, node.start_mark.line + 1, node.start_mark.column + 1),
                rule="mkdocs-config",
                message=f"the plugin {node.value!r} is left out: the generator makes a search of its own",
                value=node.value,
                hint="delete it from plugins",
                severity=Severity.WARNING,
            )


def pairs(node: "yaml.Node | None") -> "list[tuple[yaml.Node, yaml.Node]]":
    """The keys and values of a YAML mapping; none of anything else."""
    import yaml

    return node.value if isinstance(node, yaml.MappingNode) else []


def names(node: "yaml.Node") -> "Iterator[yaml.Node]":
    """The names of plugins or extensions: in a list, each alone or with options, or in a mapping."""
    import yaml

    for entry in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if isinstance(entry, yaml.MappingNode):
            yield from (key for key, _ in entry.value)
        elif entry.value:
            yield entry
