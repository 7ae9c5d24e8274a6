"""Evidence: cited paragraphs exist, quotes occur in them, and originals are the stated ones."""

from collections.abc import Iterator

from generator.check.values import Cited, cited, source_of
from generator.model.article import Article
from generator.model.dossier import Dossier
from generator.model.evidence import Evidence
from generator.model.ids import ArticleId
from generator.model.quotes import NormalizedText, ambiguous, fold, missing, nearest_passage, texts_with
from generator.support.problems import Problem, Severity, SourcePosition, shown

_SHOWN = 120
# Past so many paragraphs of an article a misplaced quote is not looked for.
_MAX_SEARCHED = 1_000
# So many absent originals are named.
_MAX_NAMED = 5


def paragraphs(dossier: Dossier) -> Iterator[Problem]:
    """A cited paragraph is there."""
    for found in cited(dossier):
        article = dossier.articles.get(found.locator.article)
        # An article without any paragraph is reported at its own place.
        count = len(article.paragraphs) if article else 0
        if count and found.locator.last > count:
            number = max(found.locator.first, count + 1)
            has = "1 paragraph" if count == 1 else f"{count} paragraphs"
            message = f"article {found.locator.article!r} has {has}, no p{number}"
            yield Problem(found.where, "no-paragraph", message, found.written)


def quotes(dossier: Dossier) -> Iterator[Problem]:
    """A quote is in the one paragraph that it names, word for word and in order, and only once."""
    texts: dict[ArticleId, tuple[NormalizedText, ...]] = {}
    for found in cited(dossier):
        evidence = found.evidence
        if evidence is None or evidence.quote is None:
            continue
        where = found.value.source.at((*found.value.path, "quote"))
        if len(evidence.at.numbers) > 1:
            yield _over_paragraphs(found, evidence)
        elif not any(letter.isalnum() for letter in evidence.quote):
            message = f"quote {shown(evidence.quote)} has no words"
            yield Problem(
                where, "quote-not-found", message, evidence.quote, "give its words, or leave it out"
            )
        elif article := dossier.articles.get(evidence.at.article):
            if article.article_id not in texts:
                texts[article.article_id] = tuple(map(fold, _texts(dossier, article)))
            yield from _not_found(evidence, texts[article.article_id], where)
            yield from _unclear(evidence, texts[article.article_id], where)


def _over_paragraphs(found: Cited, evidence: Evidence) -> Problem:
    message = f"a quote must be in one paragraph, and {found.written!r} names {len(evidence.at.numbers)}"
    hint = f"name the one, such as {evidence.at.article}#p{evidence.at.first}"
    return Problem(found.where, "quote-paragraphs", message, found.written, hint)


def _texts(dossier: Dossier, article: Article) -> tuple[str, ...]:
    """The paragraphs in which an article's quotes must occur; none if they cannot be looked up."""
    if not article.is_digest:
        return tuple(paragraph.text for paragraph in article.paragraphs)
    original = dossier.originals.get(article.article_id)
    # Where the numbers differ, a digest's p5 is not the original's.
    return original.paragraphs if original and len(original.paragraphs) == len(article.paragraphs) else ()


def _not_found(
    evidence: Evidence, texts: tuple[NormalizedText, ...], where: SourcePosition
) -> Iterator[Problem]:
    number = evidence.at.first
    if number > len(texts):
        return
    text = texts[number - 1]
    index = missing(evidence.quote_parts, text)
    if index is None:
        return
    part = evidence.quote_parts[index]
    message = f"quote {shown(part, _SHOWN)} is not in p{number}"
    if missing([part], text) is None:
        before = evidence.quote_parts[index - 1]
        message = f"quote {shown(part, _SHOWN)} is not after {shown(before, _SHOWN)} in p{number}"
        hint = "give the parts in the text's order"
    elif elsewhere := texts_with(evidence.quote_parts, texts[:_MAX_SEARCHED]):
        hint = f"it is in {', '.join(f'p{other}' for other in elsewhere)}"
    else:
        nearest = nearest_passage(part, text)
        hint = f"nearest there is {shown(nearest, _SHOWN)}" if nearest else ""
    yield Problem(where, "quote-not-found", message, evidence.quote or "", hint)


def _unclear(
    evidence: Evidence, texts: tuple[NormalizedText, ...], where: SourcePosition
) -> Iterator[Problem]:
    number = evidence.at.first
    if number > len(texts):
        return
    index = ambiguous(evidence.quote_parts, texts[number - 1])
    if index is not None:
        message = f"quote {shown(evidence.quote_parts[index], _SHOWN)} is more than once in p{number}"
        hint = "say which words are meant: quote a word more before or after them"
        yield Problem(where, "quote-unclear", message, evidence.quote or "", hint, severity=Severity.WARNING)


def originals(dossier: Dossier) -> Iterator[Problem]:
    """An original that is there is the one of the stated hash, and its digest has as many paragraphs."""
    for key, found in dossier.originals.items():
        article = dossier.articles.get(key)
        if article is None or article.original is None:
            continue
        stated, source = article.original, source_of(dossier, key)
        name = shown(stated.file)
        if found.sha256 != stated.sha256:
            where = source.at(("original", "sha256"))
            message = f"original {name} has changed: its SHA-256 is now {found.sha256}"
            yield Problem(
                where,
                "original-changed",
                message,
                stated.sha256,
                "read what has changed in it, then state the new hash",
            )
        where = source.at(("original", "body"))
        if absent := [number for number in stated.body if number > found.blocks]:
            message = f"original {name} has {found.blocks} blocks, no {absent[0]}"
            hint = "blank lines separate its blocks, and the first is 1"
            yield Problem(where, "original-blocks", message, str(absent[0]), hint)
        elif article.paragraphs and len(article.paragraphs) != len(stated.body):
            count = "1 paragraph" if len(article.paragraphs) == 1 else f"{len(article.paragraphs)} paragraphs"
            message = f"the digest has {count}, the body of original {name} {len(stated.body)}"
            hint = "tell each paragraph of the body again, under its number"
            yield Problem(where, "original-paragraphs", message, str(len(stated.body)), hint)


def absent_originals(dossier: Dossier) -> Iterator[Problem]:
    """An original that an article states is in one of the folders where originals are."""
    absent = [
        (key, article.original.file)
        for key, article in dossier.articles.items()
        if article.original and key not in dossier.originals
    ]
    if not absent:
        return
    first, file = absent[0]
    names = [shown(name) for _, name in absent[:_MAX_NAMED]]
    more = len(absent) - len(names)
    what = ", ".join(names) + (f" and {more} more" if more else "")
    message = f"original {what} is" if len(absent) == 1 else f"originals {what} are"
    folders = ", ".join(map(shown, dossier.folders))
    where = source_of(dossier, first).at(("original", "file"))
    message = f"{message} not in {folders}" if folders else f"{message} not found: no folder is named"
    hint = "correct the name, or name their folder: originals in dossier.yml, or --originals DIR"
    yield Problem(where, "absent-original", message, file, hint, severity=Severity.WARNING)


def originals_beside_others(dossier: Dossier) -> Iterator[Problem]:
    """If there is a folder of originals, all of them are in it; without one, as in CI, nothing is reported."""
    if dossier.has_folders:
        yield from absent_originals(dossier)


EVIDENCE_RULES = (paragraphs, quotes)
FILE_RULES = (originals, originals_beside_others)
