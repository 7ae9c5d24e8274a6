"""A dossier in formats that other programs read, one format a module."""
