"""The plugin by which MkDocs, alone or in the fast build, shows a dossier: the interface's words, what pages load."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
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
from generator.mkdocs import INDEXERS
from generator.mkdocs.shared import Shared
from generator.pages.writing.page import REPORT, STORY_PAGE, is_generated
from generator.render.contents import sections
from generator.render.dates import unbroken
from generator.render.directions import directed
from generator.render.markdown import split
from generator.render.tables import labelled
from generator.state.compiled import bytecode_cache
from generator.state.stamps import is_leftover
from generator.support.files import write_whole
from generator.words import DEFAULT, Words
from generator.words.catalogue import languages
from generator.words.dates import calendar

# Only for features and plugins of Material do pages need its script and style sheet.
_MATERIAL_PLUGIN = "material/"
# Material's catalogue of a language, below a folder of the theme.
_MATERIAL = "partials/languages/{}.html"
# The words that the scripts of the search show, and how dates are written, below the site.
_SEARCH_WORDS, _CALENDAR = "search/words.json", "search/calendar.json"


class DossierPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Gives templates `w`, `shared`, `labelled`, `directed`, `sections`, `unbroken` and `config.theme.material`.

    They are the interface's words in the dossier's language, parts that pages have in common, filters for tables,
    for text from right to left, for the contents of a page and for dates, and whether pages need Material. A title in the navigation that is a key of the
    catalogue is replaced by its words.
    """

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path).parent if config.config_file_path else Path()
        self._words = Words.for_language(read_settings(root).language)
        language = self._words.language
        has_it = any(Path(folder, _MATERIAL.format(language)).is_file() for folder in config.theme.dirs)
        config.theme["language"] = language if has_it else DEFAULT
        # First, since no page needs Material for its search.
        _drop_indexers(config)
        config.theme["material"] = needs_material(config)
        for page in (REPORT, STORY_PAGE):
            if config.nav and not Path(config.docs_dir, page).is_file():
                # The navigation is the same for every dossier, but a long one has no report, and many have no story.
                config.nav = _without(page, config.nav)
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Leaves out backups and caches of editors and systems, and Material's files if no page loads them."""
        for file in [file for file in files if any(map(is_leftover, file.src_uri.split("/")))]:
            files.remove(file)
        if not config.theme["material"]:
            folder = f"{_material_folder()}{os.sep}"
            for file in [file for file in files if (file.abs_src_path or "").startswith(folder)]:
                files.remove(file)
        return files

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        for item in _items(nav):
            if isinstance(item, Page) and "title" not in vars(item):
                # MkDocs would read it from the page, but pages that did not change are not read.
                if title := _front_matter(item.file.content_string).get("title"):
                    item.title = str(title)
            elif item.title:
                item.title = self._words(item.title) if item.title in self._words else item.title
        self._shared = Shared(nav)
        return nav

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        # A process that builds again and again, as for `serve`, compiles each template once.
        env.bytecode_cache = bytecode_cache()
        env.globals["w"] = self._words
        env.globals["shared"] = self._shared
        env.filters["labelled"] = labelled
        env.filters["directed"] = directed
        env.filters["sections"] = sections
        env.filters["unbroken"] = partial(unbroken, words=self._words)
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        for path, text in search_texts(self._words).items():
            write_whole(Path(config.site_dir, path), text.encode())


def search_texts(words: Words) -> dict[str, str]:
    """The words that the scripts of the search show, and the calendar by which they read dates: JSON, by path."""
    return {_SEARCH_WORDS: _search_words(words), _CALENDAR: _as_json(calendar(words))}


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _search_words(words: Words) -> str:
    found = {
        "locale": str(words.locale).replace("_", "-"),
        "kinds": words.below("kinds"),
        "sections": words.below("sections"),
        **words.below("search"),
        # Readers write dates and offices in their own languages.
        "fillers": " ".join(Words.for_language(each)("search.fillers") for each in languages()),
    }
    return _as_json(found)


def needs_material(config: MkDocsConfig) -> bool:
    """Whether a dossier turns on anything that needs Material's script or style sheet."""
    return bool(config.theme.get("features")) or any(
        name.startswith(_MATERIAL_PLUGIN) for name in config.plugins
    )


def _front_matter(text: str) -> Mapping[str, object]:
    if is_generated(text):
        # As the generator writes it, it can be parsed in a fraction of the time.
        with suppress(ValueError):
            return split(text)[0]
    _, meta = get_data(text)
    return meta


def _material_folder() -> Path | None:
    spec = find_spec("material")
    return Path(spec.origin).parent if spec and spec.origin else None


def _without(path: str, items: Sequence[Any]) -> list[Any]:
    """The items of a navigation, as a configuration has them, without a page."""
    left: list[Any] = []
    for item in items:
        if isinstance(item, dict):
            below = {title: of for title, of in item.items() if of != path}
            left.append({t: _without(path, of) if isinstance(of, list) else of for t, of in below.items()})
        elif item != path:
            left.append(item)
    return [item for item in left if item]


def _items(nav: Navigation) -> Iterator[StructureItem]:
    waiting = list(nav.items)
    while waiting:
        item = waiting.pop()
        waiting += item.children or []
        yield item


def with_plugin(config: MkDocsConfig) -> MkDocsConfig:
    """A configuration with the plugin, even if its file does not name it."""
    if "dossier" not in config.plugins:
        plugin = DossierPlugin()
        plugin.load_config({})
        config.plugins["dossier"] = plugin
    return config


def _drop_indexers(config: MkDocsConfig) -> None:
    """Removes the plugins that would build a search that is not used."""
    for name in [name for name in config.plugins if name in INDEXERS]:
        plugin = config.plugins.pop(name)
        for event, methods in config.plugins.events.items():
            # MkDocs is iterating over the methods of this event.
            if event != "config":
                methods[:] = [method for method in methods if getattr(method, "__self__", None) is not plugin]
