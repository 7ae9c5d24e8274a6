"""Sentences end where a reader would say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.sentences import uncited


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("One. [@a#p1] Two. [@a#p2]", ()),
        ("One [@a#p1]. Two [@a#p2].", ()),
        ("One.[@a#p1] Two? [@a#p1; @b#p2] [@c#p3]", ()),
        ("One. Two. [@a#p1]", ("One.",)),
        ("One! Two? [@a#p1] Three", ("One!", "Three")),
        ("A.\n\nB. [@a#p1]", ("A.",)),
        ("He said “No.” Then he left. [@a#p1]", ("He said “No.”",)),
        ("“Help!” he said. [@a#p1]", ()),
        ("In the U.S. Senate Mr. N. Eck of St. Selm paid 1.5 million. [@a#p1]", ()),
        ("He took No. 5, pp. 3 and 4, on Sept. 9. [@a#p1]", ()),
        ("She said no. He left. [@a#p1]", ("She said no.",)),
        ("In the U.S. [@a#p1] He left.", ("He left.",)),
        ("[[ana]] left. [@a#p1] [[bo|Mr. Bo. And so on]] did.", ("[[bo|Mr. Bo. And so on]] did.",)),
        ("See [U.S. Then](https://a.example/b.C). [@a#p1]", ()),
        ("Մեկ։ Երկու։ [@a#p1]", ("Մեկ։",)),
        ("一。二。[@a#p1]", ("一。",)),
        ("[@a#p1]", ()),
        ("…", ()),
    ],
)
def test_sentences_without_a_citation(prose: str, expected: tuple[str, ...]) -> None:
    assert uncited(prose) == expected


@given(st.text())
def test_any_text_is_sentences_of_its_own_words(text: str) -> None:
    for sentence in uncited(text):
        assert sentence
        assert sentence in text
