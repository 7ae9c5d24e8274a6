"""The whole linking of a dossier: names in bodies and prose, citations, references turned round."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from generator.link.backlinks import back_links, backing
from generator.link.decision import Here
from generator.link.links import LinkedText, Links, Mention, Run
from generator.link.places import PARTING, Places
from generator.link.reading import Reader
from generator.link.survey import Text
from generator.model import prose
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.fields import Path, ProseMark, Ref, walk
from generator.model.ids import ArticleId, RecordId
from generator.problems import Position, Problem, Severity, shown

# The owner of the prose of `dossier.yml`.
DOSSIER = RecordId("")


def link(dossier: Dossier) -> Links:
    """All links of a dossier."""
    linker = Linker(dossier)
    mentions = linker.mentions()
    linked = {place: linker.linked(*place, text) for place, text in _prose_of(dossier)}
    mentioned_in: dict[RecordId, list[Mention]] = defaultdict(list)
    for found in mentions.values():
        for mention in found:
            mentioned_in[mention.entity].append(mention)
    return Links(
        mentions,
        {key: tuple(found) for key, found in sorted(mentioned_in.items())},
        linked,
        back_links(dossier),
        backing(dossier, linked),
        linker.undecided.by_owner(),
        linker.undecided.problems(),
    )


def _prose_of(dossier: Dossier) -> Iterator[tuple[tuple[RecordId, Path], str]]:
    for key, record in (*dossier.records.items(), (DOSSIER, dossier.settings)):
        for path, mark, value in walk(record):
            if isinstance(mark, ProseMark):
                yield (key, path), value


@dataclass
class _Undecided:
    """Names that may mean several records, each once a text, with how often they stand there."""

    found: dict[tuple[RecordId, str], tuple[Position, tuple[RecordId, ...], int]] = field(
        default_factory=dict
    )

    def add(self, owner: RecordId, words: str, where: Position, possible: tuple[RecordId, ...]) -> None:
        first, keys, times = self.found.get((owner, words), (where, possible, 0))
        self.found[owner, words] = (first, keys, times + 1)

    def by_owner(self) -> dict[RecordId, dict[str, tuple[RecordId, ...]]]:
        """What each name in each text may mean."""
        found: dict[RecordId, dict[str, tuple[RecordId, ...]]] = defaultdict(dict)
        for (owner, words), (_, possible, _) in self.found.items():
            found[owner][words] = possible
        return dict(found)

    def problems(self) -> tuple[Problem, ...]:
        return tuple(
            Problem(
                where,
                "undecided-name",
                f"{shown(words)} may mean {' or '.join(keys)}: linked to neither{f' ({times} times)' if times > 1 else ''}",
                words,
                f"say whom it means: mentions: {{{words}: {keys[0]}}} in an article, [[{keys[0]}|{words}]] in prose",
                Severity.WARNING,
            )
            for (_, words), (where, keys, times) in self.found.items()
        )


# Makes a mention in half the time of its class, which would check the number of its values.
_mention: Callable[[tuple[RecordId, ArticleId, int, int, int, str]], Mention] = partial(
    tuple.__new__, Mention
)


class Linker:
    """Links texts of a dossier, and keeps what stays undecided."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._reader = Reader(dossier)
        self.undecided = _Undecided()

    def mentions(self) -> dict[ArticleId, tuple[Mention, ...]]:
        """The mentions in the bodies of all articles, in order."""
        sighted = {
            key: self._reader.sight_article(article) for key, article in self._dossier.articles.items()
        }
        texts = self._reader.respelt(sighted)
        self._reader.survey(texts.values())
        return {
            key: tuple(self._mentions_in(number, self._dossier.articles[key], text))
            for number, (key, text) in enumerate(texts.items())
        }

    def _mentions_in(self, number: int, article: Article, text: Text) -> Iterator[Mention]:
        here = self._reader.here(article)
        key = article.article_id
        places = Places(article)
        span = text.folded.span
        is_same = text.folded.origin is None
        begin = stop = 0
        for sighting, possible in self._reader.decide(text, here, number):
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
        text = self._reader.sight(literals)
        found = iter(self._reader.decide(text, Here(in_full=frozenset(around))))
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
