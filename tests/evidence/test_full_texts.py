"""Citations of articles in full lead to the words that they led to, or an error says where these are."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import build
from generator.cli import main
from generator.support.problems import Refused
from generator.verify import accept, verify
from tests.build import write_files

LOCK = "seeds/evidence.lock"
LETTERS = "seeds/articles/letters.md"
ONE = "The town asked for pumps."
TWO = "Per Lund promised a meeting."
THREE = "Ola Brandt opened the sluice."
NEW = "A letter came first."
FILES = {
    "seeds/dossier.yml": "title: Tarn\nsummary: Lund promised. [@letters#p2]\n",
    "seeds/people.yml": (
        "ola-brandt:\n"
        "  name: Ola Brandt\n"
        "  summary: He opened it. [@letters#p3] Lund knew. [@letters#p2; @letters#p3]\n"
        "  evidence: [letters#p3, {at: letters#p3, quote: sluice}]\n"
        "per-lund:\n"
        "  name: Per Lund\n"
        "  positions: [{title: Mayor, evidence: [letters#p2-3]}]\n"
    ),
    "seeds/articles/notes.md": "---\ntitle: Notes\nsummary: As in the letters. [@letters#p1]\n---\n\nNo more.\n",
}


def _article(*paragraphs: str) -> str:
    return "---\ntitle: Letters\n---\n\n" + "\n\n".join(paragraphs) + "\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A dossier of articles in full, with a lock."""
    root = write_files(tmp_path, FILES | {LETTERS: _article(ONE, TWO, THREE)})
    assert verify(root).changed
    assert _lines(root) == []
    return root


def _lines(root: Path, rule: str = "") -> list[str]:
    return [str(p) for p in build.check(root).problems if rule in ("", p.rule)]


def _write(root: Path, *paragraphs: str) -> None:
    write_files(root, {LETTERS: _article(*paragraphs)})


def _places(lines: Iterable[str]) -> list[str]:
    return [line.partition(": ")[0] for line in lines]


def _dossier(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), *words])


def test_the_lock_holds_what_cited_paragraphs_say_and_no_word_of_it(root: Path) -> None:
    lock = (root / LOCK).read_text(encoding="utf-8")
    assert "\nversion: 2\narticles:\n  letters:\n    paragraphs:\n      p1: {told: " in lock
    assert lock.count("told: ") == 3
    assert "references:\n  dossier.yml:\n    summary:\n      - letters#p2\n" in lock
    assert "  notes:\n    summary:\n      - letters#p1\n" in lock
    assert "sluice" not in lock
    assert not verify(root).changed


def test_a_paragraph_put_in_above_is_an_error_at_each_citation(root: Path) -> None:
    _write(root, ONE, NEW, TWO, THREE)
    found = _lines(root, "paragraph-moved")
    assert found[0] == (
        "seeds/dossier.yml:2:27: error: paragraph 2 of 'letters', now 'A letter came first.', is not the one "
        "that was cited: that one is paragraph 3 now (cite that one, or if paragraph 2 is meant, run "
        "dossier accept letters) [paragraph-moved]"
    )
    assert _places(found) == [
        "seeds/dossier.yml:2:27",
        "seeds/people.yml:3:28",
        "seeds/people.yml:3:53",
        "seeds/people.yml:3:66",
        "seeds/people.yml:4:14",
        "seeds/people.yml:4:31",
        *["seeds/people.yml:7:41"] * 2,
    ]
    before = (root / LOCK).read_bytes()
    with pytest.raises(Refused):
        verify(root)
    with pytest.raises(Refused):
        build.write(root)
    assert (root / LOCK).read_bytes() == before


def test_citations_that_follow_the_words_are_right(root: Path) -> None:
    _write(root, ONE, NEW, TWO, THREE)
    for name in ("seeds/dossier.yml", "seeds/people.yml"):
        path = root / name
        text = path.read_text(encoding="utf-8")
        for old, new in (("p2-3", "p_-4"), ("#p3", "#p4"), ("#p2", "#p3"), ("p_", "p3")):
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    assert [p.rule for p in build.check(root).problems] == ["unrecorded"]
    verify(root)
    assert _lines(root) == []


