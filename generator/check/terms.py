"""Positions and memberships: what contradicts itself."""

from collections.abc import Iterator, Sequence
from itertools import islice

from generator.check.values import source_of
from generator.model.actors import Membership, Organization, Position
from generator.model.dates import is_surely_before
from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.support.problems import Problem, Severity, shown

Term = Position | Membership


def reversed_terms(dossier: Dossier) -> Iterator[Problem]:
    """A position or a membership does not end before it begins."""
    terms_of: list[tuple[RecordId, str, Sequence[Term]]] = [
        *((key, "positions", person.positions) for key, person in dossier.people.items()),
        *((key, "members", organization.members) for key, organization in dossier.organizations.items()),
    ]
    for key, field, terms in terms_of:
        for index, term in enumerate(terms):
            since, until = term.since, term.until
            if since and until and is_surely_before(until.last_possible, since.first_possible):
                where = source_of(dossier, key).at((field, index, "to"), until.text)
                message = f"ends {until.text}, before it begins {since.text}"
                yield Problem(where, "reversed-dates", message, until.text)


def positions_twice(dossier: Dossier) -> Iterator[Problem]:
    """A person holds a position once at a time; of several before, the first that contradicts is named."""
    for key, person in dossier.people.items():
        terms_of: dict[tuple[str, RecordId | None], list[int]] = {}
        for second, other in enumerate(person.positions):
            same = terms_of.setdefault((other.title.casefold(), other.of), [])
            first = next((n for n in same if _clash(person.positions[n], other)), None)
            if first is not None:
                what = f"position {shown(other.title)}"
                yield _twice(
                    dossier, key, ("positions", first, second), what, (person.positions[first], other)
                )
            same.append(second)


def memberships_twice(dossier: Dossier) -> Iterator[Problem]:
    """An actor belongs to an organization once at a time, in one role or in roles that go together."""
    for organization in dossier.organizations.values():
        terms_of: dict[RecordId, list[int]] = {}
        for second, other in enumerate(organization.members):
            same = terms_of.setdefault(other.who, [])
            found = (_membership_twice(dossier, organization, first, second) for first in same)
            yield from islice(filter(None, found), 1)
            same.append(second)


def own_member(dossier: Dossier) -> Iterator[Problem]:
    """An organization is no member of itself."""
    for key, organization in dossier.organizations.items():
        for index, member in enumerate(organization.members):
            if member.who == key:
                where = source_of(dossier, key).at(("members", index, "who"), key)
                yield Problem(where, "own-member", f"{shown(key)} is a member of itself", key)


TERM_RULES = (reversed_terms, positions_twice, memberships_twice, own_member)


def _membership_twice(
    dossier: Dossier, organization: Organization, first: int, second: int
) -> Problem | None:
    one, other = organization.members[first], organization.members[second]
    what = f"member {shown(other.who)}"
    if one.role == other.role and (_undated(one) or _undated(other) or _clash(one, other)):
        return _twice(dossier, organization.id, ("members", first, second), what, (one, other))
    if one.role == other.role or not _clash(one, other):
        return None
    source = source_of(dossier, organization.id)
    message = f"{what} is there as {_role(other)} and, at the same time, as {_role(one)}"
    hint = f"the other is at {source.at(('members', first))}"
    return Problem(
        source.at(("members", second)), "two-roles", message, other.who, hint, severity=Severity.WARNING
    )


def _twice(
    dossier: Dossier, key: RecordId, at: tuple[str, int, int], what: str, terms: tuple[Term, Term]
) -> Problem:
    field, first, second = at
    source = source_of(dossier, key)
    hint = f"the first is at {source.at((field, first))}"
    if _dates(terms[0]) == _dates(terms[1]):
        message = f"{what} is given twice"
        return Problem(
            source.at((field, second)), "given-twice", message, "", hint, severity=Severity.WARNING
        )
    message = f"{what} is given twice, {_dates(terms[0])} and {_dates(terms[1])}"
    return Problem(source.at((field, second)), "contradiction", message, "", hint)


def _role(member: Membership) -> str:
    return shown(member.role) if member.role else "no role"


def _undated(term: Term) -> bool:
    return term.since is None and term.until is None


def _dates(term: Term) -> str:
    since = f"from {term.since.text}" if term.since else ""
    until = f"to {term.until.text}" if term.until else ""
    return f"{since} {until}".strip() or "without dates"


def _clash(one: Term, other: Term) -> bool:
    """Whether both terms ran on some day for certain, or say the same.

    A term without a beginning may have begun when it ended, and one without an end the other way round.
    """
    if _dates(one) == _dates(other):
        return True
    one_from, one_to = one.since or one.until, one.until or one.since
    other_from, other_to = other.since or other.until, other.until or other.since
    if not (one_from and one_to and other_from and other_to):
        return False
    return is_surely_before(one_from.last_possible, other_to.first_possible) and is_surely_before(
        other_from.last_possible, one_to.first_possible
    )
