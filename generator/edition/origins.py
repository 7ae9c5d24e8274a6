"""Outlets and origins: who published an article, and whose report it is."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from itertools import islice, takewhile

from generator.edition.article_counts import (
    ArticleCounts,
    Publication,
    SourceAndDate,
    count_articles,
    most_first,
)
from generator.edition.chronology import Chronology
from generator.edition.derived import by_key, derived
from generator.model.happenings import Event
from generator.model.ids import ArticleId, OrganizationId, RecordId
from generator.model.slices import ARTICLES, HEAD

# Kinds of organization whose services count as one origin.
_PUBLISHERS = ("outlet", "agency")
# Outlets with their own column, those with most articles; a wider table does not fit the page.
MOST_OUTLETS = 8


class Origins(Chronology):
    """The outlets and origins of articles, each agency or outlet with its services counted as one."""

    @by_key(lambda edition: edition.dossier.articles, HEAD, ARTICLES)
    def published(self, article: ArticleId) -> SourceAndDate | None:
        """Who published each article, and in which year."""
        found = self.dossier.articles.get(article)
        return SourceAndDate.of_article(found) if found else None

    @derived
    def published_by(self) -> Mapping[RecordId, tuple[ArticleId, ...]]:
        """The articles of each outlet, by date."""
        found: dict[RecordId, list[ArticleId]] = defaultdict(list)
        published = self.published
        for key in self.articles_in_print:
            if outlet := published[key].source.outlet:
                found[outlet].append(key)
        return {key: tuple(articles) for key, articles in found.items()}

    @derived
    def reports_of(self) -> Mapping[RecordId, tuple[ArticleId, ...]]:
        """The articles that each outlet or agency published or supplied, itself or through its services, by date."""
        found: dict[RecordId, list[ArticleId]] = defaultdict(list)
        published = self.published
        for article in self.articles_in_print:
            sources = [key for key in published[article].source if key]
            for whole in dict.fromkeys(whole for key in sources for whole in (key, *self._publishers(key))):
                found[whole].append(article)
        return {key: tuple(articles) for key, articles in found.items()}

    @derived
    def outlet_columns(self) -> tuple[tuple[OrganizationId | None, ...], bool]:
        """The outlets that have their own column in tables, and whether there are others."""
        return self.all_outlets[:MOST_OUTLETS], len(self.all_outlets) > MOST_OUTLETS

    @derived
    def all_outlets(self) -> tuple[OrganizationId | None, ...]:
        """The outlets of all articles, those with most first; None where there are articles without."""
        return count_articles(self.published, tuple(self.published)).outlets

    @derived
    def origin_columns(self) -> tuple[tuple[OrganizationId | None, ...], bool]:
        """The origins that have their own column in tables, and whether there are others."""
        return self.all_origins[:MOST_OUTLETS], len(self.all_origins) > MOST_OUTLETS

    @derived
    def all_origins(self) -> tuple[OrganizationId | None, ...]:
        """The origins of all articles, those with most first; None where there are articles that name none."""
        counts = Counter(self.origin_of_article.values())
        return tuple(origin for origin, _ in sorted(counts.items(), key=most_first))

    @derived
    def main_origin(self) -> tuple[OrganizationId, int] | None:
        """The origin of more than half of all articles but not of all, and the number of its articles."""
        number = len(self.origin_of_article)
        counts = Counter(self.origin_of_article.values()).items()
        return next(((o, n) for o, n in counts if o and number > n > number / 2), None)

    @derived
    def _newest(self) -> Mapping[OrganizationId | None, date]:
        """The last day on which an article of each origin may have been published."""
        newest: dict[OrganizationId | None, date] = defaultdict(lambda: date.min)
        for key, article in self.dossier.articles.items():
            latest = article.published.latest if article.published else date.max
            origin = self.origin_of_article[key]
            newest[origin] = max(newest[origin], latest)
        return newest

    def could_report(self, origin: OrganizationId | None, event: Event) -> bool:
        """Whether some article of an origin is as new as an event."""
        return self._newest.get(origin, date.min) >= event.date.earliest

    @derived
    def _last_days(self) -> tuple[date, ...]:
        """The last days of the origins that are named, the earliest first."""
        return tuple(sorted(day for origin, day in self._newest.items() if origin))

    def silent(
        self, event: Event, having: Set[OrganizationId | None], most: int
    ) -> tuple[tuple[OrganizationId, ...], int]:
        """Origins that could have reported an event and did not: at most so many of them, and their number."""
        late = len(self._last_days) - bisect_left(self._last_days, event.date.earliest)
        number = late - sum(self.could_report(origin, event) for origin in having if origin)
        origins = (o for o in self.all_origins if o and o not in having and self.could_report(o, event))
        return tuple(islice(origins, min(most, number))), number

    @derived
    def _wholes(self) -> Mapping[OrganizationId, OrganizationId]:
        """The whole outlet or agency of each service."""
        services = {key: self._publishers(key) for key in self.dossier.organizations}
        return {key: wholes[-1] for key, wholes in services.items() if wholes}

    def _publishers(self, service: OrganizationId) -> tuple[OrganizationId, ...]:
        """The outlets and agencies that an organization is a service of, the nearest first."""
        organizations = self.dossier.organizations
        return tuple(takewhile(lambda key: organizations[key].kind in _PUBLISHERS, self.wholes(service)))

    def wholes(self, part: OrganizationId) -> Iterator[OrganizationId]:
        """The organizations that an organization is part of, the nearest first."""
        organizations, seen = self.dossier.organizations, {part}
        # A cycle is an error that a check reports; this must still end.
        while (record := organizations.get(part)) and (whole := record.part_of) and whole not in seen:
            if whole in organizations:
                yield whole
            part = whole
            seen.add(whole)

    def origin(self, source: Publication) -> OrganizationId | None:
        """The origin of a publication: its agency or outlet as a whole; None where neither is named.

        Two outlets that print one agency's report are one origin, and so are the services of one outlet. Of articles
        that name neither it is unknown whether they are of one origin, so that they count as one.
        """
        key = source.wire or source.outlet
        return self._wholes.get(key, key) if key else None

    @derived
    def origin_of_article(self) -> Mapping[ArticleId, OrganizationId | None]:
        """The origin of each article."""
        return {key: self.origin(published.source) for key, published in self.published.items()}

    def origins(self, articles: Iterable[ArticleId]) -> tuple[OrganizationId | None, ...]:
        """The origins of some articles, each once, the unnamed one last."""
        return _named_first({self.origin_of_article[key] for key in articles})

    def origins_of(self, found: ArticleCounts) -> tuple[OrganizationId | None, ...]:
        """The origins of the articles that a record appears in."""
        return _named_first({self.origin(source) for source, _ in found.sources})


def _named_first(origins: Iterable[OrganizationId | None]) -> tuple[OrganizationId | None, ...]:
    return tuple(sorted(origins, key=lambda origin: (origin is None, origin or "")))
