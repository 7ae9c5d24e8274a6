"""Names, citations and references of a dossier, resolved to the records that they mean."""

from generator.link.linking import DOSSIER, LinkState, link, link_all, problems_of, relink
from generator.link.links import Backing, Backlink, LinkedText, Links, Mention, Run

__all__ = [
    "DOSSIER",
    "Backing",
    "Backlink",
    "LinkState",
    "LinkedText",
    "Links",
    "Mention",
    "Run",
    "link",
    "link_all",
    "problems_of",
    "relink",
]
