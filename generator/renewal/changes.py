"""What differs between two runs, as the values that a piece of work may have read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any

from generator.link import Links, Mention
from generator.model import faces
from generator.model.claims import Statement
from generator.model.dossier import Dossier
from generator.model.happenings import Event
from generator.model.ids import ArticleId, RecordId
from generator.pages import report
from generator.pages.edition import (
    MENTIONED_ON,
    Edition,
    by_publication,
    derived,
    mentioned_on,
    named_in,
    printed,
    times_mentioned,
)
from generator.traces import ALL, KEYS, Node

# Values that are made of all of an edition and too large to be kept and compared: who shares paragraphs, events and
# statements with whom. What of them may differ is told by what they are made of.
_SHARED = ("ties_of", "_seen_with")


# Of these, what is made of mentions key by key, and of which of them.
_OF_MENTIONS = {"named": "mentions", "times_mentioned": "mentioned_in", "printed": "mentioned_in"}
_OF_TIES = frozenset({"number_of_ties", "network", "drawn_ties"})


def take_over(
    before: Mapping[str, Any], edition: Edition, differing: set[Node], *, same_history: bool
) -> None:
    """Gives an edition the derived values of the run before that cannot differ, and mends those that differ by a key or two."""
    names = {name for name, _ in differing}
    bodies = {faces.BODY, faces.PARAGRAPH, faces.MARK}
    mentions = {"mentions", "mentioned_in", MENTIONED_ON, "undecided", *_SHARED}
    if not names <= bodies | mentions:
        return
    # Nothing but bodies and what they mention differs.
    for name, value in before.items():
        if name == "revisions" and not same_history:
            continue
        if name in _OF_TIES and names & set(_SHARED):
            continue
        if name in _OF_MENTIONS:
            mended = _mended(name, value, edition, differing)
            edition.keep(name, value if mended == value else mended)
            continue
        if name == "_articles" and _mended("named", before["named"], edition, differing) != before["named"]:
            continue
        edition.keep(name, value)


def _mended(name: str, value: Mapping[Any, Any], edition: Edition, differing: set[Node]) -> dict[Any, Any]:
    """A value of each article, or of each record that is mentioned, made again for those that differ."""
    mended = dict(value)
    links = edition.links
    with edition.notes.taken():
        for of, key in differing:
            if of != _OF_MENTIONS[name] or key in (ALL, KEYS):
                continue
            found: Any = (links.mentions if of == "mentions" else links.mentioned_in).get(key)  # type: ignore[call-overload]
            if found is None:
                mended.pop(key, None)
            elif name == "named":
                mended[key] = named_in(found)
            else:
                mended[key] = (
                    times_mentioned(found) if name == "times_mentioned" else printed(edition.dossier, found)
                )
    # In the order in which they are made.
    return dict(sorted(mended.items()))


def compared(edition: Edition) -> dict[str, Any]:
    """The values of an edition that are compared."""
    with edition.notes.taken():
        for name, value in vars(Edition).items():
            if isinstance(value, derived) and name not in _SHARED:
                getattr(edition, name)
        for make in (report.parts, report.plan, report.on_path):
            make(edition)
        return dict(edition.plain)


def of_records(old: Dossier, new: Dossier, keys: Iterable[RecordId]) -> set[Node]:
    """What differs of some records, which are all that may differ."""
    found: set[Node] = set()
    for key in keys:
        before, now = old.records.get(key), new.records.get(key)
        found |= faces.changed(before, now, key)
        if (before is None) != (now is None):
            for record in filter(None, (before, now)):
                found |= _whole(f"{faces.HEAD} {record.kind_of.value}", KEYS)
            found |= _whole(f"{faces.HEAD} record", KEYS)
        elif (faces.HEAD, key) in found:
            found |= {(f"{faces.HEAD} {r.kind_of.value}", ALL) for r in (before, now) if r}
            found.add((f"{faces.HEAD} record", ALL))
        sources = [dossier.sources.get(key) for dossier in (old, new)]
        if len({(source.file, source.start) for source in sources if source}) != 1 or None in sources:
            found |= {(faces.PLACE, key), (faces.PLACE, ALL), (faces.PLACE, KEYS)}
        if old.declared.get(key) is not new.declared.get(key):
            found |= {(faces.DECLARED, key), (faces.DECLARED, ALL), (faces.DECLARED, KEYS)}
    return found


def _whole(name: str, *of: str) -> set[Node]:
    return {(name, ALL), *((name, each) for each in of)}


def of_links(old: Links, new: Links) -> set[Node]:
    """What differs of links."""
    found = of_mapping("mentions", old.mentions, new.mentions)
    found |= of_mapping("mentioned_in", old.mentioned_in, new.mentioned_in)
    found |= of_mapping("backlinks", old.backlinks, new.backlinks)
    found |= of_mapping("undecided", old.undecided, new.undecided)
    for name, before, now in (("prose", old.prose, new.prose), ("backing", old.backing, new.backing)):
        found |= {
            (name, key[0] if isinstance(key, tuple) else key) for name, key in of_mapping(name, before, now)
        }
    return found


def of_mapping(name: str, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> set[Node]:
    """What differs between two mappings."""
    if old is new:
        return set()
    found: set[Node] = {(name, key) for key in old.keys() ^ new.keys()}
    if found:
        found.add((name, KEYS))
    found |= {(name, key) for key in old.keys() & new.keys() if old[key] != new[key]}
    return found | {(name, ALL)} if found else found


def of_compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[Node]:
    """What differs of the values that are made of all of an edition."""
    found: set[Node] = set()
    for name, now in new.items():
        before = old.get(name)
        if isinstance(before, dict) and isinstance(now, dict):
            found |= of_mapping(name, before, now)
        elif before != now:
            found.add((name, ALL))
    return found


def of_mentions(old: tuple[Dossier, Links], new: tuple[Dossier, Links], differing: set[Node]) -> set[Node]:
    """Which pages of mentions differ."""
    keys = {
        RecordId(str(key)) for name, key in differing if name == "mentioned_in" and key not in (ALL, KEYS)
    }
    for name, key in differing:
        if name == faces.HEAD and any(key in dossier.articles for dossier, _ in (old, new)):
            # Its date may be another, and with it its place.
            keys.update(m.entity for _, links in (old, new) for m in links.mentions.get(key, ()))  # type: ignore[call-overload]
    found: set[Node] = set()
    if not keys:
        return found
    places = [
        {a.article_id: place for place, a in enumerate(sorted(dossier.articles.values(), key=by_publication))}
        for dossier, _ in (old, new)
    ]
    for key in keys:
        was, now = (
            mentioned_on(links, place, key) for (_, links), place in zip((old, new), places, strict=True)
        )
        both = enumerate(zip_longest(was, now), start=1)
        found |= {(MENTIONED_ON, (key, page)) for page, (before, after) in both if before != after}
    return found


def of_shared(old: tuple[Dossier, Links], new: tuple[Dossier, Links], differing: set[Node]) -> set[Node]:
    """Whose ties may differ."""
    keys: set[RecordId] = set()
    for name, key in differing:
        if name == "mentions" and key not in (ALL, KEYS):
            article = ArticleId(RecordId(str(key)))
            before, now = (_groups(links.mentions.get(article, ())) for _, links in (old, new))
            for number in before.keys() | now.keys():
                if before.get(number) != now.get(number):
                    keys |= before.get(number, frozenset()) | now.get(number, frozenset())
        elif name in (faces.HEAD, faces.WHOLE):
            for dossier, _ in (old, new):
                record = dossier.records.get(RecordId(str(key)))
                if isinstance(record, Event):
                    keys |= {part.who for part in record.participants}
                elif isinstance(record, Statement):
                    keys |= {key for key in (record.speaker, record.to, *record.about) if key}
        elif name == faces.DECLARED and all(key in dossier.declared for dossier, _ in (old, new)):
            # Another kind makes an actor of it, or none: whoever stands beside it may gain or lose a tie.
            return {(each, other) for each in _SHARED for other in (*new[0].declared, *old[0].declared, ALL)}
    return {(each, key) for each in _SHARED for key in (*keys, *([ALL, KEYS] if keys else []))}


def _groups(mentions: Iterable[Mention]) -> Mapping[int, frozenset[RecordId]]:
    found: dict[int, set[RecordId]] = defaultdict(set)
    for mention in mentions:
        found[mention.paragraph].add(mention.entity)
    return {number: frozenset(keys) for number, keys in found.items()}
