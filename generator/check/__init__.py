"""The rules for a dossier that could be read."""

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
from generator.check.names import FORMER_ID_RULES, NAME_RULES
from generator.check.orphans import orphans
from generator.check.prose import PROSE_RULES, SUMMARY_RULES
from generator.check.references import REFERENCE_RULES
from generator.check.some import restricted
from generator.check.terms import TERM_RULES
from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.support.problems import Problem

__all__ = ["RULES", "check", "check_each", "check_jointly", "check_names"]

Rule = Callable[[Dossier], Iterator[Problem]]
# Rules for one record, which depend only on it and on what it refers to and cites.
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
# Those whose problems are settled by renewing the lock.
OWN_LOCK_RULES: tuple[Rule, ...] = (unrecorded_paragraphs,)
# Rules for all records together, or for files beside the seeds. Those of names are apart, since most changes of names
# can make only these find something else.
JOINT_RULES: tuple[Rule, ...] = (
    *FILE_RULES,
    *ORIGINAL_RULES,
    *HIERARCHY_RULES,
    *FORMER_ID_RULES,
    *SUMMARY_RULES,
    *LANGUAGE_RULES,
)
RULES = (*OWN_RULES, *JOINT_RULES, *NAME_RULES)


# Rules that one unreadable file would make report everything that refers to it.
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
        # The records of an unreadable file are not missing, nor is what only they lead to.
        yield from (problem for problem in found if problem.rule not in _FOLLOWING)
        return
    yield from found
    yield from orphans(dossier, mentioned)


def check_each(
    dossier: Dossier, keys: Collection[RecordId], sketches: Sketches
) -> Mapping[RecordId, tuple[Problem, ...]]:
    """The problems of some records, those of `dossier.yml` included each time, in a dossier that could be read as a whole.

    Only `check` limits how many ids it suggests, so where there are errors the caller reports those of `check`.
    """
    rules: tuple[Rule, ...] = (*OWN_RULES, *OWN_LOCK_RULES, partial(copies, sketches=sketches))
    together = restricted(dossier, keys)
    # Most rules find nothing. Running them for each record would take three times as long as all else.
    finding = [rule for rule in rules if any(True for _ in rule(together))]
    if not finding:
        return {}
    each = ((key, restricted(dossier, [key])) for key in keys)
    found = ((key, tuple(problem for rule in finding for problem in rule(one))) for key, one in each)
    return {key: problems for key, problems in found if problems}


def check_jointly(dossier: Dossier, mentioned: frozenset[RecordId]) -> Iterator[Problem]:
    """The problems of all records together but for their names, in a dossier that could be read as a whole."""
    for rule in (*JOINT_RULES, *LOCK_RULES):
        yield from rule(dossier)
    yield from orphans(dossier, mentioned)


def check_names(dossier: Dossier) -> Iterator[Problem]:
    """The problems of the names of all records, which depend on the heads and names of records alone."""
    for rule in NAME_RULES:
        yield from rule(dossier)
