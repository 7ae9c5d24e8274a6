"""Arcs from events to what answered them: through the lanes of a timeline, and over the line of a strip."""

from markupsafe import Markup

from generator.pages.figures import svg
from generator.pages.figures.marks import Mark
from generator.pages.figures.placement import Box


def flow(x1: float, y1: float, x2: float, y2: float, bend: int = -1) -> str:
    """An arc from an event to its answer; beside the marks if they are above each other."""
    if y1 == y2:
        height = y1 - min(26.0, 8 + abs(x2 - x1) / 6)
        return f"M{point(x1, y1 - 6)}C{point(x1, height)} {point(x2, height)} {point(x2, y2 - 7)}"
    step = 6 if y2 > y1 else -6
    if abs(x2 - x1) > 24:
        middle = (y1 + y2) / 2
        return f"M{point(x1, y1 + step)}C{point(x1, middle)} {point(x2, middle)} {point(x2, y2 - step * 1.2)}"
    far = max(14.0, abs(y2 - y1) * 0.06)
    x = max(x1, x2) + far if bend > 0 else min(x1, x2) - far
    return f"M{point(x1, y1 + step)}C{point(x, y1 + step * 3)} {point(x, y2 - step * 3)} {point(x2, y2 - step * 1.2)}"


def tip(x: str, y: str, way: int = 1) -> Markup:
    """An arrowhead that points down, or up; apart from its arc, which is stretched."""
    return svg.at(x, svg.element("path", d=f"M-3.5 {-7 * way}L0 0L3.5 {-7 * way}Z", class_="tip"), y=y)


def lift(a: Mark, b: Mark) -> float:
    """The height of an arc over a strip."""
    return min(44.0, 16 + abs(b.at - a.at) / 5)


def over(a: Mark, y1: float, b: Mark, y2: float) -> str:
    """An arc over the line of a strip."""
    top = min(y1, y2) - 8 - lift(a, b)
    return f"M{point(a.at, y1 - 7)}C{point(a.at, top)} {point(b.at, top)} {point(b.at, y2 - 8)}"


def room(a: Mark, y1: float, b: Mark, y2: float) -> Box:
    """The box of such an arc, which labels avoid."""
    left, right = sorted((a.at, b.at))
    free = (right - left) * 0.1
    return Box(left + free, min(y1, y2) - 8 - lift(a, b) * 0.8, right - free, max(y1, y2) - 6)


def point(x: float, y: float) -> str:
    """A point in the syntax of a path."""
    return f"{svg.number(x)} {svg.number(y)}"
