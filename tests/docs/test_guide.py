"""The curator's guide leaves nothing out: every field, every command and option, every rule."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from generator.cli import main
from generator.link.reasons import REASONS
from generator.load.records import _INTERNAL, RECORD_TYPES
from generator.model.actors import Membership, Position
from generator.model.article import Article, Original
from generator.model.claims import Answer, Issue, Question, Stance, Statement, Status
from generator.model.dossier import Change, Settings
from generator.model.evidence import Evidence
from generator.model.happenings import Document, DocumentKind, Event, EventKind, Participation, Place
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.model.story import Story, StoryStep
from generator.words import DEFAULT, Words
from generator.words.dates import in_words

# What makes a problem, and the number of the argument that is the rule.
_MAKERS = {"Problem": 1, "UnreadableError": 1, "_report": 1}
_RULE = re.compile(r"[a-z]+(?:-[a-z]+)*")
# The heading under which a part's fields stand, with those of the record that holds it or below it.
_SECTIONS: tuple[tuple[str, str, type[BaseModel]], ...] = (
    ("records.md", "Fields of every record", Record),
    ("records.md", "People", RECORD_TYPES[Kind.PERSON]),
    ("records.md", "People", Position),
    ("records.md", "Organizations", RECORD_TYPES[Kind.ORGANIZATION]),
    ("records.md", "Organizations", Membership),
    ("records.md", "Places", Place),
    ("records.md", "Events", Event),
    ("records.md", "Events", Participation),
    ("records.md", "Documents", Document),
    ("records.md", "Issues", Issue),
    ("records.md", "Statements", Statement),
    ("records.md", "Questions", Question),
    ("records.md", "Questions", Answer),
    ("records.md", "The story", Story),
    ("records.md", "The story", StoryStep),
    ("records.md", "`dossier.yml`", Settings),
    ("records.md", "`dossier.yml`", Change),
    ("records.md", "Evidence", Evidence),
    ("articles.md", "Article files", Article),
    ("articles.md", "Digests and originals", Original),
)


@pytest.fixture(scope="module")
def guide(root: Path) -> Path:
    return root / "docs" / "guide"


def test_every_kind_has_a_section() -> None:
    documented = {model for _, _, model in _SECTIONS}
    assert {*RECORD_TYPES.values(), Article} <= documented


@pytest.mark.parametrize(
    ("page", "heading", "model"), _SECTIONS, ids=lambda value: getattr(value, "__name__", "")
)
def test_every_field_is_there(guide: Path, page: str, heading: str, model: type[BaseModel]) -> None:
    rows = _rows(_section(guide / page, heading))
    common = set(_names(Record)) if model is not Record else set()
    for name, required in _names(model).items():
        if name in common and name not in rows:
            continue
        assert name in rows, f"{page}, {heading}: no row for {name}"
        assert not required or rows[name][1] == "yes", f"{page}, {heading}: {name} is required"


@pytest.mark.parametrize("words", [EventKind, DocumentKind, Stance, Status])
def test_every_word_of_a_field_is_there(guide: Path, words: object) -> None:
    text = (guide / "records.md").read_text("utf-8")
    assert [word for word in words.__args__ if f"`{word}`" not in text] == []  # type: ignore[attr-defined]


def test_dates_are_shown_as_the_table_says(guide: Path) -> None:
    words = Words.for_language(DEFAULT)
    rows = re.findall(r"(?m)^\| (`[^|]+`) \| ([^|]+) \|$", _section(guide / "records.md", "Dates"))
    dates = {
        date.strip('"'): shown
        for written, texts in rows
        for date, shown in zip(
            re.findall(r"`([^`]+)`", written), texts.partition(";")[0].split(", "), strict=True
        )
    }
    assert len(dates) >= 20
    assert {date: in_words(words, date) for date in dates} == dates


def test_every_command_and_option_is_there(guide: Path) -> None:
    text = (guide / "commands.md").read_text("utf-8")
    assert isinstance(main, click.Group)
    for name, command in main.commands.items():
        assert f"## `dossier {name}" in text
        section = _section(guide / "commands.md", f"`dossier {name}")
        for option in _options(command):
            assert f"`{option}" in section, f"{name} {option}"
    for option in _options(main):
        assert f"`{option}" in text, option


def test_no_command_is_there_that_is_not(guide: Path, root: Path) -> None:
    assert isinstance(main, click.Group)
    texts = [path.read_text("utf-8") for path in (*sorted(guide.glob("*.md")), root / "README.md")]
    named = {
        word
        for text in texts
        for word in re.findall(r"dossier (?:-C \S+ )?([a-z]+)\b(?=[ `\n])", _code(text))
    }
    assert named <= {*main.commands}


def test_every_rule_is_there_and_no_other(guide: Path, root: Path) -> None:
    documented = set(
        re.findall(r"(?m)^\| `([a-z-]+)` \| (?:error|warning) \|", (guide / "checks.md").read_text("utf-8"))
    )
    rules = set(_rules(root / "generator"))
    assert rules - documented == set(), "docs/guide/checks.md lacks these rules"
    assert documented - rules == set(), "docs/guide/checks.md has rules that do not exist"


def test_reasons_are_there_in_their_order(guide: Path) -> None:
    listed = re.findall(r"(?m)^\| ([a-z ]+) \|", _section(guide / "names.md", "The reasons"))
    assert [reason.replace(" ", "_") for reason in listed] == [reason.__name__ for reason in REASONS]


def _names(model: type[BaseModel]) -> dict[str, bool]:
    """The fields of a model as seeds write them, and whether each is required."""
    return {
        field.alias or name: field.is_required()
        for name, field in model.model_fields.items()
        if name not in _INTERNAL
    }


def _section(path: Path, heading: str) -> str:
    """The text below a heading of the second level that begins so."""
    text = path.read_text("utf-8")
    start = text.index(f"\n## {heading}")
    end = text.find("\n## ", start + 1)
    return text[start : end if end > 0 else len(text)]


def _rows(section: str) -> dict[str, tuple[str, str]]:
    """The rows of a section's tables of fields: type and whether required; of two the first."""
    rows: dict[str, tuple[str, str]] = {}
    for name, sort, required in re.findall(r"(?m)^\| `(\w+)` \| ([^|]+) \| ([^|]*)\|", section):
        rows.setdefault(name, (sort, required.strip()))
    return rows


