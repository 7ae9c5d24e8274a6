"""The story: linked from the first page, read by keys or without scripts, and on paper."""

import re

from playwright.sync_api import Page, expect

STORY = "story/"


def test_arrow_keys_turn_the_steps_of_the_story(page: Page, site_url: str) -> None:
    page.goto(site_url)
    page.locator(".entry .way-in + a").click()
    expect(page.locator("h1")).to_contain_text("in five minutes")
    page.wait_for_load_state()
    steps = page.locator(".step")
    for number in (1, 2):
        page.keyboard.press("ArrowRight")
        expect(page).to_have_url(f"{site_url}{STORY}#step-{number}")
        expect(steps.nth(number - 1)).to_be_in_viewport(ratio=0.3)
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(f"{site_url}{STORY}#step-1")
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(f"{site_url}{STORY}")
    expect(page.locator("h1")).to_be_in_viewport()
    # In fields the keys keep their meaning.
    page.goto(f"{site_url}{STORY}#step-4")
    page.locator(".find").click()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(f"{site_url}{STORY}#step-4")
    # Each step says what it rests on.
    assert page.locator('.told a[href*="#p"]:visible').count() > 40
    assert steps.filter(has_text="Sources:").count() == steps.count()


def test_story_is_whole_without_scripts_and_on_a_phone(plain_page: Page, site_url: str) -> None:
    plain_page.set_viewport_size({"width": 390, "height": 844})
    plain_page.goto(f"{site_url}{STORY}#step-8")
    expect(plain_page.locator("#step-8")).to_be_in_viewport()
    expect(plain_page.get_by_text("arrow keys")).to_be_hidden()
    # What is told comes before what is shown, and all steps have a line whose lit dot has its size.
    for step in plain_page.locator(".step").all()[:-1]:
        told, shown = (step.locator(name).bounding_box() for name in (".told", ".shown"))
        assert told
        assert shown
        assert told["y"] + told["height"] <= shown["y"]
        lit = step.locator(".step-mark.lit")
        assert lit.evaluate("line => getComputedStyle(line).strokeWidth") == "14px"
    plain_page.locator(".turn [rel=next]").last.click()
    expect(plain_page).to_have_url(re.compile("#step-9$"))
    plain_page.emulate_media(media="print")
    assert plain_page.locator(".turn:visible, .steps li:visible").count() == 0
    assert plain_page.locator(".told:visible").count() == 9
