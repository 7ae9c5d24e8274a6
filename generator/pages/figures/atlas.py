"""The world's outlines (atlas.md) on a plane: projected, clipped to a frame, and simplified to what is visible."""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

LAYERS = ("land", "lakes", "areas", "borders", "disputed")
_FILLED = ("land", "lakes", "areas")
_STEPS = 180.0
# The mean radius of the Earth, in kilometers.
RADIUS = 6371.0
# A map that spans more than twice this, in degrees of a great circle, shows the whole world.
WORLD = 75.0
_NORTH, _SOUTH = 84.0, -57.0
# Coefficients of the Equal Earth projection, Šavrič, Patterson and Jenny, 2018.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
# Coordinates are rounded to halves of a unit, the finest that a screen shows.
FINE = 2.0
_MARGIN = 6.0
# Points of a ring that may hold the point opposite to a map's middle: continents and large islands.
_LARGE = 60


class View(NamedTuple):
    """The part of the world that a map shows: its center and its scale in kilometers to a unit of the drawing.

    A part of the world is drawn by Lambert's azimuthal equal-area projection about its center, the
    whole by Equal Earth; both preserve the proportion of areas.
    """

    latitude: float
    longitude: float
    scale: float
    width: float
    height: float
    is_world: bool = False
    # The middle on the plane, where that is not the middle of the projection.
    x0: float = 0.0
    y0: float = 0.0

    def point(self, latitude: float, longitude: float) -> tuple[float, float]:
        """The position of a place in the drawing."""
        import numpy as np

        found = self.points(np.array([[longitude, latitude]]))[0]
        return float(found[0]), float(found[1])

    def points(self, degrees: "Array") -> "Array":
        """The positions of longitudes and latitudes in the drawing."""
        return self.projected(Globe.of(degrees))

    def projected(self, globe: "Globe") -> "Array":
        """The positions of points whose values have been computed before."""
        import numpy as np

        x, y = _equal_earth(globe) if self.is_world else _lambert(globe, self.latitude, self.longitude)
        middle = np.array([self.width / 2, self.height / 2])
        found: Array = np.column_stack([(x - self.x0), -(y - self.y0)]) * (RADIUS / self.scale) + middle
        return found


class Globe(NamedTuple):
    """Points on the globe, with functions of their latitudes that are slow to compute and that every view needs."""

    longitude: "Array"
    latitude: "Array"
    sine: "Array"
    cosine: "Array"

    @classmethod
    def of(cls, degrees: "Array") -> "Globe":
        """Longitudes and latitudes in degrees."""
        import numpy as np

        latitude = np.radians(degrees[:, 1])
        return cls(degrees[:, 0], latitude, np.sin(latitude), np.cos(latitude))

    def some(self, parts: "Sequence[slice]") -> "Globe":
        """The points of some slices, one slice after the other."""
        import numpy as np

        whole = (self.longitude, self.latitude, self.sine, self.cosine)
        return Globe(*(np.concatenate([values[part] for part in parts]) for values in whole))


def _lambert(globe: Globe, latitude: float, longitude: float) -> tuple["Array", "Array"]:
    import numpy as np

    at, lon = math.radians(latitude), np.radians(globe.longitude - longitude)
    east, ahead = np.sin(lon), np.cos(lon)
    cosine = math.sin(at) * globe.sine + math.cos(at) * globe.cosine * ahead
    k = np.sqrt(2 / np.maximum(1 + cosine, 1e-4))
    x = k * globe.cosine * east
    y = k * (math.cos(at) * globe.sine - math.sin(at) * globe.cosine * ahead)
    return x, y


def _equal_earth(globe: Globe) -> tuple["Array", "Array"]:
    import numpy as np

    lon, lat = np.radians(globe.longitude), globe.latitude
    t = np.arcsin(math.sqrt(3) / 2 * np.sin(lat))
    t2 = t * t
    t6 = t2**3
    x = 2 * math.sqrt(3) * lon * np.cos(t) / (3 * (9 * _A4 * t6 * t2 + 7 * _A3 * t6 + 3 * _A2 * t2 + _A1))
    y = t * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
    return x, y


