"""Maps: places with their events, on the outlines of land and states."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from markupsafe import Markup

from generator.markup import markdown
from generator.model.actors import Organization
from generator.model.happenings import Place
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.pages.figures import atlas, svg
from generator.pages.figures.atlas import View
from generator.pages.figures.countries import Country, countries, country_of, waters
from generator.pages.figures.placement import Box, placed
from generator.pages.writing.pen import Pen

# The most characters of a label.
_LABEL = 30
# The sizes for which the map is laid out: a tablet's, and a phone's.
WIDE, HIGH = 740.0, 430.0
NARROW, TALL = 340.0, 400.0
SMALL, SMALL_HIGH = 320.0, 220.0
# The least width of a map, in kilometers.
_LEAST, _LEAST_SMALL = 900.0, 1400.0
# Records closer than this, in degrees, share one spot.
_SAME = 0.06
_SIZE, _ROW = 5.0, 14.0
# The radius of the ring around what is no point.
_REGION = 15.0
# The kinds of places that are no points, as curators write them.
_REGIONS = frozenset({"region", "border", "area", "province", "valley", "sea"})
# The least step of a line, in units of the drawing: finer steps are invisible and make the file larger.
_DETAIL, _WORLD_DETAIL, _SMALL_DETAIL = 1.0, 2.0, 2.0
# The most names of countries and seas.
_NAMES = 28


class Spot(NamedTuple):
    """A point of the map: the records there, and the number of events."""

    coordinates: tuple[float, float]
    records: tuple[RecordId, ...]
    events: int


def spots(pen: Pen, records: Sequence[tuple[RecordId, tuple[float, float], int]]) -> tuple[Spot, ...]:
    """Records with coordinates and numbers of events as spots, those with most events first."""
    near: dict[tuple[int, int], list[tuple[RecordId, tuple[float, float], int]]] = defaultdict(list)
    for found in records:
        near[round(found[1][0] / _SAME), round(found[1][1] / _SAME)].append(found)
    made = [
        Spot(group[0][1], tuple(key for key, _, _ in group), sum(n for _, _, n in group))
        for group in near.values()
    ]
    return tuple(sorted(made, key=lambda spot: (-spot.events, -len(spot.records), spot.records)))


def outside(found: Sequence[Spot]) -> tuple[Spot, ...]:
    """The spots outside the map: those far from all events."""
    view = _whole(found)
    return tuple(spot for spot in found if not _is_inside(view, *view.point(*spot.coordinates)))


def _whole(found: Sequence[Spot], width: float = WIDE, height: float = HIGH) -> View:
    """The view of all spots with events; of all spots if none has any."""
    wanted = [spot for spot in found if spot.events] or list(found)
    return atlas.view_of((spot.coordinates for spot in wanted), width, height, _LEAST)


def _is_inside(view: View, x: float, y: float) -> bool:
    return 6 < x < view.width - 6 and 6 < y < view.height - 6


def country(pen: Pen, key: RecordId) -> Country | None:
    """The country that a record is, whose area the map shows."""
    record = pen.edition.dossier.records[key]
    if not isinstance(record, Place | Organization) or not record.coordinates:
        return None
    return country_of((record.name, *record.also), record.coordinates, pen.words.language)


def world(pen: Pen, found: Sequence[Spot]) -> tuple[Markup, ...]:
    """The map of all events, laid out for two sizes."""
    title = pen.words("figures.map.title")
    return (
        _map(pen, _whole(found), found, "fig-map", title),
        _map(pen, _whole(found, NARROW, TALL), found, "fig-map-narrow", title),
    )


def _map(pen: Pen, view: View, found: Sequence[Spot], name: str, title: str) -> Markup:
    frame = Box(0, 0, view.width, view.height)
    inside = []
    for spot in found:
        x, y = view.point(*spot.coordinates)
        if _is_inside(view, x, y):
            inside.append((spot, x, y))
    most = max((spot.events for spot, _, _ in inside), default=0) or 1
    sizes = [4 + 18 * (spot.events / most) ** 0.5 if spot.events else 0.0 for spot, _, _ in inside]
    signs = [_sign_box(spot, x, y) for spot, x, y in inside]
    labels = [
        [svg.shortened(pen.edition.dossier.label(key), _LABEL) for key in s.records[:3]] for s, _, _ in inside
    ]
    choices = [_choices(box, rows) for box, rows in zip(signs, labels, strict=True)]
    bar = Box(8, view.height - 34, 150, view.height)
    chosen = placed([[[box] for box, _ in c] for c in choices], [*signs, bar], frame)
    taken = [
        options[choice][0] for options, choice in zip(choices, chosen, strict=True) if choice is not None
    ]
    halos, drawn = [], []
    for n, (spot, x, y) in enumerate(inside):
        at = {"x": svg.percent(x, view.width), "y": svg.percent(y, view.height)}
        if sizes[n]:
            halos.append(svg.at(at["x"], svg.element("circle", r=sizes[n], class_="halo"), y=at["y"]))
        where = None if chosen[n] is None else choices[n][chosen[n]]  # type: ignore[index]
        drawn.append(svg.at(at["x"], _spot(pen, spot, labels[n], where, x=x, y=y), y=at["y"]))
    mine = [one for spot, _, _ in inside for key in spot.records if (one := country(pen, key))]
    ground = svg.element(
        "svg",
        _ground(view, name, _WORLD_DETAIL if view.is_world else _DETAIL),
        *_areas(view, mine),
        view_box=f"0 0 {svg.number(view.width)} {svg.number(view.height)}",
        class_="earth",
        aria_hidden="true",
    )
    over = svg.drawing(
        name,
        (view.width, view.height),
        (title, pen.words("figures.map.desc", n=len(inside))),
        [
            svg.group("names", _names(pen, view, mine, [*signs, *taken, bar])),
            svg.group("halos", halos),
            svg.group("spots", drawn),
        ],
        css="over",
        is_fluid=True,
    )
    scale = _bar(pen, view)
    return svg.element("div", svg.lines([ground, over, scale]), class_=f"atlas {name}")


def _areas(view: View, found: Sequence[Country]) -> Iterator[Markup]:
    """The areas of the countries that are records."""
    shrunk = f"scale({svg.number(1 / atlas.FINE)})"
    for one in found:
        if d := atlas.area(view, one.rings, _DETAIL):
            yield svg.element("path", d=d, class_="state", transform=shrunk)


def _names(pen: Pen, view: View, mine: Sequence[Country], taken: Sequence[Box]) -> Iterator[Markup]:
    """The names of seas, and of the countries that are no records, as many as have room."""
    language = pen.words.language
    named = [(water.name(language), water.place, "water") for water in waters()]
    others = sorted((one for one in countries() if one not in mine), key=lambda one: (one.rank, one.names))
    named += [(one.name(language), one.place, "land") for one in others]
    frame = Box(0, 0, view.width, view.height)
    wanted, boxes = [], []
    for words, place, css in named:
        x, y = view.point(*place)
        if _is_inside(view, x, y):
            wide = svg.width_of(words) / 2 + 5
            wanted.append((words, x, y, css))
            boxes.append([[Box(x - wide, y - 9, x + wide, y + 8)]])
    number = 0
    for (words, x, y, css), choice in zip(wanted, placed(boxes, taken, frame), strict=True):
        if choice is not None and number < _NAMES:
            number += 1
            text = svg.words(0, 4, words, css, "middle")
            yield svg.at(svg.percent(x, view.width), text, y=svg.percent(y, view.height))


@cache
def _ground(view: View, name: str, detail: float) -> Markup:
    """Sea, land, lakes, boundaries and graticule of a view, drawn once: all events of a place show the same map."""
    paths = atlas.outlines(view, detail)
    shrunk = svg.number(1 / atlas.FINE)
    hatch = svg.element(
        "pattern",
        svg.element("path", d="M0 10L10 0", class_="hatch"),
        id=f"{name}-hatch",
        width=10,
        height=10,
        patternUnits="userSpaceOnUse",
    )
    layers = [
        svg.element("path", d=paths["land"], class_="land"),
        svg.element("path", d=paths["areas"], class_="areas", fill=f"url(#{name}-hatch)"),
        svg.element("path", d=paths["lakes"], class_="lakes"),
        svg.element("path", d=atlas.graticule(view), class_="globe"),
        svg.element("path", d=paths["borders"], class_="borders"),
        svg.element("path", d=paths["disputed"], class_="disputed"),
    ]
    kept = [layer for layer in layers if 'd=""' not in layer]
    sea = svg.element("rect", width=view.width, height=view.height, class_="sea")
    if view.is_world:
        sea = svg.element("path", d=atlas.globe(view), class_="round", transform=f"scale({shrunk})")
    has_areas = bool(paths["areas"])
    return svg.lines(
        [
            svg.element("defs", hatch) if has_areas else Markup(""),
            sea,
            svg.group("ground", kept, transform=f"scale({shrunk})"),
        ]
    )


def _sign_box(spot: Spot, x: float, y: float) -> Box:
    half = 7.0 * min(3, len(spot.records))
    return Box(x - half, y - 7, x + half, y + 7)


def _choices(sign: Box, rows: list[str]) -> list[tuple[Box, str]]:
    """The possible positions of a spot's label: right, left, above, below, and between these."""
    wide, high = max(map(svg.width_of, rows)) + 4, _ROW * len(rows)
    x, y = (sign.left + sign.right) / 2, (sign.top + sign.bottom) / 2
    found = []
    for left, top, anchor in (
        (sign.right, y - high / 2, "start"),
        (sign.left - wide, y - high / 2, "end"),
        (x - wide / 2, sign.top - high - 1, "middle"),
        (x - wide / 2, sign.bottom, "middle"),
        (sign.right - 3, sign.top - high + 4, "start"),
        (sign.right - 3, sign.bottom - 4, "start"),
        (sign.left - wide + 3, sign.top - high + 4, "end"),
        (sign.left - wide + 3, sign.bottom - 4, "end"),
    ):
        found.append((Box(left, top, left + wide, top + high), anchor))
    return found


