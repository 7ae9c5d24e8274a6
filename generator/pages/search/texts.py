"""Pages by their texts: each paragraph with its address on the page, and whom it names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from generator.edition import Edition
from generator.model.article import Article
from generator.model.claims import Question, Statement
from generator.model.dates import OPEN, EdtfDate
from generator.model.fields import EvidenceMark, Path, ProseMark, Ref, walk
from generator.model.happenings import Document, Event
from generator.model.ids import ArticleId, RecordId
from generator.model.kinds import NAMED_KINDS, Kind
from generator.model.record import Record
from generator.model.story import Story
from generator.pages.writing.pen import Pen, address, said_fragment, step_fragment
from generator.pages.writing.words import date_words
from generator.search import Days, Passage, Text

# Under which a record is referred to by what it said.
_SAID = "Statements"
# The fields of whose evidence a record's own page prints the quotes, of a statement its speaker's.
_QUOTED = {
    Kind.STATEMENT: ("evidence",),
    Kind.QUESTION: ("answers",),
    Kind.EVENT: ("evidence", "participants"),
    Kind.DOCUMENT: ("evidence",),
    Kind.ORGANIZATION: ("members",),
    Kind.STORY: ("steps",),
}


class TextReader:
    """Makes the texts of records; of other records it reads no more than these texts say."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._pen = Pen(edition, "search.md")

    def texts(self, key: RecordId) -> Iterator[Text]:
        """All texts of a record with a page of its own: of an article its paragraphs, of others their prose, and what they said in each year."""
        record = self._edition.dossier.records[key]
        yield self.article(record) if isinstance(record, Article) else self.record(key, record)
        # Issues are referred to so by what others said.
        found = (s for s in self._edition.statements(key, _SAID) if s.speaker == key)
        for (_, year), said in _by_year(found):
            yield self.said(key, year, said)

    def article(self, article: Article) -> Text:
        """An article. Where a name may mean several records, its paragraph is found by any of them."""
        named: dict[int, set[RecordId]] = defaultdict(set)
        for mention in self._edition.links.mentions.get(article.article_id, ()):
            named[mention.paragraph].add(mention.entity)
        for words, possible in self._edition.links.undecided.get(article.id, {}).items():
            for paragraph in article.paragraphs:
                if words in paragraph.text:
                    named[paragraph.number].update(possible)
        in_body = {key for keys in named.values() for key in keys}
        in_title = self._named_in_title(article.article_id, in_body)
        body = (Passage(f"p{p.number}", p.text, tuple(sorted(named[p.number]))) for p in article.paragraphs)
        return Text(
            self.address(article.id),
            Kind.ARTICLE,
            article.title,
            (
                Passage("", article.title, tuple(sorted(in_title))),
                *self._prose(article.id, article, ()),
                *body,
            ),
            outlet=article.outlet,
            date=date_words(self._edition.words, article.published, short=True),
            day=_day(article.published),
            days=days_of(article.published),
        )

    def record(self, key: RecordId, record: Record) -> Text:
        """What a record's own page says of it in prose, and whom it refers to."""
        date = record.date if isinstance(record, Event | Document) else None
        referred = {RecordId(value) for _, mark, value in walk(record) if isinstance(mark, Ref)}
        head = Passage("", record.label, self._known({key} | referred))
        return Text(
            self.address(key),
            record.kind_of,
            record.label,
            (
                head,
                *self._prose(key, record, (key,)),
                *_answers(record),
                *_headings(record),
                *self._beside(record),
            ),
            date=date_words(self._edition.words, date, short=True),
            day=_day(date),
            days=days_of(date),
        )

    def said(self, speaker: RecordId, year: str, found: tuple[Statement, ...]) -> Text:
        """What a speaker said in a year, every statement at its address on the speaker's page."""
        return Text(
            self.address(speaker),
            Kind.STATEMENT,
            self._edition.dossier.label(speaker),
            tuple(p for statement in found for p in self._said(statement)),
            part=year,
            date=year,
            day=_day(found[0].date),
        )

    def _said(self, statement: Statement) -> Iterator[Passage]:
        referred = {RecordId(value) for _, mark, value in walk(statement) if isinstance(mark, Ref)}
        names = self._known(referred)
        date = date_words(self._edition.words, statement.date, short=True)
        passages = (*self._prose(statement.id, statement, referred), *self._beside(statement, names))
        for number, passage in enumerate(passages):
            days = () if number else days_of(statement.date)
            yield Passage(said_fragment(statement.id), passage.text, passage.names, date, days)

    def _prose(self, key: RecordId, record: Record, always: Iterable[RecordId]) -> Iterator[Passage]:
        for path, mark, _ in walk(record):
            if not isinstance(mark, ProseMark):
                continue
            for runs in self._edition.links.prose.get((key, path), ()):
                text = "".join(run.text for run in runs if not run.cites)
                named = {run.record for run in runs if run.record} | set(always)
                plain = " ".join(text.split()).replace(" .", ".").replace(" ,", ",")
                yield Passage(_fragment(record, path), plain, self._known(named))

    def _beside(self, record: Record, names: tuple[RecordId, ...] = ()) -> Iterator[Passage]:
        """What its page says beside its prose: the curators' remark, and words that are quoted as evidence."""
        if record.caveat:
            yield Passage("", record.caveat, names)
        fields = _QUOTED.get(record.kind_of, ())
        evidence = (
            (_fragment(record, path), value.quote)
            for path, mark, value in walk(record)
            if isinstance(mark, EvidenceMark) and path[0] in fields
        )
        for anchor, quote in dict.fromkeys((anchor, quote) for anchor, quote in evidence if quote):
            yield Passage(anchor, self._edition.words("signs.quoted", text=quote), names)

    def _named_in_title(self, article: ArticleId, in_body: set[RecordId]) -> Iterator[RecordId]:
        """Whom a title names: by a full name, or by a short one of somebody whom the body names."""
        for name in self._edition.names_in_title.get(article, ()):
            short = [key for key in name.short if key in in_body]
            for possible in (name.full, short):
                if len(possible) == 1:
                    yield possible[0]

    def _known(self, keys: Iterable[RecordId]) -> tuple[RecordId, ...]:
        kinds = self._edition.dossier.declared
        return tuple(sorted(key for key in set(keys) if kinds.get(key) in NAMED_KINDS))

    def address(self, key: RecordId) -> str:
        """Of the page that shows a record, relative to the site."""
        return f"{address(self._pen.page_of(key)[0])}/"


