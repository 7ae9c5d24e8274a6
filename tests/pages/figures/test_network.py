"""Ties link to their evidence, and are drawn the same each time with labels that do not overlap."""

from itertools import combinations

import pytest

from generator.edition import Edition
from generator.edition.ties import NODES, TIES
from generator.link import link
from generator.model.dossier import Dossier
from generator.model.kinds import Kind
from generator.pages.across import network
from generator.pages.book import pages
from generator.pages.figures import network as drawing
from generator.pages.records import closest_ties
from generator.pages.writing.pen import Pen
from tests.build import article, dossier, record
from tests.pages import reading


def _three() -> Dossier:
    return dossier(
        record(Kind.PERSON, "ana", name="Ana Lima"),
        record(Kind.PERSON, "bo", name="Bo Karst"),
        record(Kind.ORGANIZATION, "club", name="The Chess Club"),
        record(Kind.EVENT, "match", participants=[{"who": "ana"}, {"who": "bo"}]),
        record(Kind.STATEMENT, "praise", speaker="ana", about=["bo", "club"]),
        record(Kind.ISSUE, "some-issue"),
        article(
            "some-article", "Ana Lima met Bo Karst.", "The Chess Club saw Bo Karst.", "Ana Lima and Bo Karst."
        ),
    )


def _many(number: int = 150) -> Dossier:
    """A dossier in which everybody is with the ten next and the first is with all."""
    people = [
        record(Kind.PERSON, f"p-{n:03}", name=f"Person Number{n} of the Long Names") for n in range(number)
    ]
    events = [
        record(
            Kind.EVENT,
            f"e-{n:03}",
            date="2022-01-01",
            participants=[{"who": f"p-{m % number:03}"} for m in {0, *range(n, n + 10)}],
        )
        for n in range(number)
    ]
    return dossier(*people, *events)


def _edition(found: Dossier) -> Edition:
    return Edition(found, link(found))


def test_tie_counts_events_statements_and_paragraphs() -> None:
    edition = _edition(_three())
    ties = {(tie.one, tie.other): tie for tie in edition.network[1]}
    assert {key: tie.counts for key, tie in ties.items()} == {
        ("ana", "bo"): (1, 1, 2),
        ("ana", "club"): (0, 1, 0),
        ("bo", "club"): (0, 0, 1),
    }
    shown = edition.newest_of(ties["ana", "bo"], 9)  # type: ignore[index]
    assert [str(at) for at in shown] == ["some-article#p1", "some-article#p3"]


def test_every_tie_links_to_its_evidence() -> None:
    found = _three()
    tree = {page.path: page.text for page in pages(_edition(found))}
    page = tree["network/ana--bo.md"]
    for evidence in (
        "(../events/match.md)",
        "(../articles/some-article.md#p1)",
        "(../articles/some-article.md#p3)",
    ):
        assert evidence in page
    assert "Something." in page
    drawn_network = tree["network.md"]
    for tie in _edition(found).network[1]:
        assert (
            f'href="./{tie.one}--{tie.other}/"' in drawn_network
            or f'href="{tie.one}--{tie.other}/"' in drawn_network
        )
        assert f"(network/{tie.one}--{tie.other}.md)" in drawn_network
    # On an actor's own page the tie leads to what shows it.
    own = tree["people/ana.md"]
    links = [e.get("href") for e in reading.parse(own).iter() if e.get("class") == "tie"]
    assert links == ["#with-bo", "#with-club"]
    assert 'id="with-bo"' in own
    shown = own.partition('<div id="with-bo">')[2].partition("</div>")[0]
    for href in (
        "../../events/match/",
        "#said-praise",
        "../../articles/some-article/#p3",
        "../../network/ana--bo/",
    ):
        assert f'href="{href}"' in shown


def test_table_has_a_row_for_each_drawn_tie() -> None:
    edition = _edition(_many())
    (page,) = network.pages(edition)
    others = {network.tie_page(edition, *ends).path for ends in edition.drawn_ties}
    svg_tree = reading.parse(page.body)
    ties = [e for e in svg_tree.iter() if e.get("class") == "tie"]
    rows = [line for line in page.body.splitlines() if line.startswith("| [")]
    (folded,) = reading.find(svg_tree, "details")
    assert len(rows) + len([*reading.find(folded, "tr")]) - 1 == len(ties) == len(others) == TIES
    assert [e.text for e in reading.find(folded, "summary")] == [f"{TIES - len(rows)} more connections"]


def test_drawing_is_reproducible() -> None:
    one, other = (_edition(_many(60)) for _ in range(2))
    assert next(network.pages(one)).text == next(network.pages(other)).text


@pytest.mark.parametrize("number", [2, 20, 150])
def test_labels_do_not_overlap(number: int) -> None:
    edition = _edition(_many(number))
    pen = Pen(edition, "network.md")
    keys, ties = edition.network
    assert len(keys) <= NODES
    nodes = drawing.layout(pen, keys, ties)
    boxes = [node.box(drawing.label(pen, node.key, drawing.room(keys))) for node in nodes]
    assert [(a, b) for a, b in combinations(boxes, 2) if a.meets(b)] == []
    assert all(box.left >= -2 and box.right <= drawing.WIDTH + 2 for box in boxes)


def test_network_does_not_grow_with_the_square_of_the_dossier() -> None:
    small, large = (list(pages(_edition(found))) for found in (_many(100), _many(200)))
    ties = [len([p for p in found if p.path.startswith("network/")]) for found in (small, large)]
    assert ties == [TIES, TIES]
    # The first shares an event with everybody; its page shows the closest and says how many there are.
    page = next(p.text for p in large if p.path == "people/p-000.md")
    assert page.count('id="with-') == closest_ties.OWN
    assert "The 10 closest of 199." in page
    assert (
        max(len(p.text.encode()) for p in large if p.path.startswith(("network", "people/p-000"))) < 200_000
    )


def test_actor_without_ties_has_no_figure() -> None:
    found = dossier(record(Kind.PERSON, "ana", name="Ana Lima"))
    tree = {page.path: page.text for page in pages(_edition(found))}
    assert "fig-own" not in tree["people/ana.md"]
    assert "<svg" not in tree["network.md"]


def test_who_is_named_everywhere_is_not_tied_to_everyone() -> None:
    """Two circles that meet apart, and one who is at every meeting."""
    circles = [[f"{circle}-{n}" for n in range(8)] for circle in ("a", "b")]
    people = [record(Kind.PERSON, key, name=key.title()) for key in ("hub", *circles[0], *circles[1])]
    events = [
        record(
            Kind.EVENT,
            f"e-{n}",
            date="2022-01-01",
            participants=[{"who": "hub"}, *({"who": circles[n % 2][(n + m) % 8]} for m in range(3))],
        )
        for n in range(32)
    ]
    keys, ties = _edition(dossier(*people, *events)).network
    assert "hub" in keys
    of_hub = [tie for tie in ties if "hub" in tie[:2]]
    others = [tie for tie in ties if "hub" not in tie[:2]]
    # By numbers alone its ties to all sixteen would come first.
    assert len(of_hub) < 16 < len(others)
