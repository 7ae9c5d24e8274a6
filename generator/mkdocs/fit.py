"""Whether a dossier's site can be built the fast way: by what its MkDocs is, and what its configuration asks for."""

from pathlib import Path

import mkdocs
from mkdocs.config.defaults import MkDocsConfig

from generator.mkdocs.plugin import needs_material

# The versions whose insides `frame` knows.
_KNOWN = ("1.6.",)
_THEME = "dossier"
_PLUGIN = "dossier"
_IGNORED_PLUGINS = frozenset({_PLUGIN, "search", "material/search"})
# What MkDocs always turns on.
_EXTENSIONS = frozenset({"toc", "tables", "fenced_code"})


def fast_build_blocker(config: MkDocsConfig) -> str:
    """Why only MkDocs itself can build a site, in a few words; empty where nothing hinders the fast way."""
    if not mkdocs.__version__.startswith(_KNOWN):
        return f"MkDocs {mkdocs.__version__} is not known"
    if config.theme.name != _THEME:
        return f"the theme is {config.theme.name!r}"
    # A hook is a plugin by the name of its file.
    strange = [name for name in config.plugins if name not in _IGNORED_PLUGINS]
    if strange:
        return f"it has the plugin {strange[0]!r}"
    if needs_material(config):
        return "it turns on features of Material"
    if overridden := _overridden(config):
        return f"it has a template of its own, {overridden!r}"
    if config.extra_templates:
        return "it has extra_templates"
    return ""


def reads_alike(config: MkDocsConfig) -> bool:
    """Whether generated pages may be rendered by our parser: with other extensions they might read otherwise."""
    return _EXTENSIONS.issuperset(config.markdown_extensions) and not config.mdx_configs


def _overridden(config: MkDocsConfig) -> str:
    """A template that a dossier puts in place of the theme's, or beside it."""
    if not config.theme.custom_dir:
        return ""
    folder = Path(config.theme.custom_dir)
    found = sorted(path for path in folder.rglob("*") if path.suffix in (".html", ".xml"))
    return found[0].relative_to(folder).as_posix() if found else ""
