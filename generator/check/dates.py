"""Dates that cannot be true together; only what is certainly wrong is reported, however vague they are.

What is certain is decided by `model.dates` alone: by the first and the last day that each date may mean
anywhere on earth.
"""

from collections.abc import Iterable, Iterator

from generator.check.values import source_of
from generator.model.claims import Answer, Statement
from generator.model.dates import is_surely_before
from generator.model.dossier import Dossier
from generator.model.fields import Path
from generator.model.happenings import Document, Event
from generator.model.ids import RecordId
from generator.support.problems import Problem, Severity, shown


def events_after_articles(dossier: Dossier) -> Iterator[Problem]:
    """An event does not begin after all articles that back it were published."""
    for key, event in dossier.events.items():
        yield from _after_articles(dossier, key, ("date",), "event", event)


def documents_after_articles(dossier: Dossier) -> Iterator[Problem]:
    """A document is not made after all articles that back it were published."""
    for key, document in dossier.documents.items():
        yield from _after_articles(dossier, key, ("date",), "document", document)


def statements_after_articles(dossier: Dossier) -> Iterator[Problem]:
    """A statement is not made after all articles that report it were published."""
    for key, statement in dossier.statements.items():
        yield from _after_articles(dossier, key, ("date",), "statement", statement)


def answers_after_articles(dossier: Dossier) -> Iterator[Problem]:
    """An answer is not given after all articles that report it were published."""
    for key, question in dossier.questions.items():
        for index, answer in enumerate(question.answers):
            path = ("answers", index, "date")
            yield from _after_articles(dossier, key, path, "answer", answer)


def early_responses(dossier: Dossier) -> Iterator[Problem]:
    """An event does not begin before the event that it responds to."""
    for key, event in dossier.events.items():
        for index, other in _events(dossier, event.responds_to):
            begin = event.date.begin
            if begin and is_surely_before(begin.last_possible, other.date.first_possible):
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
            begin, end = event.date.begin, event.date.end
            if (begin and is_surely_before(begin.last_possible, whole.date.first_possible)) or (
                end and is_surely_before(whole.date.last_possible, end.first_possible)
            ):
                where = source_of(dossier, key).at(("date",), event.date.text)
                message = f"{event.date.text} is outside {whole.date.text}, the date of {shown(whole.id)}"
                hint = f"{shown(key)} is part of it"
                yield Problem(
                    where, "outside-whole", message, event.date.text, hint, severity=Severity.WARNING
                )


DATE_RULES = (
    events_after_articles,
    documents_after_articles,
    statements_after_articles,
    answers_after_articles,
    early_responses,
    outside_whole,
)


def _after_articles(
    dossier: Dossier, key: RecordId, path: Path, what: str, dated: Event | Document | Statement | Answer
) -> Iterator[Problem]:
    date = dated.date
    ids = sorted({proof.at.article for proof in dated.evidence})
    articles = [dossier.articles[article] for article in ids if article in dossier.articles]
    published = [(article.id, article.published) for article in articles if article.published]
    # An article of unknown date may be newer than any event.
    if date is None or len(published) < len(ids):
        return
    if all(is_surely_before(day.last_possible, date.first_possible) for _, day in published):
        where = source_of(dossier, key).at(path, date.text)
        for article, day in published:
            message = f"{date.text} is after article {shown(article)} was published ({day.text})"
            yield Problem(where, f"{what}-after-article", message, date.text)


def _events(dossier: Dossier, ids: Iterable[RecordId]) -> Iterator[tuple[int, Event]]:
    for index, key in enumerate(ids):
        event = dossier.get(key)
        if isinstance(event, Event):
            yield index, event
