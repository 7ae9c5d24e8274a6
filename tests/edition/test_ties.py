"""The ties of one actor, given the weights of all ties."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.invent import write_dossier
from generator.edition import Edition
from generator.link import link
from generator.load import load
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from tests.build import article, dossier, record


@pytest.fixture(scope="module", params=["toy", "invented"])
def edition(request: pytest.FixtureRequest, toy: Path, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    root = toy
    if request.param == "invented":
        root = tmp_path_factory.mktemp("ties") / "invented"
        write_dossier(root, 40)
    dossier, _ = load(root)
    return Edition(dossier, link(dossier))


def actors_of(edition: Edition) -> list[RecordId]:
    return [*edition.dossier.people, *edition.dossier.organizations]


def test_tie_is_the_same_from_both_ends(edition: Edition) -> None:
    of = {key: {tie.beside(key): tie for tie in edition.ties_of(key)} for key in actors_of(edition)}
    assert sum(map(len, of.values())) == 2 * edition.number_of_ties > 0
    for key, ties in of.items():
        assert [of[other][key] for other in ties] == list(ties.values())
        ranks = [(-tie.weight, tie.one, tie.other) for tie in ties.values()]
        assert ranks == sorted(ranks)


def test_a_tie_has_the_events_and_statements_of_its_ends(edition: Edition) -> None:
    for event in edition.dossier.events.values():
        for key in {part.who for part in event.participants}:
            met = {other for tie in edition.ties_of(key) if event.id in tie.events for other in tie[:2]}
            assert met | {key} == {part.who for part in event.participants}
    for said in edition.dossier.statements.values():
        ties = {tie.beside(said.speaker): tie for tie in edition.ties_of(said.speaker)}
        for other in {*said.about, said.to} & ties.keys() - {said.speaker}:
            assert said.id in ties[other].statements  # type: ignore[index]


def test_tie_has_all_paragraphs_that_name_both_newest_first(edition: Edition) -> None:
    places = list(edition.articles_in_print)
    some = 0
    for key in actors_of(edition):
        for tie in edition.ties_of(key):
            named = [
                {(m.article, m.paragraph) for m in edition.links.mentioned_in.get(end, ())} for end in tie[:2]
            ]
            both = sorted(named[0] & named[1], key=lambda at: (-places.index(at[0]), at[1]))
            found = [(at.article, at.first) for at in edition.newest_of(tie, 1000)]
            assert found == both[: tie.paragraphs] == both
            assert edition.newest_of(tie, 2) == edition.newest_of(tie, 1000)[:2]
            some += len(found)
    assert some


def test_people_at_a_place_are_named_in_its_paragraphs(edition: Edition) -> None:
    some = 0
    for key in edition.dossier.places:
        at = {(m.article, m.paragraph) for m in edition.links.mentioned_in.get(key, ())}
        for other, number in edition.seen_with(key, Kind.PERSON, 1000):
            beside = {(m.article, m.paragraph) for m in edition.links.mentioned_in[other]}
            assert number == len(at & beside)
            some += number
    assert some


_NAMES = ("Ana Lima", "Rui Costa", "Mira Okun")
_BODIES = st.lists(st.lists(st.sampled_from(_NAMES), max_size=3).map(" and ".join), min_size=1, max_size=3)


@given(_BODIES, _BODIES, _BODIES)
def test_weights_after_a_change_are_those_of_a_full_count(
    other: list[str], old: list[str], new: list[str]
) -> None:
    people = [record(Kind.PERSON, name.split()[0].lower(), name=name) for name in _NAMES]
    before, now = (
        Edition(made, link(made))
        for made in (
            dossier(
                *people,
                article("other", *(f"{text}." for text in other)),
                article("news", *(f"{text}." for text in body)),
            )
            for body in (old, new)
        )
    )
    updated = Edition.weights.updated(now, before.weights, before, [("mentions", "news")])
    assert updated == now.weights
    assert [[*of.items()] for of in updated.values()] == [[*of.items()] for of in now.weights.values()]
