"""Which articles name a record or back it, and which records an article names or backs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from generator.edition.article_counts import NO_ARTICLES, ArticleCounts, count_articles
from generator.edition.chronology import by_publication
from generator.edition.derived import derived
from generator.edition.origins import Origins
from generator.folding import one_line
from generator.link import Links, Mention
from generator.model.article import Article
from generator.model.claims import Question, Statement
from generator.model.fields import EvidenceMark, walk
from generator.model.happenings import Event
from generator.model.ids import ArticleId, OrganizationId, RecordId
from generator.model.kinds import Kind
from generator.model.verification import is_verified

# Articles on one page of a record's mentions: its own, or one of those that follow.
MENTIONS_A_PAGE = 40
# The name of the dependency on one page of a record's mentions.
MENTIONED_ON = "mentioned_on"
# A record's mentions by article, the newest first, a page at a time.
MentionsByPage = tuple[tuple[tuple[ArticleId, tuple[Mention, ...]], ...], ...]
Forms = Mapping[str, tuple[OrganizationId | None, ...]]


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
        keys = {v.at.article for _, mark, v in walk(value) if isinstance(mark, EvidenceMark)}
        found = (self.dossier.articles.get(key) for key in keys)
        return tuple(sorted((a for a in found if a), key=by_publication))

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

    def cited(self, key: RecordId) -> ArticleCounts:
        """Counts of the articles that mention a record or back it."""
        return self._cited.get(key, NO_ARTICLES)

    @derived
    def _cited(self) -> Mapping[RecordId, ArticleCounts]:
        articles = dict(self.dossier.articles.items())
        return {key: count_articles(articles, keys) for key, keys in self._articles.items()}

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

    @derived
    def times_mentioned(self) -> Mapping[RecordId, tuple[int, int]]:
        """The number of articles that mention each record, and the number of mentions in them."""
        return {key: times_mentioned(found) for key, found in self.links.mentioned_in.items()}

    @derived
    def printed(self) -> Mapping[RecordId, Forms]:
        """The outlets that print each form of each record's name."""
        outlets = self._outlets_of
        return {key: printed(outlets, found) for key, found in self.links.mentioned_in.items()}

    @derived
    def lengths(self) -> Mapping[ArticleId, int]:
        """How many paragraphs each article has."""
        return {key: article.length for key, article in self.dossier.articles.items()}

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
    """The entities of some mentions, by id."""
    return tuple(sorted({mention.entity for mention in found}))


def times_mentioned(found: Sequence[Mention]) -> tuple[int, int]:
    """The number of articles with these mentions, and the number of mentions."""
    return len({mention.article for mention in found}), len(found)


def printed(outlets: Mapping[ArticleId, OrganizationId], mentions: Iterable[Mention]) -> Forms:
    """The outlets that print each form of a record's name, given its mentions.

    Args:
        outlets: The outlet of each article that has one.
    """
    found: dict[str, set[OrganizationId | None]] = defaultdict(set)
    for mention in mentions:
        found[one_line(mention.text)].add(outlets.get(mention.article))
    return {
        name: tuple(sorted(outlets, key=lambda o: (o is None, o or "")))
        for name, outlets in sorted(found.items())
    }
