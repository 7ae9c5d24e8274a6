"""References that go round in a circle."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from generator.check.values import source_of
from generator.model.actors import Organization
from generator.model.dossier import Dossier
from generator.model.happenings import Event, Place
from generator.model.ids import RecordId
from generator.support.problems import Problem

# A longer circle is named by its beginning and its end.
_MAX_NAMED = 8


def places_and_organizations(dossier: Dossier) -> Iterator[Problem]:
    """No place or organization is part of itself, even by way of others."""
    records: list[Place | Organization] = [*dossier.places.values(), *dossier.organizations.values()]
    yield from _circles(dossier, "part_of", {r.id: (r.part_of,) if r.part_of else () for r in records})


def documents(dossier: Dossier) -> Iterator[Problem]:
    """No document is part of itself, even by way of others."""
    records = dossier.documents.values()
    yield from _circles(dossier, "part_of", {r.id: (r.part_of,) if r.part_of else () for r in records})


def wholes(dossier: Dossier) -> Iterator[Problem]:
    """No event is part of itself, even by way of others."""
    yield from _circles_of_events(dossier, "part_of", lambda event: (event.part_of,) if event.part_of else ())


def responses(dossier: Dossier) -> Iterator[Problem]:
    """No event responds to itself, even by way of others."""
    yield from _circles_of_events(dossier, "responds_to", lambda event: event.responds_to)


def consequences(dossier: Dossier) -> Iterator[Problem]:
    """No event leads to itself, even by way of others."""
    yield from _circles_of_events(dossier, "led_to", lambda event: event.led_to)


HIERARCHY_RULES = (places_and_organizations, documents, wholes, responses, consequences)


def _circles_of_events(
    dossier: Dossier, field: str, targets: Callable[[Event], Sequence[RecordId]]
) -> Iterator[Problem]:
    yield from _circles(
        dossier, field, {event.id: tuple(targets(event)) for event in dossier.events.values()}
    )


def _circles(dossier: Dossier, field: str, graph: Mapping[RecordId, Sequence[RecordId]]) -> Iterator[Problem]:
    for circle in dict.fromkeys(_from_least(found) for found in circles(graph)):
        source = source_of(dossier, circle[0])
        target = circle[1 % len(circle)]
        index = list(graph[circle[0]]).index(target)
        path = (field,) if field == "part_of" else (field, index)
        message = f"{field} goes round in a circle: {_named(circle)}"
        yield Problem(source.at(path, target), "circle", message, target)


def circles(graph: Mapping[RecordId, Sequence[RecordId]]) -> Iterator[tuple[RecordId, ...]]:
    """A circle for each edge that closes one in a walk through a graph, depth first.

    There is none only if the graph has none. The walk keeps its own stack: a chain may be as long as it likes.
    """
    done: set[RecordId] = set()
    for root in sorted(graph):
        if root in done:
            continue
        path = [root]
        place = {root: 0}
        branches = [iter(graph[root])]
        while path:
            target = next(branches[-1], None)
            if target is None:
                branches.pop()
                left = path.pop()
                del place[left]
                done.add(left)
            elif target in place:
                yield tuple(path[place[target] :])
            elif target in graph and target not in done:
                place[target] = len(path)
                path.append(target)
                branches.append(iter(graph[target]))


def _from_least(circle: tuple[RecordId, ...]) -> tuple[RecordId, ...]:
    start = circle.index(min(circle))
    return circle[start:] + circle[:start]


def _named(circle: tuple[RecordId, ...]) -> str:
    names = [*circle, circle[0]]
    if len(names) > _MAX_NAMED:
        left_out = len(names) - _MAX_NAMED + 1
        names = [*names[: _MAX_NAMED - 3], RecordId(f"… {left_out} more …"), *names[-2:]]
    return " -> ".join(names)
