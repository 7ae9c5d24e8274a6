"""Structured data of pages: schema.org in JSON-LD, with addresses relative to the page.

Types and properties: https://schema.org, as of version 29.
"""

from typing import Any

from generator.model.actors import Organization, Person
from generator.model.article import Article
from generator.model.claims import Issue, Question
from generator.model.dates import EdtfDate
from generator.model.happenings import ONLINE, Document, Event, Place
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Named, Record, Titled
from generator.model.story import Story
from generator.pages.writing.pen import Pen

CONTEXT = "https://schema.org"
_WIKIDATA = "http://www.wikidata.org/entity/"
# The types of kinds; a kind that is not listed is a creative work.
_TYPES = {
    Kind.PERSON: "Person",
    Kind.ORGANIZATION: "Organization",
    Kind.PLACE: "Place",
    Kind.EVENT: "Event",
    Kind.ARTICLE: "NewsArticle",
}


def of_record(pen: Pen, record: Record, description: str) -> dict[str, Any]:
    """A record as the schema.org type that fits its kind."""
    data: dict[str, Any] = {"@context": CONTEXT, "@id": "./", "url": "./"}
    match record:
        case Person():
            data |= {"@type": "Person", "name": record.name} | _named(record) | _positions(pen, record)
        case Organization():
            data |= {"@type": _organization_type(record), "name": record.name} | _named(record)
            if record.kind == "state":
                data |= _geo(record.coordinates)
            elif record.part_of:
                data["parentOrganization"] = _ref(pen, record.part_of)
        case Place():
            data |= {"@type": "Place", "name": record.name} | _named(record) | _geo(record.coordinates)
            data |= {"containedInPlace": _ref(pen, record.part_of)} if record.part_of else {}
        case Event():
            data |= {"@type": "Event", "name": record.title} | _event(pen, record)
        case Article():
            data |= _article(pen, record)
        case Document():
            data |= {"@type": "CreativeWork", "name": record.title} | _dates("dateCreated", record.date)
            data |= _list("creator", [_ref(pen, key) for key in record.by])
            data |= {"isPartOf": _ref(pen, record.part_of)} if record.part_of else {}
        case Question():
            data |= {"@type": "Question", "name": record.asks}
            data |= _list("suggestedAnswer", [{"@type": "Answer", "text": a.value} for a in record.answers])
        case Story():
            data |= {"@type": "Article", "headline": record.title, "name": record.title}
        case Issue():
            data |= {"@type": "DefinedTerm", "name": record.title}
    if isinstance(record, Titled) and record.also:
        data["alternateName"] = list(record.also)
    if description:
        data["description"] = description
    return data


def _organization_type(organization: Organization) -> str | list[str]:
    if organization.kind == "state":
        # In schema.org a country is a place; here it is an actor too.
        return ["Organization", "Country"]
    return "NewsMediaOrganization" if organization.kind == "outlet" else "Organization"


def of_page(pen: Pen, title: str, description: str) -> dict[str, Any]:
    """The data of a page that is not a record's own."""
    data = {"@context": CONTEXT, "@type": "WebPage", "@id": "./", "url": "./", "name": title}
    return data | ({"description": description} if description else {})


def _ref(pen: Pen, key: RecordId) -> dict[str, Any]:
    record = pen.edition.dossier.records[key]
    return {
        "@type": _TYPES.get(record.kind_of, "CreativeWork"),
        "@id": pen.href(*pen.page_of(key)),
        "name": record.label,
    }


def _list(name: str, values: list[Any]) -> dict[str, Any]:
    return {name: values} if values else {}


def _named(record: Named) -> dict[str, Any]:
    others = [name for name in dict.fromkeys(record.names) if name != record.name]
    same = [f"{_WIKIDATA}{record.wikidata}"] if record.wikidata else []
    return _list("alternateName", others) | _list("sameAs", [*same, *record.links.values()])


def _positions(pen: Pen, person: Person) -> dict[str, Any]:
    titles = list(dict.fromkeys(position.title for position in person.positions))
    works_for = list(
        dict.fromkeys(p.of for p in person.positions if p.of and p.of in pen.edition.dossier.records)
    )
    member_of = pen.edition.referring(person.id, "Member of")
    return (
        _list("jobTitle", titles)
        | _list("worksFor", [_ref(pen, key) for key in works_for])
        | _list("memberOf", [_ref(pen, key) for key in member_of])
    )


def _geo(coordinates: tuple[float, float] | None) -> dict[str, Any]:
    if not coordinates:
        return {}
    return {"geo": {"@type": "GeoCoordinates", "latitude": coordinates[0], "longitude": coordinates[1]}}


def _dates(name: str, date: EdtfDate | None) -> dict[str, Any]:
    """A date if it is certain to the day, month or year, since ISO 8601 can express no other."""
    return {name: date.text} if date and date.is_certain else {}


def _event(pen: Pen, event: Event) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if event.date.is_interval:
        begin, end = event.date.begin, event.date.end
        data |= {"startDate": begin.text} if begin and begin.is_certain else {}
        data |= {"endDate": end.text} if end and end.is_certain else {}
    else:
        data |= _dates("startDate", event.date)
    if event.place == ONLINE:
        data["eventAttendanceMode"] = f"{CONTEXT}/OnlineEventAttendanceMode"
    elif event.place:
        data["location"] = _ref(pen, event.place)
    people = [p.who for p in event.participants]
    data |= _list("attendee", [_ref(pen, key) for key in dict.fromkeys(people)])
    return data | ({"superEvent": _ref(pen, event.part_of)} if event.part_of else {})


def _article(pen: Pen, article: Article) -> dict[str, Any]:
    data: dict[str, Any] = {"@type": "NewsArticle", "headline": article.title, "name": article.title}
    data |= _dates("datePublished", article.published)
    data |= {"publisher": _ref(pen, article.outlet)} if article.outlet else {}
    data |= _list("author", [_author(pen, author) for author in article.authors])
    data |= {"inLanguage": article.language} if article.language else {}
    data |= {"isBasedOn": article.url} if article.url else {}
    mentioned = dict.fromkeys(m.entity for m in pen.edition.links.mentions.get(article.article_id, ()))
    return data | _list("mentions", [_ref(pen, key) for key in mentioned])


def _author(pen: Pen, author: str) -> dict[str, Any]:
    key = RecordId(author)
    return _ref(pen, key) if key in pen.edition.dossier.records else {"@type": "Person", "name": author}
