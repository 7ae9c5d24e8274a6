"""The first page: the question, its short answer, and the ways into the dossier."""

from typing import NamedTuple

from markupsafe import Markup

from generator.edition.chronology import period
from generator.link import DOSSIER
from generator.markup import markdown
from generator.model.actors import Organization, Person
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.story import STORY
from generator.pages.across.appeals import AppealRow, appeal_rows
from generator.pages.across.matrix import Matrix, matrix
from generator.pages.figures.strips import main_strip
from generator.pages.records import common
from generator.pages.records.common import QuestionView
from generator.pages.records.story import reading_words
from generator.pages.writing import head
from generator.pages.writing.descriptions import last_position, organization_kind, role_words
from generator.pages.writing.page import REPORT, Page
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import STATUSES, in_letters, span_words

# Rows on the first page; other pages have all of them.
_MOST = 8
_APPEALS = 12
_TIMELINE = 8
_QUESTIONS = 6
_WHO = 6


class StoryLink(NamedTuple):
    """The link to the story, with the number of its steps and the time that it takes."""

    link: Markup
    reading: str


class HomeView(NamedTuple):
    """The first page."""

    title: str
    summary: tuple[Markup, ...]
    story: StoryLink | None
    strip: Markup
    appeals: tuple[AppealRow, ...]
    more_appeals: Markup
    key_questions: tuple[QuestionView, ...]
    questions: tuple[QuestionView, ...]
    matrix: Matrix
    more_said: tuple[Markup, ...]
    more_questions: Markup
    timeline: tuple[tuple[Markup, Markup], ...]
    more_events: Markup
    lists: tuple[tuple[str, tuple[tuple[Markup, str], ...]], ...]
    changes: tuple[tuple[Markup, Markup], ...]
    curators: str
    rights: str
    more: tuple[Markup, ...]


def page(pen: Pen) -> Page:
    """The first page of the dossier."""
    dossier, edition = pen.edition.dossier, pen.edition
    events = edition.events_by_date
    # An event of which only the latest date is known is not among the latest.
    latest = [event for event in events if event.date.begin]
    order = STATUSES
    newest = edition.newest_articles
    key_questions = [dossier.questions[key] for key in dict.fromkeys(dossier.settings.key_questions)]
    questions = sorted(dossier.questions.values(), key=lambda q: (order.index(q.status), q.id))
    others = [question for question in questions if question not in key_questions]
    view = HomeView(
        title=dossier.settings.question or dossier.settings.title,
        summary=pen.prose(DOSSIER, ("summary",)),
        story=_story(pen),
        strip=main_strip(pen),
        appeals=appeal_rows(pen)[:_APPEALS],
        more_appeals=markdown.link(pen.say("home.all_appeals"), pen.to("appeals.md")),
        key_questions=tuple(common.question(pen, q) for q in key_questions),
        questions=tuple(common.question(pen, q) for q in others[:_QUESTIONS]),
        matrix=matrix(pen, _MOST),
        more_said=_more_said(pen),
        more_questions=_more(pen, "questions/index.md", len(questions), "home.all_questions"),
        timeline=tuple((pen.day(e.date), pen.html(e.id)) for e in latest[: -_TIMELINE - 1 : -1]),
        more_events=_more(pen, "timeline/index.md", len(events), "home.all_events"),
        lists=tuple(
            (pen.words(f"home.{heading}"), rows)
            for heading, rows in (
                ("people", _who(pen, Kind.PERSON)),
                ("organizations", _who(pen, Kind.ORGANIZATION)),
                (
                    "newest",
                    tuple((pen.html(a.id), pen.edition.labels.citation[a.article_id]) for a in newest[:_WHO]),
                ),
            )
            if rows
        ),
        changes=_changes(pen),
        curators=pen.words.listed(dossier.settings.curators),
        rights=dossier.settings.rights or "",
        more=(
            markdown.link(pen.words("changes.title"), pen.to("changes.md")),
            markdown.link(pen.say("titles.coverage"), pen.to("coverage/index.md")),
            markdown.link(pen.say("titles.names"), pen.to("names/index.md")),
            markdown.link(pen.say("titles.ledger"), pen.to("ledger.md")),
            markdown.link(pen.say("titles.network"), pen.to("network.md")),
            markdown.link(pen.say("figures.map.title"), pen.to("map.md")),
            markdown.link(pen.say("figures.charts.title"), pen.to("charts.md")),
            pen.section(Kind.ARTICLE),
            *([markdown.link(pen.say("report.title"), pen.to(REPORT))] if edition.has_report else []),
        ),
    )
    meta = head.of_page(
        pen,
        dossier.settings.title,
        head.plain_prose(pen, DOSSIER, "summary") or dossier.settings.question or "",
        kind="home",
        label=_scope(pen),
    )
    return Page(pen.path, meta, pen.render("home", view=view))


