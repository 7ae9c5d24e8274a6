"""Statements as pages show them: what was said, with stance, date, place and evidence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from generator.model.claims import Statement
from generator.model.ids import RecordId
from generator.pages import markdown
from generator.pages.pen import Pen, said_fragment
from generator.pages.words import STANCE_SIGNS, date_words


@dataclass(frozen=True)
class StatementView:
    """One statement; `anchor` is empty where it is shown away from its own place."""

    anchor: str
    stance: str
    sign: str
    said: tuple[Markup, ...]
    speaker: Markup
    circumstances: Markup
    cites: Markup


@dataclass(frozen=True)
class StatementGroup:
    """Statements under a heading."""

    heading: Markup
    statements: tuple[StatementView, ...]


def view(pen: Pen, statement: Statement, *, at_home: bool = False) -> StatementView:
    """A statement; `at_home` on its speaker's page, where its address is."""
    parts = [markdown.text(date_words(statement.date))]
    if statement.event:
        parts.append(pen.link(statement.event))
    if statement.to:
        parts.append(markdown.joined([markdown.text("to"), pen.link(statement.to)]))
    if not at_home:
        parts.append(pen.link(statement.issue, pen.edition.dossier.issues[statement.issue].brief))
    return StatementView(
        said_fragment(statement.id) if at_home else "",
        statement.stance,
        STANCE_SIGNS[statement.stance],
        pen.prose(statement.id, ("said",)),
        pen.link(statement.speaker),
        markdown.joined(parts, " · "),
        pen.cites(statement.evidence),
    )


def by_issue(pen: Pen, statements: Iterable[Statement]) -> tuple[StatementGroup, ...]:
    """A speaker's statements, an issue at a time, each by date."""
    return _grouped(pen, statements, lambda s: s.issue, at_home=True)


def by_speaker(pen: Pen, statements: Iterable[Statement]) -> tuple[StatementGroup, ...]:
    """Statements on one thing, a speaker at a time, each by date."""
    return _grouped(pen, statements, lambda s: s.speaker, at_home=False)


def _grouped(
    pen: Pen, statements: Iterable[Statement], key: Callable[[Statement], RecordId], *, at_home: bool
) -> tuple[StatementGroup, ...]:
    ordered = sorted(
        statements, key=lambda s: (pen.edition.dossier.label(key(s)), key(s), s.date.sort_key, s.id)
    )
    return tuple(
        StatementGroup(pen.link(group), tuple(view(pen, s, at_home=at_home) for s in found))
        for group, found in groupby(ordered, key=key)
    )
