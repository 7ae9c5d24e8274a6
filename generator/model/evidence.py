"""Evidence: the paragraphs that back a statement, and the words that must occur in them.

In the terms of the W3C Web Annotation model, a locator is a FragmentSelector, refined by a quote
as its TextQuoteSelector (https://www.w3.org/TR/annotation-model/).
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

from generator.model.ids import ID_PATTERN, ArticleId, RecordId

LOCATOR_PATTERN = rf"({ID_PATTERN})#p(\d{{1,6}})(?:-(\d{{1,6}}))?"
_LOCATOR = re.compile(LOCATOR_PATTERN)
# A curator who quotes more writes the first and the last words.
MAX_QUOTE = 2_000
# An omission in a quote: an ellipsis or three full stops, also spaced, also in brackets.
_DOTS = r"(?:…|\.(?:[ \u00a0]?\.){2,})"
_LEFT_OUT = re.compile(rf"\[ ?{_DOTS} ?\]|\( ?{_DOTS} ?\)|{_DOTS}")


@dataclass(frozen=True, order=True)
class Locator:
    """One paragraph of an article or a run of them: numbers from 1, both ends inclusive."""

    article: ArticleId
    first: int
    last: int

    @classmethod
    def parse(cls, text: str) -> "Locator":
        """The locator that is written `article-id#p5` or `article-id#p5-6`.

        Raises:
            ValueError: if the text has another form, or its numbers begin with 0 or run backwards.
        """
        match = _LOCATOR.fullmatch(text)
        if not match:
            raise ValueError(
                f"{text!r} is not a reference to a paragraph: write article-id#p5 or article-id#p5-6"
            )
        first = int(match[2])
        last = int(match[3] or first)
        if first < 1 or last < first:
            raise ValueError(f"{text!r} is not a run of paragraphs: they count from 1 upwards")
        return cls(ArticleId(RecordId(match[1])), first, last)

    @property
    def numbers(self) -> range:
        """The numbers of the paragraphs."""
        return range(self.first, self.last + 1)

    @property
    def fragment(self) -> str:
        """The anchor of the first paragraph on the article's page."""
        return f"p{self.first}"

    @property
    def span(self) -> str:
        """The numbers as written: `5` or `5-6`."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def __str__(self) -> str:
        return f"{self.article}#p{self.span}"


def _locator(value: Any) -> Any:
    return Locator.parse(value) if isinstance(value, str) else value


def _short(quote: str) -> str:
    if len(quote) > MAX_QUOTE:
        raise ValueError(f"is longer than {MAX_QUOTE} characters")
    return quote


class Evidence(BaseModel):
    """A locator and the words quoted from it: a whole passage, or its first and last words around an ellipsis."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    at: Annotated[Locator, BeforeValidator(_locator)]
    quote: Annotated[str, AfterValidator(_short)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"at": value} if isinstance(value, str) else value

    @property
    def quote_parts(self) -> tuple[str, ...]:
        """The parts of the quote between omissions, which must follow each other."""
        return parts_of_quote(self.quote or "")


def parts_of_quote(quote: str) -> tuple[str, ...]:
    """The parts of a quote between omissions, which must follow each other."""
    return tuple(part.strip() for part in _LEFT_OUT.split(quote) if part.strip())
