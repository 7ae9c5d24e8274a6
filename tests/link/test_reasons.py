"""Each reason decides where it should, and nowhere else."""

from typing import Any

import pytest

from generator.link import link
from generator.link.boundaries import RULES
from generator.link.reasons import REASONS
from generator.model.kinds import Kind
from generator.model.record import Record
from tests.build import article, dossier, record

WALT = record(Kind.PERSON, "walt", name="Walter W. Brook", short=["Brook"])
EUGENE = record(Kind.PERSON, "eugene", name="Eugene V. Brook", short=["Brook"])
THANOM = record(Kind.PERSON, "thanom", name="Thanom Kittik", short=["Kittik"])
NGUYEN = record(Kind.PERSON, "pak", name="Pak Chong-hui", short=["Pak", "Chong-hui"])
NHU = record(Kind.PERSON, "nhu", name="Ngo Nhu", short=["Nhu"])
MADAME = record(Kind.PERSON, "madame", name="Madame Ngo Nhu")


def _person(key: str, name: str, *short: str, **fields: Any) -> Record:
    return record(Kind.PERSON, key, name=name, short=list(short), **fields)


def _found(records: tuple[Record, ...], *paragraphs: str, **fields: Any) -> list[tuple[str, str]]:
    text = article("news", *paragraphs, **fields)
    return [(m.text, str(m.entity)) for m in link(dossier(*records, text)).mentions[text.article_id]]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Walter Brook spoke.", "Walter Brook"),
        ("Then W. W. Brook spoke.", "W. W. Brook"),
        ("W.W. Brook spoke.", "W.W. Brook"),
        ("Mr. Walt Brook spoke.", "Walt Brook"),
        ("Mr.W. Brook spoke.", "W. Brook"),
        ("Walter Wilson Brook’s word", "Walter Wilson Brook"),
        ("WALTER BROOK", "WALTER BROOK"),
    ],
)
def test_forenames_decide_and_join_the_mention(text: str, mention: str) -> None:
    assert _found((WALT, EUGENE), text) == [(mention, "walt")]


@pytest.mark.parametrize("text", ["John Brook spoke.", "Mr. X. Brook spoke.", "Walter Q. Brook spoke."])
def test_forenames_of_nobody_are_a_strangers(text: str) -> None:
    assert _found((WALT,), text) == []


def test_where_a_stranger_is_named_the_short_form_may_mean_him() -> None:
    assert _found((WALT,), "J. Brook spoke.", "Then Brook left.") == []
    assert _found((WALT,), "J. Brook spoke to Walter W. Brook.", "Then Brook left.")[1:] == [
        ("Brook", "walt")
    ]


def test_a_name_that_is_mostly_strangers_needs_more_than_itself() -> None:
    strangers = [
        article(f"s{n}", f"They saw {name} Brook there.") for n, name in enumerate(("J.", "Tom", "A. B."))
    ]
    walt = _person("walt", "Walter Brook", "Brook", summary="Mayor of Selm")
    assert _found((walt, *strangers), "Then Brook left.") == []
    assert _found((walt, *strangers), "Mayor Brook came.", "Then Brook left.") == [("Brook", "walt")] * 2
    assert _found((walt, *strangers), "Brook left.", title="What Walter Brook did") == [("Brook", "walt")]
    assert _found((walt, *strangers[:2]), "Then Brook left.") == [("Brook", "walt")]
    known = article("known", "They saw Walter Brook there.")
    more = article("more", "Mayor Brook came too.")
    assert _found((walt, known, more, *strangers), "Then Brook left.") == [("Brook", "walt")]


def test_a_letter_may_address_one_whose_forename_is_anothers_family_name() -> None:
    patrick, dean = _person("patrick", "Patrick Dean", "Dean"), _person("rusk", "Dean Rusk", "Rusk")
    assert _found((patrick, dean), "Dear Dean:", title="A letter to Rusk") == [("Dean", "rusk")]
    assert _found((patrick, dean), "Dear Dean:", title="A letter") == [("Dean", "patrick")]
    assert _found((patrick, dean), "Dear Dean:", title="Patrick Dean to Rusk") == [("Dean", "patrick")]


def test_the_letter_of_a_numbered_paragraph_is_no_initial() -> None:
    assert _found((WALT, EUGENE), "A. They came.", "E. Brook spoke.") == [("E. Brook", "eugene")]
    assert _found((WALT,), "A. They came.", "B. Brook spoke.", "Brook left.") == [("Brook", "walt")] * 2
    assert _found((WALT,), "D. They came.", "B. Brook spoke.", "Brook left.") == []


