"""The invented dossier is sound at any size, and the same each time."""

from pathlib import Path

import pytest

from bench.invent import dossier_files, write_dossier
from generator import build


@pytest.mark.parametrize("articles", [1, 3, 60])
def test_it_is_sound(tmp_path: Path, articles: int) -> None:
    write_dossier(tmp_path, articles)
    checked = build.check(tmp_path)
    assert checked.problems == ()
    assert len(checked.dossier.articles) == articles
    named = {mention.entity for mentions in checked.links.mentions.values() for mention in mentions}
    assert named >= {*checked.dossier.people, *checked.dossier.organizations, *checked.dossier.places}


def test_it_is_the_same_each_time() -> None:
    assert dict(dossier_files(20)) == dict(dossier_files(20))
    assert dict(dossier_files(20)) != dict(dossier_files(20, seed=2))