def view_of(places: Iterable[tuple[float, float]], width: float, height: float, least: float) -> View:
    """The view of some places (latitude, longitude), at least `least` kilometers from side to side."""
    found = sorted(set(places))
    latitude, longitude, spread = _middle(found)
    if spread > WORLD:
        # At its equator the world is 2 × 2.7066 radii wide. The far south, which is uninhabited, is left out.
        scale = RADIUS * 2 * 2.70663 / (width - 16)
        flat = View(0, 0, scale, 0.0, 0.0, is_world=True)
        top, bottom = flat.point(_NORTH, 0)[1], flat.point(min(_SOUTH, min(p[0] for p in found) - 5), 0)[1]
        middle = -(top + bottom) / 2 * scale / RADIUS
        return View(0, 0, scale, width, float(round(bottom - top)), is_world=True, y0=middle)
    rough = View(latitude, longitude, 1.0, 0.0, 0.0)
    points = [rough.point(*place) for place in found]
    left, right = min(p[0] for p in points), max(p[0] for p in points)
    top, bottom = min(p[1] for p in points), max(p[1] for p in points)
    # Free at the sides, for labels.
    scale = max((right - left) / (width * 0.72), (bottom - top) / (height * 0.74), least / width)
    return View(
        latitude,
        longitude,
        scale,
        width,
        height,
        x0=(left + right) / 2 / RADIUS,
        y0=-(top + bottom) / 2 / RADIUS,
    )


def _middle(places: list[tuple[float, float]]) -> tuple[float, float, float]:
    """The center of some places on the globe, and the angle from there to the farthest, in degrees."""
    vectors = [_vector(*place) for place in places]
    total = [sum(v[n] for v in vectors) for n in range(3)]
    length = math.sqrt(sum(t * t for t in total))
    if length < 1e-6 * len(vectors):
        return 0.0, 0.0, 180.0
    x, y, z = (t / length for t in total)
    farthest = max(
        math.degrees(math.acos(max(-1.0, min(1.0, x * v[0] + y * v[1] + z * v[2])))) for v in vectors
    )
    return round(math.degrees(math.asin(z)), 2), round(math.degrees(math.atan2(y, x)), 2), farthest


