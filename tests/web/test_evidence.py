"""From a statement to the paragraph that backs it and back, in a browser: by pointer, by keyboard, by preview."""

import re

from playwright.sync_api import Page, expect

PERSON = "people/armen-grigorian/"
SAID = "said-grigorian-not-satisfied"
ARTICLE = "articles/rferl-2022-09-16/"
NOTHING = "rgba(0, 0, 0, 0)"


def _background(page: Page, selector: str) -> str:
    return str(page.eval_on_selector(selector, "element => getComputedStyle(element).backgroundColor"))


def test_from_a_statement_to_the_lit_paragraph_and_back(page: Page, site_url: str) -> None:
    page.goto(site_url + PERSON)
    statement = page.locator(f"blockquote:has(#{SAID})")
    citation = statement.locator('a[href*="#p5"]')
    # The mark says where it leads before anybody points at it.
    expect(citation).to_contain_text("RFE/RL, 16 Sep 2022, ¶5")
    expect(statement.locator(".proof")).to_have_text("✓ words found in ¶5 of the original")
    citation.click()
    page.wait_for_url(f"{site_url}{ARTICLE}#p5")
    assert _background(page, "p:has(> #p5)") != NOTHING
    assert _background(page, "p:has(> #p4)") == NOTHING
    page.locator(f'p:has(> #p5) + .backs a[href$="#{SAID}"]').click()
    page.wait_for_url(f"{site_url}{PERSON}#{SAID}")
    assert _background(page, f"blockquote:has(#{SAID})") != NOTHING


def test_a_citation_previews_its_paragraph(page: Page, site_url: str) -> None:
    page.goto(site_url + PERSON)
    citation = page.locator(f'blockquote:has(#{SAID}) a[href*="#p5"]')
    citation.hover()
    preview = page.get_by_role("tooltip")
    expect(preview).to_contain_text("this had been the demand put to the CSTO")
    expect(citation).to_have_attribute("aria-describedby", "__preview")
    page.keyboard.press("Escape")
    expect(preview).to_have_count(0)
    page.mouse.move(0, 0)
    citation.focus()
    expect(preview).to_be_visible()
    citation.blur()
    expect(preview).to_have_count(0)


def test_the_matrix_by_keyboard_alone(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}who-said-what/")
    name = "critical statements by Nikol Pashinyan on How the alliance responded to Armenia"
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if name in (focused.text_content() or ""):
            break
    else:
        raise AssertionError(f"no tab stop for the {name}")
    number = int("".join(re.findall(r"\d", focused.text_content() or "")))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"{re.escape(site_url)}issues/alliance-response/#said-"))
    # The first statement of that stance is lit, below its speaker's name.
    opened = page.locator("blockquote:has(.said:target)")
    expect(opened).to_be_in_viewport()
    expect(opened).to_contain_text("critical")
    heading = page.locator("h3:has(#by-nikol-pashinyan)")
    expect(heading).to_be_visible()
    critical = page.locator("h3:has(#by-nikol-pashinyan) ~ blockquote:has(.said.critical)")
    others = page.locator("h3:has(#by-nikol-pashinyan) ~ h3 ~ blockquote:has(.said.critical)")
    assert critical.count() - others.count() == number


def test_both_sides_of_a_dispute_are_on_one_page(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}questions/article-2-duty/")
    expect(page.locator(".status.conflict").first).to_have_text("Conflicting")
    rows = page.locator(".table tbody tr")
    expect(rows).to_have_count(2)
    for row in rows.all():
        expect(row.locator('a[href*="#p"]')).to_have_count(1)
    # Two outlets that print one agency's report are one origin.
    expect(page.locator(".strip")).to_contain_text("1independent source")
