"""Maps: places with their events, on the outlines of land and states."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from markupsafe import Markup

from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.pages.figures import atlas, svg
from generator.pages.figures.atlas import View
from generator.pages.figures.placement import Box, placed
from generator.pages.writing.pen import Pen

# The most characters of a label.
_LABEL = 34
WIDTH, HEIGHT = 1120.0, 620.0
SMALL, SMALL_HIGH = 320.0, 220.0
# The least width of a map, in kilometers.
_LEAST, _LEAST_SMALL = 900.0, 1400.0
# Records closer than this, in degrees, share one spot.
_SAME = 0.06
# A closer map is drawn where so much happened within so small a part of the whole.
_MOSTLY, _PART = 0.5, 0.4
_SIZE = 5.0
# The least step of a line, in units of the drawing: finer steps are invisible and make the file larger.
_DETAIL, _WORLD_DETAIL, _SMALL_DETAIL = 1.6, 3.2, 2.0


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


def _whole(found: Sequence[Spot]) -> View:
    """The view of all spots with events; of all spots if none has any."""
    wanted = [spot for spot in found if spot.events] or list(found)
    return atlas.view_of((spot.coordinates for spot in wanted), WIDTH, HEIGHT, _LEAST)


def _is_inside(view: View, x: float, y: float) -> bool:
    return 6 < x < view.width - 6 and 6 < y < view.height - 6


def world(pen: Pen, found: Sequence[Spot]) -> tuple[Markup, ...]:
    """The map of all events; before it a closer one, if most happened in a small part of it."""
    maps = [_map(pen, _whole(found), found, "fig-map", pen.words("figures.map.title"))]
    if inner := closer(found):
        view = atlas.view_of((spot.coordinates for spot in inner), WIDTH, HEIGHT, _LEAST)
        maps.insert(0, _map(pen, view, found, "fig-map-closer", pen.words("figures.map.closer")))
    return tuple(maps)


def closer(found: Sequence[Spot]) -> tuple[Spot, ...]:
    """The spots of the smallest part with most of the events; none if that part is not small."""
    if len(found) < 4:
        return ()
    happened = [spot.coordinates for spot in found if spot.events] or [spot.coordinates for spot in found]
    spread = max(atlas.kilometres(happened[0], other) for other in happened)
    total = sum(spot.events for spot in found)
    best: tuple[float, tuple[Spot, ...]] | None = None
    for middle in found[:40]:
        ordered = sorted(
            found, key=lambda spot: (atlas.kilometres(middle.coordinates, spot.coordinates), spot.records)
        )
        taken, events = [], 0
        for spot in ordered:
            taken.append(spot)
            events += spot.events
            if len(taken) >= 3 and events >= _MOSTLY * total:
                break
        reach = atlas.kilometres(middle.coordinates, taken[-1].coordinates)
        if best is None or reach < best[0]:
            best = reach, tuple(taken)
    return best[1] if best and len(best[1]) < len(found) and best[0] < _PART * spread else ()


def _map(pen: Pen, view: View, found: Sequence[Spot], name: str, title: str) -> Markup:
    frame = Box(0, 0, view.width, view.height)
    inside = []
    for spot in found:
        x, y = view.point(*spot.coordinates)
        if _is_inside(view, x, y):
            inside.append((spot, x, y))
    most = max((spot.events for spot, _, _ in inside), default=0) or 1
    sizes = [4 + 20 * (spot.events / most) ** 0.5 if spot.events else 0.0 for spot, _, _ in inside]
    signs = [_sign_box(spot, x, y) for spot, x, y in inside]
    labels = [
        [svg.shortened(pen.edition.dossier.label(key), _LABEL) for key in s.records[:3]] for s, _, _ in inside
    ]
    choices = [_choices(box, rows) for box, rows in zip(signs, labels, strict=True)]
    bar = Box(8, view.height - 34, 190, view.height)
    chosen = placed([[[box] for box, _ in c] for c in choices], [*signs, bar], frame)
    halos = (
        svg.element("circle", cx=x, cy=y, r=size, class_="halo")
        for (_, x, y), size in zip(inside, sizes, strict=True)
        if size
    )
    drawn = []
    for (spot, x, y), rows, options, choice in zip(inside, labels, choices, chosen, strict=True):
        drawn.append(
            _spot(pen, spot=spot, x=x, y=y, rows=rows, where=None if choice is None else options[choice])
        )
    return svg.drawing(
        name,
        (view.width, view.height),
        (title, pen.words("figures.map.desc", n=len(inside))),
        [
            _ground(view, name, _WORLD_DETAIL if view.is_world else _DETAIL),
            svg.group("halos", halos),
            svg.group("spots", drawn),
            _bar(pen, view),
        ],
        css="fig-map",
    )


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
    wide, high = max(map(svg.width_of, rows)) + 4, 13.0 * len(rows)
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


def _spot(pen: Pen, spot: Spot, x: float, y: float, rows: list[str], where: tuple[Box, str] | None) -> Markup:
    """The symbols of the records at a spot, each a link with its name."""
    parts = []
    for n, key in enumerate(spot.records[:3]):
        at = x + (n - (min(3, len(spot.records)) - 1) / 2) * 13
        label = Markup("")
        if where:
            box, anchor = where
            place = {"start": box.left + 2, "end": box.right - 2, "middle": (box.left + box.right) / 2}[
                anchor
            ]
            anchored = None if anchor == "start" else anchor
            label = svg.words(place, box.top + 10 + 13 * n, rows[n], "t", anchored)
        path, _ = pen.page_of(key)
        title = pen.edition.dossier.label(key)
        if spot.events and n == 0:
            title = f"{title}: {pen.words('nouns.event', n=spot.events)}"
        parts.append(svg.link(pen.href(path), title, sign(pen, key, at, y), label, css="spot", data_key=key))
    return svg.lines(parts)


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
    x, y, n = 12.0, view.height - 12, svg.number
    line = svg.element("path", d=f"M{n(x)} {n(y - 5)}v5h{n(length)}v-5")
    return svg.group("bar", [line, svg.words(x + 4, y - 5, pen.words("figures.map.kilometres", n=number))])


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
