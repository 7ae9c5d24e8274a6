"""Events in which an organization took part: itself, or through its office-holders and bodies.

The holder of an office *of the organization itself* speaks for it, while the office may have been held at the
event's date; an officer of one of its bodies does not. A body speaks for the whole that it is part of where
the body itself took part.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.edition.edition import Edition, role_in
from generator.model.actors import Position
from generator.model.happenings import Event
from generator.model.ids import OrganizationId, RecordId
from generator.model.kinds import Kind


class Through(NamedTuple):
    """A participant who spoke for an organization.

    Attributes:
        office: The office of a person; None for a body, and where several offices are possible.
        role: The role of the participant.
    """

    who: RecordId
    office: Position | None
    role: str


class TookPart(NamedTuple):
    """An event in which an organization took part.

    Attributes:
        role: Its own role.
        through: The participants who spoke for it; empty if it took part itself.
    """

    event: Event
    role: str
    through: tuple[Through, ...]


def events_of(edition: Edition, organization: RecordId) -> tuple[TookPart, ...]:
    """The events in which an organization took part, by date, each once."""
    holders = {key: edition.offices.get(key, ()) for key in edition.referring(organization, "Positions")}
    bodies = frozenset(_bodies(edition, organization))
    keys = {event for key in (organization, *holders, *bodies) for event in edition.referring(key, "Events")}
    found = (_took_part(event, organization, holders, bodies) for event in edition.events(keys))
    return tuple(each for each in found if each)


def _took_part(
    event: Event,
    organization: RecordId,
    holders: Mapping[RecordId, Iterable[Position]],
    bodies: frozenset[RecordId],
) -> TookPart | None:
    who = dict.fromkeys(part.who for part in event.participants)
    if organization in who:
        return TookPart(event, role_in(event, organization), ())
    through = []
    for key in who:
        # The offices in the organization that the participant may have held then.
        offices = [p for p in holders.get(key, ()) if p.of == organization and p.may_cover(event.date)]
        if offices or key in bodies:
            office = offices[0] if len({office.title for office in offices}) == 1 else None
            through.append(Through(key, office, role_in(event, key)))
    return TookPart(event, "", tuple(through)) if through else None


def _bodies(edition: Edition, whole: RecordId) -> Iterator[RecordId]:
    """The organizations that are part of an organization, directly or not."""
    seen, left = {whole}, [whole]
    while left:
        # A cycle is an error that a check reports; this must still end.
        parts = [key for key in edition.referring(left.pop(), "Parts") if key not in seen]
        seen.update(parts)
        left += parts
        yield from parts


def parties(edition: Edition, event: Event) -> tuple[RecordId, ...]:
    """The participants of an event, then the organizations for which they spoke: the page of each lists the event."""
    who = dict.fromkeys(part.who for part in event.participants)
    wholes = (whole for key in who for whole in _spoken_for(edition, key, event))
    return tuple(dict.fromkeys([*who, *wholes]))


def _spoken_for(edition: Edition, key: RecordId, event: Event) -> Iterable[RecordId]:
    if edition.dossier.declared.get(key) is Kind.ORGANIZATION:
        return edition.wholes(OrganizationId(key))
    return [p.of for p in edition.offices.get(key, ()) if p.of and p.may_cover(event.date)]
