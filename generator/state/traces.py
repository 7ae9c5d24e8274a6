"""Read tracing: the values that a page read while it was made, so that only a change of one of them invalidates it.

A *dependency* is a value that was read: the name of a mapping, and the key. A page keeps the set of its dependencies,
a *verifying trace* in the terms of *Build Systems à la Carte* (Mokhov, Mitchell, Peyton Jones, 2018). For example:

    recorder = DependencyRecorder()
    people = TrackedMapping(recorder, "people", {"ana": "Ana Lima", "bo": "Bo Ek"})
    with recorder.record() as dependencies:
        page = people["ana"]
    assert dependencies == {("people", "ana")}

If Bo changes, the page stays valid. Dependencies are not declared, so none can be forgotten. But a value that several
pages share must be recorded for each of them: see `DependencyRecorder.tracked_memo`.
"""

from collections.abc import Callable, Hashable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Result = TypeVar("Result")

# The name of the mapping that was read, and the key.
Dependency = tuple[str, Any]
# In place of a key: the set of keys; all keys with their values.
KEYS, ALL = "#", "*"


class DependencyRecorder:
    """Collects the dependencies of the page or value that is being made."""

    def __init__(self) -> None:
        self.nodes: set[Dependency] = set()

    @contextmanager
    def record(self) -> Iterator[set[Dependency]]:
        """Record every dependency read inside the block. An enclosing `record` does not see them."""
        before, self.nodes = self.nodes, set()
        try:
            yield self.nodes
        finally:
            self.nodes = before

    def tracked_memo(self, make: Callable[[Key], Value]) -> Callable[[Key], Value]:
        """A memoized function. Each caller depends on all that was read to make the value."""
        known: dict[Key, tuple[Value, set[Dependency]]] = {}

        def remembered(key: Key) -> Value:
            if key not in known:
                with self.record() as nodes:
                    value = make(key)
                known[key] = value, nodes
            value, nodes = known[key]
            self.nodes |= nodes
            return value

        return remembered


class TrackedMapping(Mapping[Key, Value], Generic[Key, Value]):
    """A mapping that records a dependency for each key that is read, and for each listing of its keys or values.

    Args:
        name: The name of the mapping in dependencies on one key.
        whole: Its name in dependencies on all keys or values (default: `name`).
        of: Maps a key of the mapping to the key in the dependency (default: the key itself).
    """

    def __init__(
        self,
        recorder: DependencyRecorder,
        name: str,
        items: Mapping[Key, Value],
        *,
        whole: str = "",
        of: Callable[[Key], Hashable] | None = None,
    ) -> None:
        self._items = items
        self._recorder, self._name, self._whole, self._of = recorder, name, whole or name, of

    def __getitem__(self, key: Key) -> Value:
        self._recorder.nodes.add((self._name, self._of(key) if self._of else key))
        return self._items[key]

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of a key, or a default."""
        self._recorder.nodes.add((self._name, self._of(key) if self._of else key))
        return self._items.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._recorder.nodes.add((self._name, self._of(key) if self._of else key))  # type: ignore[arg-type]
        return key in self._items

    def __iter__(self) -> Iterator[Key]:
        self._recorder.nodes.add((self._whole, KEYS))
        return iter(self._items)

    def __len__(self) -> int:
        self._recorder.nodes.add((self._whole, KEYS))
        return len(self._items)

    def keys(self) -> KeysView[Key]:
        """All keys."""
        self._recorder.nodes.add((self._whole, KEYS))
        return self._items.keys()

    def values(self) -> ValuesView[Value]:
        """All values."""
        self._recorder.nodes.add((self._whole, ALL))
        return self._items.values()

    def items(self) -> ItemsView[Key, Value]:
        """All keys with their values."""
        self._recorder.nodes.add((self._whole, ALL))
        return self._items.items()

    def __eq__(self, other: object) -> bool:
        self._recorder.nodes.add((self._whole, ALL))
        return dict(self._items) == other

    __hash__ = None  # type: ignore[assignment]
