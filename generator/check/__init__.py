"""Rules: what can be wrong with a dossier that could be read."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial

from generator.check.bodies import BODY_RULES
from generator.check.copies import Sketches, copies, sketches_of
from generator.check.dates import DATE_RULES
from generator.check.evidence import EVIDENCE_RULES, FILE_RULES
from generator.check.headlines import HEADLINE_RULES
from generator.check.hierarchy import HIERARCHY_RULES
from generator.check.language import LANGUAGE_RULES, TAG_RULES
from generator.check.lock import LOCK_RULES, ORIGINAL_RULES
from generator.check.markup import MARKUP_RULES
from generator.check.moved import moved_paragraphs, unrecorded_paragraphs
from generator.check.names import NAME_RULES
from generator.check.orphans import orphans
from generator.check.prose import PROSE_RULES, SUMMARY_RULES
from generator.check.references import REFERENCE_RULES
from generator.check.some import only
from generator.check.terms import TERM_RULES
from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.problems import Problem

__all__ = ["RULES", "check", "check_each", "check_jointly"]

Rule = Callable[[Dossier], Iterator[Problem]]
# Rules that look at each record by itself, at what it refers to and cites, and at nothing else.
OWN_RULES: tuple[Rule, ...] = (
    *REFERENCE_RULES,
    *EVIDENCE_RULES,
    moved_paragraphs,
    *DATE_RULES,
    *TERM_RULES,
    *PROSE_RULES,
    *BODY_RULES,
    *MARKUP_RULES,
    *HEADLINE_RULES,
    *TAG_RULES,
)
# Such as a renewal of the lock settles.
OWN_LOCK_RULES: tuple[Rule, ...] = (unrecorded_paragraphs,)
# Rules that look at all records together, or at files beside the seeds.
JOINT_RULES: tuple[Rule, ...] = (
    *FILE_RULES,
    *ORIGINAL_RULES,
    *HIERARCHY_RULES,
    *NAME_RULES,
    *SUMMARY_RULES,
    *LANGUAGE_RULES,
)
RULES = (*OWN_RULES, *JOINT_RULES)


# Rules that a single unreadable file would make find fault with everything else.
_FOLLOWING = frozenset(
    {
        "unknown-reference",
        "absent-mention",
        "lock-stale",
        "reference-changed",
        "unverified",
        "unrecorded",
        "orphan",
    }
)


def check(dossier: Dossier, mentioned: frozenset[RecordId], *, with_lock: bool = True) -> Iterator[Problem]:
    """All problems of a dossier, in no order.

    `mentioned` are the records that some article or prose speaks of by name. Without the lock, what a
    renewal of it settles is passed over.
    """
    rules = (*RULES, *OWN_LOCK_RULES, *LOCK_RULES) if with_lock else RULES
    yield from copies(dossier, sketches_of(dossier.articles.values()))
    found = (problem for rule in rules for problem in rule(dossier))
    if dossier.is_partial:
        # What a file that cannot be read would have held is not missing, nor is what it leads to.
        yield from (problem for problem in found if problem.rule not in _FOLLOWING)
        return
    yield from found
    yield from orphans(dossier, mentioned)


def check_each(
    dossier: Dossier, keys: Collection[RecordId], sketches: Sketches
) -> Mapping[RecordId, tuple[Problem, ...]]:
    """What is wrong with each of some records of a dossier that could be read as a whole, where something is.

    What is wrong with `dossier.yml` is among it each time. Not more than a part of what `check` finds, which
    suggests fewer ids: where there are errors, it is `check` that tells them.
    """
    rules: tuple[Rule, ...] = (*OWN_RULES, *OWN_LOCK_RULES, partial(copies, sketches=sketches))
    together = only(dossier, keys)
    # Most rules find nothing. To ask those for each record would take three times as long as all the rest.
    finding = [rule for rule in rules if any(True for _ in rule(together))]
    if not finding:
        return {}
    each = ((key, only(dossier, [key])) for key in keys)
    found = ((key, tuple(problem for rule in finding for problem in rule(one))) for key, one in each)
    return {key: problems for key, problems in found if problems}


def check_jointly(dossier: Dossier, mentioned: frozenset[RecordId]) -> Iterator[Problem]:
    """What is wrong with the records of a dossier that could be read as a whole, looked at together."""
    for rule in (*JOINT_RULES, *LOCK_RULES):
        yield from rule(dossier)
    yield from orphans(dossier, mentioned)
