"""Whatever a run keeps, the next one reads as it was, down to the types of what it is made of."""

import shutil
from collections import Counter
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from generator.incremental import update_tree
from generator.incremental.stored_run import REQUIRED, types_of
from generator.mkdocs.settings import docs_folder
from generator.state.encoding import decode, encode_mapping
from generator.state.store import Store
from tests.incremental.cast import MILL, PEOPLE


@pytest.mark.parametrize("table", sorted(REQUIRED))
def test_tables_that_do_not_belong_together_cost_no_more_than_a_build(
    dossier: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    real = Store.write

    def write(store: Store, tables: Mapping[str, Mapping[Any, Any]], unordered: Collection[str] = ()) -> None:
        real(store, {**tables, table: {}}, unordered)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", write)
        update_tree(dossier, partial(docs_folder, dossier), fresh=True)
    article, people = dossier / MILL, dossier / PEOPLE
    article.write_text(f"{article.read_text('utf-8').rstrip()} Kelverin came.\n", "utf-8")
    people.write_text(f"{people.read_text('utf-8')}\n", "utf-8")
    tree = update_tree(dossier, partial(docs_folder, dossier))
    assert tree.pages
    assert len(tree.edition.dossier.articles) == len(list((dossier / "seeds/articles").iterdir()))


def _shape(value: Any) -> Any:
    """A value and all that it is made of, each with its type; a counter is equal to any mapping."""
    if isinstance(value, Mapping):
        kind = Counter if isinstance(value, Counter) else dict
        return kind, [(_shape(key), _shape(each)) for key, each in value.items()]
    if isinstance(value, tuple | list):
        return type(value), [_shape(each) for each in value]
    if hasattr(value, "stored"):
        return type(value), _shape(value.stored())
    return type(value), value


@pytest.mark.parametrize("which", ["cast", "toy", "root"])
def test_what_is_kept_comes_back_the_same(
    which: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: dict[str, Mapping[Any, Any]] = {}
    name = "dossier" if which == "cast" else which
    root: Path = request.getfixturevalue(name)

    def write(store: Store, tables: Mapping[str, Mapping[Any, Any]], unordered: object = ()) -> None:
        found.update(tables)

    if which != "cast":
        root = shutil.copytree(root / "seeds", tmp_path / which / "seeds").parent
    monkeypatch.setattr(Store, "write", write)
    update_tree(root, partial(docs_folder, root), fresh=True)
    assert len(found) > 60
    for table, values in found.items():
        key, value = types_of(table)
        again = decode(encode_mapping(values, value), dict[key, value])  # type: ignore[valid-type]
        assert _shape(again) == _shape(values), table
