"""The report, the whole dossier as one document, as Markdown: of a dossier of any length."""

from collections.abc import Iterator

from generator.edition import Edition
from generator.link import Links
from generator.model.dossier import Dossier
from generator.pages.across.report import page


def report(dossier: Dossier, links: Links) -> Iterator[str]:
    """Its text, without the front matter of a page; all links to records lead to places in it."""
    yield page(Edition(dossier, links)).markdown
