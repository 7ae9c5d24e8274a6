"""What a run keeps for the next, as mappings by name: whole once, and then only what differs from that."""

import secrets
from collections.abc import Mapping
from typing import Any

from generator.cache import Cache

Tables = Mapping[str, Mapping[Any, Any]]
# Of a mapping: what came or differs, and the keys that went.
_Difference = tuple[dict[Any, Any], tuple[Any, ...]]

_BASE, _DELTA = "base-", "delta-"
# More than so many in a hundred that differ are not worth keeping apart.
_MOST = 10


class Store:
    """The mappings of one dossier.

    Values are compared by identity: a value that is the very one that was read has not changed, and must not be
    changed in place.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._base_name = ""
        self._base: Tables = {}

    def read(self, name: str) -> Tables | None:
        """The mappings that were written under a name; None where they are not to be believed."""
        base_name, _, delta_name = name.partition("+")
        base = self._cache.read(base_name) if base_name else None
        delta: dict[str, _Difference] | None = self._cache.read(delta_name) if delta_name else {}
        if base is None or delta is None:
            return None
        self._base_name, self._base = base_name, base
        tables: dict[str, Mapping[Any, Any]] = dict(base)
        for table, (changed, gone) in delta.items():
            made = {**base.get(table, {}), **changed}
            for key in gone:
                del made[key]
            tables[table] = made
        return tables

    def write(self, tables: Tables) -> str:
        """Keeps mappings, and gives the name under which they are found; those before are found until it is told."""
        delta = {
            table: found
            for table, values in tables.items()
            if any(found := _difference(self._base.get(table, {}), values))
        }
        number = sum(len(changed) + len(gone) for changed, gone in delta.values())
        if not self._base_name or number * 100 > _MOST * sum(map(len, tables.values())):
            name = f"{_BASE}{secrets.token_hex(8)}"
            self._cache.write(name, {table: dict(values) for table, values in tables.items()})
            return name
        name = f"{_DELTA}{secrets.token_hex(8)}"
        self._cache.write(name, delta)
        return f"{self._base_name}+{name}"

    def drop_others(self, name: str) -> None:
        """Removes all that a name does not lead to."""
        wanted = set(name.split("+"))
        for path in self._cache.folder.iterdir():
            if path.name.startswith((_BASE, _DELTA)) and path.name not in wanted:
                path.unlink(missing_ok=True)


def _difference(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> _Difference:
    nothing = object()
    changed = {key: value for key, value in new.items() if old.get(key, nothing) is not value}
    return changed, tuple(key for key in old if key not in new)
