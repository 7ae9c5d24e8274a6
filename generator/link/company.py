"""Company: the records that are named in the same articles."""

from collections.abc import Iterable, Mapping

from generator.model.ids import ArticleId, RecordId

# The best score must be at least so many times the second.
_CLEARLY = 3.0
# A lower score is chance.
_LEAST = 1.0


class Company:
    """Scores records by the articles that they share with others.

    Args:
        articles: The articles in which each record is surely named.

    Attributes:
        lookups: The records whose articles were looked up.
    """

    def __init__(self, articles: Mapping[RecordId, frozenset[ArticleId]] | None = None) -> None:
        self.lookups: set[RecordId] = set()
        self._articles = articles or {}

    def closest(
        self, possible: tuple[RecordId, ...], present: Iterable[RecordId], article: ArticleId | None
    ) -> tuple[RecordId, ...]:
        """The one of the possible records that is named far more often beside the present ones, in other articles.

        Each present record counts by the share of its other articles that name the possible one too.
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