def _spot(
    pen: Pen, spot: Spot, rows: list[str], where: tuple[Box, str] | None, *, x: float, y: float
) -> Markup:
    """The symbols of the records at a spot, each a link with its name; without room a name waits for the zoom."""
    parts = []
    box, anchor = where or _choices(_sign_box(spot, x, y), rows)[0]
    place = {"start": box.left + 2, "end": box.right - 2, "middle": (box.left + box.right) / 2}[anchor] - x
    for n, key in enumerate(spot.records[:3]):
        at = (n - (min(3, len(spot.records)) - 1) / 2) * 13
        css, anchored = ("t" if where else "t off"), None if anchor == "start" else anchor
        label = svg.words(place, box.top - y + 11 + _ROW * n, rows[n], css, anchored)
        path, _ = pen.page_of(key)
        title = pen.edition.dossier.label(key)
        if spot.events and n == 0:
            title = f"{title}: {pen.words('nouns.event', n=spot.events)}"
        region = [svg.element("circle", r=_REGION, class_="region")] if is_region(pen, key) else []
        parts.append(
            svg.link(pen.href(path), title, *region, sign(pen, key, at, 0), label, css="spot", data_key=key)
        )
    return svg.lines(parts)


def is_region(pen: Pen, key: RecordId) -> bool:
    """Whether a place is no point, and no country whose area the map shows."""
    record = pen.edition.dossier.records[key]
    is_named = isinstance(record, Place) and (record.kind or "").casefold() in _REGIONS
    return is_named and not country(pen, key)


