"""What people take a position on, what they said, and what sources answer side by side."""

from typing import Annotated, Literal

from pydantic import Field

from generator.model.actors import ACTORS
from generator.model.fields import Date, Part, Proof, Prose, Ref, Text
from generator.model.ids import EventId, IssueId, RecordId
from generator.model.kinds import Kind
from generator.model.record import Record, Titled

ANY_KIND = tuple(Kind)
Stance = Literal["supportive", "critical", "mixed", "neutral"]
Status = Literal["agreed", "compatible", "conflict", "open"]


class Issue(Titled):
    """What people take a position on.

    Attributes:
        short_title: How tables' heads call it.
        stances: What each stance means on this issue.
    """

    kind_of: Kind = Kind.ISSUE
    short_title: Text | None = None
    stances: dict[Stance, Text] = Field(default_factory=dict)

    @property
    def brief(self) -> str:
        """The title for narrow places."""
        return self.short_title or self.title


class Statement(Record):
    """What somebody said on an issue, in the curator's words.

    Attributes:
        speaker: Who said it.
        said: What was said.
        date: When.
        event: Where it was said.
        to: To whom, such as the outlet of an interview.
        issue: What it is a position on.
        stance: The position taken.
        about: The records that it speaks of.
    """

    kind_of: Kind = Kind.STATEMENT
    speaker: Annotated[RecordId, Ref(ACTORS, back="Statements")]
    said: Prose
    date: Date
    event: Annotated[EventId, Ref((Kind.EVENT,), back="Said there")] | None = None
    to: Annotated[RecordId, Ref(ACTORS, back="Said to them")] | None = None
    issue: Annotated[IssueId, Ref((Kind.ISSUE,), back="Statements")]
    stance: Stance
    about: tuple[Annotated[RecordId, Ref(ANY_KIND, back="Statements about")], ...] = ()
    evidence: tuple[Proof, ...] = Field(min_length=1)

    @property
    def label(self) -> str:
        return self.said


class Answer(Part):
    """What one source answers to a question.

    Attributes:
        value: The answer.
        by: Who says so, where the source names somebody.
        date: When it was said, where that is not the article's date.
    """

    value: Text
    by: Annotated[RecordId, Ref(ACTORS, back="Answers given")] | None = None
    date: Date | None = None
    evidence: tuple[Proof, ...] = Field(min_length=1)


class Question(Record):
    """A fact that sources answer, side by side.

    Attributes:
        asks: The question.
        event, issue: What it is about.
        answers: What the sources say.
        status: The curator's word on how the answers stand to each other.
        note: Why; published.
    """

    kind_of: Kind = Kind.QUESTION
    asks: Text
    event: Annotated[EventId, Ref((Kind.EVENT,), back="Questions")] | None = None
    issue: Annotated[IssueId, Ref((Kind.ISSUE,), back="Questions")] | None = None
    about: tuple[Annotated[RecordId, Ref(ANY_KIND, back="Questions about")], ...] = ()
    answers: tuple[Answer, ...] = Field(min_length=1)
    status: Status

    @property
    def label(self) -> str:
        return self.asks
