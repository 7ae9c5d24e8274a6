"""Names, citations and references of a dossier, resolved to the records that they mean."""

from generator.link.linker import link
from generator.link.links import Backing, Backlink, Links, Mention, Run

__all__ = ["Backing", "Backlink", "Links", "Mention", "Run", "link"]
