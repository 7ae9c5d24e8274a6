"""The README's five minutes work, word for word, on the project's own seeds."""

import re
import shutil
from pathlib import Path

import pytest

from generator import build
from generator.model.ids import ArticleId, RecordId
from generator.verify import verify

_ARTICLE = ArticleId(RecordId("2022-12-05-library-exhibition"))
_MISTAKES = (
    ("place: yerevan", "place: yerevn"),
    ("{title: Curator", "{titel: Curator"),
    ("it is needed}", "really needed}"),
)


@pytest.fixture(scope="module")
def blocks(root: Path) -> list[str]:
    return re.findall(r"(?s)```(?:yaml)?\n(.*?)```", (root / "README.md").read_text("utf-8"))


def test_example_has_no_problems_of_its_own(root: Path, blocks: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "after"
    assert {problem.rule for problem in _follow(root, blocks, folder).problems} >= {"unrecorded"}
    verify(folder)
    checked = build.check(folder)
    assert _added(root, checked, tmp_path) == set()
    mentioned = {mention.entity for mention in checked.links.mentions[_ARTICLE]}
    assert mentioned == {"yerevan", "csto", "lusine-example"}


def test_mistakes_give_the_documented_problems(root: Path, blocks: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "after"
    _follow(root, blocks, folder)
    verify(folder)
    told = _added(root, _mistaken(folder), tmp_path)
    shown = next(block for block in blocks if ": error: " in block)
    assert told == {_without_place(line) for line in shown.strip().split("\n")}


def _added(root: Path, checked: build.Checked, folder: Path) -> set[str]:
    """What is wrong that is not wrong without the example."""
    before = build.check(_copied(root, folder / "before")).problems
    return {_without_place(str(p)) for p in checked.problems} - {_without_place(str(p)) for p in before}


def _copied(root: Path, folder: Path) -> Path:
    shutil.copytree(root / "seeds", folder / "seeds")
    return folder


def _mistaken(folder: Path) -> build.Checked:
    for name in ("people.yml", "events.yml"):
        path = folder / "seeds" / name
        text = path.read_text("utf-8")
        for right, wrong in _MISTAKES:
            text = _last(text, right, wrong)
        path.write_text(text, encoding="utf-8")
    return build.check(folder)


def _last(text: str, right: str, wrong: str) -> str:
    before, found, after = text.rpartition(right)
    return f"{before}{wrong}{after}" if found else text


def _follow(root: Path, blocks: list[str], folder: Path) -> build.Checked:
    _copied(root, folder)
    article, person, event = (
        next(block for block in blocks if block.startswith(start))
        for start in ("Yerevan library", "lusine-example:", "library-exhibition-2022-12-05:")
    )
    (folder / "seeds/articles" / f"{_ARTICLE}.txt").write_text(article, encoding="utf-8")
    for name, text in (("people.yml", person), ("events.yml", event)):
        path = folder / "seeds" / name
        path.write_text(f"{path.read_text('utf-8')}\n{text}", encoding="utf-8")
    return build.check(folder)


def _without_place(line: str) -> str:
    """Lines move as the seeds grow."""
    return re.sub(r"^(\S+?):\d+:\d+:", r"\1:", line)
