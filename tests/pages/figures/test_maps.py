"""Maps show the right part of the Earth, with land as land and labels that do not overlap."""

import math
import re
from importlib.resources import files

import pytest

from generator.edition import Edition
from generator.link import link
from generator.model.kinds import Kind
from generator.pages.across import maps
from generator.pages.figures import atlas
from generator.pages.figures.atlas import View
from generator.pages.figures.countries import country_of
from generator.pages.records import side
from generator.pages.writing.pen import Pen
from tests.build import dossier, record
from tests.pages import reading

# Cities (latitude, longitude), and places at sea about as far from any coast as there are.
ON_LAND = [
    (40.18, 44.51),
    (55.75, 37.62),
    (-15.8, -47.9),
    (39.9, 116.4),
    (-25.3, 131.0),
    (0.3, 32.6),
    (64.1, -20.5),
]
AT_SEA = [(30.0, -40.0), (-40.0, 80.0), (0.0, -140.0), (41.8, 50.9), (43.0, 34.0), (-48.9, -123.4)]


def _is_land(view: View, latitude: float, longitude: float) -> bool:
    """Whether a place lies in the land that is drawn, by the even-odd rule of its path."""
    x, y = (value * atlas.FINE for value in view.point(latitude, longitude))
    crossings = 0
    for ring in re.findall(r"M[^z]+z", atlas.outlines(view)["land"]):
        numbers = [float(n) for n in re.findall(r"-?\d+", ring)]
        points = [(numbers[0], numbers[1])]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            if (y1 > y) != (y2 > y) and x1 + (y - y1) * (x2 - x1) / (y2 - y1) > x:
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize("place", ON_LAND)
def test_land_is_drawn_as_land(place: tuple[float, float]) -> None:
    for width in (1120.0, 320.0):
        view = atlas.view_of([place], width, width * 0.6, 1400)
        assert _is_land(view, *place)


@pytest.mark.parametrize("place", AT_SEA)
def test_sea_is_not_drawn_as_land(place: tuple[float, float]) -> None:
    # Opposite to some of these lie continents, which a projection about them turns inside out.
    for least in (300, 4000):
        assert not _is_land(atlas.view_of([place], 1120, 620, least), *place)


def test_world_map_shows_land_and_sea() -> None:
    view = atlas.view_of([*ON_LAND, *AT_SEA], 1120, 620, 900)
    assert view.is_world
    for place in ON_LAND:
        assert _is_land(view, *place)
    for place in AT_SEA:
        assert not _is_land(view, *place)


@pytest.mark.parametrize(
    "places",
    [
        [(40.18, 44.51)],
        [(40.18, 44.51), (40.2, 44.6)],
        [(40.18, 44.51), (55.75, 37.62), (51.13, 71.43)],
        [(-17.0, 178.0), (-14.0, -171.0)],
        [(89.0, 0.0), (80.0, 120.0)],
        [(38.9, -77.0), (55.75, 37.62), (-33.9, 151.2)],
    ],
)
def test_every_place_is_inside_its_map(places: list[tuple[float, float]]) -> None:
    view = atlas.view_of(places, 1120, 620, 900)
    for place in places:
        x, y = view.point(*place)
        assert 0 < x < view.width
        assert 0 < y < view.height
    if not view.is_world:
        assert view.scale * view.width >= 900


def test_north_is_up_and_areas_are_proportional() -> None:
    view = atlas.view_of([(40, 45), (60, 45)], 1120, 620, 900)
    assert view.point(60, 45)[1] < view.point(40, 45)[1]
    for north in (38, 58):
        # A degree and a half square is as large as on the globe, within a hundredth.
        corners = [
            view.point(lat, lon) for lat, lon in ((north, 44), (north, 46), (north + 2, 46), (north + 2, 44))
        ]
        area = abs(
            sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, [*corners[1:], corners[0]], strict=True))
            / 2
        )
        true = (
            atlas.RADIUS**2
            * math.radians(2)
            * (math.sin(math.radians(north + 2)) - math.sin(math.radians(north)))
        )
        assert area * view.scale**2 == pytest.approx(true, rel=0.01)


def test_disputed_boundaries_are_a_separate_layer() -> None:
    # Kashmir has lines of control.
    view = atlas.view_of([(34.5, 76.0)], 1120, 620, 900)
    assert len(atlas.outlines(view)["disputed"]) > 100
    # The border of France and Spain has none.
    view = atlas.view_of([(42.6, 1.0)], 1120, 620, 600)
    found = atlas.outlines(view)
    assert found["disputed"] == ""
    assert len(found["borders"]) > 100


