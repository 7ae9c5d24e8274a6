"""Builders: records, dossiers and folders of seeds in a line or two."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.build import check
from generator.load.records import RECORD_TYPES
from generator.model.article import Article, Paragraph
from generator.model.dossier import Dossier, Settings
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.model.source import Source, Span

# What a record of each kind must have at least.
_LEAST: Mapping[Kind, Mapping[str, Any]] = {
    Kind.PERSON: {"name": "Somebody"},
    Kind.ORGANIZATION: {"name": "Some Body", "kind": "body"},
    Kind.PLACE: {"name": "Somewhere"},
    Kind.EVENT: {"title": "Some Event", "kind": "other", "date": "2022"},
    Kind.DOCUMENT: {"title": "Some Document", "kind": "other"},
    Kind.ISSUE: {"title": "Some Issue"},
    Kind.STATEMENT: {
        "speaker": "somebody",
        "said": "Something.",
        "date": "2022",
        "issue": "some-issue",
        "stance": "neutral",
        "evidence": ["some-article#p1"],
    },
    Kind.QUESTION: {
        "asks": "What?",
        "answers": [{"value": "that", "evidence": ["some-article#p1"]}],
        "status": "open",
    },
    Kind.STORY: {"title": "Some Story", "steps": [{"heading": "First", "text": "Something."}]},
}


def record(kind: Kind, key: str, /, **fields: Any) -> Record:
    """A record of a YAML kind with the fields that its kind must have, and those given."""
    return RECORD_TYPES[kind].model_validate({"id": RecordId(key), **_LEAST[kind], **fields})


def article(key: str, /, *paragraphs: str, **fields: Any) -> Article:
    """An article with these paragraphs."""
    body = []
    start = 0
    for number, text in enumerate(paragraphs, start=1):
        body.append(Paragraph(number, text, start, line=2 * number))
        start += len(text) + 2
    values = {"id": RecordId(key), "title": f"Title of {key}", "paragraphs": tuple(body)}
    return Article.model_validate(values | fields)


def dossier(*records: Record, **settings: Any) -> Dossier:
    """A dossier of these records, each of which stands on a line of its own in `seeds/test.yml`."""
    by_kind: dict[str, dict[RecordId, Record]] = {kind.section: {} for kind in Kind}
    for one in sorted(records, key=lambda one: one.id):
        by_kind[one.kind_of.section][one.id] = one
    sources = {
        one.id: Source("seeds/test.yml", {(): Span(line, 1, line, 1)})
        for line, one in enumerate(records, start=1)
    }
    declared = {one.id: one.kind_of for one in records}
    title = {"title": "Some Dossier"}
    return Dossier(
        Settings.model_validate(title | settings),
        sources=sources,
        declared=declared,
        **by_kind,  # type: ignore[arg-type]
    )


def write_files(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder, with these files in it."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def problem_lines(root: Path) -> list[str]:
    """What is wrong with the dossier in a folder, line by line as `dossier check` prints it."""
    return [str(problem) for problem in check(root).problems]
