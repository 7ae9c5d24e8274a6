"""The order of an edition's articles, events and statements in time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TypeVar

from generator.edition.derived import EditionBase, derived, transient
from generator.model.article import Article
from generator.model.claims import Statement
from generator.model.dates import EdtfDate
from generator.model.happenings import Event
from generator.model.ids import ArticleId, EventId, RecordId, StatementId
from generator.state.lazy import LazyMapping

Id = TypeVar("Id", bound=RecordId)

# The sort key of a statement: its date, its first article, the paragraph there, and its id.
InTurn = tuple[date, date, tuple[tuple[date, date, str], str], int, str]
UNDATED = (date.max, date.max, "")


class Chronology(EditionBase):
    """Articles, events and statements by date, and what comes before and after each."""

    def in_turn(self, statement: Statement) -> InTurn:
        """The sort key of statements: their date, then where they are reported, since an article reports in order."""
        return self._turns[StatementId(statement.id)]

    @derived
    def _turns(self) -> Mapping[StatementId, InTurn]:
        articles = self.dossier.articles
        in_print = {key: by_publication(article) for key, article in articles.items()}
        found = {}
        for key, statement in self.dossier.statements.items():
            first = min((in_print[e.at.article], e.at.first) for e in statement.evidence)
            # Statements of one day sort together, even if one source is less certain of the date.
            listed, latest, _ = statement.date.sort_key
            found[key] = (listed, latest, *first, statement.id)
        return found

    def events(self, keys: Iterable[RecordId]) -> tuple[Event, ...]:
        """The events among some records, by date."""
        places = self.place_in_time
        found = sorted((places[EventId(key)], key) for key in set(keys) if EventId(key) in places)
        return tuple(self.dossier.events[EventId(key)] for _, key in found)

    @property
    def events_by_date(self) -> tuple[Event, ...]:
        """All events, the oldest first; of one day a whole before its parts, a cause before its effect."""
        events = dict(self.dossier.events.items())
        return tuple(events[key] for key in self._events_in_time)

    @derived
    def _events_in_time(self) -> tuple[EventId, ...]:
        """The ids of all events in the same order."""
        events = self.dossier.events
        ordered = sorted(events.values(), key=by_date)
        before: dict[EventId, set[EventId]] = defaultdict(set)
        for event in ordered:
            before[EventId(event.id)].update(key for key in (*event.responds_to, event.part_of) if key)
            for key in event.led_to:
                before[key].add(EventId(event.id))
        found: list[EventId] = []
        for _, group in groupby(ordered, key=_begin):
            left = list(group)
            while left:
                waiting = {EventId(event.id) for event in left}
                # In a cycle of causes, which a check refuses, the first by date comes first.
                ready = next((event for event in left if not before[EventId(event.id)] & waiting), left[0])
                found.append(EventId(ready.id))
                left.remove(ready)
        return tuple(found)

    @derived
    def place_in_time(self) -> Mapping[EventId, tuple[date, int]]:
        """The sort key of each event: the day on which it begins, and its place among the events of that day.

        So a new event changes the keys of that day's events only.
        """
        places: dict[EventId, tuple[date, int]] = {}
        for begin, group in groupby(self.events_by_date, key=_begin):
            places |= {EventId(event.id): (begin, place) for place, event in enumerate(group)}
        return places

    def articles(self, keys: Iterable[ArticleId]) -> tuple[Article, ...]:
        """The articles with the given ids, by date."""
        articles = self.dossier.articles
        return tuple(articles[key] for key in sorted(keys, key=self.in_print.__getitem__))

    @property
    def articles_by_date(self) -> tuple[Article, ...]:
        """All articles, the oldest first, those without a date last."""
        articles = dict(self.dossier.articles.items())
        return tuple(articles[key] for key in self.articles_in_print)

    @property
    def newest_articles(self) -> tuple[Article, ...]:
        """All articles, the newest first, those without a date last."""
        found = self.articles_by_date
        return (*(a for a in reversed(found) if a.published), *(a for a in found if not a.published))

    @derived
    def articles_in_print(self) -> tuple[ArticleId, ...]:
        """The ids of all articles in the same order."""
        return tuple(a.article_id for a in sorted(self.dossier.articles.values(), key=by_publication))

    @transient
    def _places_in_print(self) -> Mapping[ArticleId, int]:
        return {key: place for place, key in enumerate(self.articles_in_print)}

    @cached_property
    def in_print(self) -> Mapping[ArticleId, tuple[tuple[date, date, str], str]]:
        """The sort key of each article; no dependency is recorded, since a page that sorts articles shows them too."""
        return LazyMapping(self.articles_in_print, self._in_print)

    def _in_print(self, key: ArticleId) -> tuple[tuple[date, date, str], str]:
        with self.recorder.record():
            return by_publication(self.dossier.articles[key])

    @derived
    def neighbours(self) -> Mapping[ArticleId, tuple[ArticleId | None, ArticleId | None]]:
        """The articles before and after each article by date."""
        return _neighbours(self.articles_in_print)

    @derived
    def event_neighbours(self) -> Mapping[EventId, tuple[EventId | None, EventId | None]]:
        """The events before and after each event by date."""
        return _neighbours(self._events_in_time)


def _neighbours(ordered: Sequence[Id]) -> dict[Id, tuple[Id | None, Id | None]]:
    around = (None, *ordered, None)
    return {key: (around[at], around[at + 2]) for at, key in enumerate(ordered)}


def _begin(event: Event) -> date:
    return event.date.sort_key[0]


def by_publication(article: Article) -> tuple[tuple[date, date, str], str]:
    """The sort key of an article: the oldest first, those without a date last."""
    return (article.published.sort_key if article.published else UNDATED, article.id)


def by_date(event: Event) -> tuple[tuple[date, date, str], str]:
    """The sort key of an event: by date, then by id."""
    return (event.date.sort_key, event.id)


def period(dates: Iterable[EdtfDate]) -> tuple[EdtfDate, EdtfDate] | None:
    """The first and the last of some dates, or None where there are none."""
    ordered = sorted(dates, key=lambda d: d.sort_key)
    return (ordered[0], ordered[-1]) if ordered else None
