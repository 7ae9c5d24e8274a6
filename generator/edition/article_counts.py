"""Counts of the articles that a record appears in, so that a page need not read thousands of articles."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from generator.model.article import Article
from generator.model.ids import ArticleId, OrganizationId


class Publication(NamedTuple):
    """The outlet that published an article, and the agency or outlet that supplied it, if another."""

    outlet: OrganizationId | None
    wire: OrganizationId | None = None


class ArticleCounts(NamedTuple):
    """Counts of a set of articles, with its first and last.

    Attributes:
        sources: How many articles each outlet published of its own and from each agency, most first, those without an
            outlet last.
        years: How many articles are dated in each year; undated ones are not counted.
        first: The earliest dated article.
        last: The latest dated article.
    """

    sources: tuple[tuple[Publication, int], ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    first: ArticleId | None = None
    last: ArticleId | None = None

    @property
    def number(self) -> int:
        """The number of articles."""
        return sum(number for _, number in self.sources)

    @property
    def outlets(self) -> tuple[OrganizationId | None, ...]:
        """The outlets, most articles first, None last where there are articles without."""
        counts: Counter[OrganizationId | None] = Counter()
        for source, number in self.sources:
            counts[source.outlet] += number
        return tuple(outlet for outlet, _ in sorted(counts.items(), key=most_first))


NO_ARTICLES = ArticleCounts()


def count_articles(
    articles: Mapping[ArticleId, Article],
    keys: Collection[ArticleId],
    before: ArticleCounts = NO_ARTICLES,
    old: Iterable[ArticleId] = (),
) -> ArticleCounts:
    """Counts of some articles, updated from earlier counts where those are given.

    Args:
        articles: All articles of the dossier; only those that are counted again are read.
        keys: The articles to count, by date.
        before: Earlier counts; the properties of the articles in them must not have changed.
        old: The articles in the earlier counts.
    """
    sources, years = Counter(dict(before.sources)), Counter(dict(before.years))
    was, now = frozenset(old), frozenset(keys)
    for some, more in ((now - was, 1), (was - now, -1)):
        for article in map(articles.__getitem__, some):
            sources[Publication(article.outlet, article.wire)] += more
            if article.published:
                years[article.published.year] += more
    in_order = tuple(keys)
    return ArticleCounts(
        tuple(sorted((+sources).items(), key=_in_order)),
        tuple(sorted((+years).items())),
        _dated(articles, in_order),
        _dated(articles, reversed(in_order)),
    )


def most_first(counted: tuple[OrganizationId | None, int]) -> tuple[bool, int, str]:
    """The sort key of an outlet or origin with its count: most first, the unnamed one last."""
    key, number = counted
    return key is None, -number, key or ""


def _in_order(counted: tuple[Publication, int]) -> tuple[bool, int, str, str]:
    (outlet, wire), number = counted
    return (*most_first((outlet, number)), wire or "")


def _dated(articles: Mapping[ArticleId, Article], keys: Iterable[ArticleId]) -> ArticleId | None:
    """The first of some articles that has a date."""
    return next((key for key in keys if articles[key].published), None)
