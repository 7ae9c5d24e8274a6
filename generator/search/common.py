"""Words that stand in most texts: they tell none apart, and their lists of places are the longest of all."""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from generator.search.texts import Text

# What a word is made of; as `bare` in common.js.
_OF_WORDS = "LMN"


def common_words(texts: Iterable[Text], share: float, places: int) -> tuple[str, ...]:
    """The words that stand in more than a share of the texts and in more than so many places, in order.

    In a small dossier there are none: what it is about stands in most of its texts, and costs nothing to look up.
    """
    texts = tuple(texts)
    written: Counter[str] = Counter()
    for text in texts:
        for passage in text.passages:
            written.update(passage.text.split())
    in_places: Counter[str] = Counter()
    for form, number in written.items():
        in_places[bare(form)] += number
    # Few words are left, so what each text is asked is quickly said.
    forms = {form: word for form in written if (word := bare(form)) and in_places[word] > places}
    in_texts: Counter[str] = Counter()
    for text in texts:
        found = {form for passage in text.passages for form in forms.keys() & passage.text.split()}
        in_texts.update({forms[form] for form in found})
    return tuple(sorted(word for word, number in in_texts.items() if number > share * len(texts)))


def bare(word: str) -> str:
    """A word without punctuation, in lower case, its letters composed where Unicode composes them."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).lower())
    return "".join(c for c in plain if unicodedata.category(c)[0] in _OF_WORDS)
