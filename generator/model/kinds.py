"""The kinds of record: their words, and the folders of their pages."""

from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """A kind of record. Its value is the word in the singular."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    EVENT = "event"
    DOCUMENT = "document"
    ARTICLE = "article"
    ISSUE = "issue"
    STATEMENT = "statement"
    QUESTION = "question"
    STORY = "story"

    @cached_property
    def section(self) -> str:
        """The word in the plural: the stem of the seeds file, the folder of pages, the first part of the URL.

        A dossier has one story at most, so its word stays in the singular.
        """
        return _SECTIONS.get(self.value, f"{self.value}s")

    @property
    def label(self) -> str:
        """The word as a heading."""
        return self.value.capitalize()

    @property
    def one(self) -> str:
        """The word with its article: a person, an event."""
        return f"{'an' if self.value[0] in 'aeiou' else 'a'} {self.value}"


_SECTIONS = {"person": "people", "story": "story"}
# Kinds whose records are written in YAML files; each article is a Markdown file.
YAML_KINDS = tuple(kind for kind in Kind if kind is not Kind.ARTICLE)
# Kinds with a page for each record in the folder of their section; statements are printed on the page of their speaker.
PAGE_KINDS = tuple(kind for kind in Kind if kind not in (Kind.STATEMENT, Kind.STORY))
# All kinds whose records have pages: the story is a page by itself.
KINDS_WITH_PAGES = (*PAGE_KINDS, Kind.STORY)
# Kinds with an index of their pages, in the order of the navigation.
INDEX_KINDS = (
    Kind.PERSON,
    Kind.ORGANIZATION,
    Kind.PLACE,
    Kind.EVENT,
    Kind.ARTICLE,
    Kind.DOCUMENT,
    Kind.ISSUE,
    Kind.QUESTION,
)
# Kinds whose names are linked in texts.
NAMED_KINDS = (Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE, Kind.EVENT, Kind.DOCUMENT, Kind.ISSUE)
