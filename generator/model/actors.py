"""Actors: people and organizations."""

from typing import Annotated, Literal

from pydantic import Field

from generator.model.dates import EdtfDate
from generator.model.fields import Date, Part, Proof, Ref, Text
from generator.model.ids import OrganizationId, RecordId
from generator.model.kinds import Kind
from generator.model.record import Coordinates, Named

ACTORS = (Kind.PERSON, Kind.ORGANIZATION)


class Position(Part):
    """An office that a person held, with the dates that sources give.

    Attributes:
        title: The office.
        of: The organization or place to which the office belongs.
        since, until: When the person took office and left it; absent if no source says.
    """

    title: Text
    of: Annotated[RecordId, Ref((Kind.ORGANIZATION, Kind.PLACE), back="Positions")] | None = None
    since: Date | None = Field(default=None, alias="from")
    until: Date | None = Field(default=None, alias="to")
    evidence: tuple[Proof, ...] = ()

    def may_cover(self, date: EdtfDate) -> bool:
        """Whether the person can have held the position at a date."""
        return (self.since is None or self.since.earliest <= date.latest) and (
            self.until is None or date.earliest <= self.until.latest
        )


class Person(Named):
    """A person.

    Attributes:
        forms: `derived` if articles can also use forms derived from the names, such as a forename or a name
            in capitals; `given` if they can use only the names that are given.
    """

    kind_of: Kind = Kind.PERSON
    forms: Literal["derived", "given"] = "derived"
    positions: tuple[Position, ...] = ()


class Membership(Part):
    """The membership of an actor in an organization, with the dates that sources give."""

    who: Annotated[RecordId, Ref(ACTORS, back="Member of")]
    role: Text | None = None
    since: Date | None = Field(default=None, alias="from")
    until: Date | None = Field(default=None, alias="to")
    evidence: tuple[Proof, ...] = ()


class Organization(Named):
    """A state, an alliance, a body, a party, an outlet.

    Attributes:
        kind: What sort of organization it is.
        part_of: The organization of which it is a body.
        cite_as: Its name in citations, if the full name is long.
        coordinates: Its place on the map.
    """

    kind_of: Kind = Kind.ORGANIZATION
    kind: Literal["state", "alliance", "body", "party", "outlet", "agency", "other"]
    part_of: Annotated[OrganizationId, Ref((Kind.ORGANIZATION,), back="Parts")] | None = None
    cite_as: Text | None = None
    coordinates: Coordinates | None = None
    members: tuple[Membership, ...] = ()
