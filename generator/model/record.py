"""The base classes of records: what all records have, those with a name, those with a title."""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from generator.model.fields import NameText, Part, Proof, Prose, Text, Url
from generator.model.ids import RecordId
from generator.model.kinds import Kind


def _wikidata(text: str) -> str:
    if not re.fullmatch(r"Q[1-9]\d*", text):
        raise ValueError(f"{text!r} is not a Wikidata number such as Q42")
    return text


def _language(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", text):
        raise ValueError(f"{text!r} is not a language tag such as hy or zh-Hans")
    return text


Wikidata = Annotated[Text, AfterValidator(_wikidata)]
# The key under which a record that traces reads keeps the fields not yet read; no field has this name.
REST = "rest of it"
LanguageTag = Annotated[Text, AfterValidator(_language)]
NameTexts = tuple[NameText, ...]
# A single name can be written without a list around it.
OneOrMoreNames = Annotated[
    NameTexts,
    BeforeValidator(lambda value: value if isinstance(value, list | tuple) else (value,)),
    Field(min_length=1),
]


def _coordinates(value: tuple[float, float]) -> tuple[float, float]:
    latitude, longitude = value
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(
            f"[{latitude}, {longitude}] is not a place on Earth: write [latitude, longitude] in degrees"
        )
    return value


# Latitude and longitude in degrees, WGS 84.
Coordinates = Annotated[tuple[float, float], AfterValidator(_coordinates)]


class Record(Part):
    """A record: what curators write about one person, event, statement, and so on.

    Attributes:
        id: Its key in the seeds, and the last part of its URL.
        kind_of: The kind of record.
        summary: What is known of it, each sentence with citations.
        links: External links, by label.
        caveat: A remark for readers: an inference, a doubt, or the curators' own interpretation.
        note: A remark for curators, never published, except for that of a question.
        formerly: Earlier ids, whose addresses still lead to the record.
        evidence: The paragraphs that back it.
    """

    id: RecordId
    kind_of: Kind
    summary: Prose | None = None
    links: dict[Text, Url] = Field(default_factory=dict)
    caveat: Text | None = None
    note: Text | None = None
    formerly: tuple[RecordId, ...] = ()
    evidence: tuple[Proof, ...] = ()

    def __getattr__(self, name: str) -> Any:
        rest = self.__dict__.get(REST)
        if rest is not None and name in type(self).model_fields:
            return rest(name)
        return super().__getattr__(name)  # type: ignore[misc]

    @property
    def label(self) -> str:
        """The text of a link to it."""
        return str(self.id)

    @property
    def names(self) -> tuple[str, ...]:
        """The full names under which texts name it, the preferred one first."""
        return ()

    @property
    def short_names(self) -> tuple[str, ...]:
        """Names that mean it only if the context says so."""
        return ()


class Named(Record):
    """A record with a name.

    Attributes:
        name: The preferred name.
        also: Other full names and spellings, linked wherever they occur.
        short: Short forms, linked where the context says whom they mean.
        native: The names in other languages, by language tag: the name itself, then abbreviations and others.
        wikidata: The id of its item on Wikidata.
    """

    name: NameText
    also: NameTexts = ()
    short: NameTexts = ()
    native: dict[LanguageTag, OneOrMoreNames] = Field(default_factory=dict)
    wikidata: Wikidata | None = None

    @property
    def label(self) -> str:
        return self.name

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also, *(name for _, name in self.native_names()))

    @property
    def short_names(self) -> tuple[str, ...]:
        return self.short

    def native_names(self) -> Iterator[tuple[str, str]]:
        """The names in other languages, each after its language tag."""
        return ((tag, name) for tag, names in self.native.items() for name in names)


class Titled(Record):
    """A record with a title.

    Attributes:
        title: The preferred title.
        also: Other titles, linked wherever they occur.
        short: Short forms, linked where the context says what they mean.
    """

    title: NameText
    also: NameTexts = ()
    short: NameTexts = ()

    @property
    def label(self) -> str:
        return self.title

    @property
    def names(self) -> tuple[str, ...]:
        return (self.title, *self.also)

    @property
    def short_names(self) -> tuple[str, ...]:
        return self.short
