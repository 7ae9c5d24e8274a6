"""Who acts: people and organizations."""

from typing import Annotated, Literal

from pydantic import Field

from generator.model.dates import EdtfDate
from generator.model.fields import Date, Part, Proof, Ref, Text
from generator.model.ids import OrganizationId, RecordId
from generator.model.kinds import Kind
from generator.model.record import Coordinates, Named

ACTORS = (Kind.PERSON, Kind.ORGANIZATION)


class Position(Part):
    """An office that a person held, and when, as far as a source says.

    Attributes:
        title: The office.
        of: The organization or place whose office it is.
        since, until: When it was taken up and given up; absent where no source says.
    """

    title: Text
    of: Annotated[RecordId, Ref((Kind.ORGANIZATION, Kind.PLACE), back="Positions")] | None = None
    since: Date | None = Field(default=None, alias="from")
    until: Date | None = Field(default=None, alias="to")
    evidence: tuple[Proof, ...] = ()

    def may_cover(self, date: EdtfDate) -> bool:
        """Whether its own dates leave it open that it was held at a date."""
        return (self.since is None or self.since.earliest <= date.latest) and (
            self.until is None or date.earliest <= self.until.latest
        )


class Person(Named):
    """Somebody.

    Attributes:
        forms: Whether articles may mean the person by forms that follow from the names, such as a forename
            or a name in capitals of another sort, or by the names that are given alone.
    """

    kind_of: Kind = Kind.PERSON
    forms: Literal["derived", "given"] = "derived"
    positions: tuple[Position, ...] = ()


class Membership(Part):
    """That an actor belongs to an organization, and when, as far as a source says."""

    who: Annotated[RecordId, Ref(ACTORS, back="Member of")]
    role: Text | None = None
    since: Date | None = Field(default=None, alias="from")
    until: Date | None = Field(default=None, alias="to")
    evidence: tuple[Proof, ...] = ()


class Organization(Named):
    """A state, an alliance, a body, a party, an outlet.

    Attributes:
        kind: What sort of organization it is.
        part_of: The organization that it belongs to as a body.
        cite_as: How citations call it, where its name is long.
        coordinates: Where the map shows it.
    """

    kind_of: Kind = Kind.ORGANIZATION
    kind: Literal["state", "alliance", "body", "party", "outlet", "agency", "other"]
    part_of: Annotated[OrganizationId, Ref((Kind.ORGANIZATION,), back="Parts")] | None = None
    cite_as: Text | None = None
    coordinates: Coordinates | None = None
    members: tuple[Membership, ...] = ()
