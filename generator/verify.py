"""`dossier verify` and `dossier accept`: record the cited paragraphs in `evidence.lock`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.check import check
from generator.check.evidence import absent_originals
from generator.check.ids import Ids
from generator.link import link
from generator.load import load
from generator.model.dossier import Dossier
from generator.model.ids import ArticleId, RecordId
from generator.model.kinds import Kind
from generator.model.lock import EvidenceLock, Recorded, digest_of, lock_text
from generator.model.verification import current_digest_references, lock_of
from generator.support.files import write_whole
from generator.support.problems import Problem, Refused, SourcePosition, in_order, shown

LOCK = Path("seeds", "evidence.lock")
_HASH = ("original", "sha256")


@dataclass(frozen=True)
class Verified:
    """The result of writing the lock.

    Attributes:
        read: Digests whose originals were available and read.
        kept: Digests without an available original, whose entries were kept.
        references, quotes: The number of references in the lock, and of quotes from digests.
        changed: Whether the file was written.
        problems: The remaining warnings.
    """

    read: tuple[ArticleId, ...]
    kept: tuple[ArticleId, ...]
    references: int
    quotes: int
    changed: bool
    problems: tuple[Problem, ...]


def verify(root: Path, originals: Sequence[Path] = ()) -> Verified:
    """Looks up all citations, those of digests in the available originals, and records them in the lock.

    Raises:
        Refused: if a cited passage is missing or has changed, or an original is not the one that was read before.
    """
    dossier, unreadable = load(root, originals)
    # A curator who verifies needs to know what could not be verified, even without a folder of originals.
    absent = [] if dossier.has_folders else absent_originals(dossier)
    problems = _remaining(dossier, [*unreadable, *absent])
    return _record(root, dossier, problems)


def accept(root: Path, article: str, originals: Sequence[Path] = ()) -> tuple[tuple[str, ...], Verified]:
    """Accepts the current text of an article in full, or of a digest's original, as right: the curator's decision.

    Updates the hash of an original in the article's front matter, and the lock. Returns a line for each cited
    paragraph, which says what became of it, and the result of writing the lock.

    Raises:
        Refused: if there is no such article or original, or a cited passage is not in it; nothing is written then.
    """
    dossier, unreadable = load(root, originals)
    key = ArticleId(RecordId(article))
    if refused := list(_not_acceptable(dossier, key)):
        raise Refused(refused)
    meant = _with_new_original(dossier, key)
    problems = _remaining(meant, unreadable)
    compared = tuple(_comparison(dossier, key))
    if dossier.articles[key].is_digest:
        path, data = _with_stated_hash(root, dossier, key)
        if data != path.read_bytes():
            write_whole(path, data)
    return compared, _record(root, meant, problems)


def _remaining(dossier: Dossier, unreadable: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems that a new lock does not solve.

    Raises:
        Refused: if there are errors among them; the lock is not written then.
    """
    links = link(dossier)
    found = in_order([*unreadable, *links.problems, *check(dossier, links.mentioned, with_lock=False)])
    if any(problem.is_error for problem in found):
        raise Refused(found)
    return found


def _record(root: Path, dossier: Dossier, problems: tuple[Problem, ...]) -> Verified:
    lock = lock_of(dossier, dossier.lock or EvidenceLock())
    data = lock_text(lock).encode()
    path = root / LOCK
    changed = path.read_bytes() != data if path.is_file() else bool(lock.references)
    if changed:
        write_whole(path, data)
    cited = {reference.at.article for reference in current_digest_references(dossier)}
    references = [r for fields in lock.references.values() for found in fields.values() for r in found]
    return Verified(
        read=tuple(sorted(cited & set(dossier.originals))),
        kept=tuple(sorted(cited - set(dossier.originals))),
        references=len(references),
        quotes=sum(1 for reference in references if reference.quote),
        changed=changed,
        problems=problems,
    )


def _not_acceptable(dossier: Dossier, key: ArticleId) -> Iterator[Problem]:
    article = dossier.articles.get(key)
    if article is None:
        hint = Ids(dossier).suggestion(key, (Kind.ARTICLE,))
        yield Problem(SourcePosition("seeds/articles"), "unknown-reference", f"no article {key!r}", key, hint)
    elif article.original and key not in dossier.originals:
        where = dossier.sources[key].at(("original", "file"))
        hint = "name its folder: --originals DIR"
        message = f"the original {shown(article.original.file)} is not here"
        yield Problem(where, "no-original", message, article.original.file, hint)


def _with_new_original(dossier: Dossier, key: ArticleId) -> Dossier:
    """The dossier as if the article was accepted: with the hash of its new original, and without its locked entries."""
    article = dossier.articles[key]
    if article.original:
        stated = article.original.model_copy(update={"sha256": dossier.originals[key].sha256})
        article = article.model_copy(update={"original": stated})
    lock, recorded = dossier.lock or EvidenceLock(), dossier.recorded or Recorded()
    others = {name: locked for name, locked in lock.articles.items() if name != key}
    in_full = {name: said for name, said in recorded.paragraphs.items() if name != key}
    return replace(
        dossier,
        articles={**dossier.articles, key: article},
        lock=EvidenceLock(articles=others, references=lock.references),
        recorded=replace(recorded, paragraphs=in_full),
    )


def _comparison(dossier: Dossier, key: ArticleId) -> Iterator[str]:
    """A line for each cited paragraph: what became of it since it was read or cited."""
    article = dossier.articles[key]
    if article.is_digest:
        texts, done, again = dossier.originals[key].paragraphs, "read", "read it again beside the digest"
    else:
        texts = tuple(paragraph.text for paragraph in article.paragraphs)
        done, again = "cited", "read it again beside what cites it"
    now = list(map(digest_of, texts))
    for name, was in _before(dossier, key).items():
        number = int(name.removeprefix("p"))
        if number <= len(now) and now[number - 1] == was:
            yield f"paragraph {number}: as it was {done}"
        elif was in now:
            yield f"paragraph {number}: what was {done} is paragraph {now.index(was) + 1} now"
        else:
            yield f"paragraph {number}: changed; {again}"


def _before(dossier: Dossier, key: ArticleId) -> Mapping[str, str | None]:
    """The locked hashes of an article's cited paragraphs: those of a digest as read in the original."""
    locked = dossier.lock.articles.get(key) if dossier.lock else None
    if locked:
        return {name: paragraph.read for name, paragraph in locked.paragraphs.items()}
    return dossier.recorded.paragraphs.get(key, {}) if dossier.recorded else {}


def _with_stated_hash(root: Path, dossier: Dossier, key: ArticleId) -> tuple[Path, bytes]:
    """The article's file with the hash of the available original in place of the stated one."""
    stated, now = dossier.articles[key].original, dossier.originals[key].sha256
    assert stated is not None
    source = dossier.sources[key]
    path = root / source.file
    # Bytes, so that line ends stay as they are.
    before = rb"((?:^|[\r\n])[ \t]*(?:original\b[^\r\n]*)?[\"']?sha256[\"']?[ \t]*:\s*[\"']?)"
    data, found = re.subn(
        before + stated.sha256.encode(), rb"\g<1>" + now.encode(), path.read_bytes(), count=1
    )
    if not found:
        message = "the hash is written so that it cannot be replaced"
        raise Refused(
            [Problem(source.at(_HASH), "unwritable", message, stated.sha256, f"write sha256: {now}")]
        )
    return path, data
