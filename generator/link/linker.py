"""The whole linking of a dossier: names in bodies and prose, citations, references turned round."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, TypeVar

from generator.link.backlinks import Given, back_links, backing, given
from generator.link.decision import Here
from generator.link.links import LinkedText, Links, Mention, Run
from generator.link.misspelt import Slip
from generator.link.places import PARTING, Places
from generator.link.reading import Reader
from generator.link.survey import Observed, Text
from generator.model import prose
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.fields import Path, ProseMark, Ref, walk
from generator.model.ids import ArticleId, RecordId
from generator.problems import Position, Problem, Severity, shown

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
        ordinary: The words that are no names.
        words: Of which words it mattered whether they are.
        taught: What else all articles together taught: by which words people are called, who is a man, and which names
            are mostly those of strangers.
        slips, held, observed: What was read of each article.
        asked: Of whose company it was asked while the names of a text were decided, by the text's owner.
        undecided: What was left open in the texts of each owner.
        given: What each record refers to.
    """

    ordinary: frozenset[str]
    words: frozenset[str]
    taught: tuple[frozenset[tuple[int, RecordId]], frozenset[int], frozenset[int]]
    slips: Mapping[ArticleId, frozenset[Slip]]
    held: Mapping[ArticleId, frozenset[str]]
    observed: Mapping[ArticleId, Observed]
    asked: Mapping[RecordId, frozenset[RecordId]]
    undecided: Mapping[RecordId, Mapping[str, Open]]
    given: Mapping[RecordId, Given]


def link(dossier: Dossier) -> Links:
    """All links of a dossier."""
    return link_all(dossier)[0]


def link_all(dossier: Dossier) -> tuple[Links, Found]:
    """All links of a dossier, and what each text gave."""
    linker = Linker(dossier)
    read, mentions = linker.read_all()
    prose = {place: linker.linked(*place, text) for place, text in _prose_of(dossier)}
    found_in = {key: given(key, record) for key, record in dossier.records.items()}
    found = linker.found(read, linker.asked, linker.undecided.by_owner, found_in)
    return links_of(dossier, mentions, prose, found), found


def link_again(
    dossier: Dossier, before: Links, found: Found, texts: Collection[RecordId], moved: Collection[RecordId]
) -> tuple[Links, Found] | None:
    """All links of a dossier of which no name differs from before; None where names mean others all the same.

    Args:
        texts: The records that are not as they were, or that somebody links who says what they are called.
        moved: Those that stand elsewhere in their files.
    """
    linker = Linker(dossier)
    others = linker.reader.vocabulary.ordinary ^ found.ordinary
    if not (others.isdisjoint(found.words) and others.isdisjoint(linker.reader.names.lower)):
        return None
    stale = {key for key in dossier.articles if key in texts or key not in found.observed}
    reader = linker.reader
    sighted = {key: reader.sight_article(dossier.articles[key]) for key in stale}
    left = {key for key in found.observed if key in dossier.articles and key not in stale}
    slips = {key: some for key, some in found.slips.items() if key in left}
    slips |= {key: some for key, text in sighted.items() if (some := reader.slips(text))}
    held = linker.taught(slips, sighted, {key: names for key, names in found.held.items() if key in left})
    if _all(slips) != _all(found.slips) or _all(held) != _all(found.held):
        return None
    sighted = {key: reader.with_misspelt(text) for key, text in sighted.items()}
    observed = {
        key: reader.observe(sighted[key]) if key in sighted else found.observed[key]
        for key in dossier.articles
    }
    reader.learn(observed.values())
    learnt = reader.learnt
    if (learnt.called, learnt.men, learnt.strangers) != found.taught:
        return None
    # Whose company is another than before may decide otherwise for those who asked.
    gone = found.observed.keys() - observed.keys()
    other = {
        key
        for article in {*stale, *gone}
        for key in {*_named(found.observed, article)} ^ {*_named(observed, article)}
    }
    again = {key for key, asked in found.asked.items() if not other.isdisjoint(asked)}
    open_elsewhere = {key for key in moved if key in found.undecided}
    mentions: dict[ArticleId, tuple[Mention, ...]] = {}
    for number, key in enumerate(dossier.articles):
        if key in stale or key in again or key in open_elsewhere:
            seen = sighted.get(key) or reader.with_misspelt(reader.sight_article(dossier.articles[key]))
            mentions[key] = linker.mentions_in(number, dossier.articles[key], seen)
            stale.add(key)
        else:
            mentions[key] = before.mentions[key]
    owners = {*texts, *again, *open_elsewhere, DOSSIER}
    prose = {}
    for place, text in _prose_of(dossier):
        is_same = place[0] not in owners and place in before.prose
        prose[place] = before.prose[place] if is_same else linker.linked(*place, text)
    done = {*stale, *owners}
    kept = {key for key in found.undecided if key not in done and (key in dossier.records)}
    undecided = {**{key: found.undecided[key] for key in kept}, **linker.undecided.by_owner}
    asked = {key: who for key, who in found.asked.items() if key not in done and key in dossier.records}
    found_in = {
        key: found.given[key] if key in found.given and key not in texts else given(key, record)
        for key, record in dossier.records.items()
    }
    now = linker.found(
        Read(slips, held, observed), {**asked, **linker.asked}, undecided, found_in, found.words
    )
    by_entity = _by_entity_again(before, mentions, {*stale, *gone})
    return links_of(dossier, mentions, prose, now, by_entity), now


