"""Where a new record or field goes: where its neighbours' order says."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from generator.edit.writing import Value
from generator.load.records import RECORD_TYPES
from generator.model.dates import DateError, EdtfDate
from generator.model.kinds import Kind
from generator.model.record import Record

# An order is that of a file if at least so many of its neighbours keep it, of a hundred.
_KEPT = 90
# Three records can be in order by accident; fewer say nothing.
_FEWEST = 3


def with_record(records: Mapping[str, Value], key: str, fields: Value) -> dict[str, Value]:
    """The records of a file with one more, at the place that their order gives it: by date, by id or by name.

    A file without an order gets it at the end.
    """
    added = {key: fields}
    for rank in (_date, _id, _name):
        ranks = [rank(*item) for item in records.items()]
        own = rank(key, fields)
        if own is None or not _is_order(ranks):
            continue
        # After all that come before it or are equal.
        at = max((index + 1 for index, one in enumerate(ranks) if one is not None and one <= own), default=0)
        items = list(records.items())
        return dict([*items[:at], *added.items(), *items[at:]])
    return {**records, **added}


def _is_order(ranks: Sequence[str | None]) -> bool:
    known = [rank for rank in ranks if rank is not None]
    if len(known) < _FEWEST:
        return False
    kept = sum(before <= after for before, after in pairwise(known))
    return kept * 100 >= (len(known) - 1) * _KEPT


def _id(key: str, _fields: Value) -> str:
    return key


def _name(_key: str, fields: Value) -> str | None:
    name = fields.get("name") or fields.get("title") if isinstance(fields, Mapping) else None
    return name.casefold() if isinstance(name, str) else None


def _date(_key: str, fields: Value) -> str | None:
    text = fields.get("date") if isinstance(fields, Mapping) else None
    try:
        found = EdtfDate.parse(text) if isinstance(text, str) else None
    except DateError:
        return None
    return found.first_possible.isoformat() if found else None


def with_field(
    fields: Mapping[str, Value], key: str, value: Value, usual: Sequence[str], others: Iterable[Value]
) -> dict[str, Value]:
    """Fields with one more, where most others of its sort have it, else where it usually is.

    Args:
        usual: The names of fields in their usual order.
        others: The fields of other records or parts of the same sort.
    """
    before: dict[str, int] = {}
    for one in others:
        names = list(one) if isinstance(one, Mapping) else []
        if key in names:
            at = names.index(key)
            for index, name in enumerate(names):
                before[name] = before.get(name, 0) + (1 if index < at else -1)
    place = {name: index for index, name in enumerate(usual)}
    for name in fields:
        if not before.get(name) and key in place and name in place:
            before[name] = 1 if place[name] < place[key] else -1
    items = list(fields.items())
    at = max((index + 1 for index, (name, _) in enumerate(items) if before.get(name, 1) > 0), default=0)
    return dict([*items[:at], (key, value), *items[at:]])


def usual_fields(kind: Kind | None) -> tuple[str, ...]:
    """The fields of a kind of record in their usual order: its own first, then those that all records have."""
    model = RECORD_TYPES.get(kind) if kind else None
    if model is None:
        return ()
    common = [name for name in Record.model_fields if name not in ("id", "kind_of")]
    own = [
        field.alias or name
        for name, field in model.model_fields.items()
        if name not in ("id", "kind_of", *common)
    ]
    return (*own, *common)
