"""Pages across the dossier: timeline, who said what, appeals, coverage, names, ledger, network."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from generator.model.claims import Stance
from generator.model.happenings import APPEAL, Event
from generator.model.ids import ArticleId, IssueId, RecordId
from generator.model.kinds import NAMED_KINDS, Kind
from generator.pages import head, markdown
from generator.pages.edition import Edition, by_date
from generator.pages.events import paragraph_links, place_link
from generator.pages.page import Page
from generator.pages.pen import Pen
from generator.pages.render import render
from generator.pages.side import spellings
from generator.pages.words import STANCE_SIGNS, counted, date_words, delay_words

# Pairs in the table of the network, the closest first.
_PAIRS = 100


@dataclass(frozen=True)
class Cell:
    """Statements of a stance, as a chip."""

    stance: str
    sign: str
    number: int


@dataclass(frozen=True)
class MatrixRow:
    """What a speaker said, an issue a column."""

    speaker: Markup
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Matrix:
    """Speakers by issues."""

    issues: tuple[Markup, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class AppealRow:
    """An appeal and one of its answers; the appeal's own cells are empty in its further rows."""

    asked: Markup
    by: Markup
    asks: Markup
    answer: Markup
    after: Markup


@dataclass(frozen=True)
class Table:
    """A table with an introduction; the cells are markup."""

    title: str
    intro: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Markup, ...], ...]
    heading: str = ""


def pages(edition: Edition) -> tuple[Page, ...]:
    """All pages across."""
    return (
        _timeline(Pen(edition, "timeline.md")),
        _who_said_what(Pen(edition, "who-said-what.md")),
        _appeals(Pen(edition, "appeals.md")),
        _tables(Pen(edition, "coverage.md"), "Coverage", _coverage),
        _tables(Pen(edition, "names.md"), "Names as printed", _names),
        _tables(Pen(edition, "ledger.md"), "Evidence ledger", _ledger),
        _tables(Pen(edition, "network.md"), "Who appears with whom", _network),
    )


def matrix(pen: Pen) -> Matrix:
    """All statements, speaker by issue, counted by stance."""
    dossier = pen.edition.dossier
    counts: dict[tuple[RecordId, IssueId], Counter[Stance]] = defaultdict(Counter)
    for statement in dossier.statements.values():
        counts[statement.speaker, statement.issue][statement.stance] += 1
    totals = Counter(statement.speaker for statement in dossier.statements.values())
    used = Counter(statement.issue for statement in dossier.statements.values())
    issues = sorted(used, key=lambda i: (-used[i], i))
    rows = tuple(
        MatrixRow(
            pen.link(speaker),
            tuple(
                tuple(
                    Cell(s, sign, n) for s, sign in STANCE_SIGNS.items() if (n := counts[speaker, issue][s])
                )
                for issue in issues
            ),
        )
        for speaker in sorted(totals, key=lambda s: (-totals[s], s))
    )
    return Matrix(tuple(pen.link(issue, dossier.issues[issue].brief) for issue in issues), rows)


def appeal_rows(pen: Pen) -> tuple[AppealRow, ...]:
    """Each appeal, what it asked for and invoked, and what came back after how long.

    An event that was answered without an appeal stands here too: what it took to be answered is
    what a reader compares.
    """
    rows = []
    for event in sorted(pen.edition.dossier.events.values(), key=by_date):
        answers = pen.edition.events(pen.edition.referring(event.id, "Answered by"))
        if event.kind != APPEAL and not _is_answered_unasked(event, answers):
            continue
        cells = _asked(pen, event)
        for answer in answers:
            rows.append(
                AppealRow(*cells, _told(pen, answer), markdown.date(delay_words(event.date, answer.date)))
            )
            cells = (Markup(""), Markup(""), Markup(""))
        if not answers:
            rows.append(AppealRow(*cells, markdown.text("No answer is known."), Markup("")))
    return tuple(rows)


