"""Every fact has an address of its own, which stays when others come and go."""

import random

from generator.model.facts import fact_ids
from generator.model.kinds import Kind
from tests.build import record

POSITIONS = [
    {"title": "Mayor", "of": "port-selm", "from": "2009", "to": "2017"},
    {"title": "President", "of": "maravia", "from": "2017"},
    {"title": "Mayor", "of": "port-selm", "from": "2021"},
]


def test_an_address_is_made_of_what_is_stated() -> None:
    found = fact_ids(record(Kind.PERSON, "ana", positions=POSITIONS, summary="Hm.", note="Hm."))
    assert found["summary",] == "fact-summary"
    assert found["positions", 0] == "fact-positions-mayor-port-selm-2009"
    assert {("note",), ("name",), ("id",)}.isdisjoint(found)
    assert len({*found.values()}) == len(found)


def test_it_does_not_depend_on_the_place_in_the_list() -> None:
    before = fact_ids(record(Kind.PERSON, "ana", positions=POSITIONS))
    shuffled = random.Random(1).sample(POSITIONS, 3)
    after = fact_ids(record(Kind.PERSON, "ana", positions=shuffled))
    for place, position in enumerate(POSITIONS):
        assert before["positions", place] == after["positions", shuffled.index(position)]


def test_the_end_of_an_office_leaves_its_address() -> None:
    ended = [POSITIONS[1] | {"to": "2023", "evidence": ["news#p1"]}]
    before = fact_ids(record(Kind.PERSON, "ana", positions=POSITIONS[1:2]))
    assert before["positions", 0] == fact_ids(record(Kind.PERSON, "ana", positions=ended))["positions", 0]


def test_twins_get_ids_of_their_own() -> None:
    twins = fact_ids(record(Kind.EVENT, "e", participants=[{"who": "ana"}, {"who": "ana"}]))
    assert (twins["participants", 0], twins["participants", 1]) == (
        "fact-participants-ana",
        "fact-participants-ana-2",
    )


def test_what_no_letter_is_left_of_still_has_one() -> None:
    found = fact_ids(record(Kind.QUESTION, "q", answers=[{"value": "?!", "evidence": ["n#p1"]}]))
    assert found["answers", 0] == "fact-answers"
