"""The feed of what changed, for readers' programs.

Format: The Atom Syndication Format, https://www.rfc-editor.org/rfc/rfc4287
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from html import escape
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from generator.edition import Edition
from generator.model.kinds import Kind
from generator.pages.across.changes import DatedChange, Item, changes, field_words, list_of
from generator.pages.writing.pen import Pen, address

FILE = "feed.xml"
_ATOM = "http://www.w3.org/2005/Atom"


def feed(edition: Edition, site_url: str) -> bytes:
    """The feed of an edition that is published at an address.

    If that is not known, the addresses are relative to the feed's own, as Atom allows.
    """
    settings = edition.dossier.settings
    base = f"{site_url.rstrip('/')}/" if site_url else ""
    identity = base or uuid5(NAMESPACE_URL, settings.title).urn
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": edition.words.tag})
    found = changes(edition)
    newest = max((_moment(change) for change in found), default=datetime.min.replace(year=1970, tzinfo=UTC))
    _add(root, "title", edition.words("feed.title", title=settings.title))
    _add(root, "id", identity)
    _add(root, "updated", newest.isoformat())
    ET.SubElement(root, f"{{{_ATOM}}}link", {"rel": "self", "href": f"{base}{FILE}"})
    ET.SubElement(root, f"{{{_ATOM}}}link", {"rel": "alternate", "href": f"{base}changes/"})
    author = ET.SubElement(root, f"{{{_ATOM}}}author")
    _add(author, "name", ", ".join(settings.curators) or settings.title)
    for change in found:
        root.append(_entry(edition, base, identity, change))
    ET.indent(root)
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _entry(edition: Edition, base: str, identity: str, change: DatedChange) -> ET.Element:
    entry = ET.Element(f"{{{_ATOM}}}entry")
    _add(entry, "title", change.title)
    _add(entry, "id", uuid5(NAMESPACE_URL, f"{identity}changes/#{change.anchor}").urn)
    _add(entry, "updated", _moment(change).isoformat())
    ET.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "alternate", "href": f"{base}changes/#{change.anchor}"})
    _add(entry, "content", "".join(_html(edition, base, change)), type="html")
    return entry


def _html(edition: Edition, base: str, change: DatedChange) -> Iterator[str]:
    """What changed, as HTML with addresses that begin with that of the site."""
    pen = Pen(edition, "index.md")
    if change.what:
        yield f"<p>{escape(change.what)}</p>"
    for group in change.groups:
        yield f"<p>{escape(group.heading)}</p><ul>"
        for line in group.lines:
            shown = edition.words.listed([_item(pen, base, item) for item in line.items])
            label = escape(line.label)
            yield f"<li>{edition.words('changes.of_kind', kind=label, records=shown) if label else shown}</li>"
        yield "</ul>"


def _item(pen: Pen, base: str, item: Item) -> str:
    words = escape(item.words)
    if item.target is None:
        return words
    path, fragment = (list_of(item.target), "") if isinstance(item.target, Kind) else pen.page_of(item.target)
    href = urljoin(base, f"{address(path)}/") + (f"#{fragment}" if fragment else "")
    link, fields = f'<a href="{escape(href)}">{words}</a>', field_words(pen, item)
    return pen.words("changes.with_fields", record=link, fields=escape(fields)) if fields else link


def _moment(change: DatedChange) -> datetime:
    """When it changed; the first moment of a date that is known no more precisely."""
    if isinstance(change.at, datetime):
        return change.at.astimezone(UTC)
    return datetime.combine(change.day, time(), UTC)


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes).text = text
