"""Indexes that are filtered and sorted: by pointer and keyboard, with the choice in the address, and without scripts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from generator.words import Words

EVENTS = "events/"
PEOPLE = "people/"


def _rows(page: Page) -> Locator:
    return page.locator(".entry .table tbody tr:visible")


def _names(page: Page, column: int) -> list[str]:
    return [
        text.strip()
        for text in page.locator(f".entry .table tbody tr:visible td:nth-child({column})").all_text_contents()
    ]


def _count(page: Page, name: str) -> int:
    line = page.locator(".facet[open] label", has=page.locator(f'input[value="{name}"]'))
    return int(line.locator(".facet__count").text_content() or "")


def test_a_value_filters_and_its_count_is_true(page: Page, site_url: str) -> None:
    page.goto(site_url + EVENTS)
    whole = _rows(page).count()
    page.locator(".facet summary", has_text="Kind").click()
    promised = _count(page, "summit")
    page.get_by_label("summit").check()
    expect(page).to_have_url(re.compile(r"\?kind=summit$"))
    expect(_rows(page)).to_have_count(promised)
    assert set(_names(page, 3)) == {"summit"}
    expect(page.get_by_role("status").filter(has_text=f"{promised} of {whole} shown")).to_be_visible()
    # A second value of one facet adds; the counts of the others are those of what is shown.
    more = _count(page, "appeal")
    page.get_by_label("appeal").check()
    expect(page).to_have_url(re.compile(r"\?kind=appeal,summit$|\?kind=summit,appeal$"))
    expect(_rows(page)).to_have_count(promised + more)
    page.locator(".facet summary", has_text="Year").click()
    in_2021 = _count(page, "2021")
    page.get_by_label("2021").check()
    expect(_rows(page)).to_have_count(in_2021)
    # Links to the years of the whole list would lead nowhere.
    expect(page.locator("p:has(> .letters)")).to_be_hidden()
    page.go_back()
    expect(_rows(page)).to_have_count(promised + more)
    page.go_back()
    page.go_back()
    expect(_rows(page)).to_have_count(whole)
    page.go_forward()
    expect(_rows(page)).to_have_count(promised)
    page.get_by_role("button", name="Show all").click()
    expect(_rows(page)).to_have_count(whole)
    expect(page).to_have_url(site_url + EVENTS)


def test_words_filter_without_accents_and_case(page: Page, site_url: str) -> None:
    page.goto(site_url + PEOPLE)
    box = page.get_by_label("Filter by words")
    box.fill("prime ARMENIA")
    expect(_rows(page)).to_have_count(1)
    expect(_rows(page)).to_contain_text("Nikol Pashinyan")
    expect(page).to_have_url(re.compile(r"\?q=prime\+ARMENIA$"))
    box.fill("nobody at all")
    expect(_rows(page)).to_have_count(0)
    expect(page.locator(".facets__status")).to_contain_text("remove a filter")


@pytest.mark.parametrize(("column", "place"), [("Statements", 3), ("Articles", 5)])
def test_a_column_sorts_both_ways(page: Page, site_url: str, column: str, place: int) -> None:
    page.goto(site_url + PEOPLE)
    as_listed = _names(page, 1)
    # Those in most articles come first.
    expect(page.get_by_role("columnheader", name="Articles")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("columnheader", name="Name").get_by_role("button").click()
    expect(page.get_by_role("columnheader", name="Name")).to_have_attribute("aria-sort", "ascending")
    head = page.get_by_role("columnheader", name=column)
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    numbers = [int(text) for text in _names(page, place) if text]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > numbers[-1]
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert [int(text) for text in _names(page, place) if text] == sorted(numbers)
    page.get_by_role("columnheader", name="Articles").get_by_role("button").click()
    if column == "Articles":
        expect(head).to_have_attribute("aria-sort", "descending")
    assert _names(page, 1) == as_listed
    expect(page).to_have_url(site_url + PEOPLE)


def test_a_column_of_text_sorts_as_the_build_sorts(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}{EVENTS}?sort=event")
    titles = _names(page, 2)
    assert titles == sorted(titles, key=Words.for_language("en").sort_key)
    page.goto(f"{site_url}{EVENTS}?sort=-place")
    places = _names(page, 4)
    known = [place for place in places if place]
    # Those without any come last either way.
    assert places[len(known) :] == [""] * (len(places) - len(known))
    assert known == sorted(known, key=Words.for_language("en").sort_key, reverse=True)
    assert "" in places
    assert len(set(known)) > 2


def test_the_address_says_all(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}{EVENTS}?kind=summit,appeal&sort=-participants&other=kept")
    assert set(_names(page, 3)) == {"summit", "appeal"}
    participants = [int(text or 0) for text in _names(page, 5)]
    assert participants == sorted(participants, reverse=True)
    page.get_by_role("button", name="Show all").click()
    assert "other=kept" in page.url
    whole = _rows(page).count()
    page.goto(f"{site_url}{EVENTS}?kind=no-such&sort=nonsense")
    assert _rows(page).count() == whole > len(participants)


def test_what_fits_no_kind_is_listed_last(page: Page, site_url: str) -> None:
    page.goto(site_url + EVENTS)
    page.locator(".facet summary", has_text="Kind").click()
    kinds = page.locator(".facet[open] input[type=checkbox]").evaluate_all("all => all.map(box => box.value)")
    assert kinds[-1] == "other"
    assert kinds.count("other") == 1


def test_filters_by_keyboard_alone(page: Page, site_url: str) -> None:
    page.goto(site_url + EVENTS)
    page.get_by_label("Filter by words").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".facet summary").first).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    chosen = page.locator(":focus")
    expect(chosen).to_be_checked()
    assert f"kind={chosen.get_attribute('value')}" in page.url
    page.keyboard.press("Escape")
    expect(page.locator(".facet summary").first).to_be_focused()
    expect(page.locator(".facet[open]")).to_have_count(0)


def test_each_facet_shows_its_value_in_words(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}articles/")
    page.locator(".facet summary", has_text="Outlet").click()
    expect(page.locator(".facet[open] label")).to_contain_text(["RFE/RL", "Mirror-Spectator", "unidentified"])
    page.locator("input[value=none]").check()
    expect(page).to_have_url(re.compile(r"\?outlet=none$"))
    assert set(_names(page, 3)) == {"unidentified"}


def test_without_scripts_the_list_is_plain(plain_page: Page, site_url: str) -> None:
    plain_page.goto(f"{site_url}{EVENTS}?kind=summit")
    assert _rows(plain_page).count() == plain_page.locator(".entry .table tbody tr").count() > 20
    assert plain_page.locator(".entry button, .entry input").count() == 0
    expect(plain_page.locator("p:has(> .facets)")).to_be_hidden()
