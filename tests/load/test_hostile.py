"""Whatever a file holds, a curator is told of problems; nothing is raised and nothing hangs."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check import check
from generator.load import load
from generator.load.text import MAX_BYTES
from generator.model.ids import RecordId
from tests.build import problem_lines, write_files

FILES = [
    f"seeds/{name}.yml" for name in ("people", "events", "statements", "questions", "dossier", "articles/x")
]
# What makes a file look enough like seeds for its fields to be reached.
PIECES = st.sampled_from(
    [
        *(
            "a:",
            "b-c:",
            "\n",
            "\n  ",
            "\n    - ",
            " ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "'",
            '"',
            "|\n",
            ">\n",
            "&x ",
            "*x",
        ),
        *(
            "name: ",
            "title: ",
            "kind: ",
            "date: ",
            "who: ",
            "evidence: ",
            "quote: ",
            "at: ",
            "positions: ",
            "summary: ",
        ),
        *(
            "answers: ",
            "coordinates: ",
            "links: ",
            "formerly: ",
            "participants: ",
            "part_of: ",
            "from: ",
            "original: ",
        ),
        *(
            "a#p1",
            "x#p1-2",
            "2022-09",
            "../x",
            "[[a]]",
            "[@a#p1]",
            "https://x.example",
            "summit",
            "\u0301",
            "\x00",
            "\ud7ff",
        ),
    ]
)
SEEDLIKE = st.lists(PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode())


def _lines(files: dict[str, bytes]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        return problem_lines(write_files(Path(folder), files))


@given(st.sampled_from(FILES), st.one_of(st.binary(), st.text().map(str.encode), SEEDLIKE))
def test_any_bytes_in_any_seeds_file(name: str, data: bytes) -> None:
    for line in _lines({name: data}):
        assert line.startswith("seeds/")


@given(
    st.one_of(st.binary(), st.text().map(str.encode), SEEDLIKE.map(lambda data: b"---\ntitle: x\n" + data))
)
def test_any_bytes_as_an_article(data: bytes) -> None:
    lines = _lines(
        {"seeds/articles/x.md": data, "seeds/people.yml": b"a: {name: A, evidence: [{at: x#p1, quote: a}]}"}
    )
    for line in lines:
        assert line.startswith("seeds/")


@given(st.text(alphabet=st.characters(exclude_categories=("C", "Z")), min_size=1))
def test_a_hostile_name_stays_the_text_that_it_is(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        quoted = "'" + text.replace("'", "''") + "'"
        found, problems = load(write_files(Path(folder), {"seeds/people.yml": f"a: {{name: {quoted}}}"}))
    assert not problems
    assert found.people[RecordId("a")].name == text  # type: ignore[index]


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    write_files(tmp_path, {"seeds/people.yml": b"#" * (MAX_BYTES + 1)})
    assert problem_lines(tmp_path) == [
        "seeds/people.yml:1:1: error: 'seeds/people.yml' is larger than 10 MB [file-size]"
    ]


def test_a_folder_that_is_no_dossier(tmp_path: Path) -> None:
    (line,) = problem_lines(tmp_path)
    assert line.startswith("seeds:1:1: error: no folder 'seeds' in ")
    assert line.endswith("(dossier init DIR makes one) [no-seeds]")


@pytest.mark.parametrize("field", ["summary", "note"])
def test_a_text_without_end_is_an_error(field: str, tmp_path: Path) -> None:
    write_files(tmp_path, {"seeds/people.yml": f"a: {{name: A, {field}: {'x' * 200_000}}}\n"})
    assert any("is longer than" in line for line in problem_lines(tmp_path))


def test_an_original_that_cannot_be_a_file_is_absent(tmp_path: Path) -> None:
    head = f"---\ntitle: T\noriginal: {{file: {'x' * 300}, sha256: {'0' * 64}, body: 1}}\n---\n\nText.\n"
    write_files(tmp_path, {"seeds/dossier.yml": "title: D\noriginals: [.]\n", "seeds/articles/a.md": head})
    found, problems = load(tmp_path)
    assert not problems
    assert not found.originals
    assert [problem.rule for problem in check(found, frozenset())] == ["absent-original"]


def test_a_folder_where_a_file_belongs(tmp_path: Path) -> None:
    (tmp_path / "seeds" / "people.yml").mkdir(parents=True)
    (tmp_path / "seeds" / "articles" / "x.md").mkdir(parents=True)
    assert len(problem_lines(tmp_path)) == 1
