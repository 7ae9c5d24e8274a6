"""What MkDocs is told at each build, ours or its own: the language of the interface, and its words."""

import json
from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from generator.load import read_settings
from generator.site.files import write_whole
from generator.words import DEFAULT, Words

# Material's own catalogue of a language, below the folders of the theme.
_MATERIAL = "partials/languages/{}.html"
# The words of the search, for its scripts; below the site.
_SEARCH_WORDS = "search/words.json"
# The plugins that build an index of Material's or MkDocs' own, which the theme has no use for.
_INDEXERS = ("search", "material/search")


class DossierPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Gives templates `w`, the interface's words in the dossier's language."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path).parent if config.config_file_path else Path()
        self._words = Words.of(read_settings(root).language)
        language = self._words.language
        has_it = any(Path(folder, _MATERIAL.format(language)).is_file() for folder in config.theme.dirs)
        config.theme["language"] = language if has_it else DEFAULT
        _drop_indexers(config)
        return config

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        env.globals["w"] = self._words
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        told = {
            "locale": str(self._words.locale).replace("_", "-"),
            "kinds": self._words.below("kinds"),
            "sections": self._words.below("sections"),
            **self._words.below("search"),
        }
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        write_whole(Path(config.site_dir, _SEARCH_WORDS), text.encode())


def with_plugin(config: MkDocsConfig) -> MkDocsConfig:
    """A configuration that has the plugin, be it that its file does not name it."""
    if "dossier" not in config.plugins:
        plugin = DossierPlugin()
        plugin.load_config({})
        config.plugins["dossier"] = plugin
    return config


def indexers(names: Iterable[str]) -> list[str]:
    """Which of some plugins build an index that this theme does not read."""
    return [name for name in names if name in _INDEXERS]


def _drop_indexers(config: MkDocsConfig) -> None:
    """Takes the plugins out that would build an index that nobody reads."""
    for name in indexers(config.plugins):
        plugin = config.plugins.pop(name)
        for event, methods in config.plugins.events.items():
            # The list of this very event is being gone through.
            if event != "config":
                methods[:] = [method for method in methods if getattr(method, "__self__", None) is not plugin]
