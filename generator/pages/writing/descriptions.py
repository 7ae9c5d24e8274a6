"""Short descriptions of records for lists: their kind, a person's office, the place of an event."""

from markupsafe import Markup

from generator.edition.chronology import by_publication
from generator.model.actors import Organization, Person, Position
from generator.model.article import Article
from generator.model.happenings import ONLINE, Document, Event
from generator.pages.writing.pen import Pen

# The kind within a kind of what fits none, which is not shown by itself.
OTHER = "other"


def label(pen: Pen, record: Event | Document | Organization, sort: str) -> str:
    """The line above the title of a record's page: its kind, and its sort within the kind unless it is none."""
    kind = pen.words(f"kinds.{record.kind_of.value}")
    return kind if record.kind == OTHER else f"{kind} · {sort}"


def event_kind(pen: Pen, event: Event) -> str:
    """The kind of an event in words."""
    return pen.words(f"event_kinds.{event.kind}")


def document_kind(pen: Pen, document: Document) -> str:
    """The kind of a document in words; an article of a treaty is not a newspaper's."""
    return pen.words(f"document_kinds.{document.kind}")


def organization_kind(pen: Pen, organization: Organization) -> str:
    """The kind of an organization in words."""
    return pen.words(f"organization_kinds.{organization.kind}")


def place_link(pen: Pen, event: Event) -> Markup:
    """The place of an event, as a link if it has a record."""
    if not event.place:
        return Markup("")
    return pen.say("events.online") if event.place == ONLINE else pen.link(event.place)


def place_html(pen: Pen, event: Event) -> Markup:
    """The place of an event as HTML, as a link if it has a record."""
    if not event.place:
        return Markup("")
    return pen.say("events.online") if event.place == ONLINE else pen.html(event.place, mark=False)


def role_words(pen: Pen, position: Position) -> str:
    """A position as text: Prime Minister of Armenia."""
    if not position.of:
        return position.title
    whole = pen.edition.dossier.records.get(position.of)
    whose = pen.edition.dossier.label(position.of)
    # "of" reads well before a state or a place; a body's name would want an article.
    is_body = isinstance(whole, Organization) and whole.kind != "state"
    return pen.words("signs.of_body" if is_body else "signs.of", title=position.title, whose=whose)


def last_position(pen: Pen, person: Person) -> tuple[Position, Article | None] | None:
    """The position in the newest article, and that article; of several the last in the file."""
    found = []
    for number, position in enumerate(person.positions):
        articles = (pen.edition.dossier.articles.get(e.at.article) for e in position.evidence)
        newest = max((a for a in articles if a), key=by_publication, default=None)
        date = newest.published.sort_key if newest and newest.published else None
        since = position.since.sort_key if position.since else None
        found.append(
            (
                position.until is None,
                since is not None,
                since,
                date is not None,
                date,
                number,
                position,
                newest,
            )
        )
    if not found:
        return None
    # Dated positions outrank undated ones, and current ones those that have ended.
    best = max(found, key=lambda f: (f[0], f[3], f[4] or (), f[1], f[2] or (), f[5]))
    return best[6], best[7]
