"""Drawings of ties: a graph of the closest, and a fan of one actor's ties."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from generator.edition.ties import SORTS, Tie
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Named
from generator.pages.figures import svg
from generator.pages.figures.placement import Box
from generator.pages.writing.pen import Pen
from generator.words import Words

# The widths for which a graph and a fan are laid out: a tablet's, and a phone's.
WIDTH, HEIGHT, EGO_WIDTH = 740.0, 680.0, 340.0
# A fixed seed, so that each build draws the same.
_SEED, _ROUNDS = 7, 120
_STRAND = 3.0
_ROW = 30.0
# The most characters of a label in the graph, in one of many actors, and at the ends of a fan.
_LABEL, _CROWDED, _OWN_LABEL = 30, 24, 19
_MANY = 40
# The ends of a fan, as parts of its width.
_LEFT = 0.38
# Gives the address that a tie links to.
TieAddress = Callable[[Tie], str]


class Node(NamedTuple):
    """An actor in the graph; the size of its mark grows with the weight of its ties."""

    key: RecordId
    x: float
    y: float
    size: float

    def box(self, label: str) -> Box:
        """The box of the mark and the label below it."""
        wide = max(svg.width_of(label), 2 * self.size) / 2 + 3
        return Box(self.x - wide, self.y - self.size - 2, self.x + wide, self.y + self.size + 15)


def label(pen: Pen, key: RecordId, most: int) -> str:
    """A short label of an actor: its name, or a shorter one that it has."""
    dossier = pen.edition.dossier
    record = dossier.records[key]
    # Not a name in another language, which readers of this one may not be able to read.
    others = (*record.also, *record.short) if isinstance(record, Named) else ()
    return svg.shortened(svg.briefest(dossier.label(key), others, most), most)


def room(keys: Sequence[RecordId]) -> int:
    """The most characters of a label in the graph."""
    return _LABEL if len(keys) <= _MANY else _CROWDED


def counts_words(pen: Pen, tie: Tie) -> str:
    """The counts of a tie in words: 3 events, 1 statement and 4 paragraphs."""
    nouns = ("nouns.event", "nouns.statement", "figures.network.paragraph")
    return pen.words.listed([pen.words(noun, n=n) for noun, n in zip(nouns, tie.counts, strict=True) if n])


def graph(pen: Pen, keys: Sequence[RecordId], ties: Sequence[Tie], target: TieAddress) -> Markup:
    """The graph of some actors and ties among them."""
    nodes = layout(pen, keys, ties)
    at = {node.key: node for node in nodes}
    height = max((node.y + node.size for node in nodes), default=0) + 22
    drawn = (_tie(pen, tie, at[tie.one], at[tie.other], target(tie)) for tie in reversed(ties))
    return svg.drawing(
        "fig-network",
        (WIDTH, height),
        (pen.words("titles.network"), pen.words("figures.network.desc", n=len(nodes), ties=len(ties))),
        [svg.group("ties", drawn), svg.group("nodes", (_node(pen, node, room(keys)) for node in nodes))],
        css="fig-graph",
        is_fluid=True,
    )


def layout(pen: Pen, keys: Sequence[RecordId], ties: Sequence[Tie]) -> tuple[Node, ...]:
    """The position of each actor: near its closest ties, and with a label that overlaps no other."""
    # Slow to import, and wanted once a build.
    import networkx as nx

    web: nx.Graph[RecordId] = nx.Graph()
    web.add_nodes_from(keys)
    web.add_weighted_edges_from((tie.one, tie.other, math.log2(1 + tie.weight)) for tie in ties)
    shares = dict.fromkeys(keys, 0)
    for tie in ties:
        shares[tie.one] += tie.weight
        shares[tie.other] += tie.weight
    start = {
        key: (math.cos(2.4 * n) * math.sqrt(n + 1), math.sin(2.4 * n) * math.sqrt(n + 1))
        for n, key in enumerate(keys)
    }
    reach = max(1.0, math.sqrt(len(keys)))
    start = {key: (x / reach, y / reach) for key, (x, y) in start.items()}
    places = (
        nx.spring_layout(web, k=2.2 / reach, pos=start, iterations=_ROUNDS, weight="weight", seed=_SEED)
        if len(keys) > 1
        else dict.fromkeys(keys, (0.0, 0.0))
    )
    most = max(shares.values(), default=1) or 1
    sizes = {key: 5 + 9 * math.sqrt(shares[key] / most) for key in keys}
    spread = _spread([(float(places[key][0]), float(places[key][1])) for key in keys])
    labels = [label(pen, key, room(keys)) for key in keys]
    nodes = [
        Node(key, 60 + x * (WIDTH - 120), 30 + y * (HEIGHT - 80), sizes[key])
        for key, (x, y) in zip(keys, spread, strict=True)
    ]
    return tuple(_apart(nodes, labels))


def _spread(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points with each axis from 0 to 1, by value and by rank in equal parts, so that no corner is crowded."""
    found = []
    for values in zip(*points, strict=True):
        low, high = min(values, default=0), max(values, default=0)
        order = {n: rank for rank, n in enumerate(sorted(range(len(values)), key=lambda n: (values[n], n)))}
        last = max(1, len(values) - 1)
        found.append(
            [0.5 * (v - low) / ((high - low) or 1) + 0.5 * order[n] / last for n, v in enumerate(values)]
        )
    return list(zip(*found, strict=True)) if found else []


