"""The values that an edition holds, and those that are derived from all of them, each once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

from generator.edition.drawings import Drawings
from generator.link import Links
from generator.model.dossier import Dossier
from generator.model.history import History
from generator.model.ids import RecordId
from generator.traces import ALL, Notes, Table
from generator.words import Words

Result = TypeVar("Result")


class derived(Generic[Result]):  # noqa: N801 - a decorator
    """A value that is made once of all of an edition, without telling who asks of what.

    What is read of it is noted under its own name: of a mapping by key, else as a whole.
    """

    def __init__(self, make: Callable[[Any], Result]) -> None:
        self.make = make
        self.name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, edition: None, owner: type) -> "derived[Result]": ...
    @overload
    def __get__(self, edition: "EditionBase", owner: type) -> Result: ...
    def __get__(self, edition: "EditionBase | None", owner: type) -> "Result | derived[Result]":
        if edition is None:
            return self
        return edition.derive(self.name, self.make)


def names_of_derived(edition: type) -> Iterator[str]:
    """The names of the values that a class of editions derives."""
    for name in dir(edition):
        if isinstance(getattr(edition, name), derived):
            yield name


@dataclass(frozen=True)
class EditionBase:
    """What an edition is made from, and the values that it derives.

    Attributes:
        notes: What is read of it, while somebody wants to know.
        known: Derived values that are known already, by name.
        drawings: What takes long to draw of figures.
    """

    dossier: Dossier
    links: Links
    history: History = ()
    notes: Notes = field(default_factory=Notes, compare=False)
    known: Mapping[str, Any] = field(default_factory=dict, compare=False)
    drawings: Drawings = field(default_factory=Drawings, compare=False)

    def derive(self, name: str, make: Callable[[Any], Result]) -> Result:
        """A value that is made once of all of an edition, as one that is `derived`."""
        derived: dict[str, Any] = self.__dict__.setdefault("derived", {})
        if name not in derived:
            with self.notes.taken():
                self.keep(name, self.known[name] if name in self.known else make(self))
        value: Result = derived[name]
        if not isinstance(value, Table):
            self.notes.nodes.add((name, ALL))
        return value

    def keep(self, name: str, value: object) -> None:
        """Gives a derived value that is known already."""
        if isinstance(value, dict) and type(value) is not dict:
            value = dict(value)
        self.plain[name] = value
        derived = self.__dict__.setdefault("derived", {})
        derived[name] = Table(self.notes, name, value) if isinstance(value, Mapping) else value

    @cached_property
    def plain(self) -> dict[str, Any]:
        """The derived values that are known, as they were made: what is read of them is not noted."""
        return {}

    @cached_property
    def words(self) -> Words:
        """The interface's words in the dossier's language."""
        return Words.of(self.dossier.settings.language)

    def referring(self, key: RecordId, heading: str) -> tuple[RecordId, ...]:
        """The records that refer to one under a heading."""
        return tuple(link.source for link in self.links.backlinks.get(key, ()) if link.heading == heading)
