"""What one build of a search leaves to the next, and the files that it is made of."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from generator.folding.search import bare
from generator.model.ids import OrganizationId, RecordId
from generator.model.kinds import Kind
from generator.output.content_store import ContentStore
from generator.search.files import digest, file_name, name_chunks, packed, to_json
from generator.search.postings import RECORD, Chunk
from generator.search.rows import Columns


class SearchState(NamedTuple):
    """What a build of a search knows of it.

    Attributes:
        key: Changes with all that it is made of.
        manifest: The file that leads to all others.
        sums: Of its files.
        columns: The rows of its texts.
        bundles: The files of texts, and how many are in each.
        names: What browsers read of each name, in lines, in their order.
        weights: What that is by.
        people: Those whom texts may name.
        steps: Which of them each text names, in lines.
        chunks: The files of words: the first term of each, from which text on it holds it, and what it is named by.
        long: In how many texts, and how many places, each term stands whose list is long.
    """

    key: bytes = b""
    language: str = ""
    outlets: Mapping[OrganizationId, str] = {}
    manifest: Mapping[str, Any] = {}
    sums: Mapping[str, bytes] = {}
    columns: Columns = Columns()
    bundles: tuple[tuple[str, int], ...] = ()
    names: bytes = b""
    weights: tuple[tuple[RecordId, int], ...] = ()
    people: tuple[RecordId, ...] = ()
    steps: bytes = b""
    chunks: tuple[tuple[str, int, str], ...] = ()
    long: Mapping[str, tuple[int, int]] = {}

    @property
    def told(self) -> bytes:
        """The manifest as browsers read it."""
        return to_json(self.manifest)


# Of words with long lists that stand in more than this share of texts browsers ask for none: their lists are hundreds
# of kilobytes, which a query would wait for to leave out few texts.
MOST = 0.5


def put(store: ContentStore, kind: str, data: bytes) -> str:
    """The name of a file of a kind that holds some data, which is made if it is not there."""
    name = file_name(kind, digest(data).hex())
    store.put(name, lambda: packed(data))
    return name


def put_names(store: ContentStore, rows: Iterable[bytes]) -> list[str]:
    """The names of the files of names, in order."""
    return [put(store, "names", chunk) for chunk in name_chunks(rows)]


def put_list_of_words(store: ContentStore, chunks: Iterable[tuple[str, int, str]]) -> str:
    """The name of the file that tells in which files each word is: in the last whose first is not after it.

    Where that is the first of several, it is in all of these.
    """
    return put(
        store, "index", to_json([[bare(first), file_name("words", name)] for first, _, name in chunks])
    )


def put_words(store: ContentStore, chunk: Chunk) -> tuple[str, int, str]:
    """Makes a file of words, if it is not there, and says by what it is found."""
    name = chunk.name
    store.put(file_name("words", name), chunk.packed)
    return chunk.first, chunk.start, name


def key_of(digests: bytes, names: bytes, outlets: Mapping[OrganizationId, str], language: str) -> bytes:
    """What changes with all that a search is made of: its texts by their digests, its names by their lines."""
    return digest(b"\0".join([digests, names, to_json([list(outlets.items()), language])]))


def common(long: Mapping[str, tuple[int, int]], texts: int) -> list[str]:
    """The words that browsers do not ask for, of those whose lists are long, by the number of texts of each."""
    words = ((term, number) for term, (number, _) in long.items() if not term.startswith(RECORD))
    return sorted({bare(term) for term, number in words if number > MOST * texts})


def lines(items: Iterable[bytes]) -> bytes:
    """Items, of which none has a line's end."""
    return b"".join(b"%b\n" % item for item in items)


def unlined(data: bytes) -> list[bytes]:
    """The items of some lines."""
    return data.split(b"\n")[:-1]


def manifest_of(
    names: list[str], fold: str, texts: str, filters: str, people: str, words: str, common: list[str]
) -> dict[str, Any]:
    """What leads to all files, and tells what holds for all of them."""
    return {
        "names": names,
        "fold": fold,
        "texts": texts,
        "filters": filters,
        "people": people,
        "words": words,
        "common": common,
        "kinds": [kind.value for kind in Kind],
        "sections": [kind.section for kind in Kind],
    }
