"""The files that browsers read but those of posting lists: names, texts, and what texts are ranked and filtered by.

Each is named by the digest of its content, so that a build makes only those that changed and browsers may keep them.
"""

import gzip
import hashlib
import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from generator.folding import one_line
from generator.model.ids import OrganizationId, RecordId
from generator.model.kinds import Kind
from generator.search.state import NameRow, TextRow
from generator.search.values import Name, Text

Outlets = Mapping[OrganizationId, str]
Item = TypeVar("Item")

# Characters of a chunk of names before it is compressed: the first is fetched before any result, the others after.
_FIRST_CHUNK = 240_000
_CHUNK = 480_000
# Texts of a file, of which a reader sees ten texts at first; and of a stretch that is cut into files apart from
# others, so that a text that comes or goes moves few of them.
_TEXTS, _STRETCH = 6, 32
# Bytes of a digest, and hexadecimal digits of it in a file's name: every reader fetches a list of them.
_SIZE, _DIGITS = 8, 12
# Lengths of texts are stored in steps of a quarter of a doubling.
_STEPS = 4
# More would take several times as long, for some hundredths of the size.
_LEVEL = 3
_KINDS = tuple(Kind)


def file_name(kind: str, digest: str) -> str:
    """The name of a file of a kind, by the digest of its content."""
    return f"{kind}-{digest[:_DIGITS]}.gz"


def bundles(items: Iterable[tuple[str, Item]]) -> Iterator[list[tuple[str, Item]]]:
    """Texts, each with its place, as they share files."""
    bundle: list[tuple[str, Item]] = []
    for place, item in items:
        address, _, part = place.split("\t")
        begins = zlib.crc32(f"{address}{part}".encode()) % _STRETCH == 0
        if bundle and (begins or len(bundle) == _TEXTS):
            yield bundle
            bundle = []
        bundle.append((place, item))
    if bundle:
        yield bundle


def bundle_name(rows: Iterable[TextRow]) -> str:
    """The name of the file that holds some texts."""
    return file_name("texts", digest(b"".join(row.digest for row in rows)).hex())


def digest_of(text: Text, outlets: Outlets) -> bytes:
    """The digest of all that is written of a text."""
    outlet = outlets.get(text.outlet, "") if text.outlet else ""
    head = (
        text.address,
        text.kind,
        text.part,
        text.title,
        text.date,
        text.day,
        text.outlet or "",
        outlet,
        repr(text.days),
    )
    passages = (
        one for p in text.passages for one in (p.anchor, p.text, *p.names, p.date, repr(p.days), "\1")
    )
    return digest("\0".join((*head, *passages)).encode())


def text_data(text: Text, outlets: Outlets) -> list[Any]:
    """A text as browsers read it, each passage with its anchor and its date, if it has one of its own."""
    outlet = outlets.get(text.outlet, "") if text.outlet else ""
    passages = [[p.anchor, one_line(p.text), *([p.date] if p.date else [])] for p in text.passages]
    return [one_line(text.title), text.date, outlet, text.address, passages]


def words(text: Sequence[Any]) -> list[list[str]]:
    """The words of each passage of a text as browsers read it, which count them in the same way."""
    return [passage.split() for _, passage, *_ in text[-1]]


def named_in(text: Text) -> Iterator[tuple[RecordId, int]]:
    """The records that a text names, with the passages that do."""
    return ((key, at) for at, passage in enumerate(text.passages) for key in passage.names)


def row_of(text: Text, record: RecordId, digest_of_text: bytes, words: Iterable[Sequence[str]]) -> TextRow:
    """The row of a text whose passages have these words."""
    return TextRow(
        place=text.place,
        record=record,
        digest=digest_of_text,
        kind=text.kind,
        length=round(_STEPS * math.log2(sum(map(len, words)) + 1)),
        outlet=text.outlet or "",
        day=int(text.day.replace("-", "") or 0),
        dates=tuple(_dates_of(text)),
        named=text.named,
        naming=digest("\0".join(f"{at} {key}" for key, at in named_in(text)).encode()),
    )


def _dates_of(text: Text) -> Iterator[tuple[int, int, int]]:
    for at, days in ((0, text.days), *((at, passage.days) for at, passage in enumerate(text.passages))):
        if days:
            first, last = days
            yield at, first, last


def name_row(name: Name) -> NameRow:
    """The row of a name."""
    kind = _KINDS.index(name.kind)
    data = [kind, name.id, name.label, name.also, name.short, name.line, name.years, name.weight]
    if name.offices:
        data.append(name.offices)
    return NameRow(name.id, name.kind, name.weight, to_json(data))


def forms_of(names: Iterable[NameRow]) -> Iterator[str]:
    """All that records are called."""
    for name in names:
        _, _, label, also, short, *_ = json.loads(name.data)
        yield from (label, *also, *short)


def name_chunks(names: Iterable[NameRow]) -> Iterator[bytes]:
    """Names, as many at a time as one file holds."""
    chunk: list[bytes] = []
    size, limit = 0, _FIRST_CHUNK
    for name in names:
        if chunk and size + len(name.data) > limit:
            yield _joined(chunk)
            chunk, size, limit = [], 0, _CHUNK
        chunk.append(name.data)
        size += len(name.data)
    yield _joined(chunk)


def ranking(rows: Sequence[TextRow], files: Sequence[tuple[str, int]]) -> bytes:
    """What texts are ranked by, in columns, one entry a text; and which file holds how many of them."""
    return to_json(
        {
            "kinds": [_KINDS.index(row.kind) for row in rows],
            "lengths": [row.length for row in rows],
            "files": [name for name, _ in files],
            "sizes": [size for _, size in files],
        }
    )


def filters(rows: Sequence[TextRow], outlets: Outlets) -> bytes:
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


def people_named(people: Sequence[RecordId], steps: Iterable[bytes]) -> bytes:
    """Which people each text names."""
    return b'{"ids":' + to_json(people) + b',"steps":' + _joined(steps) + b"}"


def packed(data: bytes) -> bytes:
    """A file with some content."""
    return gzip.compress(data, _LEVEL, mtime=0)


def unpacked(data: bytes) -> Any:
    """The value in a file of JSON."""
    return json.loads(gzip.decompress(data))


def digest(data: bytes) -> bytes:
    """A digest that names content and tells whether it changed."""
    return hashlib.blake2b(data, digest_size=_SIZE).digest()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_json(value: Any) -> bytes:
    """A value as all files have it."""
    return _ENCODER.encode(value).encode()


def _joined(items: Iterable[bytes]) -> bytes:
    return b"[" + b",".join(items) + b"]"