def sign(pen: Pen, key: RecordId, x: float, y: float, size: float = _SIZE) -> Markup:
    """The symbol of a record's kind: a lozenge for a place, a square for a state."""
    n = svg.number
    if pen.edition.dossier.declared.get(key) is Kind.ORGANIZATION:
        half = size * 0.85
        return svg.element("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, rx=1)
    d = f"M{n(x)} {n(y - size)}l{n(size)} {n(size)}l{n(-size)} {n(size)}l{n(-size)} {n(-size)}Z"
    return svg.element("path", d=d)


def _bar(pen: Pen, view: View) -> Markup:
    """The scale; a map of the world has none, since its scale differs from place to place."""
    if view.is_world:
        return Markup("")
    number, length = atlas.scale_bar(view)
    words = svg.element("span", pen.words("figures.map.kilometres", n=number))
    bar = svg.element("rect", width=svg.percent(length, view.width), height=5, class_="bar")
    drawn = svg.element("svg", bar, width="100%", height=5, aria_hidden="true")
    return svg.element("div", drawn, words, class_="bar")


def _own_bar(pen: Pen, view: View) -> Markup:
    """The scale in a small map."""
    number, length = atlas.scale_bar(view)
    x, y, n = 12.0, view.height - 12, svg.number
    line = svg.element("path", d=f"M{n(x)} {n(y - 5)}v5h{n(length)}v-5")
    return svg.group("bar", [line, svg.words(x + 4, y - 5, pen.words("figures.map.kilometres", n=number))])


def key(pen: Pen, found: Sequence[Spot]) -> Markup:
    """The legend of the marks that occur, with samples."""
    keys = [key for spot in found for key in spot.records]
    lozenge = svg.element("path", d="M8 1l5 5l-5 5l-5 -5Z")
    samples = [
        ("place", "spot place", lozenge, any(_kind_of(pen, key) is Kind.PLACE for key in keys)),
        (
            "state",
            "fig-map",
            svg.element("rect", width=16, height=12, class_="state"),
            any(country(pen, key) for key in keys),
        ),
        (
            "region",
            "spot place",
            svg.element("circle", cx=8, cy=6, r=5, class_="region"),
            any(is_region(pen, key) for key in keys),
        ),
        (
            "events",
            "fig-map",
            svg.element("circle", cx=8, cy=6, r=5, class_="halo"),
            any(spot.events for spot in found),
        ),
        ("disputed", "fig-map", svg.element("path", d="M0 6H16", class_="contested"), True),
    ]
    parts = []
    for name, css, drawn, is_shown in samples:
        if is_shown:
            picture = svg.element("svg", drawn, view_box="0 0 16 12", class_=css, aria_hidden="true")
            parts.append(svg.element("span", picture, Markup(" "), pen.words(f"figures.map.key.{name}")))
    return markdown.joined(parts)


def _kind_of(pen: Pen, key: RecordId) -> Kind | None:
    return pen.edition.dossier.declared.get(key)


def locator(pen: Pen, key: RecordId, coordinates: tuple[float, float], name: str = "fig-locator") -> Markup:
    """A small map of a place with the land around it; of several on one page each has a name of its own."""
    view = View(coordinates[0], coordinates[1], _LEAST_SMALL / SMALL, SMALL, SMALL_HIGH)
    label = pen.edition.dossier.label(key)
    half = svg.element(
        "g",
        sign(pen, key, SMALL / 2, SMALL_HIGH / 2, 6.5),
        class_=f"spot {pen.edition.dossier.declared[key].value}",
    )
    words = svg.words(SMALL / 2, SMALL_HIGH / 2 + 21, svg.shortened(label, 40), "t", "middle")
    return svg.drawing(
        name,
        (SMALL, SMALL_HIGH),
        (pen.words("figures.map.where", name=label), pen.words("figures.map.where_desc", name=label)),
        [_ground(view, name, _SMALL_DETAIL), half, words, _bar(pen, view)],
        css="fig-map fig-locator",
        is_still=True,
    )
