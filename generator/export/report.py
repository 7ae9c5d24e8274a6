"""The report as one Markdown text: the whole dossier, however long it is."""

from collections.abc import Iterator

from generator.edition import Edition
from generator.link import Links
from generator.model.dossier import Dossier
from generator.pages.across.report import page


def report(dossier: Dossier, links: Links) -> Iterator[str]:
    """Its text, without the front matter of a page; links to records lead to places in the text."""
    yield page(Edition(dossier, links)).markdown
