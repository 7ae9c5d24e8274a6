"""What differs between two runs, as dependencies, and the derived values that follow from it."""

from collections.abc import Iterable, Mapping, Set
from itertools import zip_longest
from typing import Any

from generator.edition import Edition
from generator.edition.coverage import MENTIONED_ON, mentioned_on
from generator.edition.derived import derived, derived_values
from generator.incremental.stored_run import PreviousRun
from generator.link import Links
from generator.load.dossier import SeedFile
from generator.model import slices
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.ids import ArticleId, RecordId
from generator.state import lazy
from generator.state.traces import ALL, KEYS, Dependency


class DerivedUpdate:
    """The derived values of a new edition, given those of the run before and what differs since.

    A value whose reads all hold is taken over. Another one is updated or computed again, its inputs first, and what
    then differs of it is added to what differs.

    Attributes:
        taken: The names of the values that were taken over.
        computed: The values that were not, by name.
    """

    def __init__(
        self, edition: Edition, before: PreviousRun, taken: dict[str, None], changed: set[Dependency]
    ):
        """Takes an edition that knows no values but those that are taken over.

        Args:
            taken: The names of these, filled here.
            changed: What differs, added to here.
        """
        self._edition, self._before, self._changed = edition, before, changed
        self._names = {name for name, _ in changed}
        self._values = derived_values(Edition)
        self._settled: set[str] = set()
        self.taken = taken
        self.computed: dict[str, Any] = {}

    def all(self) -> None:
        """Brings all derived values up to date."""
        for name in self._values:
            self._settle(name)

    def _settle(self, name: str) -> None:
        if name in self._settled:
            return
        self._settled.add(name)
        reads = self._before.reads.get(name, frozenset())
        for read in sorted(reads & self._before.reads.keys()):
            self._settle(read)
        value, stale = self._values[name], reads & self._names
        if not value.is_stored:
            self._add({(name, ALL)} if stale else set())
        elif name not in self._before.reads:
            self.computed[name] = self._made(name)
        elif stale:
            old = self._before.derived[name]
            now = self._updated(value, old, stale) if stale <= value.by_key else self._made(name)
            self.computed[name] = now
            self._add(differing_in(name, old, now))
        else:
            self.taken[name] = None

    def _add(self, differing: set[Dependency]) -> None:
        self._changed |= differing
        self._names |= {name for name, _ in differing}

    def _updated(self, value: derived[Any], old: Any, stale: Set[str]) -> Any:
        name = value.name
        changed = [dependency for dependency in self._changed if dependency[0] in stale]
        with self._edition.recorder.record():
            now = value.updated(self._edition, old, self._before, changed)
        self._edition.keep(name, now)
        self._edition.reads[name] = self._before.reads[name]
        return now

    def _made(self, name: str) -> Any:
        with self._edition.recorder.record():
            getattr(self._edition, name)
        return self._edition.plain[name]


def all_derived(edition: Edition) -> dict[str, Any]:
    """All derived values of an edition, computed."""
    values = derived_values(Edition)
    with edition.recorder.record():
        for name in values:
            getattr(edition, name)
    return {name: of for name, of in edition.plain.items() if values[name].is_stored}


def differing_in(name: str, old: Any, new: Any) -> set[Dependency]:
    """What differs between two values of a name: keys of mappings, or the whole."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return of_mapping(name, old, new)
    return set() if old == new else {(name, ALL)}


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
    found |= of_mapping("spellings", old.spellings, new.spellings)
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


def of_mentions(before: PreviousRun, now: Edition, changed: set[Dependency]) -> set[Dependency]:
    """The pages of mentions that differ.

    Args:
        changed: What differs of records and links.
    """
    old, new = before.links, now.links
    keys = {RecordId(str(key)) for name, key in changed if name == "mentioned_in" and key not in (ALL, KEYS)}
    for name, key in changed:
        if name == slices.HEAD:
            # An article with another date can have another place among the others.
            article = ArticleId(RecordId(str(key)))
            keys |= {m.entity for links in (old, new) for m in links.mentions.get(article, ())}
    if not keys:
        return set()
    found: set[Dependency] = set()
    places = [
        {article: place for place, article in enumerate(in_print)}
        for in_print in (before.derived["articles_in_print"], now.articles_in_print)
    ]
    for key in keys:
        pages = zip_longest(mentioned_on(old, places[0], key), mentioned_on(new, places[1], key))
        found |= {(MENTIONED_ON, (key, page)) for page, (was, is_now) in enumerate(pages, 1) if was != is_now}
    return found
