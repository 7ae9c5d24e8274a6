"""Front matter of pages, for the theme and for machines."""

from collections.abc import Iterable
from typing import Any

from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.pages.writing import structured
from generator.pages.writing.pen import Pen, address
from generator.pages.writing.words import brief

Crumb = tuple[str, str]


def plain_prose(pen: Pen, owner: RecordId, *path: str | int) -> str:
    """The text of a record's prose without its links and citations."""
    paragraphs = pen.edition.links.prose.get((owner, path), ())
    joined = " ".join("".join(run.text for run in runs if not run.cites) for runs in paragraphs)
    return " ".join(joined.split()).replace(" .", ".").replace(" ,", ",")


def of_record(
    pen: Pen,
    record: Record,
    *,
    label: str,
    description: str,
    crumbs: Iterable[Crumb] = (),
    og_type: str = "article",
) -> dict[str, Any]:
    """The front matter of a record's own page."""
    kind = record.kind_of
    source = pen.edition.dossier.sources[record.id]
    names = {"name": record.label, "label": label, "title": pen.edition.dossier.settings.title}
    return {
        "title": record.label,
        "description": brief(description or pen.words("descriptions.record", **names)),
        "kind": kind.value,
        "label": label,
        "section": kind.section,
        "crumbs": [[pen.words(f"sections.{kind.section}"), f"{kind.section}/"], *map(list, crumbs)],
        "source": source.file,
        "source_line": source.start.line,
        "og_type": og_type,
        "jsonld": structured.of_record(pen, record, description),
        "lang": pen.edition.dossier.settings.language,
    }


def of_page(
    pen: Pen,
    title: str,
    description: str,
    *,
    kind: str = "page",
    label: str = "",
    section: str = "",
    crumbs: Iterable[Crumb] = (),
) -> dict[str, Any]:
    """The front matter of a page that is not a record's own."""
    settings = pen.edition.dossier.settings
    return {
        "title": title,
        "description": brief(
            description or pen.words("descriptions.page", title=title, dossier=settings.title)
        ),
        "kind": kind,
        "label": label,
        "section": section,
        "crumbs": [list(crumb) for crumb in crumbs],
        "og_type": "website",
        "jsonld": structured.of_page(pen, title, description),
        "lang": settings.language,
    }


def redirect(pen: Pen, kind: Kind, target: RecordId) -> dict[str, Any]:
    """The front matter of the page at a former id of a record, which redirects to its page."""
    record = pen.edition.dossier.records[target]
    return {
        "title": record.label,
        "kind": "page",
        "label": "",
        "section": kind.section,
        "crumbs": [[pen.words(f"sections.{kind.section}"), f"{kind.section}/"]],
        "redirect_to": f"{address(pen.page_of(target)[0])}/",
        "search": {"exclude": True},
        "lang": pen.edition.dossier.settings.language,
    }
