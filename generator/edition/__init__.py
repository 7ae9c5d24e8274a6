"""What pages ask of a linked dossier: its order in time, its sources, its ties and its labels."""

from generator.edition.edition import Edition

__all__ = ["Edition"]
