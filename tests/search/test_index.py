"""The index of words: every word at its place, by whatever way it was made."""

import gzip
import json
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.folding.search import bare, found_by
from generator.search import index_builder, postings
from generator.search.index import Index
from generator.search.index_builder import IndexBuilder
from generator.search.postings import RECORD, Chunk
from generator.search.stems import stems
from generator.search.update import common

# Texts as the words of their passages, and the records that these name.
Texts = Sequence[tuple[Sequence[Sequence[str]], Sequence[tuple[str, int]]]]
_WORDS = st.sampled_from(
    [
        "the",
        "The",
        "alliance",
        "Alliances",
        "Café-Bar",
        "cafe",
        "Ֆոն",
        "don’t",
        "—",
        "北京大学",
        "x1",
        "@rui",
        "@ana-lima’s",
        "l’accord",
        "cofﬁn-­bar",
    ]
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
    found = IndexBuilder("en")
    for number in numbers:
        found.add(number, *texts[number])
    return found.index()


def _chunks(index: Index) -> list[Chunk]:
    return list(index.chunks(index.longer_than(postings.LONG)))


def _read(packed: bytes) -> dict[str, dict[int, list[int]]]:
    """The texts and places of each term of a file; the same as words.js does."""
    data = gzip.decompress(packed)
    size = 4 + int.from_bytes(data[:4], "little")
    head = json.loads(data[4:size])
    found: dict[str, dict[int, list[int]]] = {}
    for term, texts, length in zip(head["terms"], head["texts"], head["sizes"], strict=True):
        numbers, value, shift = [], 0, 0
        for byte in data[size : size + length]:
            value, shift = value | (byte & 127) << shift, shift + 7
            if byte < 128:
                numbers.append(value)
                value = shift = 0
        assert shift == 0
        gaps, counts, rest = numbers[:texts], numbers[texts : 2 * texts], iter(numbers[2 * texts :])
        for text, count in zip(np.cumsum(gaps).tolist(), counts, strict=True):
            steps = [next(rest) for _ in range(count)]
            assert found.setdefault(term, {}).setdefault(text, np.cumsum(steps).tolist())
        assert next(rest, None) is None
        size += length
    assert size == len(data)
    return found


def _expected(texts: Texts) -> dict[str, dict[int, list[int]]]:
    found: dict[str, dict[int, list[int]]] = {}
    for number, (passages, records) in enumerate(texts):
        placed, start = [], 0
        for words in passages:
            placed += [(p, at) for at, word in enumerate(words, start) for p in found_by(word)]
            start += 64 * (len(words) // 64 + 1)
        for term, place in (*placed, *((RECORD + key, passage) for key, passage in records)):
            found.setdefault(term, {}).setdefault(number, []).append(place)
    return {
        term: {text: sorted(places) for text, places in in_texts.items()} for term, in_texts in found.items()
    }


# However many are sorted at a time, and however long the lists are that are cut by ranges of texts.
@pytest.mark.parametrize(("many", "long"), [(50, 20_000), (1_500_000, 20_000), (1_500_000, 9)])
@given(texts=_TEXTS)
def test_every_word_stands_at_its_place(many: int, long: int, texts: Texts) -> None:
    with pytest.MonkeyPatch.context() as context:
        context.setattr(index_builder, "_BATCH", many)
        context.setattr(postings, "LONG", long)
        context.setattr(postings, "RANGE", 2)
        _check_places(texts)


def _check_places(texts: Texts) -> None:
    index = _index(texts, range(len(texts)))
    chunks = _chunks(index)
    read = [(chunk, _read(chunk.packed())) for chunk in chunks]
    found: dict[str, dict[int, list[int]]] = {}
    for chunk, inside in read:
        for term, places in inside.items():
            assert found.setdefault(term, {}).keys().isdisjoint(places)
            found[term] |= places
        if chunk.first in index.longer_than(postings.LONG):
            # A range of texts alone.
            [places] = inside.values()
            assert {text // 2 * 2 for text in places} == {chunk.start}
        else:
            assert chunk.start == 0
    assert found == _expected(texts)
    for (first, inside), (following, _) in pairwise([*((bare(c.first), i) for c, i in read), ("\uffff", {})]):
        assert all(first <= bare(term) <= following for term in inside)
    assert_same(Index.of_files(chunk.packed() for chunk in chunks), index)


def assert_same(one: Index, other: Index) -> None:
    """Holds two indexes to be the same."""
    assert (one.terms, one.stems) == (other.terms, other.stems)
    for name in ("starts", "texts", "places"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
        assert getattr(one, name).dtype == getattr(other, name).dtype


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
    assert_same(joined, whole)
    assert [chunk.name for chunk in _chunks(joined)] == [chunk.name for chunk in _chunks(whole)]


def test_files_are_cut_where_their_own_words_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_TARGET", 100)
    texts = [([[f"word{number % 700}", f"other{number}", "the"]], ()) for number in range(2_000)]
    before = {chunk.name for chunk in _chunks(_index(texts, range(2_000)))}
    texts[1_000] = ([["word3", "surprise", "the"]], ())
    after = {chunk.name for chunk in _chunks(_index(texts, range(2_000)))}
    assert len(before) > 100
    assert len(after - before) <= 5


def test_a_word_that_comes_into_a_passage_moves_none_of_the_next() -> None:
    passages = [[f"word{n}{m}" for m in range(40)] for n in range(3)]
    longer = [["more", *passages[0]], *passages[1:]]
    before, now = (set(_index([(each, ())], [0]).lists()) for each in (passages, longer))
    assert {term for term, *_ in now - before} == {"more", *passages[0]}


@pytest.mark.parametrize(
    ("long", "expected"),
    # In as few places as all words of a small dossier stand in, none is common; often in one text is not in most texts.
    [(11, ["the", "եւ"]), (36, []), (5, ["other", "the", "եւ"])],
)
def test_words_of_most_texts_are_found_in_any_script(
    monkeypatch: pytest.MonkeyPatch, long: int, expected: list[str]
) -> None:
    monkeypatch.setattr(postings, "LONG", long)
    bodies = [
        f"{'Եվ “The” the, THE. ' * 3} Ուրիշ և{n} other other, {'rare ' * 9 if n == 1 else ''}".split()
        for n in range(1, 5)
    ]
    index = _index([([body], [("ana-lima", n) for n in range(9)]) for body in bodies], range(4))
    found = {term: index.count(term) for term in index.longer_than(long)}
    assert common(found, 4) == expected
    assert long != 5 or found["rare"] == (1, 9)


def test_forms_of_a_word_share_a_stem_in_languages_that_have_rules() -> None:
    assert len(set(stems("en-GB", ["alliance", "alliances"]))) == 1
    assert len(set(stems("ru", ["переговоры", "переговорах"]))) == 1
    assert len(set(stems("hy", ["դաշինք", "դաշինքի"]))) == 1
    assert stems("tlh", ["qapla", "qaplas"]) == ["qapla", "qaplas"]
