"""What readers can search for: every record by its names, and every page by its paragraphs; values, nothing written."""

from generator.search.again import SearchDelta
from generator.search.folding import fold_table
from generator.search.names import Name
from generator.search.records import Searchable, searchable
from generator.search.texts import Draft, Head, Passage, Possible, Text

__all__ = [
    "Draft",
    "Head",
    "Name",
    "Passage",
    "Possible",
    "SearchDelta",
    "Searchable",
    "Text",
    "fold_table",
    "searchable",
]
