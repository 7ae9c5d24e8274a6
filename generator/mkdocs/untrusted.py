"""Whether a configuration that somebody else wrote runs no code and reads no file outside the dossier.

MkDocs loads what `mkdocs.yml` names: hooks, plugins, Markdown extensions, templates, Python objects by tags. So it is
read as YAML here, nothing of it is loaded, and what is not on these lists is refused, known or not. `dossier.yml` runs
nothing, but names folders that are read.
"""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import yaml

from generator.load.dossier import SEEDS, SETTINGS_FILE, read
from generator.load.inputs import allowed_places, leads_outside
from generator.mkdocs.settings import CONFIG
from generator.support.problems import Problem, SourcePosition, shown

_SETTINGS = frozenset(
    [
        "site_name",
        "site_url",
        "site_description",
        "site_author",
        "copyright",
        "repo_url",
        "repo_name",
        "edit_uri",
        "docs_dir",
        "use_directory_urls",
        "nav",
        "exclude_docs",
        "not_in_nav",
        "draft_docs",
        "validation",
        "strict",
        "extra",
        "extra_css",
        "extra_javascript",
        "theme",
        "plugins",
        "markdown_extensions",
    ]
)
_THEME, _THEME_SETTINGS = (
    "dossier",
    frozenset(["name", "language", "features", "palette", "icon", "logo", "favicon", "font"]),
)
_PLUGINS = frozenset({"dossier", "search"})
# Those that neither read files nor take functions as options.
_EXTENSIONS = frozenset(
    [
        "abbr",
        "admonition",
        "attr_list",
        "def_list",
        "extra",
        "fenced_code",
        "footnotes",
        "md_in_html",
        "meta",
        "nl2br",
        "sane_lists",
        "smarty",
        "tables",
        "toc",
        "pymdownx.betterem",
        "pymdownx.caret",
        "pymdownx.critic",
        "pymdownx.details",
        "pymdownx.highlight",
        "pymdownx.inlinehilite",
        "pymdownx.keys",
        "pymdownx.magiclink",
        "pymdownx.mark",
        "pymdownx.smartsymbols",
        "pymdownx.superfences",
        "pymdownx.tabbed",
        "pymdownx.tasklist",
        "pymdownx.tilde",
    ]
)
_OWN_EXTENSIONS = "markdown.extensions."
# What a site says of its address; any other variable may hold what is nobody's business.
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
    """What in a dossier's configuration may run code, or read what is not the dossier's."""
    return (*_of_config(root), *_of_settings(root))


def _of_config(root: Path) -> tuple[Problem, ...]:
    path = root / CONFIG
    if not path.is_file():
        return ()
    try:
        # As bytes, as MkDocs reads it: the encoding is YAML's to find out.
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
    """The folders that `dossier.yml` names outside the dossier, by any way: `..`, an absolute path, a link.

    Where there is none, as often in CI, nothing could be read.
    """
    name = f"{SEEDS}/{SETTINGS_FILE}"
    file = read(root, name, "settings", None)
    # Settings with errors allow nothing, and nothing is built of them.
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
    for key, value in _pairs(document):
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
    """Tags make objects of values, and merged mappings hide keys from a search for them."""
    waiting, seen = [document], set[int]()
    while waiting:
        node = waiting.pop()
        # An alias is the same node again.
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.tag == _ENV:
            yield from _variables(node)
        elif node.tag not in _TAGS:
            yield _problem(node, f"the tag or key {shown(node.tag)} is not taken")
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _variables(node: yaml.Node) -> Iterator[Problem]:
    """The variables that a value asks for; the last of several may be what holds where none is there."""
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
    names = {key.value: name.value for key, name in _pairs(value)}
    if names.get("name") != _THEME:
        yield _problem(value, f"a theme other than {_THEME!r}")
    for key, _ in _pairs(value):
        if key.value not in _THEME_SETTINGS:
            yield _problem(key, f"{shown(str(key.value))} of the theme may run code or read other files")


def _names(value: yaml.Node, what: str, known: frozenset[str]) -> Iterator[Problem]:
    """What is named in a list, alone or each with its options, or in a mapping."""
    for entry in value.value if isinstance(value, yaml.SequenceNode) else [value]:
        if isinstance(entry, yaml.MappingNode):
            named = [key for key, _ in entry.value]
        else:
            named = [entry] if entry.value else []
        for name in named:
            plain = str(name.value).removeprefix(_OWN_EXTENSIONS)
            if not isinstance(name, yaml.ScalarNode) or plain not in known:
                yield _problem(
                    name, f"the {what} {shown(plain)} is not on the list of those that run nothing else"
                )


def _folder(value: yaml.Node, root: Path) -> Iterator[Problem]:
    told = str(value.value).replace("\\", "/")
    if (
        not isinstance(value, yaml.ScalarNode)
        or told.startswith(("/", "~"))
        or ":" in told
        or ".." in PurePosixPath(told).parts
        or _is_outside(root, told)
    ):
        yield _problem(value, "docs_dir leads out of the dossier")


def _pairs(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _problem(node: yaml.Node, message: str) -> Problem:
    where = SourcePosition(CONFIG, node.start_mark.line + 1, node.start_mark.column + 1)
    value = node.value if isinstance(node, yaml.ScalarNode) else ""
    return Problem(where, "untrusted-config", message, value, _HINT)
