"""Languages: tags are valid, and the interface has words in the dossier's language."""

from collections.abc import Iterator
from functools import lru_cache

from babel import Locale, localedata
from babel.core import get_global

from generator.check.values import SETTINGS, source_of
from generator.model.dossier import Dossier
from generator.model.fields import Path
from generator.model.ids import RecordId
from generator.model.record import Named
from generator.model.source import Source
from generator.support.problems import Problem, Severity, nearest, shown
from generator.words import DEFAULT, Words, languages


def language_without_catalogue(dossier: Dossier) -> Iterator[Problem]:
    """The interface has words in the dossier's language; without them, pages use English ones."""
    tag = dossier.settings.language
    source = dossier.sources.get(RecordId(""))
    if source is None or Words.for_language(tag).tag_spoken == tag or _better(tag) is not None:
        return
    yield Problem(
        source.at(("language",)),
        "no-catalogue",
        f"no interface words in {shown(tag)}: pages say theirs in {shown(DEFAULT)}",
        tag,
        f"there are {', '.join(languages())}",
        severity=Severity.WARNING,
    )


def unknown_languages(dossier: Dossier) -> Iterator[Problem]:
    """A language tag is the code of a language."""
    for article in dossier.articles.values():
        if article.language:
            yield from _unknown(article.language, source_of(dossier, article.id), ("language",))
    for key, record in dossier.records.items():
        for tag in record.native if isinstance(record, Named) else ():
            yield from _unknown(tag, source_of(dossier, key), ("native", "", tag))


def unknown_language_of_dossier(dossier: Dossier) -> Iterator[Problem]:
    """The dossier's language is the code of a language."""
    yield from _unknown(dossier.settings.language, source_of(dossier, SETTINGS), ("language",))


LANGUAGE_RULES = (language_without_catalogue, unknown_language_of_dossier)
# Rules that need only one record at a time.
TAG_RULES = (unknown_languages,)


def _unknown(tag: str, source: Source, path: Path) -> Iterator[Problem]:
    better = _better(tag)
    if better is not None:
        hint = f"write {better!r}" if better else "write its code, such as 'en'"
        where = source.at(path, tag)
        yield Problem(
            where,
            "unknown-language",
            f"{shown(tag)} is no language code",
            tag,
            hint,
            severity=Severity.WARNING,
        )


@lru_cache(maxsize=1_000)
def _better(tag: str) -> str | None:
    """What to write instead of a tag that is not a language's, possibly nothing; None if the tag is valid.

    The subtags are those of CLDR. It does not name each of the 7,000 languages with a code of three letters, so
    that one unknown to it is taken for one of those.
    """
    code, *rest = tag.split("-")
    code = code.lower()
    better: str | None = None
    if len(code) > 3:
        better = _code_of(tag)
    elif len(code) == 3:
        better = get_global("language_aliases").get(code)
    elif not localedata.exists(code) and code not in Locale("en").languages:
        # Of a country's code, the language most spoken there.
        better = get_global("likely_subtags").get(f"und_{code.upper()}", "").partition("_")[0]
    if better is not None:
        return (
            "-".join(filter(None, (better.replace("_", "-"), *rest))) if len(code) <= 3 and better else better
        )
    for at, subtag in enumerate(rest):
        if len(subtag) == 2 and subtag.upper() not in Locale("en").territories:
            aliases = get_global("territory_aliases").get(subtag.upper(), [])
            return "-".join([code, *rest[:at], *aliases[:1], *rest[at + 1 :]])
    return None


def _code_of(name: str) -> str:
    """The code of a language by its English name or a similar one; empty if there is none."""
    names = {named.casefold(): code for code, named in Locale("en").languages.items() if "_" not in code}
    found = names.get(name.casefold()) or names.get(nearest(name.casefold(), names))
    return found or ""
