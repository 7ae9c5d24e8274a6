"""Article files: front matter, if there is any, and numbered paragraphs."""

import re
from pathlib import PurePosixPath

from generator.folding.table import INVISIBLE
from generator.load.records import make, record_source
from generator.load.text import FileText
from generator.load.yaml import MappingNode, Node, ScalarNode, parse
from generator.model.article import Article, Paragraph
from generator.model.dates import DateError, EdtfDate
from generator.model.fields import is_blank
from generator.model.ids import RecordId
from generator.model.source import Source, Span
from generator.support.problems import Problem, SourcePosition, shown

# Front matter begins at the first line that is not blank; some programs write invisible characters before it.
_BLANK = rf"[\s{INVISIBLE}]*"
_FENCE = re.compile(rf"{_BLANK}---[^\S\n]*(?:\n|$)")
# The beginnings of front matter in TOML and JSON, as other programs write it.
_OTHER_FENCE = re.compile(rf"{_BLANK}(\+\+\+|;;;|\{{)[^\S\n]*\n")
_CLOSING = re.compile(r"^---[^\S\n]*$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_LEADING_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?!\d)")
# A longer headline is cut to this length.
_MAX_TITLE = 300


def read_article(read: FileText, name: str, key: RecordId) -> tuple[Article | None, Source, list[Problem]]:
    """The article in a file that was read, or None; its source; and its problems."""
    text, problems, _ = read
    lines = tuple(text.split("\n"))
    source = Source(name, {(): Span(1, 1, len(lines), len(lines[-1]) + 1)}, lines)
    if problems:
        return None, source, problems
    fence = _FENCE.match(text)
    if not fence:
        if other := _OTHER_FENCE.match(text):
            return None, source, [_other_front_matter(name, other)]
        article, found = _bare(text, PurePosixPath(name).stem, name, key)
        return article, source, found
    line = text.count("\n", 0, fence.end() - 1) + 1
    closing = _CLOSING.search(text, fence.end())
    if not closing:
        hint = "close the front matter with a line of ---"
        return (
            None,
            source,
            [Problem(SourcePosition(name, line), "front-matter", "front matter without an end", "---", hint)],
        )
    front, problems = parse(text[fence.end() : closing.start()], name, first_line=line + 1)
    if front is None and problems:
        return None, source, problems
    node: Node = front or MappingNode(Span(line, 1, line, 4), (), size=0, height=1)
    # Nothing is looked up in the lines of the body, of which a second copy would be kept.
    head = lines[: max(line + 3, node.span.end_line)]
    source = record_source(name, ScalarNode(Span(line, 1, line, 4), None), node, head)
    paragraphs = split_paragraphs(text, closing.end())
    article, found = make(Article, node, source, {"id": key, "paragraphs": paragraphs})
    problems += found
    if article and not paragraphs:
        problems.append(_no_body(name, len(lines)))
    return article, source, problems


def _bare(text: str, stem: str, name: str, key: RecordId) -> tuple[Article | None, list[Problem]]:
    """An article without front matter: its first line is the title, its file's name may begin with the date."""
    problems = []
    start = len(text) - len(text.lstrip())
    title, _, _ = text[start:].partition("\n")
    if is_blank(title):
        return None, [
            Problem(
                SourcePosition(name),
                "empty-article",
                f"{shown(name)} is empty",
                name,
                "write the title first",
            )
        ]
    published = None
    if date := leading_date(stem):
        try:
            published = EdtfDate.parse(date)
        except DateError as error:
            problems.append(
                Problem(SourcePosition(name), "bad-date", f"file name: {error}", date, error.hint)
            )
    paragraphs = split_paragraphs(text, start + len(title))
    if not paragraphs:
        problems.append(_no_body(name, 1))
    article = Article(id=key, title=title.strip()[:_MAX_TITLE], published=published, paragraphs=paragraphs)
    return article, problems


def leading_date(stem: str) -> str:
    """The date with which the name of a file begins; empty if it begins with none."""
    match = _LEADING_DATE.match(stem)
    return match[1] if match else ""


def _other_front_matter(name: str, found: re.Match[str]) -> Problem:
    line = found.string.count("\n", 0, found.start(1)) + 1
    hint = "write it in YAML: a line of ---, then lines of name: value, then a line of --- again"
    return Problem(
        SourcePosition(name, line),
        "front-matter",
        f"front matter that begins with {found[1]!r} is not read",
        found[1],
        hint,
    )


def _no_body(name: str, line: int) -> Problem:
    return Problem(
        SourcePosition(name, line),
        "empty-article",
        "the article has no paragraph",
        hint="write its text below",
    )


def split_paragraphs(text: str, start: int) -> tuple[Paragraph, ...]:
    """The paragraphs of a file's text from an offset on, which blank lines separate.

    Offsets count from the first character after the newlines that lead the body.
    """
    body_start = start + len(text[start:]) - len(text[start:].lstrip("\n"))
    found: list[Paragraph] = []
    position, line, counted = body_start, 1, 0
    for block in [*_BLANK_LINES.finditer(text, body_start), None]:
        end = block.start() if block else len(text)
        raw = text[position:end]
        stripped = raw.strip()
        if stripped:
            begin = position + raw.index(stripped[0])
            line += text.count("\n", counted, begin)
            counted = begin
            found.append(Paragraph(len(found) + 1, stripped, begin - body_start, line))
        position = block.end() if block else end
    return tuple(found)