def test_a_renamed_article_and_record_are_held_to_what_was_cited(root: Path) -> None:
    _write(root, ONE, NEW, TWO, THREE)
    text = (
        (root / LETTERS)
        .read_text(encoding="utf-8")
        .replace("title: Letters", "title: Letters\nformerly: [letters]")
    )
    (root / LETTERS).unlink()
    write_files(root, {"seeds/articles/post.md": text})
    for name in ("seeds/dossier.yml", "seeds/people.yml", "seeds/articles/notes.md"):
        path = root / name
        text = path.read_text(encoding="utf-8").replace("letters#", "post#")
        text = text.replace("per-lund:\n", "lund:\n  formerly: [per-lund]\n")
        path.write_text(text, encoding="utf-8")
    moved = _lines(root, "paragraph-moved")
    assert len(moved) == 8
    assert "paragraph 2 of 'post', now 'A letter came first.', is not the one that was cited" in moved[0]


def test_the_new_paragraph_is_taken_on_the_curators_word(root: Path) -> None:
    _write(root, ONE, NEW, TWO)
    (root / "seeds/people.yml").write_text("per-lund: {name: Per Lund, evidence: [letters#p2]}\n", "utf-8")
    assert [p.rule for p in build.check(root).problems] == ["unrecorded", "paragraph-moved"]
    compared, _ = accept(root, "letters")
    assert compared == (
        "paragraph 1: as it was cited",
        "paragraph 2: what was cited is paragraph 3 now",
        "paragraph 3: changed; read it again beside what cites it",
    )
    assert _lines(root) == []


def test_changed_words_are_an_error_at_the_paragraph(root: Path) -> None:
    _write(root, ONE, TWO.replace("meeting", "feast"), THREE)
    (line,) = _lines(root)
    assert line == (
        f"{LETTERS}:7:1: error: paragraph 2 of 'letters', now 'Per Lund promised a feast.', is not what was "
        "cited, and the cited words are nowhere in it (restore it, or check that it still supports what cites it and "
        "run dossier accept letters) [paragraph-changed]"
    )
    result = _dossier(root, "accept", "letters")
    assert result.exit_code == 0
    assert "paragraph 2: changed; read it again beside what cites it\n" in result.stderr
    assert _lines(root) == []


@pytest.mark.parametrize("other", [f"  {TWO}", TWO.replace(" ", "\n"), TWO.replace(" ", "\u00a0")])
def test_white_space_is_no_change(root: Path, other: str) -> None:
    _write(root, ONE, other, THREE)
    assert _lines(root) == []


def test_swapped_paragraphs_are_two_errors_for_each_field(root: Path) -> None:
    _write(root, ONE, THREE, TWO)
    moved = _lines(root, "paragraph-moved")
    assert "that one is paragraph 3 now" in moved[0]
    assert len(moved) == 8
    assert {line.partition(":")[0] for line in moved} == {"seeds/dossier.yml", "seeds/people.yml"}


def test_a_paragraph_that_is_cut_leaves_no_citation_behind(root: Path) -> None:
    _write(root, TWO, THREE)
    assert _places(_lines(root, "paragraph-changed")) == [f"{LETTERS}:5:1"]
    assert any("no p3" in line for line in _lines(root, "no-paragraph"))
    assert any("paragraph 3 of 'letters' is not" in line for line in _lines(root, "paragraph-moved"))


def test_what_nobody_cites_may_change(root: Path) -> None:
    _write(root, ONE, TWO, THREE, "And more.")
    assert _lines(root) == []
    write_files(root, {"seeds/articles/notes.md": "Notes\n\nOther words.\n"})
    _write(root, NEW, TWO, THREE)
    assert _lines(root) == []


