"""A language's catalogue: messages by key, in the forms that numbers require."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml
from babel import Locale
from babel.core import UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal

from generator.words.collation import SortKey, collation

# The language used where one has no catalogue, or a catalogue lacks a message.
DEFAULT = "en"
_SUFFIX = ".yml"
# English of no particular country: no comma before the last item of a list.
_LOCALES = {"en": "en_001"}
# Smaller numbers are not grouped in any language.
_GROUPED = 1000

# A text, or a text for each plural category.
Message = str | Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one language.

    Attributes:
        tag: The requested language, a BCP 47 tag such as `hy` or `en-US`.
        language: The language of the catalogue that is used for it.
        locale: The locale of numbers, lists and plural forms.
    """

    tag: str
    language: str
    locale: Locale
    _messages: Mapping[str, Message]

    @classmethod
    def for_language(cls, tag: str) -> "Words":
        """The words of a language, or the default one's where it has no catalogue."""
        return _words(tag)

    def __call__(self, key: str, /, **values: object) -> str:
        """A message with its values filled in; the value `n` chooses the plural form.

        Raises:
            KeyError: if there is no such message, or a value that it names is not given.
        """
        message = self.pattern(key, values.get("n"))
        if "{" not in message:
            return message
        return message.format_map({name: self.shown(value) for name, value in values.items()})

    def __contains__(self, key: object) -> bool:
        return key in self._messages

    def shown(self, value: object) -> object:
        """A value as a message shows it: whole numbers in groups of digits, the rest as it is."""
        return self.number(value) if isinstance(value, int) and value >= _GROUPED else value

    def number(self, number: float, pattern: str | None = None) -> str:
        """A number as the language writes it, by a pattern of CLDR's."""
        return _number(self, number, pattern)

    def listed(self, items: Sequence[str], style: str = "standard") -> str:
        """Words as a list in a sentence: `a, b and c`; or of alternatives, by the style `or`."""
        return format_list(items, style, self.locale)  # type: ignore[arg-type]

    def sort_key(self, text: str) -> SortKey:
        """The sort key of a name or title in the language."""
        return collation(self.language).key(text)

    @property
    def tag_spoken(self) -> str:
        """The tag of the language that the words are in: the requested one if it has a catalogue."""
        return self.tag if self.tag.split("-", maxsplit=1)[0].lower() == self.language else self.language

    def pattern(self, key: str, n: object = None) -> str:
        """A message as the catalogue has it, in the form for the number `n`.

        Raises:
            KeyError: if there is no such message.
        """
        try:
            message = self._messages[key]
        except KeyError:
            raise KeyError(f"generator/words/{self.language}.yml has no message {key!r}") from None
        if isinstance(message, str):
            return message
        category = _category(self, n) if isinstance(n, int | float) else "other"
        return message.get(category) or message["other"]

    def below(self, prefix: str) -> dict[str, Message]:
        """All messages whose keys begin with a prefix and a dot, by the rest of the key; for scripts."""
        start = f"{prefix}."
        return {
            key.removeprefix(start): m for key, m in sorted(self._messages.items()) if key.startswith(start)
        }


# Cached: Babel takes longer for these than the rest of a message takes, and few numbers are common.
@lru_cache(maxsize=1 << 14)
def _category(words: Words, number: float) -> str:
    return words.locale.plural_form(number)


@lru_cache(maxsize=1 << 14)
def _number(words: Words, number: float, pattern: str | None) -> str:
    return format_decimal(number, pattern, words.locale)


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a catalogue."""
    folder = files("generator.words")
    return tuple(sorted(f.name.removesuffix(_SUFFIX) for f in folder.iterdir() if f.name.endswith(_SUFFIX)))


@cache
def catalogue(language: str) -> Mapping[str, Message]:
    """The messages of a language that has a catalogue, by dotted key."""
    text = files("generator.words").joinpath(f"{language}{_SUFFIX}").read_text("utf-8")
    # The loader without types: `no` and `on` are words here. The one in C takes a tenth of the time.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return dict(_flat((), yaml.load(text, loader)))  # noqa: S506 - it builds nothing but text


@cache
def _words(tag: str) -> Words:
    language = tag.split("-", maxsplit=1)[0].lower()
    known = language if language in languages() else DEFAULT
    messages = {**catalogue(DEFAULT), **catalogue(known)}
    return Words(tag, known, _locale(tag, known), messages)


def _locale(tag: str, language: str) -> Locale:
    """The locale of a tag, if it is one of the catalogue's language."""
    if tag.lower() in _LOCALES or not tag.lower().startswith(language):
        return Locale.parse(_LOCALES.get(language, language))
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_LOCALES.get(language, language))


# The plural categories of CLDR; a mapping of these alone is one message.
CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})


def _flat(path: tuple[str, ...], value: Any) -> Iterator[tuple[str, Message]]:
    if isinstance(value, str) or set(value) <= CATEGORIES:
        yield ".".join(path), value
    else:
        for key, inner in value.items():
            yield from _flat((*path, key), inner)
