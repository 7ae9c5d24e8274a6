"""The colors of the style sheet: legible, and one meaning each."""

import math
import re
from itertools import product
from pathlib import Path

import pytest

from generator import theme

SHEET = Path(theme.__file__).parent.joinpath("assets/stylesheets/dossier.css").read_text("utf-8")
GROUNDS = ("paper", "card", "mark")
KINDS = ("person", "organization", "place", "event", "document", "issue", "question")
STANCES = ("supportive", "critical", "mixed", "neutral")
# The least angle between two hues, of 360 degrees, that readers take for two colors.
APART = 18

Color = tuple[float, float, float]


def tokens(scheme: int) -> dict[str, Color]:
    """The colors of the style sheet by name, as linear light: in the light scheme (0) or the dark one (1)."""
    found = re.findall(r"--([a-z]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)", SHEET)
    return {name: linear(schemes[scheme]) for name, *schemes in found}


def linear(color: str) -> Color:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (int(color[n : n + 2], 16) / 255 for n in (0, 2, 4))
    )
    return red, green, blue


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colors as WCAG 2 defines it."""
    lights = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def hue(color: Color) -> float:
    """The hue of a color in OKLCH, in degrees."""
    red, green, blue = color
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short
    return math.degrees(math.atan2(b, a)) % 360


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colors_are_legible_on_every_ground(scheme: int) -> None:
    colors = tokens(scheme)
    pairs = product((*KINDS, *STANCES, "ink", "soft", "accent"), GROUNDS)
    assert {pair: c for pair in pairs if (c := contrast(colors[pair[0]], colors[pair[1]])) < 4.5} == {}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_stances_have_hues_of_their_own(scheme: int) -> None:
    hues = {name: hue(color) for name, color in tokens(scheme).items()}
    angles = {
        (one, other): abs((hues[one] - hues[other] + 180) % 360 - 180)
        for one, other in product(STANCES[:3], (*KINDS, "accent", *STANCES[:3]))
        if one != other
    }
    assert {pair: angle for pair, angle in angles.items() if angle < APART} == {}
