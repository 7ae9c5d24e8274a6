"""An edition of a dossier: its records and links, with the indices that several page families ask for."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import groupby, islice, takewhile
from typing import Any, Generic, TypeVar, overload

from generator.folding import one_line
from generator.keyed import Keyed
from generator.link import Links, Mention
from generator.model.actors import ACTORS, Position
from generator.model.article import Article
from generator.model.claims import Question, Statement
from generator.model.dates import EdtfDate
from generator.model.dossier import Dossier
from generator.model.evidence import Locator
from generator.model.facts import fact_ids
from generator.model.fields import EvidenceMark, Path, walk
from generator.model.happenings import Event
from generator.model.history import History
from generator.model.ids import ArticleId, EventId, OrganizationId, QuestionId, RecordId, StatementId
from generator.model.kinds import Kind
from generator.model.record import Named
from generator.model.verification import is_verified
from generator.pages import languages
from generator.pages.called import Called, InText
from generator.pages.cited import NOWHERE, Cited, Source, cited, most_first
from generator.pages.figures.drawings import Drawings
from generator.pages.order import OTHER, letter_of, sort_name
from generator.pages.ties import Tie, Weights, drawn, naming_both, people_at, ties_of, weights
from generator.traces import ALL, Notes, Table
from generator.words import Words
from generator.words.collation import SortKey

Result = TypeVar("Result")
Id = TypeVar("Id", bound=RecordId)

# Kinds of organization whose services count as one origin.
_PUBLISHERS = ("outlet", "agency")
# Outlets with a column of their own, those with most articles; a wider table helps nobody.
MOST_OUTLETS = 8
# Articles on one page of a record's mentions: its own, or one of those that follow.
MENTIONS_A_PAGE = 40
# Under which it is noted that a page of mentions was read.
MENTIONED_ON = "mentioned_on"
# Under which it is noted that an actor's ties were read.
TIES_OF = "ties_of"
# A record's mentions by article, the newest first, a page at a time.
MentionsByPage = tuple[tuple[tuple[ArticleId, tuple[Mention, ...]], ...], ...]
# What sorts a statement: its date, its first article, the paragraph there, and its id.
InTurn = tuple[date, date, tuple[tuple[date, date, str], str], int, str]
Forms = Mapping[str, tuple[OrganizationId | None, ...]]
UNDATED = (date.max, date.max, "")


class derived(Generic[Result]):  # noqa: N801 - a decorator
    """A value that is made once of all of an edition, without telling who asks of what.

    What is read of it is noted under its own name: of a mapping by key, else as a whole.
    """

    def __init__(self, make: Callable[[Any], Result]) -> None:
        self._make = make
        self.name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, edition: None, owner: type) -> "derived[Result]": ...
    @overload
    def __get__(self, edition: "Edition", owner: type) -> Result: ...
    def __get__(self, edition: "Edition | None", owner: type) -> "Result | derived[Result]":
        if edition is None:
            return self
        return edition.derive(self.name, self._make)


@dataclass(frozen=True)
class Edition:
    """What all pages are made from: records, links, and what changed as far as version control tells.

    Attributes:
        notes: What is read of it, while somebody wants to know.
        known: Derived values that are known already, by name.
        drawings: What takes long to draw of figures.
    """

    dossier: Dossier
    links: Links
    history: History = ()
    notes: Notes = field(default_factory=Notes, compare=False)
    known: Mapping[str, Any] = field(default_factory=dict, compare=False)
    drawings: Drawings = field(default_factory=Drawings, compare=False)

    def derive(self, name: str, make: "Callable[[Edition], Result]") -> Result:
        """A value that is made once of all of an edition, as one that is `derived`."""
        derived: dict[str, Any] = self.__dict__.setdefault("derived", {})
        if name not in derived:
            with self.notes.taken():
                self.keep(name, self.known[name] if name in self.known else make(self))
        value: Result = derived[name]
        if not isinstance(value, Table):
            self.notes.nodes.add((name, ALL))
        return value

    def keep(self, name: str, value: object) -> None:
        """Gives a derived value that is known already."""
        if isinstance(value, dict) and type(value) is not dict:
            value = dict(value)
        self.plain[name] = value
        derived = self.__dict__.setdefault("derived", {})
        derived[name] = Table(self.notes, name, value) if isinstance(value, Mapping) else value

    @cached_property
    def plain(self) -> dict[str, Any]:
        """The derived values that are known, as they were made: what is read of them is not noted."""
        return {}

    @cached_property
    def words(self) -> Words:
        """The interface's words in the dossier's language."""
        return Words.of(self.dossier.settings.language)

    @cached_property
    def called(self) -> Called:
        """What records and articles are called."""
        return Called(self.dossier, self.words, self.notes, lambda key: self.in_text[key])

    @derived
    def in_text(self) -> Mapping[RecordId, InText]:
        """What a text that names a record shows of it, which is less than all that others show."""
        return {
            key: InText(record.kind_of, languages.native_names(record))
            for key, record in self.dossier.records.items()
        }

    @derived
    def sort_names(self) -> Mapping[RecordId, str]:
        """What records are sorted as, those with a name of their own; it depends on their short forms too."""
        return {
            key: sort_name(record)
            for key, record in self.dossier.records.items()
            if isinstance(record, Named)
        }

    def sorted_as(self, key: RecordId) -> str:
        """What a record is sorted as."""
        return self.sort_names.get(key) or sort_name(self.dossier.records[key])

    def by_name(self, key: RecordId) -> tuple[SortKey, RecordId]:
        """Sorts records by name, as the language of the interface has it."""
        return self.words.sort_key(self.sorted_as(key)), key

    def in_index(self, key: RecordId) -> tuple[bool, tuple[SortKey, RecordId]]:
        """Sorts records by name, those without a letter last."""
        return letter_of(self.sorted_as(key)) == OTHER, self.by_name(key)

    @cached_property
    def facts(self) -> Callable[[RecordId], Mapping[Path, str]]:
        """The anchors of a record's facts, by the path of their values; a page asks for those of one record."""
        return self.notes.remembering(lambda key: fact_ids(self.dossier.records[key]))

    @derived
    def revisions(self) -> History:
        """What changed, as far as version control tells."""
        return self.history

    def referring(self, key: RecordId, heading: str) -> tuple[RecordId, ...]:
        """The records that refer to one under a heading."""
        return tuple(link.source for link in self.links.backlinks.get(key, ()) if link.heading == heading)

    def statements(self, key: RecordId, heading: str) -> tuple[Statement, ...]:
        """The statements that refer to a record under a heading, in the order in which they were made."""
        found = (self.dossier.get(source) for source in self.referring(key, heading))
        return tuple(sorted((s for s in found if isinstance(s, Statement)), key=self.in_turn))

    def in_turn(self, statement: Statement) -> InTurn:
        """What sorts statements: their date, then where they are reported, since an article tells in order."""
        return self._turns[StatementId(statement.id)]

    @derived
    def _turns(self) -> Mapping[StatementId, InTurn]:
        articles = self.dossier.articles
        in_print = {key: by_publication(article) for key, article in articles.items()}
        found = {}
        for key, statement in self.dossier.statements.items():
            first = min((in_print[e.at.article], e.at.first) for e in statement.evidence)
            # Of one day, however sure of it a source is.
            listed, latest, _ = statement.date.sort_key
            found[key] = (listed, latest, *first, statement.id)
        return found

    def events(self, keys: Iterable[RecordId]) -> tuple[Event, ...]:
        """The events among some records, by date."""
        places = self.place_in_time
        found = sorted((places[EventId(key)], key) for key in set(keys) if EventId(key) in places)
        return tuple(self.dossier.events[EventId(key)] for _, key in found)

    def questions(self, key: RecordId) -> tuple[Question, ...]:
        """The questions about a record, by id."""
        sources = {s for heading in ("Questions", "Questions about") for s in self.referring(key, heading)}
        found = (self.dossier.questions.get(QuestionId(source)) for source in sorted(sources))
        return tuple(question for question in found if question)

    def participations(self, key: RecordId) -> tuple[tuple[Event, str], ...]:
        """The events in which an actor took part itself, by date, and as what."""
        events = self.events(self.referring(key, "Events"))
        return tuple((event, role_in(event, key)) for event in events)

    @derived
    def offices(self) -> Mapping[RecordId, tuple[Position, ...]]:
        """The offices of organizations that people held, without evidence, which lists of events do not show."""
        organizations = self.dossier.organizations
        held = {
            key: [position for position in person.positions if position.of in organizations]
            for key, person in self.dossier.people.items()
        }
        bare = {"evidence": ()}
        return {key: tuple(p.model_copy(update=bare) for p in found) for key, found in held.items() if found}

    @property
    def events_by_date(self) -> tuple[Event, ...]:
        """All events, the oldest first; of those that begin together a whole before its parts, a cause before its effect."""
        events = dict(self.dossier.events.items())
        return tuple(events[key] for key in self._events_in_time)

    @derived
    def _events_in_time(self) -> tuple[EventId, ...]:
        """The ids of all events, likewise."""
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
                # Where causes run in a circle, which checks refuse, the first by date goes first.
                ready = next((event for event in left if not before[EventId(event.id)] & waiting), left[0])
                found.append(EventId(ready.id))
                left.remove(ready)
        return tuple(found)

    @derived
    def place_in_time(self) -> Mapping[EventId, tuple[date, int]]:
        """What sorts each event among all events: the day that it begins, and its place among those of that day.

        So an event that comes in moves those of its day alone.
        """
        places: dict[EventId, tuple[date, int]] = {}
        for begin, group in groupby(self.events_by_date, key=_begin):
            places |= {EventId(event.id): (begin, place) for place, event in enumerate(group)}
        return places

    @property
    def articles_by_date(self) -> tuple[Article, ...]:
        """All articles, the oldest first, those without a date last."""
        articles = dict(self.dossier.articles.items())
        return tuple(articles[key] for key in self._articles_in_print)

    @derived
    def _articles_in_print(self) -> tuple[ArticleId, ...]:
        """The ids of all articles, likewise."""
        return tuple(a.article_id for a in sorted(self.dossier.articles.values(), key=by_publication))

    @derived
    def neighbours(self) -> Mapping[ArticleId, tuple[ArticleId | None, ArticleId | None]]:
        """The articles before and after each article by date."""
        return _neighbours(self._articles_in_print)

    @derived
    def event_neighbours(self) -> Mapping[EventId, tuple[EventId | None, EventId | None]]:
        """The events before and after each event by date."""
        return _neighbours(self._events_in_time)

    @derived
    def cited_in(self) -> Mapping[RecordId, frozenset[ArticleId]]:
        """The articles that each record's evidence and citations lead to."""
        found: dict[RecordId, set[ArticleId]] = defaultdict(set)
        for (article, _), entries in self.links.backing.items():
            for entry in entries:
                found[entry.record].add(article)
        return {key: frozenset(articles) for key, articles in found.items()}

    @derived
    def backed_by(self) -> Mapping[ArticleId, frozenset[RecordId]]:
        """The records that each article backs."""
        found: dict[ArticleId, set[RecordId]] = defaultdict(set)
        for key, articles in self.cited_in.items():
            for article in articles:
                found[article].add(key)
        return {article: frozenset(keys) for article, keys in found.items()}

    def named_in(self, article: ArticleId, kind: Kind) -> tuple[RecordId, ...]:
        """The records of a kind that an article names, by id."""
        declared = self.dossier.declared
        return tuple(key for key in self.named.get(article, ()) if declared.get(key) is kind)

    @derived
    def named(self) -> Mapping[ArticleId, tuple[RecordId, ...]]:
        """The records that each article names, by id."""
        return {article: named_in(found) for article, found in self.links.mentions.items()}

    @derived
    def _articles(self) -> Mapping[RecordId, tuple[ArticleId, ...]]:
        found: dict[RecordId, set[ArticleId]] = defaultdict(set)
        for key, mentions in self.links.mentioned_in.items():
            found[key].update(mention.article for mention in mentions)
        for key, articles in self.cited_in.items():
            found[key].update(articles)
        place = self._places_in_print.__getitem__
        return {key: tuple(sorted(keys, key=place)) for key, keys in sorted(found.items())}

    def cited(self, key: RecordId) -> Cited:
        """The articles that mention a record or back it, in short."""
        return self._cited.get(key, NOWHERE)

    @derived
    def _cited(self) -> Mapping[RecordId, Cited]:
        articles = dict(self.dossier.articles.items())
        return {key: cited(articles, keys) for key, keys in self._articles.items()}

    def articles(self, keys: Iterable[ArticleId]) -> tuple[Article, ...]:
        """The articles of some ids, by date."""
        articles = self.dossier.articles
        return tuple(articles[key] for key in sorted(keys, key=self.in_print.__getitem__))

    def mentioned_on(self, key: RecordId, page: int) -> tuple[tuple[Article, tuple[Mention, ...]], ...]:
        """The articles that mention a record and have their place on one page of its mentions, the newest first."""
        self.notes.nodes.add((MENTIONED_ON, (key, page)))
        if key not in self._mentions:
            # Pages of one record are made one after the other: more than the last is asked for no more.
            self._mentions.clear()
            with self.notes.taken():
                self._mentions[key] = mentioned_on(self.links, self._places_in_print, key)
        found = self._mentions[key]
        articles = self.dossier.articles
        return tuple(
            (articles[article], mentions)
            for article, mentions in (found[page - 1] if page <= len(found) else ())
        )

    @cached_property
    def _mentions(self) -> dict[RecordId, MentionsByPage]:
        """Those of the record that was asked for last."""
        return {}

    @derived
    def times_mentioned(self) -> Mapping[RecordId, tuple[int, int]]:
        """How many articles mention each record, and how often they do all together."""
        return {key: times_mentioned(found) for key, found in self.links.mentioned_in.items()}

    @derived
    def printed(self) -> Mapping[RecordId, Forms]:
        """Which outlets print each record's name how, by the name as printed."""
        outlets = self._outlets_of
        return {key: printed(outlets, found) for key, found in self.links.mentioned_in.items()}

    @cached_property
    def _places_in_print(self) -> Mapping[ArticleId, int]:
        return {key: place for place, key in enumerate(self._articles_in_print)}

    @derived
    def lengths(self) -> Mapping[ArticleId, int]:
        """How many paragraphs each article has."""
        return {key: article.length for key, article in self.dossier.articles.items()}

    @derived
    def published_by(self) -> Mapping[RecordId, tuple[ArticleId, ...]]:
        """The articles of each outlet, by date."""
        found: dict[RecordId, list[ArticleId]] = defaultdict(list)
        for article in self.articles_by_date:
            if article.outlet:
                found[article.outlet].append(article.article_id)
        return {key: tuple(articles) for key, articles in found.items()}

    @derived
    def reports_of(self) -> Mapping[RecordId, tuple[ArticleId, ...]]:
        """The articles that each outlet or agency published or supplied, itself or through its services, by date."""
        found: dict[RecordId, list[ArticleId]] = defaultdict(list)
        for article in self.articles_by_date:
            sources = [key for key in (article.outlet, article.wire) if key]
            for whole in dict.fromkeys(whole for key in sources for whole in (key, *self._publishers(key))):
                found[whole].append(article.article_id)
        return {key: tuple(articles) for key, articles in found.items()}

    @cached_property
    def _outlets_of(self) -> Mapping[ArticleId, OrganizationId]:
        return outlets_of(self.published_by)

    def seen_with(self, key: RecordId, kind: Kind, most: int) -> tuple[tuple[RecordId, int], ...]:
        """Whom of a kind an actor shares most with, or which people a place is named with most."""
        declared = self.dossier.declared
        counts = (self.weights if declared.get(key) in ACTORS else self.people_at).get(key, {})
        # They stand in the order in which they are wanted.
        return tuple(islice(((k, n) for k, n in counts.items() if declared.get(k) is kind), most))

    @derived
    def people_at(self) -> Weights:
        """In how many paragraphs each place is named with each person."""
        return people_at(self.dossier, self.links)

    @derived
    def weights(self) -> Weights:
        """How much each two actors that appear together share."""
        return weights(self.dossier, self.links)

    def ties_of(self, key: RecordId) -> tuple[Tie, ...]:
        """With whom an actor appears, the closest first."""
        with self.notes.taken():
            found = ties_of(self.dossier, self.links, self.weights.get(key, {}), key)
        self.notes.nodes.add((TIES_OF, key))
        return found

    def newest_of(self, tie: Tie, most: int) -> tuple[Locator, ...]:
        """The paragraphs that name both ends of a tie, those of the newest articles first, each article's in order."""
        found: list[Locator] = []
        wanted = min(most, tie.paragraphs)
        # They are others only where the ties of both may be, which is noted of those.
        with self.notes.taken():
            few, many = sorted(tie[:2], key=lambda key: len(self._articles.get(key, ())))
            others = self._in_articles(many)
            for article in reversed(self._articles.get(few, ())):
                if len(found) >= wanted:
                    break
                if article in others:
                    found += naming_both(self.dossier, self.links, tie, article)
        return tuple(found[:wanted])

    @cached_property
    def _in_articles(self) -> Callable[[RecordId], frozenset[ArticleId]]:
        # Those whom thousands of articles name are among the closest of nearly everybody.
        return lru_cache(maxsize=64)(lambda key: frozenset(self._articles.get(key, ())))

    @derived
    def number_of_ties(self) -> int:
        """How many pairs of actors appear together."""
        return sum(map(len, self.weights.values())) // 2

    @derived
    def network(self) -> tuple[tuple[RecordId, ...], tuple[Tie, ...]]:
        """The actors and the ties that the network draws."""
        keys, pairs = drawn(self.weights)
        of = {one: {tie.other: tie for tie in self.ties_of(one)} for one, _ in pairs}
        return keys, tuple(of[one][other] for one, other in pairs)

    @derived
    def drawn_ties(self) -> Mapping[tuple[RecordId, RecordId], bool]:
        """The ties that the network draws, by their ends; each has a page of its own."""
        return {(tie.one, tie.other): True for tie in self.network[1]}

    @derived
    def reported(self) -> Mapping[RecordId, Mapping[ArticleId, tuple[int, ...]]]:
        """The paragraphs of each article that back each event or what was said at it."""
        events: dict[RecordId, set[RecordId]] = defaultdict(set)
        for key in self.dossier.events:
            for record in (key, *self.referring(key, "Said there")):
                events[record].add(key)
        found: dict[RecordId, dict[ArticleId, set[int]]] = defaultdict(lambda: defaultdict(set))
        for (article, number), entries in self.links.backing.items():
            for event in {event for entry in entries for event in events.get(entry.record, ())}:
                found[event][article].add(number)
        return {
            event: {article: tuple(sorted(numbers)) for article, numbers in articles.items()}
            for event, articles in found.items()
        }

    @derived
    def quotes(self) -> Mapping[ArticleId, tuple[tuple[RecordId, bool], ...]]:
        """The quotes from each article by the records that give them, and whether they were found there."""
        found: dict[ArticleId, list[tuple[RecordId, bool]]] = defaultdict(list)
        for key, record in self.dossier.records.items():
            for _, mark, value in walk(record):
                if isinstance(mark, EvidenceMark) and value.quote:
                    found[value.at.article].append((key, is_verified(self.dossier, key, value)))
        return {article: tuple(quotes) for article, quotes in found.items()}

    @cached_property
    def in_print(self) -> Mapping[ArticleId, tuple[tuple[date, date, str], str]]:
        """What sorts each article, as `by_publication`; it is not noted, as whoever sorts articles shows them."""
        return Keyed(self._articles_in_print, self._in_print)

    def _in_print(self, key: ArticleId) -> tuple[tuple[date, date, str], str]:
        with self.notes.taken():
            return by_publication(self.dossier.articles[key])

    @derived
    def outlet_columns(self) -> tuple[tuple[OrganizationId | None, ...], bool]:
        """The outlets that get a column of their own in tables, and whether others are left over."""
        return self.all_outlets[:MOST_OUTLETS], len(self.all_outlets) > MOST_OUTLETS

    @derived
    def all_outlets(self) -> tuple[OrganizationId | None, ...]:
        """The outlets of all articles, those with most first; None where there are articles without."""
        return cited(self.dossier.articles, self.dossier.articles).outlets

    @derived
    def origin_columns(self) -> tuple[tuple[OrganizationId | None, ...], bool]:
        """The origins that get a column of their own in tables, and whether others are left over."""
        return self.all_origins[:MOST_OUTLETS], len(self.all_origins) > MOST_OUTLETS

    @derived
    def all_origins(self) -> tuple[OrganizationId | None, ...]:
        """The origins of all articles, those with most first; None where there are articles that name none."""
        counts = Counter(self.origin_of_article.values())
        return tuple(origin for origin, _ in sorted(counts.items(), key=most_first))

    @derived
    def main_origin(self) -> tuple[OrganizationId, int] | None:
        """The origin that is named of more than half of all articles but not of all, and of how many."""
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
        """The origins that could report an event and are not among those who have it: so many of them, and their number."""
        late = len(self._last_days) - bisect_left(self._last_days, event.date.earliest)
        number = late - sum(self.could_report(origin, event) for origin in having if origin)
        origins = (o for o in self.all_origins if o and o not in having and self.could_report(o, event))
        return tuple(islice(origins, min(most, number))), number

    @derived
    def _wholes(self) -> Mapping[OrganizationId, OrganizationId]:
        """For each service of an outlet or agency, that as a whole."""
        services = {key: self._publishers(key) for key in self.dossier.organizations}
        return {key: wholes[-1] for key, wholes in services.items() if wholes}

    def _publishers(self, service: OrganizationId) -> tuple[OrganizationId, ...]:
        """The outlets and agencies of which one is a service, the nearest first."""
        organizations = self.dossier.organizations
        return tuple(takewhile(lambda key: organizations[key].kind in _PUBLISHERS, self.wholes(service)))

    def wholes(self, part: OrganizationId) -> Iterator[OrganizationId]:
        """The organizations that one is part of, the nearest first."""
        organizations, seen = self.dossier.organizations, {part}
        # A circle is an error, but nothing that this may hang on.
        while (record := organizations.get(part)) and (whole := record.part_of) and whole not in seen:
            if whole in organizations:
                yield whole
            part = whole
            seen.add(whole)

    def origin(self, source: Source) -> OrganizationId | None:
        """Whose report an article of a source is: its agency's or outlet's as a whole; None where neither is named.

        Two outlets that print one agency's report are one origin, and so are the services of one outlet. Of articles
        that name neither it cannot be told whether they are of one origin, so that they count as one.
        """
        key = source.wire or source.outlet
        return self._wholes.get(key, key) if key else None

    @derived
    def origin_of_article(self) -> Mapping[ArticleId, OrganizationId | None]:
        """The origin of each article."""
        articles = self.dossier.articles.items()
        return {key: self.origin(Source(article.outlet, article.wire)) for key, article in articles}

    def origins(self, articles: Iterable[ArticleId]) -> tuple[OrganizationId | None, ...]:
        """The origins of some articles, each once, one that is not named last."""
        return _named_first({self.origin_of_article[key] for key in articles})

    def origins_of(self, found: Cited) -> tuple[OrganizationId | None, ...]:
        """The origins of the articles that a record appears in."""
        return _named_first({self.origin(source) for source, _ in found.sources})

    @derived
    def of_one_origin(self) -> tuple[RecordId, ...]:
        """The records that articles of one origin alone back."""
        origins = self.origin_of_article
        cited_in = self.cited_in.items()
        return tuple(
            key for key, articles in cited_in if len({origins[article] for article in articles}) == 1
        )

    def evidence_articles(self, value: Statement | Event | Question) -> tuple[Article, ...]:
        """The articles that a record's evidence names, by date."""
        keys = {v.at.article for _, mark, v in walk(value) if isinstance(mark, EvidenceMark)}
        found = (self.dossier.articles.get(key) for key in keys)
        return tuple(sorted((a for a in found if a), key=by_publication))


