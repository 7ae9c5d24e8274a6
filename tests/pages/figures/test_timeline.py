"""Timelines: dates as precise as they are known, long empty times left out, labels that do not overlap."""

import re
from datetime import date
from itertools import combinations, pairwise

import pytest

from generator.edition import Edition
from generator.link import link
from generator.model.dates import EdtfDate
from generator.model.happenings import Event
from generator.model.kinds import Kind
from generator.pages.figures import lanes, marks, strips, timeline
from generator.pages.figures.axis import BREAK, Axis, axis, day, days
from generator.pages.figures.placement import Box, in_rows, placed
from generator.pages.figures.svg import width_of
from generator.pages.writing.pen import Pen
from tests.build import dossier, record
from tests.pages import reading


def _event(key: str, when: str, **fields: object) -> Event:
    made = record(Kind.EVENT, key, date=when, **{"title": f"Title of {key}", **fields})
    assert isinstance(made, Event)
    return made


def _axis(*whens: str, width: float = 1000) -> Axis:
    return axis([days(EdtfDate.parse(when)) for when in whens], width)


def _mark(when: str, line: Axis | None = None) -> marks.Mark:
    return marks.mark(_event("an-event", when), line or _axis("2020", "2021"))


def _pen(*events: Event) -> Pen:
    found = dossier(*events)
    return Pen(Edition(found, link(found)), "timeline/index.md")


def test_day_is_a_point_and_a_longer_date_a_span() -> None:
    line = _axis("2020", "2021")
    point, month, year = (_mark(when, line) for when in ("2020-03-05", "2020-03", "2020"))
    assert (point.is_point, month.is_point, year.is_point) == (True, False, False)
    assert point.middle == pytest.approx(line.x(day(date(2020, 3, 5)) + 0.5))
    assert month.left == pytest.approx(line.x(day(date(2020, 3, 1))))
    assert month.right == pytest.approx(line.x(day(date(2020, 4, 1))))
    (piece,) = line.pieces
    scale = (piece.right - piece.left) / (piece.last - piece.first)
    assert year.right - year.left == pytest.approx(366 * scale)


@pytest.mark.parametrize(
    ("when", "css"),
    [
        ("2020-03-05", "m point"),
        ("2020-03-05?", "m point doubt"),
        ("2020-03~", "m span approx"),
        ("2020-03%", "m span approx doubt"),
        ("202X", "m span approx"),
        ("2020-03-05/..", "m span lasts since"),
        ("../2020-03-05", "m span until"),
        ("2020-03-05/2020-03-09", "m span lasts"),
        ("[2020-03-05..2020-11-09]", "m span between"),
        ("[..2020-11-09]", "m span between until"),
    ],
)
def test_mark_shows_how_certain_its_date_is(when: str, css: str) -> None:
    assert _mark(when).css == css


def test_open_end_runs_to_the_end_of_the_line() -> None:
    line = _axis("2020", "2021")
    assert _mark("2020-03-05/..", line).right == line.pieces[-1].right
    assert _mark("../2020-03-05", line).left == line.pieces[0].left
    # It ends in an arrow, and what has both ends does not.
    assert "<path" in marks.shape(_mark("2020-03-05/..", line), 10, 1000)
    assert "<path" not in marks.shape(_mark("2020-03", line), 10, 1000)


def test_long_empty_time_is_left_out_and_marked() -> None:
    line = _axis("1991", "2022-01", "2022-03-04", "2022-05-23", "2022-07-01")
    assert len(line.pieces) == 2
    before, after = line.pieces
    assert after.left - before.right == pytest.approx(BREAK)
    assert line.breaks == (before.right + BREAK / 2,)
    # One scale on both sides of it.
    assert (before.right - before.left) / (before.last - before.first) == pytest.approx(
        (after.right - after.left) / (after.last - after.first)
    )
    assert after.right == pytest.approx(1000)


def test_time_between_distant_bounds_may_be_left_out() -> None:
    # A war of thirty years is shown from its first to its last day, over the time left out.
    line = _axis("1991/2022", "1991", "2021-05", "2022-09-13")
    war = _mark("1991/2022", line)
    assert len(line.pieces) > 1
    assert war.left < line.pieces[0].right
    assert war.right > line.pieces[-1].left


