"""The search of a site: names in chunks of our own, passages in an index of Pagefind's, and a list of pages to filter by.

The scripts in `theme/assets/javascripts/search` read what is written here.
"""

import asyncio
import gzip
import hashlib
import html
import json
import shutil
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pagefind.index import IndexConfig
from pagefind.service import PagefindService

from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.search import Name, Searchable, Text, common_words, fold_table
from generator.files import write_whole

# Below the site.
FOLDER = "search/data"
MANIFEST = "manifest.json"
# Characters of a chunk of names before it is compressed: the first comes before any result, the others after.
_FIRST_CHUNK = 240_000
_CHUNK = 480_000
# A record that a paragraph names stands in the index as a word beside the paragraph's own, made of letters of
# Old Persian: they have no case, no stems and no diacritics, and are written in nothing that is published today.
# Words of one length are no beginnings of each other, which Pagefind would take for matches.
_LETTER, _LETTERS, _LENGTH = 0x103A0, 32, 4
# A record that more texts name than this is a word of its first paragraph only in each: its list of places would
# else be the largest file of all, and it is loaded before the first passage shows.
_OFTEN = 2_000
# Of words that stand in more than this share of texts and in more places than this, browsers ask for none: their
# lists of places are hundreds of kilobytes, which a query would wait for to leave out few texts.
_MOST = 0.5
_DEAR = 20_000
# Sources come before what the dossier says of them: of the same words those of an article count most.
_WEIGHTS = {Kind.ARTICLE: "", Kind.STATEMENT: "0.7"}
_WEIGHT = "0.4"
# What Pagefind puts before the JSON of a fragment.
_FRAGMENT_HEAD = b"pagefind_dcd"
# Characters without width, at which Pagefind or a browser would part words that we do not.
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\ufeff"))
_PART = "~"
_GZIP = b"\x1f\x8b"
# Seconds between two looks at what Pagefind writes, and how long it may take.
_LOOK, _PATIENCE = 0.02, 60


class SearchError(Exception):
    """The index could not be made; the message says why."""


def write_search(found: Searchable, site: Path) -> None:
    """Writes all that the search of a site reads, whole or not at all.

    Raises:
        SearchError: if Pagefind has no program for this system.
    """
    target = site / FOLDER
    ordinals = {name.id: number for number, name in enumerate(found.names)}
    with tempfile.TemporaryDirectory(prefix="dossier-search-") as name:
        room = Path(name)
        fresh = room / "data"
        ids = _write_passages(found, ordinals, room, fresh / "passages")
        fold = fold_table(form for name in found.names for form in (name.label, *name.also, *name.short))
        manifest = {
            "names": [_write(fresh, "names", chunk) for chunk in _chunks(found.names)],
            "fold": _write(fresh, "fold", fold),
            "pages": _write(fresh, "pages", _pages(found, ids)),
            "people": _write(fresh, "people", _people(found)),
            "common": common_words(found.texts, _MOST, _DEAR),
            "kinds": [kind.value for kind in Kind],
            "sections": [kind.section for kind in Kind],
            "passages": "passages/",
        }
        write_whole(fresh / MANIFEST, _json(manifest))
        # Another disk may lie between the two, so nothing is moved.
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(fresh, target)


def token(number: int) -> str:
    """The word that stands in the index for the record of a number."""
    letters = []
    for _ in range(_LENGTH):
        number, letter = divmod(number, _LETTERS)
        letters.append(chr(_LETTER + letter))
    return "".join(reversed(letters))


def _chunks(names: Sequence[Name]) -> Iterator[list[Any]]:
    """The names in rows of their values, as many at a time as one file holds, the most cited first."""
    rows: list[Any] = []
    size, limit = 0, _FIRST_CHUNK
    for name in names:
        row = [
            list(Kind).index(name.kind),
            name.id,
            name.label,
            name.also,
            name.short,
            name.line,
            name.years,
            name.weight,
        ]
        length = len(_json(row))
        if rows and size + length > limit:
            yield rows
            rows, size, limit = [], 0, _CHUNK
        rows.append(row)
        size += length
    yield rows


def _pages(found: Searchable, ids: Sequence[str]) -> dict[str, Any]:
    """What passages are filtered by, in columns: one entry a text."""
    kinds, outlets = list(Kind), list(found.outlets)
    return {
        "ids": " ".join(ids),
        "kinds": [kinds.index(text.kind) for text in found.texts],
        "outlets": [outlets.index(text.outlet) if text.outlet else -1 for text in found.texts],
        "days": [int(text.day.replace("-", "") or 0) for text in found.texts],
        "outlet": [[key, label] for key, label in found.outlets.items()],
    }


def _people(found: Searchable) -> list[list[int]]:
    """Which people each text names, by their numbers among the names, each as the step from the one before."""
    people = {name.id: number for number, name in enumerate(found.names) if name.kind is Kind.PERSON}
    rows = []
    for text in found.texts:
        numbers = sorted(people[key] for key in text.named if key in people)
        rows.append([b - a for a, b in zip([0, *numbers], numbers, strict=False)])
    return rows


