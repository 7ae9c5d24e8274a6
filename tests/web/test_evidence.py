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
    page.wait_for_url(f"{site_url}{ARTICLE}#p5-{SAID.removeprefix('said-')}")
    assert _background(page, "p:has(> #p5)") != NOTHING
    assert _background(page, "p:has(> #p4)") == NOTHING
    # What is lit is as high as its text, however much stands beside it.
    heights = page.locator("p:has(> #p5)").evaluate(
        """p => {
            const range = document.createRange()
            range.selectNodeContents(p)
            return [p.offsetHeight, range.getBoundingClientRect().height]
        }"""
    )
    assert heights[0] < heights[1] + 16
    # Beside it the claim that led here, with the words that it quotes from the original.
    beside = page.locator("p:has(> #p5) + .backs li[aria-current]")
    expect(beside).to_contain_text("Grigorian: ")
    expect(beside.locator(".quote")).to_be_visible()
    where = page.locator(".where")
    expect(where).to_contain_text("RFE/RL, 16 Sep 2022")
    expect(where).to_contain_text(page.locator("h1").inner_text())
    where.locator("a").click()
    page.wait_for_url(f"{site_url}{PERSON}#{SAID}")
    assert _background(page, f"blockquote:has(#{SAID})") != NOTHING


def test_the_number_of_a_paragraph_is_a_link_to_it(page: Page, site_url: str) -> None:
    page.goto(site_url + ARTICLE)
    number = page.locator("#p7")
    box = number.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    number.click()
    page.wait_for_url(f"{site_url}{ARTICLE}#p7")
    expect(page.locator(".where")).to_be_visible()
    # Nothing says which claim led here.
    expect(page.locator(".backs [aria-current], .where a")).to_have_count(0)


def test_each_record_is_beside_one_paragraph(page: Page, site_url: str) -> None:
    page.goto(site_url + ARTICLE)
    shown = page.locator(".backs li:visible a").evaluate_all("all => all.map(one => one.href)")
    assert len(shown) == len({*shown}) > 10
    note = page.locator("details.backs:has(.again)").first
    hidden = note.locator(".again").first
    expect(hidden).to_be_hidden()
    note.locator("summary").click()
    expect(hidden).to_be_visible()


def test_on_a_phone_records_are_one_line(plain_page: Page, site_url: str) -> None:
    plain_page.set_viewport_size({"width": 390, "height": 844})
    plain_page.goto(f"{site_url}{ARTICLE}#p5")
    first = plain_page.locator("p:has(> #p1) + .backs")
    expect(first.locator("summary")).to_have_text(re.compile("Cited in 5 records"))
    box = first.bounding_box()
    assert box
    assert box["height"] < 48
    # What the address names is unfolded without scripts too.
    expect(plain_page.locator(f'p:has(> #p5) + .backs a[href$="#{SAID}"]')).to_be_visible()


def test_by_touch_a_citation_opens_its_paragraph(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site_url + PERSON)
    citation = page.locator(f'blockquote:has(#{SAID}) a[href*="#p5"]')

    def touch() -> None:
        citation.dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
        citation.dispatch_event("click", {"bubbles": True, "cancelable": True})

    touch()
    sheet = page.get_by_role("dialog", name="RFE/RL, 16 Sep 2022, ¶5")
    expect(sheet).to_contain_text("this had been the demand put to the CSTO")
    expect(sheet).to_contain_text("Cited for: Grigorian:")
    address = citation.evaluate("link => link.href")
    expect(sheet.get_by_role("link", name="Open the article")).to_have_attribute("href", address)
    assert sheet.evaluate("sheet => sheet.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(citation).to_be_focused()
    touch()
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_have_count(0)
    touch()
    # Beside it is its backdrop.
    expect(sheet).to_be_visible()
    page.mouse.click(195, 60)
    expect(sheet).to_have_count(0)
    assert page.url == site_url + PERSON


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
    # On the way it shows what was said.
    expect(page.get_by_role("tooltip").locator(".preview__said").first).to_contain_text("alliance")
    page.keyboard.press("Enter")
    page.wait_for_url(
        f"{site_url}statements/?speaker=nikol-pashinyan&issue=alliance-response&stance=critical"
    )
    # All of them are there, and nothing else.
    expect(page.locator(".facets__status")).to_contain_text(f"{number} of ")
    rows = page.locator(".entry tbody tr:visible")
    expect(rows).to_have_count(number)
    expect(rows.filter(has_text="critical").filter(has_text="Nikol Pashinyan")).to_have_count(number)
    # Each has an address, on its speaker's page.
    rows.first.locator(".permalink").click()
    page.wait_for_url(re.compile(r"people/nikol-pashinyan/#said-"))
    expect(page.locator("blockquote:has(.said:target)")).to_be_in_viewport()


def test_without_scripts_a_count_leads_to_the_issue(plain_page: Page, site_url: str) -> None:
    plain_page.goto(f"{site_url}who-said-what/")
    plain_page.locator(".chip", has_text="critical statements by Nikol Pashinyan").first.click()
    plain_page.wait_for_url(f"{site_url}issues/alliance-response/#by-nikol-pashinyan")
    expect(plain_page.locator("h3:has(#by-nikol-pashinyan)")).to_be_in_viewport()


def test_the_matrix_is_filtered_by_name_and_keeps_its_heads(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}who-said-what/")
    page.get_by_label("Filter by name").fill("PASHIN")
    rows = page.locator(".entry tbody tr:visible")
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?who=PASHIN$"))
    page.get_by_label("Filter by name").fill("")
    page.set_viewport_size({"width": 820, "height": 500})
    box = page.locator(".wide")
    box.evaluate("box => { box.scrollIntoView(); box.scrollTo(200, 300) }")
    for head in ("thead th", "tbody tr:last-child td:first-child"):
        expect(box.locator(head).first).to_be_in_viewport()


def test_both_sides_of_a_dispute_are_on_one_page(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}questions/article-2-duty/")
    expect(page.locator(".status.conflict").first).to_have_text("Conflicting")
    rows = page.locator(".table tbody tr")
    expect(rows).to_have_count(2)
    for row in rows.all():
        expect(row.locator('a[href*="#p"]')).to_have_count(1)
    # Two outlets that print one agency's report are one origin.
    expect(page.locator(".strip")).to_contain_text("1independent source")
