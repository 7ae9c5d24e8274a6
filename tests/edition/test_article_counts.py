"""Counts of articles, by outlet and year, with the first and the last."""

from generator.edition.article_counts import ArticleCounts, Publication, SourceAndDate, count_articles
from generator.model.article import Article
from generator.model.ids import ArticleId, OrganizationId, RecordId
from tests.build import article, dossier

_DATES = ("2019-03-04", "2019-05", "2020", "", "2021-01-01", "2021-01-02")
_OUTLETS = ("outlet-0", "outlet-1", "")


def _news(number: int) -> Article:
    fields = {"published": _DATES[number], "outlet": _OUTLETS[number % 3], "wire": _OUTLETS[1 - number // 4]}
    return article(f"news-{number}", "One.", **{name: value for name, value in fields.items() if value})


_PUBLISHED = {
    one.article_id: SourceAndDate.of_article(one)
    for one in dossier(*map(_news, range(len(_DATES)))).articles.values()
}


def _organization(key: str) -> OrganizationId:
    return OrganizationId(RecordId(key))


def test_first_and_last_are_of_dated_articles() -> None:
    keys = [ArticleId(RecordId(f"news-{n}")) for n in (3, 0, 5, 3)]
    assert count_articles(_PUBLISHED, keys[:3]) == ArticleCounts(
        (
            (Publication(_organization("outlet-0"), _organization("outlet-1")), 2),
            (Publication(None, _organization("outlet-0")), 1),
        ),
        ((2019, 1), (2021, 1)),
        keys[1],
        keys[2],
    )
    assert count_articles(_PUBLISHED, keys).outlets == ("outlet-0", None)
    assert count_articles(_PUBLISHED, keys[:1]).first is None
