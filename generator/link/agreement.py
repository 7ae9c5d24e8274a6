"""Whether forenames in a text agree with those of a person."""

from collections.abc import Sequence
from functools import lru_cache

from generator.link.beside import is_initials
from generator.link.titles import NICKNAMES

# In words of at least this length one wrong letter is forgiven.
_LONG = 5
# The least similarity of two ways of writing a given name of several syllables (0 to 100).
_ALIKE = 75


def agree(written: Sequence[str], known: Sequence[str]) -> bool:
    """Whether forenames as a text writes them may be those of a person.

    Each may be an initial (`W. W.`), a short form (`Bill`) or left out; beyond those that are known,
    others may follow (`Lyndon Baines`), and a first initial may be missing (`Alexis` of `U. Alexis`).
    """
    mine, theirs = _split(written), _split(known)
    if not mine or not theirs:
        return False
    for skipped in range(len(theirs)):
        # The first may be left out if it is an initial, or if the next is given in full.
        may_skip = not skipped or (
            len(theirs[skipped]) > 1 and (len(mine[0]) > 1 or len(theirs[skipped - 1]) == 1)
        )
        if may_skip and _follows(mine, theirs[skipped:]):
            return True
    return False


def _follows(written: Sequence[str], known: Sequence[str]) -> bool:
    if not alike(written[0], known[0]):
        return False
    rest = list(known[1:])
    for word in written[1:]:
        if not rest:
            return True
        at = next((i for i, other in enumerate(rest) if alike(word, other)), None)
        if at is None:
            return False
        del rest[: at + 1]
    return True


def alike(word: str, other: str) -> bool:
    """Whether two forenames, in lower case, may be one: equal, an initial, a short form, a misspelling."""
    if word == other:
        return True
    if len(word) == 1 or len(other) == 1:
        return word[0] == other[0]
    if other in NICKNAMES.get(word, ()) or word in NICKNAMES.get(other, ()):
        return True
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) >= 3 and longer.startswith(shorter):
        return True
    if len(shorter) < _LONG:
        return False
    # Importing it loads fifty modules, which a small change rarely needs.
    from rapidfuzz.distance import DamerauLevenshtein

    return DamerauLevenshtein.distance(word, other, score_cutoff=1) <= 1


def same_given(written: Sequence[str], known: Sequence[str]) -> tuple[float, int]:
    """How like a person's given name the words after a family name are (0 to 100), and how many of them are it.

    Hyphens, apostrophes and spaces do not matter; of long ones, neither does another way to write a sound.
    """
    from rapidfuzz import fuzz

    # Initials may be left out.
    wanted = _wanted(tuple(known))
    best = (0.0, 0)
    # "Sung" of "Kim Sung Eun" is not compared with "Il-sung" by itself: as many syllables are.
    syllables = sum(word.count("-") + 1 for word in known)
    least = 1 if "-" in written[0] else min(syllables, len(written))
    for number in range(least, len(written) + 1):
        joined = _squashed(written[:number])
        for other in wanted:
            ratio = fuzz.ratio(joined, other)
            if ratio == 100 or (len(other) >= _LONG and ratio >= _ALIKE):
                best = max(best, (ratio, number))
    return best


@lru_cache(maxsize=4096)
def _wanted(known: tuple[str, ...]) -> tuple[str, ...]:
    forms = known, tuple(word for word in known if not is_initials(word))
    return tuple(sorted({_squashed(form) for form in forms} - {""}))


def _squashed(words: Sequence[str]) -> str:
    return "".join(sign for word in words for sign in word.casefold() if sign.isalnum())


def _split(words: Sequence[str]) -> list[str]:
    """Forenames in lower case, initials written together apart."""
    found: list[str] = []
    for word in words:
        if is_initials(word):
            letters = word.replace(".", "").replace("-", "").casefold()
            found.extend(letters if word.replace(".", "").isupper() else [letters])
        else:
            found.append(word.casefold().strip(".\"'“”"))
    return [word for word in found if word]