def _is_answered_unasked(event: Event, answers: Iterable[Event]) -> bool:
    kinds = {answer.kind for answer in answers}
    return bool(kinds) and APPEAL not in kinds and not event.responds_to


def _asked(pen: Pen, event: Event) -> tuple[Markup, Markup, Markup]:
    """When, by whom and for what."""
    if event.kind == APPEAL:
        by = [p.who for p in event.participants if (p.role or "").casefold().startswith("appeal")]
        by = by or [p.who for p in event.participants[:1]]
        whom = markdown.joined(filter(None, [pen.links(by), pen.links(event.invokes)]), ", invoking ")
        asks = pen.inline(event.id, ("asks",)) or pen.link(event.id)
    else:
        whom = place_link(pen, event)
        asks = markdown.joined([pen.link(event.id), markdown.text("(no appeal is known)")])
    date = markdown.date(date_words(event.date, short=True))
    return date, whom or pen.link(event.id), markdown.joined(filter(None, [asks, pen.cites(event.evidence)]))


def _told(pen: Pen, answer: Event) -> Markup:
    """What an answer came to, with its evidence."""
    outcome = pen.inline(answer.id, ("outcome",))
    told = markdown.joined([pen.link(answer.id), outcome], ": ") if outcome else pen.link(answer.id)
    return markdown.joined([told, pen.cites(answer.evidence)])


def _timeline(pen: Pen) -> Page:
    ordered = sorted(pen.edition.dossier.events.values(), key=by_date)
    years = tuple(
        (
            str(year),
            tuple(
                (
                    markdown.date(date_words(e.date, short=True)),
                    pen.link(e.id),
                    place_link(pen, e),
                    pen.inline(e.id, ("outcome",)),
                    e.kind,
                )
                for e in events
            ),
        )
        for year, events in groupby(ordered, key=lambda e: e.date.year)
    )
    meta = head.of_page(
        pen, "Timeline", f"{counted(len(ordered), 'event')} in the order of their dates", label="Across"
    )
    return Page(pen.path, meta, render("timeline", years=years, total=len(ordered)))


def _who_said_what(pen: Pen) -> Page:
    total = counted(len(pen.edition.dossier.statements), "statement")
    meta = head.of_page(pen, "Who said what", f"{total}, speaker by issue", label="Across")
    return Page(pen.path, meta, render("matrix", matrix=matrix(pen), total=total))


def _appeals(pen: Pen) -> Page:
    meta = head.of_page(
        pen, "Appeals and answers", "What was asked, and what came back after how long", label="Across"
    )
    return Page(pen.path, meta, render("appeals", rows=appeal_rows(pen)))


def _tables(pen: Pen, title: str, make) -> Page:  # type: ignore[no-untyped-def]
    tables: tuple[Table, ...] = make(pen)
    meta = head.of_page(pen, title, tables[0].intro, label="Across")
    return Page(pen.path, meta, render("tables", title=title, tables=tables))


def _coverage(pen: Pen) -> tuple[Table, ...]:
    """Each event, and the paragraphs of each article that report it."""
    found: dict[RecordId, dict[ArticleId, set[int]]] = defaultdict(lambda: defaultdict(set))
    for (article, number), entries in pen.edition.links.backing.items():
        for entry in entries:
            if entry.record in pen.edition.dossier.events:
                found[entry.record][article].add(number)
    rows = []
    for event in sorted(pen.edition.dossier.events.values(), key=by_date):
        articles = found[event.id]
        cites = (
            markdown.joined(
                [
                    markdown.text(pen.source_words(a)),
                    paragraph_links(pen, a.article_id, articles[a.article_id]),
                ]
            )
            for a in pen.edition.articles_by_date
            if a.article_id in articles
        )
        note = markdown.text("only here") if len(articles) == 1 else markdown.text(len(articles))
        rows.append(
            (
                markdown.date(date_words(event.date, short=True)),
                pen.link(event.id),
                markdown.joined(cites, Markup("<br>")),
                note if articles else markdown.text("not at all"),
            )
        )
    intro = "Which article reports which event, and where."
    return (Table("Coverage", intro, ("Date", "Event", "Reported in", "Articles"), tuple(rows)),)


