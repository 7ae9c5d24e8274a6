"""Places: where they are and what happened there."""

from dataclasses import dataclass

from generator.model.happenings import Place
from generator.model.kinds import Kind
from generator.pages import head, side
from generator.pages.common import Common, EventRow, cited_facts, common, event_rows, fact
from generator.pages.indexes import letter_crumb
from generator.pages.page import Page
from generator.pages.pen import Pen
from generator.pages.side import SideSection, html
from generator.words import Words

# How degrees are written, as a pattern of CLDR's.
DEGREES = "0.00"
_SHOWN = frozenset({"Events here", "Statements about", "Questions about"})


@dataclass(frozen=True)
class PlaceView:
    """A place's page."""

    common: Common
    events: tuple[EventRow, ...]


def page(pen: Pen, place: Place) -> Page:
    """The page of a place."""
    events = pen.edition.events(pen.edition.referring(place.id, "Events here"))
    facts = (fact(pen, len(events), "event"), *cited_facts(pen, place.id))
    view = PlaceView(common(pen, place, _side(pen, place), facts), event_rows(pen, events))
    meta = head.of_record(
        pen,
        place,
        label=" · ".join(filter(None, [pen.words("kinds.place"), place.kind])),
        description=head.plain_prose(pen, place.id, "summary"),
        crumbs=[letter_crumb(pen, "places", place, len(pen.edition.dossier.places))],
    )
    return Page(pen.path, meta, pen.render("place", view=view))


def coordinates_words(words: Words, coordinates: tuple[float, float]) -> str:
    """Latitude and longitude as atlases print them: 40.18° N, 44.51° E."""
    latitude, longitude = (words.number(abs(c), DEGREES) for c in coordinates)
    north = "places.north" if coordinates[0] >= 0 else "places.south"
    east = "places.east" if coordinates[1] >= 0 else "places.west"
    return words(
        "places.at", latitude=words(north, degrees=latitude), longitude=words(east, degrees=longitude)
    )


def _side(pen: Pen, place: Place) -> tuple[SideSection, ...]:
    where = [html("{c}", c=coordinates_words(pen.words, place.coordinates))] if place.coordinates else []
    return side.sections(
        side.names(pen, place),
        SideSection(pen.words("heads.coordinates"), tuple(where)),
        side.records(pen, pen.words("back.part_of"), [place.part_of] if place.part_of else []),
        side.seen_with(pen, place.id, Kind.PERSON, pen.words("side.people")),
        side.sources(pen, pen.edition.articles_of(place.id)),
        side.elsewhere(pen, place),
        *side.related(pen, place.id, _SHOWN),
    )
