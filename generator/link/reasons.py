"""The reasons that decide whom a name means, in the order in which they apply.

A reason takes a case and the records that are left. It returns those that it keeps, none if the name means nobody, or
None if it does not apply. The first that leaves one record or none decides. The docstring is the rule as curators read
it in `dossier why`: *it* is the name, and *these people* are those who are kept.
"""

from collections.abc import Callable

from generator.link.agreement import agree, same_given
from generator.link.decision import Case, Decision, Step
from generator.link.names import Keys
from generator.link.titles import BEFORE_NOUNS, CALLED_AFTER, CALLED_BEFORE, WOMENS
from generator.model.ids import RecordId

Reason = Callable[[Case, Keys], Keys | None]

# Offices that so few people have that a person whose record does not give them is not meant.
_RARE = frozenset({"president", "senator", "chancellor", "pope", "king", "queen", "congressman"})


def settled(case: Case, left: Keys) -> Keys | None:
    """A curator has settled in the article's `mentions` what these words mean."""
    if case.words not in case.context.settled:
        return None
    key = case.context.settled[case.words]
    return () if key is None else (key,)


def called_after(case: Case, left: Keys) -> Keys | None:
    """It is in the name of a place, building or ship that is called after a person (`Johnson Library`, `Camp Smith`)."""
    is_called = _is_called_after(case) or (
        case.before and case.before[-1][0].isupper() and case.before[-1].casefold() in CALLED_BEFORE
    )
    return () if is_called and _all_people(case, left) else None


def _is_called_after(case: Case) -> bool:
    for word in case.after:
        if word.casefold() in CALLED_AFTER:
            return True
        # A title begins the next name: "asked Barnett President Park agreed".
        if case.vocabulary.classify(word) == "title":
            return False
    return False


def namesake(case: Case, left: Keys) -> Keys | None:
    """A number or suffix follows (`Elizabeth I`, `King III`, `Smith Sr.`): only people whose own names have it can be meant."""
    suffix = case.suffix.lstrip(",")
    if not suffix:
        return None
    if not _all_people(case, left):
        return () if len(suffix) > 1 and suffix.isupper() and not case.after else None
    kept = tuple(key for key in left if (person := case.person(key)) and suffix in person.suffixes)
    # A formal "Frederick Nolting, Jr." may be somebody of whom the record leaves it out.
    if not kept and case.suffix == ",jr":
        kept = tuple(key for key in left if (person := case.person(key)) and not person.suffixes)
    return None if kept and (case.after or kept == left) else kept


def full_name(case: Case, left: Keys) -> Keys | None:
    """It is the full name of one record and of no other (`Ana Lima`)."""
    return left if len(case.name.full) == 1 and not case.is_shouted else None


def forenames(case: Case, left: Keys) -> Keys | None:
    """Forenames or initials are before it: only people who have them can be meant, and if nobody has, it is a stranger.

    `Tom Johnson` is not Lyndon Johnson.
    """
    said = case.beside.forenames
    if not said or case.name.full or not _any_people(case, left) or (case.is_part and case.after):
        return None
    kept = tuple(key for key in left if _has_forenames(case, key))
    if kept or _all_people(case, left):
        return kept
    return None


def goes_on(case: Case, left: Keys) -> Keys | None:
    """The name goes on after it, with a given name of these people (`Kim Chong-pil`), or as somebody else's name (`Kim Novak`)."""
    if not case.after or case.name.full or not _any_people(case, left):
        return None
    fits = {key: given_after(case, key) for key in left}
    best = max(fits.values())
    if best[1]:
        return tuple(key for key in left if fits[key] == best)
    if not _all_people(case, left):
        return None
    sort = case.vocabulary.classify(case.after[0])
    if sort in ("name", "forename", "initials") or ("-" in case.after[0] and case.after[0][-1].islower()):
        return ()
    if case.is_part and not (case.beside.title or case.beside.courtesy):
        return ()
    return None


