"""Citations of articles in full still lead to the words that they led to when `evidence.lock` was written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.check.lock import LOCK, where_given
from generator.check.values import source_of
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.evidence import Locator
from generator.model.ids import ArticleId, RecordId
from generator.model.lock import Recorded, digest_of
from generator.model.verification import CurrentReference, current_references
from generator.support.problems import Problem, Severity, SourcePosition, shown

_SHOWN = 60
# The hashes of the paragraphs of one reference, None for one that is not there.
_Words = tuple[str | None, ...]


def moved_paragraphs(dossier: Dossier) -> Iterator[Problem]:
    """A cited paragraph of an article in full is, word for word, the one that was cited."""
    recorded = dossier.recorded
    if recorded is None:
        return
    for (owner, field, key), references in _references(dossier).items():
        before = _before(recorded, owner, field, key) or _under_former_ids(
            dossier, recorded, owner, field, key
        )
        by_locator = dict(before)
        cited = [words for _, words in before]
        article = dossier.articles[key]
        now = [_words(article, reference.at) for reference in references]
        is_renumbered = _follow(cited, now)
        for reference, words in zip(references, now, strict=True):
            was = by_locator.get(str(reference.at), words)
            # Where all that the field cited is cited in the same order, a curator has corrected the numbers.
            if was != words and not (is_renumbered and words in cited):
                yield from _other_words(dossier, article, reference, was)


def unrecorded_paragraphs(dossier: Dossier) -> Iterator[Problem]:
    """The lock, if there is one, has what each cited paragraph of an article in full said when it was cited."""
    recorded = dossier.recorded
    if recorded is None:
        return
    for (owner, field, key), references in _references(dossier).items():
        before = {at for at, _ in _before(recorded, owner, field, key)}
        if any(str(reference.at) not in before for reference in references):
            # The same for all that cite the article, so that it is said once.
            message = f"what is cited of {key!r} is not in {LOCK} yet"
            hint = "dossier verify records it, and one that changes later is noticed"
            where = source_of(dossier, key).start
            yield Problem(where, "unrecorded", message, key, hint, severity=Severity.WARNING)


def _references(dossier: Dossier) -> Mapping[tuple[str, str, ArticleId], list[CurrentReference]]:
    """What is cited of articles in full, by record, field and article, each in its order."""
    found: dict[tuple[str, str, ArticleId], list[CurrentReference]] = defaultdict(list)
    for reference in current_references(dossier):
        if not dossier.articles[reference.at.article].is_digest:
            found[reference.owner, reference.field, reference.at.article].append(reference)
    return found


def _before(recorded: Recorded, owner: str, field: str, key: ArticleId) -> Sequence[tuple[str, _Words]]:
    """What a field cited of an article, in order, and what that said."""
    written = recorded.references.get(owner, {}).get(field, ())
    return [(at, recorded.said(Locator.parse(at))) for at in written if at.startswith(f"{key}#")]


def _under_former_ids(
    dossier: Dossier, recorded: Recorded, owner: str, field: str, key: ArticleId
) -> Sequence[tuple[str, _Words]]:
    """The same where the record or the article was renamed since, with the article's present id."""
    record = dossier.records.get(RecordId(owner))
    owners = (owner, *(record.formerly if record else ()))
    for each in owners:
        for former in (key, *map(ArticleId, dossier.articles[key].formerly)):
            if before := _before(recorded, each, field, former):
                return [(f"{key}#{at.partition('#')[2]}", words) for at, words in before]
    return []


def _words(article: Article, at: Locator) -> _Words:
    return tuple(_digest(article, number) for number in at.numbers)


def _digest(article: Article, number: int) -> str | None:
    paragraph = article.paragraph(number)
    return digest_of(paragraph.text) if paragraph else None


def _follow(some: Iterable[_Words], others: Sequence[_Words]) -> bool:
    """Whether others begin with the first of some, go on with the second, and so on, perhaps with more between."""
    rest = iter(others)
    return all(words in rest for words in some)


def _other_words(
    dossier: Dossier, article: Article, reference: CurrentReference, was: _Words
) -> Iterator[Problem]:
    key = article.article_id
    texts = [digest_of(paragraph.text) for paragraph in article.paragraphs]
    for number, words in zip(reference.at.numbers, was, strict=True):
        paragraph = article.paragraph(number)
        if words is None or (paragraph and texts[number - 1] == words):
            continue
        name = f"paragraph {number} of {key!r}"
        current = f", now {shown(paragraph.text, _SHOWN)}," if paragraph else ""
        accept = f"dossier accept {key}"
        there = [other for other, text in enumerate(texts, 1) if text == words]
        if there:
            nearest = min(there, key=lambda other: abs(other - number))
            message = f"{name}{current} is not the one that was cited: that one is paragraph {nearest} now"
            hint = f"cite that one, or if paragraph {number} is meant, run {accept}"
            where = where_given(dossier, reference, in_quote=False)
            yield Problem(where, "paragraph-moved", message, str(reference.at), hint)
        elif paragraph:
            message = f"{name}{current} is not what was cited, and the cited words are nowhere in it"
            hint = f"restore it, or check that it still supports what cites it and run {accept}"
            where = SourcePosition(source_of(dossier, key).file, paragraph.line)
            yield Problem(where, "paragraph-changed", message, f"p{number}", hint)
