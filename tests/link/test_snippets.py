"""A snippet shows the words around a mention, none of them broken and none invented."""

from hypothesis import given
from hypothesis import strategies as st

from generator.folding import is_word
from generator.link.snippets import snippet

_WORDS = st.lists(
    st.sampled_from(["a", "bcd", "bcdé", "…", "“x”", "—", "Ազգ", "12,5", "long-winded"]), max_size=30
)


@given(
    before=_WORDS,
    words=_WORDS.filter(bool),
    after=_WORDS,
    reach=st.integers(12, 30),
    glue=st.sampled_from([" ", "\n", "\t", "  ", " \n "]),
)
def test_found_words_are_whole(
    before: list[str], words: list[str], after: list[str], reach: int, glue: str
) -> None:
    text = glue.join([*before, *words, *after])
    start = len(glue.join(before)) + (len(glue) if before else 0)
    end = start + len(glue.join(words))
    left, middle, right = snippet(text, start, end, reach)
    assert middle == " ".join(text[start:end].split())
    flat = " ".join(text.split())
    shown = f"{left}{middle}{right}"
    if start > reach:
        assert left.startswith("…")
        shown = shown[1:]
    if len(text) - end > reach:
        assert right.endswith("…")
        shown = shown[:-1]
    shown = shown.strip()
    assert shown in flat
    places = [at for at in range(len(flat)) if flat.startswith(shown, at)]
    assert any(not _breaks(flat, at) and not _breaks(flat, at + len(shown)) for at in places)


def _breaks(text: str, at: int) -> bool:
    return 0 < at < len(text) and is_word(text[at - 1]) and is_word(text[at])


def test_a_snippet_reads_well() -> None:
    text = (
        "The quick brown fox jumped over the lazy dog that Ana Lima had\nbrought from the village yesterday."
    )
    start = text.index("Ana")
    assert snippet(text, start, start + 8, 20) == ("…the lazy dog that ", "Ana Lima", " had brought from…")
    assert snippet("Ana Lima spoke.", 0, 8) == ("", "Ana Lima", " spoke.")