def _apart(nodes: list[Node], labels: list[str]) -> list[Node]:
    """The nodes moved until no labels overlap; nodes that leave the drawing make it higher."""
    places = [[node.x, node.y] for node in nodes]

    def boxes() -> list[Box]:
        return [
            Node(n.key, x, y, n.size).box(label)
            for n, (x, y), label in zip(nodes, places, labels, strict=True)
        ]

    for turn in range(1200):
        found, moved = boxes(), False
        for a in range(len(nodes)):
            for b in range(a + 1, len(nodes)):
                if not found[a].meets(found[b]):
                    continue
                moved = True
                one, other = found[a], found[b]
                wide = min(one.right, other.right) - max(one.left, other.left)
                high = min(one.bottom, other.bottom) - max(one.top, other.top)
                # By the shorter way; mostly up and down, where labels are short.
                axis, step = (0, wide / 2 + 0.5) if wide * 1.2 < high and turn < 200 else (1, high / 2 + 0.5)
                sign = 1 if (places[a][axis], a) < (places[b][axis], b) else -1
                places[a][axis] -= sign * step
                places[b][axis] += sign * step
        for place, box in zip(places, found, strict=True):
            place[0] += max(0.0, 2 - box.left) - max(0.0, box.right - WIDTH + 2)
        if not moved:
            break
    top = min((box.top for box in boxes()), default=0)
    return [
        Node(n.key, float(round(x, 1)), float(round(y - top + 4, 1)), float(round(n.size, 1)))
        for n, (x, y) in zip(nodes, places, strict=True)
    ]


def _node(pen: Pen, node: Node, most: int) -> Markup:
    name = pen.edition.dossier.label(node.key)
    path, _ = pen.page_of(node.key)
    words = svg.words(0, node.y + node.size + 12, label(pen, node.key, most), "t", "middle")
    drawn = svg.at(svg.percent(node.x, WIDTH), sign(pen, node.key, 0, node.y, node.size), words)
    return svg.link(pen.href(path), name, drawn, css="node", data_key=node.key)


