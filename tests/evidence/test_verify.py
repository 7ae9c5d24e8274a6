"""`dossier verify` and `accept`: what they write, and what they refuse to."""

import hashlib
import shutil
from difflib import ndiff
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import build
from generator.cli import main
from generator.support.problems import Problem, Refused
from generator.verify import accept, verify
from tests.build import write_files
from tests.evidence.invented import HARBOUR, TARN, write_dossier

LOCK = "seeds/evidence.lock"
STATEMENTS = "seeds/statements.yml"
TARN_MD = "seeds/articles/tarn-2019-03-04.md"
ADDED = """
brandt-members:
  speaker: ola-brandt
  said: Members answer.
  date: 2019-03-04
  issue: duty
  stance: neutral
  evidence: [{at: tarn-2019-03-04#p2, quote: "members answer"}]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The invented dossier, verified."""
    root = write_dossier(tmp_path)
    verify(root, [_originals(root)])
    return root


def _originals(root: Path) -> Path:
    return root.parent / "originals"


def _lock(root: Path) -> str:
    return (root / LOCK).read_bytes().decode()


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def _found(root: Path, *originals: Path) -> list[tuple[str, str, str]]:
    problems = build.check(root, originals).problems
    return [(p.severity.value, p.rule, f"{p.where.file}:{p.where.line}") for p in problems]


