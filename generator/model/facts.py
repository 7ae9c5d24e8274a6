"""Addresses of facts: the anchor, on a record's page, of each value that the record states.

An anchor is made from the value, not from its position in a list, so it stays valid when other values are added
or removed.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from generator.model.claims import Statement
from generator.model.dates import EdtfDate
from generator.model.fields import EvidenceMark, Part, Path, walk
from generator.model.ids import slug
from generator.model.record import Record

# Fields that state a fact although they have no mark.
_PLAIN = frozenset({"status"})
# Fields that do not identify a part within its list: these often change while the fact stays the same.
_NOT_IDENTIFYING = frozenset({"until", "evidence"})
_LONGEST = 80


def fact_ids(record: Record) -> Mapping[Path, str]:
    """The anchors of a record's facts, by the path of the value: a field, or one part of a list."""
    if isinstance(record, Statement):
        # A statement has one address as a whole.
        return {}
    stated = {path[0] for path, mark, _ in walk(record) if not isinstance(mark, EvidenceMark)}
    found: dict[Path, str] = {}
    taken: Counter[str] = Counter()
    for name in type(record).model_fields:
        value = getattr(record, name)
        parts = value if isinstance(value, tuple) and value and isinstance(value[0], Part) else None
        if not parts and (name not in stated | _PLAIN or value is None):
            continue
        for place, words in enumerate(map(_identifying_words, parts)) if parts else ((None, ""),):
            path: Path = (name,) if place is None else (name, place)
            anchor = f"fact-{slug(f'{name} {words}')[:_LONGEST].strip('-_')}"
            taken[anchor] += 1
            found[path] = anchor if taken[anchor] == 1 else f"{anchor}-{taken[anchor]}"
    return found


def _identifying_words(part: Part) -> str:
    values = (getattr(part, name) for name in type(part).model_fields if name not in _NOT_IDENTIFYING)
    return " ".join(_words(value) for value in values if value is not None)


def _words(value: Any) -> str:
    return value.text if isinstance(value, EdtfDate) else str(value)
