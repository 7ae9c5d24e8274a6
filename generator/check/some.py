"""Rules held against some records alone, as one looks at what changed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.model.kinds import Kind


class _Some(Mapping[Any, Any]):
    """A mapping that tells of some of its keys when it is gone through, and of all when it is asked."""

    def __init__(self, whole: Mapping[Any, Any], keys: Collection[RecordId]) -> None:
        self._whole = whole
        # Never gone through whole: there are as many parts of a dossier as it is large.
        self._keys = [key for key in keys if key in whole]

    def __getitem__(self, key: Any) -> Any:
        return self._whole[key]

    def __contains__(self, key: object) -> bool:
        return key in self._whole

    def __iter__(self) -> Iterator[Any]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def only(dossier: Dossier, keys: Collection[RecordId]) -> Dossier:
    """The dossier as one that tells of some of its records when it is gone through; all can be looked up."""
    kinds = {kind.section: _Some(getattr(dossier, kind.section), keys) for kind in Kind}
    made = replace(dossier, **kinds)  # type: ignore[arg-type]
    made.__dict__["records"] = _Some(dossier.records, keys)
    return made