def _named_first(origins: Iterable[OrganizationId | None]) -> tuple[OrganizationId | None, ...]:
    return tuple(sorted(origins, key=lambda origin: (origin is None, origin or "")))


def mentioned_on(links: Links, places: Mapping[ArticleId, int], key: RecordId) -> MentionsByPage:
    """The mentions of a record by article, the newest first, a page at a time, given the articles' order."""
    found = links.mentioned_in.get(key, ())
    by_article = {
        article: tuple(some) for article, some in groupby(found, key=lambda mention: mention.article)
    }
    ordered = sorted(by_article, key=places.__getitem__, reverse=True)
    entries = tuple((article, by_article[article]) for article in ordered)
    return tuple(entries[at : at + MENTIONS_A_PAGE] for at in range(0, len(entries), MENTIONS_A_PAGE))


def named_in(found: Iterable[Mention]) -> tuple[RecordId, ...]:
    """Whom some mentions mean, by id."""
    return tuple(sorted({mention.entity for mention in found}))


def times_mentioned(found: Sequence[Mention]) -> tuple[int, int]:
    """In how many articles some mentions are, and how many they are."""
    return len({mention.article for mention in found}), len(found)


def outlets_of(
    published: Mapping[RecordId, Iterable[ArticleId]],
) -> Mapping[ArticleId, OrganizationId]:
    """The outlets of articles that have one, given the articles of each."""
    return {article: OrganizationId(key) for key, articles in published.items() for article in articles}


