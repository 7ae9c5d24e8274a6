"""What is made of all of an edition holds, as far as an incremental build takes it to hold, whatever texts say."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.edition import Edition
from generator.incremental.changes import all_derived
from generator.link import link
from generator.load import load
from generator.model.dossier import Dossier
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.model.slices import TEXT, changed, slices_of


def _with_other_prose(dossier: Dossier) -> Dossier:
    """A dossier of which each record says something else of itself, or something where it said nothing."""
    sections: dict[str, Any] = {
        kind.section: {
            key: record.model_copy(update={name: _other(record, name) for name in slices_of(record)[TEXT]})
            for key, record in getattr(dossier, kind.section).items()
        }
        for kind in Kind
    }
    return replace(dossier, **sections)


def _other(record: Record, name: str) -> object:
    """Other prose for a field, or for the parts of one."""
    if name == "steps":
        return tuple(step.model_copy(update={"text": "It was otherwise."}) for step in getattr(record, name))
    return "It was otherwise."


@pytest.mark.parametrize("which", ["cast", "own"])
def test_prose(dossier: Path, root: Path, which: str) -> None:
    found, _ = load(dossier if which == "cast" else root)
    other = _with_other_prose(found)
    differing = {
        name for key in found.records for name, _ in changed(found.records[key], other.records[key], key)
    }
    assert differing == {TEXT}
    links = link(found)
    before, now = (all_derived(Edition(each, links)) for each in (found, other))
    assert [name for name in before if before[name] != now[name]] == []
    assert len(before) > 20
