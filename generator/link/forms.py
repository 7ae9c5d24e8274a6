"""The forms of a name: its spellings, and the words of it that may be used for the whole."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from generator.folding import capitals, fold, unbroken
from generator.link.beside import is_initials, suffix_of
from generator.link.titles import COURTESIES, PARTICLES, TITLES, WOMENS, title_of

# A name of one character would be found in every list and formula.
SHORTEST = 2
# Shorter words of a person's name mean too many other things.
_SHORTEST_PART = 2
# `I` and `V` may be initials as well.
_NUMERAL = re.compile("[IVX]{2,}")
_TITLES = TITLES | WOMENS | COURTESIES


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """A name folded, as it is searched for."""
    return fold(name).text


def spellings(names: Iterable[str]) -> set[str]:
    """The spellings of names: folded, in capitals as in headlines, and as line ends break them."""
    return {
        s
        for name in map(folded, names)
        for s in (name, *capitals(name), unbroken(name))
        if len(s) >= SHORTEST
    }


def spellings_of_people(names: Iterable[str]) -> set[str]:
    """The same, and what printers make of the names of people.

    A particle is written with a capital or without (De Gaulle, de Gaulle), or joined (DePalma); `Mc` stands
    apart or keeps its small letter among capitals (Mc Namara, McNAMARA); capitals inside are levelled
    (Fitzgerald); the second part of a hyphened name has a capital or none (Kai-shek, Kai-Shek).
    """
    found: set[str] = set()
    for name in map(folded, names):
        for form in (name, *_by_suffix(name)):
            found |= {form, *_by_particle(form), *_by_hyphen(form), *_by_capitals(form)}
    return spellings(found)


def _by_suffix(name: str) -> Iterator[str]:
    """The name with its `Jr.` after a comma or none, and with a full stop or none."""
    family, _, suffix = name.rpartition(" ")
    if family and not suffix.isupper() and suffix_of(suffix):
        for stop in ("", "."):
            for comma in ("", ","):
                yield f"{family.rstrip(',')}{comma} {suffix.rstrip('.')}{stop}"


def _by_particle(name: str) -> Iterator[str]:
    first, space, rest = name.partition(" ")
    if space and first.casefold() in PARTICLES:
        yield f"{first.lower()} {rest}"
        yield f"{first[:1].upper()}{first[1:].lower()} {rest}"
        if first.casefold() == "de":
            yield f"De{rest}"
    for particle in ("al-", "el-"):
        if name.casefold().startswith(particle):
            rest = name[len(particle) :]
            for other in (
                particle,
                particle.capitalize(),
                f"{particle[:-1]} ",
                f"{particle[:-1].capitalize()} ",
            ):
                yield f"{other}{rest}"


def _by_hyphen(name: str) -> Iterator[str]:
    for at, sign in enumerate(name[1:-1], start=1):
        if sign == "-" and name[at - 1].isalpha():
            yield f"{name[: at + 1]}{name[at + 1].swapcase()}{name[at + 2 :]}"


def _by_capitals(name: str) -> Iterator[str]:
    words = name.split(" ")
    last = words[-1]
    if (
        last.isalpha()
        and len(last) > 3
        and last[:1].isupper()
        and not last[1:].islower()
        and not last.isupper()
    ):
        before = words[:-1]
        yield " ".join([*before, last[0] + last[1:].lower()])
        if last.startswith(("Mc", "Mac")):
            head = "Mac" if last.startswith("Mac") else "Mc"
            rest = last[len(head) :]
            yield " ".join([*before, f"{head} {rest}"])
            yield " ".join([*before, f"{head}{rest.upper()}"])


def words_of(name: str) -> tuple[str, ...]:
    """The words of a person's name: titles left off, forenames first where a comma puts the family name there."""
    family, comma, rest = folded(name).partition(", ")
    if comma and not _is_suffix(rest.split(" ")[0]):
        return (*rest.split(" "), *family.split(" "))
    words = [word for word in folded(name).replace(",", "").split(" ") if not _is_suffix(word)]
    begin = max((at + 1 for at, word in enumerate(words) if title_of(word) in _TITLES), default=0)
    if words[begin : begin + 1] == ["of"]:
        begin += 2
    return tuple(words[begin:] or words)


def _is_suffix(word: str) -> bool:
    word = word.strip(".")
    return bool(_NUMERAL.fullmatch(word) if word.isupper() else suffix_of(word))


def parts(names: Iterable[str]) -> set[str]:
    """The words of a person's names that may be used for the whole: no initials, particles or titles."""
    return {word for name in names for word in words_of(name) if _may_be_short_form(word)} | {
        word.split("-", 1)[1]
        for name in names
        for word in words_of(name)
        if word.casefold().startswith(("al-", "el-"))
    }


def _may_be_short_form(word: str) -> bool:
    lower = word.casefold()
    return (
        len(word) >= _SHORTEST_PART
        and word[0].isupper()
        and not is_initials(word)
        and "." not in word
        and lower not in PARTICLES
        and title_of(word) not in _TITLES
    )


def beside(names: Iterable[str], form: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words before and after a form in each of the names that contain it."""
    wanted = tuple(_level(word) for word in folded(form).split(" "))
    for name in names:
        words = words_of(name)
        level = tuple(map(_level, words))
        for at in range(len(words) - len(wanted) + 1):
            if level[at : at + len(wanted)] == wanted:
                yield words[:at], words[at + len(wanted) :]
                break


def _level(word: str) -> str:
    return word.casefold().strip(".")
