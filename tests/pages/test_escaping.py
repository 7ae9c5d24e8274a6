"""Pages show any text of curators and articles as exactly that text."""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from xml.etree.ElementTree import Element

import markdown.extensions
import pymdownx  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.edition import Edition
from generator.link import link
from generator.markup import markdown as escaped
from generator.model import prose
from generator.model.dossier import Dossier
from generator.model.kinds import Kind
from generator.pages.book import pages
from tests import build, hostile
from tests.pages import reading

# Where a text may stand, each by the word that stands there otherwise.
TEXTS = (
    "person-name",
    "person-also",
    "person-short",
    "person-native",
    "position-title",
    "link-label",
    "organization-name",
    "organization-cite-as",
    "member-role",
    "place-name",
    "place-kind",
    "event-title",
    "participant-role",
    "document-title",
    "document-status",
    "issue-title",
    "issue-short-title",
    "question-asks",
    "question-note",
    "answer-value",
    "article-title",
    "article-paragraph",
    "article-author",
    "article-dated-by",
    "article-outlet-by",
    "article-rights",
    "evidence-quote",
    "dossier-title",
    "dossier-question",
)
PROSE = ("person-summary", "statement-said", "event-asks", "event-outcome", "dossier-summary", "change-what")
WORDS = {slot: f"Q{slot.replace('-', '')}q" for slot in (*TEXTS, *PROSE)}
# The groups of these are letters, which follow the name.
LETTERED = ("people/index.md", "organizations/index.md", "places/index.md")


def _dossier(words: Mapping[str, str]) -> Dossier:
    """A dossier that shows a text in every place."""
    proof = [{"at": "the-article#p1", "quote": words["evidence-quote"]}]
    return build.dossier(
        build.record(
            Kind.PERSON,
            "the-person",
            name=words["person-name"],
            also=[words["person-also"]],
            short=[words["person-short"]],
            native={"hy": words["person-native"]},
            positions=[{"title": words["position-title"], "of": "the-outlet", "evidence": proof}],
            summary=words["person-summary"],
            links={words["link-label"]: "https://a.example/"},
        ),
        build.record(
            Kind.ORGANIZATION,
            "the-outlet",
            kind="outlet",
            name=words["organization-name"],
            cite_as=words["organization-cite-as"],
            members=[{"who": "the-person", "role": words["member-role"]}],
        ),
        build.record(Kind.PLACE, "the-place", name=words["place-name"], kind=words["place-kind"]),
        build.record(
            Kind.EVENT,
            "the-event",
            kind="appeal",
            title=words["event-title"],
            asks=words["event-asks"],
            outcome=words["event-outcome"],
            place="the-place",
            participants=[{"who": "the-person", "role": words["participant-role"]}],
        ),
        build.record(
            Kind.DOCUMENT,
            "the-document",
            title=words["document-title"],
            status=words["document-status"],
            event="the-event",
            by=["the-person"],
        ),
        build.record(
            Kind.ISSUE, "the-issue", title=words["issue-title"], short_title=words["issue-short-title"]
        ),
        build.record(
            Kind.STATEMENT,
            "the-statement",
            speaker="the-person",
            said=words["statement-said"],
            issue="the-issue",
            event="the-event",
            about=["the-document"],
            evidence=proof,
        ),
        build.record(
            Kind.QUESTION,
            "the-question",
            asks=words["question-asks"],
            note=words["question-note"],
            event="the-event",
            answers=[{"value": words["answer-value"], "by": "the-person", "evidence": proof}],
        ),
        build.article(
            "the-article",
            words["article-paragraph"].strip(),
            title=words["article-title"],
            outlet="the-outlet",
            outlet_by=words["article-outlet-by"],
            authors=[words["article-author"]],
            published="2022-09-16",
            dated_by=words["article-dated-by"],
            rights=words["article-rights"],
        ),
        title=words["dossier-title"],
        question=words["dossier-question"],
        summary=words["dossier-summary"],
        changes=[{"date": "2022", "what": words["change-what"]}],
    )


