"""The inputs of an edition, and values that are derived from all of them once and tracked as dependencies."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

from generator.edition.drawings import Drawings
from generator.link import Links
from generator.model.dossier import Dossier
from generator.model.history import History
from generator.model.ids import RecordId
from generator.state.traces import ALL, DependencyRecorder, TrackedMapping
from generator.words import Words

Result = TypeVar("Result")


class derived(Generic[Result]):  # noqa: N801 - a decorator
    """A value computed once from a whole edition, on which pages depend in place of the inputs that it reads.

    Reads of it are recorded under its name: by key if it is a mapping, otherwise as a whole.
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
    """The names of all derived values of a class of editions."""
    for name in dir(edition):
        if isinstance(getattr(edition, name), derived):
            yield name


@dataclass(frozen=True)
class EditionBase:
    """The inputs of an edition, and the cache of its derived values.

    Attributes:
        recorder: The recorder of dependencies.
        known: Derived values that an earlier run computed and that are still valid, by name.
        drawings: The cache of expensive parts of figures.
    """

    dossier: Dossier
    links: Links
    history: History = ()
    recorder: DependencyRecorder = field(default_factory=DependencyRecorder, compare=False)
    known: Mapping[str, Any] = field(default_factory=dict, compare=False)
    drawings: Drawings = field(default_factory=Drawings, compare=False)

    def derive(self, name: str, make: Callable[[Any], Result]) -> Result:
        """A value computed once from a whole edition and tracked under a name, as a `derived` one is."""
        derived: dict[str, Any] = self.__dict__.setdefault("derived", {})
        if name not in derived:
            with self.recorder.record():
                self.keep(name, self.known[name] if name in self.known else make(self))
        value: Result = derived[name]
        if not isinstance(value, TrackedMapping):
            self.recorder.nodes.add((name, ALL))
        return value

    def keep(self, name: str, value: object) -> None:
        """Stores a derived value and tracks reads of it."""
        if isinstance(value, dict) and type(value) is not dict:
            value = dict(value)
        self.plain[name] = value
        derived = self.__dict__.setdefault("derived", {})
        derived[name] = TrackedMapping(self.recorder, name, value) if isinstance(value, Mapping) else value

    @cached_property
    def plain(self) -> dict[str, Any]:
        """The derived values without tracking: reads of these record no dependency."""
        return {}

    @cached_property
    def words(self) -> Words:
        """The interface's words in the dossier's language."""
        return Words.for_language(self.dossier.settings.language)

    def referring(self, key: RecordId, heading: str) -> tuple[RecordId, ...]:
        """The records that refer to a record under a heading."""
        return tuple(link.source for link in self.links.backlinks.get(key, ()) if link.heading == heading)
