"""What linking finds: values that hold ids, never records."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, NamedTuple

from generator.link.names import NameMeaning
from generator.model.evidence import Locator
from generator.model.fields import Path
from generator.model.ids import ArticleId, RecordId
from generator.support.problems import Problem


class Mention(NamedTuple):
    """A name in an article's body, as written, and the record that it means.

    `start` and `end` are offsets in the paragraph's text, in code points.
    """

    entity: RecordId
    article: ArticleId
    paragraph: int
    start: int
    end: int
    text: str


class Mentions(tuple[Mention, ...]):
    """Many mentions, which are stored in columns: that takes a fraction of the time that as many objects take."""

    __slots__ = ()

    # Texts, each once; of each mention the numbers of its three, and its own numbers.
    Stored = tuple[tuple[str, ...], array]  # type: ignore[type-arg]

    def stored(self) -> tuple[tuple[str, ...], "array[int]"]:
        """What is stored of them."""
        texts: dict[str, int] = {}
        numbers: list[int] = []
        for entity, article, paragraph, start, end, text in self:
            numbers += (
                texts.setdefault(entity, len(texts)),
                texts.setdefault(article, len(texts)),
                paragraph,
                start,
                end,
                texts.setdefault(text, len(texts)),
            )
        return tuple(texts), array("I", numbers)

    @classmethod
    def restored(cls, stored: tuple[tuple[str, ...], "array[int]"]) -> "Mentions":
        """Those of which something is stored."""
        texts, numbers = stored
        text = texts.__getitem__
        columns: list[Iterable[Any]] = [numbers[at::6] for at in range(6)]
        columns = [map(text, column) if at in (0, 1, 5) else column for at, column in enumerate(columns)]
        # As `Mention._make`, without a call of Python's for each.
        return cls(map(tuple.__new__, repeat(Mention), zip(*columns, strict=True)))


class Run(NamedTuple):
    """A stretch of running text and what it leads to: a record, an address, a paragraph, or nothing."""

    text: str
    record: RecordId | None = None
    url: str = ""
    cites: Locator | None = None


# Paragraphs of runs.
LinkedText = tuple[tuple[Run, ...], ...]


class Backlink(NamedTuple):
    """That a record refers to another, under the heading that the reference's field declares."""

    heading: str
    source: RecordId
    path: Path


class Backing(NamedTuple):
    """That a paragraph backs a record, as its evidence or as a citation in its prose.

    Attributes:
        quotes: The words that the record quotes from the paragraph.
    """

    record: RecordId
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Links:
    """All links of a dossier.

    Attributes:
        mentions: The mentions in each article, in the order of the text.
        mentioned_in: The mentions of each record, by article and place.
        prose: The prose of each record's fields, linked.
        backlinks: Who refers to each record, by heading.
        backing: What each paragraph backs.
        undecided: Names that may mean several records, by the text that they stand in and as written.
        strangers: Names that were left to strangers of that name, by article, and whom they would mean else.
        spellings: What each spelling may mean, as far as that follows from the records alone, in order.
        problems: What is to be said of undecided names.
    """

    mentions: Mapping[ArticleId, Mentions] = field(default_factory=dict)
    mentioned_in: Mapping[RecordId, Mentions] = field(default_factory=dict)
    prose: Mapping[tuple[RecordId, Path], LinkedText] = field(default_factory=dict)
    backlinks: Mapping[RecordId, tuple[Backlink, ...]] = field(default_factory=dict)
    backing: Mapping[tuple[ArticleId, int], tuple[Backing, ...]] = field(default_factory=dict)
    undecided: Mapping[RecordId, Mapping[str, tuple[RecordId, ...]]] = field(default_factory=dict)
    strangers: Mapping[RecordId, Mapping[str, tuple[RecordId, ...]]] = field(default_factory=dict)
    spellings: dict[str, NameMeaning] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def mentioned(self) -> frozenset[RecordId]:
        """The records that some body or another record's prose names or links."""
        in_prose = {
            run.record
            for (owner, _), paragraphs in self.prose.items()
            for runs in paragraphs
            for run in runs
            if run.record and run.record != owner
        }
        return frozenset(self.mentioned_in) | in_prose
