"""The matrix of speakers by issues, with statements counted by stance, and the changes of a speaker's stance."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.markup import markdown
from generator.model.claims import Statement
from generator.model.ids import IssueId, RecordId
from generator.model.kinds import Kind
from generator.pages.records import statements
from generator.pages.records.statements import StatementView, by_fragment
from generator.pages.writing import compare, head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import STANCE_SIGNS

# The most speakers and issues on the page, those with most statements first: a wider table does not fit.
SPEAKERS = 50
ISSUES = 10
# The most changes of stance on the page, the newest first.
CHANGES = 60


class Cell(NamedTuple):
    """Statements of one speaker on one issue with one stance.

    Attributes:
        target: The link to the speaker's statements on the page of the issue.
    """

    stance: str
    sign: str
    number: int
    words: str
    target: str


# From so many rows on, readers look for a name among them.
LONG = 12


class MatrixRow(NamedTuple):
    """A speaker's statements, with a column for each issue."""

    speaker: Markup
    cells: tuple[tuple[Cell, ...], ...]


class Matrix(NamedTuple):
    """Speakers by issues; `legend` explains + and − for each issue that defines them."""

    issues: tuple[Markup, ...]
    rows: tuple[MatrixRow, ...]
    legend: tuple[Markup, ...]


class StanceChange(NamedTuple):
    """A change of a speaker's stance on an issue."""

    speaker: Markup
    issue: Markup
    before: StatementView
    after: StatementView


def pages(edition: Edition) -> Iterator[Page]:
    """The page of the matrix and of the changes."""
    pen = Pen(edition, "who-said-what.md")
    number = len(edition.dossier.statements)
    total, description = pen.words("nouns.statement", n=number), pen.words("matrix.description", n=number)
    meta = head.of_page(pen, pen.words("titles.matrix"), description)
    found = sorted(changes(edition), key=lambda pair: edition.in_turn(pair[1]), reverse=True)
    changed = tuple(_change(pen, *pair) for pair in found[:CHANGES])
    table = matrix(pen, SPEAKERS)
    context = {
        "matrix": table,
        "is_long": len(table.rows) >= LONG,
        "changes": changed,
        "further": _further(pen, len(found)),
    }
    context["compare"] = markdown.link(pen.words("compare.speakers_any"), pen.to(compare.PATH))
    yield Page(pen.path, meta, pen.render("matrix", total=total, **context))


def _further(pen: Pen, changed: int) -> Markup:
    """A link to the rest, if the page does not show everything."""
    statements = pen.edition.dossier.statements.values()
    speakers, issues = {s.speaker for s in statements}, {s.issue for s in statements}
    if len(speakers) <= SPEAKERS and len(issues) <= ISSUES and changed <= CHANGES:
        return markdown.NOTHING
    return pen.say("matrix.further", statements=pen.section(Kind.STATEMENT))


def matrix(pen: Pen, most: int) -> Matrix:
    """The speakers with most statements by the issues with most statements."""
    dossier = pen.edition.dossier
    said: dict[tuple[RecordId, IssueId], list[Statement]] = defaultdict(list)
    for statement in dossier.statements.values():
        said[statement.speaker, statement.issue].append(statement)
    spoken = Counter(statement.speaker for statement in dossier.statements.values())
    speakers = sorted(spoken, key=lambda s: (-spoken[s], s))[:most]
    used = Counter(statement.issue for statement in dossier.statements.values())
    issues = sorted(used, key=lambda i: (-used[i], i))[:ISSUES]
    rows = tuple(
        MatrixRow(
            pen.link(speaker),
            tuple(tuple(_cells(pen, speaker, issue, said[speaker, issue])) for issue in issues),
        )
        for speaker in speakers
    )
    heads = tuple(pen.link(issue, dossier.issues[issue].brief) for issue in issues)
    return Matrix(heads, rows, tuple(filter(None, (_meaning(pen, issue) for issue in issues))))


def _meaning(pen: Pen, issue: IssueId) -> Markup:
    """The meaning of the opposite stances on an issue; empty if it is not given."""
    record = pen.edition.dossier.issues[issue]
    meanings = [
        Markup('<span class="chip {}">{}</span> {}').format(
            stance, sign, markdown.text(record.stances[stance])
        )
        for stance, sign in STANCE_SIGNS.items()
        if stance in ("supportive", "critical") and stance in record.stances
    ]
    if not meanings:
        return markdown.NOTHING
    return pen.say("signs.said_by", who=pen.link(issue, record.brief), what=markdown.joined(meanings, "; "))


def _cells(pen: Pen, speaker: RecordId, issue: IssueId, said: Sequence[Statement]) -> Iterator[Cell]:
    """The stances that a speaker took on an issue; each leads to all that the speaker said on it."""
    path, _ = pen.page_of(issue)
    counts = Counter(statement.stance for statement in said)
    label = pen.edition.dossier.label
    for stance, sign in STANCE_SIGNS.items():
        if number := counts[stance]:
            labels = {"speaker": label(speaker), "issue": label(issue)}
            words = pen.words("matrix.cell", n=number, stance=pen.words(f"stances.{stance}"), **labels)
            yield Cell(stance, sign, number, words, pen.to(path, by_fragment(speaker)))


def changes(edition: Edition) -> Iterator[tuple[Statement, Statement]]:
    """The statements between which a speaker's stance on an issue changed, with the later after the earlier."""
    ordered = sorted(
        edition.dossier.statements.values(), key=lambda s: (s.speaker, s.issue, edition.in_turn(s))
    )
    for _, found in groupby(ordered, key=lambda s: (s.speaker, s.issue)):
        yield from statements.turns(found)


def _change(pen: Pen, before: Statement, after: Statement) -> StanceChange:
    return StanceChange(
        pen.link(before.speaker),
        pen.link(before.issue),
        statements.view(pen, before),
        statements.view(pen, after),
    )
