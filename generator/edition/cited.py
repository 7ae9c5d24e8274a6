"""The articles that a record stands in, in short: what pages show of all of them, who may be thousands."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from generator.model.article import Article
from generator.model.ids import ArticleId, OrganizationId


class Publication(NamedTuple):
    """Where a report was published, and the agency or outlet whose it is, where that is another."""

    outlet: OrganizationId | None
    wire: OrganizationId | None = None


class ArticleCounts(NamedTuple):
    """Some articles, in short.

    Attributes:
        sources: How many each outlet published of its own and from each agency, most first, those without an
            outlet last.
        years: How many are of each year; of those without a date nobody knows.
        first: The earliest with a date.
        last: The latest with a date.
    """

    sources: tuple[tuple[Publication, int], ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    first: ArticleId | None = None
    last: ArticleId | None = None

    @property
    def number(self) -> int:
        """How many articles they are."""
        return sum(number for _, number in self.sources)

    @property
    def outlets(self) -> tuple[OrganizationId | None, ...]:
        """The outlets, most articles first, None last where there are articles without."""
        counts: Counter[OrganizationId | None] = Counter()
        for source, number in self.sources:
            counts[source.outlet] += number
        return tuple(outlet for outlet, _ in sorted(counts.items(), key=most_first))


NOWHERE = ArticleCounts()


def cited(
    articles: Mapping[ArticleId, Article],
    keys: Collection[ArticleId],
    before: ArticleCounts = NOWHERE,
    old: Iterable[ArticleId] = (),
) -> ArticleCounts:
    """Some articles in short.

    Args:
        articles: All of them, of which as few are looked at as need be.
        keys: Which, by date.
        before: What was found of others, of which nothing but their number has changed.
        old: Which those were.
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
    """Sorts outlets or origins that are counted, one that is not named last."""
    key, number = counted
    return key is None, -number, key or ""


def _in_order(counted: tuple[Publication, int]) -> tuple[bool, int, str, str]:
    (outlet, wire), number = counted
    return (*most_first((outlet, number)), wire or "")


def _dated(articles: Mapping[ArticleId, Article], keys: Iterable[ArticleId]) -> ArticleId | None:
    """The first of some articles that has a date."""
    return next((key for key in keys if articles[key].published), None)
