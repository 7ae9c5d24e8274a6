"""The inputs of an edition, and values that are derived from all of them once and tracked as dependencies.

    @derived                        computed once from the whole edition
    @transient                      the same, but not stored for the next run
    @by_key(all_keys, "mentions")   a mapping, of which each value is computed from what `mentions` has under its key

What each derived value reads is recorded, by the names of the mappings. So the next run knows which derived values
still hold: those that read no mapping in which anything changed. Of a value by key only those keys are computed again
that changed in the mappings that it names.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar, Union, get_args, get_type_hints, overload

from generator.link import Links
from generator.model.dossier import Dossier
from generator.model.history import History
from generator.model.ids import RecordId
from generator.state.lazy import with_others
from generator.state.traces import ALL, KEYS, Dependency, DependencyRecorder, TrackedMapping
from generator.words import Words

# The name of the dependency on the history in version control.
HISTORY = "history"

Key = TypeVar("Key")
Value = TypeVar("Value")
Result = TypeVar("Result")


class LinkedDossier(Protocol):
    """The dossier and links of an earlier run."""

    @property
    def dossier(self) -> Dossier: ...
    @property
    def links(self) -> Links: ...


class derived(Generic[Result]):  # noqa: N801 - a decorator
    """A value computed once from a whole edition, on which pages depend in place of the inputs that it reads.

    Reads of it are recorded under its name: by key if it is a mapping, otherwise as a whole.

    Attributes:
        by_key: The names of the mappings in which a change of some keys can be followed by `updated`.
        is_stored: Whether the next run takes over the value if it still holds.
    """

    by_key: frozenset[str] = frozenset()
    is_stored = True

    def __init__(self, make: Callable[[Any], Result]) -> None:
        self.make = make
        self.name = make.__name__
        self.__doc__ = make.__doc__

    @property
    def value_type(self) -> Any:
        """The type of the value, by which it is decoded."""
        return get_type_hints(self.make)["return"]

    def updated(
        self, edition: "EditionBase", old: Result, before: LinkedDossier, changed: Iterable[Dependency]
    ) -> Result:
        """The value of an edition, given that of an earlier one.

        Args:
            before: The inputs of the earlier one.
            changed: What differs in the mappings of `by_key`.
        """
        raise NotImplementedError

    @overload
    def __get__(self, edition: None, owner: type) -> "derived[Result]": ...
    @overload
    def __get__(self, edition: "EditionBase", owner: type) -> Result: ...
    def __get__(self, edition: "EditionBase | None", owner: type) -> "Result | derived[Result]":
        if edition is None:
            return self
        name, known = self.name, edition.tracked
        if name not in known:
            if name in edition.known:
                edition.keep(name, edition.known[name])
            else:
                with edition.recorder.record() as nodes:
                    edition.keep(name, self.make(edition))
                edition.reads[name] = {read for read, _ in nodes}
        value: Result = known[name]
        if not isinstance(value, TrackedMapping):
            edition.recorder.nodes.add((name, ALL))
        return value


class _DerivedByKey(derived[Mapping[Key, Value]]):
    """A mapping of which each value is computed from its own key alone."""

    def __init__(
        self,
        keys: Callable[[Any], Iterable[Key]],
        by_key: frozenset[str],
        value_of: Callable[[Any, Key], Value | None],
    ) -> None:
        self._keys, self.by_key, self._value_of = keys, by_key, value_of
        self.name = value_of.__name__
        self.__doc__ = value_of.__doc__

    def make(self, edition: "EditionBase") -> Mapping[Key, Value]:
        return self._of(edition, self._keys(edition))

    def _of(self, edition: "EditionBase", keys: Iterable[Key]) -> dict[Key, Value]:
        found = ((key, self._value_of(edition, key)) for key in sorted(keys))  # type: ignore[type-var]
        return {key: value for key, value in found if value is not None}

    @property
    def value_type(self) -> Any:
        hints = get_type_hints(self._value_of)
        value: Any = Union[*(of for of in get_args(hints["return"]) if of is not type(None))]
        key = next(hint for name, hint in hints.items() if name != "return")
        return Mapping[key, value]  # type: ignore[valid-type]

    def updated(
        self,
        edition: "EditionBase",
        old: Mapping[Key, Value],
        before: LinkedDossier,
        changed: Iterable[Dependency],
    ) -> Mapping[Key, Value]:
        keys: set[Any] = {key for _, key in changed} - {ALL, KEYS}
        now = self._of(edition, keys)
        new = {key: value for key, value in now.items() if old.get(key) != value}
        return with_others(old, new, keys - now.keys(), in_order=True)


def by_key(
    keys: Callable[[Any], Iterable[Key]], *names: str
) -> Callable[[Callable[[Any, Key], Value | None]], derived[Mapping[Key, Value]]]:
    """A derived mapping, given the function that computes the value of one key; None where the key has none.

    In the mappings that are named the function must read no other key than its own. A change in another one that it
    reads has all values computed again.

    Args:
        keys: All keys for which there can be a value.
        names: The names of mappings by the same keys, in dependencies.
    """
    return lambda value_of: _DerivedByKey(keys, frozenset(names), value_of)


class transient(derived[Result]):  # noqa: N801 - a decorator
    """A derived value that is not stored: each run computes it when it is asked for.

    Unlike other derived values it has no early cutoff: it counts as changed when anything changed that it read.
    """

    is_stored = False


def derived_values(edition: type) -> Mapping[str, derived[Any]]:
    """All derived values of a class of editions, by name."""
    found = ((name, getattr(edition, name)) for name in dir(edition))
    return {name: value for name, value in found if isinstance(value, derived)}


@dataclass(frozen=True)
class EditionBase:
    """The inputs of an edition, and the cache of its derived values.

    Attributes:
        recorder: The recorder of dependencies.
        known: Derived values that an earlier run computed and that are still valid, by name.
        reads: The names of the mappings that each derived value read when it was computed.
    """

    dossier: Dossier
    links: Links
    history: History = ()
    recorder: DependencyRecorder = field(default_factory=DependencyRecorder, compare=False)
    known: Mapping[str, Any] = field(default_factory=dict, compare=False)
    reads: dict[str, Set[str]] = field(default_factory=dict, compare=False)

    def keep(self, name: str, value: object) -> None:
        """Stores a derived value and tracks reads of it."""
        if isinstance(value, dict) and type(value) is not dict:
            value = dict(value)
        self.plain[name] = value
        self.tracked[name] = (
            TrackedMapping(self.recorder, name, value) if isinstance(value, Mapping) else value
        )

    @cached_property
    def tracked(self) -> dict[str, Any]:
        """The derived values that were computed or taken over, by name; reads of mappings are recorded."""
        return {}

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
