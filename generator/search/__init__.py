"""What readers can search for: every record by its names, and every page by its paragraphs; values, nothing written."""

from generator.search.folding import fold_table
from generator.search.names import Name
from generator.search.records import Searchable, searchable
from generator.search.texts import Draft, Passage, Text

__all__ = ["Draft", "Name", "Passage", "Searchable", "Text", "fold_table", "searchable"]
