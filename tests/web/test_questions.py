"""What readers ask: fifty questions that the articles answer are answered on the first screen.

`fifty-questions.yml` beside this file holds each question with the page where a reader would look, or the words
that a reader would search for.
"""

import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

QUESTIONS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("fifty-questions.yml").read_text("utf-8")
)
# All text of which at least the first line is above the lower edge of the window.
FIRST_SCREEN = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  const range = document.createRange();
  while (walker.nextNode()) {
    range.selectNodeContents(walker.currentNode);
    const box = range.getClientRects()[0];
    if (box && box.width && box.bottom > 0 && box.top < innerHeight) found.push(walker.currentNode.data);
  }
  return found.join("").replace(/\\s+/g, " ");
}"""


BY_PAGE: dict[str, list[dict[str, Any]]] = {}
for _question in QUESTIONS:
    _search = urllib.parse.urlencode({"q": _question.get("search", "")})
    BY_PAGE.setdefault(_question.get("page", f"search/?{_search}"), []).append(_question)


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab that stays open, since each of many pages is read once and changed by nobody."""
    with browser.new_page(viewport={"width": 1280, "height": 900}) as page:
        yield page


def test_there_are_fifty_questions() -> None:
    assert len({question["asks"] for question in QUESTIONS}) == len(QUESTIONS) == 50


@pytest.mark.parametrize("address", BY_PAGE)
def test_questions_are_answered_on_the_first_screen(tab: Page, site_url: str, address: str) -> None:
    tab.goto(site_url + address)
    # Passages arrive after records.
    for _ in range(100):
        text = tab.evaluate(FIRST_SCREEN)
        unanswered = {
            question["asks"]: missing
            for question in BY_PAGE[address]
            if (missing := [words for words in question["words"] if words not in text])
        }
        if not unanswered:
            break
        tab.wait_for_timeout(100)
    assert unanswered == {}
