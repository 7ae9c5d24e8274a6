"""Selects the words beside a name that may be parts of it or show whose it is."""

from generator.link.agreement import alike
from generator.link.beside import after, before, begins_sentence
from generator.link.language import courtesies, has_capital_nouns
from generator.link.names import NameMeaning
from generator.link.people import People, Words
from generator.link.places import PARTING
from generator.link.titles import BEFORE_NOUNS, PARTICLES
from generator.link.usage import Vocabulary


class Parts:
    """Reads the words beside names.

    A capital says that a word is a part of a name, but where a sentence begins with it, or where all nouns have
    one: there only a known forename, an initial or a title is.
    """

    def __init__(self, people: People, vocabulary: Vocabulary) -> None:
        self._people = people
        self._vocabulary = vocabulary

    def before(self, text: str, start: int, end: int, name: NameMeaning, language: str) -> Words:
        """The words before a name.

        Where all nouns have a capital in the language, an article or the like right before a name is given too,
        since what follows it may be a noun.
        """
        nouns = has_capital_nouns(language)
        words = before(text, start)
        if words and (courtesy := courtesies(language).get(words[-1])):
            return (*words[:-1], courtesy)
        if nouns and not words:
            near = text[max(0, start - 24) : max(0, start - 1)].split(" ")[-2:]
            is_noun = near[-1].casefold() in BEFORE_NOUNS and near[0] not in PARTICLES
            return (near[-1],) if is_noun else ()
        # A word of a name needs more for it than that an unknown word is none.
        if not words or name.is_part:
            return words
        first = start - sum(len(word) + 1 for word in words)
        # A paragraph of nothing else is a signature or in a list, and not a sentence.
        doubtful = nouns or (text[end : end + 1] not in ("", PARTING) and begins_sentence(text, first))
        last = (len(words) if nouns else 1) if doubtful else 0
        unknown = (at for at in range(last, 0, -1) if self._is_unknown(words[at - 1], name))
        return words[next(unknown, 0) :]

    def after(self, text: str, end: int, name: NameMeaning, language: str) -> tuple[Words, str]:
        """The words with capitals after a name, and the number or suffix after it."""
        words, _, suffix, _ = after(text, end)
        # "I" is a word of English as well.
        if suffix == "I" and not any(p.suffixes for key in name.possible if (p := self._people.get(key))):
            suffix = ""
        if words and has_capital_nouns(language):
            sort = self._vocabulary.classify
            parts = words[: next((at for at, word in enumerate(words) if sort(word) == "name"), len(words))]
            return parts, suffix if parts == words else ""
        return words, suffix

    def _is_unknown(self, word: str, name: NameMeaning) -> bool:
        """Whether nothing but its capital suggests that a word is a forename."""
        if self._vocabulary.classify(word) != "name":
            return False
        level = word.casefold()
        people = filter(None, map(self._people.get, name.possible))
        return not any(alike(level, forename) for person in people for forename in person.forenames)
