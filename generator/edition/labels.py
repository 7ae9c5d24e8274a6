"""Labels of records and articles, each made once, however many pages show it."""

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
from generator.state.traces import Dependency, DependencyRecorder
from generator.words import Words
from generator.words.dates import in_words

# Words of its title that cite an article without a date.
_TITLE_WORDS = 5

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class InText(NamedTuple):
    """The properties of a record on which a link to it in a text depends.

    Attributes:
        native: The language of each of its names that is not in the page's language.
    """

    kind: Kind
    native: Mapping[str, str]


class TrackedCache(Generic[Key, Value]):
    """Values by key, each made on first access.

    The dependencies of a value are recorded at every access, so a page that gets it from the cache depends on them too.
    """

    def __init__(self, recorder: DependencyRecorder, make: Callable[[Key], Value]) -> None:
        self._notes, self._make = recorder, make
        self._known: dict[Key, tuple[Value, tuple[Dependency, ...]]] = {}

    def __getitem__(self, key: Key) -> Value:
        found = self._known.get(key)
        if found is None:
            with self._notes.record() as nodes:
                value = self._make(key)
            found = self._known[key] = value, tuple(nodes)
        self._notes.nodes.update(found[1])
        return found[0]


@dataclass(frozen=True)
class Labels:
    """The labels of a dossier's records, made only of its names, titles and sources.

    Attributes:
        in_text: The properties of a record on which a link to it depends.
    """

    dossier: Dossier
    words: Words
    recorder: DependencyRecorder
    in_text: Callable[[RecordId], InText]

    @cached_property
    def of_record(self) -> TrackedCache[RecordId, Markup]:
        """The label of each record, marked with its language."""
        return TrackedCache(
            self.recorder, lambda key: languages.label(self.dossier, self.dossier.records[key])
        )

    @cached_property
    def printed(self) -> TrackedCache[tuple[RecordId, str], Markup]:
        """A record's name as a text prints it, marked with its language; by record and name."""
        return TrackedCache(self.recorder, lambda asked: self._printed(*asked))

    def _printed(self, key: RecordId, words: str) -> Markup:
        return languages.marked(words, languages.name_tag(self.in_text(key).native, words))

    @cached_property
    def published(self) -> TrackedCache[ArticleId, str]:
        """The outlet and date of each article, as far as they are known."""
        return TrackedCache(self.recorder, self._published)

    def _published(self, key: ArticleId) -> str:
        article = self.dossier.articles[key]
        outlet = self.outlet(article.outlet) if article.outlet else ""
        return ", ".join(filter(None, [outlet, self._date(article.published)]))

    @cached_property
    def citation(self) -> TrackedCache[ArticleId, Markup]:
        """The citation of each article: its outlet and date, or the first words of its title where there is no date."""
        return TrackedCache(self.recorder, self._citation)

    def _citation(self, key: ArticleId) -> Markup:
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
        """The name of an outlet in citations."""
        outlet = self.dossier.organizations.get(key)
        return (outlet.cite_as or outlet.name) if outlet else key
