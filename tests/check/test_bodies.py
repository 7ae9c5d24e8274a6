"""What is no plain text in a body is reported, and what only looks a little like it is not."""

from collections.abc import Callable, Iterator

import pytest

from generator.check.bodies import headers, paragraph_breaks
from generator.check.markup import markup_in_bodies as markup
from generator.check.markup import markup_in_prose, markup_in_titles
from generator.model.dossier import Dossier
from generator.model.kinds import Kind
from generator.support.problems import Problem
from tests.build import article, dossier, record

Rule = Callable[[Dossier], Iterator[Problem]]
# Lines as paragraphs are: long, and whole sentences.
_LONG = "The council of Selm met on Tuesday to speak of the ferry, which had not crossed the lake for eleven days."
# A text as a program breaks it.
_WRAPPED = [
    "The council of Selm met on Tuesday to speak",
    "of the ferry, which had not crossed the lake",
    "for eleven days. The mayor said that the boat",
    "was old, and that nobody had offered another",
    "one. People waited outside. They had come in",
    "the rain, some of them from the other shore.",
]


def _found(rule: Rule, *paragraphs: str) -> list[tuple[str, int, int]]:
    return [
        (problem.value, problem.where.line, problem.where.column)
        for problem in rule(dossier(article("a", *paragraphs)))
    ]


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("# The vote", "a heading of Markdown"),
        ("### The vote", "a heading of Markdown"),
        ("![Ferry](ferry.jpg)", "a picture of Markdown"),
        ("![](https://example.org/a.png)", "a picture of Markdown"),
        ("[the report](https://example.org/report)", "a link of Markdown"),
        ("[more](/about)", "a link of Markdown"),
        ("[1]: https://example.org/report", "a link of Markdown"),
        ("**nobody**", "emphasis of Markdown"),
        ("*nobody at all*", "emphasis of Markdown"),
        ("__nobody__", "emphasis of Markdown"),
        ("_nobody at all_", "emphasis of Markdown"),
        ("|---|:--:|", "a table of Markdown"),
        ("--- | ---", "a table of Markdown"),
        ("[@one#p5]", "a mark of prose"),
        ("[[ana-lima]]", "a mark of prose"),
        ("[[ana-lima|the mayor]]", "a mark of prose"),
        ("{{< figure src=a.png >}}", "a shortcode"),
        ("{% include ad.html %}", "a shortcode"),
        ('[caption id="1" align="left"]', "a shortcode"),
        ("[/caption]", "a shortcode"),
        ("<br>", "HTML"),
        ("<br />", "HTML"),
        ("<p>", "HTML"),
        ('<a href="x">', "HTML"),
        ("</strong>", "HTML"),
        ("<!--", "HTML"),
        ("&nbsp;", "HTML"),
        ("&#8217;", "HTML"),
    ],
)
def test_markup_is_found_at_its_place(text: str, sort: str) -> None:
    (problem,) = markup(dossier(article("a", "Nothing.", f"She left.\n{text}\n")))
    assert (problem.value, problem.where.line, problem.where.column) == (text, 5, 1)
    assert problem.message.endswith(f" is {sort}, and is shown as it is written")


def test_a_line_under_another_is_a_heading() -> None:
    assert _found(markup, "The vote\n--------\nNobody came.") == [("--------", 3, 1)]


def test_each_sort_is_reported_once_with_its_number() -> None:
    (one, other) = markup(dossier(article("a", "A **b** c **d**.", "E <br> **f** <br>.")))
    assert "emphasis of Markdown, and is shown as it is written (3 in all)" in one.message
    assert "HTML, and is shown as it is written (2 in all)" in other.message


@pytest.mark.parametrize(
    "text",
    [
        "#ferry and #selm are what people write; she is No. # 1 there.",
        "It cost 5 * 3 * 2 crowns, * see below, 4* and 5* hotels, f***ing, s**t and f**k.",
        "The file is called list_of_names_2.txt, and a_b_c, __x, is none.",
        "He wrote to <ana@example.org>, as x < y and y > z, a<b>c.",
        "AT&T; Q&A; R&D and “Smith & Co.”",
        "He [the mayor] said [sic] (see above), [1](so) and array[0](x).",
        "* * *",
        "***",
        "---",
        "-----",
        "_______",
        "So {it} is { or } not}, 50 % of {…}.",
        "A | B | C",
        "The score was 3-1 | 2-2.",
        "Article <a> of paragraph <LI> says so.",
        "a@selm spoke of @selm [@selm] and [[1], [2]].",
        "He asked: “Why [the f*** not]?” *",
    ],
)
def test_signs_in_a_text_are_no_markup(text: str) -> None:
    assert not _found(markup, "Nothing.", text)


