"""The frame of every page: colours as chosen, previews of links, nothing that a strict policy forbids, redirects."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.load import load
from generator.model.kinds import PAGE_KINDS
from tests.web.heard import listen

PERSON = "people/nikol-pashinyan/"
EVENT = "events/video-summit-2022-09-13/"
GROUND = "getComputedStyle(document.body).backgroundColor"


# Policy


def test_what_breaks_the_policy_is_heard(page: Page, site_url: str) -> None:
    """So that `test_families` can rely on what it hears."""
    heard = listen(page)
    page.goto(site_url)
    assert heard.complaints == []
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    assert "Content Security Policy" in " ".join(heard.complaints)


# Colours


def test_the_choice_of_colours_is_kept_and_named(fresh_page: Page, site_url: str) -> None:
    fresh_page.emulate_media(color_scheme="light")
    fresh_page.goto(site_url)
    button = fresh_page.locator("button.colours")
    expect(button).to_have_accessible_name("Colors: same as system; switch to light")
    light = fresh_page.evaluate(GROUND)
    button.focus()
    fresh_page.keyboard.press("Enter")
    expect(button).to_have_accessible_name("Colors: light; switch to dark")
    expect(fresh_page.locator(".top [role=status]")).to_have_text("Colors: light; switch to dark")
    fresh_page.keyboard.press("Enter")
    expect(button).to_have_accessible_name("Colors: dark; switch to same as system")
    dark = fresh_page.evaluate(GROUND)
    assert dark != light
    # On the next page from the start: the ground is dark before anything of the body is there.
    fresh_page.add_init_script(
        """new MutationObserver((_, observer) => {
          if (!document.body) return
          observer.disconnect()
          window.choiceAtFirst = document.documentElement.dataset.colours
        }).observe(document, {childList: true, subtree: true})"""
    )
    fresh_page.goto(site_url + PERSON)
    assert fresh_page.evaluate("window.choiceAtFirst") == "dark"
    assert fresh_page.evaluate(GROUND) == dark
    fresh_page.emulate_media(media="print")
    assert fresh_page.evaluate(GROUND) == "rgb(255, 255, 255)"
    fresh_page.emulate_media(media="screen")
    fresh_page.locator("button.colours").click()
    assert fresh_page.evaluate(GROUND) == light
    fresh_page.emulate_media(color_scheme="dark")
    assert fresh_page.evaluate(GROUND) == dark


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


def test_without_scripts_there_is_no_button_that_does_nothing(plain_page: Page, site_url: str) -> None:
    plain_page.emulate_media(color_scheme="dark")
    plain_page.goto(site_url)
    expect(plain_page.locator("button.colours")).to_be_hidden()
    assert plain_page.evaluate(GROUND) != "rgb(251, 250, 247)"


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
def test_a_link_to_a_record_has_a_preview(
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


# Redirects and the site map


def test_former_addresses_lead_on_and_are_no_pages_of_the_site_map(
    page: Page, plain_page: Page, toy_url: str, toy_site: Path, toy: Path
) -> None:
    dossier, _ = load(toy)
    former = {
        f"{record.kind_of.section}/{old}/": f"{record.kind_of.section}/{key}/"
        for key, record in dossier.records.items()
        if record.kind_of in PAGE_KINDS
        for old in record.formerly
    }
    # A dossier has one story, below its section.
    former |= {f"story/{old}/": "story/" for story in dossier.story.values() for old in story.formerly}
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
    for tab in (page, plain_page):
        for old, new in former.items():
            tab.goto(toy_url + old)
            tab.wait_for_url(toy_url + new)
