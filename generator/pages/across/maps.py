"""The map: places and states with their coordinates, and the events there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.markup import markdown
from generator.model.actors import Organization
from generator.model.happenings import Event, Place
from generator.model.ids import RecordId
from generator.pages.figures import maps as drawing
from generator.pages.figures import svg
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import coordinates_words

PATH = "map.md"
# The most places on the map, those with most events first; the index of places has all.
MOST = 80
# Events that a row names.
_NAMED = 3


class PlaceRow(NamedTuple):
    """A place in the table next to the map."""

    place: Markup
    kind: str
    coordinates: Markup
    number: str
    events: Markup


@dataclass(frozen=True)
class MapView:
    """The map."""

    title: str
    intro: str
    figure: Markup
    rows: tuple[PlaceRow, ...]
    rest: str
    index: Markup


def pages(edition: Edition) -> Iterator[Page]:
    """The map."""
    pen = Pen(edition, PATH)
    found = [(key, at, _events(pen, key)) for key, at in _located(edition)]
    found.sort(key=lambda entry: (-len(entry[2]), edition.by_name(entry[0])))
    shown = found[:MOST]
    # A country is where its name is, not in its capital.
    areas = {key: drawing.country(pen, key) for key, _, _ in shown}
    placed = [(key, area.place if (area := areas[key]) else at, len(events)) for key, at, events in shown]
    spots = drawing.spots(pen, placed)
    note = markdown.text(pen.words("figures.map.note"))
    if away := [key for spot in drawing.outside(spots) for key in spot.records] if spots else []:
        links = markdown.joined([pen.html(key, mark=False) for key in away], ", ")
        note = markdown.joined([pen.say("figures.map.outside", places=links), note])
    figure = (
        svg.figure(
            "fig-wide fig-atlas",
            *drawing.world(pen, spots),
            caption=markdown.joined([drawing.key(pen, spots), svg.element("div", note, class_="note")]),
            skip=pen.words("figures.skip"),
            data_figure="map",
            data_words=svg.data(_script_words(pen)),
        )
        if spots
        else Markup("")
    )
    title, intro = pen.words("figures.map.title"), pen.words("figures.map.intro", n=len(shown))
    rest = pen.words("figures.map.rest", n=len(shown), total=len(found)) if len(found) > len(shown) else ""
    view = MapView(
        title=title,
        intro=intro,
        figure=figure,
        rows=tuple(_row(pen, *entry) for entry in shown),
        rest=rest,
        index=markdown.link(pen.words("figures.map.index"), pen.to("places/index.md")),
    )
    meta = head.of_page(pen, title, intro)
    yield Page(pen.path, meta, pen.render("map", view=view))


def _script_words(pen: Pen) -> Mapping[str, object]:
    """The words of the buttons that scripts add."""
    words = {str(key): value for key, value in pen.words.below("figures.script").items()}
    names = ("nearer", "farther", "west", "east", "north", "south", "whole_map", "zoom_map")
    return {key: words[key] for key in names}


def _located(edition: Edition) -> Iterator[tuple[RecordId, tuple[float, float]]]:
    """The places that have coordinates, and the states."""
    for place in edition.dossier.places.values():
        if place.coordinates:
            yield place.id, place.coordinates
    for organization in edition.dossier.organizations.values():
        if organization.kind == "state" and organization.coordinates:
            yield organization.id, organization.coordinates


def _events(pen: Pen, key: RecordId) -> tuple[Event, ...]:
    return pen.edition.events(pen.edition.referring(key, "Events here"))


def _row(pen: Pen, key: RecordId, coordinates: tuple[float, float], events: tuple[Event, ...]) -> PlaceRow:
    record = pen.edition.dossier.records[key]
    rest = len(events) - _NAMED
    more = [markdown.quiet(pen.words("signs.more", n=rest))] if rest > 0 else []
    kind = (record.kind or "") if isinstance(record, Place | Organization) else ""
    return PlaceRow(
        pen.link(key),
        kind,
        markdown.date(coordinates_words(pen.words, coordinates)),
        str(len(events) or ""),
        markdown.joined([*(pen.link(event.id) for event in events[:_NAMED]), *more], Markup("<br>")),
    )
