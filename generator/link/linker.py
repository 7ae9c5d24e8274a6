"""The whole linking of a dossier: names in bodies and prose, citations, references turned round."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, TypeVar

from generator.folding import fold
from generator.keyed import differing, with_others
from generator.link.backlinks import Given, back_links, backing, given
from generator.link.decision import Here
from generator.link.links import LinkedText, Links, Mention, Mentions, Run
from generator.link.misspelt import Slip
from generator.link.places import PARTING, Places
from generator.link.reading import Lexicon, Reader
from generator.link.survey import Observed, Survey, Text, named_in
from generator.link.titles import ABBREVIATIONS
from generator.link.usage import Sample
from generator.model import prose
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.fields import Path, ProseMark, Ref, walk
from generator.model.ids import ArticleId, RecordId
from generator.problems import Position, Problem, Severity, shown
from generator.progress import Tell, announce, counted, silent

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
# A name that stays open: where it first stands, what it may mean, and how often it stands there.
Open = tuple[Position, tuple[RecordId, ...], int]
# The owner of the prose of `dossier.yml`.
DOSSIER = RecordId("")


class Read(NamedTuple):
    """What was read of each article.

    Attributes:
        slips: The family names that each misspells; of those that misspell any.
        held: Which of the names that some article misspells each spells right.
        observed: What each shows.
    """

    slips: Mapping[ArticleId, frozenset[Slip]]
    held: Mapping[ArticleId, frozenset[str]]
    observed: Mapping[ArticleId, Observed]


@dataclass(frozen=True)
class Found:
    """What each text of a dossier gave, apart from the others, so that it need be read again only when it changes.

    Attributes:
        lexicon: What is known of names by the records alone.
        sample: The words of the dossier's texts that are no names.
        words: Of which words it mattered whether they are names.
        survey: What all articles show together.
        taught: What that taught: by which words people are called, who is a man, and which names are mostly those of
            strangers.
        slips, held, observed: What was read of each article.
        named: In which articles each record is surely named.
        asked: Of whose company it was asked while the names of a text were decided, by the text's owner.
        undecided: What was left open in the texts of each owner.
        given: What each record refers to.
        strangers: Which names in each article were left to strangers, and whom they would mean else.
    """

    lexicon: Lexicon
    sample: Sample
    words: frozenset[str]
    survey: Survey
    taught: tuple[frozenset[tuple[int, RecordId]], frozenset[int], frozenset[int]]
    slips: Mapping[ArticleId, frozenset[Slip]]
    held: Mapping[ArticleId, frozenset[str]]
    observed: Mapping[ArticleId, Observed]
    named: Mapping[RecordId, frozenset[ArticleId]]
    asked: Mapping[RecordId, frozenset[RecordId]]
    undecided: Mapping[RecordId, Mapping[str, Open]]
    given: Mapping[RecordId, Given]
    strangers: Mapping[RecordId, Mapping[str, tuple[RecordId, ...]]]


def link(dossier: Dossier, tell: Tell = silent) -> Links:
    """All links of a dossier."""
    return link_all(dossier, tell)[0]


def link_all(dossier: Dossier, tell: Tell = silent) -> tuple[Links, Found]:
    """All links of a dossier, and what each text gave."""
    announce("Indexing the names of", len(dossier.records), "records", tell)
    linker = Linker(dossier)
    reader = linker.reader
    read, mentions = linker.read_all(tell)
    texts = list(_prose_of(dossier))
    announce("Linking", len(texts), "texts of records", tell)
    prose = {place: linker.linked(*place, text) for place, text in texts}
    found = Found(
        reader.lexicon,
        reader.sample,
        reader.vocabulary.asked,
        Survey(read.observed.values()),
        reader.taught,
        *read,
        named_in(read.observed),
        linker.asked,
        linker.undecided.by_owner,
        {key: given(key, record) for key, record in dossier.records.items()},
        linker.strangers,
    )
    return links_of(dossier, mentions, prose, found), found


def link_again(
    was: Dossier,
    dossier: Dossier,
    before: Links,
    found: Found,
    texts: Collection[RecordId],
    moved: Collection[RecordId],
) -> tuple[Links, Found] | None:
    """All links of a dossier of which no name differs from before; None where names mean others all the same.

    Args:
        was: The dossier as it was before.
        texts: The records that are not as they were, or that somebody links who says what they are called.
        moved: Those that stand elsewhere in their files.
    """
    return _Again(was, dossier, before, found, texts, moved).links()


class _Again:
    """Linking after a change: what differs is asked for by its key, and nothing is gone through as a whole."""

    def __init__(
        self,
        was: Dossier,
        dossier: Dossier,
        before: Links,
        found: Found,
        texts: Collection[RecordId],
        moved: Collection[RecordId],
    ) -> None:
        self._was, self._dossier, self._before, self._found = was, dossier, before, found
        self._texts: set[RecordId] = set()
        self._moved = moved
        # Articles of which the text is another or is read otherwise, that came, or that went.
        self._new: dict[ArticleId, Article] = {}
        self._old: dict[ArticleId, Article] = {}
        self._take(texts)

    def _take(self, texts: Collection[RecordId]) -> None:
        """Takes records as others than before."""
        self._texts = {*self._texts, *texts}
        for key in sorted(map(ArticleId, texts)):
            for articles, taken in ((self._dossier.articles, self._new), (self._was.articles, self._old)):
                if key in articles:
                    taken[key] = articles[key]

    def _holding(self, words: Set[str]) -> Iterator[RecordId]:
        """The records whose texts hold any of some words, however it is written."""
        forms = {*words, *(short for short, full in ABBREVIATIONS.items() if full in words)}

        def holds(text: str) -> bool:
            level = fold(text).text.casefold()
            return any(form in level for form in forms)

        for key, article in self._dossier.articles.items():
            if holds(PARTING.join([article.title, *(paragraph.text for paragraph in article.paragraphs)])):
                yield key
        for (owner, _), paragraphs in self._before.prose.items():
            if owner != DOSSIER and any(holds(run.text) for runs in paragraphs for run in runs):
                yield owner

    def links(self) -> tuple[Links, Found] | None:
        """The links and what was found; None where all is to be linked."""
        found = self._found
        sample = found.sample.with_others(_texts_of(self._old), _texts_of(self._new))
        if sample is None:
            return None
        linker = Linker(self._dossier, found.lexicon, sample)
        reader = linker.reader
        others = sample.words.keys() ^ found.sample.words.keys()
        told = others & (found.words | {*reader.names.lower}) if others else others
        if told:
            self._take(frozenset(self._holding(told)).difference(self._texts))
        sighted = {key: reader.sight_article(article) for key, article in self._new.items()}
        slips = {key: some for key, some in found.slips.items() if key not in self._old}
        slips |= {key: some for key, text in sighted.items() if (some := reader.slips(text))}
        left = {key: names for key, names in found.held.items() if key not in self._old}
        held = linker.taught(slips, sighted, left)
        if _all(slips) != _all(found.slips) or _all(held) != _all(found.held):
            return None
        sighted = {key: reader.with_misspelt(text) for key, text in sighted.items()}
        showed = {key: found.observed[key] for key in self._old}
        shown_now = {key: reader.observe(text) for key, text in sighted.items()}
        survey = found.survey.with_others(showed.values(), shown_now.values())
        named = _named_again(found.named, showed, shown_now)
        reader.learn(survey, named)
        if reader.taught != found.taught:
            return None
        return self._links(
            linker, Read(slips, held, _with(found.observed, shown_now, self._old)), survey, named, sighted
        )

    def _links(
        self,
        linker: "Linker",
        read: Read,
        survey: Survey,
        named: Mapping[RecordId, frozenset[ArticleId]],
        sighted: dict[ArticleId, Text],
    ) -> tuple[Links, Found]:
        dossier, before, found, reader = self._dossier, self._before, self._found, linker.reader
        # Whose company is another than before may decide otherwise for those who asked.
        other = differing(found.named, named)
        again = {key for key, asked in found.asked.items() if not other.isdisjoint(asked)} if other else set()
        again |= {key for key in self._moved if key in found.undecided}
        again -= self._old.keys()
        mentions: dict[ArticleId, tuple[Mention, ...]] = {}
        for key in sorted({*self._new, *(ArticleId(key) for key in again if key in dossier.articles)}):
            article = dossier.articles[key]
            text = sighted.get(key) or reader.with_misspelt(reader.sight_article(article))
            mentions[key] = linker.mentions_in(article, text)
        owners = {*self._texts, *again, DOSSIER}
        prose = {place: linker.linked(*place, text) for place, text in _prose_of_some(dossier, owners)}
        gone = [place for place, _ in _prose_of_some(self._was, owners) if place not in prose]
        done = {*owners, *mentions}
        left = [key for key in self._texts if key not in dossier.records]
        now = Found(
            found.lexicon,
            reader.sample,
            found.words | reader.vocabulary.asked,
            survey,
            found.taught,
            *read,
            named,
            _with(found.asked, linker.asked, done),
            _with(found.undecided, linker.undecided.by_owner, done),
            _with(
                found.given,
                {key: given(key, dossier.records[key]) for key in self._texts if key in dossier.records},
                left,
            ),
            _with(found.strangers, linker.strangers, done),
        )
        all_mentions = _with(before.mentions, mentions, self._old)
        all_prose = with_others(before.prose, prose, gone)
        by_entity = _by_entity_again(before, all_mentions, {*mentions, *self._old})
        links = Links(
            all_mentions,
            by_entity,
            all_prose,
            before.backlinks,
            before.backing,
            _with(before.undecided, _undecided(linker.undecided.by_owner), done),
            now.strangers,
            tuple(problems_of(now.undecided)),
        )
        if self._refers_as_before(now, links):
            return links, now
        prose_in_order = {place: all_prose[place] for place, _ in _prose_of(dossier)}
        return links_of(dossier, all_mentions, prose_in_order, now, by_entity), now

    def _refers_as_before(self, now: Found, links: Links) -> bool:
        """Whether nothing refers to others than before, or cites others, and all is there that may be."""
        for key in self._texts:
            old, new = self._was.records.get(key), self._dossier.records.get(key)
            if old is None or new is None or self._found.given[key] != now.given[key]:
                return False
            if isinstance(old, Article) and isinstance(new, Article):
                # Whoever cites a paragraph that is no more backs nothing by it.
                gone = range(new.length + 1, old.length + 1)
                if any((old.article_id, number) in self._before.backing for number in gone):
                    return False
        places = differing(self._before.prose, links.prose)
        return all(
            _cited(self._before.prose.get(place, ())) == _cited(links.prose.get(place, ()))
            for place in places
        )


def _texts_of(articles: Mapping[ArticleId, Article]) -> list[str]:
    return [paragraph.text for article in articles.values() for paragraph in article.paragraphs]


def _cited(paragraphs: LinkedText) -> list[object]:
    return [run.cites for runs in paragraphs for run in runs if run.cites]


def _with(whole: Mapping[Key, Value], new: Mapping[Key, Value], gone: Iterable[Key]) -> Mapping[Key, Value]:
    """A mapping with some values that are others or come, in the order of the keys, and without those that are gone."""
    return with_others(whole, new, [key for key in gone if key not in new], in_order=True)


def _named_again(
    named: Mapping[RecordId, frozenset[ArticleId]],
    old: Mapping[ArticleId, Observed],
    new: Mapping[ArticleId, Observed],
) -> Mapping[RecordId, frozenset[ArticleId]]:
    """In which articles each record is surely named, where some show others than before."""
    changed: dict[RecordId, frozenset[ArticleId]] = {}
    for key in {key for of in (old, new) for one in of.values() for key in one.named}:
        was = named.get(key, frozenset())
        now = (was - old.keys()) | {article for article, one in new.items() if key in one.named}
        if now != was:
            changed[key] = now
    return _with(named, {key: found for key, found in changed.items() if found}, changed)


def _all(found: Mapping[ArticleId, frozenset[Value]]) -> frozenset[Value]:
    return frozenset(value for some in found.values() for value in some)


def links_of(
    dossier: Dossier,
    mentions: Mapping[ArticleId, tuple[Mention, ...]],
    prose: Mapping[tuple[RecordId, Path], LinkedText],
    found: Found,
    by_entity: Mapping[RecordId, tuple[Mention, ...]] | None = None,
) -> Links:
    """The links that were found, of which some are made of others."""
    return Links(
        mentions,
        _by_entity(mentions) if by_entity is None else by_entity,
        prose,
        back_links(dossier, found.given),
        backing(dossier, prose, found.given),
        _undecided(found.undecided),
        found.strangers,
        tuple(problems_of(found.undecided)),
    )


def _by_entity(mentions: Mapping[ArticleId, tuple[Mention, ...]]) -> dict[RecordId, tuple[Mention, ...]]:
    by_entity: dict[RecordId, list[Mention]] = defaultdict(list)
    for found in mentions.values():
        for mention in found:
            by_entity[mention.entity].append(mention)
    return {key: Mentions(found) for key, found in sorted(by_entity.items())}


def _by_entity_again(
    before: Links, mentions: Mapping[ArticleId, tuple[Mention, ...]], articles: Collection[ArticleId]
) -> Mapping[RecordId, tuple[Mention, ...]]:
    """The same, where only the mentions in some articles may be others than before."""
    entities = {
        mention.entity
        for key in articles
        for mention in {*before.mentions.get(key, ())} ^ {*mentions.get(key, ())}
    }
    changed: dict[RecordId, tuple[Mention, ...]] = {}
    for entity in entities:
        kept = [m for m in before.mentioned_in.get(entity, ()) if m.article not in articles]
        new = [m for key in articles for m in mentions.get(key, ()) if m.entity == entity]
        # In an article they are in order already.
        changed[entity] = Mentions(sorted((*kept, *new), key=lambda mention: mention.article))
    return _with(before.mentioned_in, {key: found for key, found in changed.items() if found}, changed)


def _undecided(
    found: Mapping[RecordId, Mapping[str, Open]],
) -> dict[RecordId, dict[str, tuple[RecordId, ...]]]:
    return {
        owner: {words: possible for words, (_, possible, _) in names.items()}
        for owner, names in found.items()
    }


def _prose_of(dossier: Dossier) -> Iterator[tuple[tuple[RecordId, Path], str]]:
    """All prose, by its owner and where it stands there."""
    return _prose_of_some(dossier, (*dossier.records, DOSSIER))


def _prose_of_some(
    dossier: Dossier, owners: Iterable[RecordId]
) -> Iterator[tuple[tuple[RecordId, Path], str]]:
    for key in owners:
        record = dossier.settings if key == DOSSIER else dossier.records.get(key)
        for path, mark, value in walk(record) if record else ():
            if isinstance(mark, ProseMark):
                yield (key, path), value


def problems_of(undecided: Mapping[RecordId, Mapping[str, Open]]) -> Iterator[Problem]:
    """That names are left open, of all that were."""
    for names in undecided.values():
        for words, (where, keys, times) in names.items():
            yield Problem(
                where,
                "undecided-name",
                f"{shown(words)} may mean {' or '.join(keys)}: linked to neither{f' ({times} times)' if times > 1 else ''}",
                words,
                f"say whom it means: mentions: {{{words}: {keys[0]}}} in an article, [[{keys[0]}|{words}]] in prose",
                Severity.WARNING,
            )


@dataclass
class _Undecided:
    """Names that may mean several records, each once a text, with how often they stand there."""

    by_owner: dict[RecordId, dict[str, Open]] = field(default_factory=dict)

    def add(self, owner: RecordId, words: str, where: Position, possible: tuple[RecordId, ...]) -> None:
        names = self.by_owner.setdefault(owner, {})
        first, keys, times = names.get(words, (where, possible, 0))
        names[words] = (first, keys, times + 1)


# Makes a mention in half the time of its class, which would check the number of its values.
_mention: Callable[[tuple[RecordId, ArticleId, int, int, int, str]], Mention] = partial(
    tuple.__new__, Mention
)


class Linker:
    """Links texts of a dossier, and keeps what stays undecided.

    Attributes:
        asked: Of whose company it was asked, by the owner of the text.
        strangers: Which names in each article were left to strangers, and whom they would mean else.
    """

    def __init__(
        self, dossier: Dossier, lexicon: Lexicon | None = None, sample: Sample | None = None
    ) -> None:
        self._dossier = dossier
        self.reader = Reader(dossier, lexicon, sample)
        self.undecided = _Undecided()
        self.asked: dict[RecordId, frozenset[RecordId]] = {}
        self.strangers: dict[RecordId, Mapping[str, tuple[RecordId, ...]]] = {}

    def mentions(self) -> dict[ArticleId, tuple[Mention, ...]]:
        """The mentions in the bodies of all articles, in order."""
        return self.read_all()[1]

    def read_all(self, tell: Tell = silent) -> tuple[Read, dict[ArticleId, tuple[Mention, ...]]]:
        """What each article shows, and the mentions in the bodies of all, in order."""
        articles = self._dossier.articles
        number = len(articles)
        waiting = counted(articles.items(), number, "Found names in {} of {} articles", tell)
        sighted = {key: self.reader.sight_article(article) for key, article in waiting}
        slips = {key: found for key, text in sighted.items() if (found := self.reader.slips(text))}
        held = self.taught(slips, sighted, {})
        texts = {key: self.reader.with_misspelt(text) for key, text in sighted.items()}
        observed = {key: self.reader.observe(text) for key, text in texts.items()}
        self.reader.learn(Survey(observed.values()), named_in(observed))
        return Read(slips, held, observed), {
            key: self.mentions_in(articles[key], text)
            for key, text in counted(texts.items(), number, "Linked {} of {} articles", tell)
        }

    def taught(
        self,
        slips: Mapping[ArticleId, frozenset[Slip]],
        sighted: Mapping[ArticleId, Text],
        held: Mapping[ArticleId, frozenset[str]],
    ) -> dict[ArticleId, frozenset[str]]:
        """Teaches the reader which names the articles misspell, and says which of these each spells right.

        Args:
            held: What is known of that of articles that are not among those that were read now.
        """
        every = frozenset(slip for found in slips.values() for slip in found)
        if not every:
            return {}
        names = {slip.name for slip in every}
        now = {key: frozenset(n for n in names if n in text.folded.text) for key, text in sighted.items()}
        known = {key: found for key, found in {**held, **now}.items() if found}
        self.reader.respell(every, {name for found in known.values() for name in found})
        return known

    def mentions_in(self, article: Article, text: Text) -> tuple[Mention, ...]:
        """The mentions in one article's body."""
        with self._asking(article.id):
            return Mentions(self._mentions_in(article, text))

    @contextmanager
    def _asking(self, owner: RecordId) -> Iterator[None]:
        company = self.reader.learnt.company
        company.asked = set()
        yield
        if company.asked:
            self.asked[owner] = self.asked.get(owner, frozenset()) | company.asked

    def _mentions_in(self, article: Article, text: Text) -> Iterator[Mention]:
        here = self.reader.here(article)
        key = article.article_id
        places = Places(article)
        span = text.folded.span
        is_same = not text.folded.changes
        begin = stop = 0
        for sighting, possible in self.reader.decide(text, here, key):
            start, end = sighting[:2] if is_same else span(*sighting[:2])
            # Most stand in the paragraph of the last one.
            if not begin <= start < stop:
                paragraph, begin, stop = places.around(start)
            words = paragraph.text[start - begin : end - begin]
            if len(possible) == 1:
                yield _mention((possible[0], key, paragraph.number, start - begin, end - begin, words))
            else:
                before = paragraph.text[: start - begin]
                line = paragraph.line + before.count("\n")
                column = len(before) - (before.rfind("\n") + 1) + 1
                where = Position(self._dossier.sources[article.id].file, line, column)
                self.undecided.add(article.id, words, where, possible)
        if here.passed:
            self.strangers[article.id] = here.passed

    def linked(self, owner: RecordId, path: Path, text: str) -> LinkedText:
        """Prose with its names, record links and citations resolved; a record's own name stays text."""
        paragraphs = prose.parse(text)
        literals = [
            p.text for paragraph in paragraphs for p in paragraph.parts if isinstance(p, prose.Literal)
        ]
        with self._asking(owner):
            runs = iter(self._literal_runs(owner, path, literals))
            return tuple(self._runs(paragraph, runs) for paragraph in paragraphs)

    def _runs(self, paragraph: prose.Paragraph, literals: Iterator[list[Run]]) -> tuple[Run, ...]:
        runs: list[Run] = []
        for part in paragraph.parts:
            match part:
                case prose.Literal():
                    runs.extend(next(literals))
                case prose.RecordLink():
                    label = part.words or self._dossier.label(part.id)
                    known = part.id in self._dossier.records
                    runs.append(Run(label, record=part.id if known else None))
                case prose.ExternalLink():
                    runs.append(Run(part.words, url=part.url))
                case prose.Citation():
                    runs.extend(Run("", cites=locator) for locator in part.locators)
        return _once(tuple(runs))

    def _literal_runs(self, owner: RecordId, path: Path, literals: Sequence[str]) -> Iterator[list[Run]]:
        """The runs of each stretch of plain text of one field.

        Those count as named in full that the field names so, the record itself, and those it refers to.
        """
        record = self._dossier.records.get(owner)
        around = {owner}
        if record:
            around |= {RecordId(value) for _, mark, value in walk(record) if isinstance(mark, Ref)}
        text = self.reader.sight(literals, self._dossier.settings.language)
        found = iter(self.reader.decide(text, Here(in_full=frozenset(around))))
        pending = next(found, None)
        begin = 0
        for literal in literals:
            runs: list[Run] = []
            done = 0
            while pending:
                start, end = text.folded.span(pending[0].start, pending[0].end)
                if start > begin + len(literal):
                    break
                start, end, possible = start - begin, end - begin, pending[1]
                words = literal[start:end]
                pending = next(found, None)
                if len(possible) > 1:
                    source = self._dossier.sources.get(owner)
                    if source:
                        self.undecided.add(owner, words, source.at(path, words), possible)
                elif possible[0] != owner:
                    if done < start:
                        runs.append(Run(literal[done:start]))
                    runs.append(Run(words, record=possible[0]))
                    done = end
            if done < len(literal):
                runs.append(Run(literal[done:]))
            yield runs
            begin += len(literal) + len(PARTING)


def _once(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with each record linked where it is first named in the paragraph only."""
    seen: set[RecordId] = set()
    kept = []
    for run in runs:
        if run.record is not None and run.record in seen:
            kept.append(Run(run.text))
            continue
        if run.record is not None:
            seen.add(run.record)
        kept.append(run)
    return tuple(kept)
