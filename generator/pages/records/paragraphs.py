"""Paragraphs of articles: the text with its links and quoted words, and beside it the records that cite it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from generator.link import Backing, Mention
from generator.markup import languages, markdown
from generator.model.article import Article, Paragraph
from generator.model.claims import Statement
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.quotes import passage
from generator.pages.writing import head
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import brief

# What can be right or wrong, in the order in which it is listed; of other records merely something is said.
_CLAIMS = (Kind.STATEMENT, Kind.EVENT, Kind.QUESTION, Kind.DOCUMENT)
# The most characters of a statement beside a paragraph; few are longer.
_SAID = 280
# The start and the end of a place in a text.
Span = tuple[int, int]


class ParagraphView(NamedTuple):
    """A paragraph with its number, and below it what it backs, if anything."""

    number: int
    shown: Markup
    is_idle: bool


def by_paragraph(mentions: Iterable[Mention]) -> Mapping[int, Sequence[Mention]]:
    """An article's mentions by the number of their paragraph."""
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.paragraph].append(mention)
    return found


def linked_body(
    pen: Pen,
    article: Article,
    paragraph: Paragraph,
    mentions: Iterable[Mention] = (),
    marked: Iterable[Span] = (),
) -> Markup:
    """A paragraph's text, marked with its language, with the first mention of each record linked.

    Args:
        marked: Places to highlight. A place that begins or ends within a link is extended to the whole link.
    """
    first: dict[RecordId, Mention] = {}
    for mention in mentions:
        first.setdefault(mention.entity, mention)
    links = list(first.values())
    text, parts, end = paragraph.text, [], 0

    def linked(stop: int) -> Markup:
        nonlocal end
        found = []
        while links and links[0].start < stop:
            mention = links.pop(0)
            found.append(markdown.spaced(text[end : mention.start]))
            found.append(pen.named(mention.entity, mention.text))
            end = mention.end
        found.append(markdown.spaced(text[end:stop]))
        end = stop
        return markdown.joined(found, "")

    for start, stop in _whole(marked, links):
        parts.append(linked(start))
        parts.append(markdown.trusted(f"<mark>{linked(stop)}</mark>"))
    parts.append(linked(len(text)))
    return languages.in_body(pen.edition.dossier, article, markdown.joined(parts, ""))


def _whole(marked: Iterable[Span], links: Iterable[Mention]) -> list[Span]:
    """Places in order, those that overlap joined, each extended over the links that it cuts."""
    places = [(start, end, True) for start, end in marked]
    places = sorted([*places, *((link.start, link.end, False) for link in links)] if places else [])
    found: list[tuple[int, int, bool]] = []
    for start, end, is_marked in places:
        if found and start < found[-1][1]:
            before, reach, was_marked = found.pop()
            found.append((before, max(reach, end), was_marked or is_marked))
        else:
            found.append((start, end, is_marked))
    return [(start, end) for start, end, is_marked in found if is_marked]


def _quoted(paragraph: Paragraph, entries: Iterable[Backing]) -> tuple[list[Span], frozenset[str]]:
    """Where a paragraph has the words that records quote from it, and the quotes of which it has none.

    A digest tells in other words what the original says, and has few of the words that are quoted from that.
    """
    found, absent = [], set()
    for quote in dict.fromkeys(quote for entry in entries for quote in entry.quotes):
        if place := passage(quote, paragraph.text):
            found.append(place)
        else:
            absent.add(quote)
    return found, frozenset(absent)


def cited_paragraph(
    pen: Pen, article: Article, paragraph: Paragraph, mentions: Iterable[Mention], before: set[RecordId]
) -> ParagraphView:
    """A paragraph with its number, which is a link to it, and the records that cite it.

    Args:
        before: The records that cite a paragraph before it, to which its own are added.
    """
    number = paragraph.number
    entries = _in_order(pen, pen.edition.links.backing.get((article.article_id, number), ()))
    marked, absent = _quoted(paragraph, entries)
    text = linked_body(pen, article, paragraph, mentions, marked)
    # Citations lead to the paragraph by the id of the record that cites it, so that it can lead back.
    places = "".join(f'<span id="p{number}-{entry.record}"></span>' for entry in entries)
    shown = f'<a id="p{number}" class="n" href="#p{number}">{number}</a>{places} {text}'
    backs = _backs(pen, article, entries, absent, before) if entries else _no_backs(pen)
    before.update(entry.record for entry in entries)
    return ParagraphView(number, markdown.trusted(f"{shown}\n\n{backs}\n"), is_idle=not entries)


def _in_order(pen: Pen, entries: Iterable[Backing]) -> list[Backing]:
    """Claims first, by kind, then the other records."""
    kinds = pen.edition.dossier.declared
    order = {kind: place for place, kind in enumerate(_CLAIMS)}
    return sorted(entries, key=lambda entry: order.get(kinds[entry.record], len(order)))


def _no_backs(pen: Pen) -> str:
    return f'<div class="backs" data-search-exclude="1">{pen.say("articles.nothing")}</div>'


def _backs(
    pen: Pen, article: Article, entries: list[Backing], absent: frozenset[str], before: set[RecordId]
) -> str:
    """The records that cite a paragraph, folded, in HTML, with what they quote from the original of a digest.

    Where there is room, all are shown in which no paragraph before is cited.
    """
    kinds, items = pen.edition.dossier.declared, []
    for entry in entries:
        quotes = [
            f' <span class="quote">{pen.say("signs.quoted", text=words)}</span>'
            for words in (_original(pen, article, quote) for quote in entry.quotes if quote in absent)
        ]
        names = (["again"] if entry.record in before else []) + (
            [] if kinds[entry.record] in _CLAIMS else ["also"]
        )
        css = f' class="{" ".join(names)}"' if names else ""
        items.append(f"<li{css}>{_backed(pen, entry)}{''.join(quotes)}</li>")
    known = sum(entry.record in before for entry in entries)
    more = f'<span class="rest">{pen.say("signs.more", n=known)}</span>' if known else ""
    summary = f'<span class="all">{pen.say("articles.cited_in", n=len(entries))}</span>{more}'
    return (
        f'<details class="backs" data-search-exclude="1"><summary>{summary}</summary>'
        f"<ul>{''.join(items)}</ul></details>"
    )


def _original(pen: Pen, article: Article, quote: str) -> Markup:
    return languages.quote(pen.edition.dossier, article, quote)


def _backed(pen: Pen, entry: Backing) -> Markup:
    """A record that cites a paragraph, a statement with its speaker."""
    record = pen.edition.dossier.records[entry.record]
    if isinstance(record, Statement):
        speaker = pen.edition.dossier.records[record.speaker]
        name = speaker.short_names[0] if speaker.short_names else speaker.label
        said = head.plain_prose(pen, record.id, "said")
        return pen.html(entry.record, pen.words("signs.said_by", who=name, what=brief(said, _SAID)))
    return pen.html(entry.record)
