"""Folders and files that are replaced whole."""
