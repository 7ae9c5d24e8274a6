"""What readers can search of an edition: every record by its name, and every page by its paragraphs."""

from generator.pages.search.delta import EditionDelta
from generator.pages.search.entries import searchable

__all__ = ["EditionDelta", "searchable"]