def printed(outlets: Mapping[ArticleId, OrganizationId], mentions: Iterable[Mention]) -> Forms:
    """Which outlets print a record's name how, by the name as printed, to judge by its mentions.

    Args:
        outlets: Those of articles, where they have one.
    """
    found: dict[str, set[OrganizationId | None]] = defaultdict(set)
    for mention in mentions:
        found[one_line(mention.text)].add(outlets.get(mention.article))
    return {
        name: tuple(sorted(outlets, key=lambda o: (o is None, o or "")))
        for name, outlets in sorted(found.items())
    }


def _neighbours(ordered: Sequence[Id]) -> dict[Id, tuple[Id | None, Id | None]]:
    around = (None, *ordered, None)
    return {key: (around[at], around[at + 2]) for at, key in enumerate(ordered)}


def role_in(event: Event, key: RecordId) -> str:
    """As what an actor took part in an event; empty where that is not given."""
    roles = (part.role for part in event.participants if part.who == key)
    return ", ".join(dict.fromkeys(filter(None, roles)))


def _begin(event: Event) -> date:
    return event.date.sort_key[0]


def by_publication(article: Article) -> tuple[tuple[date, date, str], str]:
    """Sorts articles: the oldest first, those without a date last."""
    return (article.published.sort_key if article.published else UNDATED, article.id)


def by_date(event: Event) -> tuple[tuple[date, date, str], str]:
    """Sorts events."""
    return (event.date.sort_key, event.id)


def period(dates: Iterable[EdtfDate]) -> tuple[EdtfDate, EdtfDate] | None:
    """The first and the last of some dates, or None where there are none."""
    ordered = sorted(dates, key=lambda d: d.sort_key)
    return (ordered[0], ordered[-1]) if ordered else None