def _vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    lat, lon = math.radians(latitude), math.radians(longitude)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance between two places along the ground."""
    a, b = _vector(*one), _vector(*other)
    return RADIUS * math.acos(max(-1.0, min(1.0, sum(x * y for x, y in zip(a, b, strict=True)))))


@cache
def _lines() -> tuple[tuple[str, "Array"], ...]:
    """Every line of the atlas with its layer, longitude and latitude in degrees."""
    import numpy as np

    with files("generator.pages.figures").joinpath("atlas.npz").open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        deltas, ends, layers = stored["deltas"].astype(np.int64), stored["ends"], stored["layers"]
    starts = [0, *ends[:-1].tolist()]
    return tuple(
        (LAYERS[layer], np.cumsum(deltas[start:end], axis=0) / _STEPS)
        for layer, start, end in zip(layers.tolist(), starts, ends.tolist(), strict=True)
    )


@cache
def _globe() -> Globe:
    """The points of all lines of the atlas, one line after the other."""
    import numpy as np

    return Globe.of(np.concatenate([line for _, line in _lines()]))


@cache
def _slices() -> tuple[slice, ...]:
    """The slice of each line of the atlas among the points of all."""
    ends = list(accumulate(len(line) for _, line in _lines()))
    return tuple(slice(start, end) for start, end in zip([0, *ends], ends, strict=False))


@cache
def _boxes() -> "Array":
    """For each line of the atlas its west, south, east and north."""
    import numpy as np

    return np.array([[*line.min(axis=0), *line.max(axis=0)] for _, line in _lines()])


@cache
def _is_large() -> "NDArray[np.bool_]":
    """The lines that are long enough to go around much of the globe."""
    import numpy as np

    return np.array([len(line) >= _LARGE for _, line in _lines()])


def _near(view: View) -> "NDArray[np.intp]":
    """The lines that may be visible in a view: those near it, and large ones, which may surround it."""
    import numpy as np

    boxes = _boxes()
    # Half of the diagonal of what is shown, in degrees of a great circle, with room for its middle's offset.
    reach = math.degrees(math.hypot(view.width, view.height) / 2 * view.scale / RADIUS) * 1.3 + 1
    reach += math.degrees(math.hypot(view.x0, view.y0))
    far = max(abs(view.latitude - reach), abs(view.latitude + reach))
    if view.is_world or reach > 45 or far > 75:
        return np.arange(len(boxes))
    wide = reach / math.cos(math.radians(far))
    west, south, east, north = boxes.T
    is_level = (north >= view.latitude - reach) & (south <= view.latitude + reach)
    # Degrees of longitude around the middle, so that the date line is no border.
    middle, half = (west + east) / 2, (east - west) / 2
    apart = np.abs((middle - view.longitude + 180) % 360 - 180)
    holds = (west - 1 <= _opposite(view)[0]) & (_opposite(view)[0] <= east + 1) & _is_large()
    return np.flatnonzero((is_level & (apart <= half + wide)) | holds)


def _opposite(view: View) -> tuple[float, float]:
    """The point of the globe opposite to the middle of a view: its longitude and latitude."""
    return view.longitude % 360 - 180, -view.latitude


def outlines(view: View, detail: float = 1.0) -> dict[str, str]:
    """The path of each layer within a view, in 1/FINE of a unit; `detail` is the least step that is drawn."""
    paths: dict[str, list[str]] = {layer: [] for layer in LAYERS}
    for layer, line, points in _projected(view):
        for part in _shown(view, line, points, is_filled=layer in _FILLED):
            if path := _path(part, detail, is_filled=layer in _FILLED):
                paths[layer].append(path)
    return {layer: "".join(parts) for layer, parts in paths.items()}


def area(view: View, rings: Iterable["Array"], detail: float) -> str:
    """The path of an area within a view, given its rings as longitudes and latitudes."""
    parts = (part for ring in rings for part in _shown(view, ring, view.points(ring), is_filled=True))
    return "".join(_path(part, detail, is_filled=True) for part in parts)


def _projected(view: View) -> Iterator[tuple[str, "Array", "Array"]]:
    """The lines of the atlas that may be visible in a view: the layer, on the globe, on the plane; all in one step."""
    import numpy as np

    lines, places = _lines(), _near(view).tolist()
    near = [lines[place] for place in places]
    if not near:
        return
    points = view.projected(_globe().some([_slices()[place] for place in places]))
    starts = np.cumsum([0, *(len(line) for _, line in near)])
    low = np.minimum.reduceat(points, starts[:-1])
    high = np.maximum.reduceat(points, starts[:-1])
    left, top, right, bottom = _frame(view)
    is_beside = (high[:, 0] < left) | (low[:, 0] > right) | (high[:, 1] < top) | (low[:, 1] > bottom)
    for n, (layer, line) in enumerate(near):
        if not is_beside[n] or (layer in _FILLED and _is_inside_out(view, line)):
            yield layer, line, points[starts[n] : starts[n + 1]]


def _frame(view: View) -> tuple[float, float, float, float]:
    """The frame of what is drawn: a little larger than what is shown, so that its edges are not visible."""
    return (-_MARGIN, -_MARGIN, view.width + _MARGIN, view.height + _MARGIN)


def _shown(view: View, line: "Array", points: "Array", *, is_filled: bool) -> Iterator["Array"]:
    """The parts of a line within the frame, on the plane."""
    frame = _frame(view)
    if is_filled:
        # A ring that holds the point opposite to the middle is turned inside out.
        is_turned = _is_inside_out(view, line)
        rings = [points, *([_far(frame)] if is_turned else [])]
        for ring in rings:
            yield from _cut_ring(ring, frame)
    else:
        yield from _cut_line(points, frame)


def _is_inside_out(view: View, line: "Array") -> bool:
    """Whether a ring contains the point opposite to the center, which is the whole edge of the plane."""
    if view.is_world or len(line) < _LARGE:
        return False
    x, y = _opposite(view)
    x1, y1, x2, y2 = line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1]
    crosses = (y1 > y) != (y2 > y)
    at = x1[crosses] + (y - y1[crosses]) * (x2[crosses] - x1[crosses]) / (y2[crosses] - y1[crosses])
    return bool((at > x).sum() % 2)


def _far(frame: tuple[float, float, float, float]) -> "Array":
    """A ring around everything, in which an inner one is a hole."""
    import numpy as np

    left, top, right, bottom = frame
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom], [left, top]])


def _cut_ring(ring: "Array", frame: tuple[float, float, float, float]) -> Iterator["Array"]:
    """A ring clipped to a frame, side by side, by the algorithm of Sutherland and Hodgman."""
    import numpy as np

    for axis, limit, sign in ((0, frame[0], 1), (0, frame[2], -1), (1, frame[1], 1), (1, frame[3], -1)):
        if len(ring) < 3:
            return
        inside = (ring[:, axis] - limit) * sign >= 0
        if inside.all():
            continue
        if not inside.any():
            return
        after = _rolled(ring)
        crosses = inside != _rolled(inside)
        span = after[:, axis] - ring[:, axis]
        share = np.divide(limit - ring[:, axis], span, out=np.zeros_like(span), where=span != 0)
        cuts = ring + share[:, None] * (after - ring)
        order = np.concatenate([np.flatnonzero(inside) * 2, np.flatnonzero(crosses) * 2 + 1])
        ring = np.concatenate([ring[inside], cuts[crosses]])[np.argsort(order, kind="stable")]
    yield ring


def _rolled(values: "NDArray[Any]") -> "NDArray[Any]":
    """Values rotated by one; `numpy.roll` takes ten times as long for so few."""
    import numpy as np

    return np.concatenate([values[1:], values[:1]])


def _cut_line(points: "Array", frame: tuple[float, float, float, float]) -> Iterator["Array"]:
    """The runs of a line that lie in a frame, each with a point beyond it at either end."""
    import numpy as np

    left, top, right, bottom = frame
    x, y = points[:, 0], points[:, 1]
    inside = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
    if not inside.any():
        return
    wide = inside | _rolled(inside)
    wide[1:] |= inside[:-1]
    wide[0] |= inside[-1]
    breaks = (np.flatnonzero(wide[1:] != wide[:-1]) + 1).tolist()
    for start, end in pairwise([0, *breaks, len(points)]):
        if end - start > 1 and wide[start]:
            yield points[start:end]


def _path(points: "Array", detail: float, *, is_filled: bool) -> str:
    """The data of a path through points, without points nearer to the last one than a step."""
    import numpy as np

    least = detail * FINE
    # An islet or a lake smaller than a dot is none.
    if is_filled and float(np.ptp(points, axis=0).max()) < 1.5 * detail:
        return ""
    whole: list[list[int]] = np.rint(points * FINE).astype(np.int64).tolist()
    kept = [whole[0]]
    for place in whole[1:-1]:
        if abs(place[0] - kept[-1][0]) + abs(place[1] - kept[-1][1]) > least:
            kept.append(place)
    if whole[-1] != kept[-1]:
        kept.append(whole[-1])
    if len(kept) < (4 if is_filled else 2):
        return ""
    steps = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{steps.replace(' -', '-')}{'z' if is_filled else ''}"


def graticule(view: View) -> str:
    """Meridians and parallels, spaced so that four or five of each are visible."""
    import numpy as np

    span = view.scale * view.width / (RADIUS * math.pi / 180)
    step = next((s for s in (0.5, 1, 2, 5, 10, 15, 30) if span / s <= 7), 30)
    frame = _frame(view)
    reach = span / 2 / max(0.15, math.cos(math.radians(view.latitude))) + step
    first = -180.0 if view.is_world or reach > 120 else math.floor((view.longitude - reach) / step) * step
    last = 180.0 if view.is_world or reach > 120 else view.longitude + reach
    low = max(-90.0, view.latitude - span) if not view.is_world else -90.0
    high = min(90.0, view.latitude + span) if not view.is_world else 90.0
    fine = np.linspace(max(-85.0, low), min(85.0, high), 41)
    paths = [
        np.column_stack([np.full_like(fine, longitude), fine])
        for longitude in np.arange(first, last + 0.001, step)
    ]
    wide = np.linspace(first, last, 73)
    paths += [
        np.column_stack([wide, np.full_like(wide, latitude)])
        for latitude in np.arange(math.ceil(max(-85.0, low) / step) * step, min(85.0, high) + 0.001, step)
    ]
    ends = list(accumulate(map(len, paths)))
    points = view.points(np.concatenate(paths))
    lines = (points[start:end] for start, end in zip([0, *ends], ends, strict=False))
    return "".join(_path(run, 2.0, is_filled=False) for line in lines for run in _cut_line(line, frame))


def scale_bar(view: View) -> tuple[int, float]:
    """A round number of kilometers, and its length in the drawing."""
    most = view.scale * view.width / 5
    size = 10 ** math.floor(math.log10(most))
    number = next(n for n in (5, 2, 1) if n * size <= most) * size
    return int(number), number / view.scale


def globe(view: View) -> str:
    """The edge of a map of the world, within its frame."""
    import numpy as np

    up = np.linspace(-90, 90, 61)
    east, west = np.full_like(up, 180.0), np.full_like(up, -180.0)
    ring = np.concatenate([np.column_stack([east, up]), np.column_stack([west, up[::-1]])])
    cut = _cut_ring(view.points(ring), (0.0, 0.0, view.width, view.height))
    return "".join(_path(part, 1.0, is_filled=True) for part in cut)