def test_positions_follow_the_order_of_days() -> None:
    line = _axis("0980", "1991", "2022-01", "2022-03-04", "2022-11-23")
    seen = [line.x(d) for d in range(day(date(970, 1, 1)), day(date(2023, 1, 1)), 100)]
    assert seen == sorted(seen)


@pytest.mark.parametrize(
    ("whens", "texts"),
    [
        ([f"2021-{n:02}" for n in range(5, 13)], ["2021-07", "2021-10", "2022"]),
        (
            [f"{n}" for n in range(1850, 2001)],
            ["1860", "1880", "1900", "1920", "1940", "1960", "1980", "2000"],
        ),
        (["2019-03-02/2019-03-10"], ["2019-03-01", "2019-03-08", "2019-03-15"]),
    ],
)
def test_scale_labels_do_not_overlap(whens: list[str], texts: list[str]) -> None:
    ticks = _axis(*whens, width=540).ticks()
    assert all(b.x - a.x > 50 for a, b in pairwise(ticks))
    assert [tick.text for tick in ticks] == texts


def test_labels_do_not_overlap() -> None:
    places = [[[Box(0, 0, 40, 10)], [Box(0, 12, 40, 22)]] for _ in range(3)]
    assert placed(places, [], Box(0, 0, 100, 30)) == (0, 1, None)
    assert placed(places, [Box(5, 2, 6, 3)], Box(0, 0, 100, 30)) == (1, None, None)
    assert placed([[[Box(90, 0, 130, 10)]]], [], Box(0, 0, 100, 30)) == (None,)


def test_overlapping_events_are_in_different_rows() -> None:
    assert in_rows([(0, 10), (5, 15), (10, 20), (12, 30), (15, 18)]) == (0, 1, 0, 2, 1)


def test_drawing_has_the_events_of_the_list_and_is_reproducible() -> None:
    events = [
        _event("asked", "2022-09-13", kind="appeal"),
        _event("done", "2022-09-14/2022-09-20", kind="response", responds_to=["asked"]),
        _event("long-ago", "1991", kind="founding"),
    ]
    drawn = lanes.lanes(_pen(*events), events)
    assert drawn == lanes.lanes(_pen(*events), events)
    svg = reading.parse(drawn)
    links = [e.get("href") for e in svg.iter() if str(e.tag).endswith("}a")]
    assert links == ["../events/asked/", "../events/done/", "../events/long-ago/"]
    titles = [e.get("title") for e in svg.iter() if str(e.tag).endswith("}a")]
    assert titles[0] == "13 Sep 2022: Title of asked"
    assert len(re.findall(r'data-a="', drawn)) == 1


def test_dates_with_only_bounds_have_no_arc() -> None:
    events = [
        _event("asked", "2021-05", kind="appeal"),
        _event("bounded", "[2021-05..2022-05-16]", kind="response", responds_to=["asked"]),
        _event("lasting", "2021-07-01/2022-05-16", kind="response", responds_to=["asked"]),
    ]
    drawn = lanes.lanes(_pen(*events), events)
    assert re.findall(r'data-a="([^"]*)"', drawn) == ["0 2"]
    # The arc to what lasted ends on its beginning.
    lasting = marks.mark(events[2], axis((days(event.date) for event in events), 1000))
    assert lasting.at == lasting.left + marks.RADIUS
    assert "between May 2021 and 16 May 2022: Title of bounded" in drawn


def test_many_events_become_bars_that_link_to_their_years() -> None:
    events = [_event(f"event-{n}", f"{2000 + n % 7}-02-01", kind="meeting") for n in range(300)]
    pen = _pen(*events)
    bars = timeline.density(pen, events, {2000 + n: f"by-year/{2000 + n}/" for n in range(7)})
    assert len(re.findall(r'<a href="by-year/', bars)) == 7
    assert "2003: 43 events" in bars
    assert len(bars) < 6_000
    # A strip has no room for so many.
    assert "fig-density" in timeline.strip(pen, events, 600)


def test_home_page_shows_the_busiest_period() -> None:
    events = [_event("old", "1950"), *(_event(f"new-{n}", f"2022-0{n}-01") for n in range(1, 6))]
    shown, before, after = timeline.main_window(events)
    assert ([event.id for event in shown], before, after) == ([f"new-{n}" for n in range(1, 6)], 1, 0)


