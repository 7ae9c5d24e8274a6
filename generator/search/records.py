"""All that search is fed, of one edition."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.ids import OrganizationId
from generator.pages.edition import Edition
from generator.pages.pen import Pen
from generator.search.names import Name, names
from generator.search.texts import Text, texts


@dataclass(frozen=True)
class Searchable:
    """What is searched.

    Attributes:
        language: The dossier's, by which words are stemmed.
        outlets: What citations call each outlet.
    """

    language: str
    names: tuple[Name, ...]
    texts: tuple[Text, ...]
    outlets: Mapping[OrganizationId, str]


def searchable(edition: Edition) -> Searchable:
    """What is to be searched of an edition."""
    dossier = edition.dossier
    pen = Pen(edition, "search.md")
    outlets = sorted({a.outlet for a in dossier.articles.values() if a.outlet})
    return Searchable(
        dossier.settings.language,
        names(edition),
        tuple(sorted(texts(edition), key=lambda text: (text.address, text.kind, text.part))),
        {outlet: pen.outlet_words(outlet) for outlet in outlets},
    )
