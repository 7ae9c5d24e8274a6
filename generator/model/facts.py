"""Addresses of facts: each thing that a record states has one on the record's page, made of what it states.

It does not depend on where the fact stands in its list, so that it stays when others come and go.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from generator.model.claims import Statement
from generator.model.dates import EdtfDate
from generator.model.fields import EvidenceMark, Part, Path, walk
from generator.model.ids import slug
from generator.model.record import Record

# Fields without a mark that state something nevertheless.
_PLAIN = frozenset({"status"})
# Of a part, what tells it apart from the others of its list: not when it ended, nor what backs it.
_NOT_TELLING = frozenset({"until", "evidence"})
_LONGEST = 80


def fact_ids(record: Record) -> Mapping[Path, str]:
    """The anchors of a record's facts by the path of their values: of a field, or of one part of its list."""
    if isinstance(record, Statement):
        # It has an address as a whole.
        return {}
    stated = {path[0] for path, mark, _ in walk(record) if not isinstance(mark, EvidenceMark)}
    found: dict[Path, str] = {}
    taken: Counter[str] = Counter()
    for name in type(record).model_fields:
        value = getattr(record, name)
        parts = value if isinstance(value, tuple) and value and isinstance(value[0], Part) else None
        if not parts and (name not in stated | _PLAIN or value is None):
            continue
        for place, words in enumerate(map(_telling, parts)) if parts else ((None, ""),):
            path: Path = (name,) if place is None else (name, place)
            anchor = f"fact-{slug(f'{name} {words}')[:_LONGEST].strip('-_')}"
            taken[anchor] += 1
            found[path] = anchor if taken[anchor] == 1 else f"{anchor}-{taken[anchor]}"
    return found


def _telling(part: Part) -> str:
    values = (getattr(part, name) for name in type(part).model_fields if name not in _NOT_TELLING)
    return " ".join(_words(value) for value in values if value is not None)


def _words(value: Any) -> str:
    return value.text if isinstance(value, EdtfDate) else str(value)