def _options(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield from parameter.opts
            if isinstance(parameter.type, click.Choice):
                yield from (f"{parameter.opts[0]} {choice}" for choice in parameter.type.choices)


def _code(text: str) -> str:
    """The code of a Markdown text, blocks and spans, a piece a line."""
    blocks = re.findall(r"(?s)```\w*\n(.*?)```", text)
    lines = [
        line.split(" #")[0] for block in blocks for line in block.splitlines() if line.startswith("dossier")
    ]
    return "\n".join([*lines, *re.findall(r"`(dossier [^`\n]*)`", text), ""])


def _rules(package: Path) -> Iterator[str]:
    """The names of all rules, read from the calls that make problems."""
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                given = [keyword.value for keyword in node.keywords if keyword.arg == "rule"]
                if called in _MAKERS and len(node.args) > _MAKERS[called]:
                    given.append(node.args[_MAKERS[called]])
                yield from (rule for value in given for rule in _texts(value, tree))
            elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
                # Where a function decides rule and message together.
                function = next((f for f in _functions(tree) if node in ast.walk(f)), None)
                if function and function.name.startswith("_rule"):
                    yield from _texts(node.value.elts[0], tree)


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _texts(value: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The texts that an argument may be: a constant, or `{what}-after-article` with all that `what` is given."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        assert _RULE.fullmatch(value.value), value.value
        yield value.value
    elif isinstance(value, ast.JoinedStr):
        tail = "".join(
            part.value
            for part in value.values
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
        kinds = {kind.value for kind in Kind} | {"answer"}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield from (
                    f"{arg.value}{tail}"
                    for arg in node.args
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str) and arg.value in kinds
                )
