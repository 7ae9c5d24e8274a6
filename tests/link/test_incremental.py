"""What is known of all articles together is mended by those that changed, and comes to the same as made anew."""

import random

import pytest

from generator.link.corpus import CorpusStatistics, Observations, ScannedText
from generator.link.incremental import relink
from generator.link.linker import Linker, link_all
from generator.link.usage import Sample
from generator.model.article import Article
from generator.model.kinds import Kind
from generator.model.record import Record
from tests.build import article, dossier, record


def test_a_survey_with_other_articles_is_one_of_them() -> None:
    chance = random.Random(7)

    def some(letter: str) -> tuple[str, ...]:
        return tuple(f"{letter}{chance.randrange(5)}" for _ in range(chance.randrange(4)))

    def numbers() -> tuple[int, ...]:
        return tuple(chance.randrange(6) for _ in range(chance.randrange(4)))

    def one() -> Observations:
        return Observations(numbers(), some("a"), numbers(), numbers(), some("b"), numbers(), some("c"))  # type: ignore[arg-type]

    articles = [one() for _ in range(20)]
    for _ in range(50):
        at = sorted(chance.sample(range(len(articles)), 3))
        others = [one() for _ in range(chance.randrange(3, 5))]
        left = [article for number, article in enumerate(articles) if number not in at]
        relinked = CorpusStatistics(articles).replacing([articles[number] for number in at], others)
        assert vars(relinked) == vars(CorpusStatistics([*left, *others]))
        articles = [*left, *others]


def test_a_sample_with_other_texts_is_one_of_them() -> None:
    texts = [
        f"The {word} of the {other} went on" for word in ("house", "river") for other in ("king", "town")
    ]
    relinked = Sample(texts).replacing(texts[:1], ["Nobody saw the river", "A town went"])
    assert relinked is not None
    assert vars(relinked) == vars(Sample([*texts[1:], "Nobody saw the river", "A town went"]))
    assert "house" in relinked.words
    assert "king" in relinked.words
    assert "nobody" not in relinked.words


def test_sample_is_rebuilt_when_its_share_changes() -> None:
    long = ["word " * 150_000 + str(number) for number in range(4)]
    assert Sample(long).replacing([], long) is None
    assert Sample(long).replacing(long[:1], []) is not None


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
# Whether "Market" may be somebody's forename, and "Rose" a word at the head of a sentence, is for all texts to say.
_BESIDE = article("beside", "It was said that Market Costa left. Rui Costa did not.")
_BEGINS = article("begins", "Rose was seen. Nobody came.")
_OTHER = article("other", "Lima spoke.", "Rui Costa was silent.")


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
    read: list[str] = []
    mentions_in = Linker.mentions_in

    def noting(self: Linker, of: Article, text: ScannedText) -> object:
        read.append(of.id)
        return mentions_in(self, of, text)

    without, holding = (
        dossier(*_PEOPLE, *_of(text)) for text in ("Nobody went there.", f"Nobody went there. {said}")
    )
    for old, now in ((without, holding), (holding, without)):
        before, found = link_all(old)
        with monkeypatch.context() as context:
            context.setattr(Linker, "mentions_in", noting)
            relinked = relink(old, now, before, found, [article("changed").id], [])
        assert relinked is not None
        links, now_state = relinked
        fresh, expected = link_all(now)
        assert (dict(links.mentions), dict(links.prose)) == (dict(fresh.mentions), dict(fresh.prose))
        assert links.undecided == fresh.undecided
        assert vars(now_state.statistics) == vars(expected.statistics)
        assert dict(now_state.observed) == dict(expected.observed)
        assert set(read) == again
        for key in again - {"changed"}:
            assert before.mentions[article(key).article_id] != links.mentions[article(key).article_id]
        assert (before.prose != links.prose) is ("market" in said)
        read.clear()


def _of(text: str) -> list[Record]:
    return [_BESIDE, _BEGINS, _OTHER, article("changed", text)]
