"""Checking again what may have come out otherwise since the run before."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.check import check_each, check_jointly, check_names
from generator.check.copies import Sketches, sketches_of, update_sketches
from generator.check.prose import summaries_count_alike
from generator.link import LinkedText, Links
from generator.model import slices
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.ids import ArticleId, RecordId
from generator.state import lazy
from generator.state.traces import ALL, KEYS, Dependency
from generator.support import processes
from generator.support.problems import Problem
from generator.support.progress import Tell, counted, silent

# Records that a process is given at a time.
_PART = 400


@dataclass(frozen=True)
class CheckState:
    """What is wrong with each record by itself, as far as something is, and with all of them together.

    Attributes:
        names: What is wrong with the names of all together.
        sketches: By which articles are known that may be copies of each other.
    """

    own: dict[RecordId, tuple[Problem, ...]] = field(default_factory=dict)
    joint: tuple[Problem, ...] = ()
    names: tuple[Problem, ...] = ()
    sketches: Sketches = field(default_factory=dict)

    @property
    def problems(self) -> Iterator[Problem]:
        """All of it."""
        yield from self.joint
        yield from self.names
        for found in self.own.values():
            yield from found


def check_all(dossier: Dossier, links: Links, tell: Tell = silent) -> CheckState:
    """Checks every record."""
    sketches = sketches_of(dossier.articles.values())
    own = _own(dossier, list(dossier.records), sketches, tell)
    joint = tuple(check_jointly(dossier, links.mentioned))
    return CheckState(own, joint, tuple(check_names(dossier)), sketches)


def check_again(
    before: CheckState, differing: set[Dependency], old: tuple[Dossier, Links], new: tuple[Dossier, Links]
) -> CheckState:
    """Checks those records that differ and those that refer to one that does.

    Args:
        differing: What differs of records and of where they stand.
    """
    dossier, links = new
    changed = {
        RecordId(str(key[0] if isinstance(key, tuple) else key))
        for _, key in differing
        if key not in (ALL, KEYS)
    }
    # Of a text nothing is referred to but paragraphs of bodies.
    what = {name for name, _ in differing}
    are_texts = what <= slices.OF_TEXTS
    stale = changed | set(_citing(changed, *old)) | set(_citing(changed, *new))
    if not are_texts:
        stale |= set(_referring(changed, old, new))
    texts = [
        [article for key in changed if (article := one.articles.get(ArticleId(key)))]
        for one in (old[0], dossier)
    ]
    sketches, near = update_sketches(before.sketches, *texts)
    stale |= near
    own = {key: found for key, found in before.own.items() if key not in stale}
    own |= _own(dossier, [key for key in sorted(stale) if key in dossier.records], sketches)
    # What was verified on originals is reported together.
    verified = any(one.originals or (one.lock and one.lock.articles) for one in (old[0], dossier))
    holds = what <= {*slices.OF_TEXTS, slices.NAMES} and not verified
    holds = holds and _joint_problems_hold((*before.joint, *before.names), differing, old, new)
    joint = before.joint if holds else tuple(check_jointly(dossier, links.mentioned))
    names = before.names if holds and are_texts else tuple(check_names(dossier))
    return CheckState(own, joint, names, sketches)


def _joint_problems_hold(
    joint: Iterable[Problem],
    differing: set[Dependency],
    old: tuple[Dossier, Links],
    new: tuple[Dossier, Links],
) -> bool:
    """Whether what is wrong with all records together is what was, where some differ only in texts and names."""
    if not _speak_of_the_same(old[1], new[1]):
        return False
    keys = {
        RecordId(str(key)) for name, key in differing if name not in slices.OF_BODY and key not in (ALL, KEYS)
    }
    summaries = [(old[0].records[key], new[0].records[key]) for key in keys]
    language = new[0].settings.language
    if not all(summaries_count_alike(was, now, language) for was, now in summaries):
        return False
    # What stands or stood in these files may stand elsewhere now, and problems of other records may name that place.
    files = {dossier.sources[key].file for dossier, _ in (old, new) for key in keys}
    return not any(file in text for text in map(str, joint) for file in files)


def _own(
    dossier: Dossier, keys: list[RecordId], sketches: Sketches, tell: Tell = silent
) -> dict[RecordId, tuple[Problem, ...]]:
    parts = [keys[at : at + _PART] for at in range(0, len(keys), _PART)]

    def of_part(part: list[RecordId]) -> Mapping[RecordId, tuple[Problem, ...]]:
        return check_each(dossier, part, sketches)

    found: dict[RecordId, tuple[Problem, ...]] = {}
    with processes.parallel_map(of_part, parts, processes.available()) as results:
        sized = counted(zip(parts, results, strict=True), len(keys), "Checked {} of {} records", tell, _size)
        for _, some in sized:
            found |= some
    return found


def _size(part: tuple[list[RecordId], object]) -> int:
    return len(part[0])


def _speak_of_the_same(old: Links, new: Links) -> bool:
    """Whether the same records are named in some body or another record's prose."""
    keys = lazy.differing(old.mentioned_in, new.mentioned_in)
    if any((key in old.mentioned_in) != (key in new.mentioned_in) for key in keys):
        return False
    places = lazy.differing(old.prose, new.prose)
    return all(_named_in(old.prose.get(place, ())) == _named_in(new.prose.get(place, ())) for place in places)


def _named_in(prose: LinkedText) -> set[RecordId | None]:
    return {run.record for runs in prose for run in runs}


def _citing(changed: Collection[RecordId], dossier: Dossier, links: Links) -> Iterator[RecordId]:
    """The records that some articles back, or that cite them in their prose."""
    for key in changed:
        article = dossier.articles.get(ArticleId(key))
        for number in range(1, article.length + 1 if article else 1):
            yield from (entry.record for entry in links.backing.get((ArticleId(key), number), ()))


def _referring(
    changed: Collection[RecordId], old: tuple[Dossier, Links], new: tuple[Dossier, Links]
) -> Iterator[RecordId]:
    """The records that refer to some records, or link them in their prose, or did; apart from these themselves."""
    for _, links in (old, new):
        for key in changed:
            yield from (link.source for link in links.backlinks.get(key, ()))
    prose = new[1].prose
    places = lazy.differing(old[1].prose, prose)
    for (owner, _), paragraphs in (*prose.items(), *((at, old[1].prose.get(at, ())) for at in places)):
        if any(run.record in changed for runs in paragraphs for run in runs):
            yield owner
    # An article that referred to them before and does not now is one of these itself.
    yield from (article.id for article in new[0].articles.values() if _named(article, changed))


def _named(article: Article, keys: Iterable[RecordId]) -> bool:
    return not ({*article.authors, *article.mentions.values()}.isdisjoint(keys))
