"""A page: its path in the tree, its front matter, and its Markdown."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from generator.markup.direction import has_rtl

# The path of the report, which a long dossier does not have.
REPORT = "report/index.md"
# The path of the story, which not every dossier has.
STORY_PAGE = "story.md"
# Characters that YAML's reader refuses or folds and JSON does not escape.
_ODD = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")
# The beginning of every generated file: it identifies the file as the generator's own, and the hash of
# what follows shows that it was not edited.
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_PARAGRAPH = "\n\n"
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_MARK = re.compile(r"---\ngenerated_by: dossier ([0-9a-f]{16})\n")


@dataclass(frozen=True)
class Page:
    """One Markdown file of the generated tree.

    Attributes:
        path: Relative to the tree, with `/`, such as `people/nikol-pashinyan.md`.
        meta: The front matter; values as JSON has them.
        body: Markdown.
    """

    path: str
    meta: dict[str, Any] = field(default_factory=dict)
    body: str = ""

    @property
    def markdown(self) -> str:
        """The body, with no more than one empty line in a row."""
        return f"{_EMPTY_LINES.sub(_PARAGRAPH, self.body.strip())}\n"

    @property
    def text(self) -> str:
        """The whole file: front matter that is JSON value by value, and so YAML in every version, and the body."""
        body = f"---\n\n{self.markdown}"
        encoded = body.encode()
        # The theme sets the direction of elements only on pages with this key.
        meta = {**self.meta, "rtl": True} if has_rtl(body, encoded) else self.meta
        head = "".join(f"{key}: {_json(value)}\n" for key, value in meta.items())
        return f"---\ngenerated_by: dossier {_hash(head.encode() + encoded)}\n{head}{body}"


def is_generated(text: str) -> bool:
    """Whether a file's text was written by the generator."""
    return _MARK.match(text) is not None


def is_edited(text: str) -> bool:
    """Whether a generated file's text was changed after the generator wrote it."""
    mark = _MARK.match(text)
    return mark is not None and mark[1] != _hash(text[mark.end() :].encode())


def _hash(encoded: bytes) -> str:
    return hashlib.sha256(encoded).hexdigest()[:16]


def _json(value: Any) -> str:
    dumped = _ENCODER.encode(value)
    return _ODD.sub(lambda match: f"\\u{ord(match[0]):04x}", dumped)
