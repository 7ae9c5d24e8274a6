"""What MkDocs is told at each build, ours or its own: the language of the interface, and its words."""

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from generator.load import read_settings
from generator.words import DEFAULT, Words

# Material's own catalogue of a language, below the folders of the theme.
_MATERIAL = "partials/languages/{}.html"


class DossierPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Gives templates `w`, the interface's words in the dossier's language."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path).parent if config.config_file_path else Path()
        self._words = Words.of(read_settings(root).language)
        language = self._words.language
        has_it = any(Path(folder, _MATERIAL.format(language)).is_file() for folder in config.theme.dirs)
        config.theme["language"] = language if has_it else DEFAULT
        return config

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        env.globals["w"] = self._words
        return env


def with_plugin(config: MkDocsConfig) -> MkDocsConfig:
    """A configuration that has the plugin, be it that its file does not name it."""
    if "dossier" not in config.plugins:
        plugin = DossierPlugin()
        plugin.load_config({})
        config.plugins["dossier"] = plugin
    return config
