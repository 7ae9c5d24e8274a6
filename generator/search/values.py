"""What readers can search, as values: records by their names, and pages by their paragraphs.

The pages of a dossier are what makes them (`pages.search`); nothing here knows how.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from generator.model.ids import OrganizationId, RecordId
from generator.model.kinds import Kind


class Name(NamedTuple):
    """A record as its names lead to it.

    Attributes:
        address: Of its page, relative to the site.
        label: The preferred name.
        also: Other full names and spellings, those of other languages among them.
        short: Short forms.
        line: Who or what it is, in a few words.
        years: The years of the articles that name or back it, or of itself where it has a date.
        weight: The number of these articles.
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


class Passage(NamedTuple):
    """A paragraph: its anchor on the page (none at the page's head), its text, and the records that it names."""

    anchor: str
    text: str
    names: tuple[RecordId, ...] = ()


class Possible(NamedTuple):
    """Whom a name in a title may mean: by a full name, and by a short one if the body names somebody so."""

    full: tuple[RecordId, ...]
    short: tuple[RecordId, ...]


class Head(NamedTuple):
    """Of an article, what is read of it beside its own text.

    Attributes:
        day: The day by which its date is listed, as ISO 8601 writes it; empty where there is none.
        year: Under which it is listed; 0 where there is none.
        in_title: The names in its title.
    """

    title: str
    outlet: OrganizationId | None
    day: str
    year: int
    in_title: tuple[Possible, ...]


class Text(NamedTuple):
    """A page, or a part of one, as full-text search reads it.

    Attributes:
        address: Of the page, relative to the site.
        part: Tells apart several texts of one page.
        date: In words.
        day: The day by which the date is listed, as ISO 8601 writes it; empty where there is none.
        head: Of an article.
    """

    address: str
    kind: Kind
    title: str
    passages: tuple[Passage, ...]
    part: str = ""
    outlet: OrganizationId | None = None
    date: str = ""
    day: str = ""
    head: Head | None = None

    @property
    def named(self) -> tuple[RecordId, ...]:
        """Whom it names, each once."""
        return tuple(sorted({key for passage in self.passages for key in passage.names}))


class Draft(NamedTuple):
    """A text that is made where it is needed, since most stay as they were.

    Attributes:
        address: Of its page, as in the text; so are its kind and its part.
        stamp: Changes with anything that the text is made of; empty where that is not known without making it.
    """

    address: str
    kind: Kind
    part: str
    stamp: bytes
    make: Callable[[], Text]


@dataclass(frozen=True)
class Searchable:
    """What is searched.

    Attributes:
        language: The dossier's, by which words are stemmed.
        drafts: The texts, in order.
        outlets: What citations call each outlet.
    """

    language: str
    names: tuple[Name, ...]
    drafts: tuple[Draft, ...]
    outlets: Mapping[OrganizationId, str]

    @property
    def texts(self) -> tuple[Text, ...]:
        """All texts, made."""
        return tuple(draft.make() for draft in self.drafts)


class SearchDelta(Protocol):
    """What differs from what was searched at an earlier state of the dossier.

    Attributes:
        since: The state before; empty where none is known.
        state: The state now.
        curated: Changes with all of the dossier but its articles, and of other records but their prose.
        stale: The records of which anything that is searched may differ, if `curated` does not.
    """

    @property
    def since(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def curated(self) -> str: ...
    @property
    def stale(self) -> frozenset[RecordId]: ...

    def texts(self, key: RecordId, head: Head | None) -> tuple[Text, ...] | None:
        """The texts of a record; None where those of others may differ with it.

        Args:
            head: Of an article that there was before.
        """

    def name(self, key: RecordId) -> Name | None:
        """A record by its names; None of one that has none."""
