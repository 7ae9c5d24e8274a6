"""Names are found as whole words in any script, the longest first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.folding import fold
from generator.link.boundaries import Boundaries, NameLookup
from generator.link.names import Names, replacing
from generator.model.kinds import Kind
from generator.model.record import Record
from tests.build import record


def _names(*records: Record) -> Names:
    return Names(replacing({}, (), records))


def _found(text: str, *names: str) -> list[str]:
    people = [record(Kind.PERSON, f"person-{number}", name=name) for number, name in enumerate(names)]
    return [text[found.start : found.end] for found in _names(*people).find(text)]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Armenia", "Armenia’s and Armenia's (Armenia) “Armenia” Armenia-Azerbaijan", ["Armenia"] * 5),
        ("Armenia", "Armenian Armenia_ Armenia2 xArmenia armenia", []),
        ("Thomas", "Thomas’ and Thomas' seat: ‘Thomas’, Thomases", ["Thomas"] * 3),
        (
            "Ana Lima",
            "Ana\nLima, Ana\u00a0 Lima: ANA LIMA! Ana-Lima",
            ["Ana\nLima", "Ana\u00a0 Lima", "ANA LIMA"],
        ),
        ("Jean-Luc Marchand", "Jean‐Luc Marchand, Jean Luc Marchand", ["Jean‐Luc Marchand"]),
        ("O’Neil", "O'Neil and O’Neil’s", ["O'Neil", "O’Neil"]),
        ("Neil", "O’Neil, ‘Neil’", ["Neil"]),
        ("Tomáš", "Toma\u0301s\u030c, Tomas, Tomáš\u0323", ["Toma\u0301s\u030c"]),
        ("Straße", "Straße, STRASSE, Strasse", ["Straße", "STRASSE"]),
        ("Пашинян", "Пашинян, «ПАШИНЯН», Пашиняна", ["Пашинян", "ПАШИНЯН"]),
        ("Հայաստան", "Հայաստան։ ՀԱՅԱՍՏԱՆ՝ Հայաստանի", ["Հայաստան", "ՀԱՅԱՍՏԱՆ"]),
        ("أرمينيا", "أرمينيا، (أرمينيا) أرمينيان", ["أرمينيا"] * 2),
        ("李强", "中国总理李强表示。", ["李强"]),
        ("岸田文雄", "首相の岸田文雄は", ["岸田文雄"]),
        ("ปักกิ่ง", "ที่ปักกิ่งวันนี้", ["ปักกิ่ง"]),
        ("C++ Group", "the C++ Group, C++ Groups", ["C++ Group"]),
        ("*a* <b>", "x *a* <b>", ["*a* <b>"]),
    ],
)
def test_names_match_whole_words(name: str, text: str, found: list[str]) -> None:
    assert _found(text, name) == found


def test_the_longest_is_found_where_names_overlap() -> None:
    names = ("Ana Lima", "Lima", "Lima Treaty Office", "Ana Lima Treaty")
    assert _found("Ana Lima Treaty Office of Lima", *names) == ["Lima Treaty Office", "Lima"]
    assert _found("Ana Lima Treaty, Lima", *names) == ["Ana Lima Treaty", "Lima"]


def test_a_name_of_one_letter_is_none() -> None:
    assert _found("A b C", "A", "C") == []


def test_no_names_and_no_text() -> None:
    assert _found("Ana Lima") == []
    assert _found("", "Ana Lima") == []


_NAME = st.lists(
    st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=2, max_size=6), min_size=1, max_size=3
)


@given(
    names=st.lists(
        st.text("AB ", min_size=2, max_size=6).map(str.strip).filter(lambda name: len(name) > 1), max_size=6
    ),
    text=st.text("AB ", max_size=30),
)
def test_of_names_that_overlap_the_longest_stay_and_then_the_first(names: list[str], text: str) -> None:
    records = [record(Kind.PLACE, f"place-{n}", name=name) for n, name in enumerate(names)]
    level = fold(text)
    folded, whole = level.text, Boundaries(level, text, "", NameLookup(lambda words: None)).is_whole
    spans = {
        (at, at + len(spelling))
        for spelling in {" ".join(name.split()) for name in names}
        for at in range(len(folded))
        if folded.startswith(spelling, at) and whole(at, at + len(spelling))
    }
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if all(end <= begin or stop <= start for begin, stop in kept):
            kept.append((start, end))
    found = _names(*records).spans(folded)
    assert [(start, end) for start, end, _ in found] == sorted(kept)


@given(words=_NAME, before=st.text(), after=st.text(), space=st.sampled_from([" ", "\n", "\u00a0", "  "]))
def test_a_name_is_found_in_any_text(words: list[str], before: str, after: str, space: str) -> None:
    name, written = " ".join(words), space.join(words)
    text = f"{before} .{written}. {after}"
    start = len(before) + 2
    person = record(Kind.PERSON, "somebody", name=name)
    spans = [(found.start, found.end) for found in _names(person).find(text)]
    assert (start, start + len(written)) in spans
    for begin, end in spans:
        assert fold(text[begin:end]).text in (fold(name).text, fold(name).text.upper())
