"""Seeds on disk to a dossier, with the place of every value kept."""

from generator.load.dossier import load

__all__ = ["load"]