def sign(pen: Pen, key: RecordId, x: float, y: float, size: float) -> Markup:
    """The symbol of an actor's kind: a disc for a person, a square for an organization."""
    if pen.edition.dossier.declared.get(key) is Kind.PERSON:
        return svg.circle(x, y, size)
    half = size * 0.89
    return svg.element("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, rx=1)


def _tie(pen: Pen, tie: Tie, one: Node, other: Node, href: str) -> Markup:
    """A tie: a strand for each sort of what is shared, wider for more."""
    length = math.hypot(other.x - one.x, other.y - one.y) or 1.0
    nx, ny = (other.y - one.y) / length, (one.x - other.x) / length
    sorts = [n for n, count in enumerate(tie.counts) if count]
    ends = {
        "x1": svg.percent(one.x, WIDTH),
        "y1": one.y,
        "x2": svg.percent(other.x, WIDTH),
        "y2": other.y,
    }
    strands = []
    for place, n in enumerate(sorts):
        away = (place - (len(sorts) - 1) / 2) * _STRAND
        moved = f"translate({svg.number(nx * away)} {svg.number(ny * away)})" if away else None
        strands.append(
            svg.element("line", **ends, class_=f"{SORTS[n]} w{_thick(tie.counts[n])}", transform=moved)
        )
    names = [pen.edition.dossier.label(key) for key in (tie.one, tie.other)]
    title = pen.words("figures.network.tie", one=names[0], other=names[1], shared=counts_words(pen, tie))
    reach = svg.element("line", **ends, class_="hit")
    return svg.link(href, title, reach, *strands, css="tie", data_ends=f"{tie.one} {tie.other}")


def _thick(count: int) -> int:
    """The class of a strand's width: 1 for one thing, 4 for many."""
    return min(4, 1 + int(math.log2(count)) // 2 + (count > 1))


def fan(pen: Pen, key: RecordId, ties: Sequence[Tie], target: TieAddress) -> Markup:
    """One actor between its closest ties: people at the left, organizations at the right."""
    declared = pen.edition.dossier.declared
    people = [tie for tie in ties if declared.get(tie.beside(key)) is Kind.PERSON]
    others = [tie for tie in ties if declared.get(tie.beside(key)) is not Kind.PERSON]
    rows = max(len(people), len(others))
    height = rows * _ROW + 16
    hub = Node(key, EGO_WIDTH / 2, height / 2, 9.0)
    ends, labels = [], []
    for own, x, side in ((people, EGO_WIDTH * _LEFT, "end"), (others, EGO_WIDTH * (1 - _LEFT), "start")):
        for n, tie in enumerate(own):
            node = Node(tie.beside(key), x, height / 2 + (n - (len(own) - 1) / 2) * _ROW, 5.0)
            ends.append(_curve(pen, tie, hub, node, target(tie)))
            labels.append(_end(pen, node, side, tie.weight))
    middle = svg.at(svg.percent(hub.x, EGO_WIDTH), sign(pen, key, 0, hub.y, hub.size))
    drawn_hub = svg.group("node hub", [svg.element("g", middle, class_=declared[key].value)])
    name = pen.edition.dossier.label(key)
    return svg.drawing(
        "fig-ego",
        (EGO_WIDTH, height),
        (pen.words("figures.network.ego", name=name), pen.words("figures.network.ego_desc", n=len(ties))),
        [svg.stretched((EGO_WIDTH, height), ends, "ties"), svg.group("nodes", labels), drawn_hub],
        css="fig-ego",
        is_fluid=True,
    )


def _curve(pen: Pen, tie: Tie, hub: Node, node: Node, href: str) -> Markup:
    counts = tie.counts
    sorts = [n for n, count in enumerate(counts) if count]
    middle = (hub.x + node.x) / 2
    strands = []
    for place, n in enumerate(sorts):
        away = (place - (len(sorts) - 1) / 2) * _STRAND
        strands.append(_path(hub, node, middle, away, f"{SORTS[n]} w{_thick(counts[n])}"))
    name = pen.edition.dossier.label(node.key)
    title = f"{name}: {counts_words(pen, tie)}"
    return svg.link(href, title, _path(hub, node, middle, 0, "hit"), *strands, css="tie")


def _path(hub: Node, node: Node, middle: float, away: float, css: str) -> Markup:
    n = svg.number
    start, end = f"M{n(hub.x)} {n(hub.y + away)}", f"{n(node.x)} {n(node.y + away)}"
    bend = f"C{n(middle)} {n(hub.y + away)} {n(middle)} {n(node.y + away)}"
    return svg.path(f"{start}{bend} {end}", css)


def _end(pen: Pen, node: Node, side: str, weight: int) -> Markup:
    name = pen.edition.dossier.label(node.key)
    path, _ = pen.page_of(node.key)
    way = -1 if side == "end" else 1
    rows = svg.broken(label(pen, node.key, 2 * _OWN_LABEL), _OWN_LABEL)
    top = node.y + 4 - 6.5 * (len(rows) - 1)
    words = [svg.words(11 * way, top + 13 * n, row, "t", side) for n, row in enumerate(rows)]
    count = svg.words(-11 * way, node.y - 4, weight, "count", "start" if side == "end" else "end")
    drawn = svg.at(
        svg.percent(node.x, EGO_WIDTH), sign(pen, node.key, 0, node.y, node.size), *words, Markup(" "), count
    )
    return svg.link(pen.href(path), name, drawn, css="node")


def key(pen: Pen) -> Markup:
    """The legend of the strands, with samples."""
    return _key(pen.words)


@lru_cache(maxsize=8)
def _key(words: Words) -> Markup:
    parts = []
    for sort in SORTS:
        line = svg.element("line", x1=1.0, x2=29.0, y1=6.0, y2=6.0, class_=f"{sort} w2")
        picture = svg.element("svg", line, view_box="0 0 30 12", class_="ties", aria_hidden="true")
        parts.append(svg.element("span", picture, Markup(" "), words(f"figures.network.sorts.{sort}")))
    return Markup(" ").join(parts)
