"""Mappings whose values are found when they are asked for, and that can be had with others without being copied."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class OverlayMapping(Mapping[Key, Value]):
    """A mapping that can be had with other values without its being copied."""

    def changed(
        self, new: Mapping[Key, Value], gone: Iterable[Key] = (), *, in_order: bool = False
    ) -> "OverlayMapping[Key, Value]":
        """It with some values in place of its own, and without some keys.

        Args:
            in_order: Whether keys that come are put in their order among the others; else they come last.
        """
        raise NotImplementedError

    def may_differ(self, other: Mapping[Key, Value]) -> Iterable[Key] | None:
        """Of which keys another may have other values; None where nobody knows."""
        raise NotImplementedError


class LazyMapping(OverlayMapping[Key, Value]):
    """Values by keys that are known from the start, each found once.

    Args:
        keys: In the order in which the mapping is gone through.
        find: Finds the value of one of them.
    """

    def __init__(self, keys: Iterable[Key], find: Callable[[Key], Value]) -> None:
        self._keys = keys if isinstance(keys, dict) else dict.fromkeys(keys)
        self._find = find
        self._known: dict[Key, Value] = {}
        self._origin: LazyMapping[Key, Value] = self
        self._others: frozenset[Key] = frozenset()

    def __getitem__(self, key: Key) -> Value:
        known = self._known
        if key in known:
            return known[key]
        if key not in self._keys:
            raise KeyError(key)
        value = known[key] = self._find(key)
        return value

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of a key; another where there is none."""
        return self[key] if key in self._keys else default

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def changed(
        self, new: Mapping[Key, Value], gone: Iterable[Key] = (), *, in_order: bool = False
    ) -> "LazyMapping[Key, Value]":
        without = frozenset(gone)
        made = LazyMapping(
            _keys_with(self._keys, new, without, in_order=in_order),
            lambda key: new[key] if key in new else self[key],
        )
        made._origin = self._origin
        made._others = self._others | new.keys() | without
        return made

    def may_differ(self, other: Mapping[Key, Value]) -> Iterable[Key] | None:
        is_known = isinstance(other, LazyMapping) and other._origin is self._origin
        return self._others | other._others if is_known else None  # type: ignore[attr-defined]


def with_others(
    whole: Mapping[Key, Value],
    new: Mapping[Key, Value],
    gone: Iterable[Key] = (),
    *,
    in_order: bool = False,
) -> Mapping[Key, Value]:
    """A mapping with some values in place of its own, and without some keys, as `OverlayMapping.changed`."""
    if isinstance(whole, OverlayMapping):
        return whole.changed(new, gone, in_order=in_order)
    keys = _keys_with(whole, new, frozenset(gone), in_order=in_order)
    return {key: new[key] if key in new else whole[key] for key in keys}


def _keys_with(
    keys: Iterable[Key], new: Mapping[Key, Value], gone: frozenset[Key], *, in_order: bool
) -> dict[Key, None]:
    made = {key: None for key in keys if key not in gone}
    come = [key for key in new if key not in made]
    if not come:
        return made
    made |= dict.fromkeys(come)
    return dict.fromkeys(sorted(made)) if in_order else made  # type: ignore[type-var]


def unlike(values: Mapping[Key, Value], other: Mapping[Key, Value]) -> Iterator[Key]:
    """The keys of which a mapping has other values than another, or the other has none; no value is None."""
    # Sets of items would do, but have to be made, and each item of them.
    get = other.get
    return (key for key, value in values.items() if get(key) != value)


def differing(old: Mapping[Key, Value], new: Mapping[Key, Value]) -> set[Key]:
    """The keys of which two mappings have other values, or only one has any."""
    if old is new:
        return set()
    keys = new.may_differ(old) if isinstance(new, OverlayMapping) else None
    if keys is None:
        keys = {*old, *new}
    nothing: Any = object()
    return {key for key in keys if old.get(key, nothing) != new.get(key, nothing)}
