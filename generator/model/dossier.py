"""A dossier: all its records with an index over them."""

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
)
from generator.model.kinds import Kind
from generator.model.lock import EvidenceLock, Recorded
from generator.model.record import LanguageTag, Record
from generator.model.source import Source


class Change(Part):
    """That the dossier changed: when, and what a reader should know of it."""

    date: Date
    what: Prose


class Settings(Part):
    """What `dossier.yml` says.

    Attributes:
        question: What the dossier asks.
        summary: Its short answer, with citations.
        language: The language of the pages.
        originals: Folders where full texts may lie, relative to the dossier.
        linked_folders: Folders outside the dossier that symbolic links in it may lead to, relative to it.
        shared_names: How far a short form that several records share is followed: as far as the text and the
            dossier say whom it means, or only where the words beside it or a full name do.
        curators: Who curates it.
        rights: What may be done with it.
        key_questions: The questions that the first page shows before all others, in this order.
        changes: What readers should know of its history, in any order.
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
    """A full text that was found: the blocks of it that are the article's paragraphs, in order."""

    # Relative to the dossier, if it is in there.
    path: Path
    sha256: str
    paragraphs: tuple[str, ...]
    # How many blocks the file has in all, so that a body that names more can be reported.
    blocks: int
    # The lines of the file on which the paragraphs begin, from 1.
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Dossier:
    """All records of a dossier by kind and id, each mapping in the order of its ids.

    Attributes:
        sources: Where each record was written, `dossier.yml` under the empty id.
        declared: The kind of every id that the seeds give, of records with errors too.
        originals: The full texts that were found.
        folders: Where they were looked for, as messages name it.
        has_folders: Whether any of these is here, with something in it.
        is_partial: Whether some seeds file could not be read at all, so that records are missing.
        lock: What was verified on them before, absent where there is no lock.
        recorded: What cited paragraphs of articles in full said before, likewise.
        lock_source: Where `evidence.lock` says what was verified, by the paths of its values; absent where nothing was.
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
        )  # type: ignore[assignment]
        return {key: record for records in kinds for key, record in records.items()}

    def with_full_texts(self) -> "Dossier":
        """The dossier with the originals that are here in place of their digests, under the same numbers."""
        articles = dict(self.articles)
        for key, original in self.originals.items():
            body = [Paragraph(n, text, 0, 1) for n, text in enumerate(original.paragraphs, 1)]
            articles[key] = articles[key].model_copy(update={"paragraphs": tuple(body), "in_full": True})
        return replace(self, articles=articles)

    def get(self, key: str) -> Record | None:
        """The record of an id, if there is one."""
        return self.records.get(RecordId(key))

    def label(self, key: str) -> str:
        """What a record is called; its id, where there is no such record."""
        record = self.get(key)
        return record.label if record else key
