"""Pages of places: their position and the events there."""

from typing import NamedTuple

from markupsafe import Markup

from generator.model.happenings import Place
from generator.pages.figures.strips import strip
from generator.pages.indexes.indexes import letter_crumbs
from generator.pages.records import side
from generator.pages.records.common import Common, EventRow, cited_facts, common, event_rows, fact
from generator.pages.records.side import SideSection, html
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import coordinates_words

_SHOWN = frozenset({"Events here", "Statements about", "Questions about"})


class PlaceView(NamedTuple):
    """A place's page."""

    common: Common
    events: tuple[EventRow, ...]
    strip: Markup


def page(pen: Pen, place: Place) -> Page:
    """The page of a place."""
    events = pen.edition.events(pen.edition.referring(place.id, "Events here"))
    facts = (fact(pen, len(events), "event"), *cited_facts(pen, place.id))
    view = PlaceView(
        common(pen, place, _side(pen, place), facts), event_rows(pen, events), strip(pen, events)
    )
    meta = head.of_record(
        pen,
        place,
        label=" · ".join(filter(None, [pen.words("kinds.place"), place.kind])),
        description=head.plain_prose(pen, place.id, "summary"),
        crumbs=letter_crumbs(pen, "places", place.id, len(pen.edition.dossier.places)),
    )
    return Page(pen.path, meta, pen.render("place", view=view))


def _side(pen: Pen, place: Place) -> tuple[SideSection, ...]:
    where = [html("{c}", c=coordinates_words(pen.words, place.coordinates))] if place.coordinates else []
    return side.sections(
        side.names(pen, place),
        SideSection(pen.words("heads.coordinates"), tuple(where)),
        side.drawn(pen.words("figures.map.title"), side.locator(pen, place.id)),
        side.stated(pen, place, "part_of", pen.words("back.part_of")),
        side.people_named(pen, place.id),
        side.sources(pen, pen.edition.cited(place.id)),
        side.elsewhere(pen, place),
        *side.related(pen, place.id, _SHOWN),
    )
