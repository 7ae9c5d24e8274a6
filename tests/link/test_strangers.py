"""A word with a capital beside a name makes a stranger of it only where it says whose name it is."""

from typing import Any

import pytest

from generator.link import Links, link
from generator.model.kinds import Kind
from generator.model.record import Record
from tests.build import article, dossier, record


def _person(key: str, name: str, *short: str, **fields: Any) -> Record:
    return record(Kind.PERSON, key, name=name, short=list(short), **fields)


VELMARK = _person("velmark", "Donna Velmark", "Velmark")
CYRILLIC = _person("cyrillic", "Донна Вельмарк", "Вельмарк")
ARMENIAN = _person("armenian", "Դոննա Վելմարկ", "Վելմարկ")
OTHER = _person("osten", "Rolf Osten", "Osten")


def _links(records: tuple[Record, ...], *paragraphs: str, **fields: Any) -> Links:
    return link(dossier(*records, article("news", *paragraphs, **fields)))


def _found(records: tuple[Record, ...], *paragraphs: str, **fields: Any) -> list[tuple[str, str]]:
    links = _links(records, *paragraphs, **fields)
    return [(m.text, str(m.entity)) for m in links.mentions["news"]]  # type: ignore[index]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Канцлер Вельмарк не приехала."),
        ("ru", "Вчера Вельмарк не приехала."),
        ("ru", "Миллиардер Вельмарк купила газету."),
        ("uk", "Канцлерка Вельмарк не приїхала."),
        ("uk", "Учора Вельмарк не приїхала."),
        ("bg", "Канцлерът Вельмарк не дойде."),
        ("hy", "Կանցլեր Վելմարկ չեկավ։"),
        ("hy", "Երեկ Վելմարկ չեկավ։"),
        ("de", "Milliardärin Velmark kaufte eine Zeitung."),
        ("de", "Gestern kaufte Milliardärin Velmark eine Zeitung."),
        ("de", "Gestern traf Osten Velmark in der Stadt."),
        ("de", "Nach Angaben der Sprecherin hat Velmark Journalisten empfangen."),
        ("fr", "Chancelière Velmark refuse de venir."),
        ("fr", "Hier Velmark a refusé de venir."),
        ("es", "Canciller Velmark no vino."),
        ("es", "Ayer Velmark no vino."),
        ("it", "Cancelliera Velmark non è venuta."),
        ("it", "Ieri Velmark non è venuta."),
        ("pt", "Chanceler Velmark não veio."),
        ("pl", "Kanclerz Velmark nie przyjechała."),
        ("pl", "Wczoraj Velmark nie przyjechała."),
        ("cs", "Kancléřka Velmark nepřijela."),
        ("cs", "Včera Velmark nepřijela."),
        ("tr", "Dün Velmark gelmedi."),
        ("nl", "Kanselier Velmark kwam niet."),
        ("en", "Billionaire Velmark bought a paper."),
        ("en", "They said that Billionaire Velmark bought a paper."),
        ("en", "Allegedly Velmark bought a paper."),
        ("en", "“Allegedly Velmark bought a paper,” they said."),
    ],
)
def test_what_begins_a_sentence_is_no_forename(language: str, text: str) -> None:
    name = next(name for name in ("Velmark", "Вельмарк", "Վելմարկ") if name in text)
    found = _found((VELMARK, CYRILLIC, ARMENIAN, OTHER), text, f"({name})", language=language)
    assert [words for words, _ in found if words != "Osten"] == [name, name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thomas Velmark came."),
        ("en", "Then Omar Velmark came."),
        ("en", "T. Velmark came."),
        ("en", "Hannah Velmark"),
        ("en", "Ordulf Velmark"),
        ("de", "Gestern kam Thomas Velmark nach Hause."),
        ("de", "Gestern kam Hans-Peter Velmark nach Hause."),
        ("fr", "Hier est venue Hélène Velmark."),
        ("ru", "Наталья Вельмарк не приехала."),
        ("hy", "Անահիտ Վելմարկ չեկավ։"),
    ],
)
def test_a_forename_makes_a_stranger(language: str, text: str) -> None:
    assert _found((VELMARK, CYRILLIC, ARMENIAN), text, language=language) == []


def test_known_forename_counts_at_sentence_start() -> None:
    anatol = _person("anatol", "Anatol F. Velmark", "Velmark")
    for text in ("Anatoly Velmark came.", "Anatoliy F. Velmark came.", "Kanzler Anatol Velmark kam."):
        ((words, key),) = _found((anatol,), text)
        assert (words.startswith("Anatol"), key) == (True, "anatol")


def test_another_persons_name_is_no_forename() -> None:
    assert _found((VELMARK, OTHER), "They said that Osten Velmark liked.") == [
        ("Osten", "osten"),
        ("Velmark", "velmark"),
    ]


def test_a_title_that_is_no_abbreviation_ends_a_sentence() -> None:
    text = "They asked the President. Velmark said no."
    assert _found((VELMARK,), text) == [("Velmark", "velmark")]
    assert _found((_person("rolf", "Rolf Velmark", "Velmark", summary="Mayor of Selm."),), text) == [
        ("Velmark", "rolf")
    ]


def test_german_is_guessed_by_its_words() -> None:
    text = "Der Rat und die Stadt sind mit der Antwort nicht zufrieden, die Milliardärin Velmark gab."
    assert _found((VELMARK,), text) == [("Velmark", "velmark")]
    assert _found((VELMARK,), "They are not content with the answer that Ordulf Velmark gave.") == []


def test_a_german_name_after_an_article_may_be_a_noun() -> None:
    judge = _person("judge", "Emil Richter", "Richter")
    assert _found((judge,), "Dann kam der Richter.", language="de") == []
    assert _found((judge,), "Dann kam Richter.", language="de") == [("Richter", "judge")]
    assert _found((judge,), "Emil Richter ging.", "Dann kam der Richter.", language="de")[1:] == [
        ("Richter", "judge")
    ]
    assert _found(
        (_person("van", "Ed van der Richter", "van der Richter"),), "Dann kam van der Richter.", language="de"
    )


def test_names_left_to_strangers_are_recorded() -> None:
    links = _links((VELMARK,), "Thomas Velmark came.", "Then Velmark left, and Velmark slept.")
    assert links.mentions["news"] == ()  # type: ignore[index]
    assert links.strangers == {"news": {"Velmark": ("velmark",)}}
    assert _links((VELMARK,), "Then Velmark left.").strangers == {}


def test_unknown_word_affects_only_its_own_name() -> None:
    assert _found((VELMARK,), "They saw Ordulf Velmark.", "Then Velmark left.") == [("Velmark", "velmark")]
    assert _found((VELMARK,), "They told Velmark Ordulf slept.", "Then Velmark left.") == [
        ("Velmark", "velmark")
    ]
