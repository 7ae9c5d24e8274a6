"""Makes pages: which targets are dirty, their pages in several processes, and what each target read.

A *target* is what is made together: a page, or several. It is *dirty* if it read something that differs, if one of its
pages is not in the tree as it was written, or if it is new.
"""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from generator.edition import Edition
from generator.incremental.stored_run import PageInfo, Traces
from generator.incremental.tree_scan import TreeScan
from generator.link import Links
from generator.model.ids import RecordId
from generator.pages.book import Target, build
from generator.pages.search import entry_of
from generator.state.encoding import encode
from generator.state.lazy import with_others
from generator.state.traces import Dependency, DependencyRecorder, TrackedMapping
from generator.support import processes
from generator.support.files import digest_of

_NO_READERS = array("I")
# The number of targets that a process gets at a time.
_PART = 40
# The sorts of targets that take longest.
_SLOW = ("across", "index")


def tracked_links(links: Links, recorder: DependencyRecorder) -> Links:
    """Links that record their reads."""
    return Links(
        mentions=TrackedMapping(recorder, "mentions", links.mentions),
        mentioned_in=TrackedMapping(recorder, "mentioned_in", links.mentioned_in),
        prose=TrackedMapping(recorder, "prose", links.prose, of=_owner),
        backlinks=TrackedMapping(recorder, "backlinks", links.backlinks),
        backing=TrackedMapping(recorder, "backing", links.backing, of=_owner),
        undecided=TrackedMapping(recorder, "undecided", links.undecided),
        strangers=TrackedMapping(recorder, "strangers", links.strangers),
        spellings=TrackedMapping(recorder, "spellings", links.spellings),  # type: ignore[arg-type]
    )


def _owner(key: Any) -> Any:
    return key[0]


def dirty_targets(
    traces: Traces, changed: Set[Dependency], lost: Iterable[str], targets: Set[Target]
) -> Set[Target]:
    """Those of the targets that are dirty.

    Args:
        traces: What the targets of the run before made and read.
        changed: What differs.
        lost: The pages that are not in the tree as they were written.
        targets: All targets of this run.
    """
    by_number = {number: target for target, number in traces.numbers.items()}
    reading = {by_number[n] for read in changed for n in traces.readers.get(read, ()) if n in by_number}
    gone = set(lost)
    losing = {target for target, paths in traces.made.items() if not gone.isdisjoint(paths)}
    return (reading | losing | (targets - traces.made.keys())) & targets


class Result(NamedTuple):
    """What a target made.

    Attributes:
        pages: The pages, each with its file in the spool; empty if the page in the tree is the same.
        entry: What is searched of the record, encoded; empty if the target is not the page of a record.
        nodes: The dependencies of the target.
        read: A digest of the dependencies.
    """

    target: Target
    pages: list[tuple[PageInfo, str]]
    entry: bytes
    nodes: frozenset[Dependency]
    read: bytes


class PageBuilder:
    """Makes pages in several processes; those that differ from the pages in the tree go into the spool."""

    def __init__(self, edition: Edition, scan: TreeScan, spool: Path) -> None:
        self._edition, self._scan, self._spool = edition, scan, spool

    @contextmanager
    def all(self, dirty: Sequence[Target]) -> Iterator[Iterator[Result]]:
        """What each target made."""
        # Slow targets first, so that no process is left with one at the end.
        across = [[target] for target in dirty if target[0] in _SLOW]
        records = [target for target in dirty if target[0] not in _SLOW]
        parts = across + [records[at : at + _PART] for at in range(0, len(records), _PART)]
        with processes.parallel_map(self._part, parts, processes.available()) as results:
            yield chain.from_iterable(results)

    def _part(self, part: Sequence[Target]) -> list[Result]:
        return [self._one(target) for target in part]

    def _one(self, target: Target) -> Result:
        pages = []
        with self._edition.recorder.record() as nodes:
            for number, page in enumerate(build(self._edition, target)):
                data = page.text.encode()
                digest = digest_of(data)
                file = ""
                if self._scan.digest(page.path) != digest:
                    file = digest_of(f"{target}{number}".encode())
                    (self._spool / file).write_bytes(data)
                info = PageInfo(page.path, digest, str(page.meta["title"]), str(page.meta.get("label", "")))
                pages.append((info, file))
            entry = encode(entry_of(self._edition, RecordId(target[1]))) if target[0] == "record" else b""
        names = "\n".join(sorted(map(repr, nodes)))
        read = hashlib.blake2b(names.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        return Result(target, pages, entry, frozenset(nodes), read)


def merged_traces(before: Traces | None, results: Iterable[Result], unchanged: Set[Target]) -> Traces:
    """The traces of all targets: those of results, and those of the run before.

    A target keeps its number, since most of what it reads it has read before. A dependency that it does not read any
    more stays until the next full build, which makes a page in vain now and then.

    Args:
        unchanged: The targets of the run before that are not dirty.
    """
    old = before if before and unchanged else Traces({}, {}, {}, {})
    numbers = dict(before.numbers) if before else {}
    readers: dict[Dependency, array[int]] = {}
    made: dict[Target, tuple[str, ...]] = {}
    read: dict[Target, bytes] = {}
    following = max(numbers.values(), default=-1) + 1
    for result in results:
        is_new = result.target not in numbers
        if is_new:
            numbers[result.target] = following
            following += 1
        number = numbers[result.target]
        made[result.target] = tuple(page.path for page, _ in result.pages)
        read[result.target] = result.read
        if not is_new and old.read.get(result.target) == result.read:
            continue
        for node in result.nodes:
            known = readers.get(node)
            if known is None:
                known = old.readers.get(node, _NO_READERS)
                if not is_new and number in known:
                    continue
                # Stored values are not changed in place.
                known = readers[node] = array("I", known)
            elif not is_new and number in known:
                continue
            known.append(number)
    made |= {target: paths for target, paths in old.made.items() if target in unchanged}
    gone = old.made.keys() - made.keys()
    return Traces(
        made if made != old.made else old.made,
        with_others(old.readers, readers),
        {target: number for target, number in numbers.items() if target in made},
        with_others(old.read, read, gone),
    )