def _write_passages(found: Searchable, ordinals: dict[RecordId, int], room: Path, target: Path) -> list[str]:
    """Has Pagefind index all texts, and returns the id that it gave to each."""
    source, made = room / "texts", room / "pagefind"
    often = {key for key, times in Counter(k for t in found.texts for k in t.named).items() if times > _OFTEN}
    for text in found.texts:
        path = source / text.address / (f"{_PART}{text.part}.html" if text.part else "index.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_document(text, found, ordinals, often), "utf-8")
    source.mkdir(exist_ok=True)
    language = found.language.partition("-")[0].lower()
    # In a thread of its own, since a caller may be in an event loop already.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(_index(source, made, language))).result()
    entry = json.loads((made / "pagefind-entry.json").read_text("utf-8"))
    programs = {f"wasm.{one['wasm'] or 'unknown'}.pagefind" for one in entry["languages"].values()}
    # Of what Pagefind writes, not its own interface.
    kept = {"pagefind.js", "pagefind-entry.json", "index", "fragment", *programs}
    target.mkdir(parents=True)
    for path in sorted(made.iterdir()):
        if path.name in kept or path.suffix == ".pf_meta":
            path.rename(target / path.name)
    by_url = dict(map(_url_and_id, sorted(target.glob("fragment/*"))))
    return [by_url[_url(text)] for text in found.texts]


async def _index(source: Path, made: Path, language: str) -> None:
    # One message to Pagefind, which reads the files itself: its Python interface waits a tenth of a second
    # for the answer to each record that it is handed.
    config = IndexConfig(output_path=str(made), force_language=language)
    try:
        async with PagefindService() as service:
            index = await service.create_index(config=config)
            await index.add_directory(str(source))
            await index.write_files()
            # Pagefind answers before all is in its files, and the end of the service would cut them off.
            await _whole(made)
    except FileNotFoundError as error:
        raise SearchError(str(error)) from None


async def _whole(made: Path) -> None:
    """Waits until every file that Pagefind writes is there to its end.

    Raises:
        SearchError: if one is not, long after it should be.
    """
    left = [path for path in made.rglob("*") if path.is_file()]
    deadline = time.monotonic() + _PATIENCE
    while left := [path for path in left if not _is_whole(path)]:
        if time.monotonic() > deadline:
            raise SearchError(f"Pagefind left {left[0].name} unfinished")
        await asyncio.sleep(_LOOK)


def _is_whole(path: Path) -> bool:
    """Whether a file has content and, where it is compressed, its end."""
    data = path.read_bytes()
    if not data.startswith(_GZIP):
        return bool(data)
    try:
        gzip.decompress(data)
    except (EOFError, zlib.error):
        return False
    return True


def _document(
    text: Text, found: Searchable, ordinals: dict[RecordId, int], often: Collection[RecordId]
) -> str:
    """A text as Pagefind reads it: each passage behind an anchor, with a word for each record that it names."""
    outlet = found.outlets.get(text.outlet, "") if text.outlet else ""
    metas = {"title": text.title, "date": text.date, "outlet": outlet}
    head = "".join(
        f'<i data-pagefind-meta="{key}[data-v]" data-v="{html.escape(_plain(value))}"></i>'
        for key, value in metas.items()
        if value
    )
    body: list[str] = []
    seen: set[RecordId] = set()
    for number, passage in enumerate(text.passages):
        named = [key for key in passage.names if key not in seen]
        seen.update(key for key in named if key in often)
        words = " ".join([_plain(passage.text), *map(token, sorted(ordinals[key] for key in named))]).strip()
        # Inline elements: at the end of a block Pagefind would add a full stop.
        body.append(f'<a id="{number}.{passage.anchor}"></a><span>{html.escape(words)}</span>' if words else "")
    weight = _WEIGHTS.get(text.kind, _WEIGHT)
    start = f'<span data-pagefind-weight="{weight}">' if weight else "<span>"
    language = html.escape(found.language)
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><body>{head}'
        f"{start}{' '.join(body)}</span></body></html>"
    )


def _plain(text: str) -> str:
    """A text in one line, its words apart where both Pagefind and browsers see them apart."""
    return " ".join(text.translate(_NO_WIDTH).split())


def _url(text: Text) -> str:
    return f"/{text.address}{f'{_PART}{text.part}.html' if text.part else ''}"


def _url_and_id(path: Path) -> tuple[str, str]:
    data = gzip.decompress(path.read_bytes()).removeprefix(_FRAGMENT_HEAD)
    return str(json.loads(data)["url"]), path.stem


def _write(folder: Path, name: str, value: Any) -> str:
    """Writes a value compressed, under a name that changes with it, and returns the name."""
    data = _json(value)
    file = f"{name}-{hashlib.sha256(data).hexdigest()[:10]}.gz"
    write_whole(folder / file, gzip.compress(data, 9, mtime=0))
    return file


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
