"""Whether the fast build can make a dossier's site: it depends on MkDocs' version and on the configuration."""

from pathlib import Path

import mkdocs
from mkdocs.config.defaults import MkDocsConfig

from generator.mkdocs.plugin import needs_material

# The versions whose internals `context` uses.
_KNOWN = ("1.6.",)
_THEME = "dossier"
_PLUGIN = "dossier"
_IGNORED_PLUGINS = frozenset({_PLUGIN, "search", "material/search"})
# Those that MkDocs always turns on.
_EXTENSIONS = frozenset({"toc", "tables", "fenced_code"})


def fast_build_blocker(config: MkDocsConfig) -> str:
    """Why only MkDocs itself can build a site, in a few words; empty if the fast build can."""
    if not mkdocs.__version__.startswith(_KNOWN):
        return f"MkDocs {mkdocs.__version__} is not known"
    if config.theme.name != _THEME:
        return f"the theme is {config.theme.name!r}"
    # A hook is a plugin by the name of its file.
    unknown = [name for name in config.plugins if name not in _IGNORED_PLUGINS]
    if unknown:
        return f"it has the plugin {unknown[0]!r}"
    if needs_material(config):
        return "it turns on features of Material"
    if overridden := _overridden(config):
        return f"it has a template of its own, {overridden!r}"
    if config.extra_templates:
        return "it has extra_templates"
    return ""


def can_use_fast_parser(config: MkDocsConfig) -> bool:
    """Whether generated pages may be rendered by the faster parser: it knows none of the further extensions."""
    return _EXTENSIONS.issuperset(config.markdown_extensions) and not config.mdx_configs


def _overridden(config: MkDocsConfig) -> str:
    """A template of a dossier that replaces one of the theme's, or adds one; empty if there is none."""
    if not config.theme.custom_dir:
        return ""
    folder = Path(config.theme.custom_dir)
    found = sorted(path for path in folder.rglob("*") if path.suffix in (".html", ".xml"))
    return found[0].relative_to(folder).as_posix() if found else ""
