"""Words that `mentions` settles and the article does not have are reported, however the article writes those it has."""

import pytest

from generator.check.references import absent_mentions
from tests.build import article, dossier


def _absent(words: str, *paragraphs: str, title: str = "Title") -> list[str]:
    made = dossier(article("a", *paragraphs, title=title, mentions={words: "none"}))
    return [problem.value for problem in absent_mentions(made)]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Lima", "Mayor Lima’s boat"),
        ("O'Neil", "He met O’Neil."),
        ("the Iron Lady", "They met the Iron\nLady."),
        ("Smith-Jones", "So said Smith‑Jones."),
        ("OTAN", "avec l’OTAN"),
        ("町議会", "その町議会は"),
        ("Zoé", "Zoe\u0301 came."),
    ],
)
def test_words_of_a_text_are_found(words: str, text: str) -> None:
    assert not _absent(words, "Nothing.", text)
    assert not _absent(words, "Nothing.", title=text)


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ("Lima", ("Limassol is far.",)),
        ("Ana", ("Anatolia, and Juliana.",)),
        ("lima", ("Ana Lima came.",)),
        ("Ana Lima", ("He met Ana.", "Lima is far.")),
        ("Bo", ("Nobody came.",)),
    ],
)
def test_a_part_of_a_word_is_not_the_word(words: str, texts: tuple[str, ...]) -> None:
    assert _absent(words, *texts) == [words]
