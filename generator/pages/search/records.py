"""All that readers can search of an edition."""

from collections.abc import Mapping

from generator.edition import Edition
from generator.link.names import Names
from generator.model.ids import RecordId
from generator.pages.search.names import names
from generator.pages.search.texts import drafts
from generator.pages.writing.pen import Pen
from generator.search.values import Searchable

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
