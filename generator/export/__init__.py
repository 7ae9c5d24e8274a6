"""A dossier in formats that other programs read, one format a module."""

# What `dossier export` can give.
FORMATS = ("mentions",)