def _bodies(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The pages by their paths, each made when it is asked for."""
    dossier = _dossier(words)
    return ((page.path, reading.body_of(page.text)) for page in pages(Edition(dossier, link(dossier))))


@cache
def _usual() -> dict[str, str]:
    return dict(_bodies(WORDS))


@cache
def _expected(name: str, body: str) -> Element:
    return reading.parse(reading.RENDERERS[name](body))


@cache
def _places() -> tuple[tuple[str, str], ...]:
    """Each slot with each page that shows it."""
    return tuple(
        (slot, path) for slot, word in WORDS.items() for path, body in _usual().items() if word in body
    )


def _is_plain(slot: str, text: str) -> bool:
    """Whether a text is one without marks of prose where prose stands."""
    return slot not in PROSE or all(
        isinstance(part, prose.Literal) for paragraph in prose.parse(text) for part in paragraph.parts
    )


def _check(slot: str, path: str, text: str) -> None:
    usual = _usual()[path]
    body = next(body for other, body in _bodies(WORDS | {slot: text}) if other == path)
    if path in LETTERED:
        usual, body = (
            "\n".join(li for li in b.split("\n") if not li.startswith("## ")) for b in (usual, body)
        )
    for name, render in reading.RENDERERS.items():
        expected, shown = _expected(name, usual), reading.parse(render(body))
        told = f"{slot} on {path}, by {name}:\n{body}"
        wanted = reading.text_of(expected).replace(WORDS[slot], reading.plain(text))
        assert reading.text_of(shown) == reading.plain(wanted), told
        assert _elements(shown) == _elements(expected), told


def _elements(tree: Element) -> list[tuple[str, str]]:
    """The elements without empty spans: a name is followed by one if it is sorted by another form."""
    return [one for one in reading.elements(tree) if one != ("span", "")]


def test_every_text_field_is_shown() -> None:
    # Short names are shown in an article’s margin, a dossier’s title where the whole of it is printed.
    assert {slot for slot, _ in _places()} == {*WORDS}


@settings(max_examples=150)
@given(place=st.deferred(lambda: st.sampled_from(_places())), text=hostile.texts())
def test_any_text_is_shown_as_it_is(place: tuple[str, str], text: str) -> None:
    slot, path = place
    # Prose is divided at empty lines.
    text = reading.plain(text) if slot in PROSE else text.strip()
    if _is_plain(slot, text):
        _check(slot, path, text)


@pytest.mark.parametrize("text", hostile.PICKED)
def test_text_is_shown_as_it_is_at_line_starts_and_in_cells(text: str) -> None:
    # Where a line begins, a text may open a list, a heading or a table; in a cell, another cell.
    if _is_plain("person-summary", text):
        _check("person-summary", "people/the-person.md", text)
    _check("answer-value", "questions/the-question.md", text)


# Extensions of Python-Markdown and PyMdown that a site may turn on, each by itself.
EXTENSIONS = sorted(
    f"{package.__name__}.{module.name}"
    for package in (markdown.extensions, pymdownx)
    for module in pkgutil.iter_modules(package.__path__)
    if not module.name.endswith(("_db", "util", "__meta__", "delimiterprocessor", "slugs", ".blocks"))
    and (package.__name__, module.name) != ("pymdownx", "blocks")
)
# With all that they do beyond the usual.
OPTIONS = {
    "pymdownx.magiclink": {
        "repo_url_shorthand": True,
        "social_url_shorthand": True,
        "user": "somebody",
        "repo": "something",
    }
}
# Where a text may stand on a page: what the Markdown around it is.
AROUND: dict[str, Callable[[str], str]] = {
    "at a line's start": lambda text: escaped.opening(escaped.text(text)),
    "in a heading": lambda text: f"# {escaped.text(text)}",
    "around a link": lambda text: f"x {escaped.text(text)}{escaped.link('w', 'a.md')}{escaped.text(text)} y",
    "in a cell": lambda text: f"| h | i |\n| --- | --- |\n| {escaped.text(text)} | {escaped.text(text)} |",
}


def test_extensions_of_markdown_are_found() -> None:
    assert {"pymdownx.magiclink", "pymdownx.emoji", "markdown.extensions.footnotes"} <= {*EXTENSIONS}


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_extensions_read_no_text_as_structure(extension: str) -> None:
    options = {name: options for name, options in OPTIONS.items() if name == extension}
    reader = markdown.Markdown(extensions=["tables", extension], extension_configs=options)
    for where, write in AROUND.items():
        expected = reading.parse(reader.reset().convert(write("QQQ")))
        for text in hostile.PICKED:
            shown = reading.parse(reader.reset().convert(write(text)))
            told = f"{text!r} {where}"
            assert _without_anchors(shown) == _without_anchors(expected), told
            # A site that turns on typographic dashes and quotation marks gets them.
            if extension != "markdown.extensions.smarty":
                wanted = reading.text_of(expected).replace("QQQ", reading.plain(text))
                assert reading.text_of(shown) == reading.plain(wanted), told


def _without_anchors(tree: Element) -> list[tuple[str, str]]:
    """The elements, without the anchor that a heading is made of its text."""
    return [
        (name, "" if look.startswith(("headerlink", "#")) else look) for name, look in reading.elements(tree)
    ]


def test_exclamation_mark_before_a_link_makes_no_image() -> None:
    dossier = build.dossier(
        build.record(
            Kind.PERSON, "ida-solvang", name="Ida Solvang", summary="Look![here](https://a.example/p.png)"
        ),
        build.record(
            Kind.PERSON,
            "ivo-brandt",
            name="Ivo Brandt",
            summary="Never again![@news#p1] So[[ida-solvang]]![[ida-solvang]]",
        ),
        build.article("news", "Hooray!Ida Solvang came.", "![x](https://a.example/p.png)"),
    )
    shown = 0
    for page in pages(Edition(dossier, link(dossier))):
        for name, render in reading.RENDERERS.items():
            tree = reading.parse(render(reading.body_of(page.text)))
            assert not [*reading.find(tree, "img")], f"{page.path} by {name}"
            shown += sum(a.get("href") == "https://a.example/p.png" for a in reading.find(tree, "a"))
    assert shown >= 2
