"""Marks in prose are read, and nothing is lost or invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.evidence import Locator
from generator.model.prose import Citation, ExternalLink, Literal, RecordLink, parse, parts_of

MARKS = st.sampled_from(
    [
        "[",
        "]",
        "[[",
        "]]",
        "|",
        "(",
        ")",
        "[@",
        "#p",
        "; @",
        "-",
        "a",
        "1",
        "0",
        " ",
        "\n\n",
        "https://",
        "é",
        "\\",
    ]
)


@given(st.one_of(st.text(), st.lists(MARKS).map("".join)))
def test_the_sources_of_all_parts_are_the_text(text: str) -> None:
    paragraphs = parse(text)
    assert "\n\n".join("".join(part.source for part in p.parts) for p in paragraphs) == text
    for paragraph in paragraphs:
        for part in paragraph.parts:
            assert text[part.start :].startswith(part.source)


def test_each_mark_is_read_with_its_place() -> None:
    text = "See [[ana-lima]] and [[csto|the alliance]], [site](https://a.example/x_(y)) [@one#p1; @two#p2-3]."
    links = (
        RecordLink("ana-lima", None, "[[ana-lima]]", 4),  # type: ignore[arg-type]
        RecordLink("csto", "the alliance", "[[csto|the alliance]]", 21),  # type: ignore[arg-type]
    )
    assert parts_of(text, RecordLink) == links
    (site,) = parts_of(text, ExternalLink)
    assert (site.words, site.url, site.start) == ("site", "https://a.example/x_(y)", 44)
    (citation,) = parts_of(text, Citation)
    assert citation.locators == (Locator.parse("one#p1"), Locator.parse("two#p2-3"))
    assert text[citation.start :].startswith(citation.source)


def test_paragraphs_are_separated_by_an_empty_line() -> None:
    first, second = parse("One.\n\nTwo [[x]].")
    assert (first.start, second.start) == (0, 6)
    assert second.parts[0] == Literal("Two ", 6)


@pytest.mark.parametrize(
    "text",
    [
        "[[Ana Lima]]",
        "[[ana-lima|]]",
        "[[a|b|c]]",
        "[[../x]]",
        "[@one]",
        "[@one#5]",
        "[@one#p0]",
        "[@one#p3-2]",
        "[@one#p1, @two#p2]",
        "[@one#p1; two#p2]",
        "[](https://a.example)",
        "[x](javascript:alert(1))",
        "[x](https://)",
        "[x](https://a b)",
        "![x](y.png)",
        "<b>*bold*</b> `code` # no heading",
    ],
)
def test_what_is_no_mark_stays_text(text: str) -> None:
    assert parse(text)[0].parts == (Literal(text, 0),)
