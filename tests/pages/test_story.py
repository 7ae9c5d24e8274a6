"""The page of the story: its steps, their sources, what they show, and how long they take to read."""

import re

import pytest

from generator.edition import Edition
from generator.link import link
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.pages.book import pages
from tests.build import article, dossier, record

EVENT = record(Kind.EVENT, "flood", title="The flood", date="2019-03-02")
NEWS = article("news", "Water came.", "It went.", published="2019-03-04")


def _pages(*records: Record) -> dict[str, str]:
    found = dossier(*records)
    return {page.path: page.text for page in pages(Edition(found, link(found)))}


def _story(*steps: dict[str, object], **fields: object) -> str:
    return _pages(EVENT, NEWS, record(Kind.STORY, "story", steps=list(steps), **fields))["story.md"]


def _step(text: str = "Water came. [@news#p1]", **fields: object) -> dict[str, object]:
    return {"heading": "A step", "text": text, **fields}


def test_without_a_story_there_is_no_page_and_no_link() -> None:
    without = _pages(EVENT, NEWS)
    assert "story.md" not in without
    assert not any("story.md" in text or "../story/" in text for text in without.values())


def test_first_page_leads_to_the_story() -> None:
    home = _pages(EVENT, NEWS, record(Kind.STORY, "story", title="In a minute", steps=[_step()]))["index.md"]
    assert '[In a minute](story.md) <span class="quiet">1 step · about 1 minute to read</span>' in home


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("word " * 196, 1),
        ("word " * 197, 2),
        ("word [@news#p1] [[flood|flood]] " * 99, 2),
        ("水" * 380, 1),
        ("水" * 420, 2),
    ],
)
def test_reading_time_follows_from_the_words_that_are_shown(text: str, minutes: int) -> None:
    # Title and heading have four words more.
    (shown,) = re.findall(r"1 step · about (\d+) minutes?", _story(_step(text)))
    assert int(shown) == minutes


def test_sources_of_a_step_are_listed_once_by_article() -> None:
    text = _story(_step("One. [@news#p2] Two. [@news#p1; @news#p2]", evidence=["news#p1-2"]))
    places = " ".join(f"[¶{n}](articles/news.md#p{n[0]})" for n in ("1", "1–2", "2"))
    assert f"Sources: article of 4 Mar 2019 {places}\n" in text


def test_each_step_has_an_address_and_leads_to_its_neighbors() -> None:
    text = _story(_step(), _step(event="flood"), _step())
    assert re.findall(r'^## <span id="(step-\d)"', text, re.MULTILINE) == ["step-1", "step-2", "step-3"]
    turns = re.findall(r'<nav class="turn".*?</nav>', text)
    assert [re.findall(r'href="&#35;(step-\d)" rel="(\w+)"', turn) for turn in turns] == [
        [("step-2", "next")],
        [("step-1", "prev"), ("step-3", "next")],
        [("step-2", "prev")],
    ]


def test_a_step_has_the_date_of_its_event_unless_it_has_its_own() -> None:
    text = _story(_step(event="flood"), _step(event="flood", date="2019-03"), _step())
    places = re.findall(r"Step \d of 3[^\n]*", text)
    assert places == [
        "Step 1 of 3 · 2 March 2019 · [The flood](events/flood.md)",
        "Step 2 of 3 · March 2019 · [The flood](events/flood.md)",
        "Step 3 of 3",
    ]
    # Only dated steps are lit on the timeline.
    assert text.count("step-mark lit") == 2


def test_steps_of_one_date_have_no_timeline() -> None:
    assert "steps-line" not in _story(_step(event="flood"), _step())


def test_dates_before_years_of_four_digits_are_drawn() -> None:
    text = _story(
        _step(date="0044-03-15"), _step(date="../0476"), _step(date="2019/.."), _step(date="[..2020]")
    )
    assert text.count("step-mark lit") == 4


def test_a_record_leads_to_the_step_that_shows_it() -> None:
    steps = [_step(), _step(show=["flood"]), _step(event="flood")]
    event = _pages(EVENT, NEWS, record(Kind.STORY, "story", steps=steps))["events/flood.md"]
    assert '<h2>In the story</h2><ul><li><a href="../../story/#step-2">Some Story</a></li></ul>' in event
