"""The state of a search: what one build leaves to the next, besides the files themselves."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.model.ids import OrganizationId, RecordId
from generator.model.kinds import Kind


class TextRow(NamedTuple):
    """What is known of a text while it does not change.

    Attributes:
        place: Its address, kind and part. Texts are numbered in the order of their places.
        record: The record that it is a text of.
        digest: Of all that is written of it.
        length: The number of its words, in logarithmic steps.
        day: As a number; 0 where there is none.
        dates: The dates by which it is found, each with the number of its passage, its first and its last day.
        named: The records that it names.
        naming: Digest of these and of which passages name each.
    """

    place: str
    record: RecordId
    digest: bytes
    kind: Kind
    length: int
    outlet: str
    day: int
    dates: tuple[tuple[int, int, int], ...]
    named: tuple[RecordId, ...]
    naming: bytes


class NameRow(NamedTuple):
    """A record's name: by what names are sorted, and the JSON that browsers read."""

    record: RecordId
    kind: Kind
    weight: int
    data: bytes


class PostingFile(NamedTuple):
    """A file of posting lists.

    Attributes:
        first: Its first term.
        start: The number of the text from which on it holds the list of that term.
        name: The digest of its content.
        words: The digest of those of its terms that queries are corrected to.
    """

    first: str
    start: int
    name: str
    words: bytes


class SearchState(NamedTuple):
    """What a build of a search leaves to the next.

    Attributes:
        state: The digest of the dossier's state; empty where it is not known.
        outlets: What citations call each outlet that has a text.
        manifest: The file that leads to all others.
        sums: The digest of each file as it is stored, by its name.
        rows: All texts, by number.
        bundles: The files of texts, and how many texts are in each.
        names: All names, in the order in which browsers get them.
        dates: The files of dates, as browsers read it.
        steps: Which people each text names, as browsers read it.
        files: The files of posting lists, in order.
        long: In how many texts, and how often, each term occurs whose list is cut by ranges of texts.
    """

    state: str = ""
    language: str = ""
    outlets: Mapping[OrganizationId, str] = {}
    manifest: Mapping[str, Any] = {}
    sums: Mapping[str, bytes] = {}
    rows: tuple[TextRow, ...] = ()
    bundles: tuple[tuple[str, int], ...] = ()
    names: tuple[NameRow, ...] = ()
    dates: Mapping[str, Any] = {}
    steps: tuple[bytes, ...] = ()
    files: tuple[PostingFile, ...] = ()
    long: Mapping[str, tuple[int, int]] = {}