def test_both_syllables_of_a_given_name_are_compared() -> None:
    sung, song = _person("sung", "Kim Il-sung", "Kim"), _person("song", "Kim Song-un", "Kim")
    assert _found((sung, song), "They saw Kim Sung Eun there.") == [("Kim Sung Eun", "song")]
    assert _found((sung,), "They saw Kim Sung Eun there.") == []
    assert _found((sung,), "They saw Kim Il Sung there.") == [("Kim Il Sung", "sung")]


@pytest.mark.parametrize("text", ["They met at a Brook-side Conference.", "It was in the Brook of Selm."])
def test_an_ordinary_word_that_is_no_name(text: str) -> None:
    assert _found((WALT,), text, "The brook is dry.") == []
    assert _found((WALT,), text) == [("Brook", "walt")]
    assert ("Brook", "walt") in _found((WALT,), text, "The brook is dry.", "It was said by Mr. Brook.")


@pytest.mark.parametrize("written", ["Pak Chong-hui", "Pak Chong Hui", "Pak Chong-Hui", "Pak Ch'ong-hui"])
def test_a_given_name_after_the_family_name(written: str) -> None:
    assert _found((NGUYEN,), f"They saw {written} there.") == [(written, "pak")]


def test_other_given_name_means_another_person() -> None:
    assert _found((NGUYEN,), "They saw Pak Yong-sun there.") == []


@pytest.mark.parametrize("text", ["the Brook Library", "at Brook Street"])
def test_things_named_after_people_are_not_people(text: str) -> None:
    assert _found((WALT,), f"They met in {text} today.") == []


def test_title_of_the_next_person_ends_a_name() -> None:
    park = _person("park", "Chung Park", "Park")
    assert _found((WALT, park), "They told Brook President Park agreed.") == [
        ("Brook", "walt"),
        ("Park", "park"),
    ]


@pytest.mark.parametrize(
    "text", ["They assured Brook U.S. forces came.", "Isn't Brook here?", "Aren’t Brook and others here?"]
)
def test_words_beside_a_name_that_are_no_part_of_it(text: str) -> None:
    assert _found((WALT,), text) == [("Brook", "walt")]


def test_titles_that_telegrams_write_together() -> None:
    walt = _person("walt", "Walter Brook", "Brook", summary="Assistant Secretary of State")
    eugene = _person("eugene", "Eugene Brook", "Brook", summary="Ambassador to Laos")
    assert _found((walt, eugene), "AsstSec Brook and others came.") == [("Brook", "walt")]
    assert _found((walt, eugene), "McGen Brook and others came.") == []


def test_a_word_that_is_a_paragraph_by_itself_begins_no_sentence() -> None:
    assert _found((WALT,), "Send ten.", "Brook", "The brook is dry.") == [("Brook", "walt")]
    assert _found((WALT,), "Send ten.", "Brook is dry.", "The brook is dry.") == []


def test_committees_and_doctrines_are_of_the_person() -> None:
    assert _found((WALT,), "A report came.", "The Brook Report says so.") == [("Brook", "walt")]


def test_courtesies_distinguish_women_and_men() -> None:
    assert _found((NHU, MADAME), "Mr. Nhu spoke. Mme. Nhu laughed.") == [("Nhu", "nhu"), ("Nhu", "madame")]
    assert _found((NHU,), "Mr. Nhu spoke. Mrs. Nhu laughed.") == [("Nhu", "nhu")]
    assert _found((NHU,), "Mrs. Nhu laughed.") == [("Nhu", "nhu")]


def test_offices_come_from_the_summary_without_positions() -> None:
    walt = _person(
        "walt", "Walter Brook", "Brook", summary="Special Assistant to the President; Ambassador to Laos"
    )
    eugene = _person("eugene", "Eugene Brook", "Brook", summary="President of the League until 1962")
    people = (walt, eugene)
    assert _found(people, "President Brook spoke.") == [("Brook", "eugene")]
    assert _found(people, "Amb. Brook spoke.") == [("Brook", "walt")]
    # The text tells of both, so what stands last before a name tells; before any does, nobody knows.
    text = ("Brook came.", "Ambassador Brook spoke to President Brook.", "Brook left.")
    assert _found(people, *text) == [("Brook", "walt"), ("Brook", "eugene"), ("Brook", "eugene")]
    assert _found(people, "Brook came.", "President Brook spoke.") == [("Brook", "eugene")] * 2


def test_rare_office_without_record_means_another_person() -> None:
    walt = _person("walt", "Walter Brook", "Brook", summary="Ambassador to Laos")
    assert _found((walt,), "President Brook spoke.") == []
    assert _found((walt,), "General Brook spoke.") == [("Brook", "walt")]
    assert _found((WALT,), "President Brook spoke.") == [("Brook", "walt")]


