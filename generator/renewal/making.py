"""Making pages again: which, in several processes, and what they read meanwhile."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator import processes
from generator.link import Links
from generator.pages import Edition
from generator.pages.book import Work, made
from generator.renewal.docs import Docs
from generator.renewal.kept import Made, Run, Traces
from generator.traces import Node, Notes, Table

# Pieces of work that a process is given at a time.
_PART = 40


def noted(links: Links, notes: Notes) -> Links:
    """Links that note what is read of them."""
    return Links(
        Table(notes, "mentions", links.mentions),
        Table(notes, "mentioned_in", links.mentioned_in),
        Table(notes, "prose", links.prose, of=_owner),
        Table(notes, "backlinks", links.backlinks),
        Table(notes, "backing", links.backing, of=_owner),
        Table(notes, "undecided", links.undecided),
        links.problems,
    )


def _owner(key: Any) -> Any:
    return key[0]


def dirty_of(traces: Traces, changed: set[Node], lost: Iterable[str], all_works: Iterable[Work]) -> set[Work]:
    """The work that read something that differs, whose pages are gone, or that is new."""
    by_number = {number: work for work, number in traces.numbers.items()}
    dirty = {by_number[n] for node in changed for n in traces.readers.get(node, ()) if n in by_number}
    gone = set(lost)
    dirty |= {work for work, paths in traces.made.items() if not gone.isdisjoint(paths)}
    return dirty | {work for work in all_works if work not in traces.made}


class Result(NamedTuple):
    """What one piece of work made: its pages, those that are to be written with their files in the spool, and what it read."""

    work: Work
    pages: list[tuple[Made, str]]
    nodes: frozenset[Node]


class Making:
    """Makes pages in several processes; those that differ from what is in the tree go into the spool."""

    def __init__(self, edition: Edition, scan: "Docs", spool: Path) -> None:
        self._edition, self._scan, self._spool = edition, scan, spool

    def all(self, dirty: Sequence[Work]) -> Iterator[Result]:
        """What each piece of work made."""
        # The longest first, so that none is left to one process at the end.
        across = [[work] for work in dirty if work[0] == "across"]
        records = [work for work in dirty if work[0] != "across"]
        parts = across + [records[at : at + _PART] for at in range(0, len(records), _PART)]
        for results in processes.spread(self._part, parts, processes.available()):
            yield from results

    def _part(self, part: Sequence[Work]) -> list[Result]:
        return [self._one(work) for work in part]

    def _one(self, work: Work) -> Result:
        pages = []
        with self._edition.notes.taken() as nodes:
            for number, page in enumerate(made(self._edition, work)):
                data = page.text.encode()
                digest = hashlib.sha256(data).hexdigest()
                file = ""
                if self._scan.digest(page.path) != digest:
                    file = hashlib.sha256(f"{work}{number}".encode()).hexdigest()
                    (self._spool / file).write_bytes(data)
                told = Made(page.path, digest, str(page.meta["title"]), str(page.meta.get("label", "")))
                pages.append((told, file))
        return Result(work, pages, frozenset(nodes))


def merged(before: Run | None, results: Iterable[Result], kept: Mapping[Work, tuple[str, ...]]) -> Traces:
    """What was read by work that was done now, and by work that was not."""
    traces = before.traces if before else None
    numbers = {work: number for work, number in (traces.numbers if traces else {}).items() if work in kept}
    readers: dict[Node, array[int]] = traces.readers if traces and kept else {}
    made_now = dict(kept)
    number = max(traces.numbers.values(), default=-1) + 1 if traces else 0
    for result in results:
        # A number of its own, so that what the work read before, and reads no more, is not taken for it.
        numbers[result.work] = number
        made_now[result.work] = tuple(page.path for page, _ in result.pages)
        for node in result.nodes:
            # Not changed in place, since what is kept is compared by identity.
            numbers_of = readers[node][:] if node in readers else array("I")
            numbers_of.append(number)
            readers[node] = numbers_of
        number += 1
    return Traces(made_now, readers, numbers)
