"""A pen writes for one page: links relative to its path, in Markdown or in HTML, labels, citations and prose."""

import posixpath
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from markupsafe import Markup

from generator.edition import Edition
from generator.link import Run
from generator.markup import languages, markdown
from generator.model.dates import EdtfDate
from generator.model.evidence import Evidence, Locator
from generator.model.fields import Path
from generator.model.ids import ArticleId, OrganizationId, RecordId, StatementId
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.pages.writing.page import STORY_PAGE
from generator.pages.writing.render import render
from generator.pages.writing.words import date_words
from generator.words import Words

INDEX = "index.md"
SEARCH = "search.md"


@dataclass(frozen=True)
class Pen:
    """Writes text and links for the page at a path of the Markdown tree."""

    edition: Edition
    path: str

    # Words

    @property
    def words(self) -> Words:
        """The interface's words."""
        return self.edition.words

    def say(self, key: str, /, **values: object) -> Markup:
        """A message of the interface as Markdown; values that are markup stay markup."""
        return markdown.said(self.words, key, **values)

    def date(self, date: EdtfDate | None, *, short: bool = False) -> str:
        """A date in words; empty where there is none."""
        return date_words(self.words, date, short=short)

    def day(self, date: EdtfDate | None) -> Markup:
        """A date in a table, which keeps to one line."""
        return markdown.date(self.date(date, short=True))

    def listed(self, items: Iterable[Markup], style: str = "standard") -> Markup:
        """Markup as a list in a sentence: `a, b and c`; or of alternatives, by the style `or`."""
        return markdown.listed(self.words, tuple(items), style)

    def render(self, template: str, **context: Any) -> str:
        """The Markdown of a template with a context."""
        return render(self.words, template, **context)

    # Where things are

    def page_of(self, key: RecordId) -> tuple[str, str]:
        """The path of the page that shows a record, and the fragment on it."""
        return self._page_of(key, self.edition.dossier.records[key].kind_of)

    def _page_of(self, key: RecordId, kind: Kind) -> tuple[str, str]:
        if kind is Kind.STATEMENT:
            path, _ = self.page_of(self.edition.dossier.statements[StatementId(key)].speaker)
            return path, said_fragment(key)
        if kind is Kind.STORY:
            return STORY_PAGE, ""
        return f"{kind.section}/{key}.md", ""

    def paragraph_of(
        self, article: ArticleId, number: int, citing: RecordId | None = None
    ) -> tuple[str, str]:
        """The path of the page that shows a paragraph, and the fragment on it.

        Args:
            citing: The record that cites the paragraph. The fragment names it, so that the page can lead back to it.
        """
        # An article that cites its own paragraphs is not among what they back.
        back = f"-{citing}" if citing and citing != article else ""
        return f"{Kind.ARTICLE.section}/{article}.md", f"p{number}{back}"

    def to(self, path: str, fragment: str = "") -> str:
        """A page of the tree as the target of a Markdown link."""
        if fragment:
            if path == self.path:
                return f"#{fragment}"
            path = f"{path}#{fragment}"
        folder, _, name = path.rpartition("/")
        return f"{_way(self._folder, folder)}{name}"

    def href(self, path: str, fragment: str = "") -> str:
        """A page of the tree as the target of an HTML link, between addresses that end in a slash."""
        anchor = f"#{fragment}" if fragment else ""
        if path == self.path:
            return anchor or "./"
        here, there = self._address, address(path)
        if here.startswith(there) or there.startswith(here):
            # One may be inside the other.
            relative = posixpath.relpath(f"/{there}", f"/{here}")
            return ("./" if relative == "." else f"{relative}/") + anchor
        folder, _, name = there.rpartition("/")
        return f"../{_way(here.rpartition('/')[0], folder)}{name}/{anchor}"

    def file(self, name: str) -> str:
        """A file of the site that is not a page, as the target of an HTML link."""
        return posixpath.relpath(f"/{name}", f"/{self._address}")

    @cached_property
    def _folder(self) -> str:
        return self.path.rpartition("/")[0]

    @cached_property
    def _address(self) -> str:
        return address(self.path)

    # Records

    def label(self, key: RecordId) -> Markup:
        """The label of a record, marked with its language."""
        return self.edition.labels.of_record[key]

    def said(self, words: object, text: str = "") -> Markup:
        """Words in the dossier's language, marked with their direction, which `text` decides where it is given."""
        return languages.marked(words, "", self.edition.dossier.settings.language, text)

    def printed(self, key: RecordId, words: str) -> Markup:
        """A record's name as printed in a text, marked with its language."""
        return self.edition.labels.printed[key, words]

    def link(self, key: RecordId, words: object = None) -> Markup:
        """A Markdown link to a record; on its own page its name as plain text."""
        words = self.label(key) if words is None else self.said(words)
        return self._link(words, *self.page_of(key))

    def named(self, key: RecordId, words: str) -> Markup:
        """A record's name as printed in a text, as a Markdown link to the record."""
        return self._link(self.printed(key, words), *self._page_of(key, self.edition.in_text[key].kind))

    def _link(self, words: object, path: str, fragment: str) -> Markup:
        if path == self.path and not fragment:
            return markdown.text(words)
        return markdown.link(words, self.to(path, fragment))

    def html(self, key: RecordId, words: object = None, *, mark: bool = True) -> Markup:
        """An HTML link to a record in the color of its kind, with the kind's symbol if it begins a line."""
        words = self.label(key) if words is None else self.said(words)
        path, fragment = self.page_of(key)
        kind = self.edition.dossier.records[key].kind_of
        kind = Kind.PERSON if kind is Kind.STATEMENT else kind
        return markdown.html_link(words, self.href(path, fragment), f"k {kind.value}" if mark else kind.value)

    def links(self, keys: Iterable[RecordId], between: str = ", ") -> Markup:
        """Markdown links to records in a row."""
        return markdown.joined([self.link(key) for key in keys], between)

    def section(self, kind: Kind, words: str = "") -> Markup:
        """A Markdown link to the index of a kind."""
        return markdown.link(
            words or self.words(f"sections.{kind.section}"), self.to(f"{kind.section}/{INDEX}")
        )

    def at(self, record: Record, *path: str | int) -> Markup:
        """The anchor of a fact on its record's own page, to follow the fact; empty on other pages."""
        own = record.kind_of is not Kind.STATEMENT and self.page_of(record.id) == (self.path, "")
        anchor = self.edition.facts(record.id).get(path, "") if own else ""
        return Markup(f'<span id="{anchor}"></span>') if anchor else Markup("")  # noqa: S704 - a slug

    # Citations

    def cite_words(self, at: Locator, quote: str = "") -> Markup:
        """The text of a citation: outlet, date, paragraph, and the quote in the article's language."""
        article = self.edition.dossier.articles[at.article]
        own = self.path == f"{Kind.ARTICLE.section}/{article.id}.md"
        where = paragraph_words(at)
        words = where if own else markdown.joined([self.edition.labels.citation[at.article], where], ", ")
        if not quote:
            return words
        quoted = languages.quote(self.edition.dossier, article, quote)
        return markdown.joined([words, self.say("signs.quoted", text=quoted)])

    def outlet_words(self, key: OrganizationId) -> str:
        """The name of an outlet in citations."""
        return self.edition.labels.outlet(key)

    def heads(self, *keys: str) -> tuple[str, ...]:
        """The heads of a table's columns."""
        return tuple(self.words(f"heads.{key}") for key in keys)

    def outlet_heads(self) -> tuple[str, ...]:
        """The heads of a table's columns of outlets."""
        return self._heads_of(*self.edition.outlet_columns, "heads.other_outlets")

    def origin_heads(self) -> tuple[str, ...]:
        """The heads of a table's columns of origins."""
        return self._heads_of(*self.edition.origin_columns, "heads.other_origins")

    def _heads_of(
        self, columns: Iterable[OrganizationId | None], are_more: bool, others: str
    ) -> tuple[str, ...]:
        heads = [self.outlet_words(key) if key else self.words("sources.unnamed") for key in columns]
        return (*heads, self.words(others)) if are_more else tuple(heads)

    def origins_words(self, number: str, origins: Collection[OrganizationId | None]) -> str:
        """The count of named origins, with a remark if there are articles that name none."""
        if None not in origins:
            return number
        if len(origins) == 1:
            return self.words("sources.unnamed_origin")
        return self.words("sources.with_unnamed", origins=number)

    @staticmethod
    def named_number(origins: Collection[OrganizationId | None]) -> int:
        """The number of named origins; 1 if none is named, since every article has an origin."""
        return len({*origins} - {None}) or 1

    def cite(self, at: Locator, quote: str = "", citing: RecordId | None = None) -> Markup:
        """A citation by a record, if it is known by which, as a Markdown link to its paragraph."""
        target = self.to(*self.paragraph_of(at.article, at.first, citing))
        return markdown.link(self.cite_words(at, quote), target)

    def cites(self, evidence: Iterable[Evidence], citing: RecordId | None = None) -> Markup:
        """Citations by a record in a row, as Markdown."""
        return markdown.joined([self.cite(e.at, e.quote or "", citing) for e in evidence])

    def cite_html(self, at: Locator, citing: RecordId | None = None) -> Markup:
        """A citation by a record as an HTML link."""
        href = self.href(*self.paragraph_of(at.article, at.first, citing))
        return markdown.html_link(self.cite_words(at), href, "cite")

    def cites_html(self, evidence: Iterable[Evidence], citing: RecordId | None = None) -> Markup:
        """Citations by a record in a row, as HTML."""
        return markdown.joined([self.cite_html(e.at, citing) for e in evidence])

    def paragraphs(self, article: ArticleId, numbers: Iterable[int]) -> Markup:
        """Links to paragraphs of one article by their numbers."""
        links = (markdown.link(f"¶{n}", self.to(*self.paragraph_of(article, n))) for n in numbers)
        return markdown.joined(links)

    # Prose

    def prose(self, owner: RecordId, path: Path) -> tuple[Markup, ...]:
        """The paragraphs of a record's prose, as Markdown that is safe at the start of a line."""
        return tuple(
            markdown.opening(self._directed(runs, owner))
            for runs in self.edition.links.prose.get((owner, path), ())
        )

    def _directed(self, runs: tuple[Run, ...], owner: RecordId) -> Markup:
        """Linked text of a record as Markdown, marked with its direction."""
        shown = self._runs(runs, owner)
        text = "".join([run.text for run in runs if not run.cites])
        return shown if text.isascii() else self.said(shown, text)

    def inline(self, owner: RecordId, path: Path) -> Markup:
        """Prose in one line, for cells and list items."""
        return markdown.joined(self.prose(owner, path))

    def inline_html(self, owner: RecordId, path: Path) -> Markup:
        """Prose in one line as HTML, for cards."""
        paragraphs = self.edition.links.prose.get((owner, path), ())
        return markdown.joined([self._runs_html(runs, owner) for runs in paragraphs])

    def _runs_html(self, runs: Iterable[Run], owner: RecordId) -> Markup:
        shown: list[Markup] = []
        was_cited = False
        for run in runs:
            if run.cites:
                shown += [Markup(" ")] if was_cited else []
                known = run.cites.article in self.edition.dossier.articles
                shown += [self.cite_html(run.cites, owner)] if known else []
            elif run.url:
                shown.append(markdown.html_link(run.text, markdown.address(run.url)))
            elif run.record:
                named = self.edition.in_text[run.record]
                words = languages.marked(run.text, languages.name_tag(named.native, run.text))
                shown.append(markdown.html_link(words, self.href(*self._page_of(run.record, named.kind))))
            else:
                shown.append(markdown.spaced(run.text))
            was_cited = run.cites is not None
        return markdown.joined(shown, "")

    def _runs(self, runs: Iterable[Run], owner: RecordId) -> Markup:
        """Linked text as Markdown; spaces around links are kept, and added between the citations of one mark."""
        shown: list[Markup] = []
        was_cited = False
        for run in runs:
            shown += [Markup(" ")] if was_cited and run.cites else []
            shown.append(self._run(run, owner))
            was_cited = run.cites is not None
        return markdown.joined(shown, "")

    def _run(self, run: Run, owner: RecordId) -> Markup:
        if at := run.cites:
            return self.cite(at, "", owner) if at.article in self.edition.dossier.articles else Markup("")
        if run.url:
            return markdown.link(run.text, markdown.address(run.url))
        words = markdown.spaced(run.text)
        if not run.record:
            return words
        named = self.edition.in_text[run.record]
        shown = languages.marked(words, languages.name_tag(named.native, run.text))
        return self._link(shown, *self._page_of(run.record, named.kind))


def paragraph_words(at: Locator) -> Markup:
    """The number of a paragraph, or of the first and last of a run, as citations write it."""
    return markdown.text(f"¶{at.span.replace('-', '–')}")


@lru_cache(maxsize=4096)
def _way(here: str, there: str) -> str:
    """The relative path from one folder to another, both relative to the tree: empty, or ending in a slash."""
    way = posixpath.relpath(f"/{there}", f"/{here}")
    return "" if way == "." else f"{way}/"


def said_fragment(key: RecordId) -> str:
    """The anchor of a statement on its speaker's page."""
    return f"said-{key}"


def step_fragment(number: int) -> str:
    """The anchor of a step of the story, given its index."""
    return f"step-{number + 1}"


def address(path: str) -> str:
    """The address of a page of the tree, relative to the site: `people/index.md` is `people`."""
    stem = path.removesuffix(".md")
    return "" if stem == "index" else stem.removesuffix("/index")
