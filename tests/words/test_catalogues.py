"""Every catalogue says all that the interface says, in the forms that its language asks for."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale

from generator.pages import markdown
from generator.words import DEFAULT, Message, Words, languages
from generator.words.catalogue import catalogue

OTHERS = [language for language in languages() if language != DEFAULT]


def _names(message: Message) -> set[str]:
    texts = [message] if isinstance(message, str) else [message["other"]]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_the_messages_of_the_default_one(language: str) -> None:
    ours, default = catalogue(language), catalogue(DEFAULT)
    assert sorted(ours) == sorted(default)
    assert {key: _names(ours[key]) for key in ours} == {key: _names(default[key]) for key in default}


@pytest.mark.parametrize("language", languages())
def test_numbers_have_the_forms_of_the_language(language: str) -> None:
    categories = {*Locale.parse(language).plural_form.tags, "other"}
    for key, message in catalogue(language).items():
        if not isinstance(message, str):
            assert set(message) == categories, key


def test_every_message_is_said_somewhere(root: Path) -> None:
    """A key stands in the code as it is, or begins with what the code puts a word behind."""
    files = [
        path.read_text("utf-8")
        for path in (root / "generator").rglob("*")
        if path.suffix in (".py", ".jinja", ".html", ".js")
    ]
    said = set(re.findall(r"""["']([a-z]\w*(?:\.[\w-]+)+)["']""", "\n".join(files)))
    stems = tuple(re.findall(r"""["']([a-z]\w*(?:\.[\w-]+)*\.)(?:["']|\{)""", "\n".join(files)))
    below = tuple(f"{stem}." for stem in re.findall(r"""below\(["']([\w.]+)["']\)""", "\n".join(files)))
    unsaid = [key for key in catalogue(DEFAULT) if key not in said and not key.startswith((*stems, *below))]
    assert unsaid == []


def test_a_number_chooses_the_form() -> None:
    assert Words.of("en")("nouns.event", n=1) == "1 event"
    assert Words.of("en-US")("nouns.event", n=2) == "2 events"


def test_a_language_without_a_catalogue_is_served_in_the_default_one() -> None:
    words = Words.of("fr")
    assert (words.tag, words.language) == ("fr", DEFAULT)


def test_values_are_text_and_markup_is_left_as_it_is() -> None:
    link = markdown.link("a|b", "../x.md")
    assert markdown.said(Words.of("en"), "nouns.event", n=link) == "[a&#124;b](../x.md) events"
    assert markdown.said(Words.of("en"), "nouns.event", n="<2>") == "&#60;2&#62; events"
