"""Seeds on disk to a dossier, with the place of every value kept."""

from generator.load.dossier import load, read_settings
from generator.load.history import read_history

__all__ = ["load", "read_history", "read_settings"]
