"""The records of an invented dossier, as the seeds have them: one generator for each kind."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from bench.words import FIRST, Invented, Texts

_FAMILY = ("ian", "ov", "son", "idze", "aro", "ek", "uk", "ner", "al", "im")
# Other spellings of the ends of family names.
_OTHER_ENDS = {"ian": "yan", "ov": "off", "ek": "eck", "uk": "ouk"}
_CYRILLIC = str.maketrans("abdefghiklmnoprstuvyz", "абдефгхиклмнопрстувйз")
_ROLES = ("Minister", "Deputy", "Mayor", "Spokesman", "Ambassador", "Director", "Judge", "General", "Chair")
_EVENT_KINDS = (
    "summit",
    "meeting",
    "appeal",
    "response",
    "fighting",
    "agreement",
    "statement",
    "mission",
    "session",
)
_STANCES = ("supportive", "critical", "mixed", "neutral")
_STATUSES = ("agreed", "compatible", "conflict", "open")
_OUTLETS = 24
_REPORTED_AFTER = timedelta(days=40)


class Proofs:
    """Paragraphs to cite, by date of publication."""

    def __init__(self, made: Invented, paragraphs: Iterable[tuple[date, str]]) -> None:
        self._chance, self._paragraphs = made.chance, sorted(paragraphs)

    def since(self, day: date) -> tuple[date, str]:
        """A random paragraph that was published on a day or later, or the newest one."""
        first = bisect_left(self._paragraphs, (day, ""))
        return self._paragraphs[
            self._chance.randint(min(first, len(self._paragraphs) - 1), len(self._paragraphs) - 1)
        ]


def _known_by(made: Invented, newest: date) -> date:
    """A day that the newest article can report, even if it is known only to the month."""
    return min(made.day(), newest - _REPORTED_AFTER)


def organizations(made: Invented) -> Iterator[tuple[str, dict[str, Any]]]:
    """States, outlets and others in turn, with a limited number of outlets."""
    kinds = ("outlet", "state", "alliance", "body", "party", "agency", "other")
    for number in range(made.count("organizations")):
        kind = kinds[number % len(kinds)]
        if kind == "outlet" and number >= len(kinds) * _OUTLETS:
            kind = "other"
        name = made.fresh(2)
        record: dict[str, Any] = {
            "kind": kind,
            "name": name if kind == "state" else f"{name} {made.word(2).capitalize()}",
        }
        if kind == "state":
            record["coordinates"] = [
                round(made.chance.uniform(-50, 65), 2),
                round(made.chance.uniform(-120, 150), 2),
            ]
        yield f"organization-{number}", record


def places(made: Invented, states: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Towns anywhere on Earth, each in a state."""
    for number in range(made.count("places")):
        where = [round(made.chance.uniform(-50, 65), 2), round(made.chance.uniform(-120, 150), 2)]
        yield (
            f"place-{number}",
            {
                "name": made.fresh(3),
                "kind": "town",
                "coordinates": where,
                "part_of": made.chance.choice(states),
            },
        )


def people(made: Invented, organizations: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """People with a position, some of them with other spellings."""
    for number in range(made.count("people")):
        end = _FAMILY[number % len(_FAMILY)]
        given, family = made.word(2).capitalize(), made.fresh(2, end)
        record: dict[str, Any] = {"name": f"{given} {family}", "short": [family]}
        if other_end := _OTHER_ENDS.get(end):
            other = family.removesuffix(end) + other_end
            record |= {"also": [f"{given} {other}"], "short": [family, other]}
        if number % 4 == 0:
            native = f"{given} {family}".lower().translate(_CYRILLIC).title()
            record["native"] = {"ru": native}
        record["positions"] = [{"title": made.chance.choice(_ROLES), "of": made.chance.choice(organizations)}]
        yield f"person-{number}", record


def documents(
    made: Invented, organizations: Sequence[str], newest: date
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Treaties and similar documents."""
    for number in range(made.count("documents")):
        yield (
            f"document-{number}",
            {
                "title": f"Treaty of {made.fresh(3)}",
                "kind": made.chance.choice(("treaty", "agreement", "declaration", "draft")),
                "date": _known_by(made, newest).isoformat(),
                "by": sorted(set(made.chance.choices(organizations, k=2))),
            },
        )


def events(
    made: Invented,
    people: Sequence[str],
    states: Sequence[str],
    places: Sequence[str],
    documents: Sequence[str],
    newest: date,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Events by date, with dates of different precision; each response answers the appeal before it."""
    days = sorted(_known_by(made, newest) for _ in range(made.count("events")))
    appeals: list[str] = []
    for number, day in enumerate(days):
        kind = _EVENT_KINDS[number % len(_EVENT_KINDS)]
        dates = (
            day.isoformat(),
            day.isoformat(),
            day.isoformat()[:7],
            f"{day.isoformat()}~",
            f"{day}/{day + timedelta(days=3)}",
        )
        who = sorted({*made.chance.sample(people, k=min(3, len(people))), made.chance.choice(states)})
        record: dict[str, Any] = {
            "title": f"{kind.capitalize()} of {made.fresh(3)}",
            "kind": kind,
            "date": made.chance.choice(dates),
            "place": made.chance.choice(places),
            "participants": [{"who": key} for key in who],
            "outcome": f"It came to {made.word(3)}.",
        }
        if kind == "appeal":
            appeals.append(f"event-{number}")
            record |= {"asks": f"help against {made.word(3)}", "invokes": [made.chance.choice(documents)]}
        elif kind == "response" and appeals:
            record["responds_to"] = [appeals[-1]]
        yield f"event-{number}", record


def statements(
    made: Invented,
    texts: Texts,
    proofs: Proofs,
    people: Sequence[str],
    issues: Sequence[str],
    events: Sequence[str],
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Statements, most of them by a few speakers."""
    for number in range(made.count("statements")):
        day, at = proofs.since(FIRST)
        yield (
            f"statement-{number}",
            {
                "speaker": people[int(len(people) ** made.chance.random()) - 1],
                "said": texts.sentence(16),
                "date": day.isoformat(),
                "issue": made.chance.choice(issues),
                "stance": made.chance.choice(_STANCES),
                "about": [made.chance.choice(events)],
                "evidence": [at],
            },
        )


def questions(
    made: Invented, texts: Texts, proofs: Proofs, events: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Questions, each with two answers."""
    for number in range(made.count("questions")):
        answers = [
            {"value": texts.sentence(4).rstrip("."), "evidence": [proofs.since(FIRST)[1]]} for _ in range(2)
        ]
        yield (
            f"question-{number}",
            {
                "asks": f"How many were at {made.fresh(3)}?",
                "event": made.chance.choice(events),
                "answers": answers,
                "status": made.chance.choice(_STATUSES),
            },
        )
