"""The company that people keep: who is named in the same articles."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from generator.model.ids import RecordId

# So much more must speak for one than for the next.
_CLEARLY = 3.0
# Less than that is chance.
_LEAST = 1.0


class Company:
    """In which articles each record is surely named.

    Attributes:
        asked: The records of which somebody asked it.
    """

    def __init__(self) -> None:
        self.asked: set[RecordId] = set()
        self._named: list[tuple[RecordId, ...]] = []

    def add(self, named: Iterable[RecordId]) -> None:
        """Notes whom the next article names."""
        self._named.append(tuple(named))

    @cached_property
    def _articles(self) -> Mapping[RecordId, set[int]]:
        """The same by record; not made before somebody asks."""
        articles: dict[RecordId, set[int]] = defaultdict(set)
        for article, named in enumerate(self._named):
            for key in named:
                articles[key].add(article)
        return dict(articles)

    def closest(
        self, possible: tuple[RecordId, ...], present: Iterable[RecordId], article: int
    ) -> tuple[RecordId, ...]:
        """The one of those who may be meant that elsewhere is named far more often beside those who are present.

        Each that is present counts by the share of its other articles that name the one in question too.
        """
        self.asked.update(possible, present)
        scores = []
        for key in possible:
            mine = self._articles.get(key, set()) - {article}
            score = 0.0
            for other in present:
                theirs = self._articles.get(other, set()) - {article}
                if theirs and other not in possible:
                    score += len(mine & theirs) / len(theirs)
            scores.append((score, key))
        scores.sort(reverse=True)
        (best, key), (second, _) = scores[0], scores[1]
        return (key,) if best >= _LEAST and best >= _CLEARLY * second else ()
