"""Pages of issues: who took which position, and when."""

from collections import Counter
from typing import NamedTuple

from markupsafe import Markup

from generator.markup import markdown
from generator.model.claims import Issue
from generator.pages.records import side, statements
from generator.pages.records.common import Common, common, fact
from generator.pages.records.side import SideSection, html
from generator.pages.records.statements import StatementGroup
from generator.pages.writing import compare, head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import STANCE_SIGNS

_SHOWN = frozenset({"Statements", "Statements about", "Questions", "Questions about"})


class IssueView(NamedTuple):
    """An issue's page."""

    common: Common
    legend: tuple[tuple[str, str, str], ...]
    statements: tuple[StatementGroup, ...]
    positions: Markup
    listed: Markup
    compare: Markup | None


def page(pen: Pen, issue: Issue) -> Page:
    """The page of an issue."""
    said = pen.edition.statements(issue.id, "Statements")
    facts = (fact(pen, len(said), "statement"), fact(pen, len({s.speaker for s in said}), "speaker"))
    counts = Counter(statement.stance for statement in said)
    stances = tuple(
        html(
            '<span class="chip {stance}">{sign} {words}</span> {n}',
            stance=stance,
            sign=sign,
            words=pen.words(f"stances.{stance}"),
            n=pen.words.number(counts[stance]),
        )
        for stance, sign in STANCE_SIGNS.items()
        if counts[stance]
    )
    speakers = Counter(statement.speaker for statement in said)
    lines = (
        markdown.joined([pen.html(key), html('<span class="quiet">{n}</span>', n=pen.words.number(number))])
        for key, number in sorted(speakers.items(), key=lambda c: (-c[1], c[0]))[: side.MOST]
    )
    view = IssueView(
        common(
            pen,
            issue,
            side.sections(
                SideSection(pen.words("side.stances"), stances),
                SideSection(pen.words("side.speakers"), tuple(lines)),
                side.sources(pen, pen.edition.cited(issue.id)),
                side.elsewhere(pen, issue),
                *side.related(pen, issue.id, _SHOWN),
            ),
            facts,
        ),
        tuple(
            (stance, sign, issue.stances[stance])
            for stance, sign in STANCE_SIGNS.items()
            if stance in issue.stances
        ),
        statements.by_speaker(pen, said, is_addressed=True),
        positions=statements.over_time(pen, said, on_issue=True),
        listed=markdown.link(
            pen.words("statements.filtered"), f"{pen.to('statements/index.md')}?issue={issue.id}"
        ),
        compare=compare.link(pen, issue, pen.words("compare.speakers")) if len(speakers) > 1 else None,
    )
    meta = head.of_record(
        pen, issue, label=pen.words("kinds.issue"), description=head.plain_prose(pen, issue.id, "summary")
    )
    return Page(pen.path, meta, pen.render("issue", view=view))