def _names(pen: Pen) -> tuple[Table, ...]:
    """Who is written how by whom, where there is more than one way."""
    rows = []
    for key in pen.edition.links.mentioned_in:
        record = pen.edition.dossier.records[key]
        printed = spellings(pen, key)
        if record.kind_of not in NAMED_KINDS or len(printed) < 2:
            continue
        for name, outlets in sorted(printed.items()):
            by = ", ".join(pen.outlet_words(o) if o else "outlet not named" for o in outlets)
            rows.append((pen.link(key), markdown.text(name), markdown.text(by)))
    intro = "Whom the outlets write in more than one way, and which of them writes how."
    return (Table("Names as printed", intro, ("Record", "As printed", "By"), tuple(rows)),)


def _ledger(pen: Pen) -> tuple[Table, ...]:
    """How much of each article backs something, and what rests on a single source or none."""
    backing = pen.edition.links.backing
    shares = []
    for article in pen.edition.articles_by_date:
        numbers = [p.number for p in article.paragraphs]
        backed = [n for n in numbers if (article.article_id, n) in backing]
        share = f"{100 * len(backed) // len(numbers)} %" if numbers else ""
        idle = paragraph_links(pen, article.article_id, set(numbers) - set(backed))
        shares.append(
            (
                pen.link(article.id),
                markdown.text(f"{len(backed)} of {len(numbers)}"),
                markdown.text(share),
                idle,
            )
        )
    cited = pen.edition.cited_in
    single = [k for k, articles in cited.items() if len(articles) == 1 and _is_claim(pen, k)]
    without = [
        k for k, r in pen.edition.dossier.records.items() if k not in cited and r.kind_of is not Kind.ARTICLE
    ]
    return (
        Table(
            "Evidence ledger",
            "How many paragraphs of each article back something.",
            ("Article", "Paragraphs", "Share", "Backing nothing"),
            tuple(shares),
        ),
        _listing(
            pen,
            "With a single source",
            "Events, documents and statements that one article alone backs.",
            single,
        ),
        _listing(pen, "Without evidence", "Records that no paragraph backs.", without),
    )


def _is_claim(pen: Pen, key: RecordId) -> bool:
    record = pen.edition.dossier.get(key)
    return record is not None and record.kind_of in (Kind.EVENT, Kind.DOCUMENT, Kind.STATEMENT)


def _listing(pen: Pen, heading: str, intro: str, keys: Iterable[RecordId]) -> Table:
    label = pen.edition.dossier.label
    ordered = sorted(keys, key=lambda k: (pen.edition.dossier.declared[k], label(k), k))
    rows = tuple((pen.link(key), markdown.text(pen.edition.dossier.declared[key].value)) for key in ordered)
    return Table(heading, f"{intro} {counted(len(rows), 'record')}.", ("Record", "Kind"), rows, heading)


def _network(pen: Pen) -> tuple[Table, ...]:
    """The pairs of people and organizations that share most events and paragraphs."""
    pairs: dict[tuple[RecordId, RecordId], int] = {}
    actors = [*pen.edition.dossier.people, *pen.edition.dossier.organizations]
    for one in actors:
        for kind in (Kind.PERSON, Kind.ORGANIZATION):
            for other, number in pen.edition.seen_with(one, kind, _PAIRS):
                pairs[min(one, other), max(one, other)] = number
    closest = sorted(pairs.items(), key=lambda p: (-p[1], p[0]))[:_PAIRS]
    rows = tuple((pen.link(one), pen.link(other), markdown.text(n)) for (one, other), n in closest)
    intro = "Pairs of people and organizations by how many events and paragraphs they share."
    return (Table("Who appears with whom", intro, ("One", "Other", "Together"), rows),)
