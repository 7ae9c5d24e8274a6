"""Titles of articles that are no headline, and names and titles without a word."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from generator.check.bodies import is_address
from generator.check.values import source_of
from generator.model.actors import Organization, Person
from generator.model.article import Article
from generator.model.claims import Question, Statement
from generator.model.dossier import Dossier
from generator.model.fields import Path
from generator.model.happenings import Event
from generator.model.record import Named, Record, Titled
from generator.support.problems import Problem, Severity, SourcePosition, shown

# As programs name files: small words held together by dashes.
_SLUG = re.compile(r"[^\W_]+(?:[-_.][^\W_]+){2,}")
_FILE = re.compile(r"\S+\.(?:txt|md|html?|docx?|pdf|rtf|xml)", re.IGNORECASE)
_FIELD = re.compile(
    r"(?:title|headline|titel|titre|título|titolo|tytuł|заголовок)\s*:\s*(?=\S)", re.IGNORECASE
)
# Longer first lines are paragraphs.
_LONGEST = 200


def headlines(dossier: Dossier) -> Iterator[Problem]:
    """The title of an article is its headline: no file's name, no address, no sentence that the text goes on with."""
    for key, article in dossier.articles.items():
        source = source_of(dossier, key)
        is_bare = ("title",) not in source.spans
        what = _no_headline(article.title, PurePosixPath(source.file).stem)
        if not what and is_bare:
            what = _no_first_line(article, source.lines)
        if what:
            where = source.at(("title",), article.title)
            if is_bare:
                where = SourcePosition(source.file, _first_line(source.lines))
            message = f"the title {shown(article.title)} {what}"
            hint = "write its headline first" if is_bare else "write its headline"
            yield Problem(where, "headline", message, article.title, hint, severity=Severity.WARNING)


def no_words(dossier: Dossier) -> Iterator[Problem]:
    """Names, titles and statements have words, not only punctuation."""
    for key, record in dossier.records.items():
        prose = [
            ("summary", record.summary),
            ("said", record.said if isinstance(record, Statement) else None),
        ]
        for path, text in (*titles_of(record), *(((name,), text) for name, text in prose if text)):
            if not any(map(str.isalnum, text)):
                where = source_of(dossier, key).at(path, text)
                message = f"{shown(text)} has no letter"
                hint = "write words, or leave it out where you may"
                yield Problem(where, "no-words", message, text, hint, severity=Severity.WARNING)


HEADLINE_RULES = (headlines, no_words)


def _no_headline(title: str, stem: str) -> str:
    """What a title is in place of a headline, whatever the text."""
    if is_address(title):
        return "is an address"
    if _FIELD.match(title):
        return "begins with the name of a field"
    # Of what has no letter or digit, another rule speaks.
    if any(map(str.isalnum, title)) and not any(map(str.isalpha, title)):
        return "has no letter"
    is_one_word = not any(map(str.isspace, title))
    if is_one_word and (
        (title == title.lower() != title.upper() and title == stem) or _FILE.fullmatch(title)
    ):
        return "is the name of a file"
    if is_one_word and title == title.lower() and _SLUG.fullmatch(title):
        return "seems to be the name of a file"
    return ""


def _no_first_line(article: Article, lines: Sequence[str]) -> str:
    """What the first line of a file without front matter is in place of a headline."""
    if len(article.title) > _LONGEST:
        return "is a whole paragraph"
    number = _first_line(lines)
    following = lines[number].strip() if number < len(lines) else ""
    if following[:1].islower() and article.title[-1].isalnum():
        return "ends within a sentence"
    return ""


def _first_line(lines: Sequence[str]) -> int:
    """The number of the first line that is not blank, from 1."""
    return next((number for number, line in enumerate(lines, 1) if line.strip()), 1)


def titles_of(record: Record) -> Iterator[tuple[Path, str]]:
    """The names, titles, roles and answers of a record, each with its place."""
    if isinstance(record, Named | Titled):
        yield ("name" if isinstance(record, Named) else "title",), record.label
        yield from ((("also", index), name) for index, name in enumerate(record.also))
        yield from ((("short", index), name) for index, name in enumerate(record.short))
    if isinstance(record, Named):
        for language, names in record.native.items():
            yield from ((("native", language, index), name) for index, name in enumerate(names))
    if isinstance(record, Person):
        yield from ((("positions", index, "title"), one.title) for index, one in enumerate(record.positions))
    elif isinstance(record, Organization):
        members = enumerate(record.members)
        yield from ((("members", index, "role"), one.role) for index, one in members if one.role)
    elif isinstance(record, Event):
        participants = enumerate(record.participants)
        yield from ((("participants", index, "role"), one.role) for index, one in participants if one.role)
    elif isinstance(record, Question):
        yield ("asks",), record.asks
        yield from ((("answers", index, "value"), one.value) for index, one in enumerate(record.answers))
    elif isinstance(record, Article):
        yield ("title",), record.title
        yield from ((("authors", index), author) for index, author in enumerate(record.authors))
        if record.dated_by:
            yield ("dated_by",), record.dated_by
        if record.outlet_by:
            yield ("outlet_by",), record.outlet_by
