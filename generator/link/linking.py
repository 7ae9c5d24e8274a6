"""Linking a dossier: all texts the first time, and after a change those that it may affect.

Terms, as in other incremental builds:

- *owner*: the record that a text belongs to: an article, or the record whose field holds the prose;
- *invalidated*: of the texts of an owner, that something on which their links depend may differ from the last run;
- *form*: a spelling or another word that means something else than in the last run. A text that holds it is
  invalidated, and one that does not is not: whatever a decision looks up is a part of the text;
- *moved*: of a record, that only its place in its file differs, which warnings name.

An example. A person is given another name. The forms are the new name, its words, and each old spelling of this person
of which the reasons may now say something else. One pass over all texts finds the dozens that hold one of them. These
are scanned, the counts of what they showed before are taken out of the statistics of the corpus, and those of what they
show now are added. Where the model that is fitted to these differs, the spellings that it concerns are forms as well.
Texts that looked up the company of a record which other articles name now are invalidated too. All of these are linked
again; a first run does the same with nothing to compare with.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Set
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick

from generator.folding import fold
from generator.link.backlinks import RecordReferences, back_links, backing, references_of
from generator.link.boundaries import goes_on
from generator.link.corpus import CorpusModel, CorpusStatistics, Observations, ScannedText
from generator.link.linker import Linker, UndecidedName
from generator.link.links import LinkedText, Links, Mention, Mentions
from generator.link.misspelt import Misspelling, is_like_family, near_families, office_cues, resolved
from generator.link.names import spellings_of
from generator.link.people import KnownPerson, PeopleIndex, is_same_to_linking
from generator.link.places import PARTING
from generator.link.reading import Lexicon, Reader
from generator.link.usage import Sample
from generator.model.actors import Person
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.fields import Path, ProseMark, walk
from generator.model.ids import ArticleId, RecordId
from generator.model.record import Record
from generator.state.lazy import differing, with_others
from generator.support.problems import Problem, Severity, shown
from generator.support.progress import Tell, announce, counted, silent

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Misspellings = Mapping[ArticleId, frozenset[Misspelling]]
# The owner of the prose of `dossier.yml`.
DOSSIER = RecordId("")


class LinkState(NamedTuple):
    """What the decisions in each text rested on, kept so that the next run links only what may differ.

    Attributes:
        people: The index of all people.
        sample: The words that the texts write small, which are no names.
        classes: The class of each word that was looked up in the vocabulary.
        statistics: What all articles show together.
        model: What follows from the statistics.
        misspellings: The family names that each article misspells; only of articles that misspell one.
        spelled_right: The names that it spells right and another article misspells; likewise.
        observed: What each article shows for the statistics of the corpus.
        named: The articles in which each record is surely named.
        company_lookups: The records whose company was looked up for a text, by the text's owner.
        undecided: The names left undecided in the texts of each owner.
        references: What each record refers to.
        strangers: The names in each article that were left to strangers, with the records that have the same name.
    """

    people: PeopleIndex = PeopleIndex()
    sample: Sample = Sample()
    classes: Mapping[str, str] = {}
    statistics: CorpusStatistics = CorpusStatistics()
    model: CorpusModel = CorpusModel()
    misspellings: Mapping[ArticleId, frozenset[Misspelling]] = {}
    spelled_right: Mapping[ArticleId, frozenset[str]] = {}
    observed: Mapping[ArticleId, Observations] = {}
    named: Mapping[RecordId, frozenset[ArticleId]] = {}
    company_lookups: Mapping[RecordId, frozenset[RecordId]] = {}
    undecided: Mapping[RecordId, Mapping[str, UndecidedName]] = {}
    references: Mapping[RecordId, RecordReferences] = {}
    strangers: Mapping[RecordId, Mapping[str, tuple[RecordId, ...]]] = {}


def link(dossier: Dossier, tell: Tell = silent) -> Links:
    """All links of a dossier."""
    return link_all(dossier, tell)[0]


def link_all(dossier: Dossier, tell: Tell = silent) -> tuple[Links, LinkState]:
    """All links of a dossier, and the state that `relink` needs in the next run."""
    announce("Indexing the names of", len(dossier.records), "records", tell)
    return Linking.of_all(dossier, tell).linked()


def relink(
    old: Dossier,
    new: Dossier,
    links: Links,
    state: LinkState,
    changed: Collection[RecordId],
    moved: Collection[RecordId],
) -> tuple[Links, LinkState]:
    """The links and the state of a dossier after a change: those that `link_all` gives.

    Args:
        old: The dossier of the last run, which had no errors.
        new: The dossier as it is now, with the same settings.
        links: The links of the last run.
        state: The state that it left.
        changed: The records that differ.
        moved: The records that only have another place in their files.
    """
    return Linking(old, new, links, state, changed=changed, moved=moved).linked()


class _Corpus(NamedTuple):
    """What all articles show, each field as in `LinkState`."""

    misspellings: Misspellings
    spelled_right: Mapping[ArticleId, frozenset[str]]
    observed: Mapping[ArticleId, Observations]
    statistics: CorpusStatistics
    named: Mapping[RecordId, frozenset[ArticleId]]


class Linking:
    """One run of linking.

    Attributes:
        reader: Knows the names of the new dossier, and once `read` was called the model of the corpus.
        scanned: The invalidated articles, scanned.
    """

    def __init__(
        self,
        old: Dossier,
        new: Dossier,
        links: Links,
        state: LinkState,
        *,
        changed: Collection[RecordId],
        moved: Collection[RecordId],
        tell: Tell = silent,
    ) -> None:
        self._old, self._new, self._links, self._state = old, new, links, state
        self._changed, self._moved, self._tell = changed, moved, tell
        # The owners of the texts that are invalidated.
        self._invalidated: set[RecordId] = {*changed, DOSSIER}
        self._renamed = [
            key for key in changed if not is_same_to_linking(old.records.get(key), new.records.get(key))
        ]
        self._old_lexicon = lexicon = Lexicon(links.spellings, state.people)
        renamed = [_some(each.records, self._renamed) for each in (old, new)]
        self._lexicon = lexicon.replacing(*renamed) if self._renamed else lexicon
        sample = state.sample.replacing(*(_texts_of(_some(each.articles, changed)) for each in (old, new)))
        self._sample = Sample.from_texts(_texts_of(new.articles.values())) if sample is None else sample
        self.reader = Reader(new, self._lexicon, self._sample)
        self.scanned: dict[ArticleId, ScannedText] = {}
        self._gone = [ArticleId(key) for key in changed if key in old.articles and key not in new.articles]

    @classmethod
    def of_all(cls, dossier: Dossier, tell: Tell = silent) -> "Linking":
        """A first run, which has nothing to compare with."""
        nothing = Dossier(dossier.settings), dossier, Links(), LinkState()
        return cls(*nothing, changed=dossier.records.keys(), moved=(), tell=tell)

    def linked(self) -> tuple[Links, LinkState]:
        """The links, and the state for the next run."""
        corpus = self.read()
        self._invalidated |= self._holding(self.reader.model.spellings_unlike(self._state.model))
        self._invalidated |= self._dependent(corpus)
        self._scan()
        new, before, linker = self._new, self._links, Linker(self._new, self.reader)
        articles = counted(self.scanned.items(), len(self.scanned), "Linked {} of {} articles", self._tell)
        mentions = {key: linker.mentions_in(new.articles[key], text) for key, text in articles}
        texts = list(_prose_in(new, (key for key in (*new.records, DOSSIER) if key in self._invalidated)))
        announce("Linking", len(texts), "texts of records", self._tell)
        prose = {place: linker.linked(*place, text) for place, text in texts}
        gone = [place for place, _ in _prose_in(self._old, self._invalidated) if place not in prose]
        state = self._next_state(linker, corpus)
        all_mentions = _updated(before.mentions, mentions, self._gone)
        all_prose = with_others(before.prose, prose, gone)
        by_entity = _by_entity(before, all_mentions, {*mentions, *self._gone})
        if self._has_same_references(state, all_prose):
            backlinks, backed = before.backlinks, before.backing
        else:
            if len(prose) < len(all_prose):
                everyone = (*new.records, DOSSIER)
                all_prose = {place: all_prose[place] for place, _ in _prose_in(new, everyone)}
            backlinks, backed = back_links(new, state.references), backing(new, all_prose, state.references)
        undecided = _names_of(linker.undecided.by_owner)
        links = Links(
            mentions=all_mentions,
            mentioned_in=by_entity,
            prose=all_prose,
            backlinks=backlinks,
            backing=backed,
            undecided=_updated(before.undecided, undecided, self._invalidated),
            strangers=state.strangers,
            spellings=self._lexicon.names,
            problems=tuple(problems_of(state.undecided)),
        )
        return links, state

    def read(self) -> _Corpus:
        """Scans the invalidated articles, and fits the model to what all show together."""
        state, reader = self._state, self.reader
        self._invalidated |= self._holding(self._forms())
        self._invalidated |= self._naming()
        self._scan()
        misspellings = {
            key: found for key, found in state.misspellings.items() if key not in self._invalidated
        }
        misspellings |= {
            key: found for key, text in self.scanned.items() if (found := reader.misspellings(text))
        }
        names, known = _misspelt_names(misspellings), _misspelt_names(state.misspellings)
        self._invalidated |= self._holding(names - known)
        self._scan()
        spelled_right = {**state.spelled_right, **dict.fromkeys(self._gone, frozenset[str]())}
        spelled_right |= {
            key: frozenset(name for name in names if name in text.folded.text) if names else frozenset()
            for key, text in self.scanned.items()
        }
        spelled_right = {key: found & names for key, found in spelled_right.items() if found & names}
        meant = _meant(misspellings, spelled_right)
        other = meant.items() ^ _meant(state.misspellings, state.spelled_right).items()
        self._invalidated |= self._holding({form for word, _ in other for form in (word, word.upper())})
        self._scan()
        reader.add_misspelt(meant)
        self.scanned = {key: reader.with_misspelt(text) for key, text in self.scanned.items()}
        articles = (*self._gone, *self.scanned)
        before = {key: state.observed[key] for key in articles if key in state.observed}
        now = {key: reader.observe(text) for key, text in self.scanned.items()}
        corpus = _Corpus(
            misspellings=misspellings,
            spelled_right=spelled_right,
            observed=_updated(state.observed, now, self._gone),
            statistics=state.statistics.replacing([*before.values()], [*now.values()]),
            named=_named_in(state.named, before, now),
        )
        reader.fit(corpus.statistics, corpus.named)
        return corpus

    def _scan(self) -> None:
        """Scans the invalidated articles that are not scanned yet."""
        articles = self._new.articles
        keys = [ArticleId(key) for key in self._invalidated - self.scanned.keys() if key in articles]
        reader = self.reader
        for key in counted(sorted(keys), len(keys), "Found names in {} of {} articles", self._tell):
            self.scanned[key] = reader.with_misspelt(reader.scan_article(articles[key]))

    def _forms(self) -> set[str]:
        """What means something else than in the last run, as far as records and ordinary words decide that."""
        state, classify = self._state, self.reader.vocabulary.classify
        before, now = self._old_lexicon, self._lexicon
        words = self._sample.words.keys() ^ state.sample.words.keys()
        if not self._old.records or not (self._renamed or words):
            return set()
        forms = {spelling for spelling, _ in before.names.items() ^ now.names.items()}
        forms |= {spelling for spelling in now.names if spelling.casefold() in words}
        renamed = [_some(each.records, self._renamed) for each in (self._old, self._new)]
        olds = {record.id: record for record in renamed[0]}
        for record in renamed[1]:
            forms |= _spellings_with_other_facts(olds.get(record.id), record)
        # The family names that may be misspelt otherwise, and the words that are no misspelling since they are names.
        people = [KnownPerson(record) for each in renamed for record in each if isinstance(record, Person)]
        families = PeopleIndex().replacing((), people).families
        names = {form.casefold() for form in forms}
        for word, kind in state.classes.items():
            if classify(word) != kind:
                forms.add(word)
            elif is_like_family(word) and (word.casefold() in names or any(near_families(word, families))):
                forms |= {word, word.upper()}
        return forms | (office_cues(before.people) ^ office_cues(now.people))

    def _holding(self, forms: Collection[str]) -> set[RecordId]:
        """The owners of texts that are not invalidated yet, and hold one of some forms."""
        articles = [key for key in self._new.articles if key not in self._invalidated] if forms else []
        if not forms or len(self._invalidated) > len(self._new.records):
            return set()
        finder = AhoCorasick(sorted(forms))

        def holds(text: str) -> bool:
            level = fold(text).text
            return any(
                not goes_on(level, start) and (level[end - 1] == " " or not goes_on(level, end))
                for _, start, end in finder.find_matches_as_indexes(level, overlapping=True)
            )

        found: set[RecordId] = {key for key in articles if holds(_text_of(self._new.articles[key]))}
        for (owner, _), paragraphs in self._links.prose.items():
            if owner not in self._invalidated and any(
                holds("".join(run.text for run in runs)) for runs in paragraphs
            ):
                found.add(owner)
        return found

    def _naming(self) -> set[RecordId]:
        """The owners of prose that links a record which has another label now."""
        old, new = self._old, self._new
        records = {key for key in self._changed if key in old.records and old.label(key) != new.label(key)}
        return {
            owner
            for (owner, _), paragraphs in (self._links.prose.items() if records else ())
            if any(run.record in records for runs in paragraphs for run in runs)
        }

    def _dependent(self, corpus: _Corpus) -> set[RecordId]:
        """The owners of texts that depend on other articles, or hold an undecided name whose place a warning gives.

        The former looked up the company of a record which other articles than before surely name now.
        """
        state = self._state
        records = differing(state.named, corpus.named)
        dependent = {key for key in self._moved if key in state.undecided}
        if records and state.company_lookups:
            dependent |= {
                key for key, asked in state.company_lookups.items() if not records.isdisjoint(asked)
            }
        return dependent - self._invalidated

    def _next_state(self, linker: Linker, corpus: _Corpus) -> LinkState:
        state, reader, records = self._state, self.reader, self._new.records
        references = {key: references_of(key, records[key]) for key in self._changed if key in records}
        removed = [key for key in self._changed if key not in records]
        classes = reader.vocabulary.classes
        return LinkState(
            people=self._lexicon.people,
            sample=self._sample,
            classes=state.classes
            if classes.items() <= state.classes.items()
            else {**state.classes, **classes},
            model=reader.model,
            **corpus._asdict(),
            company_lookups=_updated(state.company_lookups, linker.lookups, self._invalidated),
            undecided=_updated(state.undecided, linker.undecided.by_owner, self._invalidated),
            references=_updated(state.references, references, removed),
            strangers=_updated(state.strangers, linker.strangers, self._invalidated),
        )

    def _has_same_references(
        self, state: LinkState, prose: Mapping[tuple[RecordId, Path], LinkedText]
    ) -> bool:
        """Whether every record refers to the records and paragraphs that it referred to, and all these are there."""
        for key in self._changed:
            old, new = self._old.records.get(key), self._new.records.get(key)
            if old is None or new is None or self._state.references[key] != state.references[key]:
                return False
            if isinstance(old, Article) and isinstance(new, Article):
                # A citation of a removed paragraph backs nothing.
                removed = range(new.length + 1, old.length + 1)
                if any((old.article_id, number) in self._links.backing for number in removed):
                    return False
        before = self._links.prose
        return all(
            _cited(before.get(place, ())) == _cited(prose.get(place, ()))
            for place in differing(before, prose)
        )


def _spellings_with_other_facts(old: Record | None, new: Record) -> set[str]:
    """The spellings of a record before and now of which the reasons may say something else."""
    if old is None:
        return set()
    people = [KnownPerson(record) if isinstance(record, Person) else None for record in (old, new)]
    before, now = spellings_of(old), spellings_of(new)
    return {
        form
        for form in before.keys() & now.keys()
        if len({person and person.facts(form, is_name=now[form] < 2) for person in people}) > 1
    }


def _some(values: Mapping[Any, Value], keys: Iterable[object]) -> list[Value]:
    """The values of some keys, where there are any."""
    return [values[key] for key in keys if key in values]


def _text_of(article: Article) -> str:
    """The text of an article as it is read, title and body."""
    return PARTING.join([article.title, *(paragraph.text for paragraph in article.paragraphs)])


def _texts_of(articles: Iterable[Article]) -> list[str]:
    return [paragraph.text for article in articles for paragraph in article.paragraphs]


def _misspelt_names(misspellings: Misspellings) -> set[str]:
    return {misspelling.name for found in misspellings.values() for misspelling in found}


def _meant(
    misspellings: Misspellings, spelled_right: Mapping[ArticleId, frozenset[str]]
) -> dict[str, RecordId]:
    """The person whose name each misspelt word is."""
    every = frozenset(misspelling for found in misspellings.values() for misspelling in found)
    return resolved(every, {name for names in spelled_right.values() for name in names})


def _cited(paragraphs: LinkedText) -> list[object]:
    return [run.cites for runs in paragraphs for run in runs if run.cites]


def _updated(
    whole: Mapping[Key, Value], new: Mapping[Key, Value], removed: Iterable[Any]
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
    before, now = _articles_by_record(old), _articles_by_record(new)
    changed = {
        key: (named.get(key, frozenset()) - before[key]) | now[key]
        for key in (before.keys() | now.keys())
        if before[key] != now[key]
    }
    return _updated(named, {key: articles for key, articles in changed.items() if articles}, changed)


def _articles_by_record(observed: Mapping[ArticleId, Observations]) -> Mapping[RecordId, set[ArticleId]]:
    found: dict[RecordId, set[ArticleId]] = defaultdict(set)
    for article, one in observed.items():
        for key in one.named:
            found[key].add(article)
    return found


def _by_entity(
    before: Links, mentions: Mapping[ArticleId, Mentions], articles: Set[ArticleId]
) -> Mapping[RecordId, Mentions]:
    """The mentions of each record, where only those in some articles may differ from before."""
    now: dict[RecordId, list[Mention]] = defaultdict(list)
    changed: set[RecordId] = set()
    for key in sorted(articles):
        found, was = mentions.get(key, ()), before.mentions.get(key, ())
        changed.update(mention.entity for mention in ({*was} ^ {*found} if was else found))
        for mention in found:
            now[mention.entity].append(mention)
    new = {
        entity: [m for m in before.mentioned_in.get(entity, ()) if m.article not in articles] + now[entity]
        for entity in changed
    }
    # The mentions in one article are in order already, and sorting is stable.
    lists = {key: Mentions(sorted(found, key=attrgetter("article"))) for key, found in new.items() if found}
    return _updated(before.mentioned_in, lists, changed)


def _names_of(
    undecided: Mapping[RecordId, Mapping[str, UndecidedName]],
) -> dict[RecordId, dict[str, tuple[RecordId, ...]]]:
    """The records that each undecided name may mean, by the owner of the text and the name."""
    return {
        owner: {words: possible for words, (_, possible, _) in names.items()}
        for owner, names in undecided.items()
    }


def problems_of(undecided: Mapping[RecordId, Mapping[str, UndecidedName]]) -> Iterator[Problem]:
    """A warning for each undecided name in each text."""
    for names in undecided.values():
        for words, (where, keys, times) in names.items():
            yield Problem(
                where,
                "undecided-name",
                f"{shown(words)} may mean {' or '.join(keys)}: linked to neither{f' ({times} times)' if times > 1 else ''}",
                words,
                f"say whom it means: mentions: {{{words}: {keys[0]}}} in an article, [[{keys[0]}|{words}]] in prose",
                severity=Severity.WARNING,
            )


def _prose_in(dossier: Dossier, owners: Iterable[RecordId]) -> Iterator[tuple[tuple[RecordId, Path], str]]:
    """The prose of some owners, each text with its owner and its path there."""
    for key in owners:
        record = dossier.settings if key == DOSSIER else dossier.records.get(key)
        for path, mark, value in walk(record) if record else ():
            if isinstance(mark, ProseMark):
                yield (key, path), value
