"""Elements of a page say that they are written from right to left, in whatever way the page is built."""

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build as mkdocs_build

from generator import build
from generator.markup.direction import RTL, has_rtl, is_rtl
from generator.markup.languages import isolated
from generator.mkdocs.config import read_config
from generator.publish.site import SiteRequest, build_site
from generator.render.directions import directed
from tests.build import write_files
from tests.pages.reading import find, parse, text_of
from tests.publish.same import differing, files
from tests.rtl import FILES


@pytest.mark.parametrize(
    ("html", "has"),
    [
        ("<p>שלום</p>", '<p dir="rtl">'),
        ('<h1 id="a">שלום (2)</h1>', '<h1 id="a" dir="rtl">'),
        (
            '<p><a id="p1" class="n" href="#p1">1</a><span id="p1-a"></span> <span lang="he" dir="rtl">NATO ש</span></p>',
            '<p dir="rtl">',
        ),
        ('<h3><a href="../x/"><span lang="he" dir="rtl">שלום</span></a></h3>', '<h3 dir="rtl">'),
        ('<li><a href="../x/#p1">¶1</a> <span dir="rtl">של<mark>ום</mark></span></li>', '<li dir="rtl">'),
        ('<p>שלום <a href="#p1">Post, 4 March 2019, ¶1</a></p>', '<p dir="rtl">'),
        ("<li>\n<p>שלום</p>\n</li>", '<li>\n<p dir="rtl">'),
        ("<td>שלום (1).</td>", '<td><span dir="rtl">שלום (1).</span></td>'),
    ],
)
def test_what_is_written_from_right_to_left_says_so(html: str, has: str) -> None:
    assert has in directed(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Plain.</p>",
        "<p>He says שלום to all.</p>",
        "<p>Երևան և Никол</p>",
        '<p dir="ltr">שלום</p>',
        # A byline begins with a name that is set apart, and goes on in the interface's words.
        '<p><a href="../x/"><span dir="rtl">דבר</span></a> · 1 March 2024</p>',
        "<p><bdi>דבר</bdi>, 1 March 2024</p>",
        # Names in a list keep in line.
        '<li><a class="k" href="../x/"><span dir="rtl">שלום</span></a> <span class="quiet">3</span></li>',
        '<td><a class="k" href="../x/"><span dir="rtl">שלום</span></a></td>',
        '<td><span dir="rtl">שלום</span></td>',
        '<p><span dir="rtl">א</span> and <span dir="rtl">ב</span></p>',
    ],
)
def test_all_else_keeps_the_direction_of_the_page(html: str) -> None:
    assert directed(html) == html


@settings(derandomize=True)
@given(
    st.lists(st.sampled_from([*"אבגدث ab-1<>&ա中", "<b>", "</b>", "<p>", "</p>", "<td>", "</td>"])).map(
        "".join
    )
)
def test_nothing_but_direction_is_added(html: str) -> None:
    given_back = directed(html).replace('<span dir="rtl">', "<span>").replace(' dir="rtl"', "")
    assert given_back.replace("<td><span>", "<td>").replace("</span></td>", "</td>") == html


@settings(derandomize=True)
@given(st.text())
def test_the_fast_look_for_such_letters_overlooks_none(text: str) -> None:
    assert has_rtl(text, text.encode(errors="surrogatepass")) == (RTL.search(text) is not None)


def test_a_language_tells_more_than_its_letters() -> None:
    assert is_rtl("NATO and the EU: שלום", "he")
    assert not is_rtl("NATO and the EU: שלום", "en")
    assert not is_rtl("NATO", "he")
    assert is_rtl("شالوم (Shal)", "az")
    assert not is_rtl("Shalom", "ar-Latn")
    assert is_rtl("שלום", "no such tag")


def test_a_line_of_names_and_words_keeps_its_order() -> None:
    assert isolated("Post, 4 March") == "Post, 4 March"
    assert isolated("הארץ „דבר“, 4 March, ¶2") == "<bdi>הארץ „דבר</bdi>“, 4 March, ¶2"
    assert isolated("“אב (ג)”, 2") == "“<bdi>אב (ג)</bdi>”, 2"
    assert isolated("(אב), 2") == "(<bdi>אב</bdi>), 2"
    assert isolated("from هنا to שם") == "from <bdi>هنا</bdi> to <bdi>שם</bdi>"


def _directions(tree: Element, name: str) -> list[tuple[str, str]]:
    return [(element.get("dir", ""), text_of(element)) for element in find(tree, name)]


def test_both_builds_say_it_of_the_same_elements(tmp_path: Path) -> None:
    write_files(tmp_path, FILES)
    # A hand-written page as well.
    write_files(tmp_path, {"docs/about.md": "# עלינו\n\nשלום (1).\n\nPlain.\n"})
    build.write(tmp_path)
    mkdocs_build(read_config(tmp_path, "The sluice", tmp_path / "plain"))
    build_site(SiteRequest(tmp_path, "The sluice", tmp_path / "site"), processes=1)
    assert differing(files(tmp_path / "plain"), files(tmp_path / "site")) == []

    def page(address: str) -> Element:
        return parse((tmp_path / "site" / address / "index.html").read_text("utf-8"))

    assert _directions(page("about"), "p")[:2] == [("rtl", "שלום (1)."), ("", "Plain.")]
    article = page("articles/he")
    assert _directions(article, "h1") == [("rtl", "כותרת (חלק 2)")]
    body = [entry for entry in _directions(article, "p") if entry[1][:1].isdigit()]
    assert [direction for direction, _ in body] == ["rtl", "rtl"]
    assert ("", "דבר · 1 March 2024") in _directions(article, "p")
    assert _directions(page("articles/unknown"), "h1") == [("rtl", "שלום עולם (א)")]
    haddad = page("people/haddad")
    # The list of an article's mentions, which is in an item of the list of articles.
    assert [direction for direction, text in _directions(haddad, "li") if text.startswith("¶2")] == ["rtl"]
    assert [d for d, text in _directions(haddad, "li") if text[:1] == "¶" and "whom they call" in text] == [
        ""
    ]
    lavi = page("people/lavi")
    assert [d for d, text in _directions(lavi, "p") if "2024" in text and "אמר" in text] == ["rtl"]
    assert [d for d, text in _directions(lavi, "p") if "שלום לכל" in text] == ["rtl"]
    assert "rtl" not in dict(_directions(page("articles/en"), "p"))
