"""Events, places and documents."""

from typing import Annotated, Literal

from generator.model.actors import ACTORS
from generator.model.fields import Date, Part, Proof, Prose, Ref, Text
from generator.model.ids import DocumentId, EventId, RecordId
from generator.model.kinds import Kind
from generator.model.record import Coordinates, Named, Titled

# In place of an id: the event took place online.
ONLINE = "online"

EventKind = Literal[
    "summit",
    "meeting",
    "appeal",
    "response",
    "fighting",
    "war",
    "agreement",
    "statement",
    "mission",
    "deployment",
    "interview",
    "session",
    "founding",
    "unrest",
    "invasion",
    "other",
]
DocumentKind = Literal[
    "treaty", "article", "statement", "declaration", "agreement", "draft", "decision", "proposal", "other"
]
APPEAL: EventKind = "appeal"


class Place(Named):
    """A place.

    Attributes:
        kind: What sort of place it is, in the curator's words.
        coordinates: Latitude and longitude of its center.
        part_of: The place or state in which it lies.
    """

    kind_of: Kind = Kind.PLACE
    kind: Text | None = None
    coordinates: Coordinates | None = None
    part_of: Annotated[RecordId, Ref((Kind.PLACE, Kind.ORGANIZATION), back="Places")] | None = None


class Participation(Part):
    """The participation of an actor in an event, with the actor's role."""

    who: Annotated[RecordId, Ref(ACTORS, back="Events")]
    role: Text | None = None
    evidence: tuple[Proof, ...] = ()


class Event(Titled):
    """An event.

    Attributes:
        kind: What sort of event it is; an `appeal` opens a row of the table of appeals and answers.
        date: When it happened, as precisely as that is known.
        place: Where it happened: a place, a state, or `online`.
        participants: The actors who took part, with their roles.
        responds_to: The events to which it responded.
        part_of: The event of which it is a part.
        led_to: The events that resulted from it.
        asks: What an appeal asked for.
        invokes: The documents that it invoked.
        outcome: Its outcome, in a sentence.
    """

    kind_of: Kind = Kind.EVENT
    kind: EventKind
    date: Date
    place: (
        Annotated[RecordId, Ref((Kind.PLACE, Kind.ORGANIZATION), back="Events here", word=ONLINE)] | None
    ) = None
    participants: tuple[Participation, ...] = ()
    responds_to: tuple[Annotated[EventId, Ref((Kind.EVENT,), back="Responses")], ...] = ()
    part_of: Annotated[EventId, Ref((Kind.EVENT,), back="Parts")] | None = None
    led_to: tuple[Annotated[EventId, Ref((Kind.EVENT,), back="Resulted from")], ...] = ()
    asks: Prose | None = None
    invokes: tuple[Annotated[DocumentId, Ref((Kind.DOCUMENT,), back="Invoked in")], ...] = ()
    outcome: Prose | None = None


class Document(Titled):
    """A document of which articles speak, such as a treaty, a declaration or a draft.

    Attributes:
        kind: What sort of document it is; an `article` is an article of a treaty.
        date: When it was made.
        by: The actors who made it.
        part_of: The document of which it is an article or annex.
        event: The event at which it was made.
        status: What became of it, such as *in force* or *vetoed*.
    """

    kind_of: Kind = Kind.DOCUMENT
    kind: DocumentKind
    date: Date | None = None
    by: tuple[Annotated[RecordId, Ref(ACTORS, back="Documents")], ...] = ()
    part_of: Annotated[DocumentId, Ref((Kind.DOCUMENT,), back="Parts")] | None = None
    event: Annotated[EventId, Ref((Kind.EVENT,), back="Documents")] | None = None
    status: Text | None = None