def courtesy(case: Case, left: Keys) -> Keys | None:
    """A courtesy title is before it that fits these people: one for a woman or a man (`Mrs. Lima`), or `Dear` before a forename."""
    if not case.beside.courtesy or case.name.full:
        return None
    if case.beside.courtesy == "dear":
        return _addressed(case, left)
    women = case.beside.courtesy in WOMENS
    # Mrs. Nhu may be somebody of whose full name "Nhu" is a part.
    possible = (*left, *case.name.part) if women and case.name.short else left
    kept = tuple(key for key in possible if (person := case.person(key)) and person.is_woman == women)
    if not kept and women and case.words in case.model.men:
        return ()
    return kept or None


def _addressed(case: Case, left: Keys) -> Keys | None:
    """Whom a letter addresses: by a short form, or by a forename that is somebody else's short form."""
    named = tuple(key for key in (*left, *case.name.part) if key in case.context.present)
    return named if case.name.short and named and not set(named).intersection(left) else None


def office(case: Case, left: Keys) -> Keys | None:
    """A title is before it, and the records of these people give that office (`Secretary Rusk`)."""
    title = case.beside.title
    for begin in range(len(title)):
        fits = {key: person.holds(title[begin:]) for key in left if (person := case.person(key))}
        best = max(fits.values(), default=0)
        if best:
            return tuple(key for key in left if fits.get(key) == best)
    return None


def other_office(case: Case, left: Keys) -> Keys | None:
    """A title that few people have is before it (`President Lima`), and all of these people's records give other offices."""
    title = case.beside.title
    if not title or title[-1] not in _RARE or case.name.full:
        return None
    people = [person for key in left if (person := case.person(key)) and person.offices]
    return () if len(people) == len(left) and not case.context.in_full.intersection(left) else None


def stranger(case: Case, left: Keys) -> Keys | None:
    """The text gives this name to a stranger (`Rosa Lima`), and names none of these people in full or with their title."""
    if case.beside.title or case.beside.courtesy:
        return None
    if case.index not in case.context.strangers:
        return None
    named = case.context.in_full.union(case.context.meant_beside.get(case.index, ()))
    return None if named.intersection(left) else ()


def mostly_strangers(case: Case, left: Keys) -> Keys | None:
    """The dossier's articles mostly give this name to strangers (`Johnson`, where few articles mean yours).

    And this text names none of these people in full or with their title.
    """
    if case.words not in case.model.strangers or not _all_people(case, left):
        return None
    named = case.context.in_full.union(case.context.meant_beside.get(case.index, ()))
    return None if named.intersection(left) else ()


def ordinary_word(case: Case, left: Keys) -> Keys | None:
    """It may be an ordinary word here (`Can we`, `THE MEN WHO LEFT`, `der Richter`), and nothing else in the text names them."""
    if case.is_shouted:
        return None if case.context.named_otherwise.intersection(left) else ()
    # A paragraph by itself is no sentence, but what a letter or telegram is signed with.
    is_noun = bool(case.before) and case.before[-1].casefold() in BEFORE_NOUNS
    if (
        not (case.is_weak_capital or is_noun)
        or case.is_paragraph
        or case.name.full
        or not _all_people(case, left)
    ):
        return None
    if case.beside.title or case.beside.courtesy:
        return None
    is_ordinary = is_noun or case.words.casefold() in case.vocabulary.ordinary
    return () if is_ordinary and not case.context.named_otherwise.intersection(left) else None


def misspelt(case: Case, left: Keys) -> Keys | None:
    """It is one letter away from this person's family name, which the articles misspell so elsewhere.

    There it follows the person's forenames or office (`Dean Rask` for Dean Rusk).
    """
    return left if case.index in case.misspelt else None


def only_one(case: Case, left: Keys) -> Keys | None:
    """Only one record has this short form (`Rusk`), or only one is left."""
    return left if len(left) == 1 and not case.is_part else None


def meant_in_text(case: Case, left: Keys) -> Keys | None:
    """The same words mean one of them elsewhere in the text.

    That is at the last mention before, or wherever the words beside the name decide (`Mayor Lima` … `Lima`).
    """
    if case.is_part or not case.follow:
        return None
    latest = case.context.latest.get(case.index)
    if latest in left:
        return (latest,)
    meant_beside = case.context.meant_beside.get(case.index, set()).intersection(left)
    return tuple(meant_beside) if len(meant_beside) == 1 else None