@pytest.mark.parametrize(
    "text",
    [
        "Author: Ana Lima",
        "By: Ana Lima\nDate: 14 May 2024\nSource: The Post",
        "Автор: Анна Лима\nДата: 14 мая 2024",
        "Quelle : dpa",
        "https://example.org/news/ferry",
        "Ferry news\nhttps://example.org/news/ferry",
        "Ana Lima\nana@example.org",
        "By Ana Lima, ana@example.org",
        "PUBLISHED: 14 May 2024, 10:15",
        "URL: https://example.org/a",
    ],
)
def test_header_above_a_text_is_no_paragraph(text: str) -> None:
    assert _found(headers, text, "The council met.") == [(text, 2, 1)]
    assert not _found(headers, "The council met.", text)


@pytest.mark.parametrize(
    "text",
    [
        "Selm: The council met.",
        "SELM, May 14 (Reuters)",
        "The date: nobody knew it.",
        "Source: nobody.\nThe council met on Tuesday.",
        "“From: whom?” she asked.",
        "The report is at https://example.org/report.",
        f"Write to ana@example.org if you saw it. {'She waits for an answer. ' * 6}",
        "Three lines\nof a poem\nand no more",
        "Washington, February 15, 1962.",
    ],
)
def test_a_first_paragraph_with_a_colon_or_an_address_is_one(text: str) -> None:
    assert not _found(headers, text, "The council met.")


def test_paragraph_lines_differ_from_wrapped_lines() -> None:
    assert _found(paragraph_breaks, "\n".join([_LONG] * 5)) == [("1", 2, 1)]
    assert _found(paragraph_breaks, "Short.", "\n".join([_LONG] * 5)) == [("2", 4, 1)]
    assert not _found(paragraph_breaks, "\n".join([_LONG] * 3))
    assert not _found(paragraph_breaks, "\n".join(_WRAPPED * 6), "\n".join(_WRAPPED))
    assert not _found(paragraph_breaks, "\n".join(["- bread.", "- butter.", "- salt.", "- wine.", "- oil."]))


def test_an_only_paragraph_of_thousands_of_words_is_several() -> None:
    assert _found(paragraph_breaks, " ".join([_LONG] * 60)) == [("1", 2, 1)]
    assert _found(paragraph_breaks, "\n".join(_WRAPPED * 30)) == [("1", 2, 1)]
    assert not _found(paragraph_breaks, " ".join([_LONG] * 30))
    assert not _found(paragraph_breaks, " ".join([_LONG] * 60), _LONG)


def test_lines_with_a_blank_one_after_each_are_no_paragraphs() -> None:
    (value, line, _) = _found(paragraph_breaks, *_WRAPPED)[0]
    assert (value, line) == ("1", 2)
    assert not _found(paragraph_breaks, *[_LONG] * 8)
    # A poem and a list go on in small letters too, but not for long.
    assert not _found(paragraph_breaks, "The council", "the mayor", "and the ferry.", *[_LONG] * 4)
    assert not _found(paragraph_breaks, *["Գիշեր էր։", "町の議会は渡し船をとめた。"] * 5)


@pytest.mark.parametrize(
    "text",
    ["**nobody**", "*nobody*", "_nobody at all_", "<b>", "</b>", "<br>", "&eacute;", "&nbsp;", "{{< x >}}"],
)
def test_markup_in_prose_is_found(text: str) -> None:
    prose = f"See [[bo]] and [this](https://example.org/a_b_c_d): {text} came. [@a#p1]"
    found = list(markup_in_prose(dossier(record(Kind.PERSON, "ana", summary=prose))))
    assert [problem.value for problem in found] == ([text] if text != "<b>" else [])


@pytest.mark.parametrize(
    "text",
    [
        "Look![here](https://example.org/*a*b*)",
        "# 1, 5 * 3 and x < y",
        "| a | b |",
        "[sic]",
        "R&D; snake_case_x",
    ],
)
def test_signs_in_prose_are_no_markup(text: str) -> None:
    assert not list(markup_in_prose(dossier(record(Kind.PERSON, "ana", summary=text))))


def test_html_in_names_and_titles_is_found() -> None:
    made = dossier(
        record(
            Kind.PERSON,
            "ana",
            name="Ana M&uuml;ller",
            also=["Ana <i>Lima</i>"],
            positions=[{"title": "A&amp;B"}],
        ),
        record(Kind.PERSON, "bo", name="Bo *the* Smith & Co.", also=["x < y; AT&T"]),
        article("a", "Text.", title="Q&amp;A: why?"),
    )
    assert [problem.value for problem in markup_in_titles(made)] == ["&uuml;", "</i>", "&amp;", "&amp;"]


@pytest.mark.parametrize(
    "text", ["{{", "{% ", "&", "&#", "</", "<p", "<a ", "*a", "_a ", "[a](", "|--", "![", "#"]
)
def test_endless_beginnings_of_markup_take_no_time(text: str) -> None:
    # A pattern that takes the square of the length would take minutes here.
    assert len(list(markup(dossier(article("a", text * 50_000))))) <= 2
