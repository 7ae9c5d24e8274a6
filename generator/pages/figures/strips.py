"""Strips: small timelines for pages about other things."""

from collections.abc import Sequence

from markupsafe import Markup

from generator.model.happenings import Event
from generator.pages.figures import marks, svg, timeline
from generator.pages.writing.pen import INDEX, Pen

# A single date needs no strip.
_LEAST = 2
# Events that are listed where the strip has no room.
_LISTED = 12


def strip(pen: Pen, events: Sequence[Event]) -> Markup:
    """A record's events on one axis, as wide as the text; empty if there are too few."""
    if len(events) < _LEAST:
        return Markup("")
    return svg.figure(
        "fig-text fig-line", timeline.strip(pen, events, timeline.NARROW), skip=pen.words("figures.skip")
    )


def main_strip(pen: Pen) -> Markup:
    """The period with most events, as wide as the page, with a link to the timeline.

    It begins with the first event that has some weight. It is drawn for two widths; where neither has room, on a
    phone, the weightiest are listed in its place.
    """
    events, before, after = timeline.main_window(pen.edition.events_by_date)
    first = next((n for n, priority in enumerate(marks.priorities(events)) if priority < 2), 0)
    events, before = events[first:], before + first
    if len(events) < _LEAST:
        return Markup("")
    priorities = marks.priorities(events)
    whole = svg.element("a", pen.words("figures.timeline.whole"), href=pen.href(f"timeline/{INDEX}"))
    outside = [
        *([pen.words("figures.timeline.before", n=before)] if before else []),
        *([pen.words("figures.timeline.after", n=after)] if after else []),
    ]
    caption = Markup(" ").join([*(svg.element("span", words) for words in outside), whole])
    listed = sorted(sorted(range(len(events)), key=lambda n: (priorities[n], n))[:_LISTED])
    return svg.figure(
        "fig-wide fig-line",
        timeline.strip(pen, events, timeline.WIDE, "fig-strip-wide", css="wide-only", priorities=priorities),
        timeline.strip(pen, events, timeline.NARROW, priorities=priorities),
        svg.element("ol", *(_step(pen, events[n]) for n in listed)),
        caption=caption,
        skip=pen.words("figures.skip"),
    )


def _step(pen: Pen, event: Event) -> Markup:
    path, _ = pen.page_of(event.id)
    date = svg.element("span", pen.date(event.date, short=True), class_="d")
    return svg.element("li", date, Markup(" "), svg.element("a", event.title, href=pen.href(path)))
