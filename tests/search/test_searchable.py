"""What search is fed: names in all spellings, and paragraphs with whom they name."""

from html import unescape
from pathlib import Path

import pytest

from generator.build import check
from generator.edition import Edition
from generator.link import link
from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.model.kinds import NAMED_KINDS, PAGE_KINDS, Kind
from generator.pages.book import pages
from generator.pages.search import searchable
from generator.search import Passage, SearchDelta, Text
from generator.search.fold_table import fold_table
from tests.build import article, dossier, record
from tests.searches import names_of, texts_of


def _searchable(found: Dossier) -> SearchDelta:
    edition = Edition(found, link(found))
    return searchable(edition)


def _text(found: SearchDelta, address: str, kind: Kind) -> Text:
    (text,) = (text for text in texts_of(found) if text.address == address and text.kind is kind)
    return text


@pytest.fixture(scope="module")
def toy_dossier(toy: Path) -> Dossier:
    return check(toy).dossier


@pytest.fixture(scope="module")
def of_toy(toy_dossier: Dossier) -> SearchDelta:
    return _searchable(toy_dossier)


def test_every_named_record_and_question_is_looked_up_by_all_its_names(
    of_toy: SearchDelta, toy_dossier: Dossier
) -> None:
    named = {name.id: name for name in names_of(of_toy)}
    expected = {k for k, r in toy_dossier.records.items() if r.kind_of in (*NAMED_KINDS, Kind.QUESTION)}
    assert set(named) == expected
    for key, name in named.items():
        record_ = toy_dossier.records[key]
        assert {name.label, *name.also, *name.short} == {record_.label, *record_.names, *record_.short_names}
    lima = named[RecordId("ana-lima")]
    assert (lima.line, lima.address) == ("President of Maravia", "people/ana-lima/")
    assert lima.offices == ("President of Maravia, from June 2017", "Mayor of Port Selm, 2009 – Jun 2017")
    assert named[RecordId("tomas-veld")].line == "Foreign Minister of Ostrel"
    assert named[RecordId("tomas-veld")].offices == ()
    assert lima.weight == Edition(toy_dossier, link(toy_dossier)).cited(RecordId("ana-lima")).number


