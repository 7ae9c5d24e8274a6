"""Checks originals, digests, references and quotes against `evidence.lock`.

Terms:

- *original*: the full text of an article that may not be published; only some machines have it;
- *digest*: an article whose body is our own words, under the paragraph numbers of its original;
- *lock*: `seeds/evidence.lock`, which `dossier verify` writes. For each cited paragraph of a digest it has the hash of
  the original (`read:`) and that of the digest (`told:`), and for each reference its locator and quote;
- *stale*: of an entry, that the seeds no longer give it, or give one that the lock does not have.

An example: a quote was verified on the original, and somebody changes one word of it where the original is absent. The
reference in the lock has the old quote, so the build reports `reference-changed`. Articles in full are checked by
`moved`, since their own paragraphs can be read.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from generator.check.values import source_of
from generator.model.article import Article
from generator.model.dossier import Dossier, OriginalText
from generator.model.fields import Path
from generator.model.ids import ArticleId, RecordId
from generator.model.lock import LockedArticle, Reference, digest_of
from generator.model.verification import (
    SETTINGS_OWNER,
    CurrentReference,
    current_digest_references,
    matched_words,
)
from generator.support.problems import Problem, Severity, SourcePosition, shown

LOCK = "seeds/evidence.lock"
_RENEW = "once it is right, run dossier verify"
_SHOWN = 60


def read_paragraphs(dossier: Dossier) -> Iterator[Problem]:
    """A cited paragraph of an original that is here is, word for word, the one that was verified."""
    for key, original in dossier.originals.items():
        article, locked = dossier.articles.get(key), _locked(dossier, key)
        if article is None or locked is None:
            continue
        now = [digest_of(text) for text in original.paragraphs]
        for name, paragraph in locked.paragraphs.items():
            number = int(name.removeprefix("p"))
            if number > len(now):
                where = SourcePosition(str(original.path), max(original.lines, default=1))
                message = f"paragraph {number} of {key!r}, which was verified, is gone"
                yield Problem(where, "original-paragraph", message, name, _accept(key))
            elif paragraph.read and now[number - 1] != paragraph.read:
                yield _original_differs(article, original, number, now, paragraph.read)


def _original_differs(
    article: Article, original: OriginalText, number: int, now: Sequence[str], read: str
) -> Problem:
    where = SourcePosition(str(original.path), original.lines[number - 1])
    message = f"paragraph {number} of {article.id!r} is not the one that was verified"
    if read in now:
        message = f"{message}: that one is paragraph {now.index(read) + 1} now"
    return Problem(where, "original-paragraph", message, f"p{number}", _accept(article.article_id))


def _accept(key: ArticleId) -> str:
    return f"restore it, or read it again and run dossier accept {key}"


def digest_paragraphs(dossier: Dossier) -> Iterator[Problem]:
    """A digest's cited paragraph has the words that it had when it was verified."""
    for key, article in dossier.articles.items():
        locked = _locked(dossier, key) if article.is_digest else None
        if locked is None:
            continue
        for name, paragraph in locked.paragraphs.items():
            number = int(name.removeprefix("p"))
            current = article.paragraph(number)
            if current and digest_of(current.text) == paragraph.told:
                continue
            what = f", now {shown(current.text, _SHOWN)}, differs from what" if current else " is gone, which"
            line = _lock_line(dossier, ("articles", key, "paragraphs", name))
            message = f"paragraph {number} of {key!r}{what} was verified ({line})"
            nearest = current or max(article.paragraphs, key=lambda one: one.number, default=None)
            where = SourcePosition(source_of(dossier, key).file, nearest.line if nearest else 1)
            hint = (
                _RENEW
                if key in dossier.originals
                else "restore it, or run dossier verify where the original is"
            )
            yield Problem(where, "digest-changed", message, name, hint)


def references(dossier: Dossier) -> Iterator[Problem]:
    """A reference to a digest, and its quote, are those that were verified."""
    now: dict[tuple[str, str], list[CurrentReference]] = defaultdict(list)
    for reference in current_digest_references(dossier):
        now[reference.owner, reference.field].append(reference)
    before = dossier.lock.references if dossier.lock else {}
    places = [*now, *((o, f) for o, fields in before.items() for f in fields if (o, f) not in now)]
    for owner, name in places:
        if owner in dossier.declared and owner not in dossier.records:
            continue  # it has errors, and what it cites is not known
        old = before.get(owner, {}).get(name, ())
        yield from _changes(dossier, owner, name, old, now.get((owner, name), []))


def _changes(
    dossier: Dossier, owner: str, name: str, old: Sequence[Reference], new: Sequence[CurrentReference]
) -> Iterator[Problem]:
    same, others = _aligned([(r.at, r.quote or "") for r in old], [r.key for r in new])
    for before, after in same:
        yield from _match_differs(dossier, old[before], new[after])
    for was, now in others:
        if was is None:
            assert now is not None
            yield from _added(dossier, new[now])
        elif now is None:
            yield from _removed(dossier, (owner, name, was), old[was])
        else:
            yield _changed(dossier, (owner, name, was), old[was], new[now])


