"""`dossier why` says what decided on a name, or why it is not linked."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.build import write_files

FILES = {
    "seeds/people.yml": (
        "ana:\n  name: Ana Lima\n  short: [Lima]\n  positions: [{title: Mayor}]\n"
        "rui:\n  name: Rui Lima\n  short: [Lima]\n"
    ),
    "seeds/organizations.yml": "office:\n  name: Lima Treaty Office\n  kind: body\n",
    "seeds/articles/news.md": (
        "---\ntitle: News\nmentions: {Ana Lima: none}\n---\n\nA Lima came.\n\nMayor Lima\nleft the Lima Treaty Office.\n\n"
        "Mr. Xavier Lima and Ana Lima. A Tuli.\n"
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path, FILES)


def _why(root: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, ["-C", str(root), "why", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def test_why_lists_records_and_reasons(root: Path) -> None:
    result = _why(root, "news#p2", "Lima")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "seeds/articles/news.md:8:7: 'Lima'",
        "  may mean, as a short form: ana (Ana Lima), rui (Rui Lima)",
        "  beside it: the title 'mayor'",
        (
            "  office: A title is before it, and the records of these people give that office (`Secretary Rusk`). "
            "Left: ana (Ana Lima)"
        ),
        "  linked to ana",
        "",
        "seeds/articles/news.md:9:10: 'Lima'",
        "  it is inside a longer name: 'Lima Treaty Office'",
        "  may mean, as a full name: office (Lima Treaty Office)",
        "  full name: It is the full name of one record and of no other (`Ana Lima`). Left: office (Lima Treaty Office)",
        "  linked to office",
    ]


@pytest.mark.parametrize(
    ("at", "name", "explained"),
    [
        ("news#p3", "Xavier Lima", "`Tom Johnson` is not Lyndon Johnson. Left: none"),
        ("news#p3", "Ana Lima", "settled: A curator has settled"),
        ("news#p3", "Tuli", "not linked: no record has this name"),
        ("news#p1-2", "Lima", "meant in text: The same words mean one of them elsewhere in the text"),
    ],
)
def test_why_it_is_not_linked_or_is(root: Path, at: str, name: str, explained: str) -> None:
    assert explained in _why(root, at, name).stdout


@pytest.mark.parametrize(
    ("at", "name", "problem"),
    [
        (
            "newz#p1",
            "Lima",
            "seeds/articles:1:1: error: no article 'newz' (did you mean 'news'?) [unknown-reference]",
        ),
        (
            "news#p9",
            "Lima",
            "seeds/articles/news.md:1:1: error: 'news' has no paragraph 9 (its paragraphs are 1 to 3) [no-paragraph]",
        ),
        (
            "news#p1",
            "Lina",
            "seeds/articles/news.md:6:1: error: 'Lina' is not in news#p1 (did you mean 'Lima'?) [name-not-there]",
        ),
        (
            "news#p1",
            "Lim",
            "seeds/articles/news.md:6:1: error: 'Lim' is not in news#p1 (did you mean 'Lima'?) [name-not-there]",
        ),
    ],
)
def test_what_is_not_there(root: Path, at: str, name: str, problem: str) -> None:
    result = _why(root, at, name)
    assert (result.exit_code, result.stdout) == (1, f"{problem}\n")


@pytest.mark.parametrize("at", ["news", "news#5", "news#p0", "news#p2-1"])
def test_a_malformed_place_is_a_wrong_call(root: Path, at: str) -> None:
    result = _why(root, at, "Lima")
    assert result.exit_code == 2
    assert "ARTICLE#pN" in result.output


@pytest.mark.parametrize(
    ("name", "explained"),
    [
        ("Smith", "not linked: a hyphen joins it to another capitalized word"),
        ("Guinea", "not linked: it is in the name of another place: 'Papua New Guinea'"),
        ("Selm", "not linked: it is in a web address"),
        ("John Paul", "namesake: A number or suffix follows"),
        ("Iron Lady", "settled: A curator has settled"),
    ],
)
def test_why_a_part_of_another_name_is_not_linked(tmp_path: Path, name: str, explained: str) -> None:
    files = {
        "seeds/people.yml": "jane: {name: Jane Smith, short: [Smith]}\njp: {name: John Paul II, also: [John Paul]}\n",
        "seeds/places.yml": "guinea: {name: Guinea}\nselm: {name: Selm}\n",
        "seeds/articles/a.md": (
            "---\ntitle: A\nmentions: {Iron Lady: jane}\n---\n\nMr. Smith-Jones saw Papua New Guinea, "
            "https://x.org/Selm, John Paul I and the Iron Lady.\n"
        ),
    }
    result = _why(write_files(tmp_path, files), "a#p1", name)
    assert explained in result.stdout