def _all(found: Mapping[ArticleId, frozenset[Value]]) -> frozenset[Value]:
    return frozenset(value for some in found.values() for value in some)


def _named(observed: Mapping[ArticleId, Observed], article: ArticleId) -> tuple[RecordId, ...]:
    return observed[article].named if article in observed else ()


def links_of(
    dossier: Dossier,
    mentions: Mapping[ArticleId, tuple[Mention, ...]],
    prose: Mapping[tuple[RecordId, Path], LinkedText],
    found: Found,
    by_entity: Mapping[RecordId, tuple[Mention, ...]] | None = None,
) -> Links:
    """The links that were found, of which some are made of others."""
    undecided = {
        owner: {words: possible for words, (_, possible, _) in names.items()}
        for owner, names in found.undecided.items()
    }
    return Links(
        mentions,
        _by_entity(mentions) if by_entity is None else by_entity,
        prose,
        back_links(dossier, found.given),
        backing(dossier, prose, found.given),
        undecided,
        tuple(_problems(found.undecided)),
    )


def _by_entity(mentions: Mapping[ArticleId, tuple[Mention, ...]]) -> dict[RecordId, tuple[Mention, ...]]:
    by_entity: dict[RecordId, list[Mention]] = defaultdict(list)
    for found in mentions.values():
        for mention in found:
            by_entity[mention.entity].append(mention)
    return {key: tuple(found) for key, found in sorted(by_entity.items())}


def _by_entity_again(
    before: Links, mentions: Mapping[ArticleId, tuple[Mention, ...]], articles: Collection[ArticleId]
) -> dict[RecordId, tuple[Mention, ...]]:
    """The same, where only the mentions in some articles may be others than before."""
    differing = [key for key in articles if before.mentions.get(key, ()) != mentions.get(key, ())]
    entities = {m.entity for key in differing for of in (before.mentions, mentions) for m in of.get(key, ())}
    by_entity = dict(before.mentioned_in)
    for entity in entities:
        kept = [m for m in by_entity.pop(entity, ()) if m.article not in articles]
        new = [m for key in articles for m in mentions.get(key, ()) if m.entity == entity]
        if kept or new:
            # In an article they are in order already.
            by_entity[entity] = tuple(sorted((*kept, *new), key=lambda mention: mention.article))
    return dict(sorted(by_entity.items())) if entities else by_entity


def _prose_of(dossier: Dossier) -> Iterator[tuple[tuple[RecordId, Path], str]]:
    for key, record in (*dossier.records.items(), (DOSSIER, dossier.settings)):
        for path, mark, value in walk(record):
            if isinstance(mark, ProseMark):
                yield (key, path), value


def _problems(undecided: Mapping[RecordId, Mapping[str, Open]]) -> Iterator[Problem]:
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
    """

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self.reader = Reader(dossier)
        self.undecided = _Undecided()
        self.asked: dict[RecordId, frozenset[RecordId]] = {}

    def mentions(self) -> dict[ArticleId, tuple[Mention, ...]]:
        """The mentions in the bodies of all articles, in order."""
        return self.read_all()[1]

    def read_all(self) -> tuple[Read, dict[ArticleId, tuple[Mention, ...]]]:
        """What each article shows, and the mentions in the bodies of all, in order."""
        sighted = {key: self.reader.sight_article(article) for key, article in self._dossier.articles.items()}
        slips = {key: found for key, text in sighted.items() if (found := self.reader.slips(text))}
        held = self.taught(slips, sighted, {})
        texts = {key: self.reader.with_misspelt(text) for key, text in sighted.items()}
        observed = {key: self.reader.observe(text) for key, text in texts.items()}
        self.reader.learn(observed.values())
        return Read(slips, held, observed), {
            key: self.mentions_in(number, self._dossier.articles[key], text)
            for number, (key, text) in enumerate(texts.items())
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

    def found(
        self,
        read: Read,
        asked: Mapping[RecordId, frozenset[RecordId]],
        undecided: Mapping[RecordId, Mapping[str, Open]],
        found_in: Mapping[RecordId, Given],
        words: frozenset[str] = frozenset(),
    ) -> Found:
        """All that was found; `words` are those that mattered before."""
        learnt, vocabulary = self.reader.learnt, self.reader.vocabulary
        words |= vocabulary.asked
        taught = learnt.called, learnt.men, learnt.strangers
        return Found(vocabulary.ordinary, words, taught, *read, asked, undecided, found_in)

    def mentions_in(self, number: int, article: Article, text: Text) -> tuple[Mention, ...]:
        """The mentions in one article's body."""
        with self._asking(article.id):
            return tuple(self._mentions_in(number, article, text))

    @contextmanager
    def _asking(self, owner: RecordId) -> Iterator[None]:
        company = self.reader.learnt.company
        company.asked = set()
        yield
        if company.asked:
            self.asked[owner] = self.asked.get(owner, frozenset()) | company.asked

    def _mentions_in(self, number: int, article: Article, text: Text) -> Iterator[Mention]:
        here = self.reader.here(article)
        key = article.article_id
        places = Places(article)
        span = text.folded.span
        is_same = text.folded.origin is None
        begin = stop = 0
        for sighting, possible in self.reader.decide(text, here, number):
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
        text = self.reader.sight(literals)
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
