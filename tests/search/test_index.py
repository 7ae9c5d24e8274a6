"""The index of words: every word at its place, by whatever way it was made."""

import gzip
import json
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search import gathered, index
from generator.search.gathered import Gathered
from generator.search.index import RECORD, Index
from generator.search.stems import stems
from generator.search.terms import bare, parts, terms
from generator.site.searchkept import common

# Texts as the words of their passages, and the records that these name.
Texts = Sequence[tuple[Sequence[Sequence[str]], Sequence[tuple[str, int]]]]
_WORDS = st.sampled_from(
    ["the", "The", "alliance", "Alliances", "Café-Bar", "cafe", "Ֆոն", "don’t", "—", "北京大学", "x1"]
)
_TEXTS = st.lists(
    st.tuples(
        st.lists(st.lists(_WORDS, max_size=150), max_size=4),
        st.lists(
            st.tuples(st.sampled_from(["ana-lima", "rui"]), st.integers(0, 200)), max_size=4, unique=True
        ).map(sorted),
    ),
    max_size=5,
)


def _index(texts: Texts, numbers: Sequence[int]) -> Index:
    found = Gathered("en")
    for number in numbers:
        found.add(number, *texts[number])
    return found.index()


def _read(packed: bytes) -> dict[str, dict[int, list[int]]]:
    """The texts and places of each term of a file; the same as words.js does."""
    data = gzip.decompress(packed)
    size = 4 + int.from_bytes(data[:4], "little")
    head = json.loads(data[4:size])
    found: dict[str, dict[int, list[int]]] = {}
    for term, length in zip(head["terms"], head["sizes"], strict=True):
        numbers, value, shift = [], 0, 0
        for byte in data[size : size + length]:
            value, shift = value | (byte & 127) << shift, shift + 7
            if byte < 128:
                numbers.append(value)
                value = shift = 0
        assert shift == 0
        text, rest = 0, iter(numbers)
        found[term] = {}
        for gap in rest:
            text += gap
            steps = [next(rest) for _ in range(next(rest))]
            found[term][text] = np.cumsum(steps).tolist()
        size += length
    assert size == len(data)
    return found


def _expected(texts: Texts) -> dict[str, dict[int, list[int]]]:
    found: dict[str, dict[int, list[int]]] = {}
    for number, (passages, records) in enumerate(texts):
        placed, start = [], 0
        for words in passages:
            placed += [(p, at) for at, word in enumerate(words, start) for p in dict.fromkeys(parts(word))]
            start += 64 * (len(words) // 64 + 1)
        for term, place in (*placed, *((RECORD + key, passage) for key, passage in records)):
            found.setdefault(term, {}).setdefault(number, []).append(place)
    return {
        term: {text: sorted(places) for text, places in in_texts.items()} for term, in_texts in found.items()
    }


@pytest.mark.parametrize("many", [50, 1_500_000])
@given(texts=_TEXTS)
def test_every_word_stands_at_its_place(many: int, texts: Texts) -> None:
    with pytest.MonkeyPatch.context() as context:
        # However many are sorted at a time.
        context.setattr(gathered, "_MANY", many)
        _check_places(texts)


def _check_places(texts: Texts) -> None:
    chunks = list(_index(texts, range(len(texts))).chunks())
    found = [(bare(chunk.first), _read(chunk.packed())) for chunk in chunks]
    for chunk in chunks:
        assert Index.restored(chunk.index.stored()).whole().name == chunk.name
    assert {term: places for _, inside in found for term, places in inside.items()} == _expected(texts)
    for (first, inside), (following, _) in pairwise([*found, ("\uffff", {})]):
        assert all(first <= bare(term) <= following for term in inside)


@given(_TEXTS, st.data())
def test_texts_may_come_and_go_in_any_order(texts: Texts, data: st.DataObject) -> None:
    late = [data.draw(st.booleans()) for _ in texts]
    first = [number for number, is_late in enumerate(late) if not is_late]
    # The index of the first alone, numbered as if there were no others, and some that go again.
    alone = _index([texts[number] for number in first] + list(texts), range(len(first) + len(texts)))
    numbers = np.array([*first, *[-1] * len(texts)], np.int64)
    joined = alone.renumbered(numbers).joined(
        _index(texts, [number for number in range(len(texts)) if late[number]])
    )
    whole = _index(texts, range(len(texts)))
    assert (joined.terms, joined.stems) == (whole.terms, whole.stems)
    for one, other in (
        (joined.starts, whole.starts),
        (joined.texts, whole.texts),
        (joined.places, whole.places),
    ):
        assert one.tolist() == other.tolist()
        assert one.dtype == other.dtype
    assert [chunk.name for chunk in joined.chunks()] == [chunk.name for chunk in whole.chunks()]


def test_files_are_cut_where_their_own_words_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_TARGET", 100)
    texts = [([[f"word{number % 700}", f"other{number}", "the"]], ()) for number in range(2_000)]
    before = {chunk.name for chunk in _index(texts, range(2_000)).chunks()}
    texts[1_000] = ([["word3", "surprise", "the"]], ())
    after = {chunk.name for chunk in _index(texts, range(2_000)).chunks()}
    assert len(before) > 100
    assert len(after - before) <= 5


def test_a_word_that_comes_into_a_passage_moves_none_of_the_next() -> None:
    passages = [[f"word{n}{m}" for m in range(40)] for n in range(3)]
    longer = [["more", *passages[0]], *passages[1:]]
    before, now = (_index([(each, ())], [0]) for each in (passages, longer))
    assert before.differing(now) == {"more", *passages[0]}


def test_words_of_most_texts_are_found_in_any_script_where_they_stand_often() -> None:
    bodies = [
        f"{'Եվ “The” the, THE. ' * 3} Ուրիշ և{n} other{n}, {'rare ' * 9 if n == 1 else ''}".split()
        for n in range(1, 5)
    ]
    found = _index([([body], ()) for body in bodies], range(4))
    assert common(found.dear(11), 4) == ["the", "եվ"]
    # In as few places as all words of a small dossier stand in, none is common.
    assert common(found.dear(36), 4) == []
    # Often in one text is not in most texts.
    assert found.dear(5)["rare"] == 1
    assert "rare" not in common(found.dear(5), 4)


@pytest.mark.parametrize(
    ("word", "expected"),
    {
        "“The,”": ("the",),
        "don’t": ("dont",),
        "Pashinyan’s,": ("pashinyan",),
        "U.S.": ("us",),
        "1,000": ("1000",),
        "Café-Bar": ("cafe", "bar"),
        "e\N{COMBINING ACUTE ACCENT}té": ("ete",),
        "ЙОД": ("йод",),
        "Եվ։": ("եվ",),
        "हिन्दी": ("हिन्दी",),
        "北京大学": ("北京", "京大", "大学"),
        "大": ("大",),
        "—": (),
        "C-3": ("c", "3"),
    }.items(),
)
def test_a_word_is_looked_up_by_its_letters(word: str, expected: tuple[str, ...]) -> None:
    assert terms(word) == expected


def test_forms_of_a_word_share_a_stem_in_languages_that_have_rules() -> None:
    assert len(set(stems("en-GB", ["alliance", "alliances"]))) == 1
    assert len(set(stems("ru", ["переговоры", "переговорах"]))) == 1
    assert len(set(stems("hy", ["դաշինք", "դաշինքի"]))) == 1
    assert stems("tlh", ["qapla", "qaplas"]) == ["qapla", "qaplas"]
