"""The search of a site: its index, the files that browsers fetch, and what one build leaves to the next.

`write_search` writes the search of all that is given; `add_search` updates the search of a site in the making by what
changed. Nothing here knows the pages of a dossier: `pages.search` makes what is searched of them.
"""

from generator.search.site import FOLDER, MANIFEST, Find, add_search, write_search
from generator.search.values import Days, Name, Passage, SearchDelta, SearchEntry, Text

__all__ = [
    "FOLDER",
    "MANIFEST",
    "Days",
    "Find",
    "Name",
    "Passage",
    "SearchDelta",
    "SearchEntry",
    "Text",
    "add_search",
    "write_search",
]
