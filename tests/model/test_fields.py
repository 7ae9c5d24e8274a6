"""What a field is, is declared once, and found in every record."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from generator.load import load
from generator.load.records import RECORD_TYPES
from generator.model.article import Article, Original
from generator.model.dossier import Dossier, Settings
from generator.model.evidence import Evidence
from generator.model.fields import DateMark, EvidenceMark, ProseMark, Ref, walk
from generator.model.record import Record

MARKS = (Ref, ProseMark, DateMark, EvidenceMark)
MODELS = [*RECORD_TYPES.values(), Article, Settings]
# Fields of the program's own; and a digest is nothing for a dossier that is printed in full.
UNUSED = {"id", "kind_of", "paragraphs", "original"}


@pytest.fixture(scope="module")
def toy_dossier(toy: Path) -> Dossier:
    return load(toy)[0]


def _declared(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of all fields that are declared with a mark, found by reading the annotations alone."""
    for name, field in model.model_fields.items():
        here = (*path, field.alias or name)
        if any(isinstance(mark, MARKS) for mark in field.metadata) or _has_mark(field.annotation):
            yield here
        for part in _models(field.annotation):
            if part is not Evidence:
                yield from _declared(part, here)


def _has_mark(hint: Any) -> bool:
    if get_origin(hint) is Annotated and any(isinstance(mark, MARKS) for mark in get_args(hint)[1:]):
        return True
    return any(_has_mark(arg) for arg in get_args(hint))


def _models(hint: Any) -> Iterator[type[BaseModel]]:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for arg in get_args(hint):
        yield from _models(arg)


def _of(dossier: Dossier, model: type[BaseModel]) -> list[BaseModel]:
    everything: list[BaseModel] = [dossier.settings, *dossier.records.values()]
    return [one for one in everything if type(one) is model]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_walk_finds_every_declared_mark(model: type[BaseModel], toy_dossier: Dossier) -> None:
    walked = {
        tuple(part for part in path if isinstance(part, str))
        for one in _of(toy_dossier, model)
        for path, _, _ in walk(one)
    }
    common = {(name,) for name in Record.model_fields} if issubclass(model, Record) else set()
    assert walked | common >= set(_declared(model))
    assert walked <= set(_declared(model))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_toy_dossier_uses_every_field(model: type[BaseModel], toy_dossier: Dossier) -> None:
    def fields(one: BaseModel) -> Iterator[tuple[type[BaseModel], str]]:
        for name in type(one).model_fields:
            value = getattr(one, name)
            if value not in (None, (), {}):
                yield type(one), name
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, BaseModel):
                    yield from fields(part)

    used = {field for one in _of(toy_dossier, model) for field in fields(one)}
    inner = {part for field in model.model_fields.values() for part in _models(field.annotation)}
    common = set(Record.model_fields) if issubclass(model, Record) else set()
    wanted = {(model, name) for name in set(model.model_fields) - common}
    wanted |= {(part, name) for part in inner - {Evidence, Original} for name in part.model_fields}
    unused = {f"{part.__name__}.{name}" for part, name in wanted - used if name not in UNUSED}
    assert unused == set(), "give these fields a value in tests/toy/seeds"


def test_the_toy_dossier_uses_every_common_field(toy_dossier: Dossier) -> None:
    used = {
        name for one in toy_dossier.records.values() for name in Record.model_fields if getattr(one, name)
    }
    assert used == set(Record.model_fields)


def test_a_reference_in_a_tuple_has_its_path(toy_dossier: Dossier) -> None:
    event = toy_dossier.events["summit-2019-03-10"]  # type: ignore[index]
    found = {path: value for path, mark, value in walk(event) if isinstance(mark, Ref)}
    assert found[("participants", 1, "who")] == "bakar-torel"
    assert found[("responds_to", 0)] == "appeal-2019-03-03"