def _dossier(root: Path, *words: str, originals: bool = True) -> Result:
    options = ["--originals", str(_originals(root))] if originals else []
    result = CliRunner().invoke(main, ["-C", str(root), *options, *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def _changed_lines(before: str, after: str) -> list[str]:
    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


# Verify.


def test_what_is_written_is_sorted_and_stays(root: Path) -> None:
    lock = _lock(root)
    assert lock.startswith("# What cited paragraphs say")
    names = [
        line.strip(" :") for line in lock.splitlines() if line.startswith("  ") and not line.startswith("   ")
    ]
    assert names[:3] == ["harbour-2019-03-05", "letters", "tarn-2019-03-04"]
    assert names[3:] == sorted(names[3:])
    before = (root / LOCK).stat().st_mtime_ns
    again = verify(root, [_originals(root)])
    assert not again.changed
    assert (_lock(root), (root / LOCK).stat().st_mtime_ns) == (lock, before)
    assert verify(root, []).kept == ("harbour-2019-03-05", "tarn-2019-03-04")
    assert _lock(root) == lock


def test_it_holds_no_words_of_an_original_but_the_quotes(root: Path) -> None:
    lock = _lock(root)
    for text in (TARN, HARBOUR):
        words = text.split()
        for four in zip(words, words[1:], words[2:], words[3:], strict=False):
            run = " ".join(four).strip("“”,.")
            assert run not in lock or run in "So far nobody has answered us", run


def test_one_statement_more_changes_its_lines_alone(root: Path) -> None:
    before = _lock(root)
    path = root / STATEMENTS
    path.write_text(path.read_text(encoding="utf-8") + ADDED, encoding="utf-8")
    assert _found(root) == [("warning", "unverified", f"{STATEMENTS}:45")]
    assert _found(root, _originals(root)) == [("error", "lock-stale", f"{STATEMENTS}:45")]
    assert verify(root, [_originals(root)]).changed
    changed = _changed_lines(before, _lock(root))
    assert [line.split("matched")[0] for line in changed] == [
        "+   brandt-members:",
        "+     evidence:",
        '+       - {at: tarn-2019-03-04#p2, quote: "members answer", ',
    ]


def test_without_the_original_what_is_new_is_not_recorded(root: Path) -> None:
    before = _lock(root)
    path = root / STATEMENTS
    path.write_text(path.read_text(encoding="utf-8") + ADDED, encoding="utf-8")
    verified = verify(root)
    assert [p.rule for p in verified.problems] == ["absent-original"]
    assert not verified.changed
    assert _lock(root) == before


def test_a_record_that_is_gone_leaves_no_line(root: Path) -> None:
    before = _lock(root)
    path = root / STATEMENTS
    text = path.read_text(encoding="utf-8")
    start, end = text.index("lund-pumps:"), text.index("brandt-enough:")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    assert _found(root) == []
    line = before.split("\n").index("  lund-pumps:") + 3
    assert _found(root, _originals(root)) == [("error", "lock-stale", f"{LOCK}:{line}")]
    verify(root, [_originals(root)])
    changed = _changed_lines(before, _lock(root))
    assert [line[:17] for line in changed] == ["-   lund-pumps:", "-     evidence:", "-       - {at: ha"]


def test_a_paragraph_no_longer_cited_leaves_no_line(root: Path) -> None:
    _replace(root / STATEMENTS, "    - harbour-2019-03-05#p3\n", "")
    _replace(root / "seeds/events.yml", "[harbour-2019-03-05#p1-3]", "[harbour-2019-03-05#p1-2]")
    assert "      p3: " in _lock(root).partition("tarn-2019-03-04:")[0]
    verify(root, [_originals(root)])
    assert "      p3: " not in _lock(root).partition("tarn-2019-03-04:")[0]


def test_references_that_only_moved_are_no_change_without_originals(root: Path) -> None:
    old = "- tarn-2019-03-04#p3\n        - harbour-2019-03-05#p1"
    new = "- harbour-2019-03-05#p1\n        - tarn-2019-03-04#p3"
    _replace(root / "seeds/people.yml", old, new)
    assert _found(root) == []
    assert _found(root, _originals(root)) == []


def test_a_dossier_never_verified_warns_of_each_article(tmp_path: Path) -> None:
    root = write_dossier(tmp_path)
    found = _found(root)
    assert {(severity, rule) for severity, rule, _ in found} == {("warning", "unverified")}
    assert [where.rpartition(":")[0] for _, _, where in found] == [
        "seeds/articles/harbour-2019-03-05.md",
        TARN_MD,
    ]
    stale = _found(root, _originals(root))
    assert {(severity, rule) for severity, rule, _ in stale} == {("error", "lock-stale")}
    assert len(stale) == 2


def test_originals_that_are_here_in_part(tmp_path: Path) -> None:
    root = write_dossier(tmp_path)
    tarn, harbour = tmp_path / "tarn", tmp_path / "harbour"
    write_files(tarn, {"tarn.txt": TARN})
    write_files(harbour, {"harbour.txt": HARBOUR})
    first = verify(root, [tarn])
    assert (first.read, first.kept) == (("tarn-2019-03-04",), ("harbour-2019-03-05",))
    assert "harbour" not in _lock(root)
    assert [rule for _, rule, _ in _found(root, tarn)] == ["absent-original", "unverified"]
    verify(root, [harbour])
    partly = _lock(root)
    assert "harbour" in partly
    assert _found(root) == []
    assert _found(root, tarn) == [("warning", "absent-original", "seeds/articles/harbour-2019-03-05.md:6")]
    assert _found(root, harbour) == [("warning", "absent-original", f"{TARN_MD}:6")]
    shutil.copytree(root, tmp_path / "other")
    (tmp_path / "other" / LOCK).unlink()
    verify(tmp_path / "other", [tarn, harbour])
    assert (tmp_path / "other" / LOCK).read_bytes().decode() == partly


def test_what_does_not_stand_is_refused_and_nothing_written(root: Path) -> None:
    before = _lock(root)
    _replace(root / STATEMENTS, "ուշացած, բայց բավարար", "ուշացած, բայց անբավարար")
    with pytest.raises(Refused) as refused:
        verify(root, [_originals(root)])
    assert [p.rule for p in refused.value.problems] == ["quote-not-found"]
    assert _lock(root) == before


def test_a_digest_told_otherwise_is_renewed(root: Path) -> None:
    _replace(root / TARN_MD, "it needed pumps", "it asked for pumps")
    for originals in ([], [_originals(root)]):
        ((severity, rule, where),) = _found(root, *originals)
        assert (severity, rule, where) == ("error", "digest-changed", f"{TARN_MD}:11")
    before = _lock(root)
    verify(root, [_originals(root)])
    assert len(_changed_lines(before, _lock(root))) == 2
    assert _found(root) == []


def test_where_the_original_is_absent_a_changed_digest_stays_unverified(root: Path) -> None:
    _replace(root / TARN_MD, "it needed pumps", "it asked for pumps")
    before = _lock(root)
    verify(root)
    assert _lock(root) == before
    assert [rule for _, rule, _ in _found(root)] == ["digest-changed"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_make_no_difference(tmp_path: Path, newline: str, mark: str) -> None:
    root = write_dossier(tmp_path)
    verify(root, [_originals(root)])
    plain = _lock(root)
    for path in (*(root / "seeds").rglob("*.md"), *(root / "seeds").rglob("*.yml")):
        path.write_bytes((mark + path.read_text(encoding="utf-8").replace("\n", newline)).encode())
    assert _found(root) == []
    path = _originals(root) / "tarn.txt"
    path.write_bytes((mark + TARN.replace("\n", newline)).encode())
    old = hashlib.sha256(TARN.encode()).hexdigest()
    new = hashlib.sha256(path.read_bytes()).hexdigest()
    if new != old:
        assert {rule for _, rule, _ in _found(root, _originals(root))} == {"original-changed"}
        before = (root / TARN_MD).read_bytes()
        compared, _ = accept(root, "tarn-2019-03-04", [_originals(root)])
        assert {line.partition(": ")[2] for line in compared} == {"as it was read"}
        assert (root / TARN_MD).read_bytes() == before.replace(old.encode(), new.encode())
    assert _lock(root) == plain.replace(old, new)
    assert _found(root, _originals(root)) == []


# Accept.


def test_a_changed_original_is_taken_on_the_curators_word(root: Path) -> None:
    tarn = _originals(root) / "tarn.txt"
    _replace(tarn, "for pumps on Monday", "for two pumps on Monday")
    with pytest.raises(Refused) as refused:
        verify(root, [_originals(root)])
    assert {p.rule for p in refused.value.problems} == {"original-changed", "original-paragraph"}
    article, lock = (root / TARN_MD).read_bytes(), _lock(root)
    old, new = (
        hashlib.sha256(text.encode()).hexdigest() for text in (TARN, tarn.read_text(encoding="utf-8"))
    )

    compared, verified = accept(root, "tarn-2019-03-04", [_originals(root)])
    assert compared == (
        "paragraph 1: changed; read it again beside the digest",
        "paragraph 2: as it was read",
        "paragraph 3: as it was read",
        "paragraph 4: as it was read",
    )
    assert verified.changed
    assert (root / TARN_MD).read_bytes() == article.replace(old.encode(), new.encode())
    changed = _changed_lines(lock, _lock(root))
    assert len(changed) == 4
    assert f"+     original: {new}" in changed
    assert _found(root) == _found(root, _originals(root)) == []


def test_paragraphs_that_moved_are_told(root: Path) -> None:
    _replace(root / STATEMENTS, ', {at: tarn-2019-03-04#p3, quote: "days, not weeks"}', "")
    _replace(root / STATEMENTS, '{at: tarn-2019-03-04#p3, quote: "well-informed"}', "tarn-2019-03-04#p3")
    verify(root, [_originals(root)])
    tarn = _originals(root) / "tarn.txt"
    blocks = TARN.split("\n\n")
    blocks[5], blocks[6] = blocks[6], blocks[5]
    tarn.write_text("\n\n".join(blocks), encoding="utf-8")
    compared, _ = accept(root, "tarn-2019-03-04", [_originals(root)])
    assert compared[2:] == (
        "paragraph 3: what was read is paragraph 4 now",
        "paragraph 4: what was read is paragraph 3 now",
    )
    assert _found(root, _originals(root)) == []


def test_a_quote_that_no_longer_stands_is_not_accepted(root: Path) -> None:
    _replace(_originals(root) / "tarn.txt", "members answer", "members reply")
    _replace(_originals(root) / "tarn.txt", "nobody has answered us", "nobody answered us")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(Refused) as refused:
        accept(root, "tarn-2019-03-04", [_originals(root)])
    assert {p.rule for p in refused.value.problems} == {"quote-not-found"}
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_another_articles_changed_original_is_not_taken_with_it(root: Path) -> None:
    _replace(_originals(root) / "tarn.txt", "on Monday", "on  Monday")
    _replace(_originals(root) / "harbour.txt", "երեք", "չորս")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(Refused) as refused:
        accept(root, "tarn-2019-03-04", [_originals(root)])
    assert all("harbour" in str(p) for p in refused.value.problems)
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_what_is_unchanged_may_be_accepted(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    _, verified = accept(root, "harbour-2019-03-05", [_originals(root)])
    assert not verified.changed
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_hash_that_was_stated_by_hand_is_not_enough(root: Path) -> None:
    tarn = _originals(root) / "tarn.txt"
    old = hashlib.sha256(TARN.encode()).hexdigest()
    _replace(tarn, "asked the Valley League", "begged the Valley League")
    _replace(root / TARN_MD, old, hashlib.sha256(tarn.read_bytes()).hexdigest())
    for originals in ([], [_originals(root)]):
        found = _found(root, *originals)
        assert ("error", "lock-stale", f"{TARN_MD}:7") in found
    with pytest.raises(Refused):
        verify(root, [_originals(root)])
    accept(root, "tarn-2019-03-04", [_originals(root)])
    assert _found(root, _originals(root)) == []


@pytest.mark.parametrize("title", ["A\u2028B", "A\u0085B", "“A”"])
def test_the_hash_is_found_after_any_line(tmp_path: Path, title: str) -> None:
    root = write_dossier(tmp_path)
    path = root / TARN_MD
    _replace(path, "title: Tarn asks the League for pumps", f'title: "{title}"')
    verify(root, [_originals(root)])
    _replace(_originals(root) / "tarn.txt", "on Monday", "on  Monday")
    new = hashlib.sha256((_originals(root) / "tarn.txt").read_bytes()).hexdigest()
    accept(root, "tarn-2019-03-04", [_originals(root)])
    assert f"sha256: {new}" in path.read_text(encoding="utf-8")
    assert _found(root, _originals(root)) == []


@pytest.mark.parametrize(
    "written",
    [
        "original: {file: tarn.txt, sha256: HASH, body: '3-4,6-7'}",
        "original: {file: tarn.txt,\n  'sha256': 'HASH', body: '3-4,6-7'}",
        'note: "sha256: HASH"\noriginal:\n  file: tarn.txt\n  "sha256" :\n    "HASH"\n  body: 3-4,6-7',
    ],
)
def test_the_hash_is_found_however_it_is_written(root: Path, written: str) -> None:
    path = root / TARN_MD
    old, new = (
        hashlib.sha256(text.encode()).hexdigest() for text in (TARN, TARN.replace("Monday", "monday"))
    )
    text = path.read_text(encoding="utf-8")
    start, end = text.index("original:"), text.index("\n---\n", 4)
    path.write_text(text[:start] + written.replace("HASH", old) + text[end:], encoding="utf-8")
    assert _found(root, _originals(root)) == []
    _replace(_originals(root) / "tarn.txt", "Monday", "monday")
    accept(root, "tarn-2019-03-04", [_originals(root)])
    head, _, tail = written.rpartition("HASH")
    assert head.replace("HASH", old) + new + tail in path.read_text(encoding="utf-8")
    assert _found(root, _originals(root)) == []


def test_a_hash_that_cannot_be_replaced_is_refused(root: Path) -> None:
    path = root / TARN_MD
    old = hashlib.sha256(TARN.encode()).hexdigest()
    _replace(path, "title:", f"rights: &hash {old}\ntitle:")
    _replace(path, f"sha256: {old}", "sha256: *hash")
    _replace(_originals(root) / "tarn.txt", "Monday", "monday")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(Refused, match="write sha256: "):
        accept(root, "tarn-2019-03-04", [_originals(root)])
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_what_cannot_be_accepted(root: Path) -> None:
    cases: dict[str, tuple[list[Path], str, str]] = {
        "tarn-2019-03-4": ([_originals(root)], "unknown-reference", "did you mean 'tarn-2019-03-04'?"),
        "ola-brandt": ([_originals(root)], "unknown-reference", "no article 'ola-brandt'"),
        "../../etc": ([_originals(root)], "unknown-reference", "no article '../../etc'"),
        "tarn-2019-03-04": ([], "no-original", "--originals DIR"),
    }
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for article, (originals, rule, words) in cases.items():
        with pytest.raises(Refused) as refused:
            accept(root, article, originals)
        problem: Problem
        (problem,) = refused.value.problems
        assert problem.rule == rule
        assert words in str(problem)
        result = _dossier(root, "accept", article, originals=bool(originals))
        assert (result.exit_code, result.stdout) == (1, f"{problem}\n")
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


# The command line.


def test_verify_tells_what_it_did(tmp_path: Path) -> None:
    root = write_dossier(tmp_path)
    first = _dossier(root, "verify")
    assert (first.exit_code, first.stdout) == (0, "")
    assert (
        first.stderr
        == f"2 originals read, 0 not available\n{LOCK}: 29 references, 6 quotes of digests, written\n"
    )
    second = _dossier(root, "verify", originals=False)
    assert second.exit_code == 0
    assert second.stdout == (
        "seeds/articles/harbour-2019-03-05.md:6:9: warning: originals 'harbour.txt', 'tarn.txt' are not found: "
        "no folder is named (correct the name, or name their folder: originals in dossier.yml, or "
        "--originals DIR) [absent-original]\n"
    )
    assert (
        second.stderr
        == f"0 originals read, 2 not available\n{LOCK}: 29 references, 6 quotes of digests, unchanged\n"
    )
    assert _dossier(root, "-q", "verify").output == ""


def test_verify_fails_with_the_problems(root: Path) -> None:
    _replace(_originals(root) / "tarn.txt", "nobody has answered", "nobody answered")
    result = _dossier(root, "verify")
    assert result.exit_code == 1
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert any(line.startswith(f"{STATEMENTS}:") and line.endswith("[quote-not-found]") for line in lines)
    assert any(
        line.startswith(f"{_originals(root) / 'tarn.txt'}:7:1: error: paragraph 2 of") for line in lines
    )


def test_accept_tells_what_became_of_each_paragraph(root: Path) -> None:
    _replace(_originals(root) / "harbour.txt", "երեքշաբթի", "չորեքշաբթի")
    result = _dossier(root, "accept", "harbour-2019-03-05")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [
        "paragraph 1: changed; read it again beside the digest",
        "paragraph 2: as it was read",
        "paragraph 3: as it was read",
        "2 originals read, 0 not available",
        f"{LOCK}: 29 references, 6 quotes of digests, written",
    ]


def test_a_wrong_call_is_told_as_one(root: Path) -> None:
    assert _dossier(root, "accept").exit_code == 2
    assert _dossier(root, "verify", "tarn-2019-03-04").exit_code == 2


# Originals that are absent.


def test_where_no_folder_of_originals_is_here_check_counts_them(root: Path) -> None:
    result = _dossier(root, "check", originals=False)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("2 originals are not available (dossier.yml names no folder)\n")
    _replace(root / "seeds/dossier.yml", "title:", "originals: [seeds/originals]\ntitle:")
    result = _dossier(root, "check", originals=False)
    assert result.stderr.endswith("2 originals are not available (searched in seeds/originals)\n")
    assert _found(root) == []


def test_where_their_folder_is_here_an_absent_original_is_a_warning(root: Path) -> None:
    (_originals(root) / "harbour.txt").unlink()
    warning = ("warning", "absent-original", "seeds/articles/harbour-2019-03-05.md:6")
    assert _found(root, _originals(root)) == [warning]
    assert [p.rule for p in verify(root, [_originals(root)]).problems] == ["absent-original"]


def test_a_folder_of_originals_that_comes_is_noticed(root: Path) -> None:
    _replace(root / "seeds/dossier.yml", "title:", "originals: [seeds/originals]\ntitle:")
    assert build.write(root).problems == ()
    write_files(root, {"seeds/originals/tarn.txt": TARN})
    assert [p.rule for p in build.write(root).problems] == ["absent-original"]
    write_files(root, {"seeds/originals/harbour.txt": HARBOUR})
    assert build.write(root).problems == ()
