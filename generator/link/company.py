"""The company that people keep: who is named in the same articles."""

from collections.abc import Iterable, Mapping

from generator.model.ids import ArticleId, RecordId

# So much more must speak for one than for the next.
_CLEARLY = 3.0
# Less than that is chance.
_LEAST = 1.0


class Company:
    """In which articles each record is surely named.

    Args:
        articles: These, by record.

    Attributes:
        lookups: The records of which somebody asked it.
    """

    def __init__(self, articles: Mapping[RecordId, frozenset[ArticleId]] | None = None) -> None:
        self.lookups: set[RecordId] = set()
        self._articles = articles or {}

    def closest(
        self, possible: tuple[RecordId, ...], present: Iterable[RecordId], article: ArticleId | None
    ) -> tuple[RecordId, ...]:
        """The one of those who may be meant that elsewhere is named far more often beside those who are present.

        Each that is present counts by the share of its other articles that name the one in question too.
        """
        self.lookups.update(possible, present)
        scores = []
        for key in possible:
            mine = self._articles.get(key, frozenset()) - {article}
            score = 0.0
            for other in present:
                theirs = self._articles.get(other, frozenset()) - {article}
                if theirs and other not in possible:
                    score += len(mine & theirs) / len(theirs)
            scores.append((score, key))
        scores.sort(reverse=True)
        (best, key), (second, _) = scores[0], scores[1]
        return (key,) if best >= _LEAST and best >= _CLEARLY * second else ()
