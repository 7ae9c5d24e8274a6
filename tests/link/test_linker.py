"""Prose, references and evidence of a dossier, linked and turned round."""

import pickle

from generator.link import DOSSIER, Links, Mention, Run, link
from generator.link.links import Mentions
from generator.model.dossier import Dossier
from generator.model.evidence import Locator
from generator.model.ids import ArticleId, RecordId
from generator.model.kinds import Kind
from tests.build import article, dossier, record


def _dossier(prose: str = "Nothing.", **settings: str) -> Dossier:
    return dossier(
        record(Kind.PERSON, "ana", name="Ana Lima", short=["Lima"], summary=prose),
        record(Kind.PERSON, "rui", name="Rui Lima", short=["Lima"]),
        record(Kind.ORGANIZATION, "compact", name="Lake Compact"),
        article("news", "One.", "Two.", "Three."),
        **settings,
    )


def _runs(links: Links, owner: str = "ana") -> list[tuple[str, str | None]]:
    return [(run.text, run.record) for runs in links.prose[owner, ("summary",)] for run in runs]  # type: ignore[index]


def test_names_in_prose_are_linked_but_not_ones_own() -> None:
    links = link(_dossier("Ana Lima met Rui Lima of the Lake Compact."))
    assert _runs(links) == [
        ("Ana Lima met ", None),
        ("Rui Lima", "rui"),
        (" of the ", None),
        ("Lake Compact", "compact"),
        (".", None),
    ]


def test_mentions_come_back_as_they_were_kept() -> None:
    links = link(_dossier())
    found = Mentions(
        Mention(RecordId("ana"), ArticleId(RecordId("news")), number, 3, 12, "Ana Lima")
        for number in range(1, 4)
    )
    for mentions in (found, Mentions(()), *links.mentions.values(), *links.mentioned_in.values()):
        again = pickle.loads(pickle.dumps(mentions))
        assert again == mentions
        assert {type(mention) for mention in again} <= {Mention}


def test_a_record_is_linked_once_a_paragraph() -> None:
    links = link(_dossier("[[rui|He]], Rui Lima.\n\nRui Lima."))
    assert _runs(links) == [
        ("He", "rui"),
        (", ", None),
        ("Rui Lima", None),
        (".", None),
        ("Rui Lima", "rui"),
        (".", None),
    ]


def test_a_short_form_in_prose_means_the_record_itself_first() -> None:
    links = link(_dossier("Lima spoke."))
    assert _runs(links) == [("Lima spoke.", None)]
    assert links.problems == ()


def test_prose_of_the_dossier_is_linked_too() -> None:
    links = link(_dossier(summary="See [[compact]]."))
    assert _runs(links, DOSSIER) == [("See ", None), ("Lake Compact", "compact"), (".", None)]


def test_marks_in_prose() -> None:
    links = link(_dossier("[Site](https://a.example/) [[compact]] [[nobody]] [@news#p1; @news#p2-3]"))
    runs = [run for run in links.prose["ana", ("summary",)][0] if run.text.strip() or run.cites]  # type: ignore[index]
    assert runs == [
        Run("Site", url="https://a.example/"),
        Run("Lake Compact", record="compact"),  # type: ignore[arg-type]
        Run("nobody"),
        Run("", cites=Locator.parse("news#p1")),
        Run("", cites=Locator.parse("news#p2-3")),
    ]


def test_text_of_prose_is_whole() -> None:
    text = "Ana Lima and Lima, Rui  Lima; the LAKE COMPACT’s [x] Lake Compact."
    links = link(_dossier(text))
    assert "".join(words for words, _ in _runs(links)) == " ".join(text.split())


def test_references_lead_back_once_under_their_heading() -> None:
    event = record(
        Kind.EVENT,
        "talks",
        participants=[{"who": "ana"}, {"who": "ana", "role": "host"}, {"who": "rui"}],
        part_of="nothing",
        place="online",
    )
    spelled_right = record(Kind.ORGANIZATION, "board", members=[{"who": "ana"}])
    links = link(dossier(*_dossier().records.values(), event, spelled_right))
    back = {key: [(b.heading, b.source) for b in found] for key, found in links.backlinks.items()}
    assert back == {"ana": [("Member of", "board"), ("Events", "talks")], "rui": [("Events", "talks")]}


def test_paragraphs_back_what_cites_them() -> None:
    proof = [
        {"at": "news#p2", "quote": "Two"},
        "news#p2-3",
        {"at": "news#p2", "quote": "three"},
        "news#p9",
        "nothing#p1",
    ]
    event = record(Kind.EVENT, "talks", evidence=proof, outcome="Done. [@news#p1]")
    links = link(dossier(*_dossier("Spoke. [@news#p3]").records.values(), event))
    backing = {at: [(b.record, b.quotes) for b in found] for at, found in links.backing.items()}
    assert backing == {
        ("news", 1): [("talks", ())],
        ("news", 2): [("talks", ("Two", "three"))],
        ("news", 3): [("talks", ()), ("ana", ())],
    }


def test_who_is_mentioned() -> None:
    found = dossier(
        *_dossier("Ana Lima is of the Lake Compact.").records.values(), article("other", "Rui Lima.")
    )
    assert link(found).mentioned == {"compact", "rui"}
