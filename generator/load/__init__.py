"""Seeds on disk to a dossier, with the place of every value kept."""

from generator.load.dossier import load, read_settings

__all__ = ["load", "read_settings"]
