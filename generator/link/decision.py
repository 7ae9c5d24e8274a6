"""The values of a decision: the context of a text, a case to decide, and the steps of a decision."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.link.company import Company
from generator.link.corpus import CorpusModel
from generator.link.names import Keys, NameMeaning
from generator.link.people import KnownPerson, People
from generator.link.usage import Beside, Vocabulary
from generator.model.dates import EdtfDate
from generator.model.ids import ArticleId, RecordId


@dataclass
class TextContext:
    """Whom and what one text names; filled in while the text is decided.

    Attributes:
        settled: The records that a curator's `mentions` give to words, as folded; None means no record.
        in_full: The records that the text names in full, its title included.
        date: When the text was written, if that is known.
        strangers: Spellings, by number, that the text gives with forenames of somebody who has no record.
        present: The records that the text surely names.
        named_otherwise: The records that the text names by more than a word which may be an ordinary one.
        latest: The record that each spelling meant last.
        meant_beside: The records that each spelling means by the words beside it, where these decide.
        left_to_strangers: Words that were left to strangers, with the records that have the same name.
    """

    settled: dict[str, RecordId | None] = field(default_factory=dict)
    in_full: frozenset[RecordId] = frozenset()
    date: EdtfDate | None = None
    strangers: frozenset[int] = frozenset()
    present: set[RecordId] = field(default_factory=set)
    named_otherwise: frozenset[RecordId] = frozenset()
    latest: dict[int, RecordId] = field(default_factory=dict)
    meant_beside: dict[int, set[RecordId]] = field(default_factory=dict)
    left_to_strangers: dict[str, Keys] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A candidate that is to be decided, with all that the reasons may ask.

    Attributes:
        index: The number of its spelling.
        words: Its words as folded.
        name: What they may mean.
        beside: What the words before it are.
        before: The words before it as they are.
        after: The words with capitals after it.
        suffix: The number or suffix after it and these words.
        context: What the text says.
        model: What the corpus says.
        company: Which records the corpus names in the same articles.
        is_weak_capital: Whether its capital says little, as at the beginning of a sentence.
        is_paragraph: Whether its paragraph holds nothing else, as a signature.
        is_shouted: Whether it may be an ordinary word in a headline in capitals.
        misspelt: Spellings of the articles that are misspelt names.
        follow: Whether shared names are followed beyond the words beside them.
        article: The article, if it is in one; it does not count as company.
    """

    index: int
    words: str
    name: NameMeaning
    beside: Beside
    before: tuple[str, ...]
    after: tuple[str, ...]
    suffix: str
    context: TextContext
    people: People
    vocabulary: Vocabulary
    model: CorpusModel
    company: Company = field(default_factory=Company)
    is_weak_capital: bool = False
    is_paragraph: bool = False
    is_shouted: bool = False
    misspelt: frozenset[int] = frozenset()
    follow: bool = True
    article: ArticleId | None = None

    @property
    def is_part(self) -> bool:
        """Whether the words are only a part of names that records give."""
        return self.name.is_part

    def person(self, key: RecordId) -> KnownPerson | None:
        """The person with an id; None for a record of another kind."""
        return self.people.get(key)


class Step(NamedTuple):
    """A reason that applied, and the records that it left."""

    reason: str
    left: Keys


class Decision(NamedTuple):
    """A decision: the records that are left, and the reasons that led there.

    `left` holds one record if the name means it, none if it means no record, and more if it stays undecided.
    """

    case: Case
    left: Keys
    steps: Sequence[Step]
