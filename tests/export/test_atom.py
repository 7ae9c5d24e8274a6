"""The feed is well-formed, with whole addresses, reproducible, and has the entries of the page of changes."""

import html
import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from generator.edition import Edition
from generator.export.atom import feed
from generator.link import link
from generator.model.dossier import Dossier
from generator.model.history import Revision, Written
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.pages.across import changes
from generator.pages.book import pages
from tests.build import dossier, record

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://example.org/base/"
ANA, BO = RecordId("ana"), RecordId("bo")
REVISION = Revision(
    "0123456789abcdef",
    datetime(2022, 9, 20, 12, tzinfo=UTC),
    (ANA,),
    (),
    (BO,),
    lost=(Written("", Kind.PERSON, "Bo <b>Diaz</b>"),),
)


def _dossier() -> Dossier:
    said = [
        {"date": "2022-09", "what": "1. Begun with [[ana]] & <b>others</b>."},
        {"date": "2022-09", "what": "More."},
    ]
    return dossier(record(Kind.PERSON, "ana", name="Ana <i>Lima</i>"), changes=said)


def _edition(*history: Revision) -> Edition:
    found = _dossier()
    return Edition(found, link(found), history)


def test_entries_are_changes_newest_first() -> None:
    root = ET.fromstring(feed(_edition(REVISION), SITE))
    assert [e.findtext(f"{ATOM}title") for e in root.iter(f"{ATOM}entry")] == [
        "New: 1 person. Removed: 1 person",
        "More.",
        "1. Begun with Ana <i>Lima</i> & <b>others</b>.",
    ]
    assert root.findtext(f"{ATOM}updated") == "2022-09-20T12:00:00+00:00"
    ids = [e.findtext(f"{ATOM}id") for e in root.iter(f"{ATOM}entry")]
    assert len({*ids}) == len(ids)


def test_without_an_address_of_the_site_none_is_named() -> None:
    text = feed(_edition(REVISION), "").decode()
    root = ET.fromstring(text)
    assert {e.get("href", "").partition("/")[0] for e in root.iter(f"{ATOM}link")} == {"feed.xml", "changes"}
    assert all((e.text or "").startswith("urn:uuid:") for e in root.iter(f"{ATOM}id"))
    # The name of the format is the only address.
    assert set(re.findall(r"https?://[^/\"<]*", text)) == {"http://www.w3.org"}


def test_addresses_are_whole_and_values_escaped() -> None:
    root = ET.fromstring(feed(_edition(REVISION), SITE))
    assert all(e.get("href", "").startswith(SITE) for e in root.iter(f"{ATOM}link"))
    contents = "".join(e.text or "" for e in root.iter(f"{ATOM}content"))
    assert f'<a href="{SITE}people/ana/">Ana &lt;i&gt;Lima&lt;/i&gt;</a>' in contents
    # What was removed has no page.
    assert "<li>Person: Bo &lt;b&gt;Diaz&lt;/b&gt;</li>" in contents
    assert "<b>" not in contents


def test_feed_is_reproducible() -> None:
    assert feed(_edition(REVISION), SITE) == feed(_edition(REVISION), SITE)


def test_feed_without_changes_is_valid() -> None:
    found = dossier()
    root = ET.fromstring(feed(Edition(found, link(found)), SITE))
    assert root.findtext(f"{ATOM}title")
    assert root.findtext(f"{ATOM}updated")
    assert not list(root.iter(f"{ATOM}entry"))


def test_entries_link_to_their_place_on_the_page() -> None:
    edition = _edition(REVISION)
    (page,) = (page for page in pages(edition) if page.path == "changes.md")
    anchors = re.findall(r'<span [^>]*?id="([^"]+)"', page.body)
    root = ET.fromstring(feed(edition, SITE))
    led = [
        e.get("href", "").partition("#")[2]
        for entry in root.iter(f"{ATOM}entry")
        for e in entry.iter(f"{ATOM}link")
    ]
    assert led == anchors == [change.anchor for change in changes.changes(edition)]
    assert "1. Begun" in html.unescape(page.body)
