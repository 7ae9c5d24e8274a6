"""The whole linking of a dossier: names in bodies and prose, citations, references turned round."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.link.backlinks import back_links, backing
from generator.link.context import Context
from generator.link.links import LinkedText, Links, Mention, Run
from generator.link.names import Candidate, Names
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
    linker = _Linker(dossier)
    mentions = {key: tuple(linker.mentions_in(article)) for key, article in dossier.articles.items()}
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


class _Linker:
    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._names = Names.of(dossier)
        self.undecided = _Undecided()

    def mentions_in(self, article: Article) -> Iterator[Mention]:
        """The mentions in an article's body, in order."""
        found = [(paragraph, self._names.find(paragraph.text)) for paragraph in article.paragraphs]
        context = Context.of_article(
            self._dossier, article, (c for _, candidates in found for c in candidates)
        )
        for paragraph, candidates in found:
            for candidate in candidates:
                words = paragraph.text[candidate.start : candidate.end]
                possible = context.decide(paragraph.text, candidate)
                if len(possible) == 1:
                    span = (candidate.start, candidate.end)
                    yield Mention(possible[0], ArticleId(article.id), paragraph.number, *span, words)
                elif possible:
                    before = paragraph.text[: candidate.start]
                    line = paragraph.line + before.count("\n")
                    column = len(before) - (before.rfind("\n") + 1) + 1
                    where = Position(self._dossier.sources[article.id].file, line, column)
                    self.undecided.add(article.id, words, where, possible)

    def linked(self, owner: RecordId, path: Path, text: str) -> LinkedText:
        """Prose with its names, record links and citations resolved; a record's own name stays text."""
        paragraphs = prose.parse(text)
        literals = (
            p.text for paragraph in paragraphs for p in paragraph.parts if isinstance(p, prose.Literal)
        )
        candidates = [candidate for literal in literals for candidate in self._names.find(literal)]
        context = self._prose_context(owner, candidates)
        return tuple(self._runs(owner, path, paragraph, context) for paragraph in paragraphs)

    def _prose_context(self, owner: RecordId, candidates: list[Candidate]) -> Context:
        """In prose those count as named in full that it names so, the record itself, and those it refers to."""
        record = self._dossier.records.get(owner)
        around = {c.name.full[0] for c in candidates if len(c.name.full) == 1} | {owner}
        if record:
            around |= {RecordId(value) for _, mark, value in walk(record) if isinstance(mark, Ref)}
        return Context(self._dossier, in_full=around)

    def _runs(
        self, owner: RecordId, path: Path, paragraph: prose.Paragraph, context: Context
    ) -> tuple[Run, ...]:
        runs: list[Run] = []
        for part in paragraph.parts:
            match part:
                case prose.Literal():
                    runs.extend(self._literal_runs(owner, path, part.text, context))
                case prose.RecordLink():
                    label = part.words or self._dossier.label(part.id)
                    known = part.id in self._dossier.records
                    runs.append(Run(label, record=part.id if known else None))
                case prose.ExternalLink():
                    runs.append(Run(part.words, url=part.url))
                case prose.Citation():
                    runs.extend(Run("", cites=locator) for locator in part.locators)
        return _once(tuple(runs))

    def _literal_runs(self, owner: RecordId, path: Path, text: str, context: Context) -> Iterator[Run]:
        end = 0
        for candidate in self._names.find(text):
            words = text[candidate.start : candidate.end]
            possible = context.decide(text, candidate)
            if len(possible) > 1:
                source = self._dossier.sources.get(owner)
                if source:
                    self.undecided.add(owner, words, source.at(path, words), possible)
                continue
            if not possible or possible[0] == owner:
                continue
            if end < candidate.start:
                yield Run(text[end : candidate.start])
            yield Run(words, record=possible[0])
            end = candidate.end
        if end < len(text):
            yield Run(text[end:])


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
