"""Refuses a configuration of an untrusted author that may run code or read files outside the dossier.

MkDocs loads what `mkdocs.yml` names: hooks, plugins, Markdown extensions, templates, Python objects by tags. So the file
is read as YAML, nothing that it names is loaded, and whatever is not on the lists below is refused. `dossier.yml` runs
nothing, but names folders that are read.
"""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import yaml

from generator.load.dossier import SEEDS, SETTINGS_FILE, read
from generator.load.inputs import allowed_places, leads_outside
from generator.mkdocs.settings import names, pairs
from generator.support.config_text import CONFIG
from generator.support.problems import Problem, SourcePosition, shown

_SETTINGS = frozenset(
    [
        *("site_name", "site_url", "site_description", "site_author", "copyright", "repo_url"),
        *("repo_name", "edit_uri", "docs_dir", "use_directory_urls", "nav", "exclude_docs"),
        *("not_in_nav", "draft_docs", "validation", "strict", "extra", "extra_css"),
        *("extra_javascript", "theme", "plugins", "markdown_extensions"),
    ]
)
_THEME, _THEME_SETTINGS = (
    "dossier",
    frozenset(["name", "language", "features", "palette", "icon", "logo", "favicon", "font"]),
)
_PLUGINS = frozenset({"dossier", "search"})
# Markdown extensions that neither read files nor take functions as options.
_EXTENSIONS = frozenset(
    [
        *("abbr", "admonition", "attr_list", "def_list", "extra", "fenced_code", "footnotes"),
        *("md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc"),
        *("pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details"),
        *("pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink"),
        *("pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed"),
        *("pymdownx.tasklist", "pymdownx.tilde"),
    ]
)
_OWN_EXTENSIONS = "markdown.extensions."
# Variables of the environment with public addresses; any other may be secret.
_VARIABLES = frozenset({"SITE_URL", "REPO_URL"})
_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ["str", "int", "float", "bool", "null", "seq", "map", "timestamp"]
)
_ENV = "!ENV"
# Fields of dossier.yml that name folders.
_FOLDERS = ("originals", "linked_folders")
_HINT = "build it without --untrusted if you have read it and trust who wrote it"
_FOLDER_HINT = f"name a folder inside the dossier, or {_HINT}"


def untrusted(root: Path) -> tuple[Problem, ...]:
    """Settings of a dossier that may run code, or read files outside the dossier."""
    return (*_of_config(root), *_of_settings(root))


def _of_config(root: Path) -> tuple[Problem, ...]:
    path = root / CONFIG
    if not path.is_file():
        return ()
    try:
        # As bytes, as MkDocs does: the YAML reader detects the encoding.
        document = yaml.compose(path.read_bytes(), Loader=yaml.SafeLoader)
        return tuple(_all(document, root)) if document else ()
    except OSError as error:
        where, message, hint = (
            SourcePosition(CONFIG),
            f"cannot be read: {error.strerror or error}",
            "see to its permissions",
        )
    except yaml.YAMLError as error:
        mark, reason = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        where = SourcePosition(CONFIG, mark.line + 1, mark.column + 1) if mark else SourcePosition(CONFIG)
        message, hint = f"cannot be read: {str(reason or error).removeprefix('but ')}", "correct the YAML"
    except RecursionError:
        where, message, hint = SourcePosition(CONFIG), "nested too deep", "write the values flat"
    return (Problem(where, "untrusted-config", message, "", hint),)


def _of_settings(root: Path) -> Iterator[Problem]:
    """Folders outside the dossier that `dossier.yml` names: by `..`, an absolute path, or a link.

    One that does not exist, as is usual in CI, is no problem.
    """
    name = f"{SEEDS}/{SETTINGS_FILE}"
    file = read(root, name, "settings", None)
    # A dossier whose settings have errors is not built.
    if not file.settings or not file.source:
        return
    for field in _FOLDERS:
        for number, folder in enumerate(getattr(file.settings, field)):
            if _is_outside(root, folder) and (root / folder).exists():
                where = file.source.at((field, number))
                message = f"{field} names {shown(folder)}, which is outside the dossier"
                yield Problem(where, "untrusted-config", message, folder, _FOLDER_HINT)


def _is_outside(root: Path, folder: str) -> bool:
    return leads_outside(os.path.realpath(root / folder), allowed_places(root, ()))


def _all(document: yaml.Node, root: Path) -> Iterator[Problem]:
    yield from _tags(document)
    for key, value in pairs(document):
        if key.value not in _SETTINGS:
            yield _problem(key, f"{shown(str(key.value))} may run code or read other files")
        elif key.value == "theme":
            yield from _theme(value)
        elif key.value == "plugins":
            yield from _names(value, "plugin", _PLUGINS)
        elif key.value == "markdown_extensions":
            yield from _names(value, "Markdown extension", _EXTENSIONS)
        elif key.value == "docs_dir":
            yield from _folder(value, root)


def _tags(document: yaml.Node) -> Iterator[Problem]:
    """Tags, which make objects from values, and merged mappings, which hide keys from `_all`."""
    queue, seen = [document], set[int]()
    while queue:
        node = queue.pop()
        # An alias is the same node again.
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.tag == _ENV:
            yield from _variables(node)
        elif node.tag not in _TAGS:
            yield _problem(node, f"the tag or key {shown(node.tag)} is not taken")
        if isinstance(node, yaml.MappingNode):
            queue += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            queue += node.value


def _variables(node: yaml.Node) -> Iterator[Problem]:
    """The variables of the environment that a value takes; the last of several items is the default."""
    parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for name in parts[:-1] or parts:
        if not isinstance(name, yaml.ScalarNode) or name.value not in _VARIABLES:
            yield _problem(
                node, f"reads a variable of the environment other than {', '.join(sorted(_VARIABLES))}"
            )


def _theme(value: yaml.Node) -> Iterator[Problem]:
    if isinstance(value, yaml.ScalarNode):
        if value.value != _THEME:
            yield _problem(value, f"a theme other than {_THEME!r}")
        return
    theme = {key.value: name.value for key, name in pairs(value)}
    if theme.get("name") != _THEME:
        yield _problem(value, f"a theme other than {_THEME!r}")
    for key, _ in pairs(value):
        if key.value not in _THEME_SETTINGS:
            yield _problem(key, f"{shown(str(key.value))} of the theme may run code or read other files")


def _names(value: yaml.Node, what: str, known: frozenset[str]) -> Iterator[Problem]:
    for name in names(value):
        plain = str(name.value).removeprefix(_OWN_EXTENSIONS)
        if not isinstance(name, yaml.ScalarNode) or plain not in known:
            yield _problem(
                name, f"the {what} {shown(plain)} is not on the list of those that run nothing else"
            )


def _folder(value: yaml.Node, root: Path) -> Iterator[Problem]:
    path = str(value.value).replace("\\", "/")
    if (
        not isinstance(value, yaml.ScalarNode)
        or path.startswith(("/", "~"))
        or ":" in path
        or ".." in PurePosixPath(path).parts
        or _is_outside(root, path)
    ):
        yield _problem(value, "docs_dir leads out of the dossier")


def _problem(node: yaml.Node, message: str) -> Problem:
    where = SourcePosition(CONFIG, node.start_mark.line + 1, node.start_mark.column + 1)
    value = node.value if isinstance(node, yaml.ScalarNode) else ""
    return Problem(where, "untrusted-config", message, value, _HINT)
