"""Views to Markdown through the templates, which escape whatever is not markup already."""

from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from generator.pages import markdown
from generator.words import Words


@cache
def _environment(words: Words) -> Environment:
    environment = Environment(
        loader=PackageLoader("generator", "templates"),
        # Every value passes `finalize` first and leaves it as markup, so that nothing is escaped for HTML alone.
        autoescape=True,
        finalize=markdown.text,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.globals["w"] = environment.globals["say"] = partial(markdown.said, words)
    return environment


def render(words: Words, template: str, **context: Any) -> str:
    """The Markdown that a template makes of its context, in a language's words."""
    return _environment(words).get_template(f"{template}.md.jinja").render(**context)
