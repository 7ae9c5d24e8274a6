"""Appeals and answers: what was asked and on what ground, what the answer was, how long it took, and its outcome."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.markup import markdown
from generator.model.happenings import APPEAL, Event
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import brief, delay_words


class AppealRow(NamedTuple):
    """An appeal and one of its answers; the appeal's own cells are empty in its further rows."""

    asked: Markup
    by: Markup
    invoked: Markup
    asks: Markup
    answer: Markup
    after: Markup
    outcome: Markup


_NOTHING = (Markup(""), Markup(""), Markup(""), Markup(""))


def pages(edition: Edition) -> Iterator[Page]:
    """The page of all appeals."""
    pen = Pen(edition, "appeals.md")
    intro = pen.words("appeals.intro")
    meta = head.of_page(pen, pen.words("titles.appeals"), intro)
    yield Page(pen.path, meta, pen.render("appeals", intro=intro, rows=appeal_rows(pen)))


def appeal_rows(pen: Pen) -> tuple[AppealRow, ...]:
    """Each appeal with what it asked for and on what ground, and its answers with the time that each took.

    An event that was answered without an appeal is listed too: readers compare what it takes to be
    answered.
    """
    rows = []
    for event in pen.edition.events_by_date:
        answers = pen.edition.events(pen.edition.referring(event.id, "Responses"))
        if event.kind != APPEAL and not _is_answered_unasked(event, answers):
            continue
        asked, outcome = _asked(pen, event), _backed(pen, event, "outcome")
        for answer in answers:
            after = markdown.date(delay_words(pen.words, event.date, answer.date))
            if _is_linked_by_curators(event, answer):
                after = markdown.joined([after, markdown.quiet(pen.say("appeals.inferred"))])
            rows.append(AppealRow(*asked, _outcome(pen, answer), after, outcome))
            asked, outcome = _NOTHING, Markup("")
        if not answers:
            rows.append(AppealRow(*asked, pen.say("appeals.no_answer"), Markup(""), outcome))
    return tuple(rows)


def _is_linked_by_curators(event: Event, answer: Event) -> bool:
    """Whether no article backs both, so that none can have called the one an answer to the other."""
    asked, answered = ({proof.at.article for proof in one.evidence} for one in (event, answer))
    return bool(asked and answered) and asked.isdisjoint(answered)


def _is_answered_unasked(event: Event, answers: Iterable[Event]) -> bool:
    kinds = {answer.kind for answer in answers}
    return bool(kinds) and APPEAL not in kinds and not event.responds_to


def _asked(pen: Pen, event: Event) -> tuple[Markup, Markup, Markup, Markup]:
    """The cells of an appeal: when, by whom, on what ground, and for what."""
    if event.kind == APPEAL:
        by = [p.who for p in event.participants if (p.role or "").casefold().startswith("appeal")]
        by = by or [p.who for p in event.participants[:1]]
        whom = pen.links(by)
        asks = _backed(pen, event, "asks") or _named(pen, event)
    else:
        whom = markdown.quiet(pen.say("appeals.nobody"))
        asks = _named(pen, event, pen.say("appeals.compared"))
    date = pen.link(event.id, pen.day(event.date))
    return date, whom, pen.links(event.invokes), asks


def _outcome(pen: Pen, answer: Event) -> Markup:
    """The outcome of an answer, with its evidence."""
    outcome = _backed(pen, answer, "outcome")
    answer_words = (
        pen.say("signs.said_by", who=pen.link(answer.id), what=outcome) if outcome else _named(pen, answer)
    )
    remark = answer.caveat and markdown.quiet(
        pen.say("signs.remark_on", remark=pen.said(brief(answer.caveat)))
    )
    return markdown.joined(filter(None, [answer_words, remark]))


def _backed(pen: Pen, event: Event, field: str) -> Markup:
    """Prose of an event in one line with its citations, or with the event's evidence where it cites nothing itself."""
    prose = pen.inline(event.id, (field,))
    found = pen.edition.links.prose.get((event.id, (field,)), ())
    if not prose or any(run.cites for runs in found for run in runs):
        return prose
    return markdown.joined(filter(None, [prose, pen.cites(event.evidence, event.id)]))


def _named(pen: Pen, event: Event, remark: Markup = markdown.NOTHING) -> Markup:
    """An event's title, with its evidence."""
    return markdown.joined(filter(None, [pen.link(event.id), remark, pen.cites(event.evidence, event.id)]))
