"""Links the texts of a dossier one by one.

Terms:

- *text*: the title and body of an article, or the prose of one field of a record; read as one;
- *candidate*: a place in a text where a known spelling occurs, with the words beside it (`reading`);
- *mention*: a candidate that was decided to mean one record;
- *model*: what the corpus, that is all articles together, says of names (`corpus`).

An example: `President Lima` in an article is a candidate with the title `President` before it. The records give two
people the short form `Lima`; the reasons (`reasons`) keep the one who held that office, and a mention of that person
results. Where two are left, the name is *undecided*: it is linked to neither, and a warning asks.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from generator.link.corpus import ScannedText
from generator.link.decision import TextContext
from generator.link.links import LinkedText, Mention, Mentions, Run
from generator.link.places import PARTING, Places
from generator.link.reading import Reader
from generator.model import prose
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.fields import Path, Ref, walk
from generator.model.ids import ArticleId, RecordId
from generator.support.problems import SourcePosition

# An undecided name in one text: its first place, the records that it may mean, and the number of its places.
UndecidedName = tuple[SourcePosition, tuple[RecordId, ...], int]


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
    """Links the texts of a dossier one by one, by a reader that knows the model of the corpus.

    Attributes:
        reader: Scans and decides texts.
        undecided: The names that stayed undecided.
        lookups: The records whose company was looked up for a text, by the text's owner.
        strangers: The names in each article that were left to strangers, with the records that have the same name.
    """

    def __init__(self, dossier: Dossier, reader: Reader) -> None:
        self._dossier = dossier
        self.reader = reader
        self.undecided = UndecidedNames()
        self.lookups: dict[RecordId, frozenset[RecordId]] = {}
        self.strangers: dict[RecordId, Mapping[str, tuple[RecordId, ...]]] = {}

    def mentions_in(self, article: Article, text: ScannedText) -> Mentions:
        """The mentions in one article's body."""
        with self._recording_lookups(article.id):
            return Mentions(self._mentions_in(article, text))

    @contextmanager
    def _recording_lookups(self, owner: RecordId) -> Iterator[None]:
        """Record the company lookups inside the block as dependencies of an owner's text."""
        company = self.reader.company
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
