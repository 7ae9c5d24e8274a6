"""The page of the story: its steps along the timeline, each with its evidence and what it shows."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.folding import UNSPACED
from generator.markup import markdown
from generator.model.claims import Statement
from generator.model.dates import EdtfDate
from generator.model.evidence import Locator
from generator.model.fields import ProseMark, walk
from generator.model.ids import ArticleId
from generator.model.prose import Citation, parts_of
from generator.model.story import Story, StoryStep
from generator.pages.figures import svg
from generator.pages.figures.steps import StepsLine
from generator.pages.records import statements
from generator.pages.records.cards import card
from generator.pages.records.statements import StatementView
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen, step_fragment

# Words that most adults read in a minute, and words that a letter of a script without spaces counts for.
_WORDS_A_MINUTE, _LETTER = 200, 0.5


class StepView(NamedTuple):
    """A step; `place` says which of how many it is, when it was, and which event it is about."""

    number: int
    heading: Markup
    place: Markup
    line: Markup
    text: tuple[Markup, ...]
    evidence: Markup
    sources: Markup
    cards: Markup
    statements: tuple[StatementView, ...]
    turn: Markup


class StoryView(NamedTuple):
    """The page of the story."""

    title: Markup
    summary: tuple[Markup, ...]
    caveat: Markup
    cites: Markup
    reading: str
    contents: Markup
    steps: tuple[StepView, ...]
    links: tuple[Markup, ...]


def page(pen: Pen, story: Story) -> Page:
    """The page of the story."""
    dates = [_date(pen.edition, step) for step in story.steps]
    line = StepsLine(dates)
    view = StoryView(
        title=pen.label(story.id),
        summary=pen.prose(story.id, ("summary",)),
        caveat=pen.said(story.caveat or ""),
        cites=pen.cites(story.evidence, story.id),
        reading=reading_words(pen, story),
        contents=_contents(pen, story, dates, line),
        steps=tuple(_step(pen, story, number, dates[number], line) for number in range(len(story.steps))),
        links=tuple(markdown.link(words, markdown.address(url)) for words, url in story.links.items()),
    )
    description = head.plain_prose(pen, story.id, "summary") or head.plain_prose(
        pen, story.id, "steps", 0, "text"
    )
    meta = head.of_record(pen, story, label=pen.words("kinds.story"), description=description)
    # It has no index around it.
    return Page(pen.path, {**meta, "crumbs": []}, pen.render("story", view=view))


def reading_words(pen: Pen, story: Story) -> str:
    """The number of its steps, and the minutes that reading them takes."""
    minutes = max(1, -(-_word_count(pen, story) // _WORDS_A_MINUTE))
    return pen.words(
        "story.reading",
        steps=pen.words("story.steps", n=len(story.steps)),
        minutes=pen.words("story.minutes", n=minutes),
    )


def _word_count(pen: Pen, story: Story) -> int:
    """The number of words of a story, without what its steps show."""
    prose = (head.plain_prose(pen, story.id, *path) for path, _, _ in walk(story, ProseMark))
    text = " ".join([story.title, *(step.heading for step in story.steps), *prose])
    return len(UNSPACED.sub(" ", text).split()) + round(len(UNSPACED.findall(text)) * _LETTER)


def _date(edition: Edition, step: StoryStep) -> EdtfDate | None:
    """The date of a step: its own, or that of its event."""
    event = edition.dossier.events.get(step.event) if step.event else None
    return step.date or (event.date if event else None)


def _contents(pen: Pen, story: Story, dates: Sequence[EdtfDate | None], line: StepsLine) -> Markup:
    """The timeline of all steps, and links to them."""
    items = [
        svg.element(
            "li",
            svg.element("a", pen.said(step.heading), href=f"#{step_fragment(number)}"),
            *([Markup(" "), markdown.quiet(pen.date(date, short=True))] if date else []),
        )
        for number, (step, date) in enumerate(zip(story.steps, dates, strict=True))
    ]
    return svg.element(
        "nav",
        *([line.whole()] if line else []),
        svg.element("ol", *items),
        class_="steps",
        aria_label=pen.words("story.contents"),
        data_search_exclude="1",
    )


def _step(pen: Pen, story: Story, number: int, date: EdtfDate | None, line: StepsLine) -> StepView:
    step = story.steps[number]
    records = pen.edition.dossier.records
    shown = [records[key] for key in dict.fromkeys(step.show) if key in records]
    place = [
        markdown.text(pen.words("story.step", n=number + 1, of=len(story.steps))),
        markdown.text(pen.date(date)),
    ]
    if step.event and step.event in records:
        place.append(pen.link(step.event))
    return StepView(
        number=number + 1,
        heading=pen.said(step.heading),
        place=markdown.joined(filter(None, place), " · "),
        line=line.lit(number),
        text=pen.prose(story.id, ("steps", number, "text")),
        evidence=pen.cites(step.evidence, story.id),
        sources=_sources(pen, step),
        cards=markdown.joined([card(pen, one) for one in shown if not isinstance(one, Statement)], ""),
        statements=tuple(statements.view(pen, one) for one in shown if isinstance(one, Statement)),
        turn=_turn(pen, story, number),
    )


def _sources(pen: Pen, step: StoryStep) -> Markup:
    """The paragraphs that back a step, by article."""
    found: dict[ArticleId, dict[Locator, None]] = defaultdict(dict)
    cited = [at for citation in parts_of(step.text, Citation) for at in citation.locators]
    for at in (*cited, *(evidence.at for evidence in step.evidence)):
        if at.article in pen.edition.dossier.articles:
            found[at.article][at] = None
    parts = [
        markdown.joined(
            [
                pen.edition.labels.citation[article],
                *(
                    markdown.link(
                        f"¶{at.span.replace('-', '–')}", pen.to(*pen.paragraph_of(article, at.first))
                    )
                    for at in sorted(places)
                ),
            ]
        )
        for article, places in found.items()
    ]
    return pen.say("story.sources", sources=markdown.joined(parts, " · ")) if parts else Markup("")


def _turn(pen: Pen, story: Story, number: int) -> Markup:
    """Links to the steps before and after; from the last one to the home page."""
    found = []
    if number:
        found.append(
            ("prev", "entry.before", story.steps[number - 1].heading, f"#{step_fragment(number - 1)}")
        )
    if number + 1 < len(story.steps):
        found.append(
            ("next", "entry.after", story.steps[number + 1].heading, f"#{step_fragment(number + 1)}")
        )
    links = (
        svg.element(
            "a",
            svg.element("span", pen.words(key), class_="quiet"),
            Markup(" "),
            pen.said(heading),
            href=href,
            rel=rel,
        )
        for rel, key, heading, href in found
    )
    label = pen.words("story.turn", n=number + 1)
    return (
        svg.element("nav", *links, class_="turn", aria_label=label, data_search_exclude="1")
        if found
        else Markup("")
    )
