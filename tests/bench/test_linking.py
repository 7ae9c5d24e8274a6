"""The benchmark of names scores as it says, and measures what it says."""

import tarfile
from pathlib import Path

import pytest

from bench import linking
from bench.scoring import Score, score
from bench.simple import SimpleWay
from generator.model.kinds import Kind
from tests.build import dossier, record


def test_a_mention_is_right_where_it_overlaps_one_of_the_same_entity() -> None:
    gold = {"one": ((0, 4, "ana"), (10, 14, "rui"), (20, 24, "ana")), "two": ((0, 4, "ana"),)}
    found = {
        "one": [(2, 6, "ana"), (10, 14, "ana"), (30, 34, "town"), (40, 44, "rui")],
        "three": [(0, 4, "ana")],
    }
    assert score(found, gold, {"ana", "rui"}) == Score(right=1, wrong=2, missed=3)
    assert score({}, gold, {"ana", "rui"}) == Score(missed=4)


def test_what_is_found_counts_once() -> None:
    gold = {"one": ((0, 4, "ana"), (5, 9, "ana"))}
    assert score({"one": [(0, 9, "ana")]}, gold, {"ana"}) == Score(right=1, missed=1)
    assert score({"one": [(0, 4, "ana"), (0, 9, "ana")]}, gold, {"ana"}) == Score(right=2)


def test_shares() -> None:
    pooled = Score(6, 2, 1) + Score(0, 0, 1)
    assert (pooled.precision, pooled.recall, pooled.f1) == (0.75, 0.75, 0.75)
    assert (Score().precision, Score().recall, Score().f1) == (0, 0, 0)


def test_the_simple_way_links_what_one_record_has() -> None:
    people = [
        record(Kind.PERSON, "ana", name="Ana Lima", short=["Lima"]),
        record(Kind.PERSON, "rui", name="Rui Lima", short=["Lima"]),
        record(Kind.PERSON, "bo", name="Bo Okun", short=["Okun"]),
    ]
    way = SimpleWay(dossier(*people))
    text = "Ana Lima, Lima, President Okun, OKUN, Okuns"
    assert [(text[start:end], key) for start, end, key in way.find(text)] == [
        ("Ana Lima", "ana"),
        ("Okun", "bo"),
        ("OKUN", "bo"),
    ]


def test_the_invented_text_holds_as_many_names_as_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "NAMES", 100)
    made = linking.invented(60_000, 100)
    texts = [p.text for article in made.articles.values() for p in article.paragraphs]
    assert len(made.people) == 50
    assert 60_000 <= sum(map(len, texts)) < 75_000
    found = sum(len(list(SimpleWay(made).find(text))) for text in texts)
    assert 400 < found < 800
    assert sum(map(len, linking.ours(made).values())) >= found


@pytest.mark.needs_shared
def test_a_volume_is_linked_better_than_the_simple_way(shared: Path, tmp_path: Path) -> None:
    with tarfile.open(shared.parent / "corpora/frus.tar.xz") as volumes:
        members = [m for m in volumes if m.name.startswith("frus/frus1961-63v02/")]
        volumes.extractall(tmp_path, members, filter="data")
    (ours, _, simple), unshared = linking.of_volume(tmp_path / "frus/frus1961-63v02")
    assert ours.recall > 0.97 > simple.recall
    assert ours.precision > simple.precision
    # The marks leave out the names that people share, so precision is higher without them.
    assert unshared[0].precision > ours.precision
    assert unshared[0].right + unshared[0].missed < ours.right + ours.missed