def test_a_word_of_a_name_needs_something_that_speaks_for_it() -> None:
    assert _found((WALT,), "Walter came.") == []
    assert _found((WALT,), "Brook came with Walter.") == [("Brook", "walt"), ("Walter", "walt")]
    assert _found((WALT,), "Brook came with Walter Smith.") == [("Brook", "walt")]
    assert _found((WALT,), "I thank you.", "Walter") == [("Walter", "walt")]
    assert _found((WALT,), "Dear Walter, I thank you.") == [("Walter", "walt")]
    assert _found((WALT, EUGENE), "Brook came with Walter.") == []


def test_people_are_called_by_a_part_of_their_name() -> None:
    assert (
        _found((THANOM,), "General Thanom came. Thanom sat. Then Thanom left.") == [("Thanom", "thanom")] * 3
    )
    assert _found((THANOM,), "General Thanom came. Thanom sat.") == []
    assert _found((THANOM,), "Thanom came. Thanom sat. Thanom left. Thanom Bok stayed.") == []


def test_a_misspelt_family_name_after_the_forenames() -> None:
    ana = _person("ana", "Ana Castelo", "Castelo")
    assert _found((ana,), "Ana Castello came.", "CASTELLO spoke.", "So Castello left.") == [
        ("Ana Castello", "ana"),
        ("CASTELLO", "ana"),
        ("Castello", "ana"),
    ]
    assert _found((ana,), "Mrs. Ana M. Castello came.") == [("Ana M. Castello", "ana")]
    # It is another name where nothing says that it is this one, or other forenames stand before it.
    for text in ("Castello came.", "A. Castello came.", "Rui Castello came."):
        assert _found((ana,), text) == []
    assert _found((ana,), "Ana Castello came.", "Rui Castello left.") == [("Ana Castello", "ana")]
    # It is a name of its own where a record has it, or where two are as near.
    rui = _person("rui", "Rui Castello", "Castello")
    assert _found((ana, rui), "Ana Castello came.", "Then Castello left.")[1:] == []
    bia = _person("bia", "Ana Castella", "Castella")
    assert _found((ana, bia), "Ana Castello came.", "Then Castello left.")[1:] == []
    assert _found((_person("li", "Li Brown", "Brown"),), "Li Browne came.", "Then Browne left.")[1:] == []


def test_a_misspelt_family_name_after_the_office() -> None:
    ana = _person("ana", "Ana Castelo", "Castelo", positions=[{"title": "Mayor of Selm"}])
    text = "Then Mayor Castello came.", "Castello left."
    assert _found((ana,), *text) == [("Castello", "ana")] * 2
    assert _found((ana,), "Then Senator Castello came.") == []
    # Where the articles know how to spell it, a mayor whose name is a letter off may be another one.
    assert _found((ana,), *text, "Castelo came back.") == [("Castelo", "ana")]
    assert _found((_person("rui", "Rui Castelo", "Castelo"),), *text) == []


def test_the_company_that_people_keep_elsewhere() -> None:
    friends = [_person(f"friend-{n}", f"Some Friend{n}", f"Friend{n}") for n in range(3)]
    before = [
        article("one", "Walter W. Brook met Friend0, Friend1 and Friend2."),
        article("two", "Walter W. Brook met Friend0 and Friend2."),
        article("three", "Eugene V. Brook met nobody."),
    ]
    people = (WALT, EUGENE, *friends, *before)
    assert ("Brook", "walt") in _found(people, "Friend0 and Friend2 met Brook.")
    assert _found(people, "Then Brook left.") == []
    careful = link(dossier(*people, article("news", "Friend0 and Friend2 met Brook."), shared_names="beside"))
    assert [m.text for m in careful.mentions["news"]] == ["Friend0", "Friend2"]  # type: ignore[index]


def test_shared_names_are_followed_only_so_far_where_the_dossier_says_so() -> None:
    walt = _person("walt", "Walter Brook", "Brook", positions=[{"title": "Mayor"}])
    records = (walt, EUGENE, article("news", "Mayor Brook came.", "Brook left."))
    assert len(link(dossier(*records)).mentions["news"]) == 2  # type: ignore[index]
    careful = link(dossier(*records, shared_names="beside"))
    assert len(careful.mentions["news"]) == 1  # type: ignore[index]
    assert [problem.rule for problem in careful.problems] == ["undecided-name"]


def test_nothing_is_derived_of_names_that_are_to_stay_as_given() -> None:
    given = _person("walt", "Walter McBrook", "McBrook", forms="given")
    text = "Mc Brook came. McBrook sat with Walter."
    assert _found((given,), text) == [("McBrook", "walt")]
    assert len(_found((_person("walt", "Walter McBrook", "McBrook"),), text)) == 3


def test_title_before_an_article_decides() -> None:
    assert _found((WALT, EUGENE), "Brook spoke.", title="What Walter W. Brook said") == [("Brook", "walt")]


def test_every_reason_says_its_rule() -> None:
    assert all((reason.__doc__ or "").strip().endswith(".") for reason in (*REASONS, *RULES))
