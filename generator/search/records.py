"""All that search is fed, of one edition."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.edition import Edition
from generator.link.names import Names
from generator.model.ids import OrganizationId, RecordId
from generator.pages.writing.pen import Pen
from generator.search.names import Name, names
from generator.search.texts import Draft, Text, drafts


@dataclass(frozen=True)
class Searchable:
    """What is searched.

    Attributes:
        language: The dossier's, by which words are stemmed.
        drafts: The texts, in order.
        outlets: What citations call each outlet.
    """

    language: str
    names: tuple[Name, ...]
    drafts: tuple[Draft, ...]
    outlets: Mapping[OrganizationId, str]

    @property
    def texts(self) -> tuple[Text, ...]:
        """All texts, made."""
        return tuple(draft.make() for draft in self.drafts)


_NONE: Mapping[RecordId, bytes] = {}


def searchable(
    edition: Edition, stamps: Mapping[RecordId, bytes] = _NONE, index: Names | None = None
) -> Searchable:
    """What is to be searched of an edition.

    Args:
        stamps: Of records, what changes with anything that their pages say: a text of which that is known need
            not be made to see whether it is as it was.
    """
    dossier = edition.dossier
    pen = Pen(edition, "search.md")
    outlets = sorted({a.outlet for a in dossier.articles.values() if a.outlet})
    return Searchable(
        dossier.settings.language,
        names(edition),
        tuple(
            sorted(drafts(edition, stamps, index), key=lambda draft: (draft.address, draft.kind, draft.part))
        ),
        {outlet: pen.outlet_words(outlet) for outlet in outlets},
    )
