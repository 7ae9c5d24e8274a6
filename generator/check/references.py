"""References: every id leads to a record, and to one of the right kind."""

from collections.abc import Iterator

from generator.check.ids import Ids
from generator.check.values import cited, source_of, values
from generator.folding import UNSPACED, fold, is_word, unbroken
from generator.model.article import NO_RECORD
from generator.model.claims import ANY_KIND
from generator.model.dossier import Dossier
from generator.model.fields import ProseMark, Ref
from generator.model.ids import id_error
from generator.model.kinds import NAMED_KINDS, Kind
from generator.model.prose import RecordLink, parts_of
from generator.support.problems import Problem, Severity, shown

_OUTLETS = ("outlet", "agency")


def references(dossier: Dossier) -> Iterator[Problem]:
    """A field that names a record names one that is there, of a kind that the field takes."""
    ids = Ids(dossier)
    for found in values(dossier, Ref):
        assert isinstance(found.mark, Ref)
        # The place is looked up only for wrong ones, since that takes longer than all else.
        is_word = found.value and found.value == found.mark.word
        if not is_word and dossier.declared.get(found.value) not in found.mark.kinds:
            yield from ids.wrong(found.value, found.mark.kinds, found.at(found.value))


def links(dossier: Dossier) -> Iterator[Problem]:
    """`[[id]]` in prose names a record that is there; not the story, which is a way into the records."""
    ids = Ids(dossier)
    for found in values(dossier, ProseMark):
        for link in parts_of(found.value, RecordLink):
            if dossier.declared.get(link.id) not in ANY_KIND:
                yield from ids.wrong(link.id, ANY_KIND, found.at(link.source))


def cited_articles(dossier: Dossier) -> Iterator[Problem]:
    """Evidence and citations name an article."""
    ids = Ids(dossier)
    for found in cited(dossier):
        if dossier.declared.get(found.locator.article) is not Kind.ARTICLE:
            yield from ids.wrong(found.locator.article, (Kind.ARTICLE,), found.where)


def authors(dossier: Dossier) -> Iterator[Problem]:
    """An author written like an id is a person of the dossier."""
    ids = Ids(dossier)
    for key, article in dossier.articles.items():
        for index, author in enumerate(article.authors):
            if "-" in author and not id_error(author):
                where = source_of(dossier, key).at(("authors", index), author)
                yield from ids.wrong(author, (Kind.PERSON,), where)


def settled_mentions(dossier: Dossier) -> Iterator[Problem]:
    """Each meaning in an article's `mentions` is a record with a name, or `none`."""
    ids = Ids(dossier)
    for key, article in dossier.articles.items():
        for words, meaning in article.mentions.items():
            if meaning != NO_RECORD:
                where = source_of(dossier, key).at(("mentions", words), meaning)
                yield from ids.wrong(meaning, NAMED_KINDS, where)


def absent_mentions(dossier: Dossier) -> Iterator[Problem]:
    """The words that an article's `mentions` settles are in the article, as words of their own."""
    for key, article in dossier.articles.items():
        if not article.mentions:
            continue
        original = dossier.originals.get(key)
        texts = [
            article.title,
            *(p.text for p in article.paragraphs),
            *(original.paragraphs if original else ()),
        ]
        # As linking finds them; no word goes on across paragraphs.
        body = fold("\n\n".join(texts)).text
        for words in article.mentions:
            level = fold(words).text
            if not _stands(level, body) and not _stands(unbroken(level), body):
                where = source_of(dossier, key).at(("mentions", "", words))
                message = f"{shown(words)} is not in the article"
                hint = "write it as the article does, or delete it"
                yield Problem(where, "absent-mention", message, words, hint, severity=Severity.WARNING)


def outlets(dossier: Dossier) -> Iterator[Problem]:
    """An article's outlet is an organization of kind outlet, or an agency."""
    for key, article in dossier.articles.items():
        outlet = dossier.organizations.get(article.outlet) if article.outlet else None
        if outlet and outlet.kind not in _OUTLETS:
            where = source_of(dossier, key).at(("outlet",))
            message = f"{shown(outlet.id)} is an organization of kind {outlet.kind}, not an outlet"
            yield Problem(where, "wrong-kind", message, outlet.id, "", severity=Severity.WARNING)


REFERENCE_RULES = (references, links, cited_articles, authors, settled_mentions, absent_mentions, outlets)


def _stands(words: str, text: str) -> bool:
    """Whether words are in a folded text, as words of their own where their script has spaces."""
    start = text.find(words)
    while start >= 0:
        if not _goes_on(text, start) and not _goes_on(text, start + len(words)):
            return True
        start = text.find(words, start + 1)
    return False


def _goes_on(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return is_word(before) and is_word(after) and not (UNSPACED.match(before) or UNSPACED.match(after))
