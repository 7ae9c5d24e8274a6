"""Words beside names: titles, courtesies, nicknames, and things named after people; from `titles.toml`."""

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files

_TABLES = tomllib.loads(files(__package__).joinpath("titles.toml").read_text("utf-8"))

# The parts of a word that has capitals inside.
_PIECES = re.compile(r"[A-Z][a-z]+")


def _words(table: str) -> frozenset[str]:
    return frozenset(_TABLES[table].split())


TITLES = _words("titles") | _words("trades")
COURTESIES = _words("courtesies")
WOMENS = _words("womens")
SHORT_COURTESIES = _words("short_courtesies")
OF_WOMEN = _words("of_women")
CALLED_AFTER = _words("called_after")
ORDINARY = _words("ordinary")
CALLED_BEFORE = _words("called_before")
BEFORE_NOUNS = _words("before_nouns")
PARTICLES = _words("particles")
ABBREVIATIONS: Mapping[str, str] = _TABLES["abbreviations"]
NICKNAMES: Mapping[str, frozenset[str]] = {
    short: frozenset(names.split()) for short, names in _TABLES["nicknames"].items()
}
FORENAMES = frozenset(
    name
    for names in tomllib.loads(files(__package__).joinpath("forenames.toml").read_text("utf-8")).values()
    for name in names.split()
)


def title_of(word: str) -> str:
    """The full form of a word before a name, in lower case and without its full stop."""
    plain = word.strip(".,:;“”\"'()[]")
    short = plain.casefold()
    if short in ABBREVIATIONS:
        return ABBREVIATIONS[short]
    # Telegrams write abbreviations together: AsstSec, DepAsstSec.
    pieces = [] if plain.istitle() else _PIECES.findall(plain)
    if len(pieces) > 1 and all(p.casefold() in ABBREVIATIONS or p.casefold() in TITLES for p in pieces):
        return " ".join(ABBREVIATIONS.get(piece.casefold(), piece.casefold()) for piece in pieces)
    return short