def _by_year(
    statements: Iterable[Statement],
) -> Iterator[tuple[tuple[RecordId, str], tuple[Statement, ...]]]:
    said: dict[tuple[RecordId, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        said[statement.speaker, str(statement.date.year)].append(statement)
    for key, found in sorted(said.items()):
        yield key, tuple(found)


def _fragment(record: Record, path: Path) -> str:
    """The anchor of a record's prose on its page: of a step of the story its own."""
    return step_fragment(int(path[1])) if isinstance(record, Story) and path[0] == "steps" else ""


def _headings(record: Record) -> Iterator[Passage]:
    """The headings of the steps of the story."""
    if isinstance(record, Story):
        for number, step in enumerate(record.steps):
            yield Passage(step_fragment(number), step.heading)


def _answers(record: Record) -> Iterator[Passage]:
    """What sources answer to a question, and why its status is what it is."""
    if isinstance(record, Question):
        for text in (*(answer.value for answer in record.answers), record.note):
            if text:
                yield Passage("", text)


def days_of(date: EdtfDate | None) -> Days:
    """The first and the last day of a date, as numbers; where one of them is unknown, both are the other."""
    if not date:
        return ()
    begin, is_open = date.begin, date.end is None and date.text.endswith(OPEN)
    first = begin.earliest if begin else date.latest
    last = date.latest if is_open or not begin or date.end else begin.latest
    return _number(first), _number(last)


def _number(day: date) -> int:
    return (day.year * 100 + day.month) * 100 + day.day


def _day(date: EdtfDate | None) -> str:
    return date.listed.isoformat() if date else ""
