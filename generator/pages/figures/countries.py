"""The countries of the world with their areas (atlas.md) and names, and the names of seas, for maps."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import yaml
from babel import Locale

if TYPE_CHECKING:
    from generator.pages.figures.atlas import Array

_STEPS = 180.0


class Country(NamedTuple):
    """A country: the place of its name (latitude, longitude), the rank of the name, and its rings.

    Attributes:
        code: Its code of ISO 3166-1, by which CLDR knows its name; empty if it has none.
        names: Its names in English.
    """

    code: str
    names: tuple[str, ...]
    rank: int
    place: tuple[float, float]
    rings: tuple["Array", ...]

    def name(self, language: str) -> str:
        """Its name in a language; in English if CLDR has none."""
        return _territories(language).get(self.code) or self.names[0]

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a place lies in it."""
        return sum(_crossings(ring, latitude, longitude) for ring in self.rings) % 2 == 1


class Water(NamedTuple):
    """The name of a sea and its place."""

    place: tuple[float, float]
    names: dict[str, str]

    def name(self, language: str) -> str:
        """Its name in a language; in English for languages that the list lacks."""
        return self.names.get(language) or self.names["en"]


def _crossings(ring: "Array", latitude: float, longitude: float) -> int:
    """How often a line from a place to the east crosses a ring."""
    x1, y1, x2, y2 = ring[:-1, 0], ring[:-1, 1], ring[1:, 0], ring[1:, 1]
    crosses = (y1 > latitude) != (y2 > latitude)
    at = x1[crosses] + (latitude - y1[crosses]) * (x2[crosses] - x1[crosses]) / (y2[crosses] - y1[crosses])
    return int((at > longitude).sum())


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language, sep="-").territories)


@cache
def countries() -> tuple[Country, ...]:
    """All countries and territories of the atlas."""
    import numpy as np

    with files("generator.pages.figures").joinpath("countries.npz").open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        deltas, ends = stored["deltas"].astype(np.int64), stored["ends"].tolist()
        owners, codes, names = stored["owners"].tolist(), stored["codes"].tolist(), stored["names"].tolist()
        ranks, places = stored["ranks"].tolist(), stored["places"].tolist()
    rings: dict[int, list[Array]] = {}
    for owner, (start, end) in zip(owners, pairwise([0, *ends]), strict=True):
        rings.setdefault(owner, []).append(np.cumsum(deltas[start:end], axis=0) / _STEPS)
    return tuple(
        Country(code, tuple(dict.fromkeys(own)), rank, (place[1], place[0]), tuple(rings.get(n, ())))
        for n, (code, own, rank, place) in enumerate(zip(codes, names, ranks, places, strict=True))
    )


@cache
def _by_name(language: str) -> dict[str, Country]:
    return {
        name.casefold(): country
        for country in countries()
        for name in (*country.names, country.name(language))
    }


def country_of(names: Iterable[str], coordinates: tuple[float, float], language: str) -> Country | None:
    """The country that has one of some names and in which a place lies; both, since states of history share capitals."""
    for name in names:
        found = _by_name(language).get(name.casefold())
        if found and found.holds(*coordinates):
            return found
    return None


@cache
def waters() -> tuple[Water, ...]:
    """The seas and oceans."""
    text = files("generator.pages.figures").joinpath("seas.yml").read_text("utf-8")
    return tuple(
        Water((one["at"][0], one["at"][1]), {key: name for key, name in one.items() if key != "at"})
        for one in yaml.safe_load(text)
    )
