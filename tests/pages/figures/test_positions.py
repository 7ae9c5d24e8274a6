"""Positions over time: a mark for each stance at a time, of bounded number, and lines where a stance changes."""

import re
from itertools import pairwise

from generator.edition import Edition
from generator.link import link
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.pages.book import pages
from tests.build import article, dossier, record

PEOPLE = [record(Kind.PERSON, key, name=f"{key.title()} Lima") for key in ("ana", "rui")]
ISSUE = record(Kind.ISSUE, "ferry", title="The ferry")


def _said(key: str, date: str, stance: str = "critical", speaker: str = "ana") -> Record:
    return record(
        Kind.STATEMENT, key, speaker=speaker, issue="ferry", date=date, stance=stance, said=f"Said {key}."
    )


def _figures(*said: Record) -> dict[str, str]:
    """The figure of positions on each page that has one."""
    found = dossier(*PEOPLE, ISSUE, article("some-article", "Words."), *said)
    texts = {page.path: page.text for page in pages(Edition(found, link(found)))}
    figures = (
        (path, re.search(r'<figure class="fig fig-positions".*?</figure>', text, re.DOTALL))
        for path, text in texts.items()
    )
    return {path: figure[0] for path, figure in figures if figure}


def test_one_statement_is_no_figure() -> None:
    assert _figures(_said("a", "2022-05-16")) == {}


def test_figure_is_on_the_pages_of_the_issue_and_of_who_spoke_twice() -> None:
    figures = _figures(
        _said("a", "2022-05-16"), _said("b", "2022-09-16", "mixed"), _said("c", "2022-09-16", speaker="rui")
    )
    assert {*figures} == {"issues/ferry.md", "people/ana.md"}
    assert re.findall(r'class="name"><a[^>]*>([^<]+)', figures["issues/ferry.md"]) == ["Ana Lima", "Rui Lima"]
    marks = re.findall(
        r'href="&#35;(said-\w)" class="position (\w+)"><title>([^<]*)', figures["people/ana.md"]
    )
    assert marks == [
        ("said-a", "critical", "16 May 2022, critical: Said a."),
        ("said-b", "mixed", "16 Sep 2022, mixed: Said b."),
    ]


def test_a_changed_stance_is_marked_and_said_in_words() -> None:
    changed = _figures(_said("a", "2022-05-16"), _said("b", "2022-09-16", "mixed"))["people/ana.md"]
    assert changed.count('class="shift"') == 1
    assert "changed stance" in changed
    same = _figures(_said("a", "2022-05-16"), _said("b", "2022-09-16"))["people/ana.md"]
    assert "shift" not in same
    assert "changed stance" not in same


def test_statements_of_one_time_and_stance_share_a_mark_with_their_number() -> None:
    days = [_said(f"s{n}", "2022-05-16") for n in range(1, 8)]
    figure = _figures(*days, _said("z", "2022-11-01"))["people/ana.md"]
    assert [*map(int, re.findall(r">− (\d)<", figure))] == [7]
    assert "and 3 more" in figure


def test_marks_of_many_statements_are_bounded_and_apart() -> None:
    stances = ("supportive", "critical", "mixed", "neutral")
    said = [_said(f"s{n}", f"{1990 + n // 12}-{n % 12 + 1:02}", stances[n % 4]) for n in range(360)]
    figure = _figures(*said)["people/ana.md"]
    marks = re.findall(r'<svg x="([\d.]+)%" y="([\d.]+)"', figure)
    assert len(marks) <= 52
    columns = sorted({float(x) for x, _ in marks})
    assert all(b - a >= 7.5 for a, b in pairwise(columns))


def test_dates_of_any_form_are_drawn() -> None:
    dates = ("[..2022-02-23]", "2022", "2022-21", "202X", "2021/..", "0400", "2022-05-16?", "../2020")
    figure = _figures(*(_said(f"s{n}", date) for n, date in enumerate(dates)))["people/ana.md"]
    assert figure.count('class="position') >= 3
