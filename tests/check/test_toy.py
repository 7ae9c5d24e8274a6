"""The toy dossier, of which every golden page is made, is sound."""

from pathlib import Path

from tests.build import problem_lines


def test_the_toy_dossier_has_no_problem(toy: Path) -> None:
    assert problem_lines(toy) == []
