"""Where a name ends is decided by script and language, and a part of another name is none."""

from typing import Any

import pytest

from generator.link import Links, link
from generator.model.kinds import Kind
from generator.model.record import Record
from tests.build import article, dossier, record


def _person(key: str, name: str, *short: str, **fields: Any) -> Record:
    return record(Kind.PERSON, key, name=name, short=list(short), **fields)


def _place(name: str) -> Record:
    return record(Kind.PLACE, name.casefold().replace(" ", "-"), name=name)


_ALL = (
    *(
        _place(name)
        for name in ("Guinea", "Austria", "Armenia", "Russia", "Moscow", "Arménie", "Don", "Baku")
    ),
    *(_place(name) for name in ("서울", "北京", "OTAN", "NATO", "Baden")),
    record(Kind.ORGANIZATION, "us", name="United States", also=["US"]),
    _person("smith", "Jane Smith", "Smith"),
    _person("jones", "Tom Jones", "Jones"),
    _person("amico", "Rosa Amico", "Amico"),
    _person("kim-cs", "김철수"),
    _person("kim-j", "김정"),
    _person("li", "李明"),
)


def _links(*paragraphs: str, records: tuple[Record, ...] = _ALL, **fields: Any) -> Links:
    return link(dossier(*records, article("news", *paragraphs, **fields)))


def _found(*paragraphs: str, records: tuple[Record, ...] = _ALL, **fields: Any) -> list[str]:
    return [m.text for m in _links(*paragraphs, records=records, **fields).mentions["news"]]  # type: ignore[index]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "L’OTAN et l’Arménie, d'Arménie, qu’OTAN.", ["OTAN", "Arménie", "Arménie", "OTAN"]),
        ("fr", "D’Arménie sont venus des mots. L'ARMÉNIE", ["Arménie", "ARMÉNIE"]),
        ("it", "Un accordo dell’OTAN, all'OTAN.", ["OTAN", "OTAN"]),
        ("en", "They spoke of l’OTAN.", []),
        ("fr", "M. D’Amico parle.", []),
        ("en", "O'Smith and D'Amico left.", []),
        ("en", "Guinea-Bissau, Papua New Guinea, PAPUA NEW GUINEA, Equatorial Guinea; Guinea.", ["Guinea"]),
        ("en", "Austria-Hungary fell.", []),
        ("en", "Russia-led, Moscow-based, Russia-Led, pro-Russia, Pro-Russia, Non-NATO", ["Russia", "Moscow", "Russia", "Russia", "Russia", "NATO"]),
        ("en", "US-Russia talks, the Armenia-Azerbaijan border", ["US", "Russia", "Armenia"]),
        ("en", "the Rostov-on-Don bridge, the Baku-to-Moscow train", ["Baku", "Moscow"]),
        ("en", "Mr. Smith-Johnson and Ms. Johnson-Smith left.", []),
        ("en", "They read the Smith-Jones report.", ["Smith", "Jones"]),
        ("en", "Ms. Smith-Jones came.", []),
        ("de", "Der NATO-Gipfel und die Russia-Akten in Baden-Württemberg", ["NATO", "Russia"]),
        ("en", "RUSSIA-BACKED FORCES LEAVE THE TOWN", ["RUSSIA"]),
        ("en", "See https://example.org/Guinea/x, info@Guinea.example, @Guinea, www.Guinea.org, Guinea.gov, x.me/Guinea", []),
        ("en", "They left Guinea.Then others came to Guinea/Austria.", ["Guinea", "Guinea", "Austria"]),
        ("ko", "김철수는 서울에서 말했다. 김철수씨가 서울로 서울시", ["김철수", "서울", "김철수", "서울"]),
        ("ko", "김정은은 갔다. 김정을 봤다. NATO는 왔다.", ["김정", "NATO"]),
        ("zh", "李明博访问北京。李明亮没有来。李明访问北京。李明，", ["北京", "李明", "北京", "李明"]),
    ],
)  # fmt: skip
def test_a_name_is_a_word_of_its_own(language: str, text: str, found: list[str]) -> None:
    assert _found(text, language=language) == found


def test_a_dash_joins_what_stays_apart() -> None:
    assert _found("The Austria–Hungary match") == []
    assert _found("The Guinea–Senegal match, the Guinea–Zem match") == ["Guinea", "Guinea"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Queen Elizabeth I died. Elizabeth II came. Then Elizabeth spoke.", ["Elizabeth II", "Elizabeth"]),
        (
            "Martin Luther King III came. Martin Luther King Sr. sat. Martin Luther King, Jr., too.",
            ["Martin Luther King, Jr."],
        ),
        (
            "Martin Luther King spoke to Martin Luther King Jr today.",
            ["Martin Luther King", "Martin Luther King Jr"],
        ),
        ("John Paul I died. John Paul II did not.", ["John Paul II"]),
        ("Juan Carlos II never was.", []),
        ("Ed Vance Jr. came.", []),
        ("Ed Vance, Jr., came. They told Vance I would go.", ["Ed Vance, Jr.", "Vance"]),
    ],
)
def test_other_suffix_means_another_person(text: str, found: list[str]) -> None:
    people = (
        _person("elizabeth", "Elizabeth II", "Elizabeth"),
        _person("king", "Martin Luther King Jr."),
        _person("john", "John Paul II"),
        _person("juan", "Juan Carlos I"),
        _person("vance", "Ed Vance", "Vance"),
    )
    assert _found(text, records=people) == found


def test_a_shared_forename_chooses_nobody() -> None:
    people = (_person("a", "George H. W. Vance", "Vance"), _person("b", "George W. Vance", "Vance"))
    links = _links("George Vance spoke.", records=people)
    assert links.mentions["news"] == ()  # type: ignore[index]
    (problem,) = links.problems
    assert problem.message == "'George Vance' may mean a or b: linked to neither"
    assert _found("George W. Vance and George H. W. Vance", records=people) == [
        "George W. Vance",
        "George H. W. Vance",
    ]


def test_a_mention_holds_all_of_its_words() -> None:
    people = (
        _person("sob", "Seamus O'Brien"),
        _person("neill", "Anna O'Neill"),
        _person("kim", "Kim Chong-pil", "Kim"),
        _person("kai", "Chiang Kai-shek"),
    )
    names = ["Seamus O’ Brien", "Anna O' Neill", "Kim Chong-\npil", "Chiang Kai-\nshek"]
    assert _found(" and ".join(names), records=people) == names


def test_words_in_a_headline_in_capitals() -> None:
    who = record(Kind.ORGANIZATION, "who", name="World Health Organization", also=["WHO"])
    records = (who, *_ALL)
    assert _found("THE MEN WHO LEFT US ALONE", records=records) == []
    assert _found("THE MEN WHO LEFT US ALONE", "The WHO said so.", records=records) == ["WHO", "WHO"]
    assert _found("US AND NATO AGREE", "The United States said so.", records=records) == [
        "US",
        "NATO",
        "United States",
    ]


def test_words_that_only_an_article_settles() -> None:
    text = "They met the Iron Lady of Selm, whom Smith called Maggie."
    mentions = {"the Iron Lady": "jones", "Maggie": "amico", "Selm": "none"}
    links = _links(text, mentions=mentions)
    assert [(m.text, m.entity) for m in links.mentions["news"]] == [  # type: ignore[index]
        ("the Iron Lady", "jones"),
        ("Smith", "smith"),
        ("Maggie", "amico"),
    ]
    assert _found("Guinea-Bissau voted.", mentions={"Guinea-Bissau": "guinea"}) == ["Guinea-Bissau"]
