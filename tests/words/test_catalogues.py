"""Every catalogue has all messages of the interface, in the forms that its language requires."""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
import yaml
from babel import Locale

from generator.markup import markdown
from generator.model.actors import Organization
from generator.model.claims import Stance, Status
from generator.model.happenings import DocumentKind, EventKind
from generator.model.kinds import Kind
from generator.pages.writing.words import back_words
from generator.words import DEFAULT, Message, Words, languages
from generator.words.catalogue import catalogue

OTHERS = [language for language in languages() if language != DEFAULT]


def _names(message: Message) -> set[str]:
    texts = [message] if isinstance(message, str) else [message["other"]]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_catalogues_have_the_messages_of_the_default_one(language: str) -> None:
    ours, default = catalogue(language), catalogue(DEFAULT)
    assert default.keys() - ours.keys() == set(), f"generator/words/{language}.yml lacks these messages"
    assert ours.keys() - default.keys() == set(), f"generator/words/{DEFAULT}.yml lacks these messages"
    assert {key: _names(ours[key]) for key in ours} == {key: _names(default[key]) for key in default}


@pytest.mark.parametrize("language", languages())
def test_keys_are_unique(language: str, root: Path) -> None:
    text = (root / f"generator/words/{language}.yml").read_text("utf-8")
    waiting: list[yaml.Node | None] = [yaml.compose(text, yaml.BaseLoader)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len({*keys}), sorted(keys)
            waiting += [value for _, value in node.value]


@pytest.mark.parametrize("language", languages())
def test_numbers_have_the_forms_of_the_language(language: str) -> None:
    categories = {*Locale.parse(language).plural_form.tags, "other"}
    for key, message in catalogue(language).items():
        if not isinstance(message, str):
            assert set(message) == categories, key


def test_every_message_is_used(root: Path) -> None:
    """A key stands in the code as it is, or begins with what the code puts a word behind."""
    files = [
        path.read_text("utf-8")
        for path in (root / "generator").rglob("*")
        if path.suffix in (".py", ".jinja", ".html", ".js")
    ]
    said = set(re.findall(r"""["']([a-z]\w*(?:\.[\w-]+)+)["']""", "\n".join(files)))
    stems = tuple(re.findall(r"""["']([a-z]\w*(?:\.[\w-]+)*\.(?:\w+_)?)(?:["']|\{)""", "\n".join(files)))
    below = tuple(f"{stem}." for stem in re.findall(r"""below\(["']([\w.]+)["']\)""", "\n".join(files)))
    configured = [path for path in (root / "generator").rglob("*.yml") if path.parent.name != "words"]
    configured.append(root / "mkdocs.yml")
    said |= {key for path in configured for key in re.findall(r"[a-z]\w*(?:\.\w+)+", path.read_text("utf-8"))}
    unsaid = [key for key in catalogue(DEFAULT) if key not in said and not key.startswith((*stems, *below))]
    assert unsaid == []


@pytest.mark.parametrize(
    ("stem", "values"),
    [
        ("kinds", tuple(Kind)),
        ("sections", tuple(kind.section for kind in Kind)),
        ("event_kinds", get_args(EventKind)),
        ("document_kinds", get_args(DocumentKind)),
        ("organization_kinds", get_args(Organization.model_fields["kind"].annotation)),
        ("stances", get_args(Stance)),
        ("statuses", get_args(Status)),
    ],
)
def test_closed_vocabularies_have_their_words(stem: str, values: tuple[str, ...]) -> None:
    assert {key for key in catalogue(DEFAULT) if key.startswith(f"{stem}.")} == {
        f"{stem}.{v}" for v in values
    }


def test_english_headings_of_back_links_are_those_of_the_model(root: Path) -> None:
    model = "".join(path.read_text("utf-8") for path in (root / "generator/model").glob("*.py"))
    headings = set(re.findall(r'back="([^"]+)"', model))
    assert len(headings) > len(Kind)
    for heading in headings:
        assert back_words(Words.for_language(DEFAULT), heading) == heading


def test_number_selects_the_plural_form() -> None:
    assert Words.for_language("en")("nouns.article", n=1) == "1 article"
    assert Words.for_language("en-US")("nouns.article", n=2) == "2 articles"


def test_long_numbers_are_grouped_and_years_are_not() -> None:
    assert Words.for_language("en")("nouns.article", n=12345) == "12,345 articles"
    assert Words.for_language("en")("dates.spring.alone", year="2022") == "spring 2022"


def test_language_without_a_catalogue_uses_the_default_one() -> None:
    words = Words.for_language("fr")
    assert (words.tag, words.language) == ("fr", DEFAULT)


def test_values_are_escaped_unless_they_are_markup() -> None:
    link = markdown.link("a|b", "../x.md")
    assert markdown.said(Words.for_language("en"), "nouns.article", n=link) == "[a&#124;b](../x.md) articles"
    assert markdown.said(Words.for_language("en"), "nouns.article", n="<2>") == "&#60;2&#62; articles"
