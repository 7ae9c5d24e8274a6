"""Whom a name means here: what the article says in full, who holds the title beside it, who was active."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from generator.link.folding import fold, is_word
from generator.link.names import Candidate, Name
from generator.model.actors import Person
from generator.model.article import NO_RECORD, Article
from generator.model.dates import EdtfDate
from generator.model.dossier import Dossier
from generator.model.ids import RecordId

# How much text before a name can hold a title.
_TITLE_REACH = 60


class Context:
    """What decides between the records that a name may mean in one text.

    Attributes:
        settled: What a curator has settled, by the words as folded; None means no record.
        in_full: The records that the text names in full.
        date: When the text was written, where that is known.
    """

    def __init__(
        self,
        dossier: Dossier,
        *,
        settled: Mapping[str, RecordId | None] | None = None,
        in_full: Collection[RecordId] = (),
        date: EdtfDate | None = None,
    ) -> None:
        self._dossier = dossier
        self.settled = settled or {}
        self.in_full = frozenset(in_full)
        self.date = date

    @classmethod
    def of_article(cls, dossier: Dossier, article: Article, found: Iterable[Candidate]) -> "Context":
        """The context of an article in which these candidates were found."""
        settled = {
            fold(words).text: None if key == NO_RECORD else RecordId(key)
            for words, key in article.mentions.items()
            if key == NO_RECORD or key in dossier.records
        }
        in_full = {c.name.full[0] for c in found if len(c.name.full) == 1}
        return cls(dossier, settled=settled, in_full=in_full, date=article.published)

    def decide(self, text: str, candidate: Candidate) -> tuple[RecordId, ...]:
        """The records that a candidate in a text may mean: one where it is decided, none where it means none."""
        words = fold(text[candidate.start : candidate.end]).text
        if words in self.settled:
            key = self.settled[words]
            return () if key is None else (key,)
        name = candidate.name
        possible = name.full or name.short
        if len(possible) == 1:
            return possible
        before = text[max(0, candidate.start - _TITLE_REACH) : candidate.start]
        return self._narrow(name, possible, before)

    def _narrow(self, name: Name, possible: Sequence[RecordId], before: str) -> tuple[RecordId, ...]:
        """Each reason in turn; one that rules out all of them decides nothing."""
        left = tuple(possible)
        for keep in (self._named_in_full, self._titled, self._active):
            kept = keep(left, before)
            if len(kept) == 1:
                return kept
            left = kept or left
        return left

    def _named_in_full(self, possible: Sequence[RecordId], before: str) -> tuple[RecordId, ...]:
        return tuple(key for key in possible if key in self.in_full)

    def _titled(self, possible: Sequence[RecordId], before: str) -> tuple[RecordId, ...]:
        said = fold(before).text.rstrip().casefold()
        return tuple(key for key in possible if any(_ends_with(said, title) for title in self._titles(key)))

    def _active(self, possible: Sequence[RecordId], before: str) -> tuple[RecordId, ...]:
        if self.date is None:
            return ()
        return tuple(key for key in possible if self._is_active(key, self.date))

    def _titles(self, key: RecordId) -> list[str]:
        record = self._dossier.records.get(key)
        positions = record.positions if isinstance(record, Person) else ()
        return [fold(position.title).text.casefold() for position in positions]

    def _is_active(self, key: RecordId, date: EdtfDate) -> bool:
        record = self._dossier.records.get(key)
        return isinstance(record, Person) and any(
            (position.since or position.until)
            and (position.since is None or position.since.earliest <= date.latest)
            and (position.until is None or date.earliest <= position.until.latest)
            for position in record.positions
        )


def _ends_with(said: str, title: str) -> bool:
    if not said.endswith(title):
        return False
    rest = said[: len(said) - len(title)]
    return not rest or not is_word(rest[-1])
