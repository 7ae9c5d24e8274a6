"""Which articles name a record or back it, and which records an article names or backs."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from generator.edition.article_counts import NO_ARTICLES, ArticleCounts, count_articles
from generator.edition.chronology import by_publication
from generator.edition.derived import by_key, derived, transient
from generator.edition.origins import Origins
from generator.folding import fold, one_line
from generator.link import Links, Mention
from generator.link.names import Names
from generator.model.article import Article
from generator.model.claims import Question, Statement
from generator.model.fields import EvidenceMark, walk
from generator.model.happenings import Event
from generator.model.ids import ArticleId, OrganizationId, RecordId
from generator.model.kinds import Kind
from generator.model.slices import ARTICLES, BODY, HEAD
from generator.model.verification import is_verified

# Articles on one page of a record's mentions: its own, or one of those that follow.
MENTIONS_A_PAGE = 25
# The longest dossier of which a report is made, in paragraphs; a record counts as two.
REPORT_LIMIT = 1500
_RECORD = 2
# The name of the dependency on one page of a record's mentions.
MENTIONED_ON = "mentioned_on"
# A record's mentions by article, the newest first, a page at a time.
MentionsByPage = tuple[tuple[tuple[ArticleId, tuple[Mention, ...]], ...], ...]
Forms = Mapping[str, tuple[OrganizationId | None, ...]]


class PossibleEntities(NamedTuple):
    """The records that a name may mean: by a full name, and by a short form."""

    full: tuple[RecordId, ...]
    short: tuple[RecordId, ...]


class RecordCoverage(Origins):
    """The articles of each record and the records of each article, by mentions and by evidence."""

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

    @derived
    def of_one_origin(self) -> tuple[RecordId, ...]:
        """The records that are backed by articles of a single origin."""
        origins = self.origin_of_article
        cited_in = self.cited_in.items()
        return tuple(
            key for key, articles in cited_in if len({origins[article] for article in articles}) == 1
        )

    def evidence_articles(self, value: Statement | Event | Question) -> tuple[Article, ...]:
        """The articles that a record's evidence names, by date."""
        keys = {evidence.at.article for _, _, evidence in walk(value, EvidenceMark)}
        found = (self.dossier.articles.get(key) for key in keys)
        return tuple(sorted((a for a in found if a), key=by_publication))

    def named_in(self, article: ArticleId, kind: Kind) -> tuple[RecordId, ...]:
        """The records of a kind that an article names, by id."""
        declared = self.dossier.declared
        return tuple(key for key in self.named.get(article, ()) if declared.get(key) is kind)

    @by_key(lambda edition: edition.links.mentions, "mentions")
    def named(self, article: ArticleId) -> tuple[RecordId, ...] | None:
        """The records that each article names, by id."""
        found = self.links.mentions.get(article)
        return None if found is None else tuple(sorted({mention.entity for mention in found}))

    @by_key(lambda edition: {*edition.links.mentioned_in, *edition.cited_in}, "mentioned_in", "cited_in")
    def _articles(self, key: RecordId) -> tuple[ArticleId, ...] | None:
        """The articles that mention each record or back it, by date."""
        mentioned = {mention.article for mention in self.links.mentioned_in.get(key, ())}
        found = mentioned | self.cited_in.get(key, frozenset())
        return tuple(sorted(found, key=self._places_in_print.__getitem__)) or None

    def cited(self, key: RecordId) -> ArticleCounts:
        """Counts of the articles that mention a record or back it."""
        return self._cited.get(key, NO_ARTICLES)

    @by_key(lambda edition: edition._articles, "_articles")
    def _cited(self, key: RecordId) -> ArticleCounts | None:
        found = self._articles.get(key)
        return count_articles(self.published, found) if found else None

    def mentioned_on(self, key: RecordId, page: int) -> tuple[tuple[Article, tuple[Mention, ...]], ...]:
        """The articles on one page of a record's mentions, with the mentions in each, the newest first."""
        self.recorder.nodes.add((MENTIONED_ON, (key, page)))
        if key not in self._mentions:
            # The pages of one record are built in a row, so only the last record's mentions are kept.
            self._mentions.clear()
            with self.recorder.record():
                self._mentions[key] = mentioned_on(self.links, self._places_in_print, key)
        found = self._mentions[key]
        articles = self.dossier.articles
        return tuple(
            (articles[article], mentions)
            for article, mentions in (found[page - 1] if page <= len(found) else ())
        )

    @cached_property
    def _mentions(self) -> dict[RecordId, MentionsByPage]:
        """The mentions of the record that was requested last."""
        return {}

    @by_key(lambda edition: edition.links.mentioned_in, "mentioned_in")
    def times_mentioned(self, key: RecordId) -> tuple[int, int] | None:
        """The number of articles that mention each record, and the number of mentions in them."""
        found = self.links.mentioned_in.get(key)
        return (len({mention.article for mention in found}), len(found)) if found else None

    @by_key(lambda edition: edition.links.mentioned_in, "mentioned_in")
    def mentioned_by_month(self, key: RecordId) -> tuple[tuple[int, int], ...] | None:
        """How many articles of each month mention each record, the newest first; months are counted from the year 0."""
        articles = {mention.article for mention in self.links.mentioned_in.get(key, ())}
        months = Counter(
            month for article in articles if (month := self.published[article].month) is not None
        )
        return tuple(sorted(months.items(), reverse=True)) or None

    @by_key(lambda edition: edition.links.mentioned_in, "mentioned_in")
    def printed(self, key: RecordId) -> Forms | None:
        """The outlets that print each form of each record's name."""
        found: dict[str, set[OrganizationId | None]] = defaultdict(set)
        for mention in self.links.mentioned_in.get(key, ()):
            found[one_line(mention.text)].add(self.published[mention.article].source.outlet)
        return {
            name: tuple(sorted(outlets, key=lambda o: (o is None, o or "")))
            for name, outlets in sorted(found.items())
        } or None

    @by_key(lambda edition: edition.dossier.articles, HEAD, ARTICLES, BODY)
    def lengths(self, article: ArticleId) -> int | None:
        """How many paragraphs each article has."""
        found = self.dossier.articles.get(article)
        return found.length if found else None

    @transient
    def _name_index(self) -> Names:
        return Names(self.links.spellings)

    @by_key(lambda edition: edition.dossier.articles, HEAD, ARTICLES)
    def names_in_title(self, article: ArticleId) -> tuple[PossibleEntities, ...] | None:
        """The names in the title of each article that has some, and whom each may mean."""
        found = self.dossier.articles.get(article)
        matches = self._name_index.find(fold(found.title).text) if found else ()
        return tuple(PossibleEntities(match.name.full, match.name.short) for match in matches) or None

    @derived
    def has_report(self) -> bool:
        """Whether the whole dossier is short enough to be printed as one page."""
        return sum(self.lengths.values()) + _RECORD * len(self.dossier.records) <= REPORT_LIMIT

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
            for _, _, value in walk(record, EvidenceMark):
                if value.quote:
                    found[value.at.article].append((key, is_verified(self.dossier, key, value)))
        return {article: tuple(quotes) for article, quotes in found.items()}


def mentioned_on(links: Links, places: Mapping[ArticleId, int], key: RecordId) -> MentionsByPage:
    """The mentions of a record by article, the newest first, a page at a time, given the articles' order."""
    found = links.mentioned_in.get(key, ())
    by_article = {
        article: tuple(some) for article, some in groupby(found, key=lambda mention: mention.article)
    }
    ordered = sorted(by_article, key=places.__getitem__, reverse=True)
    entries = tuple((article, by_article[article]) for article in ordered)
    return tuple(entries[at : at + MENTIONS_A_PAGE] for at in range(0, len(entries), MENTIONS_A_PAGE))
