"""Identifiers: slugs that become URLs, unique in a dossier over all kinds."""

import re
from typing import NewType

from anyascii import anyascii

RecordId = NewType("RecordId", str)
PersonId = NewType("PersonId", RecordId)
OrganizationId = NewType("OrganizationId", RecordId)
PlaceId = NewType("PlaceId", RecordId)
EventId = NewType("EventId", RecordId)
DocumentId = NewType("DocumentId", RecordId)
ArticleId = NewType("ArticleId", RecordId)
IssueId = NewType("IssueId", RecordId)
StatementId = NewType("StatementId", RecordId)
QuestionId = NewType("QuestionId", RecordId)
StoryId = NewType("StoryId", RecordId)

ID_PATTERN = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
_ID = re.compile(ID_PATTERN)
# Long enough for a headline; short enough for every file system, even with `.md` and a digest added.
MAX_ID = 120
# Page names that the generator itself uses inside a section, and the word for an event without a place.
RESERVED_IDS = frozenset({"index", "online", "none"})
# Device names of Windows, which cannot be file names there, with any suffix: such a page could not be checked out.
_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")


def id_error(text: str) -> str:
    """The reason why a text cannot be an id; empty if it can."""
    if text in RESERVED_IDS or _DEVICE.fullmatch(text):
        return "is a reserved word"
    if len(text) > MAX_ID:
        return f"is longer than {MAX_ID} characters"
    if not _ID.fullmatch(text):
        return "is not an id: lower-case letters a-z, digits and single hyphens or underscores"
    return ""


def slug(text: str) -> str:
    """An id made from any text: ASCII letters and digits, all else as hyphens; empty if nothing is left."""
    # An apostrophe does not divide a word. Transliterations use it for letters that the Latin script lacks.
    letters = re.sub("['`’]", "", anyascii(text).lower())
    words = re.findall(r"[a-z0-9]+(?:_[a-z0-9]+)*", letters)
    return "-".join(words)[:MAX_ID].strip("-_")
