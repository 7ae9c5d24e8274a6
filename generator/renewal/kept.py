"""What one run keeps for the next."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from generator.files import Signature
from generator.link import Found, Links, links_of
from generator.load import dossier as loading
from generator.model.dossier import Dossier
from generator.model.history import History
from generator.model.ids import RecordId
from generator.pages import Edition
from generator.pages.book import Work
from generator.problems import Problem
from generator.renewal.checking import Checked
from generator.store import Tables
from generator.traces import Node


class Made(NamedTuple):
    """A page of the tree.

    Attributes:
        digest: The SHA-256 of the file's bytes.
        label: The word over its title.
    """

    path: str
    digest: str
    title: str
    label: str


@dataclass(frozen=True)
class Inputs:
    """What everything depends on that is no file of the seeds."""

    root: str
    name: str
    originals: tuple[str, ...]
    docs: str
    history: bytes


@dataclass
class Front:
    """What is kept and needed to see that nothing changed.

    Attributes:
        store: Under which all else is kept of the same run.
        seen: When the signatures of the seeds were taken, in nanoseconds.
        stamped: When those of the pages were, at the latest.
        places: Where originals may lie, each with its file's signature.
        pages: The pages by path, each with its file's signature.
    """

    store: str
    inputs: Inputs
    seen: int
    stamped: int
    found: loading.Found
    digests: Mapping[str, str]
    places: Mapping[str, Signature]
    pages: dict[str, tuple[Made, Signature]]
    problems: tuple[Problem, ...]
    title: str
    records: int
    mentions: int


@dataclass
class Traces:
    """What each piece of work made, and who read what."""

    made: dict[Work, tuple[str, ...]]
    readers: "dict[Node, array[int]]"
    numbers: dict[Work, int]


@dataclass(frozen=True)
class Run:
    """All that is kept of a run."""

    found: loading.Found
    dossier: Dossier
    files: Mapping[str, loading.SeedFile]
    history: History
    links: Links
    linked: Found
    checks: Checked
    derived: Mapping[str, Any]
    traces: Traces

    def edition(self) -> Edition:
        """What its pages were made from; what was derived of it is not derived again."""
        edition = Edition(self.dossier, self.links, self.history)
        for name, value in self.derived.items():
            edition.keep(name, value)
        return edition


def tables_of(run: Run) -> dict[str, Mapping[Any, Any]]:
    """A run as mappings; what is made of others at once is left out."""
    found = run.linked
    return {
        "files": run.files,
        "mentions": run.links.mentions,
        "prose": run.links.prose,
        "slips": found.slips,
        "held": found.held,
        "observed": found.observed,
        "asked": found.asked,
        "undecided": found.undecided,
        "given": found.given,
        "own": run.checks.own,
        "derived": run.derived,
        "made": run.traces.made,
        "numbers": run.traces.numbers,
        "readers": run.traces.readers,
        "others": {
            "originals": run.dossier.originals,
            "history": run.history,
            "joint": run.checks.joint,
            "ordinary": found.ordinary,
            "words": found.words,
            "taught": found.taught,
        },
    }


def run_of(root: Path, found: loading.Found, tables: Tables) -> Run:
    """The run of which the mappings are."""
    others = tables["others"]
    dossier, _ = loading.assemble(root, found, tables["files"])
    dossier = replace(dossier, originals=others["originals"])
    linked = Found(
        others["ordinary"], others["words"], others["taught"],
        tables["slips"], tables["held"], tables["observed"], tables["asked"], tables["undecided"], tables["given"],
    )  # fmt: skip
    return Run(
        found,
        dossier,
        tables["files"],
        others["history"],
        links_of(dossier, tables["mentions"], tables["prose"], linked),
        linked,
        Checked(tables["own"], others["joint"]),
        tables["derived"],
        Traces(dict(tables["made"]), dict(tables["readers"]), dict(tables["numbers"])),
    )


def holds(before: Inputs, now: Inputs) -> bool:
    """Whether pages that were made with some inputs are those of others; history is noted by those who read it."""
    return replace(before, history=b"") == replace(now, history=b"")


def same_throughout(before: Dossier, now: Dossier) -> bool:
    """Whether what every page may read without its being noted is the same."""
    return (before.settings, before.lock, before.originals) == (now.settings, now.lock, now.originals)


def keys_of(
    differing: Iterable[str], old: Mapping[str, loading.SeedFile], new: Mapping[str, loading.SeedFile]
) -> tuple[set[RecordId], set[RecordId]]:
    """The records that some files give or gave, and those of them in which something may stand elsewhere."""
    marks = [
        {entry.key: entry.mark for name in differing if name in files for entry in files[name].entries}
        for files in (old, new)
    ]
    keys = marks[0].keys() | marks[1].keys()
    return keys, {key for key in keys if marks[0].get(key) != marks[1].get(key)}
