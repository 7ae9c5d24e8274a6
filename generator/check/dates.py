"""Dates that cannot be true together; only what is certainly wrong is reported, however vague they are."""

import datetime
from collections.abc import Iterable, Iterator

from generator.check.values import source_of
from generator.model.dates import EdtfDate
from generator.model.dossier import Dossier
from generator.model.evidence import Evidence
from generator.model.fields import Path
from generator.model.happenings import Event
from generator.model.ids import RecordId
from generator.problems import Problem, Severity, shown

# The least that a day marked as uncertain may be off by.
_SLACK = datetime.timedelta(days=3)


def events_after_articles(dossier: Dossier) -> Iterator[Problem]:
    """An event does not begin after all articles that back it were published."""
    for key, event in dossier.events.items():
        yield from _after_articles(dossier, key, ("date",), "event", event.date, event.evidence)


def documents_after_articles(dossier: Dossier) -> Iterator[Problem]:
    """A document is not made after all articles that back it were published."""
    for key, document in dossier.documents.items():
        yield from _after_articles(dossier, key, ("date",), "document", document.date, document.evidence)


def statements_after_articles(dossier: Dossier) -> Iterator[Problem]:
    """A statement is not made after all articles that report it were published."""
    for key, statement in dossier.statements.items():
        yield from _after_articles(dossier, key, ("date",), "statement", statement.date, statement.evidence)


def answers_after_articles(dossier: Dossier) -> Iterator[Problem]:
    """An answer is not given after all articles that report it were published."""
    for key, question in dossier.questions.items():
        for index, answer in enumerate(question.answers):
            path = ("answers", index, "date")
            yield from _after_articles(dossier, key, path, "answer", answer.date, answer.evidence)


def early_responses(dossier: Dossier) -> Iterator[Problem]:
    """An event does not begin before the event that it responds to."""
    for key, event in dossier.events.items():
        for index, other in _events(dossier, event.responds_to):
            if _begins_before(event.date, other.date):
                where = source_of(dossier, key).at(("responds_to", index), other.id)
                message = (
                    f"{shown(key)} ({event.date.text}) begins before {shown(other.id)} ({other.date.text})"
                )
                hint = "it can only respond to what came first"
                yield Problem(where, "early-response", message, other.id, hint)


def outside_whole(dossier: Dossier) -> Iterator[Problem]:
    """An event lies within the dates of the event that it is part of."""
    for key, event in dossier.events.items():
        for _, whole in _events(dossier, (event.part_of,) if event.part_of else ()):
            if _begins_before(event.date, whole.date) or _ends_after(event.date, whole.date):
                where = source_of(dossier, key).at(("date",), event.date.text)
                message = f"{event.date.text} is outside {whole.date.text}, the date of {shown(whole.id)}"
                hint = f"{shown(key)} is part of it"
                yield Problem(where, "outside-whole", message, event.date.text, hint, Severity.WARNING)


DATE_RULES = (
    events_after_articles,
    documents_after_articles,
    statements_after_articles,
    answers_after_articles,
    early_responses,
    outside_whole,
)


def _after_articles(
    dossier: Dossier,
    key: RecordId,
    path: Path,
    what: str,
    date: EdtfDate | None,
    evidence: Iterable[Evidence],
) -> Iterator[Problem]:
    ids = sorted({proof.at.article for proof in evidence})
    articles = [dossier.articles[article] for article in ids if article in dossier.articles]
    published = [(article.id, article.published) for article in articles if article.published]
    # An article of unknown date may be younger than any event.
    if date is None or len(published) < len(ids):
        return
    if all(first_day(date) > last_day(day) for _, day in published):
        where = source_of(dossier, key).at(path, date.text)
        for article, day in published:
            message = f"{date.text} is after article {shown(article)} was published ({day.text})"
            yield Problem(where, f"{what}-after-article", message, date.text)


def _events(dossier: Dossier, ids: Iterable[RecordId]) -> Iterator[tuple[int, Event]]:
    for index, key in enumerate(ids):
        event = dossier.get(key)
        if isinstance(event, Event):
            yield index, event


def _begins_before(date: EdtfDate, other: EdtfDate) -> bool:
    begin = _end(date, 0)
    return begin is not None and last_day(begin) < first_day(other)


def _ends_after(date: EdtfDate, other: EdtfDate) -> bool:
    end = _end(date, -1)
    return end is not None and first_day(end) > last_day(other)


def _end(date: EdtfDate, which: int) -> EdtfDate | None:
    """The first or last part of a span, or all of a date that is no span; nothing if that part is open or unknown."""
    text = date.text.split("/")[which]
    return EdtfDate.parse(text) if text not in ("", "..") else None


def first_day(date: EdtfDate) -> datetime.date:
    """The first day that a date may mean, an uncertain one being off by as much again as it is wide."""
    return _moved(date.earliest, -_slack(date))


def last_day(date: EdtfDate) -> datetime.date:
    """The last day that a date may mean, likewise."""
    return _moved(date.latest, _slack(date))


def _slack(date: EdtfDate) -> datetime.timedelta:
    if not any(mark in date.text for mark in "?~%"):
        return datetime.timedelta()
    return max(date.latest - date.earliest, _SLACK)


def _moved(day: datetime.date, by: datetime.timedelta) -> datetime.date:
    try:
        return day + by
    except OverflowError:
        return datetime.date.max if by > datetime.timedelta() else datetime.date.min
