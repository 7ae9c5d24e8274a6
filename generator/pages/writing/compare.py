"""Links to the page on which readers compare speakers or outlets."""

from markupsafe import Markup

from generator.markup import markdown
from generator.model.claims import Issue
from generator.model.happenings import Event
from generator.pages.writing.pen import INDEX, Pen

PATH = f"compare/{INDEX}"


def link(pen: Pen, record: Issue | Event, words: str) -> Markup:
    """The link with which readers compare the speakers on an issue, or the outlets that report an event."""
    return markdown.link(words, f"{pen.to(PATH)}?{record.kind_of.value}={record.id}")