def named_in_full(case: Case, left: Keys) -> Keys | None:
    """The text or its title names them in full (`Ana Lima` … `Lima`)."""
    if case.is_part:
        return None
    return tuple(key for key in left if key in case.context.in_full) or None


def active(case: Case, left: Keys) -> Keys | None:
    """They held a position when the text was written, by the dates of their `positions` (`from: 2018`, `to: 2020`)."""
    date = case.context.date
    if date is None or case.is_part:
        return None
    return tuple(key for key in left if (person := case.person(key)) and person.is_active(date)) or None


def company(case: Case, left: Keys) -> Keys | None:
    """Other articles name one of them far more often together with those whom this text names (`Lima` beside `Rui Costa`)."""
    if not case.follow:
        return None
    return case.company.closest(left, case.context.present, case.article) or None


def called_so(case: Case, left: Keys) -> Keys | None:
    """It is a word of this person's full name by which the articles call them (`Thanom` for Thanom Kittikachorn)."""
    if not case.is_part:
        return None
    return tuple(key for key in left if (case.words, key) in case.model.called) or None


def signed(case: Case, left: Keys) -> Keys | None:
    """It is a word of a full name, and is a paragraph by itself, as under a letter, or follows `Dear` (`Dear Ana`)."""
    if case.is_part and (case.is_paragraph or case.beside.courtesy == "dear"):
        return tuple(key for key in left if key in case.context.present) or (left if len(left) == 1 else None)
    return None


def named_here(case: Case, left: Keys) -> Keys | None:
    """It is a word of the full name of somebody whom the text names by more than that word (`Ana Lima` … `Ana`)."""
    if not case.is_part or case.words.casefold() in case.vocabulary.ordinary or case.beside.title:
        return None
    return tuple(key for key in left if key in case.context.present) or None


def not_enough(case: Case, left: Keys) -> Keys | None:
    """A word of a full name is not enough to mean a person (`Ana`, where nothing else in the text points to Ana Lima)."""
    return () if case.is_part else None


REASONS: tuple[Reason, ...] = (
    settled,
    called_after,
    namesake,
    full_name,
    forenames,
    goes_on,
    courtesy,
    office,
    other_office,
    stranger,
    mostly_strangers,
    called_so,
    ordinary_word,
    misspelt,
    only_one,
    meant_in_text,
    named_in_full,
    active,
    signed,
    named_here,
    not_enough,
    company,
)
# These decide by the words beside the name, so that the decision holds for the rest of the text.
BESIDE: frozenset[Reason] = frozenset({forenames, goes_on, office})
# These leave a name to a stranger who is named elsewhere; the site lists such names.
STRANGERS: frozenset[Reason] = frozenset({stranger, mostly_strangers})


def decide(case: Case) -> tuple[Keys, Reason | None]:
    """Whom a case's name may mean, and the reason that decided."""
    left = case.name.possible
    for reason in REASONS:
        kept = reason(case, left)
        if kept is None:
            continue
        left = kept
        if not kept or (len(kept) == 1 and not (case.is_part and reason is courtesy)):
            return kept, reason
    return left, None


def explain(case: Case) -> Decision:
    """The same decision, with every reason that applied."""
    left = case.name.possible
    steps = []
    for reason in REASONS:
        kept = reason(case, left)
        if kept is None:
            continue
        left = kept
        steps.append(Step(reason.__name__, kept))
        if not kept or (len(kept) == 1 and not (case.is_part and reason is courtesy)):
            break
    return Decision(case, left, tuple(steps))


def _has_forenames(case: Case, key: RecordId) -> bool:
    person = case.person(key)
    known = person.beside(case.words) if person else ()
    # Forenames and a middle name are not yet a name: the family name must be among the words.
    return any(
        agree(case.beside.forenames, before)
        for before, after in known
        if before and not (case.is_part and after)
    )


def given_after(case: Case, key: RecordId) -> tuple[float, int]:
    """How like a person's given name the words after a name are, and how many of them are it."""
    person = case.person(key)
    known = person.beside(case.words) if person else ()
    return max((same_given(case.after, after) for _, after in known if after), default=(0.0, 0))


def _all_people(case: Case, left: Keys) -> bool:
    return all(key in case.people for key in left)


def _any_people(case: Case, left: Keys) -> bool:
    return any(key in case.people for key in left)
