"""Statements of one day are in the order in which the articles report them, whatever their ids."""

import re
from pathlib import Path

import pytest

from generator.edition import Edition
from generator.link import link
from generator.load import load
from generator.pages.book import pages
from generator.pages.search import searchable
from tests.build import write_files
from tests.searches import texts_of

# By id the other way round; a later article and a day before are last and first.
_SAID = {
    "z-before": ("2020-01-01", "b#p3"),
    "y-first": ("2020-01-02", "a#p1"),
    "x-second": ("2020-01-02?", "a#p2"),
    "w-third": ("2020-01-02", "a#p10"),
    "v-later": ("2020-01-02", "b#p1"),
    "u-undated": ("2020-01-02", "c#p1"),
}
_TEXTS = {key: f"Words of {key[2:]}." for key in _SAID}


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    body = "\n\n".join(f"Paragraph {number}." for number in range(1, 11))
    files = {
        "seeds/dossier.yml": "title: Order\n",
        "seeds/articles/a.md": f"---\ntitle: Early news\npublished: 2020-01-03\n---\n\n{body}\n",
        "seeds/articles/b.md": f"---\ntitle: Later news\npublished: 2020-01-04\n---\n\n{body}\n",
        "seeds/articles/c.md": f"---\ntitle: Other news\n---\n\n{body}\n",
        "seeds/people.yml": "ana: {name: Ana Lima}\n",
        "seeds/issues.yml": "duty: {title: Duty}\n",
        "seeds/events.yml": "talk: {title: Talk, kind: other, date: 2020-01, evidence: [a#p1]}\n",
        "seeds/statements.yml": "".join(
            f"{key}: {{speaker: ana, said: {_TEXTS[key]}, date: {day}, issue: duty, event: talk, to: ana, "
            f"stance: neutral, about: [talk], evidence: [b#p9, {at}]}}\n"
            for key, (day, at) in sorted(_SAID.items())
        ),
    }
    dossier, problems = load(write_files(tmp_path, files))
    assert not problems
    return Edition(dossier, link(dossier))


def _order(text: str) -> list[str]:
    found = re.findall(r"Words of (\w+)", text)
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("path", ["people/ana.md", "events/talk.md", "issues/duty.md", "report/index.md"])
def test_pages_list_statements_in_order(edition: Edition, path: str) -> None:
    body = next(page.body for page in pages(edition) if page.path == path)
    assert _order(body) == [key[2:] for key in _SAID]


def test_search_lists_statements_in_order(edition: Edition) -> None:
    texts = texts_of(searchable(edition))
    (said,) = (text for text in texts if text.title == "Ana Lima" and "Words" in text.passages[0].text)
    assert _order("".join(passage.text for passage in said.passages)) == [key[2:] for key in _SAID]
