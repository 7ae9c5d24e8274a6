"""What readers can search of an edition: every record by its name, and every page by its paragraphs."""

from generator.pages.search.entries import entry_of, searchable

__all__ = ["entry_of", "searchable"]
