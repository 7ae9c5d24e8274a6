"""Maps offsets in an article's joined text to its paragraphs."""

from bisect import bisect_right
from itertools import accumulate

from generator.model.article import Article, Paragraph

# Separates paragraphs in the joined text; no name and no text holds it.
PARTING = "\0"


class Places:
    """Where in an article's body an offset of its joined paragraphs is."""

    def __init__(self, article: Article) -> None:
        self._paragraphs = article.paragraphs
        texts = (len(paragraph.text) + len(PARTING) for paragraph in article.paragraphs)
        self._starts = list(accumulate(texts, initial=len(article.title) + len(PARTING)))

    def locate(self, start: int, end: int) -> tuple[Paragraph, int, int]:
        """The paragraph of a span, and the span in its text."""
        paragraph, begin, _ = self.around(start)
        return paragraph, start - begin, end - begin

    def around(self, place: int) -> tuple[Paragraph, int, int]:
        """The paragraph in which an offset is, and where in the joined paragraphs it begins and the next one does."""
        at = bisect_right(self._starts, place) - 1
        return self._paragraphs[at], self._starts[at], self._starts[at + 1]
