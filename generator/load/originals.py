"""Finds the full texts that may not be published in the folders that the dossier names."""

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.load.inputs import allowed_places, leads_outside
from generator.model.article import Article
from generator.model.dossier import OriginalText
from generator.model.ids import ArticleId
from generator.support.files import name_of, read_file

# A group, so that `split` keeps the blank lines and lines can be counted.
_BLANK_LINES_KEPT = re.compile(r"(\n(?:[^\S\n]*\n)+)")


def find_originals(
    articles: Iterable[Article],
    folders: Sequence[Path],
    root: Path = Path(),
    linked_folders: Sequence[str] = (),
) -> dict[ArticleId, OriginalText]:
    """The originals that are there, by article.

    Links in the folders may lead to where links in the dossier may.

    One with another hash than the stated one is found too: the checks report it. A text in another encoding than
    UTF-8 is read with replacement characters.
    """
    found = {}
    places = allowed_places(root, linked_folders)
    for article in articles:
        if article.original is None:
            continue
        read = _first_that_is_there(article.original.file, folders, places)
        if read is None:
            continue
        path, data = read
        blocks = text_blocks(data.decode("utf-8-sig", errors="replace"))
        body = [blocks[n - 1] for n in article.original.body if n <= len(blocks)]
        found[article.article_id] = OriginalText(
            # However the caller spells its way there, the same file has the same name.
            Path(name_of(path.resolve(), root.resolve())),
            hashlib.sha256(data).hexdigest(),
            tuple(text for text, _ in body),
            len(blocks),
            tuple(line for _, line in body),
        )
    return found


def holds_files(folder: Path) -> bool:
    """Whether a folder is here and has files: version control keeps no empty folders."""
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def places_of(articles: Iterable[Article], folders: Sequence[Path]) -> tuple[Path, ...]:
    """The paths at which originals may be, each once."""
    files = dict.fromkeys(article.original.file for article in articles if article.original)
    return tuple(folder / file for file in files for folder in folders)


def _first_that_is_there(
    file: str, folders: Sequence[Path], places: Sequence[str]
) -> tuple[Path, bytes] | None:
    for folder in folders:
        path = folder / file
        try:
            if leads_outside(os.path.realpath(path), (os.path.realpath(folder), *places)):
                continue
            return path, read_file(path)
        except OSError:
            # Absent, no file, not ours to read, or a name too long to be a file's.
            continue
    return None


def text_blocks(text: str) -> tuple[tuple[str, int], ...]:
    """The blocks of a text that blank lines separate, each with the line on which it begins, from 1."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks = []
    line = 1
    for part in _BLANK_LINES_KEPT.split(text):
        if stripped := part.strip():
            before = part[: len(part) - len(part.lstrip())]
            blocks.append((stripped, line + before.count("\n")))
        line += part.count("\n")
    return tuple(blocks)
