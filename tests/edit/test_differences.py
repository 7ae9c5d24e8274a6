"""A YAML text is changed where it must be, and nowhere else."""

import copy
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.edit.differences import CannotEditError, changed
from generator.edit.text import YamlText
from generator.load.records import plain
from generator.load.yaml import MappingNode


def _values(text: str) -> Any:
    node = YamlText.whole(text).root
    return plain(node) if node else {}


def _edited(text: str, change: Callable[[Any], None]) -> str:
    values = copy.deepcopy(_values(text))
    change(values)
    return changed(YamlText.whole(text), values)


# YAML as people write it: each piece in any of its forms, with comments and blank lines between.

_KEYS = st.sampled_from(["a", "name", "also", "evidence", "x-y", "1994", "née", "it: is", "#no", ""]).filter(
    bool
)
_TEXTS = st.one_of(
    st.sampled_from(
        ["a", "no", "~x", "2022-02-30", "a b", "it: is", "- x", "a, b", "[[x]]", "@x", "x # y", "“q”", "'", '"', "\\", "é:", "a: ", "x#p1-2"]
    ),
    st.text(st.sampled_from("ab :,#-[]{}'\"\\@.é…"), min_size=1, max_size=12),
    st.lists(st.sampled_from(["word", "longer-word", "[@one#p2]", "é:"]), min_size=8, max_size=30).map(" ".join),
)  # fmt: skip
_TREES: st.SearchStrategy[Any] = st.recursive(
    _TEXTS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=0, max_size=3), st.dictionaries(_KEYS, inner, min_size=0, max_size=3)
    ),
    max_leaves=6,
)
_DOCUMENTS = st.dictionaries(_KEYS, _TREES, min_size=1, max_size=4)


