"""What a piece of work reads, noted while it reads it, so that it need be done again only when that has changed.

The terms are those of *Build Systems à la Carte* (Mokhov, Mitchell, Peyton Jones, 2018): a piece of work keeps a
verifying trace, the values that it read by key.
"""

from collections.abc import Callable, Hashable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Result = TypeVar("Result")

# A value that was read: what it was read from, and the key.
Node = tuple[str, Hashable]
# In place of a key: which keys there are, and all keys with their values.
KEYS, ALL = "#", "*"


class Notes:
    """What is being read, by the piece of work that is at it."""

    def __init__(self) -> None:
        self.nodes: set[Node] = set()

    @contextmanager
    def taken(self) -> Iterator[set[Node]]:
        """Notes what is read meanwhile apart from what was read before; whoever is outside is not told."""
        before, self.nodes = self.nodes, set()
        try:
            yield self.nodes
        finally:
            self.nodes = before

    def remembering(self, make: Callable[[Key], Value]) -> Callable[[Key], Value]:
        """A function that remembers its values, and notes what was read for one whenever it gives it."""
        known: dict[Key, tuple[Value, set[Node]]] = {}

        def remembered(key: Key) -> Value:
            if key not in known:
                with self.taken() as nodes:
                    value = make(key)
                known[key] = value, nodes
            value, nodes = known[key]
            self.nodes |= nodes
            return value

        return remembered


class Table(Mapping[Key, Value], Generic[Key, Value]):
    """A mapping that notes which of its values are read.

    Args:
        name: Under which they are noted.
        whole: Under which it is noted that its keys or all its values are read, where that is another name.
        of: The key under which a value is noted, where that is not its own.
    """

    def __init__(
        self,
        notes: Notes,
        name: str,
        items: Mapping[Key, Value],
        *,
        whole: str = "",
        of: Callable[[Key], Hashable] | None = None,
    ) -> None:
        self._items = items
        self._notes, self._name, self._whole, self._of = notes, name, whole or name, of

    def __getitem__(self, key: Key) -> Value:
        self._notes.nodes.add((self._name, self._of(key) if self._of else key))
        return self._items[key]

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of a key; another where there is none."""
        self._notes.nodes.add((self._name, self._of(key) if self._of else key))
        return self._items.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._notes.nodes.add((self._name, self._of(key) if self._of else key))  # type: ignore[arg-type]
        return key in self._items

    def __iter__(self) -> Iterator[Key]:
        self._notes.nodes.add((self._whole, KEYS))
        return iter(self._items)

    def __len__(self) -> int:
        self._notes.nodes.add((self._whole, KEYS))
        return len(self._items)

    def keys(self) -> KeysView[Key]:
        """All keys."""
        self._notes.nodes.add((self._whole, KEYS))
        return self._items.keys()

    def values(self) -> ValuesView[Value]:
        """All values."""
        self._notes.nodes.add((self._whole, ALL))
        return self._items.values()

    def items(self) -> ItemsView[Key, Value]:
        """All keys with their values."""
        self._notes.nodes.add((self._whole, ALL))
        return self._items.items()

    def __eq__(self, other: object) -> bool:
        self._notes.nodes.add((self._whole, ALL))
        return dict(self._items) == other

    __hash__ = None  # type: ignore[assignment]