def test_another_citation_is_no_error_and_told_until_it_is_recorded(root: Path) -> None:
    path = root / "seeds/people.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[letters#p3, {at", "[letters#p1, letters#p3, {at"), encoding="utf-8")
    (line,) = _lines(root)
    assert line == (
        f"{LETTERS}:1:1: warning: what is cited of 'letters' is not in {LOCK} yet (dossier verify records it, "
        "and one that changes later is noticed) [unrecorded]"
    )
    assert verify(root).problems == ()
    assert _lines(root) == []


def test_a_citation_beside_a_paragraph_that_moved_does_not_hide_it(root: Path) -> None:
    _write(root, ONE, NEW, TWO, THREE)
    write_files(
        root, {"seeds/dossier.yml": "title: Tarn\nsummary: Lund. [@letters#p2] More. [@letters#p3]\n"}
    )
    assert any(line.startswith("seeds/dossier.yml:2:18: error: ") for line in _lines(root, "paragraph-moved"))


def test_without_a_lock_nothing_is_said(tmp_path: Path) -> None:
    root = write_files(tmp_path, FILES | {LETTERS: _article(ONE, TWO, THREE)})
    assert _lines(root) == []
    result = _dossier(root, "check")
    assert result.stderr == (
        "4 records, 0 errors, 0 warnings\n"
        f"There is no {LOCK}: run dossier verify to record the cited paragraphs, so that later changes are reported\n"
    )
    assert _dossier(root, "-q", "check").stderr == ""
    verify(root)
    assert _dossier(root, "check").stderr == "4 records, 0 errors, 0 warnings\n"


def test_a_lock_of_before_is_read_and_brought_up_to_date(root: Path) -> None:
    whole = (root / LOCK).read_text(encoding="utf-8")
    write_files(root, {LOCK: "articles: {}\nreferences: {}\n"})
    assert [p.rule for p in build.check(root).problems] == ["unrecorded"]
    verify(root)
    assert (root / LOCK).read_text(encoding="utf-8") == whole


def test_an_article_that_becomes_a_digest_is_verified_anew(root: Path) -> None:
    original = f"original:\n  file: letters.txt\n  sha256: {'0' * 64}\n  body: 1-3\n"
    write_files(root, {LETTERS: _article(ONE, TWO, THREE).replace("---\n\n", f"{original}---\n\n")})
    assert {p.rule for p in build.check(root).problems} >= {"unverified"}
    assert all(p.rule != "paragraph-changed" for p in build.check(root).problems)


def test_a_second_build_says_what_a_fresh_one_does(root: Path) -> None:
    assert build.write(root).problems == ()
    edits = [
        {LETTERS: _article(ONE, NEW, TWO, THREE)},
        {LETTERS: _article(ONE, f"{TWO} Soon.", THREE)},
        {LETTERS: _article(ONE, TWO, THREE)},
        {"seeds/events.yml": "flood: {title: Flood, kind: other, date: 2019, evidence: [letters#p1]}\n"},
        {LETTERS: _article(TWO, ONE, THREE)},
        {LETTERS: _article(ONE, TWO, THREE, NEW)},
    ]
    for files in edits:
        write_files(root, files)
        checked = build.check(root)
        if checked.has_errors:
            with pytest.raises(Refused) as refused:
                build.write(root)
            assert refused.value.problems == checked.problems
        else:
            assert build.write(root).problems == checked.problems
    assert [p.rule for p in build.write(root).problems] == ["unrecorded"]
    verify(root)
    assert build.write(root).problems == ()


def test_a_lock_of_a_newer_program_is_not_read(root: Path) -> None:
    path = root / LOCK
    path.write_text(path.read_text("utf-8").replace("version: 2", "version: 3\nsealed: by"), encoding="utf-8")
    (line,) = _lines(root)
    assert line == (
        f"{LOCK}:4:1: error: the lock's version is '3', and this program knows up to 2 "
        "(use the version that wrote it) [lock-version]"
    )


def test_verify_writes_nothing_where_nothing_is_cited(tmp_path: Path) -> None:
    root = write_files(tmp_path, {"seeds/articles/one.md": "One\n\nAna Lima came.\n"})
    result = _dossier(root, "verify")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"Nothing is cited, so there is nothing to write into {LOCK}\n"
    assert not (root / LOCK).exists()
