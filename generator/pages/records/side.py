"""The sections at a page's side: names, positions, sources, links to other sites."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from generator.edition.article_counts import ArticleCounts
from generator.markup import languages, markdown
from generator.model.actors import Organization
from generator.model.happenings import Place
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Named, Record
from generator.model.story import STORY
from generator.pages.figures import maps
from generator.pages.records import spellings
from generator.pages.writing.page import STORY_PAGE
from generator.pages.writing.pen import Pen, step_fragment
from generator.pages.writing.words import back_words

# The most rows of a list at the side; longer lists belong on the page.
MOST = 8


class SideSection(NamedTuple):
    """A few lines under a heading, each HTML."""

    title: str
    lines: tuple[Markup, ...]


def sections(*found: SideSection | None) -> tuple[SideSection, ...]:
    """The sections that have lines."""
    return tuple(section for section in found if section and section.lines)


def html(template: str, **values: object) -> Markup:
    """HTML from a trusted template with escaped values."""
    return markdown.trusted(template.format(**{k: markdown.text(v) for k, v in values.items()}))


def names(pen: Pen, record: Named) -> SideSection:
    """All names but the preferred one: those of outlets, with the outlets that print them, and those in other languages."""
    lines = []
    in_print = spellings.printed(pen, record)
    for other in record.also:
        outlets = ", ".join(
            pen.outlet_words(o) if o else pen.words("sources.unnamed_inside") for o in in_print.get(other, ())
        )
        by = languages.isolated(outlets or pen.words("side.not_printed"))
        lines.append(html('{name} <span class="quiet">{by}</span>', name=pen.said(other), by=by))
    preferred = {names[0] for names in record.native.values()}
    lines += [
        _native(pen, name, tags, is_quiet=name not in preferred)
        for name, tags in languages.by_spelling(record).items()
    ]
    if record.wikidata:
        lines.append(html('<span class="quiet">Wikidata {number}</span>', number=record.wikidata))
    return SideSection(pen.words("side.names"), tuple(lines))


def _native(pen: Pen, name: str, tags: Sequence[str], *, is_quiet: bool) -> Markup:
    """A name in other languages, with their names."""
    shown = languages.marked(name, tags[0])
    if is_quiet:
        shown = markdown.quiet(shown)
    return markdown.joined([shown, markdown.quiet(spellings.languages_words(pen, tags))])


def people_named(pen: Pen, place: RecordId) -> SideSection:
    """The people named most with a place, with counts."""
    lines = (
        markdown.joined([pen.html(other), html('<span class="quiet">{n}</span>', n=pen.words.number(number))])
        for other, number in pen.edition.seen_with(place, Kind.PERSON, MOST)
    )
    return SideSection(pen.words("side.people"), tuple(lines))


def sources(pen: Pen, found: ArticleCounts) -> SideSection:
    """The number of articles of each outlet, of its own and from each agency."""
    lines = []
    for (outlet, wire), number in found.sources:
        name = pen.html(outlet) if outlet else pen.say("sources.unnamed")
        name = pen.say("sources.of_wire", outlet=name, agency=pen.html(wire)) if wire else name
        articles_words = pen.words("nouns.article", n=number)
        lines.append(markdown.joined([name, html('<span class="quiet">{n}</span>', n=articles_words)]))
    return SideSection(pen.words("side.sources"), tuple(lines))


def elsewhere(pen: Pen, record: Record) -> SideSection:
    """The curator's links to other sites."""
    lines = (markdown.html_link(label, markdown.address(url)) for label, url in record.links.items())
    return SideSection(pen.words("side.elsewhere"), tuple(lines))


def related(pen: Pen, key: RecordId, shown: frozenset[str]) -> tuple[SideSection, ...]:
    """The records that refer to the record under headings that its page has no section for."""
    by_heading: dict[str, list[RecordId]] = defaultdict(list)
    steps: list[SideSection] = []
    for link in pen.edition.links.backlinks.get(key, ()):
        if link.source == STORY:
            # Not to its beginning, but to the first step that shows the record.
            href = pen.href(STORY_PAGE, step_fragment(int(link.path[1])))
            step = markdown.html_link(pen.label(STORY), href)
            steps.append(SideSection(back_words(pen.words, link.heading), (step,)))
        elif link.heading not in shown:
            by_heading[link.heading].append(link.source)
    named = [(back_words(pen.words, heading), keys) for heading, keys in by_heading.items()]
    named.sort(key=lambda section: pen.words.sort_key(section[0]))
    return (*(SideSection(heading, _capped(pen, keys)) for heading, keys in named), *steps)


def records(pen: Pen, title: str, keys: Iterable[RecordId], at: Markup = markdown.NOTHING) -> SideSection:
    """Links to records under a title, with the anchors of the facts that name them."""
    lines = _capped(pen, list(dict.fromkeys(keys)))
    return SideSection(title, (lines[0] + at, *lines[1:]) if lines else ())


def stated(pen: Pen, record: Record, field: str, title: str) -> SideSection:
    """A link to the record that a field names, with the fact's anchor."""
    key = getattr(record, field)
    return SideSection(title, (pen.html(key) + pen.at(record, field),) if key else ())


def drawn(title: str, figure: Markup) -> SideSection:
    """A small figure under a title."""
    return SideSection(title, (figure,) if figure else ())


def _capped(pen: Pen, keys: list[RecordId]) -> tuple[Markup, ...]:
    lines = [pen.html(key) for key in keys[:MOST]]
    if len(keys) > MOST:
        lines.append(markdown.quiet(pen.say("signs.more", n=len(keys) - MOST)))
    return tuple(lines)


def locator(pen: Pen, key: RecordId | None) -> Markup:
    """A small map of where a place or a state is; nothing where it has no coordinates."""
    record = pen.edition.dossier.records.get(key) if key else None
    if not isinstance(record, Place | Organization) or not record.coordinates:
        return Markup("")
    return maps.locator(pen, record.id, record.coordinates)