class _Scribe:
    """Writes values as YAML with every freedom that YAML leaves."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def _is(self, chance: int = 2) -> bool:
        return bool(self._draw(st.integers(0, chance - 1)) == 0)

    def document(self, values: dict[str, Any]) -> str:
        text = self._comments(0) + self._fields(values, 0) + self._comments(0)
        text = text.rstrip("\n") if self._is(4) else text
        return text.replace("\n", self._draw(st.sampled_from(["\n", "\n", "\r\n"])))

    def _comments(self, indent: int) -> str:
        lines = self._draw(st.lists(st.sampled_from(["", "", " " * indent + "# note", "#"]), max_size=2))
        return "".join(f"{line}\n" for line in lines)

    def _fields(self, values: dict[str, Any], indent: int) -> str:
        return "".join(
            f"{self._comments(indent)}{' ' * indent}{self._flow(key)}:{self._after(value, indent)}"
            for key, value in values.items()
        )

    def _after(self, value: Any, indent: int) -> str:
        """A value after `key:` or `-`, with the line break at the end."""
        inner = indent + self._draw(st.integers(1, 4))
        if isinstance(value, dict) and value and self._is():
            return f"{self._tail()}{self._fields(value, inner)}"
        if isinstance(value, list) and value and self._is():
            return self._tail() + "".join(
                f"{self._comments(inner)}{' ' * inner}-{self._item(item, inner)}" for item in value
            )
        if isinstance(value, str) and self._is(3) and (folded := _folded(value, " " * inner)):
            return f" {folded}\n"
        return f" {self._flow(value)}{self._tail()}"

    def _item(self, value: Any, indent: int) -> str:
        if isinstance(value, dict) and value and self._is():
            return (
                " " + self._fields(value, indent + 2).lstrip()
                if not self._is(9)
                else self._after(value, indent)
            )
        return self._after(value, indent)

    def _tail(self) -> str:
        return "  # why\n" if self._is(5) else "\n"

    def _flow(self, value: Any) -> str:
        gap = " " if self._is() else ""
        if isinstance(value, list):
            return f"[{gap}{', '.join(map(self._flow, value))}{gap}]"
        if isinstance(value, dict):
            return (
                "{"
                + gap
                + ", ".join(f"{self._flow(k)}: {self._flow(v)}" for k, v in value.items())
                + gap
                + "}"
            )
        if self._is() and re.fullmatch(r"\w[\w -]*\w|\w", value) and value != "null":
            return str(value)
        return json.dumps(value, ensure_ascii=False) if self._is() else "'" + value.replace("'", "''") + "'"


def _folded(text: str, margin: str) -> str:
    if not re.fullmatch(r"\S+( \S+)*", text) or text.startswith("#"):
        return ""
    words = text.split(" ")
    lines = [" ".join(words[at : at + 4]) for at in range(0, len(words), 4)]
    return "\n".join([">-", *(margin + line for line in lines)])


@st.composite
def _yaml(draw: st.DrawFn) -> str:
    return _Scribe(draw).document(draw(_DOCUMENTS))


@st.composite
def _changes(draw: st.DrawFn, values: Any) -> Any:
    """Values with something added, removed, or replaced somewhere."""
    if isinstance(values, dict) and values and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(sorted(values)))
        return {**values, key: draw(_changes(values[key]))}
    if isinstance(values, list) and values and draw(st.integers(0, 3)):
        at = draw(st.integers(0, len(values) - 1))
        return [*values[:at], draw(_changes(values[at])), *values[at + 1 :]]
    if isinstance(values, dict):
        items = list(values.items())
        if len(items) > 1 and draw(st.booleans()):
            items.pop(draw(st.integers(0, len(items) - 1)))
        else:
            items.insert(draw(st.integers(0, len(items))), (draw(_KEYS), draw(_TREES)))
        return dict(items)
    if isinstance(values, list):
        at = draw(st.integers(0, len(values)))
        return draw(
            st.sampled_from([values[:at] + values[at + 1 :], [*values[:at], draw(_TREES), *values[at:]]])
        )
    return draw(_TREES)


@given(st.data())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_values_are_reached_from_any_text(data: st.DataObject) -> None:
    text = data.draw(_yaml())
    values = _values(text)
    wanted = values
    for _ in range(data.draw(st.integers(1, 3))):
        wanted = data.draw(_changes(wanted))
    assert _values(changed(YamlText.whole(text), wanted)) == wanted


@given(_yaml())
@settings(max_examples=50, deadline=None, derandomize=True)
def test_the_same_values_change_nothing(text: str) -> None:
    assert changed(YamlText.whole(text), _values(text)) == text


@given(st.data())
@settings(max_examples=80, deadline=None, derandomize=True)
def test_lines_of_other_fields_stay(data: st.DataObject) -> None:
    text = data.draw(_yaml())
    values = _values(text)
    key = data.draw(st.sampled_from(sorted(values)))
    wanted = {**values, key: data.draw(_changes(values[key]))}
    document = YamlText.whole(text)
    new = changed(document, wanted)
    assert isinstance(document.root, MappingNode)
    (start, end) = next(
        (document.start(name), document.line_end_of(document.end(value)))
        for name, value in document.root.items
        if name.text == key
    )
    assert new.startswith(text[:start])
    assert new.endswith(text[end:])


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("a: {b: c}  # why\n", lambda v: v["a"].update(d="e"), "a: {b: c, d: e}  # why\n"),
        ("a:\n    b: c # why\n\n# next\nd: e", lambda v: v["a"].update(f="g"), "a:\n    b: c # why\n    f: g\n\n# next\nd: e"),
        ("a: [x, y, z]\n", lambda v: v.update(a=["x"]), "a: [x]\n"),
        ("a: {b: c, d: e, f: g}\n", lambda v: v.update(a={"d": "e"}), "a: {d: e}\n"),
        ("a: {b: c, d: e}\n", lambda v: v.update(a={"b": "c", "f": "g"}), "a: {b: c, f: g}\n"),
        ("a: [x]\n", lambda v: v["a"].append("y, z"), 'a: [x, "y, z"]\n'),
        ("a:\n- x\n# last\n", lambda v: v["a"].append("y"), "a:\n- x\n- y\n# last\n"),
        ("a: 'it''s'\n", lambda v: v.update(a="it's so"), "a: 'it''s so'\n"),
        ("a:\n  - b: c\n    d: e\n", lambda v: v["a"][0].pop("b"), "a:\n  - d: e\n"),
        ("a: b\r\nc: d\r\n", lambda v: v.update(e="f"), "a: b\r\nc: d\r\ne: f\r\n"),
        ("a: b\n\nc: d\n\ne: f\n", lambda v: v.pop("c"), "a: b\n\ne: f\n"),
        ("a:\n  b: c\n", lambda v: v.update(z=v.pop("a")), "z:\n  b: c\n"),
        ("a: >-\n  See [[old]] and\n  more.\n", lambda v: v.update(a="See [[new]] and more."), "a: >-\n  See [[new]] and\n  more.\n"),
        ("", lambda v: v.update(a={"b": "c"}), "a:\n  b: c\n"),
        ("# only this", lambda v: v.update(a="b"), "# only this\na: b\n"),
    ],
)  # fmt: skip
def test_a_change_is_written_as_its_neighbours_are(
    before: str, change: Callable[[Any], None], after: str
) -> None:
    assert _edited(before, change) == after


def test_values_that_several_fields_share_are_refused() -> None:
    with pytest.raises(CannotEditError):
        _edited("a: &x {b: c}\nd: *x\n", lambda v: v["d"].update(b="e"))
