"""Making pages again: which, in several processes, and what they read meanwhile."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from generator.edition import Edition
from generator.incremental.docs import Docs
from generator.incremental.stored_run import PageInfo, Traces
from generator.link import Links
from generator.model.ids import RecordId
from generator.pages.book import Target
from generator.pages.book import build as made
from generator.pages.search import entry_of
from generator.state.encoding import encode
from generator.state.lazy import with_others
from generator.state.traces import Dependency, DependencyRecorder, TrackedMapping
from generator.support import processes
from generator.support.files import digest_of

_NOBODY: Mapping[Dependency, "array[int]"] = {}
_NONE = array("I")
# Pieces of work that a process is given at a time.
_PART = 40
# Work that takes longest.
_LONG = ("across", "index")


def noted(links: Links, recorder: DependencyRecorder) -> Links:
    """Links that note what is read of them."""
    return Links(
        TrackedMapping(recorder, "mentions", links.mentions),
        TrackedMapping(recorder, "mentioned_in", links.mentioned_in),
        TrackedMapping(recorder, "prose", links.prose, of=_owner),
        TrackedMapping(recorder, "backlinks", links.backlinks),
        TrackedMapping(recorder, "backing", links.backing, of=_owner),
        TrackedMapping(recorder, "undecided", links.undecided),
        TrackedMapping(recorder, "strangers", links.strangers),
    )


def _owner(key: Any) -> Any:
    return key[0]


def dirty_of(
    traces: Traces, changed: set[Dependency], lost: Iterable[str], all_works: Iterable[Target]
) -> set[Target]:
    """The work that read something that differs, whose pages are gone, or that is new."""
    by_number = {number: work for work, number in traces.numbers.items()}
    dirty = {by_number[n] for node in changed for n in traces.readers.get(node, ()) if n in by_number}
    gone = set(lost)
    dirty |= {work for work, paths in traces.made.items() if not gone.isdisjoint(paths)}
    return dirty | {work for work in all_works if work not in traces.made}


class Result(NamedTuple):
    """What one piece of work made.

    Attributes:
        pages: Those that are to be written with their files in the spool.
        entry: What is searched of the record, encoded; empty where the work is no record's.
        nodes: What it read.
        read: What changes with that.
    """

    work: Target
    pages: list[tuple[PageInfo, str]]
    entry: bytes
    nodes: frozenset[Dependency]
    read: bytes


class PageBuilder:
    """Makes pages in several processes; those that differ from what is in the tree go into the spool."""

    def __init__(self, edition: Edition, scan: "Docs", spool: Path) -> None:
        self._edition, self._scan, self._spool = edition, scan, spool

    @contextmanager
    def all(self, dirty: Sequence[Target]) -> Iterator[Iterator[Result]]:
        """What each piece of work made."""
        # The longest first, so that none is left to one process at the end.
        across = [[work] for work in dirty if work[0] in _LONG]
        records = [work for work in dirty if work[0] not in _LONG]
        parts = across + [records[at : at + _PART] for at in range(0, len(records), _PART)]
        with processes.parallel_map(self._part, parts, processes.available()) as results:
            yield chain.from_iterable(results)

    def _part(self, part: Sequence[Target]) -> list[Result]:
        return [self._one(work) for work in part]

    def _one(self, work: Target) -> Result:
        pages = []
        with self._edition.recorder.record() as nodes:
            for number, page in enumerate(made(self._edition, work)):
                data = page.text.encode()
                digest = digest_of(data)
                file = ""
                if self._scan.digest(page.path) != digest:
                    file = digest_of(f"{work}{number}".encode())
                    (self._spool / file).write_bytes(data)
                info = PageInfo(page.path, digest, str(page.meta["title"]), str(page.meta.get("label", "")))
                pages.append((info, file))
            entry = encode(entry_of(self._edition, RecordId(work[1]))) if work[0] == "record" else b""
        named = "\n".join(sorted(map(repr, nodes)))
        read = hashlib.blake2b(named.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        return Result(work, pages, entry, frozenset(nodes), read)


class _Readers:
    """Who read what before, looked up fast where much is asked of the same node."""

    def __init__(self, readers: "Mapping[Dependency, array[int]]") -> None:
        self._readers = readers
        self._asked: dict[Dependency, array[int] | frozenset[int]] = {}

    def has(self, node: Dependency, number: int) -> bool:
        """Whether a piece of work read a node."""
        of = self._asked.get(node)
        if of is None:
            # Most are asked for once, for which a set would take longer to make than this is to go through.
            of = self._asked[node] = self._readers.get(node, _NONE)
        elif isinstance(of, array):
            of = self._asked[node] = frozenset(of)
        return number in of


def merged(before: Traces | None, results: Iterable[Result], left: Set[Target]) -> Traces:
    """What was read by work that was done now, and by work that was not.

    Args:
        left: The work of the run before that is not done now, but holds.
    """
    numbers = dict(before.numbers) if before else {}
    old: Mapping[Dependency, array[int]] = before.readers if before and left else _NOBODY
    readers: dict[Dependency, array[int]] = {}
    made_now: dict[Target, tuple[str, ...]] = {}
    old_read = before.read if before and left else dict[Target, bytes]()
    read: dict[Target, bytes] = {}
    following = max(numbers.values(), default=-1) + 1
    known = _Readers(old)
    for result in results:
        # Work that is done again keeps its number: most of what it reads it read before. What it reads no more is
        # taken for read until all is made again, which costs a page that is made in vain now and then.
        is_new = result.work not in numbers
        if is_new:
            numbers[result.work] = following
            following += 1
        number = numbers[result.work]
        made_now[result.work] = tuple(page.path for page, _ in result.pages)
        read[result.work] = result.read
        if not is_new and old_read.get(result.work) == result.read:
            # It is known of all of this.
            continue
        for node in result.nodes:
            if not is_new and known.has(node, number):
                continue
            of = readers.get(node)
            if of is None:
                # What is kept is not changed in place.
                of = readers[node] = array("I", old.get(node, ()))
            of.append(number)
    if before and len(left) + len(made_now) == len(before.made) and made_now.items() <= before.made.items():
        # The very ones need not be kept anew.
        return Traces(before.made, with_others(old, readers), before.numbers, with_others(old_read, read))
    if before:
        made_now |= {work: paths for work, paths in before.made.items() if work in left}
    numbers = {work: number for work, number in numbers.items() if work in made_now}
    gone = [work for work in before.made if work not in made_now] if before and left else []
    return Traces(made_now, with_others(old, readers), numbers, with_others(old_read, read, gone))
