"""The quality and speed of linking names: `python -m bench.linking`.

Quality is measured on volumes of diplomatic papers in which editors annotated the names, if the volumes are beside
the repository; speed is measured on invented texts. A simple linker is measured as a baseline.
"""

import gc
import random
import re
import sys
import tarfile
import time
import tracemalloc
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.scoring import Score, Span, read_gold, score
from bench.simple import SimpleWay
from bench.words import Invented, Texts
from generator.link import link
from generator.link.linker import Linker
from generator.link.linking import Linking
from generator.load import load
from generator.model.actors import Person
from generator.model.article import Article, Paragraph
from generator.model.dossier import Dossier, Settings
from generator.model.ids import ArticleId, PersonId, RecordId

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "frus.tar.xz"
NAMES = 50_000
_MEGABYTE = 1_000_000
# Characters of text per name: as in the volumes, and in a text that is full of names.
_SPARSE, _DENSE = 900, 100


def main() -> None:
    """Prints both tables."""
    parser = ArgumentParser(prog="python -m bench.linking", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="The archive of annotated volumes.")
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
    """Prints precision, recall and F1 for each volume and all: ours, ours with the careful setting, the simple way."""
    heads = ("ours", "ours, shared_names: beside", "the simple way")
    print(f"{'':18}" + "".join(head.rjust(27) for head in heads))
    print(f"{'volume':18}" + f"{'precision':>11}{'recall':>8}{'F1':>8}" * len(heads))
    pooled = unshared = [Score()] * len(heads)
    for volume in volumes:
        scores, of_unshared = of_volume(volume)
        print(_row(volume.name, scores))
        pooled = [one + other for one, other in zip(pooled, scores, strict=True)]
        unshared = [one + other for one, other in zip(unshared, of_unshared, strict=True)]
    print(_row("all", pooled))
    print(_row("no shared names", unshared))
    print(
        f"Ours: {pooled[0].right} right, {pooled[0].wrong} not annotated so, {pooled[0].missed} missed. "
        f"Of those not annotated so, {pooled[0].wrong - unshared[0].wrong} contain a short form that several people "
        "of a volume share; the last row leaves out such names.\n"
    )


def _row(name: str, scores: Iterable[Score]) -> str:
    return f"{name:18}" + "".join(f"{s.precision:11.3f}{s.recall:8.3f}{s.f1:8.3f}" for s in scores)


def of_volume(volume: Path) -> tuple[list[Score], list[Score]]:
    """The scores of each way on a volume, and on its names without short forms that several people share."""
    dossier, _ = load(volume, ())
    gold = read_gold(volume / "gold.jsonl")
    careful = replace(dossier, settings=dossier.settings.model_copy(update={"shared_names": "beside"}))
    found = (ours(dossier), ours(careful), simple(dossier))
    times = Counter(name for person in dossier.people.values() for name in set(person.short))
    shared = re.compile(
        "|".join(rf"\b{re.escape(name)}\b" for name, number in sorted(times.items()) if number > 1) or "(?!)",
        re.IGNORECASE,
    )

    def unshared(spans: Mapping[str, Sequence[Span]]) -> dict[str, list[Span]]:
        return {
            key: [span for span in found if not shared.search(_words(dossier, key, span))]
            for key, found in spans.items()
        }

    return (
        [score(each, gold, dossier.people) for each in found],
        [score(unshared(each), unshared(gold), dossier.people) for each in found],
    )


def _words(dossier: Dossier, key: str, span: Span) -> str:
    article = dossier.articles[ArticleId(RecordId(key))]
    paragraph = next(p for p in reversed(article.paragraphs) if p.start <= span[0])
    return paragraph.text[span[0] - paragraph.start : span[1] - paragraph.start]


def ours(dossier: Dossier) -> dict[str, list[Span]]:
    """The mentions that the generator finds in each article."""
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
    """Prints megabytes of text per second on one core with many names, for both ways, and the memory that ours takes."""
    print(
        f"{NAMES:,} names, {megabytes} MB of invented text, one core; the time to make the index is left out"
    )
    print(
        f"{'A name to':18}{'ours, MB/s':>14}{'simple, MB/s':>14}{'ratio':>8}{'ours, memory for a MB of text':>32}"
    )
    for every in (_SPARSE, _DENSE):
        dossier = invented(megabytes * _MEGABYTE, every)
        size = sum(len(p.text) for a in dossier.articles.values() for p in a.paragraphs) / _MEGABYTE
        linking = Linking.of_all(dossier)
        way = SimpleWay(dossier)
        texts = [p.text for article in dossier.articles.values() for p in article.paragraphs]
        fast = size / _seconds(partial(_link_articles, linking, dossier))
        plain = size / _seconds(partial(_find_all, way, texts))
        memory = [_memory(invented(part * _MEGABYTE, every)) for part in (2, 4)]
        per_mb = f"{memory[0] / 2:.1f} MB of 2, {memory[1] / 4:.1f} MB of 4"
        print(f"{every} characters".ljust(18) + f"{fast:14.1f}{plain:14.1f}{fast / plain:8.2f}{per_mb:>32}")
        sys.stdout.flush()


def _find_all(way: SimpleWay, texts: list[str]) -> None:
    for text in texts:
        list(way.find(text))


def invented(size: int, every: int) -> Dossier:
    """A dossier with many names, and articles of about `size` characters in all with a name every `every` characters."""
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
            words = " ".join(texts.sentence(14) for _ in range(4)).split(" ")
            # No two names side by side: in real texts, commas separate them.
            places = made.chance.sample(range(2, len(words), 2), _times(made.chance, 7 * len(words) / every))
            for at in sorted((at for at in places if words[at].islower()), reverse=True):
                words.insert(at, made.chance.choice(names))
            text = " ".join(words)
            paragraphs.append(Paragraph(number, text, 0, number))
            size -= len(text)
        articles[article] = Article(id=article, title="Invented", paragraphs=tuple(paragraphs))
    return Dossier(Settings(title="Invented"), people=people, articles=articles)


def _times(chance: random.Random, mean: float) -> int:
    """A random whole number with this mean."""
    return int(mean) + (chance.random() < mean % 1)


def _seconds(work: Callable[[], object]) -> float:
    # Exclude all that was loaded before from garbage collection.
    gc.collect()
    gc.freeze()
    # The thresholds of the program itself.
    gc.set_threshold(200_000, 20, 100)
    start = time.process_time()
    work()
    return time.process_time() - start


def _link_articles(linking: Linking, dossier: Dossier) -> None:
    linking.read()
    linker = Linker(dossier, linking.reader)
    for key, text in linking.scanned.items():
        linker.mentions_in(dossier.articles[key], text)


def _memory(dossier: Dossier) -> float:
    """The peak memory of linking in megabytes, without the index."""
    linking = Linking.of_all(dossier)
    tracemalloc.start()
    _link_articles(linking, dossier)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / _MEGABYTE


if __name__ == "__main__":
    main()