def test_scale_bar_is_round_and_of_the_right_length() -> None:
    view = atlas.view_of([(0, 0)], 1000, 600, 1000)
    number, length = atlas.scale_bar(view)
    assert number == 200
    there = view.point(0, number / 111.195)
    assert there[0] - view.point(0, 0)[0] == pytest.approx(length, rel=0.01)


def _edition(number: int) -> Edition:
    found = dossier(
        *(
            record(
                Kind.PLACE,
                f"place-{n:03}",
                name=f"Place of a long name {n}",
                coordinates=[(n * 37) % 140 - 60, (n * 73) % 350 - 175],
            )
            for n in range(number)
        ),
        *(
            record(Kind.EVENT, f"event-{n}", place=f"place-{n % max(1, number // 2):03}")
            for n in range(number)
        ),
        record(Kind.ORGANIZATION, "state", kind="state", name="The State", coordinates=[0, 0]),
        record(Kind.ORGANIZATION, "body", kind="body", name="The Body", coordinates=[1, 1]),
    )
    return Edition(found, link(found))


def test_map_and_table_show_the_same_places_and_states() -> None:
    (page,) = maps.pages(_edition(5))
    for key in (*(f"place-{n:03}" for n in range(5)), "state"):
        # Where nothing happened is drawn where it lies within the map, else named below it.
        shown = f'data-key="{key}"' in page.body
        assert shown or f"/{key}/" in page.body.partition("<figcaption")[2].partition("</figcaption>")[0]
        assert f"/{key}.md)" in page.body
    assert 'data-key="body"' not in page.body


def test_map_of_many_places_stays_small_and_counts_the_rest() -> None:
    (page,) = maps.pages(_edition(400))
    assert len(page.text.encode()) < 180_000
    assert f"The {maps.MOST} of 401 places" in page.body
    rows = [line for line in page.body.splitlines() if line.startswith("| [")]
    assert len(rows) == maps.MOST


def test_place_with_coordinates_has_a_small_map() -> None:
    edition = _edition(2)
    pen = Pen(edition, "places/place-000.md")
    assert "fig-locator" in side.locator(pen, edition.dossier.places["place-000"].id)  # type: ignore[index]
    assert side.locator(pen, None) == ""


def test_outlines_are_a_small_file() -> None:
    for name in ("atlas.npz", "countries.npz"):
        assert len(files("generator.pages.figures").joinpath(name).read_bytes()) < 200_000
    assert "public domain" in files("generator.pages.figures").joinpath("atlas.md").read_text("utf-8")


def test_country_is_found_by_its_name_and_its_capital() -> None:
    yerevan = (40.18, 44.51)
    armenia = country_of(["Republic of Somewhere", "Armenia"], yerevan, "en")
    assert armenia
    assert armenia.code == "AM"
    assert armenia.name("ru") == "Армения"
    assert country_of(["Հայաստան"], yerevan, "hy") == armenia
    # Its name is within it, and not in its capital.
    assert armenia.holds(*armenia.place)
    assert atlas.kilometres(armenia.place, yerevan) > 20
    # A state of history may have the same capital, and a state's namesake lies elsewhere.
    assert country_of(["Soviet Union"], (55.75, 37.62), "en") is None
    assert country_of(["Georgia"], (33.75, -84.39), "en") is None


def test_state_is_an_area_apart_from_its_capital() -> None:
    found = dossier(
        record(Kind.PLACE, "yerevan", name="Yerevan", coordinates=[40.18, 44.51]),
        record(Kind.ORGANIZATION, "armenia", name="Armenia", kind="state", coordinates=[40.18, 44.51]),
        record(Kind.EVENT, "met", date="2022-01-01", place="yerevan"),
        record(Kind.PLACE, "caucasus", name="South Caucasus", kind="region", coordinates=[41.0, 45.0]),
    )
    (page,) = maps.pages(Edition(found, link(found)))
    tree = reading.parse(page.body)
    spots = {e.get("data-key") for e in tree.iter() if e.get("class") == "spot"}
    assert spots == {"yerevan", "armenia", "caucasus"}
    # On the map for wide windows, on that for phones, and in the key.
    assert page.body.count('class="state"') == 3
    assert page.body.count('class="region"') == 3
    for name in ("Georgia", "Azerbaijan", "country", "disputed boundary"):
        assert f">{name}<" in page.body or f" {name}<" in page.body, name
