"""The types of fields, and marks for references, prose, dates and evidence.

A mark states once what a field holds, so that checking, linking and back-links can walk any record
without knowing its kind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from generator.folding.table import INVISIBLE
from generator.model.dates import EdtfDate
from generator.model.evidence import Evidence
from generator.model.kinds import Kind

# The path of a value in its record: field names and positions in lists, from the record down.
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Ref:
    """The value is the id of a record.

    Attributes:
        kinds: The kinds that the record can have.
        back: The heading under which the record's page lists those that refer to it.
        word: A value that is allowed in place of an id, such as `online`.
    """

    kinds: tuple[Kind, ...]
    back: str
    word: str = ""


@dataclass(frozen=True)
class ProseMark:
    """The value is prose: text with links, record links and citations."""


@dataclass(frozen=True)
class DateMark:
    """The value is a date."""


@dataclass(frozen=True)
class EvidenceMark:
    """The value is a piece of evidence."""


Mark = Ref | ProseMark | DateMark | EvidenceMark
_MARKS: tuple[type[Mark], ...] = (Ref, ProseMark, DateMark, EvidenceMark)


class Part(BaseModel):
    """A frozen value with only the fields that it declares."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


# Only a mistake or an attack makes a field longer, and pages, the search and messages repeat its text.
MAX_TEXT = 10_000
MAX_PROSE = 100_000
# Names are searched for in all texts, at a cost that grows faster than their length.
MAX_NAME = 500
# A visible character: not a space, directional mark, joiner or variation selector, nor a blank that matching keeps,
# such as a Hangul filler or the blank Braille pattern.
_VISIBLE = re.compile(
    f"[^\\s{INVISIBLE}\u115f\u1160\u17b4\u17b5\u2065\u2800\u3164\uffa0\ufff9-\ufffc\U000e0000-\U000e0fff]"
)


def _one_line(text: str) -> str:
    return _sane(" ".join(text.split()), MAX_TEXT)


def _name(text: str) -> str:
    return _sane(" ".join(text.split()), MAX_NAME)


def is_blank(text: str) -> bool:
    """Whether a text has no visible character."""
    return _VISIBLE.search(text) is None


def _paragraphs(text: str) -> str:
    text = "\n\n".join(" ".join(part.split()) for part in re.split(r"\n[^\S\n]*\n", text) if part.strip())
    return _sane(text, MAX_PROSE)


def _sane(text: str, limit: int) -> str:
    if not text:
        raise ValueError("is empty")
    if is_blank(text):
        raise ValueError("has only invisible characters")
    if len(text) > limit:
        raise ValueError(f"is longer than {limit} characters")
    return text


def _url(text: str) -> str:
    text = text.strip()
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", text):
        raise ValueError(f"{text!r} is not an address that begins with http:// or https://")
    return text


def _date(value: Any) -> Any:
    # Without quotation marks, YAML reads the brackets of a set as a list.
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        value = f"[{value[0]}]"
    return EdtfDate.parse(value) if isinstance(value, str) else value


Text = Annotated[str, AfterValidator(_one_line)]
NameText = Annotated[str, AfterValidator(_name)]
Prose = Annotated[str, AfterValidator(_paragraphs), ProseMark()]
Url = Annotated[str, AfterValidator(_url)]
Date = Annotated[EdtfDate, BeforeValidator(_date), DateMark()]
Proof = Annotated[Evidence, EvidenceMark()]


def walk(value: BaseModel, *marks: type[Mark]) -> Iterator[tuple[Path, Mark, Any]]:
    """The marked values of a record, with their paths, in the order in which the fields are declared.

    Args:
        marks: The marks to look for, all by default; fields that hold none of them are not read.
    """
    yield from _walk((), _plan(type(value), marks or _MARKS), value)


@dataclass(frozen=True)
class _Plan:
    """How to walk the values of one type: its marks, and the plans for its fields or items."""

    marks: tuple[Mark, ...] = ()
    fields: tuple[tuple[str, str, "_Plan"], ...] = ()
    item: "_Plan | None" = None

    @property
    def is_empty(self) -> bool:
        return not (self.marks or self.fields or self.item)


def _walk(path: Path, plan: _Plan, value: Any) -> Iterator[tuple[Path, Mark, Any]]:
    if value is None:
        return
    for mark in plan.marks:
        yield path, mark, value
    for name, written, inner in plan.fields:
        yield from _walk((*path, written), inner, getattr(value, name))
    if plan.item:
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in entries:
            yield from _walk((*path, key), plan.item, item)


@cache
def _plan(hint: Any, wanted: tuple[type[Mark], ...]) -> _Plan:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        marks = tuple(mark for mark in args[1:] if isinstance(mark, wanted))
        inner = _plan(args[0], wanted)
        return _Plan(inner.marks + marks, inner.fields, inner.item)
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        inner = _plan(args[0], wanted)
        return _Plan(item=None if inner.is_empty else inner)
    if origin is dict:
        inner = _plan(args[1], wanted)
        return _Plan(item=None if inner.is_empty else inner)
    if origin in (Union, type(int | str)):
        plans = [plan for arg in args if not (plan := _plan(arg, wanted)).is_empty]
        return plans[0] if plans else _Plan()
    if isinstance(hint, type) and issubclass(hint, BaseModel) and hint is not Evidence:
        hints = get_type_hints(hint, include_extras=True)
        # `from` is a keyword of Python, so such a field has an alias, which is its name in the file.
        fields = (
            (name, field.alias or name, _plan(hints[name], wanted))
            for name, field in hint.model_fields.items()
        )
        return _Plan(fields=tuple(field for field in fields if not field[2].is_empty))
    return _Plan()
