"""Dossier: news articles and curated YAML to a cross-linked, searchable static site."""

__version__ = "0.1.0"
