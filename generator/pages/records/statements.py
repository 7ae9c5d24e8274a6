"""Views of statements: what was said, with stance, date, place and evidence."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from markupsafe import Markup

from generator.markup import markdown
from generator.model.claims import Statement
from generator.model.ids import RecordId
from generator.model.verification import is_verified
from generator.pages.figures.positions import PositionRow, positions
from generator.pages.writing.pen import Pen, paragraph_words, said_fragment
from generator.pages.writing.words import STANCE_SIGNS


class StatementView(NamedTuple):
    """A statement; `anchor` and `day`, by which scripts sort it, are empty on pages that do not list it first."""

    anchor: str
    stance: str
    sign: str
    said: tuple[Markup, ...]
    speaker: Markup
    circumstances: Markup
    cites: Markup
    proof: Markup
    more: tuple[Markup, ...]
    links: tuple[Markup, ...]
    permalink: Markup
    day: str


class StatementGroup(NamedTuple):
    """Statements under a heading; `note` describes changes of the stance, if any."""

    heading: Markup
    anchor: str
    note: str
    statements: tuple[StatementView, ...]


def view(pen: Pen, statement: Statement, *, at_home: bool = False, on_issue: bool = False) -> StatementView:
    """A statement; `at_home` on its speaker's page, which has its anchor, `on_issue` on its issue's page."""
    parts = [markdown.text(pen.date(statement.date))]
    if statement.event:
        parts.append(pen.link(statement.event))
    if statement.to:
        parts.append(pen.say("entry.to", whom=pen.link(statement.to)))
    if not (at_home or on_issue):
        parts.append(pen.link(statement.issue, pen.edition.dossier.issues[statement.issue].brief))
    return StatementView(
        anchor=said_fragment(statement.id) if at_home or on_issue else "",
        stance=statement.stance,
        sign=STANCE_SIGNS[statement.stance],
        said=pen.prose(statement.id, ("said",)),
        speaker=pen.link(statement.speaker),
        circumstances=markdown.joined(parts, " · "),
        cites=pen.cites(statement.evidence, statement.id),
        proof=_proof(pen, statement),
        more=(*pen.prose(statement.id, ("summary",)), *_caveat(pen, statement)),
        links=tuple(markdown.link(words, markdown.address(url)) for words, url in statement.links.items()),
        permalink=permalink(pen, statement),
        day=statement.date.sort_key[0].isoformat() if on_issue else "",
    )


def permalink(pen: Pen, statement: Statement) -> Markup:
    """A link to a statement at its address, which is on its speaker's page however long the dossier grows."""
    path, fragment = pen.page_of(statement.id)
    label = markdown.text(pen.words("statements.permalink"))
    return markdown.trusted(
        f'<a class="permalink" href="{pen.href(path, fragment)}" aria-label="{label}">&#35;</a>'
    )


def _proof(pen: Pen, statement: Statement) -> Markup:
    """In which paragraphs its quotes were found, or that it has none and is in the curators' words alone."""
    quoted = [evidence for evidence in statement.evidence if evidence.quote]
    if not quoted:
        return markdown.trusted(f'<span class="proof">{pen.say("sources.own_words")}</span>')
    if not all(is_verified(pen.edition.dossier, statement.id, e) for e in quoted):
        return markdown.trusted(f'<span class="proof">{pen.say("sources.not_checked")}</span>')
    numbers = dict.fromkeys(paragraph_words(evidence.at) for evidence in quoted)
    # What the site shows of a digest is not where the words are.
    articles = pen.edition.dossier.articles
    are_digests = all(articles[evidence.at.article].is_digest for evidence in quoted)
    where = "original" if are_digests else "text"
    found = pen.say(f"sources.found_{where}", paragraphs=pen.listed([*numbers]))
    return markdown.trusted(f'<span class="proof verified">{found}</span>')


def _caveat(pen: Pen, statement: Statement) -> tuple[Markup, ...]:
    return (pen.say("signs.remark_on", remark=pen.said(statement.caveat)),) if statement.caveat else ()


