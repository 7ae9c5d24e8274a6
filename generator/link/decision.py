"""What was decided of a name in a text, and by which reasons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.link.names import Name
from generator.link.people import KnownPerson, People
from generator.link.usage import Beside, Vocabulary
from generator.model.dates import EdtfDate
from generator.model.ids import RecordId

Keys = tuple[RecordId, ...]


@dataclass
class Here:
    """What one text says of whom it names.

    Attributes:
        settled: What a curator has settled, by the words as folded; None means no record.
        in_full: The records that the text names in full, its title included.
        date: When the text was written, where that is known.
        strangers: Spellings, by number, that stand here with forenames of somebody whom no record tells of.
        present: The records that are surely named in the text.
        otherwise: Those who are named by more than a word that may be an ordinary one at the head of a sentence.
        latest: Whom each spelling meant here last.
        told: Whom each spelling means where the words beside it tell.
        passed: Words that were left to strangers, and whom they would mean else.
    """

    settled: dict[str, RecordId | None] = field(default_factory=dict)
    in_full: frozenset[RecordId] = frozenset()
    date: EdtfDate | None = None
    strangers: frozenset[int] = frozenset()
    present: set[RecordId] = field(default_factory=set)
    otherwise: frozenset[RecordId] = frozenset()
    latest: dict[int, RecordId] = field(default_factory=dict)
    told: dict[int, set[RecordId]] = field(default_factory=dict)
    passed: dict[str, Keys] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A name in a text that is to be decided.

    Attributes:
        index: The number of its spelling.
        words: The words as folded.
        name: What they may mean.
        beside: What the words before it are.
        before: The words before it as they are.
        after: The words with capitals after it.
        suffix: The number or suffix after it and these words.
        begins: Whether its capital says little, as where a sentence begins.
        alone: Whether the paragraph holds nothing else, as where a letter is signed.
        shouted: Whether it may be a word in a headline in capitals.
        company: Says who of several is elsewhere named beside those whom the text names.
        called: By which words of their names people are called, each as the number of a spelling.
        men: Spellings before which the articles write `Mr.`.
        strangers: Spellings that mostly are names of strangers.
        misspelt: Spellings that are of the articles and not of the records.
        follow: Whether shared names are followed beyond the words beside them.
    """

    index: int
    words: str
    name: Name
    beside: Beside
    before: tuple[str, ...]
    after: tuple[str, ...]
    suffix: str
    begins: bool
    alone: bool
    shouted: bool
    here: Here
    people: People
    vocabulary: Vocabulary
    company: Callable[[Keys, set[RecordId]], Keys]
    called: frozenset[tuple[int, RecordId]]
    men: frozenset[int]
    strangers: frozenset[int]
    misspelt: frozenset[int]
    follow: bool

    @property
    def is_part(self) -> bool:
        """Whether the words are no name that a record gives, but a word of one."""
        return self.name.is_part

    def person(self, key: RecordId) -> KnownPerson | None:
        """The person of an id; None for a record of another kind."""
        return self.people.get(key)


class Step(NamedTuple):
    """A reason that had something to say, and whom it left."""

    reason: str
    left: Keys


class Decision(NamedTuple):
    """What was decided: whom the name may mean, and the steps to it.

    `left` holds one record where it is decided, none where it means none, and more where it stays open.
    """

    case: Case
    left: Keys
    steps: Sequence[Step]
