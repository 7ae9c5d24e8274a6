"""Names, citations and references of a dossier, resolved to the records that they mean."""

from generator.link.linker import DOSSIER, Found, link, link_again, link_all, problems_of
from generator.link.links import Backing, Backlink, LinkedText, Links, Mention, Run
from generator.link.people import reads_as

__all__ = [
    "DOSSIER",
    "Backing",
    "Backlink",
    "Found",
    "LinkedText",
    "Links",
    "Mention",
    "Run",
    "link",
    "link_again",
    "link_all",
    "problems_of",
    "reads_as",
]
