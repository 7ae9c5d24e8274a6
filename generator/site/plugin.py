"""What MkDocs is told at each build, ours or its own: the language of the interface, and its words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from generator.load import read_settings
from generator.words import DEFAULT, Words

# Material's own catalogue of a language, below the folders of the theme.
_MATERIAL = "partials/languages/{}.html"


class DossierPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Gives templates `w`, the interface's words in the dossier's language.

    A title in the navigation, or a name of the palette's, that is a key of the catalogue stands for its words.
    """

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path).parent if config.config_file_path else Path()
        self._words = Words.of(read_settings(root).language)
        language = self._words.language
        has_it = any(Path(folder, _MATERIAL.format(language)).is_file() for folder in config.theme.dirs)
        config.theme["language"] = language if has_it else DEFAULT
        config.theme["palette"] = self._said(config.theme.get("palette"))
        return config

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        for item in _items(nav):
            if isinstance(item, Page) and "title" not in vars(item):
                # MkDocs would read it from the page, but not while it builds only what changed.
                _, meta = get_data(item.file.content_string)
                if title := meta.get("title"):
                    item.title = str(title)
            elif item.title:
                item.title = self._said(item.title)
        return nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        env.globals["w"] = self._words
        return env


    def _said(self, value: Any) -> Any:
        """A configured value with the words in place of each key of the catalogue."""
        if isinstance(value, dict):
            return {name: self._said(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._said(inner) for inner in value]
        return self._words(value) if isinstance(value, str) and value in self._words else value


def _items(nav: Navigation) -> Iterator[StructureItem]:
    waiting = list(nav.items)
    while waiting:
        item = waiting.pop()
        waiting += item.children or []
        yield item


def with_plugin(config: MkDocsConfig) -> MkDocsConfig:
    """A configuration that has the plugin, be it that its file does not name it."""
    if "dossier" not in config.plugins:
        plugin = DossierPlugin()
        plugin.load_config({})
        config.plugins["dossier"] = plugin
    return config
