"""What one actor shares with others is what all actors' ties say of it, with less looked at."""

from pathlib import Path

import pytest

from bench.invent import write_dossier
from generator.link import link
from generator.load import load
from generator.pages.edition import Edition, seen_beside
from generator.pages.ties import by_actor, pairs_of, ties, ties_of


@pytest.fixture(scope="module", params=["toy", "invented"])
def edition(request: pytest.FixtureRequest, toy: Path, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    root = toy
    if request.param == "invented":
        root = tmp_path_factory.mktemp("ties") / "invented"
        write_dossier(root, 40)
    dossier, _ = load(root)
    return Edition(dossier, link(dossier))


def test_the_ties_of_one_actor_are_among_those_of_all(edition: Edition) -> None:
    dossier, links = edition.dossier, edition.links
    everybody = by_actor(ties(dossier, links))
    assert len(everybody) > 3
    for key in (*dossier.people, *dossier.organizations):
        assert ties_of(dossier, links, key) == everybody.get(key, ()), key


def test_whom_one_record_is_seen_with_is_among_whom_all_are(edition: Edition) -> None:
    everybody = edition._seen_with
    assert len(everybody) > 3
    for key in edition.dossier.records:
        assert seen_beside(edition.dossier, edition.links, key) == everybody.get(key, {}), key


def test_paragraphs_of_pairs_add_up_to_those_of_their_ties(edition: Edition) -> None:
    dossier, links = edition.dossier, edition.links
    paragraphs = sum(pairs_of(dossier, found).total() for found in links.mentions.values())
    assert paragraphs == sum(len(tie.paragraphs) for tie in ties(dossier, links).values()) > 0
