"""Linking a dossier: the names in bodies and prose, record links and citations, and references turned round.

Terms:

- *text*: the title and body of an article, or the prose of one field of a record; read as one;
- *candidate*: a place in a text where a known spelling stands, with the words beside it (`reading`);
- *mention*: a candidate that was decided to mean one record;
- *model*: what the corpus, that is all articles together, says of names (`corpus`).

An example: `President Lima` in an article is a candidate with the title `President` before it. The records give two
people the short form `Lima`; the reasons (`reasons`) keep the one who held that office, and a mention of that person
results. Where two are left, the name is *undecided*: it is linked to neither, and a warning asks.

All articles are scanned first, the model is fitted to what they show, and then each text is decided. An incremental run
(`incremental`) does the same for the texts that a change affects.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, TypeVar

from generator.link.backlinks import RecordReferences, back_links, backing, references_of
from generator.link.corpus import CorpusStatistics, Observations, ScannedText, named_in
from generator.link.decision import TextContext
from generator.link.links import LinkedText, Links, Mention, Mentions, Run
from generator.link.misspelt import Misspelling
from generator.link.places import PARTING, Places
from generator.link.reading import Lexicon, Reader
from generator.link.usage import Sample
from generator.model import prose
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.fields import Path, ProseMark, Ref, walk
from generator.model.ids import ArticleId, RecordId
from generator.support.problems import Problem, Severity, SourcePosition, shown
from generator.support.progress import Tell, announce, counted, silent

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
# An undecided name in one text: its first place, the records that it may mean, and the number of its places.
UndecidedName = tuple[SourcePosition, tuple[RecordId, ...], int]
# The owner of the prose of `dossier.yml`.
DOSSIER = RecordId("")


class ReadResults(NamedTuple):
    """What the articles of a dossier show, each by its id.

    Attributes:
        misspellings: The family names that it misspells; only of articles that misspell one.
        spelled_right: The names that it spells right and another article misspells; likewise.
        observed: What it shows for the statistics of the corpus.
    """

    misspellings: Mapping[ArticleId, frozenset[Misspelling]]
    spelled_right: Mapping[ArticleId, frozenset[str]]
    observed: Mapping[ArticleId, Observations]


@dataclass(frozen=True)
class LinkState:
    """What the decisions in each text rested on, kept so that an incremental run links only what differs.

    Attributes:
        lexicon: The names, as far as they follow from the records alone.
        sample: The words that the texts write small, which are no names.
        classified_words: The words that were looked up in the vocabulary.
        statistics: What all articles show together.
        fitted: The model that follows from the statistics (`Reader.fitted`).
        misspellings, spelled_right, observed: What each article shows (`ReadResults`).
        named: The articles in which each record is surely named.
        company_lookups: The records whose company was looked up for a text, by the text's owner.
        undecided: The names left undecided in the texts of each owner.
        references: What each record refers to.
        strangers: The names in each article that were left to strangers, with the records that have the same name.
    """

    lexicon: Lexicon
    sample: Sample
    classified_words: frozenset[str]
    statistics: CorpusStatistics
    fitted: tuple[frozenset[tuple[int, RecordId]], frozenset[int], frozenset[int]]
    misspellings: Mapping[ArticleId, frozenset[Misspelling]]
    spelled_right: Mapping[ArticleId, frozenset[str]]
    observed: Mapping[ArticleId, Observations]
    named: Mapping[RecordId, frozenset[ArticleId]]
    company_lookups: Mapping[RecordId, frozenset[RecordId]]
    undecided: Mapping[RecordId, Mapping[str, UndecidedName]]
    references: Mapping[RecordId, RecordReferences]
    strangers: Mapping[RecordId, Mapping[str, tuple[RecordId, ...]]]


def link(dossier: Dossier, tell: Tell = silent) -> Links:
    """All links of a dossier."""
    return link_all(dossier, tell)[0]


def link_all(dossier: Dossier, tell: Tell = silent) -> tuple[Links, LinkState]:
    """All links of a dossier, and the state that `incremental.relink` needs in the next run."""
    announce("Indexing the names of", len(dossier.records), "records", tell)
    linker = Linker(dossier)
    reader = linker.reader
    read, scanned = linker.read(tell)
    articles = counted(scanned.items(), len(scanned), "Linked {} of {} articles", tell)
    mentions = {key: linker.mentions_in(dossier.articles[key], text) for key, text in articles}
    texts = list(prose_of(dossier))
    announce("Linking", len(texts), "texts of records", tell)
    prose = {place: linker.linked(*place, text) for place, text in texts}
    state = LinkState(
        lexicon=reader.lexicon,
        sample=reader.sample,
        classified_words=reader.vocabulary.classified,
        statistics=CorpusStatistics(read.observed.values()),
        fitted=reader.fitted,
        **read._asdict(),
        named=named_in(read.observed),
        company_lookups=linker.lookups,
        undecided=linker.undecided.by_owner,
        references={key: references_of(key, record) for key, record in dossier.records.items()},
        strangers=linker.strangers,
    )
    return assemble_links(dossier, mentions, prose, state), state


def assemble_links(
    dossier: Dossier,
    mentions: Mapping[ArticleId, tuple[Mention, ...]],
    prose: Mapping[tuple[RecordId, Path], LinkedText],
    state: LinkState,
    by_entity: Mapping[RecordId, tuple[Mention, ...]] | None = None,
) -> Links:
    """The links of a dossier, with those that follow from others: by record, turned round, by paragraph."""
    return Links(
        mentions=mentions,
        mentioned_in=_by_entity(mentions) if by_entity is None else by_entity,
        prose=prose,
        backlinks=back_links(dossier, state.references),
        backing=backing(dossier, prose, state.references),
        undecided=undecided_names(state.undecided),
        strangers=state.strangers,
        problems=tuple(problems_of(state.undecided)),
    )


def _by_entity(mentions: Mapping[ArticleId, tuple[Mention, ...]]) -> dict[RecordId, tuple[Mention, ...]]:
    by_entity: dict[RecordId, list[Mention]] = defaultdict(list)
    for found in mentions.values():
        for mention in found:
            by_entity[mention.entity].append(mention)
    return {key: Mentions(found) for key, found in sorted(by_entity.items())}


def undecided_names(
    undecided: Mapping[RecordId, Mapping[str, UndecidedName]],
) -> dict[RecordId, dict[str, tuple[RecordId, ...]]]:
    """The records that each undecided name may mean, by the owner of the text and the name."""
    return {
        owner: {words: possible for words, (_, possible, _) in names.items()}
        for owner, names in undecided.items()
    }


def prose_of(dossier: Dossier) -> Iterator[tuple[tuple[RecordId, Path], str]]:
    """All prose of a dossier, each text with its owner and its path there."""
    return prose_in(dossier, (*dossier.records, DOSSIER))


def prose_in(dossier: Dossier, owners: Iterable[RecordId]) -> Iterator[tuple[tuple[RecordId, Path], str]]:
    """The prose of some owners, as `prose_of`."""
    for key in owners:
        record = dossier.settings if key == DOSSIER else dossier.records.get(key)
        for path, mark, value in walk(record) if record else ():
            if isinstance(mark, ProseMark):
                yield (key, path), value


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
                Severity.WARNING,
            )


@dataclass
class UndecidedNames:
    """Collects undecided names, each once a text."""

    by_owner: dict[RecordId, dict[str, UndecidedName]] = field(default_factory=dict)

    def add(self, owner: RecordId, words: str, where: SourcePosition, possible: tuple[RecordId, ...]) -> None:
        names = self.by_owner.setdefault(owner, {})
        first, keys, times = names.get(words, (where, possible, 0))
        names[words] = (first, keys, times + 1)


# Creates a mention in half the time of its class, which would check the number of its values.
_mention: Callable[[tuple[RecordId, ArticleId, int, int, int, str]], Mention] = partial(
    tuple.__new__, Mention
)


class Linker:
    """Links the texts of a dossier one by one, once `read` or an incremental run has fitted the model.

    Attributes:
        reader: Scans and decides texts.
        undecided: The names that stayed undecided.
        lookups: The records whose company was looked up for a text, by the text's owner.
        strangers: The names in each article that were left to strangers, with the records that have the same name.
    """

    def __init__(
        self, dossier: Dossier, lexicon: Lexicon | None = None, sample: Sample | None = None
    ) -> None:
        self._dossier = dossier
        self.reader = Reader(dossier, lexicon, sample)
        self.undecided = UndecidedNames()
        self.lookups: dict[RecordId, frozenset[RecordId]] = {}
        self.strangers: dict[RecordId, Mapping[str, tuple[RecordId, ...]]] = {}

    def read(self, tell: Tell = silent) -> tuple[ReadResults, dict[ArticleId, ScannedText]]:
        """Scans all articles for names, and fits the model to what they show together."""
        reader, articles = self.reader, self._dossier.articles
        waiting = counted(articles.items(), len(articles), "Found names in {} of {} articles", tell)
        scanned = {key: reader.scan_article(article) for key, article in waiting}
        misspellings = {key: found for key, text in scanned.items() if (found := reader.misspellings(text))}
        spelled_right = self.learn_misspellings(misspellings, scanned, {})
        scanned = {key: reader.with_misspelt(text) for key, text in scanned.items()}
        observed = {key: reader.observe(text) for key, text in scanned.items()}
        reader.fit(CorpusStatistics(observed.values()), named_in(observed))
        return ReadResults(misspellings, spelled_right, observed), scanned

    def learn_misspellings(
        self,
        misspellings: Mapping[ArticleId, frozenset[Misspelling]],
        scanned: Mapping[ArticleId, ScannedText],
        spelled_right: Mapping[ArticleId, frozenset[str]],
    ) -> dict[ArticleId, frozenset[str]]:
        """Teaches the reader the misspelt names; returns which of the misspelt names each article spells right.

        Args:
            misspellings: Those of all articles.
            scanned: The articles that were read now.
            spelled_right: The result of the run before for all other articles.
        """
        every = frozenset(misspelling for found in misspellings.values() for misspelling in found)
        if not every:
            return {}
        names = {misspelling.name for misspelling in every}
        now = {key: frozenset(n for n in names if n in text.folded.text) for key, text in scanned.items()}
        known = {key: found for key, found in {**spelled_right, **now}.items() if found}
        self.reader.add_misspellings(every, {name for found in known.values() for name in found})
        return known

    def mentions_in(self, article: Article, text: ScannedText) -> tuple[Mention, ...]:
        """The mentions in one article's body."""
        with self._recording_lookups(article.id):
            return Mentions(self._mentions_in(article, text))

    @contextmanager
    def _recording_lookups(self, owner: RecordId) -> Iterator[None]:
        """Record the company lookups inside the block as dependencies of an owner's text."""
        company = self.reader.model.company
        company.lookups = set()
        yield
        if company.lookups:
            self.lookups[owner] = self.lookups.get(owner, frozenset()) | company.lookups

    def _mentions_in(self, article: Article, text: ScannedText) -> Iterator[Mention]:
        context = self.reader.context(article)
        key = article.article_id
        places = Places(article)
        span = text.folded.span
        is_same = not text.folded.changes
        begin = stop = 0
        for candidate, possible in self.reader.decide(text, context, key):
            start, end = candidate[:2] if is_same else span(*candidate[:2])
            # Most names are in the paragraph of the name before.
            if not begin <= start < stop:
                paragraph, begin, stop = places.around(start)
            words = paragraph.text[start - begin : end - begin]
            if len(possible) == 1:
                yield _mention((possible[0], key, paragraph.number, start - begin, end - begin, words))
            else:
                before = paragraph.text[: start - begin]
                line = paragraph.line + before.count("\n")
                column = len(before) - (before.rfind("\n") + 1) + 1
                where = SourcePosition(self._dossier.sources[article.id].file, line, column)
                self.undecided.add(article.id, words, where, possible)
        if context.left_to_strangers:
            self.strangers[article.id] = context.left_to_strangers

    def linked(self, owner: RecordId, path: Path, text: str) -> LinkedText:
        """Prose with its names, record links and citations resolved; a record's own name stays text."""
        paragraphs = prose.parse(text)
        literals = [
            p.text for paragraph in paragraphs for p in paragraph.parts if isinstance(p, prose.Literal)
        ]
        with self._recording_lookups(owner):
            runs = iter(self._literal_runs(owner, path, literals))
            return tuple(self._runs(paragraph, runs) for paragraph in paragraphs)

    def _runs(self, paragraph: prose.ProseParagraph, literals: Iterator[list[Run]]) -> tuple[Run, ...]:
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
        return _link_first_only(tuple(runs))

    def _literal_runs(self, owner: RecordId, path: Path, literals: Sequence[str]) -> Iterator[list[Run]]:
        """The runs of each stretch of plain text of one field.

        The record itself and those that it refers to count as named in full, as if the field named them so.
        """
        record = self._dossier.records.get(owner)
        around = {owner}
        if record:
            around |= {RecordId(value) for _, mark, value in walk(record) if isinstance(mark, Ref)}
        text = self.reader.scan(literals, self._dossier.settings.language)
        found = iter(self.reader.decide(text, TextContext(in_full=frozenset(around))))
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


def _link_first_only(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs of a paragraph with each record linked only where it is first named."""
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
