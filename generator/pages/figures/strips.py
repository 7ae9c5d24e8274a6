"""The timeline in a strip, for pages that have other things to say too."""

from collections.abc import Sequence

from markupsafe import Markup

from generator.model.happenings import Event
from generator.pages.figures import svg, timeline
from generator.pages.pen import INDEX, Pen

# One date needs no line.
_LEAST = 2


def strip(pen: Pen, events: Sequence[Event]) -> Markup:
    """A record's events in a line, as wide as the text; nothing where there are too few."""
    if len(events) < _LEAST:
        return Markup("")
    return svg.figure(
        "fig-text fig-line", timeline.strip(pen, events, timeline.NARROW), skip=pen.words("figures.skip")
    )


def main_strip(pen: Pen) -> Markup:
    """The time in which most happened, as wide as the page, and a way to the whole."""
    events, before, after = timeline.main_window(pen.edition.events_by_date)
    if len(events) < _LEAST:
        return Markup("")
    whole = svg.element("a", pen.words("figures.timeline.whole"), href=pen.href(f"timeline/{INDEX}"))
    outside = [
        *([pen.words("figures.timeline.before", n=before)] if before else []),
        *([pen.words("figures.timeline.after", n=after)] if after else []),
    ]
    caption = Markup(" ").join([*(svg.element("span", words) for words in outside), whole])
    return svg.figure(
        "fig-wide fig-line",
        timeline.strip(pen, events, timeline.WIDE),
        caption=caption,
        skip=pen.words("figures.skip"),
    )
