"""An edition of a dossier: its records and links, with the queries that several families of pages need."""

from collections.abc import Callable, Mapping
from functools import cached_property

from generator.edition.derived import HISTORY, by_key, derived
from generator.edition.labels import InText, Labels
from generator.edition.sort_names import OTHER, letter_of, sort_name
from generator.edition.ties import TiesOfActors
from generator.markup import languages
from generator.model.actors import Position
from generator.model.claims import Question, Statement
from generator.model.facts import fact_ids
from generator.model.fields import Path
from generator.model.happenings import Event
from generator.model.history import History
from generator.model.ids import PersonId, QuestionId, RecordId
from generator.model.kinds import Kind
from generator.model.record import Named
from generator.model.slices import HEAD, NAMES, PEOPLE, RECORDS, WHOLE
from generator.state.traces import ALL
from generator.words.collation import SortKey


class Edition(TiesOfActors):
    """The input of all pages: records, links, and their history in version control.

    Its queries are in a class for each subject, each built on the one before.
    """

    @cached_property
    def labels(self) -> Labels:
        """The labels of records and articles."""
        return Labels(self.dossier, self.words, self.recorder, lambda key: self.in_text[key])

    @by_key(lambda edition: edition.dossier.records, HEAD, RECORDS)
    def in_text(self, key: RecordId) -> InText | None:
        """The properties of each record on which a link to it in a text depends: fewer than a whole page shows."""
        record = self.dossier.records.get(key)
        return InText(record.kind_of, languages.native_names(record)) if record else None

    @by_key(lambda edition: edition.dossier.records, HEAD, RECORDS, NAMES)
    def sort_names(self, key: RecordId) -> str | None:
        """The sort name of each record that has a name; it depends on the record's short forms too."""
        record = self.dossier.records.get(key)
        return sort_name(record) if isinstance(record, Named) else None

    def sorted_as(self, key: RecordId) -> str:
        """The sort name of a record."""
        return self.sort_names.get(key) or sort_name(self.dossier.records[key])

    def by_name(self, key: RecordId) -> tuple[SortKey, RecordId]:
        """The sort key of a record by name, in the order of the interface's language."""
        return self.words.sort_key(self.sorted_as(key)), key

    def in_index(self, key: RecordId) -> tuple[bool, tuple[SortKey, RecordId]]:
        """The sort key of a record in an index: by name, those that begin with no letter last."""
        return letter_of(self.sorted_as(key)) == OTHER, self.by_name(key)

    @cached_property
    def facts(self) -> Callable[[RecordId], Mapping[Path, str]]:
        """The anchors of a record's facts, by the path of their values."""
        return self.recorder.tracked_memo(lambda key: fact_ids(self.dossier.records[key]))

    @derived
    def revisions(self) -> History:
        """The changes of records in version control."""
        self.recorder.nodes.add((HISTORY, ALL))
        return self.history

    def statements(self, key: RecordId, heading: str) -> tuple[Statement, ...]:
        """The statements that refer to a record under a heading, in the order in which they were made."""
        found = (self.dossier.get(source) for source in self.referring(key, heading))
        return tuple(sorted((s for s in found if isinstance(s, Statement)), key=self.in_turn))

    def questions(self, key: RecordId) -> tuple[Question, ...]:
        """The questions about a record, by id."""
        sources = {s for heading in ("Questions", "Questions about") for s in self.referring(key, heading)}
        found = (self.dossier.questions.get(QuestionId(source)) for source in sorted(sources))
        return tuple(question for question in found if question)

    def participations(self, key: RecordId) -> tuple[tuple[Event, str], ...]:
        """The events in which an actor took part itself, by date, with its role."""
        events = self.events(self.referring(key, "Events"))
        return tuple((event, role_in(event, key)) for event in events)

    @by_key(lambda edition: edition.dossier.people, HEAD, PEOPLE, WHOLE)
    def offices(self, key: RecordId) -> tuple[Position, ...] | None:
        """The offices that people held in organizations, without evidence, which lists of events do not show."""
        person, declared = self.dossier.people.get(PersonId(key)), self.dossier.declared
        found = (
            [p for p in person.positions if p.of and declared.get(p.of) is Kind.ORGANIZATION]
            if person
            else []
        )
        return tuple(position.model_copy(update={"evidence": ()}) for position in found) or None


def role_in(event: Event, key: RecordId) -> str:
    """The role of an actor in an event; empty where none is given."""
    roles = (part.role for part in event.participants if part.who == key)
    return ", ".join(dict.fromkeys(filter(None, roles)))
