"""Names, citations and references of a dossier, resolved to the records that they mean."""

from generator.link.incremental import relink
from generator.link.linker import DOSSIER, LinkState, link, link_all, problems_of
from generator.link.links import Backing, Backlink, LinkedText, Links, Mention, Run
from generator.link.people import linking_key

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
    "linking_key",
    "problems_of",
    "relink",
]
