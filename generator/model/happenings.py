"""What happened where, and what was written down: events, places and documents."""

from typing import Annotated, Literal

from generator.model.actors import ACTORS
from generator.model.fields import Date, Part, Proof, Prose, Ref, Text
from generator.model.ids import DocumentId, EventId, RecordId
from generator.model.kinds import Kind
from generator.model.record import Coordinates, Named, Titled

# The place of an event that had none.
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
    """Somewhere.

    Attributes:
        kind: What sort of place it is, in the curator's words.
        coordinates: Latitude and longitude of its middle.
        part_of: The place or state that it lies in.
    """

    kind_of: Kind = Kind.PLACE
    kind: Text | None = None
    coordinates: Coordinates | None = None
    part_of: Annotated[RecordId, Ref((Kind.PLACE, Kind.ORGANIZATION), back="Places")] | None = None


class Participation(Part):
    """That an actor took part in an event, and as what."""

    who: Annotated[RecordId, Ref(ACTORS, back="Events")]
    role: Text | None = None
    evidence: tuple[Proof, ...] = ()


class Event(Titled):
    """Something that happened.

    Attributes:
        kind: What sort of event it is; an `appeal` opens a row of the table of appeals and answers.
        date: When, as precisely as it is known.
        place: Where: a place, a state, or `online`.
        participants: Who took part, and as what.
        responds_to: The events that it answered.
        part_of: The event that it belongs to.
        led_to: The events that came of it.
        asks: What an appeal asked for.
        invokes: The documents that it invoked.
        outcome: What it came to, in a sentence.
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
    """A treaty, a statement, a draft: what the articles speak of.

    Attributes:
        kind: What sort of document it is; an `article` is an article of a treaty.
        date: When it was made.
        by: Who made it.
        part_of: The document that it is an article or annex of.
        event: Where it was made.
        status: What became of it.
    """

    kind_of: Kind = Kind.DOCUMENT
    kind: DocumentKind
    date: Date | None = None
    by: tuple[Annotated[RecordId, Ref(ACTORS, back="Documents")], ...] = ()
    part_of: Annotated[DocumentId, Ref((Kind.DOCUMENT,), back="Parts")] | None = None
    event: Annotated[EventId, Ref((Kind.EVENT,), back="Documents")] | None = None
    status: Text | None = None
