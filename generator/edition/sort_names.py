"""Sort names of records in lists, and the letter under which each is listed."""

import re
from collections.abc import Sequence

from generator.link.beside import SUFFIXES
from generator.model.actors import Person
from generator.model.record import Named, Record
from generator.words.collation import first_letter

# The heading of names that do not begin with a letter; they come last.
OTHER = "other"
# Suffixes that are not part of the family name.
_SUFFIXES = frozenset([*SUFFIXES, "esq", "phd", "md", "ml", "мл", "ст", "fils", "père", "filho"])
# In capitals: Xi and Vi are names. A single X may be one, too.
_NUMERAL = re.compile(r"[IV]|[IVX]{2,}")
# A remark that distinguishes namesakes, as in `Hans Huber (physicist)`.
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
# Signs before the first letter or digit, such as quotation marks.
_SIGNS = re.compile(r"^[\W_]+")
# The Arabic article, joined to a family name or apart.
_ARTICLE = re.compile(r"^(?:al|el)[-‐‑ ](?=\w)", re.IGNORECASE)


def sort_name(record: Record) -> str:
    """The sort name of a record: a person's family name first; other names without `The`."""
    name = record.label
    if isinstance(record, Person):
        name = _ARTICLE.sub("", family_first(name, record.short))
    elif isinstance(record, Named):
        name = name.removeprefix("The ").removeprefix("the ")
    return _SIGNS.sub("", name) or name


def family_first(name: str, short: Sequence[str] = ()) -> str:
    """A person's name with the family name first.

    In a name with a comma it is first already. Otherwise it is the first short form that is a part of the name,
    or else the last word that is not a suffix such as `Jr.` or `III`.
    """
    plain = _REMARK.sub("", name)
    if any(not _is_suffix(part) for part in plain.split(",")[1:]):
        return name
    words = plain.replace(",", " ").split()
    end = len(words)
    while end > 1 and _is_suffix(words[end - 1]):
        end -= 1
    start, stop = _within(words[:end], short) or (end - 1, end)
    parts = (words[start:stop], [*words[:start], *words[stop:end]], words[end:], name[len(plain) :].split())
    return ", ".join(" ".join(part) for part in parts if part)


def _within(words: Sequence[str], short: Sequence[str]) -> tuple[int, int] | None:
    """The range of words in a name that equals the first matching short form."""
    for form in short:
        wanted = form.split()
        for start in range(len(words) - len(wanted) + 1):
            stop = start + len(wanted)
            if (
                words[start:stop] == wanted
                or [_ARTICLE.sub("", word) for word in words[start:stop]] == wanted
            ):
                return start, stop
    return None


def _is_suffix(words: str) -> bool:
    bare = (word.replace(".", "") for word in words.split())
    return all(_NUMERAL.fullmatch(word) or word.casefold() in _SUFFIXES for word in bare)


def letter_of(sorted_as: str) -> str:
    """The letter under which a sort name is listed."""
    return first_letter(sorted_as) or OTHER
