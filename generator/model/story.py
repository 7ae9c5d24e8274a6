"""The story: the matter of a dossier in a few steps, for readers who do not know it."""

from typing import Annotated

from pydantic import Field

from generator.model.claims import ANY_KIND
from generator.model.fields import Date, Part, Proof, Prose, Ref, Text
from generator.model.ids import EventId, RecordId, StoryId
from generator.model.kinds import Kind
from generator.model.record import Record

# The id of the story of a dossier, which has one at most.
STORY = StoryId(RecordId("story"))


class StoryStep(Part):
    """One step of the story.

    Attributes:
        heading: What the step says, in a few words.
        date: When it was; without it that of the event.
        event: The event that the step is about, whose date is lit on the timeline of the story.
        text: What happened, each sentence with citations.
        show: Records that are shown beside the text, such as a statement, a place on a map or a question.
        evidence: Paragraphs that back the step beyond those that the text cites, such as those of a quote.
    """

    heading: Text
    date: Date | None = None
    event: Annotated[EventId, Ref((Kind.EVENT,), back="In the story")] | None = None
    text: Prose
    show: tuple[Annotated[RecordId, Ref(ANY_KIND, back="In the story")], ...] = ()
    evidence: tuple[Proof, ...] = ()


class Story(Record):
    """The story of a dossier; its summary is what readers learn before the first step.

    Attributes:
        title: Its title.
        steps: Its steps, in the order in which they are read.
    """

    kind_of: Kind = Kind.STORY
    title: Text
    steps: tuple[StoryStep, ...] = Field(min_length=1)

    @property
    def label(self) -> str:
        return self.title