def _story() -> list[Event]:
    """Two appeals and what answered them, most of it on two days, among events of no weight."""
    return [
        _event("night", "2022-09-12", kind="other"),
        _event("asked", "2022-09-13", kind="appeal", responds_to=["night"]),
        _event("summit", "2022-09-13", kind="summit", responds_to=["asked"]),
        _event("mission", "2022-09-13", kind="response", responds_to=["asked"]),
        *(_event(f"talk-{n}", f"2022-09-{n}", kind="interview") for n in range(13, 28)),
        _event("meeting", "2022-10-10", kind="meeting"),
        _event("yerevan", "2022-11-23", kind="summit"),
        _event("offer", "2022-11-23", kind="response", responds_to=["asked"]),
        _event("veto", "2022-11-23", kind="other", responds_to=["offer"]),
        _event("close", "2022-11-28", kind="interview"),
    ]


def test_appeals_answers_and_summits_have_priority() -> None:
    events = _story()
    found = {event.id: weight for event, weight in zip(events, marks.priorities(events), strict=True)}
    heavy = {"asked", "summit", "mission", "yerevan", "offer", "veto"}
    assert {key for key, weight in found.items() if weight == 0} == heavy
    assert {key for key, weight in found.items() if weight == 1} == {"night", "meeting"}


@pytest.mark.parametrize("laid_out", [timeline.NARROW, timeline.WIDE])
def test_events_with_priority_are_labeled_without_overlap(laid_out: float) -> None:
    events = _story()
    drawn = timeline.strip(_pen(*events), events, laid_out, priorities=marks.priorities(events))
    heavy = ("asked", "summit", "mission", "yerevan", "offer", "veto")
    # What fits at one width also fits where the drawing is wider.
    for width in (laid_out, laid_out * 1.2, laid_out * 1.7):
        boxes = []
        for element in reading.parse(drawn).iter():
            if str(element.tag).endswith("}text") and element.get("class") != "year":
                text, y = reading.text_of(element), float(element.get("y", ""))
                x = float(element.get("x", "").rstrip("%")) / 100 * width + float(element.get("dx", "0"))
                wide = width_of(text)
                left = {"end": x - wide, "middle": x - wide / 2}.get(element.get("text-anchor", ""), x)
                boxes.append((text, Box(left, y - 9, left + wide, y + 2)))
        assert {f"Title of {key}" for key in heavy} <= {text for text, _ in boxes}
        assert not [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.meets(other)]
        assert all(box.left >= 0 and box.right <= width for _, box in boxes)


def test_home_strip_begins_with_an_answered_event() -> None:
    events = [_event("before", "2022-09-01"), *_story()]
    drawn = strips.main_strip(_pen(*events))
    assert "1 earlier event<" in drawn
    items = [e for e in reading.parse(drawn).iter() if str(e.tag).endswith("li")]
    told = [reading.text_of(item) for item in items]
    assert told[:2] == ["12 Sep 2022 Title of night", "13 Sep 2022 Title of asked"]
    assert "23 Nov 2022 Title of veto" in told
    assert len(told) == 12


def test_title_is_whole_if_there_is_room() -> None:
    title = "A title that is longer than thirty-four characters"
    event = _event("one", "2022-01-01", title=title)
    assert f"</span>{title}</span>" in lanes.lanes(_pen(event), [event])


def test_years_with_more_events_are_wider_and_the_time_left_out_is_marked() -> None:
    spans = [
        days(EdtfDate.parse(when)) for when in ("1991", "2020/2021", *(f"2022-{n:02}" for n in range(1, 13)))
    ]
    even, weighed = axis(spans, 1000), axis(spans, 1000, by_events=True)
    assert len(even.breaks) == len(weighed.breaks) > 0

    def year_2022(line: Axis) -> float:
        return line.x(day(date(2023, 1, 1))) - line.x(day(date(2022, 1, 1)))

    assert year_2022(weighed) > 1.2 * year_2022(even)
    positions = [weighed.x(when) for when in range(day(date(1990, 6, 1)), day(date(2023, 6, 1)), 20)]
    assert positions == sorted(positions)
    assert weighed.pieces[-1].right == pytest.approx(1000)
