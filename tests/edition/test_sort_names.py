"""Lists of names have one order, family names first."""

import re

import pytest

from generator.edition import Edition
from generator.edition.sort_names import family_first, sort_name
from generator.link import link
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.pages.book import pages
from generator.pages.indexes import indexes
from tests.build import article, dossier, record


@pytest.mark.parametrize(
    ("name", "short", "sorted_as"),
    [
        ("Jan Müller", (), "Müller, Jan"),
        ("William F. Buckley, Jr.", (), "Buckley, William F., Jr."),
        ("William F. Buckley, Jr.", ("Buckley",), "Buckley, William F., Jr."),
        ("William F. Buckley Jr.", (), "Buckley, William F., Jr."),
        ("Hal Daumé III", (), "Daumé, Hal, III"),
        ("Иван Седов мл.", (), "Седов, Иван, мл."),
        ("Karl Huber jun.", (), "Huber, Karl, jun."),
        ("Rusk, Dean", (), "Rusk, Dean"),
        ("Rusk, Dean", ("Rusk",), "Rusk, Dean"),
        ("King, Martin Luther, Jr.", (), "King, Martin Luther, Jr."),
        ("Buckley, Jr., William F.", (), "Buckley, Jr., William F."),
        # Whose family name stands first, as the record says by its short form.
        ("Xi Jinping", ("Xi",), "Xi, Jinping"),
        ("Kim Chong-pil", ("Kim",), "Kim, Chong-pil"),
        ("Nagy Imre", ("Nagy",), "Nagy, Imre"),
        ("Nguyen Van Thieu", ("Thieu",), "Thieu, Nguyen Van"),
        ("Elizabeth Lindt", ("Li", "Liz"), "Lindt, Elizabeth"),
        ("Ursula von der Leyen", (), "Leyen, Ursula von der"),
        ("Ursula von der Leyen", ("von der Leyen",), "von der Leyen, Ursula"),
        ("Charles de Gaulle", ("de Gaulle", "Gaulle"), "de Gaulle, Charles"),
        ("Anwar al-Sadat", ("Sadat",), "al-Sadat, Anwar"),
        ("Hans Huber (physicist)", (), "Huber, Hans, (physicist)"),
        ("Elizabeth II", (), "Elizabeth, II"),
        ("John Paul II", ("John Paul",), "John Paul, II"),
        ("Malcolm X", (), "X, Malcolm"),
        ("Louis XVIII", (), "Louis, XVIII"),
        ("Jinping Xi", (), "Xi, Jinping"),
        ("习近平", ("习",), "习近平"),
        ("Madonna", (), "Madonna"),
        ("Jr.", (), "Jr."),
    ],
)
def test_family_name_is_first(name: str, short: tuple[str, ...], sorted_as: str) -> None:
    assert family_first(name, short) == sorted_as


def test_articles_and_signs_before_a_name_are_ignored() -> None:
    assert sort_name(record(Kind.PERSON, "a", name="Anwar al-Sadat")) == "Sadat, Anwar"
    assert sort_name(record(Kind.ORGANIZATION, "b", name="The Hague Tribunal")) == "Hague Tribunal"
    assert sort_name(record(Kind.ORGANIZATION, "c", name="“Star” works")) == "Star” works"
    assert sort_name(record(Kind.ORGANIZATION, "d", name="???")) == "???"


NAMES = [
    "William F. Buckley, Jr.", "Ann Burke", "Ivo Čapek", "Ian Cuza", "Hal Daumé III", "Lech Łoś", "Lea Lutz",
    "Jan Müller", "Jim Murphy", "Ann Mzansi", "Conor O'Brien", "Conor O’Connor", "Mary Obama", "Anna Oberg",
    "Ola Østby", "Ole Ozu", "Rusk, Dean", "Mia Zola", "Пётр Ёлкин", "Олег Ельцин", "007",
]  # fmt: skip


def _people(language: str) -> str:
    # Their ids sort the other way round.
    people = [record(Kind.PERSON, f"p{50 - n}", name=name) for n, name in enumerate(NAMES)]
    found = dossier(*people, article("one", "Text."), language=language)
    return {page.path: page.text for page in pages(Edition(found, link(found)))}["people/index.md"]


def _order(text: str) -> list[str]:
    return [NAMES[50 - int(number)] for number in re.findall(r"\]\(p(\d+)\.md\)", text)]


def test_index_is_sorted_in_each_language() -> None:
    assert _order(_people("en")) == NAMES
    assert _order(_people("ru")) == [*NAMES[-3:-1], *NAMES[:-3], NAMES[-1]]


def test_letters_are_in_the_order_of_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "LIMIT", 20)
    many = [record(Kind.PERSON, f"q{n}", name=f"{'Xyz'[n % 3]}eno {chr(97 + n)}lzz") for n in range(26)]
    people = [record(Kind.PERSON, f"p{n}", name=name) for n, name in enumerate(NAMES)]
    found = dossier(*people, *many, article("one", "Text."))
    split = {page.path: page.text for page in pages(Edition(found, link(found)))}
    letters = re.findall(r"\[(.*?)\]\(by-letter/", split["people/index.md"].partition("\n| ")[0])
    assert letters == [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "Е", "Other"]
    assert "[Lech Łoś]" in split["people/by-letter/l.md"]


def test_lists_of_an_article_are_in_the_same_order() -> None:
    people = [
        record(Kind.PERSON, "a", name="Ann Zola", short=["Zola"]),
        record(Kind.PERSON, "b", name="Mia Čapek", short=["Čapek"]),
        record(Kind.PERSON, "c", name="Zoe Cuza", short=["Cuza"]),
    ]
    found = dossier(*people, article("one", "Zoe Cuza, Ann Zola, Mia Čapek."))
    edition = Edition(found, link(found))
    text = {page.path: page.text for page in pages(edition)}["articles/one.md"]
    alike = next(line for line in text.splitlines() if line.startswith("Printed as"))
    assert re.findall(r"\(\.\./people/(\w)\.md\)", alike) == ["b", "c", "a"]
    assert edition.by_name(RecordId("b")) < edition.by_name(RecordId("c"))