def test_the_most_cited_comes_first(of_toy: SearchDelta) -> None:
    weights = [name.weight for name in names_of(of_toy)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > weights[-1]


def test_every_paragraph_is_a_passage_at_its_address(of_toy: SearchDelta, toy_dossier: Dossier) -> None:
    for key, found in toy_dossier.articles.items():
        text = _text(of_toy, f"articles/{key}/", Kind.ARTICLE)
        numbered = {p.anchor: p.text for p in text.passages if p.anchor}
        assert numbered == {f"p{p.number}": p.text for p in found.paragraphs}
    addresses = {text.address for text in texts_of(of_toy)}
    assert addresses == {"story/"} | {
        f"{r.kind_of.section}/{key}/" for key, r in toy_dossier.records.items() if r.kind_of in PAGE_KINDS
    }


def test_each_step_of_the_story_is_found_at_its_address(of_toy: SearchDelta) -> None:
    passages = _text(of_toy, "story/", Kind.STORY).passages
    of_second = [passage for passage in passages if passage.anchor == "step-2"]
    assert [passage.text for passage in of_second] == [
        "Six keepers were hurt, said Maravia; Ostrel denied that its guards had crossed.",
        "The night at the sluice",
    ]
    assert {"maravia", "ostrel"} <= {*of_second[0].names}
    assert {passage.anchor for passage in passages} == {"", *(f"step-{number}" for number in range(1, 5))}


def test_a_passage_knows_whom_it_names_under_any_name(of_toy: SearchDelta, toy_dossier: Dossier) -> None:
    named = {
        (text.address, passage.anchor)
        for text in texts_of(of_toy)
        if text.kind is Kind.ARTICLE
        for passage in text.passages
        if "ana-lima" in passage.names and passage.anchor
    }
    mentions = link(toy_dossier).mentioned_in[RecordId("ana-lima")]
    assert {(f"articles/{m.article}/", f"p{m.paragraph}") for m in mentions} <= named
    assert len({m.text for m in mentions}) > 1


def test_a_name_that_may_mean_two_is_found_by_either() -> None:
    found = _searchable(
        dossier(
            record(Kind.PERSON, "ana-lima", name="Ana Lima", short=["Lima"]),
            record(Kind.PERSON, "rui-lima", name="Rui Lima", short=["Lima"]),
            article("news", "Nobody knew.", "Lima spoke."),
        )
    )
    text = _text(found, "articles/news/", Kind.ARTICLE)
    assert [p.names for p in text.passages] == [(), (), ("ana-lima", "rui-lima")]


def test_a_title_names_whom_it_says() -> None:
    found = _searchable(
        dossier(
            record(Kind.PERSON, "ana-lima", name="Ana Lima", short=["Lima"]),
            article("news", "Ana Lima spoke.", title="Lima speaks"),
            article("other", "It rained.", title="Ana Lima is silent"),
            article("third", "It rained in Peru.", title="Lima in the rain"),
        )
    )
    heads = {
        key: _text(found, f"articles/{key}/", Kind.ARTICLE).passages[0].names
        for key in ("news", "other", "third")
    }
    assert heads == {"news": ("ana-lima",), "other": ("ana-lima",), "third": ()}


def test_statements_stand_at_their_address_on_the_speakers_page(
    of_toy: SearchDelta, toy_dossier: Dossier
) -> None:
    said = [
        (text, passage)
        for text in texts_of(of_toy)
        if text.kind is Kind.STATEMENT
        for passage in text.passages
    ]
    assert {passage.anchor for _, passage in said} == {f"said-{key}" for key in toy_dossier.statements}
    for text, passage in said:
        statement = toy_dossier.statements[passage.anchor.removeprefix("said-")]  # type: ignore[index]
        assert text.address.split("/")[1] == statement.speaker
        assert statement.speaker in passage.names
        assert text.part == text.day[:4] == str(statement.date.year)


def test_prose_is_text_without_its_marks(of_toy: SearchDelta) -> None:
    lima = _text(of_toy, "people/ana-lima/", Kind.PERSON)
    assert Passage("", "See also her office.", (RecordId("ana-lima"),)) in lima.passages
    assert not [p.text for t in texts_of(of_toy) for p in t.passages if "[@" in p.text or "[[" in p.text]


def test_what_pages_quote_is_a_passage_of_theirs(of_toy: SearchDelta, toy_dossier: Dossier) -> None:
    written = {page.path: unescape(page.body) for page in pages(Edition(toy_dossier, link(toy_dossier)))}
    found = [
        (text.address, passage)
        for text in texts_of(of_toy)
        if text.kind is not Kind.ARTICLE
        for passage in text.passages
        if passage.text.startswith("“")
    ]
    assert {address.split("/")[0] for address, _ in found} == {"people", "events", "questions", "story"}
    for address, passage in found:
        assert passage.text in written[f"{address.rstrip('/')}.md"]
    said = [(s.id, e.quote) for s in toy_dossier.statements.values() for e in s.evidence if e.quote]
    assert {(f"said-{key}", f"“{quote}”") for key, quote in said} == {
        (p.anchor, p.text) for address, p in found if p.anchor and address != "story/"
    }
    assert [(p.anchor, p.text) for address, p in found if address == "story/"] == [
        ("step-3", "“eyes on the water”")
    ]


def test_what_curators_keep_to_themselves_is_not_searched(of_toy: SearchDelta) -> None:
    assert not [p.text for t in texts_of(of_toy) for p in t.passages if "register of Port Selm" in p.text]


def test_letters_of_any_script_fold_to_ascii() -> None:
    table = fold_table(["習近平", "ʔ"])
    folded = {
        word: "".join(table.get(c, c) for c in word.lower())
        for word in ("Пашинян", "Łódź", "習近平", "פשיניאן")
    }
    assert folded == {"Пашинян": "pashinyan", "Łódź": "lodz", "習近平": "xijinping", "פשיניאן": "fsynyn"}
    assert all(value.isascii() and value == value.lower() for value in table.values())
    assert not [key for key in table if key.isascii() or key != key.lower()]


def test_a_name_says_what_sort_of_record_it_leads_to(of_toy: SearchDelta, toy_dossier: Dossier) -> None:
    edition = Edition(toy_dossier, link(toy_dossier))
    labels = {page.path: str(page.meta.get("label", "")) for page in pages(edition)}
    for name in names_of(of_toy):
        sort = labels[f"{name.address.rstrip('/')}.md"].partition(" · ")[2]
        if name.kind is not Kind.PERSON and getattr(toy_dossier.records[name.id], "kind", "") != "other":
            assert name.line.split(" · ")[0] == sort
