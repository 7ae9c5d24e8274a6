"""Names of a record: those that articles print, and those that only curators give."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from generator.folding import fold
from generator.markup import markdown
from generator.model.ids import OrganizationId
from generator.model.record import Named, Record
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import language_name

# The outlets that print a name, by the name in the record; None for articles without an outlet.
Printed = Mapping[str, tuple[OrganizationId | None, ...]]


def printed(pen: Pen, record: Record) -> Printed:
    """The names of a record that articles print, regardless of typography and capitals."""
    found = pen.edition.printed.get(record.id)
    if not found:
        return {}
    alike = {_alike(name): outlets for name, outlets in found.items()}
    names = ((name, found.get(name) or alike.get(_alike(name))) for name in record.names)
    return {name: outlets for name, outlets in names if outlets}


def _alike(name: str) -> str:
    return fold(name).text.casefold()


def other_titles(pen: Pen, record: Record) -> Markup:
    """The other titles of a record in running text: those that articles print, and those that only curators give.

    The names of a record that has names are beside its page.
    """
    if isinstance(record, Named):
        return Markup("")
    in_print = printed(pen, record)
    others = [name for name in dict.fromkeys(record.names) if name != record.label]
    sorts = (
        ("also", [pen.said(name) for name in others if name in in_print]),
        ("known_as", [pen.said(name) for name in others if name not in in_print]),
    )
    texts = [pen.say(f"entry.{key}", names=markdown.joined(names, ", ")) for key, names in sorts if names]
    # The stop of an abbreviation such as U.S. also ends the sentence.
    return markdown.joined([markdown.trusted(text[:-1]) if text.endswith("..") else text for text in texts])


def languages_words(pen: Pen, tags: Sequence[str]) -> str:
    """Languages by their names."""
    return pen.words.listed([language_name(pen.words, tag) for tag in tags])
