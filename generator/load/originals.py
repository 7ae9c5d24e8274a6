"""Full texts that may not be published, looked for where the dossier says they may lie."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.model.article import Article
from generator.model.dossier import OriginalText
from generator.model.ids import ArticleId

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


def find_originals(articles: Iterable[Article], folders: Sequence[Path]) -> dict[ArticleId, OriginalText]:
    """The originals that are there, by article.

    One whose bytes are not those of the stated hash is found too: that it has changed is for the
    checks to say. A text in another encoding than UTF-8 is read with marks in place of what is not.
    """
    found = {}
    for article in articles:
        if article.original is None:
            continue
        path = next((p for folder in folders if (p := folder / article.original.file).is_file()), None)
        if path is None:
            continue
        data = path.read_bytes()
        blocks = text_blocks(data.decode("utf-8-sig", errors="replace"))
        body = tuple(blocks[n - 1] for n in article.original.body if n <= len(blocks))
        found[article.article_id] = OriginalText(path, hashlib.sha256(data).hexdigest(), body, len(blocks))
    return found


def text_blocks(text: str) -> tuple[str, ...]:
    """The blocks of a text that blank lines separate, in order, without those that are empty."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(block.strip() for block in _BLANK_LINES.split(text) if block.strip())
