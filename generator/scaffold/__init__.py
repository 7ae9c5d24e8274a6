"""A new dossier."""
