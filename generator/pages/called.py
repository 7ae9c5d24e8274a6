"""What records and articles are called: found once for each, however many pages name it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from markupsafe import Markup

from generator.model.dossier import Dossier
from generator.model.ids import ArticleId, OrganizationId, RecordId
from generator.pages import languages
from generator.pages.words import date_words
from generator.words import Words

# Words of a title that stand for an article without outlet and date.
_TITLE_WORDS = 5

Key = TypeVar("Key")
Value = TypeVar("Value")


class AsAsked(dict[Key, Value]):
    """What is made of each key when it is first asked for."""

    def __init__(self, make: Callable[[Key], Value]) -> None:
        self._make = make

    def __missing__(self, key: Key) -> Value:
        found = self[key] = self._make(key)
        return found


@dataclass(frozen=True)
class Called:
    """What pages call the records of a dossier; no more than the dossier's names, titles and sources."""

    dossier: Dossier
    words: Words

    @cached_property
    def labels(self) -> Mapping[RecordId, Markup]:
        """What each record is called, as of its language."""
        return AsAsked(lambda key: languages.label(self.dossier, self.dossier.records[key]))

    @cached_property
    def printed(self) -> Mapping[tuple[RecordId, str], Markup]:
        """A record's name as some text has it, as of its language."""
        return AsAsked(lambda asked: self._printed(*asked))

    def _printed(self, key: RecordId, words: str) -> Markup:
        return languages.marked(words, languages.of_name(self.dossier.records[key], words))

    @cached_property
    def listed_as(self) -> Mapping[ArticleId, str]:
        """Where and when each article was published, as far as it is known."""
        return AsAsked(self._listed_as)

    def _listed_as(self, key: ArticleId) -> str:
        article = self.dossier.articles[key]
        outlet = self.outlet(article.outlet) if article.outlet else ""
        return ", ".join(filter(None, [outlet, date_words(self.words, article.published)]))

    @cached_property
    def cited_as(self) -> Mapping[ArticleId, str]:
        """Each article in a few words: its outlet and date, or what is known of them."""
        return AsAsked(self._cited_as)

    def _cited_as(self, key: ArticleId) -> str:
        article = self.dossier.articles[key]
        date = date_words(self.words, article.published, short=True)
        outlet = self.outlet(article.outlet) if article.outlet else ""
        if outlet and date:
            return f"{outlet}, {date}"
        if date:
            return self.words("sources.dated", date=date)
        words = article.title.split()
        title = " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")
        quoted = self.words("signs.quoted", text=title)
        return f"{outlet}, {quoted}" if outlet else quoted

    def outlet(self, key: OrganizationId) -> str:
        """An outlet as citations call it."""
        outlet = self.dossier.organizations.get(key)
        return (outlet.cite_as or outlet.name) if outlet else key
