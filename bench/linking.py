"""How well and how fast names are linked: `python -m bench.linking`.

Quality is measured on volumes of diplomatic papers in which people marked whom names mean, where these are
beside the repository; speed on invented texts. The simple way runs beside ours each time.
"""

import random
import sys
import tarfile
import time
import tracemalloc
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.scoring import Score, Span, read_gold, score
from bench.simple import SimpleWay
from bench.words import Invented, Texts
from generator.link import link
from generator.link.linker import Linker
from generator.load import load
from generator.model.actors import Person
from generator.model.article import Article, Paragraph
from generator.model.dossier import Dossier, Settings
from generator.model.ids import ArticleId, PersonId, RecordId

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "frus.tar.xz"
NAMES = 50_000
_MEGABYTE = 1_000_000
# Characters of text to a name: as in the volumes, and as in a text that speaks of little else.
_SPARSE, _DENSE = 900, 100


def main() -> None:
    """Prints both tables."""
    parser = ArgumentParser(prog="python -m bench.linking", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="The archive of marked volumes.")
    parser.add_argument("--megabytes", type=int, default=20, help="How much text to time (default: 20).")
    options = parser.parse_args()
    if options.corpora.is_file():
        with TemporaryDirectory() as folder:
            with tarfile.open(options.corpora) as archive:
                archive.extractall(folder, filter="data")
            print_quality(sorted(path.parent for path in Path(folder).rglob("gold.jsonl")))
    else:
        print(f"{options.corpora} is not here: quality is not measured\n")
    print_speed(options.megabytes)


def print_quality(volumes: list[Path]) -> None:
    """Precision, recall and F1 of each volume and of all, ours and the simple way."""
    print(f"{'Volume':18}{'Names linked as by us':>33}{'The simple way':>27}")
    print(f"{'':18}" + f"{'precision':>15}{'recall':>9}{'F1':>9}" * 2)
    pooled = (Score(), Score())
    for volume in volumes:
        both = of_volume(volume)
        print(_row(volume.name, both))
        pooled = (pooled[0] + both[0], pooled[1] + both[1])
    print(_row("all", pooled))
    ours = pooled[0]
    print(f"{ours.right} right, {ours.wrong} that are not in the gold, {ours.missed} missed\n")


def _row(name: str, scores: tuple[Score, Score]) -> str:
    return f"{name:18}" + "".join(f"{s.precision:15.3f}{s.recall:9.3f}{s.f1:9.3f}" for s in scores)


def of_volume(volume: Path) -> tuple[Score, Score]:
    """How well we do on a volume, and how well the simple way does."""
    dossier, _ = load(volume, ())
    gold = read_gold(volume / "gold.jsonl")
    return score(ours(dossier), gold, dossier.people), score(simple(dossier), gold, dossier.people)


def ours(dossier: Dossier) -> dict[str, list[Span]]:
    """The mentions that we find in each article."""
    found: dict[str, list[Span]] = {}
    for key, mentions in link(dossier).mentions.items():
        starts = [paragraph.start for paragraph in dossier.articles[key].paragraphs]
        found[key] = [
            (starts[m.paragraph - 1] + m.start, starts[m.paragraph - 1] + m.end, m.entity) for m in mentions
        ]
    return found


def simple(dossier: Dossier) -> dict[str, list[Span]]:
    """The mentions that the simple way finds."""
    way = SimpleWay(dossier)
    found: dict[str, list[Span]] = defaultdict(list)
    for key, article in dossier.articles.items():
        for paragraph in article.paragraphs:
            found[key] += [
                (paragraph.start + s, paragraph.start + e, entity)
                for s, e, entity in way.find(paragraph.text)
            ]
    return found


def print_speed(megabytes: int) -> None:
    """Megabytes of text a second on one core with many names, ours and the simple way, and the memory it takes."""
    print(
        f"{NAMES:,} names, {megabytes} MB of invented text, one core; the time to make the index is left out"
    )
    print(
        f"{'A name to':18}{'ours, MB/s':>14}{'simple, MB/s':>14}{'ratio':>8}{'ours, memory for a MB of text':>32}"
    )
    for every in (_SPARSE, _DENSE):
        dossier = invented(megabytes * _MEGABYTE, every)
        size = sum(len(p.text) for a in dossier.articles.values() for p in a.paragraphs) / _MEGABYTE
        linker = Linker(dossier)
        way = SimpleWay(dossier)
        texts = [p.text for article in dossier.articles.values() for p in article.paragraphs]
        fast = size / _seconds(linker.mentions)
        plain = size / _seconds(partial(_find_all, way, texts))
        memory = [_memory(invented(part * _MEGABYTE, every)) for part in (2, 4)]
        told = f"{memory[0] / 2:.1f} MB of 2, {memory[1] / 4:.1f} MB of 4"
        print(f"{every} characters".ljust(18) + f"{fast:14.1f}{plain:14.1f}{fast / plain:8.2f}{told:>32}")
        sys.stdout.flush()


def _find_all(way: SimpleWay, texts: list[str]) -> None:
    for text in texts:
        list(way.find(text))


def invented(size: int, every: int) -> Dossier:
    """A dossier with many names and articles of about so many characters in all, a name every so often."""
    made = Invented(0, random.Random(1))
    people: dict[PersonId, Person] = {}
    for number in range(NAMES // 2):
        family = made.fresh(3)
        key = PersonId(RecordId(f"person-{number}"))
        fields = {"id": key, "name": f"{made.word(2).capitalize()} {family}", "short": (family,)}
        people[key] = Person.model_validate(fields)
    vocabulary = [made.word(1 + n % 4) for n in range(5_000)]
    texts = Texts(made, vocabulary)
    names = [name for person in people.values() for name in (person.label, person.short[0])]
    articles: dict[ArticleId, Article] = {}
    while size > 0:
        article = ArticleId(RecordId(f"article-{len(articles):06}"))
        paragraphs = []
        for number in range(1, 11):
            words = " ".join(texts.sentence(14) for _ in range(4))
            for _ in range(_times(made.chance, len(words) / every)):
                at = words.index(" ", made.chance.randrange(len(words) - 20))
                words = f"{words[:at]} {made.chance.choice(names)}{words[at:]}"
            paragraphs.append(Paragraph(number, words, 0, number))
            size -= len(words)
        articles[article] = Article(id=article, title="Invented", paragraphs=tuple(paragraphs))
    return Dossier(Settings(title="Invented"), people=people, articles=articles)


def _times(chance: random.Random, mean: float) -> int:
    """A whole number, on average so many."""
    return int(mean) + (chance.random() < mean % 1)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _memory(dossier: Dossier) -> float:
    """How many megabytes linking takes at its peak, the index aside."""
    linker = Linker(dossier)
    tracemalloc.start()
    linker.mentions()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / _MEGABYTE


if __name__ == "__main__":
    main()
