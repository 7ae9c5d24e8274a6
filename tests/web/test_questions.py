"""What readers ask: fifty questions that the articles answer are answered on the first screen.

`fifty-questions.yml` beside this file holds each question with the page where a reader would look, or the words
that a reader would search for.
"""

import urllib.parse
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

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


def test_there_are_fifty_questions() -> None:
    assert len({question["asks"] for question in QUESTIONS}) == len(QUESTIONS) == 50


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["asks"])
def test_a_question_is_answered_on_the_first_screen(
    page: Page, site_url: str, question: dict[str, Any]
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    if "search" in question:
        page.goto(f"{site_url}search/?{urllib.parse.urlencode({'q': question['search']})}")
    else:
        page.goto(site_url + question["page"])
    # Passages arrive after records.
    for _ in range(100):
        text = page.evaluate(FIRST_SCREEN)
        missing = [words for words in question["words"] if words not in text]
        if not missing:
            break
        page.wait_for_timeout(100)
    assert missing == []
