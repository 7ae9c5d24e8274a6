"""The frame of every page: colours as chosen, previews of links, nothing that a strict policy forbids, redirects."""

import re
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.load import load
from generator.model.kinds import PAGE_KINDS
from generator.model.record import Named
from tests.families import MISSING, families
from tests.pages import reading
from tests.serving import POLICY
from tests.web.heard import listen

PERSON = "people/nikol-pashinyan/"
EVENT = "events/video-summit-2022-09-13/"
GROUND = "getComputedStyle(document.body).backgroundColor"


# Policy


def test_no_page_breaks_a_strict_policy(page: Page, site_url: str, built_site: Path) -> None:
    heard = listen(page)
    for path in families(built_site):
        answer = page.goto(site_url + path, wait_until="networkidle")
        assert answer
        assert answer.headers["content-security-policy"] == POLICY
        complaints = [said for said in heard.complaints if path != MISSING or "404" not in said]
        assert complaints == [], path
        heard.complaints.clear()
    assert heard.is_at_home(site_url)
    # A page that did break it would be heard.
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    assert "Content Security Policy" in " ".join(heard.complaints)


def test_pages_hold_no_script_and_no_style_of_their_own(built_site: Path) -> None:
    for path in sorted(built_site.rglob("*.html")):
        tree = reading.parse(path.read_text("utf-8"))
        inline = [
            e
            for e in reading.find(tree, "script")
            if not e.get("src") and e.get("type") != "application/ld+json"
        ]
        assert not inline, path
        assert not list(reading.find(tree, "style")), path
        elements = list(tree.iter())
        assert not [
            e for e in elements if e.get("style") or any(name.startswith("on") for name in e.attrib)
        ], path


# Colours


def test_the_choice_of_colours_is_kept_and_named(page: Page, site_url: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site_url)
    button = page.locator("button.colours")
    expect(button).to_have_accessible_name("Colors: same as system; switch to light")
    light = page.evaluate(GROUND)
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_accessible_name("Colors: light; switch to dark")
    expect(page.locator(".top [role=status]")).to_have_text("Colors: light; switch to dark")
    page.keyboard.press("Enter")
    expect(button).to_have_accessible_name("Colors: dark; switch to same as system")
    dark = page.evaluate(GROUND)
    assert dark != light
    # On the next page from the start: the ground is dark before anything of the body is there.
    page.add_init_script(
        """new MutationObserver((_, observer) => {
          if (!document.body) return
          observer.disconnect()
          window.choiceAtFirst = document.documentElement.dataset.colours
        }).observe(document, {childList: true, subtree: true})"""
    )
    page.goto(site_url + PERSON)
    assert page.evaluate("window.choiceAtFirst") == "dark"
    assert page.evaluate(GROUND) == dark
    page.emulate_media(media="print")
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    page.locator("button.colours").click()
    assert page.evaluate(GROUND) == light
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(GROUND) == dark


def test_colours_hold_where_storage_is_forbidden(page: Page, site_url: str) -> None:
    heard = listen(page)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden') }})"
    )
    page.goto(site_url)
    page.locator("button.colours").click()
    page.locator("button.colours").click()
    assert page.evaluate("document.documentElement.dataset.colours") == "dark"
    assert heard.complaints == []


