"""The files of a site's search as browsers read them, each made of its own part of the dossier alone and named by it."""

import gzip
import hashlib
import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.folding import one_line
from generator.model.ids import OrganizationId, RecordId
from generator.model.kinds import Kind
from generator.search.rows import SIZE, Columns, Row, where
from generator.search.values import Draft, Name, Text

Outlets = Mapping[OrganizationId, str]

# Characters of a chunk of names before it is compressed: the first comes before any result, the others after.
_FIRST_CHUNK = 240_000
_CHUNK = 480_000
# Texts of a file, of which a reader sees ten texts at first; and of a stretch that is cut into files apart from
# others, so that a text that comes or goes moves few of them.
_TEXTS, _STRETCH = 6, 32
# Of the digest in a file's name, in sixteens: every reader fetches a list of them.
_DIGITS = 12
# Lengths of texts are told by steps of a quarter of a doubling.
_STEPS = 4
# More would take several times as long, for some hundredths of the size.
_LEVEL = 3
_KINDS = tuple(Kind)


def file_name(kind: str, said: str) -> str:
    """The name of a file of a kind, by the digest of what it holds."""
    return f"{kind}-{said[:_DIGITS]}.gz"


def together(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    """The texts that are in one file."""
    bundle: list[Draft] = []
    for draft in drafts:
        begins = zlib.crc32(f"{draft.address}{draft.part}".encode()) % _STRETCH == 0
        if bundle and (begins or len(bundle) == _TEXTS):
            yield bundle
            bundle = []
        bundle.append(draft)
    if bundle:
        yield bundle


def digest_of(text: Text, outlets: Outlets) -> bytes:
    """What changes with anything that is written of a text."""
    outlet = outlets.get(text.outlet, "") if text.outlet else ""
    head = (text.address, text.kind, text.part, text.title, text.date, text.day, text.outlet or "", outlet)
    passages = (one for p in text.passages for one in (p.anchor, p.text, *p.names, "\1"))
    return digest("\0".join((*head, *passages)).encode())


def told(text: Text, outlets: Outlets) -> list[Any]:
    """A text as browsers read it, each passage at its anchor."""
    outlet = outlets.get(text.outlet, "") if text.outlet else ""
    passages = [[passage.anchor, one_line(passage.text)] for passage in text.passages]
    return [one_line(text.title), text.date, outlet, text.address, passages]


def row_of(text: Text, digest: bytes, stamp: bytes, words: Iterable[Sequence[str]]) -> Row:
    """What is kept of a text of some words."""
    return Row(
        where(text),
        digest,
        stamp,
        text.kind,
        round(_STEPS * math.log2(sum(map(len, words)) + 1)),
        text.outlet or "",
        int(text.day.replace("-", "") or 0),
        text.named,
        _naming(text),
        text.head,
    )


def words(text: Sequence[Any]) -> list[list[str]]:
    """The words of each passage of a text as browsers read it, as they count them."""
    return [passage.split() for _, passage in text[-1]]


def named_in(text: Text) -> Iterator[tuple[RecordId, int]]:
    """The records that a text names, with the passages that do."""
    return ((key, at) for at, passage in enumerate(text.passages) for key in passage.names)


def _naming(text: Text) -> bytes:
    return digest("\0".join(f"{at} {key}" for key, at in named_in(text)).encode())


def name_row(name: Name) -> bytes:
    """A name as browsers read it."""
    return to_json(
        [
            _KINDS.index(name.kind),
            name.id,
            name.label,
            name.also,
            name.short,
            name.line,
            name.years,
            name.weight,
        ]
    )


def name_chunks(rows: Iterable[bytes]) -> Iterator[bytes]:
    """Names, as many at a time as one file holds."""
    chunk: list[bytes] = []
    size, limit = 0, _FIRST_CHUNK
    for row in rows:
        if chunk and size + len(row) > limit:
            yield _listed(chunk)
            chunk, size, limit = [], 0, _CHUNK
        chunk.append(row)
        size += len(row)
    yield _listed(chunk)


def bundle_name(digests: bytes) -> str:
    """The name of the file that holds the texts of some digests."""
    return file_name("texts", digest(digests).hex())


def ranked(rows: Columns, files: Sequence[tuple[str, int]]) -> bytes:
    """What texts are put in order by, in columns, one entry a text; and which file holds how many of them."""
    return to_json(
        {
            "kinds": list(rows.kinds),
            "lengths": list(rows.lengths),
            "files": [name for name, _ in files],
            "sizes": [size for _, size in files],
        }
    )


def filtered(rows: Sequence[Row], outlets: Outlets) -> bytes:
    """What texts are filtered by besides their kind, in columns, one entry a text."""
    number: dict[str, int] = {outlet: at for at, outlet in enumerate(outlets)}
    return to_json(
        {
            "outlets": [number[row.outlet] if row.outlet else -1 for row in rows],
            "days": [row.day for row in rows],
            "outlet": [[key, label] for key, label in outlets.items()],
        }
    )


def steps(named: Iterable[RecordId], people: Mapping[RecordId, int]) -> bytes:
    """Which people a text names, by their numbers in a list, each as the step from the one before."""
    numbers = [people[key] for key in named if key in people]
    return to_json([b - a for a, b in zip([0, *numbers], numbers, strict=False)])


def people_told(people: Sequence[RecordId], steps: Iterable[bytes]) -> bytes:
    """Which people each text names."""
    return b'{"ids":' + to_json(people) + b',"steps":' + _listed(steps) + b"}"


def packed(data: bytes) -> bytes:
    """A file of some data."""
    return gzip.compress(data, _LEVEL, mtime=0)


def unpacked(data: bytes) -> Any:
    """What a file of JSON holds."""
    return json.loads(gzip.decompress(data))


def digest(data: bytes) -> bytes:
    """What changes with some data."""
    return hashlib.blake2b(data, digest_size=SIZE).digest()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_json(value: Any) -> bytes:
    """A value as all files have it."""
    return _ENCODER.encode(value).encode()


def _listed(items: Iterable[bytes]) -> bytes:
    return b"[" + b",".join(items) + b"]"
