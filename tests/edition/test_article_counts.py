"""What is told of the articles that a record stands in is the same, be it made anew or from what was told of others."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from generator.edition.article_counts import NO_ARTICLES, ArticleCounts, Publication, count_articles
from generator.edition.ties import actors_in, changed_weights, weights
from generator.link import link
from generator.model.article import Article
from generator.model.ids import ArticleId, OrganizationId, RecordId
from generator.model.kinds import Kind
from tests.build import article, dossier, record

_DATES = ("2019-03-04", "2019-05", "2020", "", "2021-01-01", "2021-01-02")
_OUTLETS = ("outlet-0", "outlet-1", "")


def _news(number: int) -> Article:
    fields = {"published": _DATES[number], "outlet": _OUTLETS[number % 3], "wire": _OUTLETS[1 - number // 4]}
    return article(f"news-{number}", "One.", **{name: value for name, value in fields.items() if value})


_ARTICLES = dossier(*map(_news, range(len(_DATES)))).articles
_KEYS = st.lists(st.sampled_from(sorted(_ARTICLES)), unique=True).map(sorted)


def _organization(key: str) -> OrganizationId:
    return OrganizationId(RecordId(key))


@given(_KEYS, _KEYS)
def test_from_what_was_told_of_others(old: list[ArticleId], new: list[ArticleId]) -> None:
    made = count_articles(_ARTICLES, new, count_articles(_ARTICLES, old), old)
    assert made == count_articles(_ARTICLES, new)
    assert made.number == len(new)
    assert count_articles(_ARTICLES, [], made, new) == NO_ARTICLES


def test_the_first_and_the_last_are_those_with_a_date() -> None:
    keys = [ArticleId(RecordId(f"news-{n}")) for n in (3, 0, 5, 3)]
    assert count_articles(_ARTICLES, keys[:3]) == ArticleCounts(
        (
            (Publication(_organization("outlet-0"), _organization("outlet-1")), 2),
            (Publication(None, _organization("outlet-0")), 1),
        ),
        ((2019, 1), (2021, 1)),
        keys[1],
        keys[2],
    )
    assert count_articles(_ARTICLES, keys).outlets == ("outlet-0", None)
    assert count_articles(_ARTICLES, keys[:1]).first is None


_NAMES = ("Ana Lima", "Rui Costa", "Mira Okun")
_BODIES = st.lists(st.lists(st.sampled_from(_NAMES), max_size=3).map(" and ".join), min_size=1, max_size=3)


@given(_BODIES, _BODIES, _BODIES)
def test_what_actors_share_is_mended(other: list[str], old: list[str], new: list[str]) -> None:
    people = [record(Kind.PERSON, name.split()[0].lower(), name=name) for name in _NAMES]
    made = [
        dossier(
            *people,
            article("other", *(f"{text}." for text in other)),
            article("news", *(f"{t}." for t in body)),
        )
        for body in (old, new)
    ]
    links = [link(each) for each in made]
    news = ArticleId(RecordId("news"))
    more: Counter[tuple[RecordId, RecordId]] = Counter(actors_in(made[1], links[1].mentions.get(news, ())))
    more.subtract(actors_in(made[0], links[0].mentions.get(news, ())))
    before = weights(made[0], links[0])
    changed = changed_weights(before, more)
    mended = {key: of for key, of in {**before, **changed}.items() if of}
    now = weights(made[1], links[1])
    assert mended == now
    assert {key: list(of) for key, of in mended.items()} == {key: list(of) for key, of in now.items()}