def _story(pen: Pen) -> StoryLink | None:
    story = pen.edition.dossier.story.get(STORY)
    return StoryLink(pen.link(STORY), reading_words(pen, story)) if story else None


def _scope(pen: Pen) -> str:
    """The sources of the dossier, in one line."""
    articles = pen.edition.dossier.articles.values()
    origins = pen.edition.all_origins
    words = pen.words
    parts = [words("home.dossier")]
    number_of_articles = words("home.articles", n=len(articles), number=in_letters(words, len(articles)))
    if main := pen.edition.main_origin:
        most, origin = in_letters(words, main[1]), pen.outlet_words(main[0])
        number_of_articles = words("home.mostly", articles=number_of_articles, number=most, origin=origin)
    parts.append(number_of_articles)
    if origins:
        number = pen.named_number(origins)
        origins_words = words("home.origins", n=number, number=in_letters(words, number))
        parts.append(pen.origins_words(origins_words, origins))
    if span := period(a.published for a in articles if a.published):
        parts.append(span_words(words, *span))
    if pen.edition.dossier.settings.changes:
        last = max(pen.edition.dossier.settings.changes, key=lambda c: c.date.sort_key)
        parts.append(words("home.changed", date=pen.date(last.date)))
    return " · ".join(parts)


def _who(pen: Pen, kind: Kind) -> tuple[tuple[Markup, str], ...]:
    """The people or organizations that most articles name, each with its office or kind."""
    counts = {
        key: times
        for key, times in pen.edition.times_mentioned.items()
        if pen.edition.dossier.declared[key] is kind
    }
    first = sorted(counts.items(), key=lambda c: (-c[1][0], -c[1][1], c[0]))[:_WHO]
    return tuple(
        (pen.html(key), _role(pen, key) or pen.words("nouns.article", n=number)) for key, (number, _) in first
    )


def _role(pen: Pen, key: RecordId) -> str:
    """The last office of a person, or the kind of an organization; empty where neither is known."""
    record = pen.edition.dossier.records[key]
    if isinstance(record, Organization):
        return organization_kind(pen, record)
    last = last_position(pen, record) if isinstance(record, Person) else None
    return role_words(pen, last[0]) if last else ""


def _more(pen: Pen, path: str, number: int, key: str) -> Markup:
    """A link to the full page of a section that is only shown in part."""
    return markdown.link(pen.say(key, n=number), pen.to(path))


def _more_said(pen: Pen) -> tuple[Markup, ...]:
    """Links to all speakers, and to all statements."""
    statements = pen.edition.dossier.statements
    speakers = {statement.speaker for statement in statements.values()}
    return (
        _more(pen, "who-said-what.md", len(speakers), "home.all_speakers"),
        _more(pen, "statements/index.md", len(statements), "home.all_statements"),
    )


def _changes(pen: Pen) -> tuple[tuple[Markup, Markup], ...]:
    numbered = sorted(
        enumerate(pen.edition.dossier.settings.changes), key=lambda c: c[1].date.sort_key, reverse=True
    )
    return tuple(
        (markdown.date(pen.date(change.date)), pen.inline(DOSSIER, ("changes", number, "what")))
        for number, change in numbered[:_MOST]
    )
