"""What readers can search, as values: records by their names, and pages by their paragraphs.

The pages of a dossier are what makes them (`pages.search`); nothing here knows how.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.model.ids import OrganizationId, RecordId
from generator.model.kinds import Kind


class Name(NamedTuple):
    """A record as its names lead to it.

    Attributes:
        address: Of its page, relative to the site.
        label: The preferred name.
        also: Other full names and spellings, those of other languages among them.
        short: Short forms.
        line: Who or what it is, in a few words; of a person an office.
        years: The years of the articles that name or back it, or of itself where it has a date.
        weight: The number of these articles.
        offices: Others that a person held, or the same with its dates.
    """

    id: RecordId
    kind: Kind
    address: str
    label: str
    also: tuple[str, ...]
    short: tuple[str, ...]
    line: str
    years: str
    weight: int
    offices: tuple[str, ...] = ()


# The first and the last day of a date, as numbers such as 20220913; empty where there is no date.
Days = tuple[int, ...]


class Passage(NamedTuple):
    """A paragraph: its anchor on the page (none at the page's head), its text, and the records that it names.

    Attributes:
        date: In words, where it has a date of its own.
        days: By which the passage is found; of several passages with one anchor only the first has them.
    """

    anchor: str
    text: str
    names: tuple[RecordId, ...] = ()
    date: str = ""
    days: Days = ()


class Text(NamedTuple):
    """A page, or a part of one, as full-text search reads it.

    Attributes:
        address: Of the page, relative to the site.
        part: Tells apart several texts of one page.
        date: In words.
        day: The day by which the date is listed, as ISO 8601 writes it; empty where there is none.
        days: By which the text is found.
    """

    address: str
    kind: Kind
    title: str
    passages: tuple[Passage, ...]
    part: str = ""
    outlet: OrganizationId | None = None
    date: str = ""
    day: str = ""
    days: Days = ()

    @property
    def place(self) -> str:
        """What texts are sorted by; no two have the same."""
        return f"{self.address}\t{self.kind}\t{self.part}"

    @property
    def named(self) -> tuple[RecordId, ...]:
        """The records that it names, each once."""
        return tuple(sorted({key for passage in self.passages for key in passage.names}))


class SearchEntry(NamedTuple):
    """What is searched of one record: its name, if readers look it up by one, and its texts, if it has a page."""

    name: Name | None
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class SearchDelta:
    """What is searched of a state of a dossier, as far as it may differ from an earlier state.

    Attributes:
        language: The dossier's, by which words are stemmed.
        changed: The records that may differ, in the order of their pages' addresses. Each entry is asked for once, so
            that a mapping may make it then.
        outlets: What citations call each outlet, at least of these records.
        gone: The records that are searched no more.
        since: The digest of the earlier state; empty where there is none, and `changed` holds all records.
        state: The digest of this state; empty where it is not known.
    """

    language: str
    changed: Mapping[RecordId, SearchEntry]
    outlets: Mapping[OrganizationId, str]
    gone: frozenset[RecordId] = frozenset()
    since: str = ""
    state: str = ""
