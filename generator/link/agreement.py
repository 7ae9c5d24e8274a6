"""Whether forenames in a text agree with those of a person."""

from collections.abc import Sequence
from functools import lru_cache

from generator.link.beside import is_initials
from generator.link.titles import NICKNAMES

# Of words that long a slip of one letter may be forgiven.
_LONG = 5
# How like two ways of writing a given name of several syllables must be (0 to 100).
_ALIKE = 75


def agree(said: Sequence[str], known: Sequence[str]) -> bool:
    """Whether forenames as said may be those of a person, whose forenames are known.

    Each may be an initial (`W. W.`), a short form (`Bill`) or left out; beyond those that are known
    any may follow (`Lyndon Baines`), and a first initial may be missing (`Alexis` of `U. Alexis`).
    """
    mine, theirs = _split(said), _split(known)
    if not mine or not theirs:
        return False
    for skipped in range(len(theirs)):
        # The first may be left out where it is an initial, or where the next is said in full.
        may_skip = not skipped or (
            len(theirs[skipped]) > 1 and (len(mine[0]) > 1 or len(theirs[skipped - 1]) == 1)
        )
        if may_skip and _follows(mine, theirs[skipped:]):
            return True
    return False


def _follows(said: Sequence[str], known: Sequence[str]) -> bool:
    if not alike(said[0], known[0]):
        return False
    rest = list(known[1:])
    for word in said[1:]:
        if not rest:
            return True
        at = next((i for i, other in enumerate(rest) if alike(word, other)), None)
        if at is None:
            return False
        del rest[: at + 1]
    return True


def alike(word: str, other: str) -> bool:
    """Whether two forenames, in lower case, may be one: equal, an initial, a short form, a slip."""
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
    # It brings fifty modules, which a small change mostly does without.
    from rapidfuzz.distance import DamerauLevenshtein

    return DamerauLevenshtein.distance(word, other, score_cutoff=1) <= 1


def same_given(said: Sequence[str], known: Sequence[str]) -> tuple[float, int]:
    """How like a person's given name the words after a family name are (0 to 100), and how many of them are it.

    Hyphens, apostrophes and spaces do not matter; of long ones, neither does another way to write a sound.
    """
    from rapidfuzz import fuzz

    # Initials may be left out, but what is left out tells nobody from another.
    wanted = _wanted(tuple(known))
    best = (0.0, 0)
    # Of "Kim Sung Eun" it is not "Sung" alone that is compared with "Il-sung".
    syllables = sum(word.count("-") + 1 for word in known)
    least = 1 if "-" in said[0] else min(syllables, len(said))
    for number in range(least, len(said) + 1):
        written = _squashed(said[:number])
        for other in wanted:
            ratio = fuzz.ratio(written, other)
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
