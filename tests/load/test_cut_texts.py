"""A text that YAML ends before its writer did is never taken without a word."""

import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.load.records import RECORD_TYPES, make, record_source
from generator.load.yaml import MappingNode, parse
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.support.problems import Problem
from tests.build import problem_lines, write_files

TEXTS = st.text(alphabet="ab ,,::##&*!?|>-[{@%…", min_size=1, max_size=14)


def _made(text: str) -> tuple[Record | None, list[Problem]]:
    node, problems = parse(text, "seeds/people.yml")
    if not isinstance(node, MappingNode):
        return None, problems
    key, value = node.items[0]
    source = record_source("seeds/people.yml", key, value, tuple(text.split("\n")))
    record, found = make(RECORD_TYPES[Kind.PERSON], value, source, {"id": "ana"})
    return record, [*problems, *found]


@settings(max_examples=400)
@given(TEXTS, st.sampled_from(["ana: {{name: Ana, note: {}}}\n", "ana:\n  note: {}\n  name: Ana\n"]))
def test_a_note_is_whole_or_reported(text: str, form: str) -> None:
    written = text.strip()
    # Where no letter follows, every reader takes it for a comment.
    assume(written and not re.search(r"(?:^|\s)#(?!\w)", written))
    record, problems = _made(form.format(text))
    if record is None or problems:
        assert problems
    else:
        # A comma at the very end costs nothing.
        assert (record.note or "").rstrip(", ") == " ".join(written.rstrip(", ").split())


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("quote: #MeToo", "cut-text"),
        ("quote: said #MeToo", "cut-text"),
        ("quote: &Ana Lima", "cut-text"),
        ("quote: Ana, Lima", "unknown-field"),
        ("quote:Ana", "unknown-field"),
        ("quote: ~, Ana: Lima", "unknown-field"),
        ("quote: Ana, quote", "duplicate-key"),
    ],
)
def test_a_quote_is_whole_or_reported(tmp_path: Path, field: str, problem: str) -> None:
    files = {
        "seeds/articles/one.md": "One\n\nAna Lima said #MeToo.\n",
        "seeds/people.yml": f"ana: {{name: Ana Lima, evidence: [{{at: one#p1, {field}\n  }}]}}\n",
    }
    (line,) = (line for line in problem_lines(write_files(tmp_path, files)) if "people" in line)
    assert line.endswith(f"[{problem}]")


def test_an_anchor_that_is_used_and_a_comment_are_no_problem() -> None:
    _, problems = _made("ana:\n  name: &name Ana Lima # her name\n  also: # none yet\n  note: *name\n")
    assert problems == []
