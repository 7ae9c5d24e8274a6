"""Claims: issues on which actors take positions, their statements, and questions that sources answer."""

from typing import Annotated, Literal

from pydantic import Field

from generator.model.actors import ACTORS
from generator.model.fields import Date, Part, Proof, Prose, Ref, Text
from generator.model.ids import EventId, IssueId, RecordId
from generator.model.kinds import Kind
from generator.model.record import Record, Titled

# Kinds of records that others can be about.
ANY_KIND = tuple(kind for kind in Kind if kind is not Kind.STORY)
Stance = Literal["supportive", "critical", "mixed", "neutral"]
Status = Literal["agreed", "compatible", "conflict", "open"]


class Issue(Titled):
    """An issue on which people and organizations take a position.

    Attributes:
        short_title: Its title in the heads of tables.
        stances: The meaning of each stance on this issue.
    """

    kind_of: Kind = Kind.ISSUE
    short_title: Text | None = None
    stances: dict[Stance, Text] = Field(default_factory=dict)

    @property
    def brief(self) -> str:
        """The short title if there is one, else the title."""
        return self.short_title or self.title


class Statement(Record):
    """A statement of an actor on an issue, in the curator's words.

    Attributes:
        speaker: The actor who made it.
        said: What was said.
        date: When it was said.
        event: The event at which it was said.
        to: The actor to whom it was said, such as the outlet of an interview.
        issue: The issue on which it takes a position.
        stance: The position taken.
        about: The records that it is about.
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
    """The answer of one source to a question.

    Attributes:
        value: The answer.
        by: The actor whom the source names for it.
        date: When it was given, if that is not the date of the article.
    """

    value: Text
    by: Annotated[RecordId, Ref(ACTORS, back="Answers given")] | None = None
    date: Date | None = None
    evidence: tuple[Proof, ...] = Field(min_length=1)


class Question(Record):
    """A question of fact, with the answers of several sources side by side.

    Attributes:
        asks: The question.
        event, issue: What it is about.
        answers: The answers of the sources.
        status: The curator's judgment on whether the answers agree.
        note: The reason for the status; published.
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
