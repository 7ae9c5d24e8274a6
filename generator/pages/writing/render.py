"""Renders views to Markdown by templates, which escape everything that is not markup already."""

from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr

from generator.markup import markdown
from generator.state.compiled import bytecode_cache
from generator.words import Words


class _Once(CodeGenerator):
    """A code generator for templates whose values only pass `finalize`, which returns markup; escaping it again would do nothing."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("(")
        self.write(finalize.src or "str(")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("))")


@cache
def _environment(words: Words) -> Environment:
    environment = Environment(
        loader=PackageLoader("generator", "templates"),
        # Every value passes `finalize` first and leaves it as markup, so that autoescaping for HTML changes nothing.
        autoescape=True,
        finalize=markdown.text,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=bytecode_cache(),
    )
    environment.code_generator_class = _Once
    environment.globals["w"] = environment.globals["say"] = partial(markdown.said, words)
    return environment


def compile_templates(words: Words) -> None:
    """Compiles all templates, so that forked processes share them."""
    environment = _environment(words)
    for name in environment.list_templates():
        environment.get_template(name)


def render(words: Words, template: str, **context: Any) -> str:
    """The Markdown of a template with a context, in a language."""
    return _environment(words).get_template(f"{template}.md.jinja").render(**context)
