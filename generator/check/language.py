"""The dossier's language: whether the interface can speak it."""

from collections.abc import Iterator

from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.problems import Problem, Severity, shown
from generator.words import DEFAULT, Words, languages


def language_without_catalogue(dossier: Dossier) -> Iterator[Problem]:
    """There are interface words in the dossier's language; else they are in English."""
    tag = dossier.settings.language
    source = dossier.sources.get(RecordId(""))
    if source is None or Words.of(tag).tag_spoken == tag:
        return
    yield Problem(
        source.at(("language",)),
        "no-catalogue",
        f"no interface words in {shown(tag)}: pages say theirs in {shown(DEFAULT)}",
        tag,
        f"there are {', '.join(languages())}",
        Severity.WARNING,
    )


LANGUAGE_RULES = (language_without_catalogue,)
