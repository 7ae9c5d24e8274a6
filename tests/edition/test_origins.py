"""A reprint counts for the agency or outlet that produced the report."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.edition import Edition
from generator.link import link
from generator.load import load
from generator.pages.book import pages
from generator.pages.records import organizations
from tests.build import write_files

_LANGUAGES = ("en", "ru", "hy")
_FILES = {
    "seeds/dossier.yml": "title: Flood\nlanguage: LANGUAGE\n",
    "seeds/organizations.yml": """\
delta: {name: Delta Wire, kind: agency}
delta-south: {name: Delta South, kind: outlet, part_of: delta}
post: {name: Harbour Post, kind: outlet}
echo: {name: Echo, kind: outlet}
""",
    "seeds/articles/a1.md": "---\ntitle: First news\noutlet: post\nwire: delta\npublished: 2020-01-01\n---\n\nA flood.\n\nMore.\n",
    "seeds/articles/a2.md": "---\ntitle: Second news\noutlet: delta-south\npublished: 2020-01-05\n---\n\nPumps.\n",
    "seeds/articles/a3.md": "---\ntitle: Third news\noutlet: echo\npublished: 2020-01-06\n---\n\nAn echo.\n",
    "seeds/events.yml": """\
flood: {title: Flood, kind: other, date: 2020-01, evidence: [a1#p1]}
pumps: {title: Pumps, kind: other, date: 2020-01, evidence: [a1#p2, a2#p1]}
both: {title: Both, kind: other, date: 2020-01, evidence: [a2#p1, a3#p1]}
""",
}
_UNNAMED = {
    f"seeds/articles/{key}.md": f"---\ntitle: News of {key}\npublished: 2020-01-07\n---\n\nA letter.\n"
    for key in ("u1", "u2")
}


def _edition(folder: Path, more: Mapping[str, str] = {}, language: str = "en") -> Edition:
    files = {name: text.replace("LANGUAGE", language) for name, text in {**_FILES, **more}.items()}
    dossier, problems = load(write_files(folder, files))
    assert not problems
    return Edition(dossier, link(dossier))


def _bodies(edition: Edition) -> dict[str, str]:
    return {page.path: page.body for page in pages(edition)}


def _scope(edition: Edition) -> str:
    return next(str(page.meta["label"]) for page in pages(edition) if page.path == "index.md")


def test_silent_sources_are_origins(tmp_path: Path) -> None:
    found = _bodies(_edition(tmp_path))
    # The reports of Delta are in the Post and in its own service; the Post has none of its own.
    assert (
        "Based on a single source. Not reported by Echo in the articles collected here."
        in found["events/flood.md"]
    )
    assert (
        "Reported in 2 articles from one source. Not reported by Echo in the articles collected here."
        in (found["events/pumps.md"])
    )
    assert "Reported in 2 articles from 2 independent sources.\n" in found["events/both.md"]


def test_coverage_has_a_column_for_each_origin(tmp_path: Path) -> None:
    rows = {
        line.split("|")[2].strip().partition("]")[0]: [cell.strip() for cell in line.split("|")[3:-1]]
        for line in _bodies(_edition(tmp_path))["coverage/index.md"].split("\n")
        if line.startswith("| ")
    }
    assert rows["Event"] == ["Delta Wire", "Echo", "Total"]
    assert [cell.count("not reported") for cell in rows["[Flood"]] == [0, 1, 0]
    assert rows["[Flood"][0].endswith('<span class="quiet">in Harbour Post</span>')
    assert rows["[Flood"][2] == "single source"
    assert rows["[Pumps"][2] == "2 articles, single source"
    assert rows["[Both"][2].startswith("2 articles")


def test_record_backed_by_one_origin_has_a_single_source(tmp_path: Path) -> None:
    ledger = _bodies(_edition(tmp_path))["ledger.md"]
    single = ledger.partition("## Single source")[2].partition("## ")[0]
    assert [key in single for key in ("events/flood.md", "events/pumps.md", "events/both.md")] == [
        True,
        True,
        False,
    ]


def test_pages_count_origins(tmp_path: Path) -> None:
    edition = _edition(tmp_path)
    told = "A dossier · three articles, two of them from Delta Wire · two independent sources · "
    assert _scope(edition).startswith(told)
    body = _bodies(edition)["events/pumps.md"]
    assert "<b>2</b>articles</span><span><b>1</b>independent source</span>" in body
    assert "Harbour Post, from Delta Wire" in body


def test_unnamed_origins_count_as_one_that_is_marked(tmp_path: Path) -> None:
    events = _FILES["seeds/events.yml"] + (
        "letters: {title: Letters, kind: other, date: 2020-01, evidence: [u1#p1, u2#p1]}\n"
        "all: {title: All, kind: other, date: 2020-01, evidence: [a2#p1, u1#p1, u2#p1]}\n"
        "two: {title: Two, kind: other, date: 2020-01, evidence: [a2#p1, u1#p1]}\n"
    )
    edition = _edition(tmp_path, {**_UNNAMED, "seeds/events.yml": events})
    assert "five articles · two independent sources and one unidentified · " in _scope(edition)
    found = _bodies(edition)
    assert "Reported in 2 articles from an unidentified outlet. " in found["events/letters.md"]
    assert "<b>1</b>unidentified outlet</span>" in found["events/letters.md"]
    assert "Reported in 3 articles from one source and an unidentified outlet." in found["events/all.md"]
    # The article that names none may be a report of the other.
    assert "Reported in 2 articles from one source and an unidentified outlet." in found["events/two.md"]
    assert "<b>1</b>independent source and one unidentified</span>" in found["events/two.md"]
    single = found["ledger.md"].partition("## Single source")[2].partition("## ")[0]
    assert "events/letters.md" in single
    assert "events/two.md" not in single


def test_outlet_lists_articles_of_its_services_and_reprints(tmp_path: Path) -> None:
    found = _bodies(_edition(tmp_path))
    page = found["organizations/delta.md"]
    assert "<b>2</b>articles published</span>" in page
    assert "2 articles, including services and reprints." in page
    rows = [line for line in page.split("\n") if "](../articles/" in line]
    assert [row.split("|")[3].strip() for row in rows] == [
        "[Delta South](delta-south.md)",
        "[Harbour Post](post.md), from Delta Wire",
    ]
    assert "Harbour Post, from [Delta Wire](delta.md) |" in found["organizations/post.md"]
    # Where all are its own, no column says so.
    assert "| Date | Article |\n" in found["organizations/echo.md"]


def test_outlet_list_counts_what_it_leaves_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(organizations, "_MOST_ARTICLES", 1)
    page = _bodies(_edition(tmp_path))["organizations/delta.md"]
    assert "reprints. The first 1 are listed." in page
    assert page.count("](../articles/") == 1


def test_events_are_counted_by_origin(tmp_path: Path) -> None:
    chart = _bodies(_edition(tmp_path))["charts.md"].partition("## Events reported, by source")[2]
    assert "| Period | Delta Wire | Echo | \n| --- | ---: | ---: | \n| January 2020 | 3 | 1 | \n" in chart


def test_lists_can_be_filtered_by_articles_without_outlet(tmp_path: Path) -> None:
    events = "one: {title: One, kind: other, date: 2020, evidence: [u1#p1], participants: [{who: echo}]}\n"
    files = {
        **_UNNAMED,
        "seeds/events.yml": events,
        "seeds/people.yml": "ana: {name: Ana, evidence: [u1#p1, a3#p1]}\n",
    }
    head = _bodies(_edition(tmp_path, files))["people/index.md"]
    assert "&#91;&#34;echo&#34;,&#34;Echo&#34;&#93;,&#91;&#34;none&#34;,&#34;unidentified&#34;&#93;" in head


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_language_has_words_for_origins(tmp_path: Path, language: str) -> None:
    files = {
        **_UNNAMED,
        "seeds/events.yml": "all: {title: All, kind: other, date: 2020, evidence: [u1#p1, u2#p1]}\n",
    }
    assert _bodies(_edition(tmp_path, files, language))["events/all.md"]


def test_cycle_of_services_ends(tmp_path: Path) -> None:
    files = {
        "seeds/organizations.yml": (
            "delta: {name: Delta Wire, kind: agency, part_of: post}\n"
            "delta-south: {name: Delta South, kind: outlet, part_of: delta}\n"
            "post: {name: Harbour Post, kind: outlet, part_of: delta}\n"
            "echo: {name: Echo, kind: outlet}\n"
        )
    }
    assert _edition(tmp_path, files).all_origins[-1] == "echo"


def test_home_page_names_the_main_origin(tmp_path: Path) -> None:
    edition = _edition(tmp_path)
    assert edition.main_origin == ("delta", 2)
    home = next(page for page in pages(edition) if page.path == "index.md")
    assert home.meta["label"].startswith("A dossier · three articles, two of them from Delta Wire · ")


def test_main_origin_has_more_than_half_but_not_all(tmp_path: Path) -> None:
    assert _edition(tmp_path, {**_UNNAMED}).main_origin is None
    echo = _FILES["seeds/articles/a3.md"].replace("echo", "delta")
    assert _edition(tmp_path / "one", {"seeds/articles/a3.md": echo}).main_origin is None
