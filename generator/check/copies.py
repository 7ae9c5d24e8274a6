"""Duplicate articles: texts of which most is the same, word for word.

Each article has a sketch: the hashes of its longest paragraphs. Only articles that share a hash are compared, so a
changed article is compared with those that its sketch leads to, and never with thousands.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.check.values import source_of
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.ids import ArticleId, RecordId
from generator.state.lazy import with_others
from generator.support.problems import Problem, Severity, shown

# By each hash, the articles that have it in their sketches, in order.
Sketches = Mapping[int, tuple[ArticleId, ...]]

# Paragraphs of a sketch; shorter ones say nothing, and what more articles share is a notice of their outlet.
_LONGEST, _SHORTEST, _COMMON = 3, 60, 20
# Characters that two articles share at the least, and what part of the longer one that is.
_LEAST, _SHARE = 200, 0.5


def copies(dossier: Dossier, sketches: Sketches) -> Iterator[Problem]:
    """An article is there once; a report that two outlets print says whose it is with `wire`."""
    for key, article in dossier.articles.items():
        others = {other for mark in _sketch(article) for other in _few(sketches.get(mark, ()))}
        for other in sorted(other for other in others if other < key):
            first = dossier.articles[other]
            what = "" if _is_reprint(article, first) else _shared(article, first)
            if what:
                source = source_of(dossier, first.id)
                hint = f"in {source.file}: keep one, with the id of the other in formerly"
                if article.outlet and first.outlet and article.outlet != first.outlet:
                    hint = f"in {source.file}: say whose report it is with wire, or keep one"
                where = source_of(dossier, key).start
                message = f"{what} those of {shown(other)}"
                yield Problem(where, "same-article", message, other, hint, severity=Severity.WARNING)
                break


def sketches_of(articles: Iterable[Article]) -> Sketches:
    """The sketches of some articles."""
    found = defaultdict(list)
    for article in articles:
        for mark in _sketch(article):
            found[mark].append(article.article_id)
    return {mark: tuple(sorted(keys)) for mark, keys in found.items()}


def update_sketches(
    before: Sketches, old: Iterable[Article], new: Iterable[Article]
) -> tuple[Sketches, set[RecordId]]:
    """The sketches with some articles in place of others, and the articles that may be copies of these."""
    gone, come = sketches_of(old), sketches_of(new)
    changed: dict[int, tuple[ArticleId, ...]] = {}
    near: set[RecordId] = set()
    for mark in gone.keys() | come.keys():
        was = before.get(mark, ())
        changed[mark] = tuple(sorted({*was} - {*gone.get(mark, ())} | {*come.get(mark, ())}))
        if min(len(was), len(changed[mark])) <= _COMMON:
            near |= {*was, *changed[mark]}
    empty = [mark for mark, keys in changed.items() if not keys]
    filled = {mark: keys for mark, keys in changed.items() if keys and keys != before.get(mark)}
    return with_others(before, filled, [mark for mark in empty if mark in before]), near


def _sketch(article: Article) -> set[int]:
    texts = [paragraph.text for paragraph in article.paragraphs if len(paragraph.text) >= _SHORTEST]
    longest = sorted(texts, key=lambda text: (-len(text), text))[:_LONGEST]
    marks = {_level(text) for text in longest}
    if article.original:
        marks.add(article.original.sha256)
    return {zlib.crc32(mark.encode()) for mark in marks}


def _few(keys: tuple[ArticleId, ...]) -> tuple[ArticleId, ...]:
    return keys if len(keys) <= _COMMON else ()


def _level(text: str) -> str:
    """A paragraph however its lines are broken."""
    return " ".join(text.split())


def _is_reprint(one: Article, other: Article) -> bool:
    """Whether two outlets say that they print one report."""
    origins = one.wire or one.outlet, other.wire or other.outlet
    return one.outlet != other.outlet and bool(one.wire or other.wire) and origins[0] == origins[1]


def _shared(one: Article, other: Article) -> str:
    """What of an article is the same in another, in words; empty where that is too little."""
    if one.original and other.original and one.original.sha256 == other.original.sha256:
        # One file may hold several articles.
        return (
            "" if {*one.original.body}.isdisjoint(other.original.body) else "paragraphs of its original are"
        )
    mine, others = ([_level(paragraph.text) for paragraph in article.paragraphs] for article in (one, other))
    there = set(others)
    same = [text for text in mine if text in there]
    length, whole = sum(map(len, same)), max(sum(map(len, mine)), sum(map(len, others)))
    if length < _LEAST or length < whole * _SHARE:
        return ""
    if len(same) == len(mine):
        return "all paragraphs are"
    return f"{len(same)} of {len(mine)} paragraphs are"
