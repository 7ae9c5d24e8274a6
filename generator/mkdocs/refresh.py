"""What a process that builds again and again keeps between its builds: templates compiled, pages rendered."""

from functools import cache, partial
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.support.compiled import bytecode_cache


def keep_between_builds(config: MkDocsConfig) -> None:
    """Lets builds with this configuration take over what earlier ones of this process made of the same input."""
    make = config.theme.get_env

    def get_env() -> Environment:
        made = make()
        made.bytecode_cache = bytecode_cache()
        return made

    config.theme.get_env = get_env  # type: ignore[method-assign]
    config.plugins["dossier/kept"] = _rendered()


class _Rendered(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """The HTML of pages by their Markdown: a change of the theme changes none of it."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, dict[str, Any]]] = {}

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        for file in files.documentation_pages():
            if file.page:
                file.page.render = partial(self._render, file.page)  # type: ignore[method-assign]
        return nav

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        made_of = repr((page.markdown, config.markdown_extensions, config.mdx_configs))
        before, kept = self._kept.get(page.file.src_uri, ("", {}))
        if before == made_of:
            # Its links were followed when it was rendered.
            vars(page).update(kept, links_to_anchors=None)
            return
        Page.render(page, config, files)
        names = ("content", "toc", "_title_from_render", "present_anchor_ids")
        self._kept[page.file.src_uri] = (made_of, {name: vars(page)[name] for name in names})


@cache
def _rendered() -> _Rendered:
    return _Rendered()
