"""Turns YAML nodes into typed records; every problem has the place of the value."""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.load.yaml import QUOTE_IT, MappingNode, Node, ScalarNode, SequenceNode
from generator.model.actors import Organization, Person
from generator.model.claims import Issue, Question, Statement
from generator.model.dates import DateError
from generator.model.fields import Path
from generator.model.happenings import Document, Event, Place
from generator.model.ids import id_error, slug
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.model.source import Source, Span
from generator.model.story import Story
from generator.support.problems import Problem, SourcePosition, did_you_mean, shown

RECORD_TYPES: Mapping[Kind, type[Record]] = {
    Kind.PERSON: Person,
    Kind.ORGANIZATION: Organization,
    Kind.PLACE: Place,
    Kind.EVENT: Event,
    Kind.DOCUMENT: Document,
    Kind.ISSUE: Issue,
    Kind.STATEMENT: Statement,
    Kind.QUESTION: Question,
    Kind.STORY: Story,
}
# Fields that the program sets, and no seeds file may give.
_INTERNAL = frozenset({"id", "kind_of", "paragraphs", "in_full"})
_COMMA = f"a comma ends a text in braces: {QUOTE_IT}"

Model = TypeVar("Model", bound=BaseModel)


def plain(node: Node) -> Any:
    """A node as dictionaries, lists and texts."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.items if not _is_absent(value)}


def _is_absent(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.text is None


def spans(node: Node, path: Path = ()) -> dict[Path, Span]:
    """The span of each value below a node by its path, and of each key with an empty part before it."""
    found: dict[Path, Span] = {}
    _collect(node, path, found)
    return found


def _collect(node: Node, path: Path, found: dict[Path, Span]) -> None:
    found[path] = node.span
    if isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            _collect(item, (*path, index), found)
    elif isinstance(node, MappingNode):
        for key, value in node.items:
            _collect(value, (*path, key.text or ""), found)
            found[(*path, "", key.text or "")] = key.span


def record_source(file: str, key: ScalarNode | None, node: Node, lines: tuple[str, ...]) -> Source:
    """The source of the record at a node and its key."""
    found = spans(node)
    if key is not None:
        # A record begins at its key and ends with its value, which may start lines below.
        found[()] = Span(key.span.line, key.span.column, node.span.end_line, node.span.end_column)
    return Source(file, found, lines)


def check_id(text: str, where: SourcePosition) -> list[Problem]:
    """The problem of an id that is not a slug: it could leave its folder or break a URL."""
    error = id_error(text)
    if not error:
        return []
    better = slug(text)
    hint = f"write {better!r}" if better and better != text and not id_error(better) else ""
    return [Problem(where, "bad-id", f"{shown(text)} {error}", text, hint)]


def make(
    model: type[Model], node: Node, source: Source, given: dict[str, Any]
) -> tuple[Model | None, list[Problem]]:
    """A record of a type from its node, or None, and its problems.

    `given` holds the fields that the program itself knows.
    """
    if not isinstance(node, MappingNode):
        got = "nothing" if _is_absent(node) else "a list" if isinstance(node, SequenceNode) else "a text"
        return None, [
            Problem(
                source.start,
                "bad-type",
                f"fields with values belong here, not {got}",
                hint="write name: value",
            )
        ]
    problems = [
        _unknown_field((key.text or "",), model, node, source)
        for key, value in node.items
        if key.text in _INTERNAL and not _is_absent(value) and not (key.text == "id" and "id" not in given)
    ]
    problems += _without_value(node, model, node, source, ())
    values = {k: v for k, v in plain(node).items() if k not in _INTERNAL}
    try:
        record = model.model_validate(values | given)
    except ValidationError as error:
        details = [detail for detail in error.errors(include_url=False) if not _follows(detail)]
        found = [_problem(detail, model, node, source) for detail in details]
        return None, problems + found
    return (None if problems else record), problems


def _without_value(
    root: Node, model: type[BaseModel], node: Node, source: Source, path: Path
) -> Iterator[Problem]:
    """The problems of keys without a value: unknown fields, free keys, and the rest of a text after a comma."""
    if isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _without_value(root, model, item, source, (*path, index))
    elif isinstance(node, MappingNode):
        for key, value in node.items:
            if not isinstance(value, ScalarNode):
                yield from _without_value(root, model, value, source, (*path, key.text or ""))
            if not _is_absent(value):
                continue
            name = key.text or ""
            here = (*path, name)
            types = _types_at(model, path)
            models = [one for one in types if isinstance(one, type) and issubclass(one, BaseModel)]
            if models and all(name not in _field_names(one) for one in models):
                yield _unknown_field(here, model, root, source)
            elif (models and _is_rest(node, key, value)) or (any(get_origin(t) is dict for t in types)):
                message = f"field {shown(name)} has no value" if models else f"{shown(name)} has no value"
                hint = _COMMA if _is_rest(node, key, value) else ""
                yield Problem(_key_place(here, source), "missing-field", message, name, hint)


def _is_rest(node: MappingNode, key: ScalarNode, value: Node) -> bool:
    """Whether a key in braces has no colon, so that it is the rest of the text before it."""
    return node.in_braces and value.span[:2] == key.span[2:]


def _unknown_field(path: Path, model: type[BaseModel], root: Node, source: Source) -> Problem:
    name = str(path[-1])
    owner = next((t for t in _types_at(model, path[:-1]) if isinstance(t, type)), None)
    known = _field_names(owner) if owner else []
    hint = _cut_hint(path, root, known) or did_you_mean(name, known)
    hint = hint or (f"known are {', '.join(known)}" if known else "")
    return Problem(_key_place(path, source), "unknown-field", f"unknown field {shown(name)}", name, hint)


def _cut_hint(path: Path, root: Node, known: list[str]) -> str:
    """The hint for an unknown field that is the rest of a text, or a field and its value in one."""
    node, name = _node_at(root, path[:-1]), str(path[-1])
    field, colon, rest = name.partition(":")
    if colon and rest and field in known:
        return f"write {field}: {rest.strip()}"
    if not isinstance(node, MappingNode) or not node.in_braces:
        return ""
    key, value = next(item for item in node.items if item[0].text == name)
    # No field has a space in its name.
    return _COMMA if _is_rest(node, key, value) or " " in name else ""


def _node_at(node: Node, path: Path) -> Node | None:
    found: Node | None = node
    for part in path:
        if isinstance(found, SequenceNode) and isinstance(part, int):
            found = found.items[part]
        elif isinstance(found, MappingNode):
            found = next((value for key, value in found.items if key.text == part), None)
    return found


def _field_names(model: type[BaseModel]) -> list[str]:
    return sorted({f.alias or name for name, f in model.model_fields.items()} - _INTERNAL)


def _follows(detail: ErrorDetails) -> bool:
    """Whether a list is too short only because its items are wrong, which is reported anyway."""
    return detail["type"] == "too_short" and bool(detail["input"]) and not _is_pair(detail)


def _is_pair(detail: ErrorDetails) -> bool:
    return detail["loc"][0] == "coordinates"


def _problem(detail: ErrorDetails, model: type[BaseModel], root: Node, source: Source) -> Problem:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    kind, name = detail["type"], str(path[-1]) if path else ""
    value = detail.get("input")
    text = value if isinstance(value, str) else ""
    if kind == "extra_forbidden":
        return _unknown_field(path, model, root, source)
    if kind in ("missing", "too_short", "too_long") and _is_pair(detail):
        message = "coordinates should be two numbers"
        return Problem(source.at(path[:1]), "bad-value", message, "", "write [latitude, longitude]")
    if kind == "missing":
        return _missing(path, name, source)
    is_key = detail["loc"][-1] == "[key]"
    where = _key_place(path, source) if is_key else source.at(path, text.split("\n")[0] if text else "")
    if kind == "literal_error":
        expected = str(detail.get("ctx", {}).get("expected", ""))
        known = expected.replace(" or ", ", ").replace("'", "").split(", ")
        # The key's own name says nothing: that of its field does.
        name = str(path[-2]) if is_key and len(path) > 1 else name
        message = (
            f"{name} {shown(text)} is not one of {', '.join(known)}"
            if text
            else f"{name} should be one of {', '.join(known)}"
        )
        return Problem(where, "bad-value", message, text, did_you_mean(text, known))
    if is_key:
        return Problem(where, *_rule_and_message(detail, path[:-1], value), text)
    return Problem(where, *_rule_and_message(detail, path, value), *_value_and_hint(detail, text))


def _key_place(path: Path, source: Source) -> SourcePosition:
    """The place of the key of a field, not of its value."""
    return source.at((*path[:-1], "", path[-1]))


def _missing(path: Path, name: str, source: Source) -> Problem:
    key = (*path[:-1], "", name)
    if key in source.spans:
        return Problem(source.at(key), "missing-field", f"field {name!r} has no value", name)
    return Problem(source.at(path[:-1]), "missing-field", f"field {name!r} is missing", name)


def _rule_and_message(detail: ErrorDetails, path: Path, value: Any) -> tuple[str, str]:
    kind = detail["type"]
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    if kind == "value_error":
        if isinstance(detail["ctx"]["error"], DateError):
            return "bad-date", str(detail["ctx"]["error"])
        # The reason repeats the value, which may be long.
        reason = str(detail["ctx"]["error"]).replace(repr(value), shown(value))
        if "reference to a paragraph" in reason or "run of paragraphs" in reason:
            return "bad-reference", reason
        return "bad-value", f"{name} {reason}" if reason.startswith("is ") else f"{name}: {reason}"
    if kind in ("string_type", "is_instance_of"):
        return "bad-type", f"{name} should be a text, not {_described(value)}"
    if kind in ("tuple_type", "list_type"):
        return "bad-type", f"{name} should be a list, not {_described(value)}"
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return "bad-type", f"{name} should be fields with values, not {_described(value)}"
    if kind in ("float_parsing", "float_type"):
        return "bad-type", f"{name} should hold numbers, not {_described(value)}"
    if kind == "too_short":
        return "missing-field", f"{name} should not be empty"
    message = detail["msg"]
    return "bad-value", f"{name}: {message[:1].lower()}{message[1:]}"


def _value_and_hint(detail: ErrorDetails, text: str) -> tuple[str, str]:
    hint = ""
    if reason := detail.get("ctx", {}).get("error"):
        hint = reason.hint if isinstance(reason, DateError) else ""
    elif detail["type"] in ("tuple_type", "list_type") and _is_pair(detail):
        hint = "write [latitude, longitude]"
    elif detail["type"] in ("tuple_type", "list_type") and text:
        hint = f"write [{text}]" if len(text) < 40 else "put it in square brackets"
    elif detail["type"] == "string_type" and isinstance(detail.get("input"), dict):
        hint = "put a text that holds a colon in quotes"
    return text, hint


def _described(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "fields with values"
    if isinstance(value, list):
        return "a list"
    return f"the text {shown(value)}"


def _types_at(model: type[BaseModel], path: Path) -> list[Any]:
    """The types that the model's annotations allow at a path, each alternative of a union."""
    types: list[Any] = [model]
    for part in path:
        types = [choice for one in types for inner in _inner_types(one, part) for choice in _choices(inner)]
    return types


def _inner_types(hint: Any, part: str | int) -> Iterator[Any]:
    """The type that a type has in a field, under a key, or at a place in a list."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield from (f.annotation for name, f in hint.model_fields.items() if (f.alias or name) == part)
    elif get_origin(hint) is dict:
        yield get_args(hint)[1]
    elif get_origin(hint) is tuple and isinstance(part, int):
        yield get_args(hint)[0]


def _choices(hint: Any) -> Iterator[Any]:
    """The alternatives of a union, without annotations."""
    origin = get_origin(hint)
    if origin is Annotated:
        yield from _choices(get_args(hint)[0])
    elif origin in (Union, UnionType):
        for one in get_args(hint):
            yield from _choices(one)
    else:
        yield hint
