"""The Markdown tree that a run has written, and what the site needs to know of the run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from generator.edition import Edition
from generator.incremental.stored_run import PageInfo
from generator.model.ids import RecordId
from generator.pages.book import Target
from generator.pages.search import searchable
from generator.search import SearchDelta, SearchEntry
from generator.support.problems import Problem


@dataclass(frozen=True)
class MarkdownTree:
    """The written tree.

    Attributes:
        docs: The folder of the tree.
        pages: All pages by path.
        changed: The paths of the pages that the run wrote.
        removed: The number of files that the run removed.
        problems: The warnings about the dossier, in order.
        title: The title of the dossier.
        state: A digest of all that pages, search and feed are made of.
        since: The state of the run before; empty if there was none.
        searched: What is searched of the records whose pages the run made.
        searched_changed: The records whose searched texts or names differ from the run before.
        searched_gone: The records that are not searched any more.
        places: Where originals can be, relative to the dossier, each with the digest of the file.
        digests: The digests of the files of the seeds, as they were parsed.
        records: The number of records.
        mentions: The number of mentions.
        remade: The targets whose pages the run made.
    """

    docs: Path
    pages: Mapping[str, PageInfo]
    changed: frozenset[str]
    removed: int
    problems: tuple[Problem, ...]
    title: str
    state: str
    since: str
    searched: Mapping[RecordId, SearchEntry] = field(repr=False)
    searched_changed: frozenset[RecordId]
    searched_gone: frozenset[RecordId]
    places: Mapping[str, str]
    digests: Mapping[str, str]
    records: int
    mentions: int
    remade: tuple[Target, ...]
    make_edition: Callable[[], Edition] = field(repr=False)

    @cached_property
    def edition(self) -> Edition:
        """The edition that the pages were made from, of which stored values are read when they are asked for.

        Raises:
            Damaged: if the state is damaged, here or when a value is asked for.
        """
        return self.make_edition()

    def searchable(self, since: str) -> SearchDelta:
        """What is searched that differs from an earlier state; everything, if it is not the state of the run before."""
        if not since or since != self.since:
            return searchable(self.edition, state=self.state, known=self.searched)
        return searchable(
            self.edition,
            self.searched_changed,
            gone=self.searched_gone,
            since=since,
            state=self.state,
            known=self.searched,
        )