def _aligned(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> tuple[list[tuple[int, int]], list[tuple[int | None, int | None]]]:
    """Pairs of the same references before and now, and pairs of changed ones; None for an added or a removed one."""
    same: list[tuple[int, int]] = []
    changed: list[tuple[int, int]] = []
    gone: list[int] = []
    come: list[int] = []
    if len(old) == len(new):
        # Most likely none was added or removed: if `p5, p6` became `p6, p6`, p5 was renumbered.
        same = [(index, index) for index, key in enumerate(old) if key == new[index]]
        gone = [index for index, key in enumerate(old) if key != new[index]]
        come = list(gone)
    else:
        for tag, *(a, b, c, d) in SequenceMatcher(None, old, new, False).get_opcodes():
            pairs = list(zip(range(a, b), range(c, d), strict=False))
            (same if tag == "equal" else changed).extend(pairs)
            gone += range(a + len(pairs), b)
            come += range(c + len(pairs), d)
    # What is left on both sides was moved or replaced.
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index in reversed(come):
        places[new[index]].append(index)
    moved = {index: there.pop() for index in gone if (there := places[old[index]])}
    gone = [index for index in gone if index not in moved]
    arrived = set(moved.values())
    come = [index for index in come if index not in arrived]
    return [*same, *moved.items()], [*changed, *zip_longest(gone, come)]


def _changed(
    dossier: Dossier, entry: tuple[str, str, int], locked: Reference, reference: CurrentReference
) -> Problem:
    line = _lock_line(dossier, ("references", *entry))
    words = Reference(at=str(reference.at), quote=reference.quote).words
    message = f"{words} is not what was verified: that is {locked.words} ({line})"
    hint = (
        _RENEW
        if reference.at.article in dossier.originals
        else "restore it, or verify it where the original is"
    )
    # Where only the quote is another, there; else where the paragraph is named.
    where = where_given(dossier, reference, in_quote=locked.at == str(reference.at))
    return Problem(where, "reference-changed", message, words, hint)


def _added(dossier: Dossier, reference: CurrentReference) -> Iterator[Problem]:
    if _locked(dossier, reference.at.article) is None:
        return  # said once, of the article
    words = Reference(at=str(reference.at), quote=reference.quote).words
    if reference.at.article in dossier.originals:
        message = f"{words} is not in {LOCK}"
        yield Problem(where_given(dossier, reference), "lock-stale", message, words, _RENEW)
        return
    message = f"{words} has not been verified"
    hint = "dossier verify does so where the original is"
    yield Problem(
        where_given(dossier, reference), "unverified", message, words, hint, severity=Severity.WARNING
    )


def _removed(dossier: Dossier, entry: tuple[str, str, int], locked: Reference) -> Iterator[Problem]:
    """What the lock has and the seeds no longer give; without the original it does no harm."""
    if locked.article in dossier.originals:
        where = _lock_position(dossier, ("references", *entry))
        message = f"{entry[0]!r} no longer cites {locked.words}"
        yield Problem(where, "lock-stale", message, locked.words, _RENEW)


def _match_differs(dossier: Dossier, locked: Reference, reference: CurrentReference) -> Iterator[Problem]:
    """The same quote with first and last words around other words than before."""
    now = matched_words(dossier, reference)
    if now and now != locked.matched:
        message = f"what {locked.words} matches is not what was verified"
        hint = f"dossier accept {reference.at.article} takes it as it is now"
        yield Problem(where_given(dossier, reference), "quote-changed", message, locked.words, hint)


def articles_known(dossier: Dossier) -> Iterator[Problem]:
    """What is cited of a digest has been verified."""
    for key in sorted({reference.at.article for reference in current_digest_references(dossier)}):
        original = dossier.articles[key].original
        if original is None or _locked(dossier, key):
            continue
        where = source_of(dossier, key).at(("original", "file"))
        if key in dossier.originals:
            message = f"nothing of {key!r} is in {LOCK} yet"
            yield Problem(where, "lock-stale", message, original.file, _RENEW)
        else:
            message = f"nothing of {key!r} has been verified: its original {original.file!r} is not here"
            hint = "dossier verify does so where the original is"
            yield Problem(where, "unverified", message, original.file, hint, severity=Severity.WARNING)


def articles_stated(dossier: Dossier) -> Iterator[Problem]:
    """The original that an article's front matter states is the one that was verified."""
    for key, article in dossier.articles.items():
        locked = _locked(dossier, key)
        if locked and article.original and locked.original != article.original.sha256:
            line = _lock_line(dossier, ("articles", key, "original"))
            message = (
                f"the original of {key!r} is stated to be another than the one that was verified ({line})"
            )
            hint = f"restore the hash, or read it again and run dossier accept {key}"
            where = source_of(dossier, key).at(("original", "sha256"))
            yield Problem(where, "lock-stale", message, article.original.sha256, hint)


def _locked(dossier: Dossier, key: ArticleId) -> LockedArticle | None:
    return dossier.lock.articles.get(key) if dossier.lock else None


def where_given(dossier: Dossier, reference: CurrentReference, *, in_quote: bool = True) -> SourcePosition:
    """Where a reference is, or its quote."""
    source = source_of(dossier, RecordId("" if reference.owner == SETTINGS_OWNER else reference.owner))
    if reference.quote and in_quote:
        return source.at((*reference.path, "quote"))
    return source.at((*reference.path, "at"), str(reference.at), reference.nth)


def _lock_position(dossier: Dossier, path: Path) -> SourcePosition:
    return dossier.lock_source.at(path) if dossier.lock_source else SourcePosition(LOCK)


def _lock_line(dossier: Dossier, path: Path) -> str:
    where = _lock_position(dossier, path)
    return f"{where.file}:{where.line}"


# What no renewal of the lock may pass over: an original that is another than the one that was read.
ORIGINAL_RULES = (read_paragraphs, articles_stated)
# What a renewal settles.
LOCK_RULES = (digest_paragraphs, articles_known, references)
