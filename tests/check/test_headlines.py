"""A title that is no headline is told from one, and a name of signs alone from one with words."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.check.headlines import headlines, no_words
from generator.load import load
from generator.model.kinds import Kind
from tests.build import article, dossier, record, write_files


def _told(root: Path, name: str, text: str) -> list[str]:
    made, _ = load(write_files(root, {f"seeds/articles/{name}": text}))
    return [str(problem) for problem in headlines(made)]


@pytest.mark.parametrize(
    ("name", "title", "what"),
    [
        ("2024-05-14-ferry.txt", "2024-05-14-ferry", "is the name of a file"),
        ("a.txt", "Ferry (final).txt", ""),
        ("a.txt", "Ferry_final.docx", "is the name of a file"),
        ("ferry.txt", "ferry", "is the name of a file"),
        ("ferry.txt", "Ferry", ""),
        ("a.txt", "council-keeps-the-ferry", "seems to be the name of a file"),
        ("a.txt", "council_keeps_2024_ferry", "seems to be the name of a file"),
        ("a.txt", "совет-закрыл-паром", "seems to be the name of a file"),
        ("a.txt", "Ost-West-Konflikt", ""),
        ("a.txt", "COVID-19", ""),
        ("a.txt", "町の議会", ""),
        ("a.txt", "https://example.org/ferry", "is an address"),
        ("a.txt", "www.example.org/ferry", "is an address"),
        ("a.txt", "Example.org is back", ""),
        ("a.txt", "Title: The ferry", "begins with the name of a field"),
        ("a.txt", "Council: ferry stays", ""),
        ("a.txt", "2024-05-14", "has no letter"),
        ("a.txt", "14.05.2024 10:15", "has no letter"),
        ("a.txt", "9/11 and after", ""),
    ],
)
@pytest.mark.parametrize(
    "form", ["{}\n\nThe council met.\n", "\n---\ntitle: '{}'\n---\n\nThe council met.\n"]
)
def test_a_title_that_is_no_headline_is_reported(
    tmp_path: Path, name: str, title: str, what: str, form: str
) -> None:
    found = _told(tmp_path, name, form.format(title))
    assert [line.partition(" (")[0].partition("' ")[2] for line in found] == ([what] if what else [])


def test_a_text_without_a_headline_begins_with_its_first_line(tmp_path: Path) -> None:
    text = "The council met on Tuesday\nto speak of the ferry.\n\nNobody came.\n"
    hint = "(write its headline first) [headline]"
    assert _told(tmp_path, "a.txt", f"\n\n{text}") == [
        f"seeds/articles/a.txt:3:1: warning: the title 'The council met on Tuesday' ends within a sentence {hint}"
    ]
    assert (
        "is a whole paragraph" in _told(tmp_path, "a.txt", f"{'So it is said. ' * 20}\n\nNobody came.\n")[0]
    )
    assert not _told(tmp_path, "a.txt", "The council met\nThe mayor spoke of it.\n\nNobody came.\n")
    assert not _told(tmp_path, "a.txt", "The council met\n\nthe mayor says.\n")
    assert not _told(tmp_path, "a.txt", "---\ntitle: The council met\n---\nto speak of it.\n\nNobody came.\n")


def test_old_line_ends_are_line_ends(tmp_path: Path) -> None:
    for end in ("\r\n", "\r", "\n"):
        text = end.join(["The ferry", "", "The council met.", "It rained.", "", "Nobody came."])
        made, problems = load(write_files(tmp_path, {"seeds/articles/a.txt": text.encode()}))
        assert not problems
        (one,) = made.articles.values()
        assert [(p.text, p.line) for p in one.paragraphs] == [
            ("The council met.\nIt rained.", 3),
            ("Nobody came.", 6),
        ]


@pytest.mark.parametrize("text", ["?", "-", "…", "???", "—"])
def test_names_and_titles_have_a_letter_or_a_digit(text: str) -> None:
    made = dossier(
        record(Kind.PERSON, "ana", name=text, also=[text], short=[text], native={"hy": text}),
        record(Kind.PERSON, "bo", positions=[{"title": text}]),
        record(Kind.ORGANIZATION, "org", members=[{"who": "ana", "role": text}]),
        record(Kind.EVENT, "event", title=text, participants=[{"who": "ana", "role": text}]),
        record(Kind.DOCUMENT, "document", title=text),
        record(Kind.ISSUE, "issue", title=text),
        record(Kind.STATEMENT, "statement", said=text),
        record(Kind.QUESTION, "question", asks=text, answers=[{"value": text, "evidence": ["a#p1"]}]),
        record(Kind.PLACE, "place", name=text, summary=text),
        article("a", "Text.", title=text, authors=[text], dated_by=text, outlet_by=text),
    )
    assert len(list(no_words(made))) == 19
    assert all(problem.value == text for problem in no_words(made))


@pytest.mark.parametrize("text", ["9/11", "1984", "Ω", "町", "A", "№ 5", "e"])
def test_a_letter_or_a_digit_is_enough(text: str) -> None:
    made = dossier(record(Kind.PERSON, "ana", name=text), record(Kind.EVENT, "event", title=text))
    assert not list(no_words(replace(made)))
