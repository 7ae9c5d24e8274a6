"""A view of some records of a dossier, for checking only what changed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.model.kinds import Kind


class _PartialView(Mapping[Any, Any]):
    """A mapping that iterates over some of its keys, and looks up all of them."""

    def __init__(self, whole: Mapping[Any, Any], keys: Collection[RecordId]) -> None:
        self._whole = whole
        # Sized by the keys, not by the mapping: a view is made for each record.
        self._keys = [key for key in keys if key in whole]

    def __getitem__(self, key: Any) -> Any:
        return self._whole[key]

    def __contains__(self, key: object) -> bool:
        return key in self._whole

    def __iter__(self) -> Iterator[Any]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def restricted(dossier: Dossier, keys: Collection[RecordId]) -> Dossier:
    """The dossier with views that iterate over some of its records; all can be looked up."""
    kinds = {kind.section: _PartialView(getattr(dossier, kind.section), keys) for kind in Kind}
    made = replace(dossier, **kinds)  # type: ignore[arg-type]
    made.__dict__["records"] = _PartialView(dossier.records, keys)
    return made