def by_issue(pen: Pen, statements: Iterable[Statement]) -> tuple[StatementGroup, ...]:
    """A speaker's statements, an issue at a time, each by date."""
    return _grouped(pen, statements, lambda s: s.issue, on_fragment, at_home=True)


def by_speaker(
    pen: Pen, statements: Iterable[Statement], *, is_addressed: bool = False
) -> tuple[StatementGroup, ...]:
    """Statements on one thing, a speaker at a time, each by date; addressed in one place of a page at most."""
    fragment = by_fragment if is_addressed else None
    return _grouped(pen, statements, lambda s: s.speaker, fragment, at_home=False)


def _grouped(
    pen: Pen,
    statements: Iterable[Statement],
    key: Callable[[Statement], RecordId],
    fragment: Callable[[RecordId], str] | None,
    *,
    at_home: bool,
) -> tuple[StatementGroup, ...]:
    by_group: dict[RecordId, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=pen.edition.in_turn):
        by_group[key(statement)].append(statement)
    # On a speaker's page the issue with most statements comes first; elsewhere the first speaker does.
    order = sorted(by_group, key=lambda group: (-len(by_group[group]) if at_home else 0, group))
    order = order if at_home else sorted(order, key=lambda group: pen.edition.in_turn(by_group[group][0]))
    groups = []
    for group in order:
        said = tuple(by_group[group])
        anchor = fragment(group) if fragment else ""
        views = tuple(view(pen, s, at_home=at_home, on_issue=fragment is by_fragment) for s in said)
        groups.append(StatementGroup(pen.link(group), anchor, _change_words(pen, said), views))
    return tuple(groups)


def _change_words(pen: Pen, said: tuple[Statement, ...]) -> str:
    """The changes of the stance on one issue in words, or empty."""
    if len({s.issue for s in said}) != 1 or len({s.speaker for s in said}) != 1:
        return ""
    changes = [
        pen.words(
            "entry.change",
            before=stance_words(pen, before),
            before_date=pen.date(before.date, short=True),
            after=stance_words(pen, after),
            after_date=pen.date(after.date, short=True),
        )
        for before, after in turns(said)
    ]
    return pen.words("entry.changed", changes="; ".join(changes)) if changes else ""


def stance_words(pen: Pen, statement: Statement) -> str:
    """The stance of a statement: its sign and its name."""
    return f"{STANCE_SIGNS[statement.stance]} {pen.words(f'stances.{statement.stance}')}"


def turns(said: Iterable[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """The statements, in the order of time, between which a stance changed.

    Several stances at one time are not a change, and neither is a time that shares a stance with the one before.
    """
    times = [tuple(group) for _, group in groupby(said, key=lambda s: s.date.text)]
    for before, after in pairwise(times):
        shared = {statement.stance for statement in before} & {statement.stance for statement in after}
        if before[-1].date.last_possible < after[0].date.first_possible and not shared:
            yield before[-1], after[0]


def over_time(pen: Pen, said: Iterable[Statement], *, on_issue: bool) -> Markup:
    """The figure of positions: of all speakers on an issue, or of a speaker on issues with two statements or more."""
    by_group: dict[RecordId, list[Statement]] = defaultdict(list)
    for statement in sorted(said, key=pen.edition.in_turn):
        by_group[statement.speaker if on_issue else statement.issue].append(statement)
    rows = [
        PositionRow(key, tuple(found), tuple(turns(found)))
        for key, found in by_group.items()
        if on_issue or len(found) > 1
    ]
    return positions(pen, rows, pen.words("positions.title"))


def on_fragment(issue: RecordId) -> str:
    """The anchor of the statements on an issue, on their speaker's page."""
    return f"on-{issue}"


def by_fragment(speaker: RecordId) -> str:
    """The anchor of the statements of a speaker, on their issue's page."""
    return f"by-{speaker}"
