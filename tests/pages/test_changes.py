"""Changes by day: merged, named by titles, shortened or counted if there are many."""

import html
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from generator.edition import Edition
from generator.link import link
from generator.model.history import Changes, Revision, Written
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.pages.across.changes import changes, pages
from tests.build import dossier, record

PEOPLE = [RecordId(f"p-{number:02}") for number in range(40)]


def _written(key: str, text: str) -> Written:
    return Written(text, Kind.PERSON, f"Title of {key}")


def _revision(hour: int, before: Iterable[str], after: Iterable[str], *, settings: bool = False) -> Revision:
    found = Changes(
        {RecordId(key): _written(key, "old") for key in before},
        {RecordId(key): _written(key, "new") for key in after},
        settings,
    ).revision(f"{hour:040}", datetime(2022, 9, 20, hour, tzinfo=UTC))
    assert found
    return found


def _page(*history: Revision, people: Iterable[RecordId] = PEOPLE, **settings: object) -> str:
    found = dossier(
        *(record(Kind.PERSON, key, name=f"Name {key}") for key in people),
        **settings,
    )
    (page,) = pages(Edition(found, link(found), history))
    return html.unescape(page.body)


def _lines(*history: Revision, people: Iterable[RecordId] = PEOPLE) -> list[str]:
    body = _page(*history, people=people)
    return [line for line in body.splitlines() if line.startswith("- ") or "meta" in line]


def test_a_day_has_one_heading() -> None:
    history = (_revision(9, [], ["p-01"]), _revision(12, ["p-02"], ["p-02"]))
    body = _page(*history, changes=[{"date": "2022-09-20", "what": "Two people more."}])
    assert body.count("\n## 20 September 2022") == 1
    assert body.index("Two people more.") < body.index("New\n") < body.index("Revised\n")


def test_changes_of_a_day_are_one() -> None:
    # p-03 comes and goes, p-04 goes and comes back, p-05 is changed and goes.
    history = (
        _revision(9, ["p-04", "p-05"], ["p-01", "p-03", "p-05"]),
        _revision(12, ["p-01", "p-03", "p-05"], ["p-01", "p-04"]),
    )
    assert _lines(*history, people=PEOPLE[:3] + PEOPLE[4:5]) == [
        '<span class="meta" id="d-2022-09-20"></span>New',
        "- Person: [Name p-01](people/p-01.md)",
        '<span class="meta"></span>Revised',
        "- Person: [Name p-04](people/p-04.md)",
        '<span class="meta"></span>Removed',
        "- Person: Title of p-05",
    ]


def test_undone_changes_are_left_out() -> None:
    history = _revision(9, [], ["gone"]), _revision(12, ["gone"], [])
    assert "No changes recorded yet." in _page(*history)


def test_long_lists_are_shortened_and_longer_ones_counted() -> None:
    (_, line) = _lines(_revision(9, [], PEOPLE[:9]))
    assert "p-08" in line
    assert " more" not in line
    (_, line) = _lines(_revision(9, [], PEOPLE[:20]))
    assert "p-07" in line
    assert "p-08" not in line
    assert line.endswith(" and [12 more](people/index.md)")
    (_, line) = _lines(_revision(9, [], PEOPLE))
    assert line == "- [40 people](people/index.md)"


def test_a_change_of_only_the_settings_is_listed() -> None:
    assert "The dossier’s own description changed" in _page(_revision(9, [], [], settings=True))


def test_titles_count_records_by_kind() -> None:
    found = dossier(*(record(Kind.PERSON, key, name="Ana") for key in PEOPLE[:3]))
    history = _revision(9, [], ["p-00"]), _revision(12, ["p-01", "p-02", "bo"], ["p-01", "p-02"])
    (change,) = changes(Edition(found, link(found), history))
    assert change.title == "New: 1 person. Revised: 2 people. Removed: 1 person"


def test_changed_records_say_in_which_fields() -> None:
    first, second = _revision(9, ["p-01", "p-02"], ["p-01", "p-02"]), _revision(12, ["p-01"], ["p-01"])
    history = (
        replace(first, fields=(("positions", "note"), ("note",))),
        replace(second, fields=(("summary", "positions"),)),
    )
    # A remark for curators alone is no change that readers see.
    assert _lines(*history)[1:] == [
        "- People: [Name p-01](people/p-01.md) (positions and summary) and [Name p-02](people/p-02.md)"
    ]


def test_counted_records_say_which_fields_changed_most() -> None:
    names = ("summary", "positions", "native", "short", "wikidata")
    fields = tuple(names[: 1 + number % 5] for number in range(40))
    (_, line) = _lines(replace(_revision(9, PEOPLE, PEOPLE), fields=fields))
    assert line == "- [40 people](people/index.md) (summary, positions, native name and short names)"
