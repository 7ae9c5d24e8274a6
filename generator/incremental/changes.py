"""What differs between two runs, as the values that a piece of work may have read."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from itertools import zip_longest
from typing import Any, NamedTuple

from generator.edition import Edition
from generator.edition.article_counts import NO_ARTICLES, ArticleCounts, count_articles
from generator.edition.chronology import by_publication
from generator.edition.coverage import MENTIONED_ON, mentioned_on, named_in, printed, times_mentioned
from generator.edition.derived import names_of_derived
from generator.edition.ties import TIES_OF, Pair, actors_in, by_paragraph, changed_weights, people_in
from generator.incremental.kept import KeptRun
from generator.link import Links, Mention
from generator.load.dossier import SeedFile
from generator.model import slices
from generator.model.article import Article
from generator.model.claims import Statement
from generator.model.dossier import Dossier
from generator.model.happenings import Event
from generator.model.ids import ArticleId, RecordId
from generator.pages.across import report
from generator.state import lazy
from generator.state.lazy import LazyMapping, with_others
from generator.state.traces import ALL, KEYS, Dependency

# Of what is derived of mentions, what is made key by key, and of which of them.
_OF_MENTIONS = {
    "named": "mentions",
    "times_mentioned": "mentioned_in",
    "printed": "mentioned_in",
    "_articles": "mentioned_in",
}
# How much records share, and what of that is found in an article.
_WEIGHTS: Mapping[str, Callable[[Dossier, Iterable[Mention]], Counter[Pair]]] = {
    "weights": actors_in,
    "people_at": people_in,
}
# What is made of all that actors share.
_OF_TIES = ("number_of_ties", "network", "drawn_ties")
# What is made of how long articles are.
_OF_LENGTHS = (*report.MADE, "lengths")


class ReusedValues(NamedTuple):
    """Derived values that need not be derived again.

    Attributes:
        values: By name, read when they are asked for.
        updated: The names of those that may be others than in the run before.
    """

    values: Mapping[str, Any]
    updated: Set[str]


NOTHING = ReusedValues({}, frozenset())


def known_again(
    before: KeptRun, new: tuple[Dossier, Links], differing: set[Dependency], *, same_history: bool
) -> "ReusedValues":
    """The derived values of the run before that hold, or that are updated by a key or two; none where all may differ."""
    if not are_texts(differing):
        return NOTHING
    names = {name for name, _ in differing}
    names_held: list[str] = []
    updated: dict[str, Any] = {}
    for name in before.derived:
        if name in _OF_LENGTHS and slices.LENGTH in names:
            continue
        if (name == "revisions" and not same_history) or (name in _OF_TIES and _share_otherwise(differing)):
            continue
        if name in _OF_MENTIONS:
            updated[name] = _updated(name, before, new[1], differing)
        elif name in _WEIGHTS and _share_otherwise(differing):
            updated[name] = _weighed(name, before, new, differing)
        else:
            names_held.append(name)
    if "_articles" in updated:
        updated["_cited"] = _cited_again(before, new[0], updated["_articles"])
        names_held.remove("_cited")
    values = LazyMapping(
        [*updated, *names_held], lambda name: updated[name] if name in updated else before.derived[name]
    )
    return ReusedValues(values, updated.keys())


def are_texts(differing: set[Dependency]) -> bool:
    """Whether nothing differs but what bodies and prose say, whom they name, and where that stands."""
    of_links = {"mentions", "mentioned_in", "prose", "undecided", "strangers", MENTIONED_ON, TIES_OF}
    return {name for name, _ in differing} <= slices.OF_TEXTS | of_links


def _share_otherwise(differing: set[Dependency]) -> bool:
    return any(name == TIES_OF for name, _ in differing)


def _updated(name: str, before: KeptRun, links: Links, differing: set[Dependency]) -> Mapping[Any, Any]:
    """A value of each article, or of each record that is mentioned, made again for those that differ."""
    changed: dict[Any, Any] = {}
    gone: list[Any] = []
    for of, key in differing:
        if of != _OF_MENTIONS[name] or key in (ALL, KEYS):
            continue
        value: Any = ()
        found: Any = (links.mentions if of == "mentions" else links.mentioned_in).get(key)  # type: ignore[call-overload]
        if name == "_articles":
            articles = {mention.article for mention in found or ()} | before.derived["cited_in"].get(
                key, frozenset()
            )
            place = before.articles_in_print.__getitem__
            found, value = articles, tuple(sorted(articles, key=place))
        elif name == "named":
            value = named_in(found)
        elif found:
            value = times_mentioned(found) if name == "times_mentioned" else printed(before.outlets_of, found)
        if found or name == "named":
            changed[key] = value
        else:
            gone.append(key)
    old = before.derived[name]
    changed = {key: value for key, value in changed.items() if old.get(key) != value}
    return with_others(old, changed, gone, in_order=True)


def _cited_again(
    before: KeptRun, dossier: Dossier, articles: Mapping[RecordId, tuple[ArticleId, ...]]
) -> Mapping[RecordId, ArticleCounts]:
    """The counts of the articles that name or back each record, given these articles."""
    was, old = before.derived["_articles"], before.derived["_cited"]
    keys = lazy.differing(was, articles)
    changed = {
        key: count_articles(dossier.articles, articles[key], old.get(key, NO_ARTICLES), was.get(key, ()))
        for key in keys
        if key in articles
    }
    return with_others(old, changed, keys - changed.keys(), in_order=True)


def _weighed(
    name: str, before: KeptRun, new: tuple[Dossier, Links], differing: set[Dependency]
) -> Mapping[RecordId, Mapping[RecordId, int]]:
    """How much records share, made again for those that differ."""
    more: Counter[Pair] = Counter()
    for of, key in differing:
        if of == "mentions" and key not in (ALL, KEYS):
            article = ArticleId(RecordId(str(key)))
            more.update(_WEIGHTS[name](new[0], new[1].mentions.get(article, ())))
            more.subtract(_WEIGHTS[name](before.dossier, before.links.mentions.get(article, ())))
    old = before.derived[name]
    changed = changed_weights(old, more)
    gone = [key for key, of in changed.items() if not of]
    return with_others(old, {key: of for key, of in changed.items() if of}, gone, in_order=True)


def compared(edition: Edition, old: Mapping[str, Any], known: ReusedValues) -> dict[str, Any]:
    """The values of an edition that are compared with those of the run before, but those of it that hold.

    Args:
        known: Those that hold, and those that were updated.
    """
    names = known.values.keys()
    with edition.recorder.record():
        for name in names_of_derived(Edition):
            if name not in names:
                getattr(edition, name)
        for name, make in report.MADE.items():
            if name not in names:
                make(edition)
        made = {name: value for name, value in edition.plain.items() if name not in names}
        updated = {name: known.values[name] for name in known.updated}
        return made | {name: value for name, value in updated.items() if value is not old.get(name)}


def same_originals(old: Mapping[str, SeedFile], new: Mapping[str, SeedFile]) -> bool:
    """Whether the articles in some files have their originals where they had them."""
    asked = [
        [
            (e.key, e.record.original)
            for file in files.values()
            for e in file.entries
            if isinstance(e.record, Article)
        ]
        for files in (old, new)
    ]
    return asked[0] == asked[1]


def of_records(old: Dossier, new: Dossier, keys: Iterable[RecordId]) -> set[Dependency]:
    """What differs of some records, which are all that may differ."""
    found: set[Dependency] = set()
    for key in keys:
        before, now = old.records.get(key), new.records.get(key)
        found |= slices.changed(before, now, key)
        if (before is None) != (now is None):
            for record in filter(None, (before, now)):
                found |= _whole(f"{slices.HEAD} {record.kind_of.value}", KEYS)
            found |= _whole(f"{slices.HEAD} record", KEYS)
        elif (slices.HEAD, key) in found:
            found |= {(f"{slices.HEAD} {r.kind_of.value}", ALL) for r in (before, now) if r}
            found.add((f"{slices.HEAD} record", ALL))
        sources = [dossier.sources.get(key) for dossier in (old, new)]
        if len({(source.file, source.start) for source in sources if source}) != 1 or None in sources:
            found |= {(slices.PLACE, key), (slices.PLACE, ALL), (slices.PLACE, KEYS)}
        if old.declared.get(key) is not new.declared.get(key):
            found |= {(slices.DECLARED, key), (slices.DECLARED, ALL), (slices.DECLARED, KEYS)}
    return found


def _whole(name: str, *of: str) -> set[Dependency]:
    return {(name, ALL), *((name, each) for each in of)}


def of_links(old: Links, new: Links) -> set[Dependency]:
    """What differs of links."""
    found = of_mapping("mentions", old.mentions, new.mentions)
    found |= of_mapping("mentioned_in", old.mentioned_in, new.mentioned_in)
    found |= of_mapping("backlinks", old.backlinks, new.backlinks)
    found |= of_mapping("undecided", old.undecided, new.undecided)
    found |= of_mapping("strangers", old.strangers, new.strangers)
    for name, before, now in (("prose", old.prose, new.prose), ("backing", old.backing, new.backing)):
        found |= {
            (name, key[0] if isinstance(key, tuple) else key) for name, key in of_mapping(name, before, now)
        }
    return found


def of_mapping(name: str, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> set[Dependency]:
    """What differs between two mappings."""
    keys = lazy.differing(old, new)
    if not keys:
        return set()
    found: set[Dependency] = {(name, ALL), *((name, key) for key in keys)}
    return found | {(name, KEYS)} if any((key in old) != (key in new) for key in keys) else found


def of_compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[Dependency]:
    """What differs of the values that are made of all of an edition."""
    found: set[Dependency] = set()
    for name, now in new.items():
        before = old.get(name)
        if isinstance(before, Mapping) and isinstance(now, Mapping):
            found |= of_mapping(name, before, now)
        elif before != now:
            found.add((name, ALL))
    return found


def of_mentions(
    old: tuple[Dossier, Links],
    new: tuple[Dossier, Links],
    differing: set[Dependency],
    in_print: Callable[[], Mapping[ArticleId, int]],
) -> set[Dependency]:
    """Which pages of mentions differ.

    Args:
        in_print: The place of each article among all by date, as it was.
    """
    keys = {
        RecordId(str(key)) for name, key in differing if name == "mentioned_in" and key not in (ALL, KEYS)
    }
    for name, key in differing:
        if name == slices.HEAD and any(key in dossier.articles for dossier, _ in (old, new)):
            # Its date may be another, and with it its place.
            keys.update(m.entity for _, links in (old, new) for m in links.mentions.get(key, ()))  # type: ignore[call-overload]
    found: set[Dependency] = set()
    if not keys:
        return found
    # Another body moves no article among the others.
    moves = any(name == slices.HEAD for name, _ in differing)
    places = [_in_print(dossier) for dossier, _ in (old, new)] if moves else [in_print()] * 2
    for key in keys:
        was, now = (
            mentioned_on(links, place, key) for (_, links), place in zip((old, new), places, strict=True)
        )
        both = enumerate(zip_longest(was, now), start=1)
        found |= {(MENTIONED_ON, (key, page)) for page, (before, after) in both if before != after}
    return found


def _in_print(dossier: Dossier) -> Mapping[ArticleId, int]:
    ordered = sorted(dossier.articles.values(), key=by_publication)
    return {article.article_id: place for place, article in enumerate(ordered)}


def of_shared(
    old: tuple[Dossier, Links], new: tuple[Dossier, Links], differing: set[Dependency]
) -> set[Dependency]:
    """Whose ties may differ, or the order of the articles that show them."""
    keys: set[RecordId] = set()
    for name, key in differing:
        if name == "mentions" and key not in (ALL, KEYS):
            article = ArticleId(RecordId(str(key)))
            before, now = (by_paragraph(links.mentions.get(article, ())) for _, links in (old, new))
            for number in before.keys() | now.keys():
                if before.get(number) != now.get(number):
                    keys |= before.get(number, set()) | now.get(number, set())
        elif name in slices.OF_FIELDS - {slices.TEXT}:
            for dossier, _ in (old, new):
                record = dossier.records.get(RecordId(str(key)))
                if isinstance(record, Event):
                    keys |= {part.who for part in record.participants}
                elif isinstance(record, Statement):
                    keys |= {key for key in (record.speaker, record.to, *record.about) if key}
            if name == slices.HEAD:
                article = ArticleId(RecordId(str(key)))
                keys |= {m.entity for _, links in (old, new) for m in links.mentions.get(article, ())}
        elif name == slices.DECLARED and all(key in dossier.declared for dossier, _ in (old, new)):
            # Another kind makes an actor of it, or none: whoever stands beside it may gain or lose a tie.
            return {(TIES_OF, other) for other in (*new[0].declared, *old[0].declared)}
    return {(TIES_OF, key) for key in keys}
