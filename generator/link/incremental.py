"""Incremental linking: the links of a dossier after a change, from the links and the state of the run before.

Terms, as in other incremental builds:

- *dependency*: what the decisions in one text rest on beside the text itself: what the names in it mean, whether the
  words beside them are ordinary words in this dossier, whom else the articles name where (`LinkState`);
- *invalidated*: of a text, that one of its dependencies differs from the run before, so that it is linked again;
- *moved*: of a record, that only its place in its file differs, which warnings name.

An example. A sentence is added to one article. Its title and body are scanned; the counts of what it showed before are
taken out of the statistics of the corpus, and those of what it shows now are added. If the fitted model is the same,
which it nearly always is, then the texts to link are this article and those that asked in whose company somebody
appears whom the article names now and did not before, or the other way round. If the model differs, so may any
decision, and `relink` returns None: the caller links everything.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Set
from typing import NamedTuple, TypeVar

from generator.folding import fold
from generator.link.backlinks import references_of
from generator.link.corpus import CorpusStatistics, Observations, ScannedText
from generator.link.linker import (
    DOSSIER,
    Linker,
    LinkState,
    assemble_links,
    problems_of,
    prose_in,
    prose_of,
    undecided_names,
)
from generator.link.links import LinkedText, Links, Mention, Mentions
from generator.link.misspelt import Misspelling
from generator.link.places import PARTING
from generator.link.titles import ABBREVIATIONS
from generator.link.usage import Sample
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.ids import ArticleId, RecordId
from generator.state.lazy import differing, with_others

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def relink(
    old: Dossier,
    new: Dossier,
    links: Links,
    state: LinkState,
    changed: Collection[RecordId],
    moved: Collection[RecordId],
) -> tuple[Links, LinkState] | None:
    """The links of a dossier in which every record has the names it had; None where all texts must be linked.

    Args:
        old: The dossier of the run before.
        new: The dossier as it is now.
        links: The links of the run before.
        state: What that run kept for this one.
        changed: The records that differ, and those whose prose links a record with another label now.
        moved: The records that only have another place in their files.
    """
    return IncrementalLinker(old, new, links, state, changed=changed, moved=moved).relink()


class _Corpus(NamedTuple):
    """What all articles show with the changed ones, each field as in `LinkState`."""

    misspellings: Mapping[ArticleId, frozenset[Misspelling]]
    spelled_right: Mapping[ArticleId, frozenset[str]]
    observed: Mapping[ArticleId, Observations]
    statistics: CorpusStatistics
    named: Mapping[RecordId, frozenset[ArticleId]]


class IncrementalLinker:
    """One incremental run of linking. Only invalidated texts are read: nothing here goes through all of them."""

    def __init__(
        self,
        old: Dossier,
        new: Dossier,
        links: Links,
        state: LinkState,
        *,
        changed: Collection[RecordId],
        moved: Collection[RecordId],
    ) -> None:
        self._old, self._new, self._links, self._state = old, new, links, state
        self._moved = moved
        self._invalidated: set[RecordId] = set()
        # The invalidated articles, as they were and as they are; one that came or went is in one of these.
        self._old_articles: dict[ArticleId, Article] = {}
        self._new_articles: dict[ArticleId, Article] = {}
        self._invalidate(changed)

    def _invalidate(self, records: Collection[RecordId]) -> None:
        self._invalidated = {*self._invalidated, *records}
        for key in sorted(map(ArticleId, records)):
            if key in self._new.articles:
                self._new_articles[key] = self._new.articles[key]
            if key in self._old.articles:
                self._old_articles[key] = self._old.articles[key]

    def relink(self) -> tuple[Links, LinkState] | None:
        """The links and the state for the next run; None where all texts must be linked."""
        state = self._state
        sample = state.sample.replacing(_texts_of(self._old_articles), _texts_of(self._new_articles))
        if sample is None:
            return None
        linker = Linker(self._new, state.lexicon, sample)
        self._invalidate_by_words(linker, sample)
        read = self._read(linker)
        return self._linked(linker, *read) if read else None

    def _invalidate_by_words(self, linker: Linker, sample: Sample) -> None:
        """Invalidates the texts that hold a word which is an ordinary one now and was not before, or was and is not."""
        words = sample.words.keys() ^ self._state.sample.words.keys()
        if not words:
            return
        # A word counts only where it was looked up, or is a name.
        words = words & (self._state.classified_words | {*linker.reader.names.lower})
        if words:
            self._invalidate(frozenset(self._texts_with(words)).difference(self._invalidated))

    def _texts_with(self, words: Set[str]) -> Iterator[RecordId]:
        """The owners of texts that hold any of some words, abbreviated or not."""
        forms = {*words, *(short for short, full in ABBREVIATIONS.items() if full in words)}

        def holds(text: str) -> bool:
            level = fold(text).text.casefold()
            return any(form in level for form in forms)

        for key, article in self._new.articles.items():
            if holds(PARTING.join([article.title, *(paragraph.text for paragraph in article.paragraphs)])):
                yield key
        for (owner, _), paragraphs in self._links.prose.items():
            if owner != DOSSIER and any(holds(run.text) for runs in paragraphs for run in runs):
                yield owner

    def _read(self, linker: Linker) -> tuple[dict[ArticleId, ScannedText], "_Corpus"] | None:
        """The invalidated articles with their names, and what the corpus shows with them.

        None where another model than before follows from that: other words are misspelt names, or the counts decide
        otherwise.
        """
        state, reader = self._state, linker.reader
        scanned = {key: reader.scan_article(article) for key, article in self._new_articles.items()}
        misspellings = {k: found for k, found in state.misspellings.items() if k not in self._old_articles}
        misspellings |= {key: found for key, text in scanned.items() if (found := reader.misspellings(text))}
        others = {key: names for key, names in state.spelled_right.items() if key not in self._old_articles}
        spelled_right = linker.learn_misspellings(misspellings, scanned, others)
        if _all(misspellings) != _all(state.misspellings) or _all(spelled_right) != _all(state.spelled_right):
            return None
        scanned = {key: reader.with_misspelt(text) for key, text in scanned.items()}
        before = {key: state.observed[key] for key in self._old_articles}
        now = {key: reader.observe(text) for key, text in scanned.items()}
        corpus = _Corpus(
            misspellings=misspellings,
            spelled_right=spelled_right,
            observed=_updated(state.observed, now, self._old_articles),
            statistics=state.statistics.replacing(before.values(), now.values()),
            named=_named_in(state.named, before, now),
        )
        reader.fit(corpus.statistics, corpus.named)
        return (scanned, corpus) if reader.fitted == state.fitted else None

    def _linked(
        self, linker: Linker, scanned: Mapping[ArticleId, ScannedText], corpus: "_Corpus"
    ) -> tuple[Links, LinkState]:
        new, before = self._new, self._links
        dependent = self._dependent(corpus)
        mentions: dict[ArticleId, tuple[Mention, ...]] = {}
        articles = (ArticleId(key) for key in dependent if key in new.articles)
        for key in sorted({*self._new_articles, *articles}):
            article = new.articles[key]
            text = scanned.get(key) or linker.reader.with_misspelt(linker.reader.scan_article(article))
            mentions[key] = linker.mentions_in(article, text)
        owners = {*self._invalidated, *dependent, DOSSIER}
        prose = {place: linker.linked(*place, text) for place, text in prose_in(new, owners)}
        gone = [place for place, _ in prose_in(self._old, owners) if place not in prose]
        done = {*owners, *mentions}
        state = self._next_state(linker, corpus, done)
        all_mentions = _updated(before.mentions, mentions, self._old_articles)
        all_prose = with_others(before.prose, prose, gone)
        by_entity = _by_entity(before, all_mentions, {*mentions, *self._old_articles})
        links = Links(
            mentions=all_mentions,
            mentioned_in=by_entity,
            prose=all_prose,
            backlinks=before.backlinks,
            backing=before.backing,
            undecided=_updated(before.undecided, undecided_names(linker.undecided.by_owner), done),
            strangers=state.strangers,
            problems=tuple(problems_of(state.undecided)),
        )
        if self._has_same_references(state, links):
            return links, state
        prose_in_order = {place: all_prose[place] for place, _ in prose_of(new)}
        return assemble_links(new, all_mentions, prose_in_order, state, by_entity), state

    def _dependent(self, corpus: "_Corpus") -> set[RecordId]:
        """The owners of texts that did not change and must be linked again.

        These asked in whose company a record appears which other articles than before surely name now, or hold an
        undecided name whose place a warning gives.
        """
        state = self._state
        records = differing(state.named, corpus.named)
        dependent = {key for key in self._moved if key in state.undecided}
        if records:
            dependent |= {
                key for key, asked in state.company_lookups.items() if not records.isdisjoint(asked)
            }
        return dependent - self._old_articles.keys()

    def _next_state(self, linker: Linker, corpus: "_Corpus", done: Collection[RecordId]) -> LinkState:
        """The state for the next run.

        Args:
            done: The owners of the texts that were linked now.
        """
        state, reader, records = self._state, linker.reader, self._new.records
        references = {key: references_of(key, records[key]) for key in self._invalidated if key in records}
        removed = [key for key in self._invalidated if key not in records]
        return LinkState(
            lexicon=state.lexicon,
            sample=reader.sample,
            classified_words=state.classified_words | reader.vocabulary.classified,
            fitted=state.fitted,
            **corpus._asdict(),
            company_lookups=_updated(state.company_lookups, linker.lookups, done),
            undecided=_updated(state.undecided, linker.undecided.by_owner, done),
            references=_updated(state.references, references, removed),
            strangers=_updated(state.strangers, linker.strangers, done),
        )

    def _has_same_references(self, state: LinkState, links: Links) -> bool:
        """Whether every record refers to the records and paragraphs that it referred to, and all these are there."""
        for key in self._invalidated:
            old, new = self._old.records.get(key), self._new.records.get(key)
            if old is None or new is None or self._state.references[key] != state.references[key]:
                return False
            if isinstance(old, Article) and isinstance(new, Article):
                # A citation of a removed paragraph backs nothing.
                removed = range(new.length + 1, old.length + 1)
                if any((old.article_id, number) in self._links.backing for number in removed):
                    return False
        places = differing(self._links.prose, links.prose)
        return all(
            _cited(self._links.prose.get(place, ())) == _cited(links.prose.get(place, ())) for place in places
        )


def _texts_of(articles: Mapping[ArticleId, Article]) -> list[str]:
    return [paragraph.text for article in articles.values() for paragraph in article.paragraphs]


def _cited(paragraphs: LinkedText) -> list[object]:
    return [run.cites for runs in paragraphs for run in runs if run.cites]


def _updated(
    whole: Mapping[Key, Value], new: Mapping[Key, Value], removed: Iterable[Key]
) -> Mapping[Key, Value]:
    """A mapping with new values for some keys and without others, in the order of its keys."""
    return with_others(whole, new, [key for key in removed if key not in new], in_order=True)


def _named_in(
    named: Mapping[RecordId, frozenset[ArticleId]],
    old: Mapping[ArticleId, Observations],
    new: Mapping[ArticleId, Observations],
) -> Mapping[RecordId, frozenset[ArticleId]]:
    """The articles in which each record is surely named, after some articles changed.

    Args:
        old: What the changed articles showed.
        new: What they show now.
    """
    changed: dict[RecordId, frozenset[ArticleId]] = {}
    for key in {key for observed in (old, new) for each in observed.values() for key in each.named}:
        before = named.get(key, frozenset())
        now = (before - old.keys()) | {article for article, each in new.items() if key in each.named}
        if now != before:
            changed[key] = now
    return _updated(named, {key: articles for key, articles in changed.items() if articles}, changed)


def _by_entity(
    before: Links, mentions: Mapping[ArticleId, tuple[Mention, ...]], articles: Collection[ArticleId]
) -> Mapping[RecordId, tuple[Mention, ...]]:
    """The mentions of each record, where only those in some articles may differ from before."""
    entities = {
        mention.entity
        for key in articles
        for mention in {*before.mentions.get(key, ())} ^ {*mentions.get(key, ())}
    }
    changed: dict[RecordId, tuple[Mention, ...]] = {}
    for entity in entities:
        kept = [m for m in before.mentioned_in.get(entity, ()) if m.article not in articles]
        new = [m for key in articles for m in mentions.get(key, ()) if m.entity == entity]
        # The mentions in one article are in order already, and sorting is stable.
        changed[entity] = Mentions(sorted((*kept, *new), key=lambda mention: mention.article))
    return _updated(before.mentioned_in, {key: found for key, found in changed.items() if found}, changed)


def _all(found: Mapping[ArticleId, frozenset[Value]]) -> frozenset[Value]:
    return frozenset(value for each in found.values() for value in each)
