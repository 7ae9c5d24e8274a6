"""After a change, the links and the state for the next run are those of linking everything."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from generator.link.corpus import CorpusStatistics, Observations, ScannedText
from generator.link.linker import Linker
from generator.link.linking import link_all, relink
from generator.link.usage import Sample
from generator.load import load
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.model.source import Source, Span
from tests.build import article, dossier, record
from tests.incremental.cast import write_cast


def test_statistics_with_other_articles_are_those_of_all() -> None:
    chance = random.Random(7)

    def some(letter: str) -> tuple[Any, ...]:
        return tuple(f"{letter}{chance.randrange(5)}" for _ in range(chance.randrange(4)))

    def one() -> Observations:
        return Observations(*map(some, "lsomkxn"))

    articles = [one() for _ in range(20)]
    statistics = CorpusStatistics().replacing([], articles)
    for _ in range(50):
        at = sorted(chance.sample(range(len(articles)), 3))
        others = [one() for _ in range(chance.randrange(3, 5))]
        left = [article for number, article in enumerate(articles) if number not in at]
        statistics = statistics.replacing([articles[number] for number in at], others)
        articles = [*left, *others]
        assert statistics == CorpusStatistics().replacing([], articles)


def test_sample_with_other_texts_is_that_of_all() -> None:
    texts = [
        f"The {word} of the {other} went on" for word in ("house", "river") for other in ("king", "town")
    ]
    sample = Sample.from_texts(texts).replacing(texts[:1], ["Nobody saw the river", "A town went"])
    assert sample is not None
    assert sample == Sample.from_texts([*texts[1:], "Nobody saw the river", "A town went"])
    assert "house" in sample.words
    assert "king" in sample.words
    assert "nobody" not in sample.words


def test_sample_of_another_share_is_taken_of_all_texts() -> None:
    long = ["word " * 150_000 + str(number) for number in range(4)]
    assert Sample.from_texts(long).replacing([], long) is None
    assert Sample.from_texts(long).replacing(long[:1], []) is not None


# Whether "Market" may be somebody's forename, and "Rose" a word at the head of a sentence, is for all texts to say.
_PEOPLE = [
    record(
        Kind.PERSON,
        "ana-lima",
        name="Ana Lima",
        short=["Lima", "Rose"],
        summary="Rui Costa met Market Costa.",
    ),
    record(
        Kind.PERSON, "rui-costa", name="Rui Costa", short=["Costa"], summary="Sat beside Market Costa once."
    ),
    record(Kind.PERSON, "ivo-costa", name="Ivo Costa", short=["Costa"]),
]
_ARTICLES = [
    article("beside", "It was said that Market Costa left. Rui Costa did not."),
    article("begins", "Rose was seen. Nobody came."),
    article("other", "Lima spoke.", "Rui Costa was silent."),
]


def _linked_again(monkeypatch: pytest.MonkeyPatch, old: Dossier, new: Dossier, *changed: str) -> set[str]:
    """The articles that are linked again after a change; the result is compared with that of linking all."""
    linked: set[str] = set()
    mentions_in = Linker.mentions_in

    def noting(self: Linker, of: Article, text: ScannedText) -> object:
        linked.add(of.id)
        return mentions_in(self, of, text)

    before = link_all(old)
    with monkeypatch.context() as context:
        context.setattr(Linker, "mentions_in", noting)
        after = relink(old, new, *before, changed, [])  # type: ignore[arg-type]
    assert list(_unlike(after, link_all(new))) == []
    return linked


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ("Nobody went to the market.", {"changed", "beside"}),
        ("A rose stood there.", {"changed", "begins"}),
        ("A rose stood in the market.", {"changed", "beside", "begins"}),
        ("Nobody went to the mountain.", {"changed"}),
    ],
)
def test_new_ordinary_word_invalidates_texts_that_hold_it(
    monkeypatch: pytest.MonkeyPatch, said: str, again: set[str]
) -> None:
    without, holding = (
        dossier(*_PEOPLE, *_ARTICLES, article("changed", text))
        for text in ("Nobody went there.", f"Nobody went there. {said}")
    )
    for old, new in ((without, holding), (holding, without)):
        assert _linked_again(monkeypatch, old, new, "changed") == again
        links = link_all(old)[0], link_all(new)[0]
        for key in again - {"changed"}:
            assert links[0].mentions[article(key).article_id] != links[1].mentions[article(key).article_id]
        assert (links[0].prose != links[1].prose) is ("market" in said)


@pytest.mark.parametrize(
    ("fields", "again"),
    [
        ({"name": "Ivo Costa", "short": ["Costa"], "also": ["Nobody"]}, {"begins", "changed"}),
        ({"name": "Ivo Costa", "short": ["Costa", "Came"]}, set()),
        ({"name": "Ivo Costa"}, {"beside", "other"}),
        ({"name": "Nobody Costa", "short": ["Costa"]}, {"begins", "changed", "beside", "other"}),
    ],
)
def test_changed_name_invalidates_texts_that_hold_it(
    monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any], again: set[str]
) -> None:
    articles = [*_ARTICLES, article("changed", "Nobody went there.")]
    old = dossier(*_PEOPLE, *articles)
    new = dossier(*_PEOPLE[:2], record(Kind.PERSON, "ivo-costa", **fields), *articles)
    assert _linked_again(monkeypatch, old, new, "ivo-costa") == again
    assert _linked_again(monkeypatch, new, old, "ivo-costa") == again


def test_record_with_another_label_invalidates_prose_that_links_it(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = (
        dossier(
            record(Kind.PERSON, "ana-lima", name="Ana Lima", summary="Wrote [[report]]."),
            article("report", "Nobody came.", title=title),
        )
        for title in ("A report", "Another report")
    )
    _linked_again(monkeypatch, old, new, "report")


def test_other_company_invalidates_texts_that_looked_it_up(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = (
        dossier(
            *_PEOPLE,
            article("asks", "Ana Lima came with Costa."),
            article("changed", text),
            article("other", "Nobody came."),
        )
        for text in ("Ana Lima met Rui Costa.", "Ana Lima met nobody.")
    )
    assert _linked_again(monkeypatch, old, new, "changed") == {"asks", "changed"}
    assert _linked_again(monkeypatch, new, old, "changed") == {"asks", "changed"}


def test_new_office_invalidates_texts_that_misspell_a_name_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    articles = [article("misspells", "Envoy Kelverim came."), article("other", "Nobody came.")]
    old, new = (
        dossier(record(Kind.PERSON, "tomas", name="Tomas Kelverin", positions=positions), *articles)
        for positions in ([], [{"title": "Envoy", "of": "tarn"}])
    )
    assert _linked_again(monkeypatch, old, new, "tomas") == {"misspells"}
    assert _linked_again(monkeypatch, new, old, "tomas") == {"misspells"}


def test_new_misspelling_invalidates_texts_with_the_right_spelling(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tomas = record(Kind.PERSON, "tomas", name="Tomas Kelverin", positions=[{"title": "Envoy", "of": "tarn"}])
    old, new = (
        dossier(tomas, article("misspells", text), article("right", "Nobody saw Kelverin."))
        for text in ("Nobody came.", "Envoy Kelverim came.")
    )
    assert _linked_again(monkeypatch, old, new, "misspells") == {"misspells", "right"}


def _unlike(one: Any, other: Any) -> Iterator[str]:
    """What of two results of linking differs. The words that were looked up may be more than now occur."""
    for name in vars(other[0]):
        values = getattr(one[0], name), getattr(other[0], name)
        if name == "problems":
            values = sorted(values[0]), sorted(values[1])
        if values[0] != values[1]:
            yield name
    for name, values in zip(other[1]._fields, zip(one[1], other[1], strict=True), strict=True):
        if name == "classes":
            values = {**values[0], **values[1]}, values[0]
        if values[0] != values[1]:
            yield f"state: {name}"


# Words that make the names of the cast and hard ones: parts of them, misspelt ones, ordinary ones, titles, capitals.
_FORENAMES = ("Ana", "Rui", "Tomas", "Ivo", "Olga", "Walt", "Will", "J.")
_FAMILIES = ("Marlow", "Kelverin", "Ashford", "Rose", "Quill", "Hollis", "Kelverim", "Ashforth", "Market")
_TITLES = ("Chancellor", "Speaker", "Envoy", "Mr.", "Mrs.", "Dear", "the", "Judge of")
_OTHERS = (
    "Valley Council",
    "Council",
    "WHO",
    "US",
    "Tarn",
    "Guinea",
    "Papua New Guinea",
    "May",
    "Weir",
    "Smith",
)
_SENTENCES = (
    "{title} {family} spoke.",
    "{forename} {family} came, and {other} did not.",
    "{family} was heard; {forename} slept.",
    "{title} {forename} {family} asked them of us.",
    "the market rose will may {other}.",
    "{forename}",
    "{other}-{family} and {family}-{other} went on, as {title} {family} had.",
    "{FAMILY} AND {OTHER} SPEAK",
)
# People who come and go.
_MORE = (RecordId("one-more"), RecordId("another"))
_Names = dict[str, Any]


def _names(chance: random.Random) -> _Names:
    """The names of a person or another record."""
    forename, family = chance.choice(_FORENAMES), chance.choice(_FAMILIES)
    short = chance.sample([family, forename, *_OTHERS], chance.randrange(3))
    also = chance.sample(
        [f"{chance.choice(_FORENAMES)} {family}", chance.choice(_OTHERS)], chance.randrange(2)
    )
    return {"name": f"{forename} {family}", "short": tuple(short), "also": tuple(also)}


def _person(chance: random.Random, key: str) -> Record:
    title = chance.choice(("Chancellor", "Speaker", "Envoy to Tarn", "Judge"))
    positions = [{"title": title, "of": "valmark"}] if chance.random() < 0.5 else []
    forms = chance.choice(("derived", "derived", "given"))
    return record(Kind.PERSON, key, **_names(chance), positions=positions, forms=forms)


def _body(chance: random.Random) -> list[str]:
    def sentence() -> str:
        words = {
            "title": chance.choice(_TITLES),
            "forename": chance.choice(_FORENAMES),
            "family": chance.choice(_FAMILIES),
            "other": chance.choice(_OTHERS),
        }
        capitals = {word.upper(): value.upper() for word, value in words.items()}
        return chance.choice(_SENTENCES).format(**words, **capitals)

    return [" ".join(sentence() for _ in range(chance.randrange(1, 3))) for _ in range(3)]


def _changed(old: Dossier, chance: random.Random) -> tuple[Dossier, set[Any]]:
    """A dossier with other names of some records or other articles, and the ids of these."""
    people, articles, organizations = dict(old.people), dict(old.articles), dict(old.organizations)
    keys: set[Any] = set()
    for _ in range(chance.choice((1, 1, 2, 5))):
        key: Any = chance.choice([*people, *_MORE])
        match chance.randrange(5):
            case 0 | 1:
                people[key] = _person(chance, key)  # type: ignore[assignment]
            case 2 if key in people:
                names = {name: value for name, value in _names(chance).items() if chance.random() < 0.5}
                people[key] = people[key].model_copy(update=names)
            case 3:
                key = chance.choice(list(organizations))
                other = {"name": f"{chance.choice(_OTHERS)} {chance.choice(_FAMILIES)}", "short": ()}
                organizations[key] = organizations[key].model_copy(update=other)
            case _ if key in _MORE:
                people.pop(key, None)
            case _:
                key = chance.choice(["text-1", "text-2", "text-3", "text-4"])
                articles[key] = article(key, *_body(chance))
        keys.add(key)
    return (
        replace(
            old,
            people=dict(sorted(people.items())),
            articles=dict(sorted(articles.items())),
            organizations=organizations,
        ),
        keys,
    )


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    root: Path = tmp_path_factory.mktemp("cast")
    write_cast(root)
    found, _ = load(root)
    chance = random.Random(1)
    texts: dict[Any, Any] = {key: article(key, *_body(chance)) for key in (f"text-{n}" for n in range(1, 13))}
    places = {key: Source("seeds/test.yml", {(): Span(1, 1, 1, 1)}) for key in (*texts, *_MORE)}
    return replace(
        found,
        articles=dict(sorted({**found.articles, **texts}.items())),
        sources={**found.sources, **places},
    )


@pytest.mark.parametrize("seed", range(10))
def test_after_random_changes_of_names_all_is_as_linked_from_nothing(cast: Dossier, seed: int) -> None:
    chance = random.Random(seed)
    dossiers = [(cast, set[Any]())]
    for _ in range(4):
        dossiers.append(_changed(dossiers[-1][0], chance))
    linked = link_all(cast)
    for (old, _), (new, changed) in pairwise(dossiers):
        linked = relink(old, new, *linked, changed, [])
        assert list(_unlike(linked, link_all(new))) == []
