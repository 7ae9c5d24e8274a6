"""Rules: what can be wrong with a dossier that could be read."""

from collections.abc import Callable, Iterator

from generator.check.dates import DATE_RULES
from generator.check.evidence import EVIDENCE_RULES
from generator.check.hierarchy import HIERARCHY_RULES
from generator.check.names import NAME_RULES
from generator.check.orphans import orphans
from generator.check.prose import PROSE_RULES
from generator.check.references import REFERENCE_RULES
from generator.check.terms import TERM_RULES
from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.problems import Problem

__all__ = ["RULES", "check"]

Rule = Callable[[Dossier], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
    *REFERENCE_RULES,
    *EVIDENCE_RULES,
    *DATE_RULES,
    *TERM_RULES,
    *HIERARCHY_RULES,
    *NAME_RULES,
    *PROSE_RULES,
)


def check(dossier: Dossier, mentioned: frozenset[RecordId]) -> Iterator[Problem]:
    """All problems of a dossier, in no order.

    `mentioned` are the records that some article or prose speaks of by name.
    """
    for rule in RULES:
        yield from rule(dossier)
    yield from orphans(dossier, mentioned)
