"""Rules: what can be wrong with a dossier that could be read."""

from collections.abc import Callable, Iterator

from generator.check.dates import DATE_RULES
from generator.check.evidence import EVIDENCE_RULES
from generator.check.hierarchy import HIERARCHY_RULES
from generator.check.language import LANGUAGE_RULES
from generator.check.lock import LOCK_RULES, ORIGINAL_RULES
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
    *ORIGINAL_RULES,
    *DATE_RULES,
    *TERM_RULES,
    *HIERARCHY_RULES,
    *NAME_RULES,
    *PROSE_RULES,
    *LANGUAGE_RULES,
)


# Rules that a single unreadable file would make find fault with everything else.
_FOLLOWING = frozenset(
    {"unknown-reference", "absent-mention", "lock-stale", "reference-changed", "unverified", "orphan"}
)


def check(dossier: Dossier, mentioned: frozenset[RecordId], *, with_lock: bool = True) -> Iterator[Problem]:
    """All problems of a dossier, in no order.

    `mentioned` are the records that some article or prose speaks of by name. Without the lock, what a
    renewal of it settles is passed over.
    """
    rules = (*RULES, *LOCK_RULES) if with_lock else RULES
    found = (problem for rule in rules for problem in rule(dossier))
    if dossier.is_partial:
        # What a file that cannot be read would have held is not missing, nor is what it leads to.
        yield from (problem for problem in found if problem.rule not in _FOLLOWING)
        return
    yield from found
    yield from orphans(dossier, mentioned)
