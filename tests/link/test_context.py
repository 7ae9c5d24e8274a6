"""Whom a name means is decided by what the article itself says, and reported where that leaves two."""

from typing import Any

import pytest

from generator.link import Links, link
from generator.model.kinds import Kind
from generator.model.record import Record
from tests.build import article, dossier, record

ANA: dict[str, Any] = {"name": "Ana Lima", "short": ["Lima"]}
RUI: dict[str, Any] = {"name": "Rui Lima", "short": ["Lima"]}


def _people(ana: dict[str, Any] | None = None, rui: dict[str, Any] | None = None) -> tuple[Record, Record]:
    return record(Kind.PERSON, "ana", **ANA | (ana or {})), record(Kind.PERSON, "rui", **RUI | (rui or {}))


def _linked(*records: Record) -> tuple[Links, list[tuple[str, str]]]:
    links = link(dossier(*records))
    return links, [(found.text, str(found.entity)) for found in links.mentions[records[-1].id]]  # type: ignore[index]


def _position(title: str, **dates: str) -> dict[str, Any]:
    return {"positions": [{"title": title, **dates}]}


def test_a_short_form_of_one_record_means_it() -> None:
    ana, _ = _people()
    _, found = _linked(ana, article("news", "Lima’s word."))
    assert found == [("Lima", "ana")]


def test_whom_the_article_names_in_full() -> None:
    _, found = _linked(*_people(), article("news", "Lima spoke.", "Then Rui Lima left."))
    assert found == [("Lima", "rui"), ("Rui Lima", "rui")]


@pytest.mark.parametrize("text", ["President Lima spoke.", "The president\nLima spoke."])
def test_who_holds_the_title_beside_it(text: str) -> None:
    people = _people(_position("President"), _position("Vice President"))
    links, found = _linked(*people, article("news", text))
    assert found == [("Lima", "ana")]
    assert links.problems == ()


def test_the_title_decides_between_two_that_are_named_in_full() -> None:
    text = "Ana Lima met Rui Lima. Mayor Lima laughed."
    _, found = _linked(*_people(None, _position("Mayor")), article("news", text))
    assert found[-1] == ("Lima", "rui")


def test_who_is_active_at_the_date() -> None:
    people = _people(_position("President", to="2010"), _position("Mayor", **{"from": "2011"}))
    assert _linked(*people, article("news", "Lima spoke.", published="2022-09-16"))[1] == [("Lima", "rui")]
    assert _linked(*people, article("news", "Lima spoke.", published="1999"))[1] == [("Lima", "ana")]
    assert _linked(*people, article("news", "Lima spoke."))[1] == []


def test_what_a_curator_has_settled() -> None:
    text = "Lima spoke. LIMA too, and O’Lima’s Lima."
    _, found = _linked(*_people(), article("news", text, mentions={"Lima": "rui", "LIMA": "none"}))
    assert found == [("Lima", "rui"), ("Lima", "rui")]
    _, found = _linked(*_people(), article("news", "Rui Lima spoke.", mentions={"Rui Lima": "none"}))
    assert found == []


def test_undecided_name_is_unlinked_and_warned_once() -> None:
    links, found = _linked(*_people(), article("news", "Nobody.", "A Lima, and\nLima again."))
    assert found == []
    (problem,) = links.problems
    assert str(problem) == (
        "seeds/test.yml:4:3: warning: 'Lima' may mean ana or rui: linked to neither (2 times) "
        "(say whom it means: mentions: {Lima: ana} in an article, [[ana|Lima]] in prose) [undecided-name]"
    )


def test_one_full_name_of_two_records() -> None:
    both = (record(Kind.PERSON, "one", name="Ana Lima"), record(Kind.PERSON, "other", name="Ana Lima"))
    links, found = _linked(*both, article("news", "Ana Lima spoke."))
    assert found == []
    assert [problem.rule for problem in links.problems] == ["undecided-name"]


def test_a_full_name_is_stronger_than_a_short_form() -> None:
    city = record(Kind.PLACE, "lima", name="Lima")
    _, found = _linked(*_people(), city, article("news", "In Lima, Ana Lima spoke."))
    assert found == [("Lima", "lima"), ("Ana Lima", "ana")]
