"""Changes a YAML text so that it holds other values, and leaves every character that has nothing to do with them.

What is wanted is given as values, texts in lists and mappings. They are compared with those of the text, and what
differs becomes *splices*: a place in the text, and what stands there instead. Example: to add an item to

    evidence: [one#p1]   # both say so

takes the splice `, two#p3` before the bracket. Comments, quotation marks, indentation and order stay as they are.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from generator.edit.style import Style, blank_lines, style_of
from generator.edit.text import YamlText
from generator.edit.writing import Value, Writer, in_line, in_quotes, is_plain, scalar
from generator.load.records import plain
from generator.load.yaml import MappingNode, Node, ScalarNode, SequenceNode

_WORDS = re.compile(r"\S+")


class CannotEditError(Exception):
    """The text is written in a way that the values cannot be changed in; nothing was changed.

    Attributes:
        place: The line and column of the value that cannot be changed, from 1; the beginning if no one value is known.
    """

    def __init__(self, place: tuple[int, int] = (1, 1)) -> None:
        super().__init__(place)
        self.place = place


class Splice(NamedTuple):
    """A place in a text, from `start` to `end`, and the characters that replace it."""

    start: int
    end: int
    text: str


def changed(text: YamlText, wanted: Mapping[str, Value]) -> str:
    """The whole text, so changed that its document holds the wanted values.

    Raises:
        CannotEditError: if the text cannot be changed so; what was read of it again has other values.
    """
    splices = _merged(sorted(_Differ(text).document(wanted), key=lambda splice: splice[:2]))
    new = spliced(text.text, splices)
    last = text.last + len(new) - len(text.text)
    node, problems = replace(text, text=new, last=last).parsed
    if len(problems) > len(text.parsed[1]) or (plain(node) if node else {}) != without_empty(wanted):
        raise CannotEditError
    return new


def _merged(splices: Sequence[Splice]) -> list[Splice]:
    """Splices in order, with removals that overlap as one."""
    merged: list[Splice] = []
    for splice in splices:
        if merged and splice.start < merged[-1].end and not splice.text and not merged[-1].text:
            merged[-1] = Splice(merged[-1].start, max(splice.end, merged[-1].end), "")
        else:
            merged.append(splice)
    return merged


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """A text after splices, which are in order.

    Raises:
        CannotEditError: if two of them overlap.
    """
    parts, at = [], 0
    for splice in splices:
        if splice.start < at:
            raise CannotEditError
        parts += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*parts, text[at:]])


def without_empty(value: Value) -> Value:
    """A value without the fields that have none, as the loader reads it."""
    if isinstance(value, Mapping):
        return {key: without_empty(one) for key, one in value.items() if one is not None}
    return [without_empty(one) for one in value] if isinstance(value, list | tuple) else value


class _Differ:
    """Finds the splices of one text."""

    def __init__(self, text: YamlText) -> None:
        self._text = text
        self._style: Style = style_of(text)
        self._writer = Writer(self._style)

    def document(self, wanted: Mapping[str, Value]) -> Iterator[Splice]:
        root = self._text.root
        if isinstance(root, MappingNode):
            if _kept(root, wanted, _renamed(root, wanted)):
                yield from self._mapping(root, wanted)
            else:
                yield self._splice(
                    self._text.start(root), self._text.end(root), self._records(wanted) or "{}"
                )
        elif root is None and not self._text.parsed[1]:
            lines = self._records(wanted)
            before = self._text.text[self._text.first : self._text.last]
            start = "" if not before or before.endswith(("\n", "\r")) else "\n"
            yield self._splice(self._text.last, self._text.last, f"{start}{lines}\n")
        else:
            raise CannotEditError

    def _splice(self, start: int, end: int, text: str) -> Splice:
        return Splice(start, end, text.replace("\n", self._text.newline))

    def _replaced(self, start: int, end: int, text: str) -> Iterator[Splice]:
        """The splices that write a value in a block; a comment after the old value stays on its line."""
        head, newline, lines = text.partition("\n")
        after = self._text.line_end_of(end)
        if newline and after > end:
            yield Splice(start, end, head)
            yield self._splice(after, after, newline + lines)
        else:
            yield self._splice(start, end, text)

    def _records(self, values: Mapping[str, Value]) -> str:
        gap = "\n" * (1 + self._text.gap)
        return gap.join("\n".join(self._writer.fields({key: one}, 0)) for key, one in values.items())

    def _value(self, key: str, node: Node, wanted: Value, *, is_flow: bool) -> Iterator[Splice] | None:
        """The splices inside a value; None if it must be replaced as a whole.

        Args:
            is_flow: Whether it is inside brackets or braces.
        """
        if self._text.is_shared(node):
            raise CannotEditError(node.span[:2])
        if isinstance(node, ScalarNode) and isinstance(wanted, str) and node.text is not None:
            return self._scalar(node, wanted, is_flow=is_flow)
        if isinstance(node, MappingNode) and isinstance(wanted, Mapping):
            # With no field left there is no place that a new one could come after.
            kept = _kept(node, wanted, _renamed(node, wanted))
            return self._mapping(node, wanted) if kept else None
        if isinstance(node, SequenceNode) and isinstance(wanted, list | tuple) and wanted and node.items:
            return self._sequence(key, node, wanted)
        return None

    def _scalar(self, node: ScalarNode, wanted: str, *, is_flow: bool) -> Iterator[Splice]:
        assert node.text is not None
        start, end = self._text.start(node), self._text.end(node)
        raw = self._text.text[start:end]
        # Words are written alike in all styles, unless they have signs that are written otherwise in some.
        if words := _changed_words(raw, node.text, wanted):
            yield from (Splice(start + first, start + last, word) for first, last, word in words)
            return
        column = self._text.column(start)
        if self._text.is_block_scalar(node):
            head, _, rest = raw.replace("\r\n", "\n").replace("\r", "\n").partition("\n")
            indent = len(rest) - len(rest.lstrip(" "))
            written = self._writer.text(wanted, indent, self._style.width if ">" in head else column)
        elif raw.startswith(('"', "'")) and "\n" not in wanted:
            written = in_quotes(wanted, raw[0])
        elif is_flow:
            written = scalar(wanted, is_inside=True, quote=self._style.quote)
        else:
            line = self._text.line_start(start)
            indent = len(self._text.text[line:start]) - len(self._text.text[line:start].lstrip(" -"))
            written = self._writer.text(wanted, indent + self._style.indent, column)
        yield from self._replaced(start, end, written)

    # Mappings

    def _mapping(self, node: MappingNode, wanted: Mapping[str, Value]) -> Iterator[Splice]:
        renamed = _renamed(node, wanted)
        kept = _kept(node, wanted, renamed)
        names = [renamed.get(name.text or "", name.text or "") for name, _ in node.items]
        is_flow = self._text.is_flow(node)
        gone = [
            at
            for at, (new, (_, value)) in enumerate(zip(names, node.items, strict=True))
            if wanted.get(new) is None and not _is_left_out(value)
        ]
        yield from self._without_fields(node, gone)
        for new, (name, value) in zip(names, node.items, strict=True):
            if wanted.get(new) is None:
                continue
            if new != name.text:
                yield Splice(
                    self._text.start(name), self._text.end(name), scalar(new, quote=self._style.quote)
                )
            if plain(value) != without_empty(wanted[new]):
                yield from self._field(new, name, value, wanted[new], is_flow=is_flow)
        for before, added in _new_groups(wanted, kept):
            yield self._added(node, names, kept, before, added)

    def _field(
        self, key: str, name: ScalarNode, value: Node, wanted: Value, *, is_flow: bool
    ) -> Iterator[Splice]:
        """The splices of a value that differs."""
        inside = self._value(key, value, wanted, is_flow=is_flow)
        if inside is not None:
            yield from inside
            return
        colon = self._text.colon(name) + 1
        end = max(colon, self._text.end(value)) if not _is_left_out(value) else colon
        if is_flow:
            yield self._splice(colon, end, f" {in_line(wanted, self._style)}")
        else:
            column = self._text.column(self._text.start(name))
            yield from self._replaced(colon, end, self._writer.after_key(key, wanted, column))

    def _added(
        self, node: MappingNode, names: list[str], kept: set[str], before: str, added: dict[str, Value]
    ) -> Splice:
        """The splice that adds fields after one of a name, or before all that are kept.

        Args:
            names: The names that the fields there will have.
        """
        place = names.index(before) if before else next(at for at, name in enumerate(names) if name in kept)
        if self._text.is_flow(node):
            fields = in_line(added, self._style)[1:-1]
            if not before:
                at = self._text.start(node.items[place][0])
                return self._splice(at, at, f"{fields}, ")
            at = self._item_end(node, place)
            return self._splice(at, at, f", {fields}")
        column = self._text.column(self._text.start(node.items[0][0]))
        extents = [(self._text.start(n), self._item_end(node, i)) for i, (n, _) in enumerate(node.items)]
        gap = "\n" * (1 + blank_lines(self._text, extents, self._text.gap if node is self._text.root else 0))
        lines = gap.join(
            "\n".join(self._writer.fields({name: value}, column)) for name, value in added.items()
        )
        if not before:
            at = self._text.start(node.items[place][0])
            return self._splice(at, at, f"{lines.lstrip(' ')}{gap}{' ' * column}")
        at = self._text.line_end_of(self._item_end(node, place))
        return self._splice(at, at, f"{gap}{lines}")

    def _item_end(self, node: MappingNode, at: int) -> int:
        name, value = node.items[at]
        return max(self._text.end(value), self._text.colon(name) + 1)

    def _without_fields(self, node: MappingNode, gone: Sequence[int]) -> Iterator[Splice]:
        """The splices that remove fields, by their places."""
        starts = [self._text.start(name) for name, _ in node.items]
        ends = [self._item_end(node, at) for at in range(len(node.items))]
        if self._text.is_flow(node):
            yield from _without_in_line(starts, ends, gone)
            return
        for at in gone:
            line = self._text.line_start(starts[at])
            if self._text.is_blank(line, starts[at]):
                yield self._without_lines(line, ends[at], is_last=at + 1 == len(starts))
            else:
                # The first field after a dash: the next one takes its place.
                yield Splice(starts[at], starts[at + 1], "")

    def _without_lines(self, line: int, end: int, *, is_last: bool) -> Splice:
        """The splice that removes lines, and the blank ones after them or, at the end, before them."""
        after = self._text.next_line(self._text.line_end_of(end))
        if not is_last:
            while after < self._text.last and self._text.is_blank(after, self._text.line_end(after)):
                before, after = after, self._text.next_line(after)
                if after == before:
                    break
            return Splice(line, after, "")
        # Blank lines that come after the last belong to what follows.
        while line > self._text.first:
            above = self._text.line_start(line - 1)
            if not self._text.is_blank(above, line):
                break
            line = above
        if after == self._text.last and not self._text.text[:after].endswith(("\n", "\r")):
            # The file ends without a line break, and still does.
            line = self._text.line_end(self._text.line_start(line - 1)) if line > self._text.first else line
        return Splice(line, after, "")

    # Lists

    def _sequence(self, key: str, node: SequenceNode, wanted: Sequence[Value]) -> Iterator[Splice]:
        old = [json.dumps(plain(item), sort_keys=True) for item in node.items]
        new = [json.dumps(without_empty(item), sort_keys=True) for item in wanted]
        changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        is_flow = self._text.is_flow(node)
        gone: list[int] = []
        for tag, first, last, at, end in changes:
            if tag == "equal":
                continue
            both = min(last - first, end - at)
            for index in range(both):
                yield from self._item(key, node, first + index, wanted[at + index], is_flow=is_flow)
            gone += range(first + both, last)
            if at + both < end:
                yield self._added_items(key, node, first + both, wanted[at + both : end])
        yield from self._without_items(node, gone)

    def _item(
        self, key: str, node: SequenceNode, index: int, wanted: Value, *, is_flow: bool
    ) -> Iterator[Splice]:
        item = node.items[index]
        inside = self._value(key, item, wanted, is_flow=is_flow)
        if inside is not None:
            yield from inside
        elif is_flow:
            yield self._splice(self._text.start(item), self._text.end(item), in_line(wanted, self._style))
        else:
            dash = self._text.dash(node, index)
            text = self._writer.after_dash(key, wanted, self._text.column(dash))
            yield from self._replaced(dash + 1, max(dash + 1, self._text.end(item)), text)

    def _added_items(self, key: str, node: SequenceNode, at: int, added: Sequence[Value]) -> Splice:
        """The splice that adds items before that at an index, or at the end."""
        if self._text.is_flow(node):
            items = in_line(added, self._style)[1:-1]
            if at == 0:
                place = self._text.start(node.items[0])
                return self._splice(place, place, f"{items}, ")
            place = self._text.end(node.items[at - 1])
            line = self._text.column(place)
            if line + len(items) + 3 <= self._style.width:
                return self._splice(place, place, f", {items}")
            margin = " " * self._text.column(self._text.start(node.items[0]))
            return self._splice(place, place, f",\n{margin}{items}")
        column = self._text.column(self._text.dash(node, 0))
        lines = "\n".join(self._writer.items(key, added, column))
        if at == 0:
            place = self._text.dash(node, 0)
            return self._splice(place, place, f"{lines.lstrip(' ')}\n{' ' * column}")
        place = self._text.line_end_of(
            max(self._text.end(node.items[at - 1]), self._text.dash(node, at - 1) + 1)
        )
        return self._splice(place, place, f"\n{lines}")

    def _without_items(self, node: SequenceNode, gone: Sequence[int]) -> Iterator[Splice]:
        """The splices that remove items, by their places."""
        starts = [self._text.start(item) for item in node.items]
        ends = [self._text.end(item) for item in node.items]
        if self._text.is_flow(node):
            yield from _without_in_line(starts, ends, gone)
            return
        for at in gone:
            dash = self._text.dash(node, at)
            line = self._text.line_start(dash)
            if self._text.is_blank(line, dash):
                yield self._without_lines(line, max(ends[at], dash + 1), is_last=at + 1 == len(starts))
            else:
                # The first item after a dash of the list around it: the next one takes its place.
                yield Splice(dash, self._text.dash(node, at + 1), "")


def _without_in_line(starts: Sequence[int], ends: Sequence[int], gone: Sequence[int]) -> Iterator[Splice]:
    """The splices that remove items inside brackets or braces, each with one comma."""
    last_kept = max({*range(len(starts))} - {*gone}, default=-1)
    for at in gone:
        if at < last_kept:
            yield Splice(starts[at], starts[at + 1], "")
    if last_kept + 1 < len(starts):
        begin = ends[last_kept] if last_kept >= 0 else starts[0]
        yield Splice(begin, ends[-1], "")


def _is_left_out(value: Node) -> bool:
    return isinstance(value, ScalarNode) and value.text is None


def _changed_words(raw: str, old: str, wanted: str) -> list[tuple[int, int, str]]:
    """The places of the words that differ, if as many are wanted as there are, and they are written as they are read."""
    words, meant = old.split(), wanted.split()
    if len(words) != len(meant) or _spaces(old) != _spaces(wanted):
        return []
    places = list(_WORDS.finditer(raw))
    head = len(places) - len(words)
    if raw.startswith(("|", ">")):
        places = places[head:]
    if len(places) != len(words) or _has_escapes(raw):
        return []
    if not raw.startswith(("|", ">", "'", '"')) and not is_plain(wanted, is_inside=True):
        return []
    found = []
    for place, word, new in zip(places, words, meant, strict=True):
        if word == new:
            continue
        at = place[0].find(word)
        if at < 0 or not re.fullmatch(r"[\w.#@\[\]|/:,;–-]+", new):
            return []
        found.append((place.start() + at, place.start() + at + len(word), new))
    return found


def _has_escapes(raw: str) -> bool:
    return (raw.startswith('"') and "\\" in raw) or (raw.startswith("'") and "''" in raw[1:-1])


def _spaces(text: str) -> list[str]:
    return re.findall(r"\s+", text)


def _renamed(node: MappingNode, wanted: Mapping[str, Value]) -> dict[str, str]:
    """The new names of fields by the old ones: one goes, one comes between the same neighbours, with the same value."""
    old = {key.text or "": value for key, value in node.items}
    gone, come = [name for name in old if name not in wanted], [name for name in wanted if name not in old]
    by_value = {json.dumps(without_empty(wanted[name]), sort_keys=True): name for name in come}
    found: dict[str, str] = {}
    for name in gone:
        new = by_value.pop(json.dumps(plain(old[name]), sort_keys=True), None)
        if new is not None:
            found[name] = new
    order, names = list(wanted), [found.get(name, name) for name in old]
    if len(gone) == len(come) == 1 and not found and order.index(come[0]) == names.index(gone[0]):
        found[gone[0]] = come[0]
    return found


def _kept(node: MappingNode, wanted: Mapping[str, Value], renamed: Mapping[str, str]) -> set[str]:
    """The wanted fields that the mapping has already, perhaps under another name or without a value."""
    names = {renamed.get(key.text or "", key.text or "") for key, _ in node.items}
    return {name for name in names if wanted.get(name) is not None}


def _new_groups(wanted: Mapping[str, Value], kept: set[str]) -> list[tuple[str, dict[str, Value]]]:
    """The fields to add, each group with the name of the field that it comes after; the empty name: before all."""
    groups: list[tuple[str, dict[str, Value]]] = []
    before, is_new = "", False
    for name, value in wanted.items():
        if name in kept or value is None:
            before, is_new = (name, False) if name in kept else (before, is_new)
            continue
        if not is_new:
            groups.append((before, {}))
            is_new = True
        groups[-1][1][name] = value
    return groups
