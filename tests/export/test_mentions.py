"""Exported mentions are those that are linked, with the offsets of their words."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build import check
from generator.cli import main
from tests.build import write_files


def _export(root: Path, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["-C", str(root), "export", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.stdout, result.stderr


def test_each_line_has_the_offsets_of_its_words(toy: Path) -> None:
    code, text, _ = _export(toy, "mentions")
    assert code == 0
    found = [json.loads(line) for line in text.splitlines()]
    linked = check(toy).links.mentions
    assert [(m["article"], m["text"], m["entity"]) for m in found] == [
        (m.article, m.text, m.entity) for key in sorted(linked) for m in linked[key]
    ]
    for mention in found:
        (path,) = (toy / "seeds/articles").glob(f"{mention['article']}.*")
        whole = path.read_text("utf-8")
        body = whole.split("---\n", 2)[2].lstrip("\n") if whole.startswith("---") else None
        if body is not None:
            assert body[mention["start"] : mention["end"]] == mention["text"]
    assert {m["article"] for m in found} == {path.stem for path in (toy / "seeds/articles").iterdir()}


def test_offsets_count_code_points(tmp_path: Path) -> None:
    body = "𝒜 “e\u0301” Ana\u00a0\u00a0Lima.\n\n\nThen  Lima\nleft.\n"
    files = {
        "seeds/people.yml": "ana:\n  name: Ana Lima\n  short: [Lima]\n",
        "seeds/articles/news.md": f"---\ntitle: News\n---\n\n\n{body}",
    }
    _, text, _ = _export(write_files(tmp_path, files), "mentions")
    found = [json.loads(line) for line in text.splitlines()]
    assert [body[m["start"] : m["end"]] for m in found] == ["Ana\u00a0\u00a0Lima", "Lima"]
    assert [m["text"] for m in found] == ["Ana\u00a0\u00a0Lima", "Lima"]


def test_export_is_written_to_a_file(toy: Path, tmp_path: Path) -> None:
    out = tmp_path / "mentions.jsonl"
    code, printed, told = _export(toy, "mentions", "-o", str(out))
    assert (code, printed) == (0, "")
    assert out.read_text("utf-8") == _export(toy, "mentions")[1]
    assert f"Wrote {out}" in told


def test_errors_and_unknown_formats_are_refused(tmp_path: Path) -> None:
    root = write_files(tmp_path, {"seeds/people.yml": "ana:\n  nam: Ana\n"})
    code, printed, _ = _export(root, "mentions", "-o", str(tmp_path / "out"))
    assert code == 1
    assert "seeds/people.yml" in printed
    assert not (tmp_path / "out").exists()
    assert _export(root, "mension")[0] == 2


@pytest.mark.parametrize("path", ["nowhere/at/all/x.jsonl"])
def test_unwritable_file_is_reported(toy: Path, tmp_path: Path, path: str) -> None:
    (tmp_path / "nowhere").write_text("a file")
    code, _, told = _export(toy, "mentions", "-o", str(tmp_path / path))
    assert code == 1
    assert "cannot write" in told
