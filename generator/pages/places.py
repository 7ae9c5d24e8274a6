"""Places: where they are and what happened there."""

from dataclasses import dataclass

from markupsafe import Markup

from generator.model.happenings import Place
from generator.model.kinds import Kind
from generator.pages import head, maps, side
from generator.pages.common import Common, EventRow, cited_facts, common, event_rows, fact
from generator.pages.figures.strips import strip
from generator.pages.indexes import LETTER, group_target, letter_of, sort_name
from generator.pages.page import Page
from generator.pages.pen import Pen
from generator.pages.side import SideSection, html

_SHOWN = frozenset({"Events here", "Statements about", "Questions about"})


@dataclass(frozen=True)
class PlaceView:
    """A place's page."""

    common: Common
    events: tuple[EventRow, ...]
    strip: Markup


def page(pen: Pen, place: Place) -> Page:
    """The page of a place."""
    events = pen.edition.events(pen.edition.referring(place.id, "Events here"))
    facts = (fact(len(events), "event"), *cited_facts(pen.edition, place.id))
    view = PlaceView(
        common(pen, place, _side(pen, place), facts), event_rows(pen, events), strip(pen, events)
    )
    letter = letter_of(sort_name(place))
    meta = head.of_record(
        pen,
        place,
        label=f"Place · {place.kind}" if place.kind else "Place",
        description=head.plain_prose(pen, place.id, "summary"),
        crumbs=[(letter, group_target("places", LETTER, letter, len(pen.edition.dossier.places)))],
    )
    return Page(pen.path, meta, pen.render("place", view=view))


def coordinates_words(coordinates: tuple[float, float]) -> str:
    """Latitude and longitude as atlases print them: 40.18° N, 44.51° E."""
    latitude, longitude = coordinates
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    return f"{abs(latitude):.2f}° {north}, {abs(longitude):.2f}° {east}"


def _side(pen: Pen, place: Place) -> tuple[SideSection, ...]:
    where = [html("{c}", c=coordinates_words(place.coordinates))] if place.coordinates else []
    return side.sections(
        side.names(pen, place),
        SideSection("Coordinates", tuple(where)),
        side.drawn(pen.words("figures.map.title"), maps.locator(pen, place.id)),
        side.records(pen, "Part of", [place.part_of] if place.part_of else []),
        side.seen_with(pen, place.id, Kind.PERSON, "People"),
        side.sources(pen, pen.edition.articles_of(place.id)),
        side.elsewhere(place),
        *side.related(pen, place.id, _SHOWN),
    )
