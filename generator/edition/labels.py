"""What records and articles are called: found once for each, however many pages name it."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from markupsafe import Markup

from generator.markup import languages, markdown
from generator.model.dates import EdtfDate
from generator.model.dossier import Dossier
from generator.model.ids import ArticleId, OrganizationId, RecordId
from generator.model.kinds import Kind
from generator.traces import Node, Notes
from generator.words import Words
from generator.words.dates import in_words

# Words of a title that stand for an article without outlet and date.
_TITLE_WORDS = 5

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class InText(NamedTuple):
    """What a text that names a record shows of it: its kind, and the languages of its names that are in others."""

    kind: Kind
    native: Mapping[str, str]


class AsAsked(Generic[Key, Value]):
    """What is made of each key when it is first asked for; what is read for it is noted whenever it is asked for."""

    def __init__(self, notes: Notes, make: Callable[[Key], Value]) -> None:
        self._notes, self._make = notes, make
        self._known: dict[Key, tuple[Value, tuple[Node, ...]]] = {}

    def __getitem__(self, key: Key) -> Value:
        found = self._known.get(key)
        if found is None:
            with self._notes.taken() as nodes:
                value = self._make(key)
            found = self._known[key] = value, tuple(nodes)
        self._notes.nodes.update(found[1])
        return found[0]


@dataclass(frozen=True)
class Called:
    """What pages call the records of a dossier; no more than the dossier's names, titles and sources.

    Attributes:
        in_text: What a text that names a record shows of it.
    """

    dossier: Dossier
    words: Words
    notes: Notes
    in_text: Callable[[RecordId], InText]

    @cached_property
    def labels(self) -> AsAsked[RecordId, Markup]:
        """What each record is called, as of its language."""
        return AsAsked(self.notes, lambda key: languages.label(self.dossier, self.dossier.records[key]))

    @cached_property
    def printed(self) -> AsAsked[tuple[RecordId, str], Markup]:
        """A record's name as some text has it, as of its language."""
        return AsAsked(self.notes, lambda asked: self._printed(*asked))

    def _printed(self, key: RecordId, words: str) -> Markup:
        return languages.marked(words, languages.of_name(self.in_text(key).native, words))

    @cached_property
    def listed_as(self) -> AsAsked[ArticleId, str]:
        """Where and when each article was published, as far as it is known."""
        return AsAsked(self.notes, self._listed_as)

    def _listed_as(self, key: ArticleId) -> str:
        article = self.dossier.articles[key]
        outlet = self.outlet(article.outlet) if article.outlet else ""
        return ", ".join(filter(None, [outlet, self._date(article.published)]))

    @cached_property
    def cited_as(self) -> AsAsked[ArticleId, Markup]:
        """Each article in a few words: its outlet and date, or what is known of them."""
        return AsAsked(self.notes, self._cited_as)

    def _cited_as(self, key: ArticleId) -> Markup:
        article = self.dossier.articles[key]
        date = self._date(article.published, short=True)
        outlet = self.outlet(article.outlet) if article.outlet else ""
        if outlet and date:
            return languages.isolated(f"{outlet}, {date}")
        if date:
            return markdown.text(self.words("sources.dated", date=date))
        words = article.title.split()
        title = " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")
        quoted = markdown.said(self.words, "signs.quoted", text=languages.quote(self.dossier, article, title))
        return markdown.joined([languages.isolated(outlet), quoted], ", ") if outlet else quoted

    def _date(self, date: EdtfDate | None, *, short: bool = False) -> str:
        return in_words(self.words, date.text, short=short) if date else ""

    def outlet(self, key: OrganizationId) -> str:
        """An outlet as citations call it."""
        outlet = self.dossier.organizations.get(key)
        return (outlet.cite_as or outlet.name) if outlet else key
