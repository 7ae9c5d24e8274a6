"""Folded text matches what reads alike, and every match leads back to where it stands."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from generator.link.folding import fold

_LETTERS = st.sampled_from(
    [
        *"ab '-’‐\n\t\u00a0é각",
        "e\u0301",
        "\u0323",
        "\u0307",
        "가",
        "ᄀ",
        "ᅡ",
        "ᆨ",
        "q\u0303",
        "\u200b",
        "क्षि",
        "Ա",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(_LETTERS, max_size=20).map("".join))


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = fold(text).text
    assert fold(folded).text == folded
    assert unicodedata.is_normalized("NFC", folded)


@given(TEXTS)
def test_every_span_leads_to_what_it_was_made_of(text: str) -> None:
    folded = fold(text)
    origin = folded.origin or range(len(text) + 1)
    assert len(origin) == len(folded.text) + 1
    assert (origin[0], origin[-1]) == (0, len(text))
    assert list(origin) == sorted(origin)
    # A place between characters that were one cluster is none to begin or end at.
    places = [i for i in range(len(origin)) if i in (0, len(origin) - 1) or origin[i - 1] != origin[i]]
    for start in places:
        for end in places[places.index(start) + 1 :][:8]:
            begin, stop = folded.span(start, end)
            assert fold(text[begin:stop]).text == folded.text[start:end]


def test_hyphens_apostrophes_and_spaces_are_alike() -> None:
    assert fold("O’Neil‐Smith of\n\u00a0 Port").text == "O'Neil-Smith of Port"
    assert fold("Tomas\u030c Veld").text == "Tomaš Veld"


def test_case_is_kept() -> None:
    assert fold("Straße İstanbul").text == "Straße İstanbul"
