"""The sections of a page, for the list of its contents."""

import pytest

from generator.render.contents import Heading, sections

_TEXT = f"<p>{'word ' * 2_000}</p>"
_LONG = f"""\
<h1 id="title">Title</h1>
<h2 id="first"><span id="x"></span>First &amp; <a href="../b/">foremost</a></h2>{_TEXT}
<h3 id="below">Below</h3>
<h2 id="second">Second</h2>
<h2 >Of no section</h2>
<h2 id="third">A &lt;b&gt;</h2>
"""


def test_sections_have_the_anchors_and_words_of_their_headings() -> None:
    assert sections(_LONG) == (
        Heading("first", "First & foremost"),
        Heading("second", "Second"),
        Heading("third", "A <b>"),
    )


@pytest.mark.parametrize("html", [_LONG.replace(_TEXT, ""), _LONG.replace('<h2 id="third">', "<h2 >"), ""])
def test_a_short_page_or_one_of_few_sections_needs_no_contents(html: str) -> None:
    assert sections(html) == ()
