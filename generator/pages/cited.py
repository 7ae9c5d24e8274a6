"""The articles that a record stands in, in short: what pages show of all of them, who may be thousands."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from generator.model.article import Article
from generator.model.ids import ArticleId, OrganizationId


class Cited(NamedTuple):
    """Some articles, in short.

    Attributes:
        outlets: How many each outlet published, most first, those without an outlet last.
        years: How many are of each year; of those without a date nobody knows.
        first: The earliest with a date.
        last: The latest with a date.
    """

    outlets: tuple[tuple[OrganizationId | None, int], ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    first: ArticleId | None = None
    last: ArticleId | None = None

    @property
    def number(self) -> int:
        """How many articles they are."""
        return sum(number for _, number in self.outlets)

    @property
    def known_outlets(self) -> tuple[OrganizationId, ...]:
        """The outlets, most articles first."""
        return tuple(outlet for outlet, _ in self.outlets if outlet)


NOWHERE = Cited()


def cited(
    articles: Mapping[ArticleId, Article],
    keys: Collection[ArticleId],
    before: Cited = NOWHERE,
    old: Iterable[ArticleId] = (),
) -> Cited:
    """Some articles in short.

    Args:
        articles: All of them, of which as few are looked at as need be.
        keys: Which, by date.
        before: What was found of others, of which nothing but their number has changed.
        old: Which those were.
    """
    outlets, years = Counter(dict(before.outlets)), Counter(dict(before.years))
    was, now = frozenset(old), frozenset(keys)
    for some, more in ((now - was, 1), (was - now, -1)):
        for article in map(articles.__getitem__, some):
            outlets[article.outlet] += more
            if article.published:
                years[article.published.year] += more
    in_order = tuple(keys)
    return Cited(
        tuple(sorted((+outlets).items(), key=lambda found: (found[0] is None, -found[1], found[0] or ""))),
        tuple(sorted((+years).items())),
        _dated(articles, in_order),
        _dated(articles, reversed(in_order)),
    )


def _dated(articles: Mapping[ArticleId, Article], keys: Iterable[ArticleId]) -> ArticleId | None:
    """The first of some articles that has a date."""
    return next((key for key in keys if articles[key].published), None)