def test_without_scripts_there_is_no_button_that_does_nothing(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(site_url)
    expect(page.locator("button.colours")).to_be_hidden()
    assert page.evaluate(GROUND) != "rgb(251, 250, 247)"
    context.close()


# Previews


@pytest.mark.parametrize(
    ("path", "target", "words"),
    [
        (EVENT, "people/nikol-pashinyan/", ["Person", "Nikol Pashinyan", "Prime Minister of Armenia"]),
        (
            PERSON,
            "events/moscow-summit-2022-05-16/",
            ["Event · summit", "CSTO summit in Moscow", "16 May 2022"],
        ),
        (PERSON, "organizations/armenia/", ["Organization", "Armenia"]),
    ],
)
def test_a_link_to_a_record_tells_whom_it_leads_to(
    page: Page, site_url: str, path: str, target: str, words: list[str]
) -> None:
    page.goto(site_url + path)
    link = page.locator(f'.entry a[href$="/{target}"]').first
    link.hover()
    preview = page.get_by_role("tooltip")
    for word in words:
        expect(preview).to_contain_text(word)
    expect(link).to_have_accessible_description(re.compile(re.escape(words[1])))
    page.keyboard.press("Escape")
    expect(preview).to_have_count(0)
    expect(link).not_to_have_attribute("aria-describedby", "__preview")


def test_a_preview_comes_on_focus_and_stays_below_the_pointer(page: Page, site_url: str) -> None:
    page.goto(site_url + EVENT)
    preview = page.get_by_role("tooltip")
    page.locator("nav.crumbs a").last.focus()
    page.keyboard.press("Tab")
    expect(preview).to_contain_text("Armenia")
    page.keyboard.press("Tab")
    page.locator(".entry h1").hover()
    link = page.locator('.entry td a[href*="/people/"]').first
    link.hover()
    expect(preview).to_be_visible()
    preview.hover()
    page.wait_for_timeout(400)
    expect(preview).to_be_visible()
    page.locator(".entry h1").hover()
    expect(preview).to_have_count(0)


def test_a_preview_reads_no_more_of_a_page_than_its_head(page: Page, site_url: str) -> None:
    page.goto(site_url + EVENT)
    # Again and again it is asked for once.
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    link = page.locator('.entry td a[href*="/people/"]').first
    for _ in range(2):
        link.hover()
        page.get_by_role("tooltip").wait_for()
        page.keyboard.press("Escape")
        page.locator(".entry h1").hover()
    assert len([url for url in asked if "/people/" in url]) == 1


def test_a_finger_only_follows_links(browser: Browser, site_url: str) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(site_url + EVENT)
    # Held down, and not let go on the link.
    link = page.locator('.entry td a[href*="/people/"]').first
    link.dispatch_event("pointerover", {"pointerType": "touch", "bubbles": True})
    page.wait_for_timeout(600)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    link.tap()
    page.wait_for_url(re.compile("/people/"))
    context.close()


def test_who_wants_no_motion_gets_none(page: Page, site_url: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(site_url + EVENT)
    page.locator('.entry td a[href*="/people/"]').first.hover()
    page.get_by_role("tooltip").wait_for()
    moving = page.evaluate("document.getAnimations().length")
    assert moving == 0
    durations = page.locator("*").evaluate_all(
        "all => all.filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    )
    assert durations == 0


# Names in their own scripts


def test_names_in_other_scripts_are_marked_wherever_they_show(
    built_site: Path, toy_site: Path, root: Path, toy: Path
) -> None:
    for site, seeds in ((built_site, root), (toy_site, toy)):
        dossier, _ = load(seeds)
        tags = {
            name: tag
            for record in dossier.records.values()
            if isinstance(record, Named)
            # Of several languages that spell it alike, the first.
            for tag, name in reversed([*record.native_names()])
            if not unicodedata.name(name[0]).startswith("LATIN")
        }
        assert tags
        seen = set()
        for path in sorted(site.rglob("index.html")):
            for text, language in reading.texts(reading.parse(path.read_text("utf-8"))):
                for name in (name for name in tags if name in text):
                    seen.add(name)
                    assert language == tags[name], f"{path}: {text!r} in {language!r}"
        assert seen == {*tags}


# Redirects and the site map


def test_former_addresses_lead_on_and_are_no_pages_of_the_site_map(
    browser: Browser, toy_url: str, toy_site: Path, toy: Path
) -> None:
    dossier, _ = load(toy)
    former = {
        f"{record.kind_of.section}/{old}/": f"{record.kind_of.section}/{key}/"
        for key, record in dossier.records.items()
        if record.kind_of in PAGE_KINDS
        for old in record.formerly
    }
    assert len(former) > 1
    tree = ElementTree.parse(toy_site / "sitemap.xml")
    listed = {str(e.text).removeprefix(toy_url) for e in tree.iter() if e.tag.endswith("}loc")}
    assert not listed & {*former}
    assert {*former.values()} <= listed
    pages = {
        f"{path.parent.relative_to(toy_site).as_posix()}/".removeprefix("./")
        for path in toy_site.rglob("index.html")
    }
    assert listed == pages - {*former}
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        for old, new in former.items():
            page.goto(toy_url + old)
            page.wait_for_url(toy_url + new)
        context.close()
