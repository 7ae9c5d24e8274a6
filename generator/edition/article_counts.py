"""Counts of the articles that a record appears in, so that a page need not read thousands of articles."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.model.article import Article
from generator.model.dates import EdtfDate
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


class SourceAndDate(NamedTuple):
    """Who published an article, in which year, and in which month it is listed; None where it has no date.

    Months are counted from the year 0.
    """

    source: Publication
    year: int | None
    month: int | None

    @classmethod
    def of_article(cls, article: Article) -> "SourceAndDate":
        """The outlet, year and month of an article."""
        source, date = Publication(article.outlet, article.wire), article.published
        return cls(source, date.year, month_of(date)) if date else cls(source, None, None)


def month_of(date: EdtfDate) -> int:
    """The month under which a date is listed, counted from the year 0."""
    return date.listed.year * 12 + date.listed.month - 1


def count_articles(published: Mapping[ArticleId, SourceAndDate], keys: Sequence[ArticleId]) -> ArticleCounts:
    """Counts of some articles.

    Args:
        keys: The articles to count, by date.
    """
    found = [published[key] for key in keys]
    sources = Counter(one.source for one in found)
    years = Counter(one.year for one in found if one.year is not None)
    dated = [key for key, one in zip(keys, found, strict=True) if one.year is not None]
    return ArticleCounts(
        tuple(sorted(sources.items(), key=_in_order)),
        tuple(sorted(years.items())),
        *(dated[:1] + dated[-1:] or (None, None)),
    )


def most_first(counted: tuple[OrganizationId | None, int]) -> tuple[bool, int, str]:
    """The sort key of an outlet or origin with its count: most first, the unnamed one last."""
    key, number = counted
    return key is None, -number, key or ""


def _in_order(counted: tuple[Publication, int]) -> tuple[bool, int, str, str]:
    (outlet, wire), number = counted
    return (*most_first((outlet, number)), wire or "")
