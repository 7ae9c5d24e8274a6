"""`evidence.lock` is written small and stable, and read however broken it is."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import build
from generator.load.lock import read_lock
from generator.load.text import read_text
from generator.model.dossier import OriginalText
from generator.model.ids import ArticleId, RecordId
from generator.model.kinds import Kind
from generator.model.lock import EvidenceLock, digest_of, lock_text
from generator.model.verification import lock_of
from generator.support.problems import Refused
from generator.verify import verify
from tests.build import article, dossier, record, write_files
from tests.evidence.invented import write_dossier

LOCK = "seeds/evidence.lock"
_HASH = "0" * 64
_CONTROL = "".join(map(chr, [*range(9), *range(11, 32), *range(127, 160), 0x2028, 0x2029, 0xFEFF]))
_TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs", "Cn"), exclude_characters=_CONTROL),
        st.sampled_from("\"'\\#:{}[],&*!|>%@`- \n…’“”ՀայРус"),
    ),
    min_size=1,
    max_size=200,
).filter(str.strip)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_TEXTS, told=_TEXTS, quote=_TEXTS)
def test_any_article_is_read_back_as_it_was_locked(tmp_path: Path, text: str, told: str, quote: str) -> None:
    key = ArticleId(RecordId("one"))
    original = {"file": "one.txt", "sha256": _HASH, "body": "1"}
    evidence = [{"at": "one#p1", "quote": one} for one in (text, quote, "…")]
    made = dossier(
        article("one", told, original=original),
        record(Kind.PERSON, "ana-lima", evidence=[*evidence, "one#p1", "one#p1-2"]),
        summary="So it is. [@one#p1]",
    )
    made = replace(made, originals={key: OriginalText(Path("one.txt"), _HASH, (text,), 1, (1,))})
    lock = lock_of(made, EvidenceLock())
    assert len(lock.references["ana-lima"]["evidence"]) == 5
    assert lock.references["dossier.yml"]["summary"][0].at == "one#p1"
    path = tmp_path / "evidence.lock"
    path.write_bytes(lock_text(lock).encode())
    assert read_lock(read_text(path, LOCK), LOCK)[::2] == (lock, [])


@pytest.mark.parametrize(
    "quote", ["a\u0085b", "a\u2028b", "a\ufeffb", 'a\\b"c', "# a", "a: b", "null", "ա«բ»"]
)
def test_odd_characters_of_a_quote_survive(tmp_path: Path, quote: str) -> None:
    lock = EvidenceLock.model_validate(
        {"references": {"a": {"evidence": [{"at": "one#p1", "quote": quote}]}}}
    )
    path = tmp_path / "evidence.lock"
    path.write_bytes(lock_text(lock).encode())
    assert read_lock(read_text(path, LOCK), LOCK)[::2] == (lock, [])


def test_a_hash_forgives_white_space_and_composition_only() -> None:
    assert digest_of("caf\u00e9  au\n lait") == digest_of(" cafe\u0301 au lait ")
    assert digest_of("a-b") != digest_of("a–b")
    assert digest_of("A") != digest_of("a")
    assert len(digest_of("")) == 16


def _dossier(tmp_path: Path) -> Path:
    root = write_dossier(tmp_path)
    verify(root, [tmp_path / "originals"])
    return root


# What is done to the lock's text, and the problem's line (of 0 none is asked), rule and words.
_BROKEN: dict[str, tuple[str, str, str, str]] = {
    "no yaml": ("articles:", "articles: [", "yaml", "not readable as YAML"),
    "unknown field": ("articles:", "artikles:", "unknown-field", "unknown field 'artikles'"),
    "unknown field below": ("    original: ", "    orignal: ", "unknown-field", "unknown field 'orignal'"),
    "no fields": ("    paragraphs:\n", "    paragraphs: 7\n    paragraphs2:\n", "bad-type", "paragraphs"),
    "no hash": ("{read: ", "{read: x", "bad-value", "is not a hash of 16 digits"),
    "no file hash": ("    original: ", "    original: 0", "bad-value", "is not a SHA-256 hash"),
    "no number": ("      p1: ", "      p0: ", "bad-value", "is not a paragraph such as p5"),
    "no number at all": ("      p1: ", "      px: ", "bad-value", "is not a paragraph such as p5"),
    "no reference": ("      - tarn-2019-03-04#p1\n", "      - tarn\n", "bad-reference", "'tarn'"),
    "a list of lists": ("      - tarn-2019-03-04#p1\n", "      - [a]\n", "bad-type", "not a list"),
    "a tag": ("articles:", "articles: !!python/object:os.system", "yaml", ""),
    "twice": ("articles:", "references: {}\narticles:", "duplicate-key", "references"),
}


@pytest.mark.parametrize("case", _BROKEN)
def test_a_broken_lock_is_a_problem_with_a_place(tmp_path: Path, case: str) -> None:
    root = _dossier(tmp_path)
    path = root / LOCK
    old, new, rule, words = _BROKEN[case]
    sound = path.read_text(encoding="utf-8")
    assert old in sound
    path.write_text(sound.replace(old, new, 1), encoding="utf-8")
    for originals in ([tmp_path / "originals"], []):
        problems = build.check(root, originals).problems
        found = [p for p in problems if p.where.file == LOCK]
        assert found, problems
        assert any(words in str(p) for p in found), found
        assert all(p.is_error for p in found)
        assert any(rule == p.rule or case in ("a tag", "twice") for p in found), found
        assert all(p.where.line > 2 for p in found)
        assert all(p.hint for p in found), found
    before = path.read_bytes()
    with pytest.raises(Refused):
        verify(root, [tmp_path / "originals"])
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "marks",
    [
        "<<<<<<< HEAD\n      - tarn-2019-03-04#p1\n=======\n      - tarn-2019-03-04#p2\n>>>>>>> other\n",
        "||||||| base\n",
    ],
)
def test_marks_of_a_merge_say_what_to_do(tmp_path: Path, marks: str) -> None:
    root = _dossier(tmp_path)
    path = root / LOCK
    sound = path.read_text(encoding="utf-8")
    at = sound.index("      - tarn-2019-03-04#p1\n")
    path.write_text(sound[:at] + marks + sound[at:], encoding="utf-8")
    found = [p for p in build.check(root).problems if p.where.file == LOCK]
    (problem,) = found
    line = sound[:at].count("\n") + 1
    assert (problem.is_error, problem.where.line, problem.where.column) == (True, line, 1)
    assert "merge" in problem.message
    assert "dossier verify" in problem.hint


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"null\n", b"- a\n", b"7", b"\x00", b"a: &a [*a]\n"])
def test_a_lock_that_is_none_is_no_traceback(tmp_path: Path, content: bytes) -> None:
    root = _dossier(tmp_path)
    (root / LOCK).write_bytes(content)
    for originals in ([tmp_path / "originals"], []):
        problems = build.check(root, originals).problems
        assert problems
        assert all(p.where.file.startswith("seeds/") for p in problems)


def test_a_lock_that_is_a_folder_is_a_problem(tmp_path: Path) -> None:
    root = write_dossier(tmp_path)
    (root / LOCK).mkdir()
    (problem,) = (p for p in build.check(root).problems if p.where.file == LOCK)
    assert problem.rule == "unreadable"


def test_an_unwritten_lock_is_no_problem_where_nothing_is_a_digest(tmp_path: Path) -> None:
    root = write_files(tmp_path, {"seeds/articles/one.md": "One\n\nAna Lima came.\n"})
    verify(root)
    assert not (root / LOCK).exists()
    assert build.check(root).problems == ()
