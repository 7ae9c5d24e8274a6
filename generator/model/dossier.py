"""A dossier: its settings and all its records, by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from generator.model.actors import Organization, Person
from generator.model.article import Article, Paragraph
from generator.model.claims import Issue, Question, Statement
from generator.model.fields import Date, Part, Prose, Ref, Text
from generator.model.happenings import Document, Event, Place
from generator.model.ids import (
    ArticleId,
    DocumentId,
    EventId,
    IssueId,
    OrganizationId,
    PersonId,
    PlaceId,
    QuestionId,
    RecordId,
    StatementId,
    StoryId,
)
from generator.model.kinds import Kind
from generator.model.lock import EvidenceLock, Recorded
from generator.model.record import LanguageTag, Record
from generator.model.source import Source
from generator.model.story import Story


class Change(Part):
    """A change of the dossier that readers should know of."""

    date: Date
    what: Prose


class Settings(Part):
    """The settings in `dossier.yml`.

    Attributes:
        question: The question that the dossier asks.
        summary: Its short answer, with citations.
        language: The language of the pages.
        originals: Folders with full texts, relative to the dossier.
        linked_folders: Folders outside the dossier to which symbolic links in it may lead, relative to it.
        shared_names: When a short form that several records share is linked: `follow` uses all that the text and
            the dossier say; `beside` only the words next to it and full names.
        curators: The names of the curators.
        rights: The terms under which the dossier can be used.
        key_questions: The questions that the home page shows before all others, in this order.
        changes: Changes that readers should know of, in any order.
    """

    title: Text
    question: Text | None = None
    summary: Prose | None = None
    language: LanguageTag = "en"
    originals: tuple[Text, ...] = ()
    linked_folders: tuple[Text, ...] = ()
    shared_names: Literal["follow", "beside"] = "follow"
    curators: tuple[Text, ...] = ()
    rights: Text | None = None
    key_questions: tuple[Annotated[QuestionId, Ref((Kind.QUESTION,), back="")], ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class OriginalText:
    """A full text that was found.

    Attributes:
        path: The file, relative to the dossier if it is inside it.
        sha256: The SHA-256 hash of its bytes.
        paragraphs: Its blocks that are the paragraphs of the article, in order.
        blocks: The number of all its blocks, so that a `body` beyond them can be reported.
        lines: The lines of the file on which the paragraphs begin, from 1.
    """

    path: Path
    sha256: str
    paragraphs: tuple[str, ...]
    blocks: int
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Dossier:
    """All records of a dossier by kind and id, each mapping in the order of its ids.

    Attributes:
        story: The only story, if there is one.
        sources: The positions of each record in the seeds; those of `dossier.yml` have the empty id.
        declared: The kind of every id in the seeds, including records with errors.
        originals: The full texts that were found.
        folders: The folders in which full texts were searched, as messages name them.
        has_folders: Whether any of these folders exists and is not empty.
        is_partial: Whether a seeds file could not be read at all, so that records are missing.
        lock: What `evidence.lock` holds of digests; absent if there is no lock.
        recorded: What it holds of articles in full; absent if there is no lock.
        lock_source: The positions of its values; absent if it holds nothing of digests.
    """

    settings: Settings
    people: Mapping[PersonId, Person] = field(default_factory=dict)
    organizations: Mapping[OrganizationId, Organization] = field(default_factory=dict)
    places: Mapping[PlaceId, Place] = field(default_factory=dict)
    events: Mapping[EventId, Event] = field(default_factory=dict)
    documents: Mapping[DocumentId, Document] = field(default_factory=dict)
    articles: Mapping[ArticleId, Article] = field(default_factory=dict)
    issues: Mapping[IssueId, Issue] = field(default_factory=dict)
    statements: Mapping[StatementId, Statement] = field(default_factory=dict)
    questions: Mapping[QuestionId, Question] = field(default_factory=dict)
    story: Mapping[StoryId, Story] = field(default_factory=dict)
    sources: Mapping[RecordId, Source] = field(default_factory=dict)
    declared: Mapping[RecordId, Kind] = field(default_factory=dict)
    originals: Mapping[ArticleId, OriginalText] = field(default_factory=dict)
    folders: tuple[str, ...] = ()
    has_folders: bool = False
    is_partial: bool = False
    lock: EvidenceLock | None = None
    recorded: Recorded | None = None
    lock_source: Source | None = None

    @cached_property
    def records(self) -> Mapping[RecordId, Record]:
        """All records by id."""
        kinds: tuple[Mapping[RecordId, Record], ...] = (
            self.people,
            self.organizations,
            self.places,
            self.events,
            self.documents,
            self.articles,
            self.issues,
            self.statements,
            self.questions,
            self.story,
        )  # type: ignore[assignment]
        return {key: record for records in kinds for key, record in records.items()}

    def with_full_texts(self) -> "Dossier":
        """The dossier with available originals in place of their digests, under the same paragraph numbers."""
        articles = dict(self.articles)
        for key, original in self.originals.items():
            body = [Paragraph(n, text, 0, 1) for n, text in enumerate(original.paragraphs, 1)]
            articles[key] = articles[key].model_copy(update={"paragraphs": tuple(body), "in_full": True})
        return replace(self, articles=articles)

    def get(self, key: str) -> Record | None:
        """The record with an id, if there is one."""
        return self.records.get(RecordId(key))

    def label(self, key: str) -> str:
        """The label of a record; its id if there is no such record."""
        record = self.get(key)
        return record.label if record else key
