"""The search in a browser: any spelling leads to the same record and passages, each at its paragraph."""

import os
import re
import subprocess
import sys
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.build import check, write
from generator.edition import Edition
from generator.load import load
from generator.pages.search import searchable
from generator.search import write_search
from tests.build import write_files
from tests.serving import serving
from tests.web.heard import listen

PERSON = "people/nikol-pashinyan/"
ARTICLE = "articles/rferl-2022-09-16/"
SPELLINGS = (
    "Pashinian",
    "Pashinyan",
    "nikol PASHINYAN",
    "Пашинян",
    "Փաշինյան",
    "pashinan",
    "pashyniann",
    "Pachinian",
    "Paşinyan",
    "პაშინიანი",
    "Πασινιάν",
    "פשיניאן",
)
# Of these, those that the rules do not take for spellings of the name: guesses.
GUESSES = ("pashinan", "პაშინიანი")
# Whoever has no native name in the seeds.
UNCURATED = {
    "Хачатрян": "armen-khachatrian",
    "Խաչատրյան": "armen-khachatrian",
    "Khachatryan": "armen-khachatrian",
}


# Shows a state of the search: its status and, by name, its groups with their headings and hits.
Ask = Callable[..., dict[str, Any]]
_ASK = """async ([base, state]) => {
    const { View } = await import(`${base}assets/javascripts/search/view.js`)
    window.view ??= await View.of(new URL(base))
    document.body.replaceChildren(view.box)
    await view.set(state)
    const hit = (a) => ({
        address: a.href.slice(base.length),
        text: a.textContent,
        marks: [...a.querySelectorAll("mark")].map((mark) => mark.textContent),
    })
    const group = (box) => ({
        heading: box.querySelector(".search__heading").textContent,
        hits: [...box.querySelectorAll(".hit")].map(hit),
    })
    const groups = [...view.results.children].map((box) => [box.className.match(/search__(\\w+)/)[1], group(box)])
    return { status: view.status.textContent, ...Object.fromEntries(groups) }
}"""


@pytest.fixture(scope="module")
def ask(browser: Browser, site_url: str) -> Iterator[Ask]:
    """Asks one page many things, with the scripts that readers use."""
    with browser.new_page() as page:
        page.goto(site_url)
        yield lambda **state: page.evaluate(_ASK, [site_url, state])


def _open(page: Page, url: str) -> None:
    page.goto(url)
    page.keyboard.press("/")
    expect(page.locator("dialog[open] .search__input")).to_be_focused()


def _searched(page: Page, url: str, **state: str | list[str]) -> Page:
    """The page of the search at a state, once its passages and filters show."""
    page.goto(f"{url}search/?{urllib.parse.urlencode(state, doseq=True)}")
    expect(page.locator(".search__passages .hit").first).to_be_visible()
    expect(page.locator(".search__facet").first).to_be_attached()
    return page


def _addresses(page: Page, url: str) -> list[str]:
    hits = page.locator(".search__passages .hit")
    return [href.removeprefix(url) for href in hits.evaluate_all("all => all.map(a => a.href)")]


def _pages(page: Page, url: str) -> set[str]:
    return {address.partition("#")[0] for address in _addresses(page, url)}


@pytest.fixture(scope="session")
def naming_articles(root: Path) -> set[str]:
    """The articles whose text names the person in any way, as linking finds it."""
    mentions = check(root).links.mentioned_in
    return {f"articles/{mention.article}/" for mention in mentions["nikol-pashinyan"]}  # type: ignore[index]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_any_spelling_leads_to_the_same_person_and_articles(
    ask: Ask, spelling: str, naming_articles: set[str]
) -> None:
    of_articles = ask(q=spelling, kind=["article"])
    assert {hit["address"].partition("#")[0] for hit in of_articles["passages"]["hits"]} == naming_articles
    found = ask(q=spelling)
    group = "similar" if spelling in GUESSES else "records"
    assert found.keys() & {"records", "similar"} == {group}
    first = found[group]["hits"][0]
    assert first["address"] == PERSON
    assert first["text"].startswith("Nikol PashinyanPerson · Prime Minister")
    guess = " (a guess)" if spelling in GUESSES else ""
    assert found["passages"]["heading"] == f"Passages that name Nikol Pashinyan{guess}"


@pytest.mark.parametrize(("spelling", "key"), UNCURATED.items())
def test_a_spelling_that_nobody_wrote_down_is_found_too(
    ask: Ask, spelling: str, key: str, root: Path
) -> None:
    assert spelling not in load(root)[0].people[key].names  # type: ignore[index]
    assert ask(q=spelling)["records"]["hits"][0]["address"] == f"people/{key}/"


def test_people_are_found_by_their_offices_which_are_marked_as_the_reason(ask: Ask) -> None:
    first = ask(q="president of belarus")["records"]["hits"][0]
    assert first["text"].startswith("Alexander LukashenkoPerson · President of Belarus")
    assert first["marks"] == ["President", "Belarus"]


def test_a_date_shows_what_happened_and_was_said_then(page: Page, site_url: str) -> None:
    _searched(page, site_url, q="16.05.2022")
    expect(page.locator(".search__dated .search__heading")).to_have_text("On 16 May 2022")
    first = page.locator(".search__dated .hit").first
    expect(first).to_have_text("CSTO summit in MoscowEvent · 16 May 2022")
    expect(page.locator(".search__dated .hit", has_text="Statement").first).to_contain_text("16 May 2022")
    expect(page.locator(".search__around .search__heading")).to_have_text(
        "Longer or less exact dates that include or overlap 16 May 2022"
    )
    expect(page.locator(".search__passages .search__heading")).to_have_text("Passages with “16 May 2022”")
    expect(page.locator(".search__similar")).to_have_count(0)
    # Filters narrow them too.
    page.locator(".search__facet input[value=event]").check()
    expect(page.locator(".search__dated .hit")).to_have_count(1)


def test_by_keyboard_from_anywhere_to_a_paragraph(page: Page, site_url: str) -> None:
    heard = listen(page)
    _open(page, f"{site_url}events/video-summit-2022-09-13/")
    box = page.locator(".search__input")
    page.keyboard.type("Pashinyan video")
    passage = page.locator(f'.search__passages .hit[href*="{ARTICLE}#p"]').first
    expect(passage).to_be_visible()
    expect(page.locator(".search__status")).to_have_text(re.compile(r"\d+ records?, passages on \d+ pages?"))
    target = passage.get_attribute("href") or ""
    options = page.locator('[role="option"]')
    for _ in range(options.count()):
        page.keyboard.press("ArrowDown")
        active = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
        expect(active).to_have_attribute("aria-selected", "true")
        if active.get_attribute("href") == target:
            break
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    expect(page.locator(f"p:has(> #{target.rpartition('#')[2]})")).to_be_in_viewport()
    assert heard.complaints == []
    assert heard.is_at_home(site_url)


def test_the_dialog_opens_by_each_way_and_gives_the_focus_back(page: Page, site_url: str) -> None:
    page.goto(site_url)
    link = page.locator("nav.top__sections a").first
    dialog = page.locator("dialog.search-dialog")
    for open_it in ("/", "Control+k", "Meta+k"):
        link.focus()
        page.keyboard.press(open_it)
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(link).to_be_focused()
    page.locator(".find").click()
    expect(dialog).to_be_visible()
    page.locator(".search__close").click()
    expect(page.locator(".find")).to_be_focused()
    # Where somebody writes, a stroke is a stroke.
    page.keyboard.press("/")
    page.keyboard.type("a/b")
    expect(page.locator(".search__input")).to_have_value("a/b")


def test_an_empty_search_shows_recent_pages_those_named_most_and_the_keys(
    fresh_page: Page, site_url: str
) -> None:
    kept = "path => Object.values(localStorage).some(text => text.includes(path))"
    fresh_page.goto(f"{site_url}people/")
    for address in (PERSON, ARTICLE, "events/video-summit-2022-09-13/"):
        fresh_page.goto(site_url + address)
        fresh_page.wait_for_function(kept, arg=address)
    _open(fresh_page, f"{site_url}organizations/csto/")
    dialog = fresh_page.locator("dialog")
    recent, most = dialog.locator(".search__recent .hit"), dialog.locator(".search__most .hit")
    # Neither an index nor the page that is open.
    expect(recent.locator(".hit__name")).to_have_text(
        ["Emergency video summit of the CSTO", re.compile("Yerevan Unhappy"), "Nikol Pashinyan"]
    )
    expect(most).to_have_count(6)
    expect(most.first).to_contain_text("Nikol Pashinyan")
    expect(dialog.locator(".search__keys")).to_contain_text("Enter open")
    # It is no higher than what it shows.
    assert dialog.evaluate("box => box.clientHeight") < 700
    dialog.get_by_role("button", name="Clear recently viewed").click()
    expect(recent).to_have_count(0)
    expect(most).to_have_count(6)
    assert fresh_page.evaluate("Object.keys(localStorage).filter(key => key.includes('recent'))") == []
    fresh_page.locator(".search__input").focus()
    fresh_page.keyboard.press("ArrowDown")
    fresh_page.keyboard.press("Enter")
    fresh_page.wait_for_url(site_url + PERSON)


def test_enter_leads_to_the_page_that_shows_the_same(page: Page, site_url: str) -> None:
    _open(page, site_url)
    page.keyboard.type("alliance")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site_url}search/?q=alliance")
    expect(page.locator(".search__passages mark").first).to_have_text(re.compile("alliance", re.IGNORECASE))


def test_filters_have_counts_and_stand_in_the_address(page: Page, site_url: str) -> None:
    _searched(page, site_url, q="Armenia")
    box = page.locator(".search__facet label", has_text="RFE/RL").first
    count = int(box.locator(".search__count").inner_text())
    box.locator("input").check()
    page.wait_for_url(re.compile("outlet="))
    expect(page.locator(".search__status")).to_contain_text(f"{count} page")
    assert len(_pages(page, site_url)) == count
    page.locator(".search__facet input[name=person]").first.check()
    page.wait_for_url(re.compile("person="))
    narrowed = page.locator(".search__status").inner_text()
    page.go_back()
    expect(page.locator(".search__facet input[name=person]:checked")).to_have_count(0)
    expect(page.locator(".search__status")).to_contain_text(f"{count} page")
    page.go_back()
    expect(page.locator(".search__facet input:checked")).to_have_count(0)
    page.go_forward()
    page.go_forward()
    expect(page.locator(".search__facet input[name=person]:checked")).to_have_count(1)
    expect(page.locator(".search__status")).to_have_text(narrowed)
    # An address that was sent to somebody shows the same.
    page.reload()
    expect(page.locator(".search__status")).to_have_text(narrowed)


def test_values_of_one_filter_add_up_and_filters_narrow_each_other(page: Page, site_url: str) -> None:
    _searched(page, site_url, q="alliance", kind=["article", "event"])
    counts = page.locator(
        ".search__facet label:has(input[name=kind]:checked) .search__count"
    ).all_inner_texts()
    expect(page.locator(".search__status")).to_contain_text(f"{sum(map(int, counts))} pages")
    _searched(page, site_url, q="alliance", kind="article", year="2022")
    assert all(address.startswith("articles/") for address in _addresses(page, site_url))
    lines = page.locator(".search__passages .hit--passage .hit__line").all_inner_texts()
    assert lines
    assert all("2022" in line for line in lines)


def test_filters_alone_show_what_passes_them(page: Page, site_url: str, naming_articles: set[str]) -> None:
    _searched(page, site_url, person="nikol-pashinyan", kind="article", sort="newest")
    assert _pages(page, site_url) == naming_articles
    first = page.locator(".search__passages .hit").first
    assert re.search(r"#p\d+$", first.get_attribute("href") or "")


def test_passages_lead_to_the_paragraph_that_holds_their_words(page: Page, site_url: str) -> None:
    _searched(page, site_url, q="telephoned urgently")
    hit = page.locator(".search__passages .hit").first
    expect(hit.locator("mark")).to_contain_text(["telephoned"])
    hit.click()
    page.wait_for_url(re.compile(r"articles/.*#p\d+$"))
    expect(page.locator(f"p:has(> #{page.url.rpartition('#')[2]})")).to_contain_text("telephoned urgently")


def test_every_hit_in_an_article_is_the_text_of_its_paragraph(page: Page, site_url: str, root: Path) -> None:
    articles = load(root)[0].articles
    _searched(page, site_url, q="Armenia", kind="article")
    hits = page.locator(".search__passages .hit")
    checked = 0
    for hit in hits.all():
        match = re.search(r"articles/([\w-]+)/#p(\d+)$", hit.get_attribute("href") or "")
        if not match:
            continue
        paragraph = articles[match[1]].paragraph(int(match[2]))  # type: ignore[index]
        assert paragraph
        shown = " ".join(hit.locator(".hit__text").inner_text().strip("… ").split())
        assert shown in " ".join(paragraph.text.split())
        checked += 1
    assert checked > 3


def test_a_name_with_words_is_understood_and_can_be_taken_literally(page: Page, site_url: str) -> None:
    _searched(page, site_url, q="Pashinian border")
    heading = page.locator(".search__passages .search__heading")
    expect(heading).to_have_text("Passages that name Nikol Pashinyan, with “border”")
    # One outlet's spelling finds another's.
    assert {"Pashinyan", "Pashinian"} <= {
        word for text in page.locator(".search__results mark").all_inner_texts() for word in text.split()
    }
    page.locator(".search__other").click()
    page.wait_for_url(re.compile("only=words"))
    # No passage has both words, but some pages have, under a heading that says so.
    expect(page.locator(".search__apart .search__heading")).to_have_text(
        "Pages with “Pashinian border”, but not in one passage"
    )
    expect(heading).to_have_count(0)
    page.locator(".search__other").click()
    expect(heading).to_contain_text("that name")


def test_passages_that_name_both_come_first(ask: Ask) -> None:
    found = ask(q="Pashinyan Putin")
    both = "name Nikol Pashinyan and Vladimir Putin"
    assert found["passages"]["heading"] == f"Passages that {both}"
    texts = [hit["text"] for hit in found["passages"]["hits"]]
    assert len(texts) > 3
    assert not [text for text in texts if not ("Pashin" in text and "Putin" in text)]
    assert found["apart"]["heading"] == f"Pages that {both}, but not in one passage"
    assert found["apart"]["hits"]


def test_words_that_stand_nowhere_are_said(page: Page, site_url: str) -> None:
    _searched(page, site_url, q="Pashinian zeppelins")
    expect(page.locator(".search__absent")).to_contain_text("No results for “zeppelins”")
    page.goto(f"{site_url}search/?q=zeppelins")
    expect(page.locator(".search__status")).to_have_text("No results.")


def test_a_mistyped_word_is_corrected_which_is_said(page: Page, site_url: str) -> None:
    _searched(page, site_url, q="agressor")
    heading = page.locator(".search__passages .search__heading")
    expect(heading).to_have_text("Passages with “aggressor” (a guess)")
    expect(page.locator(".search__absent")).to_have_text(
        "No results for “agressor” as typed; what is shown is a guess."
    )
    expect(page.locator(".search__passages mark").first).to_have_text("aggressor")
    page.get_by_role("button", name="Did you mean “aggressor”?").click()
    page.wait_for_url(re.compile("q=aggressor"))
    expect(heading).to_have_text("Passages with “aggressor”")


def _with_common(page: Page, *words: str) -> None:
    """Has the build find some words in most texts, as it does in a large dossier."""

    def told(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"common": list(words)})

    page.route("**/search/data/manifest.json", told)


def test_words_of_most_texts_are_passed_over_marked_and_said(page: Page, site_url: str) -> None:
    _searched(page, site_url, q="telephoned", kind="article")
    without = _addresses(page, site_url)
    _with_common(page, "the", "had")
    heard = listen(page)
    _searched(page, site_url, q="The telephoned", kind="article")
    assert _addresses(page, site_url) == without
    expect(page.locator(".search__absent")).to_contain_text("“The” is too common and was ignored")
    expect(page.locator(".search__passages .search__heading")).to_have_text("Passages with “telephoned”")
    marked = {word.lower() for text in page.locator("mark").all_inner_texts() for word in text.split()}
    assert {"the", "telephoned"} <= {word.strip(".,") for word in marked}
    # Where nothing else is asked, every text shows, and no index is fetched for it.
    heard.addresses.clear()
    _searched(page, site_url, q="the had", kind="article", only="words")
    assert len(_pages(page, site_url)) == 5
    expect(page.locator(".search__absent")).to_contain_text("“the” and “had” are too common")
    assert not [address for address in heard.addresses if "/words-" in address]
    for text in page.locator(".search__passages .hit--passage").all():
        assert text.locator("mark").first.inner_text().lower().strip(".,“”") in ("the", "had", "the had")
    # A phrase is looked up as it stands.
    page.goto(f"{site_url}search/?q=%22the+telephoned%22")
    expect(page.locator(".search__status")).to_have_text("No results.")


def test_filters_alone_fetch_no_index(page: Page, site_url: str) -> None:
    heard = listen(page)
    _searched(page, site_url, kind="article")
    assert not [address for address in heard.addresses if "/words-" in address]


@pytest.mark.parametrize("slips", ["Emergencyy video summmitx CSTO", "Emergncy wideo sumit"])
def test_a_title_is_found_by_most_of_its_letters(ask: Ask, slips: str) -> None:
    similar = ask(q=slips)["similar"]
    assert similar["hits"][0]["address"] == "events/video-summit-2022-09-13/"
    assert similar["heading"] == "Did you mean"


def test_quotation_marks_keep_words_together(ask: Ask) -> None:
    assert ask(q='"telephoned urgently"')["passages"]["hits"]
    assert ask(q='"urgently telephoned"') == {"status": "No results."}


def test_without_scripts_the_box_leads_to_the_indexes(plain_page: Page, site_url: str) -> None:
    plain_page.goto(site_url + PERSON)
    plain_page.locator(".find").click()
    plain_page.wait_for_url(f"{site_url}search/")
    expect(plain_page.get_by_text("needs scripts, which are off")).to_be_visible()
    plain_page.locator(".entry li a", has_text="People").click()
    plain_page.wait_for_url(f"{site_url}people/")


def test_a_site_without_an_index_says_so(page: Page, site_url: str) -> None:
    page.route("**/search/data/**", lambda route: route.fulfill(status=404, body=""))
    _open(page, site_url)
    expect(page.locator("dialog .search__status")).to_contain_text("without search")
    page.locator("dialog .search__rest a").click()
    page.wait_for_url(f"{site_url}search/")
    expect(page.locator(".search__status")).to_contain_text("without search")
    expect(page.locator(".entry li a", has_text="People")).to_be_visible()


def test_a_server_that_unpacks_files_does_no_harm(page: Page, site_url: str) -> None:
    import gzip

    def unpacked(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        route.fulfill(response=answer, body=gzip.decompress(answer.body()))  # type: ignore[attr-defined]

    page.route("**/search/data/*.gz", unpacked)
    _searched(page, site_url, q="Pashinian")


def test_an_address_that_is_none_searches_for_its_words(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}people/nikol-pashinian/")
    expect(page.locator(".search__input")).to_have_value("nikol pashinian")
    first = page.locator(".search__records .hit").first
    expect(first).to_contain_text("Nikol Pashinyan")
    first.click()
    page.wait_for_url(site_url + PERSON)


def test_nothing_of_it_is_loaded_before_it_is_used(page: Page, site_url: str, built_site: Path) -> None:
    heard = listen(page)
    page.goto(site_url + ARTICLE, wait_until="networkidle")
    loaded = [address for address in heard.addresses if "search" in address or "find.js" in address]
    assert [address.rpartition("/")[2] for address in loaded] == ["find.js"]
    assert (built_site / "assets/javascripts/find.js").stat().st_size < 2_000


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_and_the_dialog_fit_any_width(page: Page, site_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    _searched(page, site_url, q="Pashinian")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    _open(page, site_url)
    page.keyboard.type("Pashinian")
    expect(page.locator("dialog .search__passages .hit").first).to_be_visible()
    body = page.locator("dialog .search__body")
    assert body.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_no_page_breaks_the_policy_while_it_is_searched(page: Page, site_url: str) -> None:
    """The server sends the strictest policy with every answer, so what breaks it is told and does not run."""
    told: list[str] = []
    # Playwright keeps a note on what it calls, which a method of a list has no room for.
    page.expose_function("told", lambda line: told.append(line))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', "
        "({ violatedDirective, blockedURI, documentURI }) => told([violatedDirective, blockedURI, documentURI].join(' ')))"
    )
    heard = listen(page)
    for address in ("", PERSON, ARTICLE, "timeline/", "articles/", "search/"):
        answer = page.goto(site_url + address, wait_until="networkidle")
        assert answer
        assert "'unsafe-inline'" not in answer.headers["content-security-policy"]
        if address == "search/":
            # On its own page the key is a letter in the box that the page puts the focus in.
            expect(page.locator(".search__input")).to_be_focused()
        page.locator(".find").focus()
        page.keyboard.press("/")
        page.keyboard.type("Pashinian border")
        dialog = page.locator("dialog")
        expect(dialog.locator(".search__passages .hit").first).to_be_visible()
        dialog.locator(".search__open summary").click()
        dialog.locator(".search__facet input").first.check()
        expect(dialog.locator(".search__passages .hit").first).to_be_visible()
        expect(dialog.locator(".search[aria-busy]")).to_have_count(0)
    _searched(page, site_url, q="Pashinian", sort="newest")
    page.locator(".search__facet input[name=person]").first.check()
    expect(page.locator(".search__passages .hit").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert told == []
    assert heard.complaints == []
    # What listens hears: a style of the page's own is held back.
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('style'), { textContent: 'p {}' }))"
    )
    expect(page.locator("style")).to_have_count(1)
    page.wait_for_timeout(0)
    assert [line.partition(" ")[0] for line in told] == ["style-src-elem"]


@pytest.fixture(scope="module")
def plain_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site that MkDocs alone built of the tree, with no index of ours."""
    root = write_files(
        tmp_path_factory.mktemp("plain"),
        {
            "mkdocs.yml": "site_name: Plain\ntheme: {name: dossier}\nplugins: [dossier]\n"
            "markdown_extensions: [tables, toc]\n",
            "seeds/people.yml": "ana-lima: {name: Ana Lima}\n",
            "seeds/articles/2022-09-16-news.txt": "A headline\n\nAna Lima spoke.\n",
        },
    )
    write(root)
    with serving(root) as url:
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", root / "mkdocs.yml"],
            check=True,
            env=os.environ | {"SITE_URL": f"{url}site/"},
        )
        yield f"{url}site/"


def test_mkdocs_alone_builds_a_site_whose_search_leads_to_the_indexes(page: Page, plain_url: str) -> None:
    _open(page, f"{plain_url}articles/2022-09-16-news/")
    dialog = page.locator("dialog")
    expect(dialog.locator(".search__status")).to_contain_text("without search")
    page.keyboard.type("Ana")
    expect(dialog.locator(".search__status")).to_contain_text("without search")
    expect(dialog.locator(".search__passages, .search__records")).to_have_count(0)
    dialog.locator(".search__rest a").click()
    page.wait_for_url(f"{plain_url}search/")
    expect(page.locator(".search__status")).to_contain_text("without search")
    page.locator(".entry li a", has_text="People").click()
    page.wait_for_url(f"{plain_url}people/")
    expect(page.locator("main")).to_contain_text("Ana Lima")


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        # Another form of the word, one that stands nowhere as typed, and the beginning of one.
        ("telephoning", "telephoned"),
        ("telephones", "telephoned"),
        ("teleph", "telephoned"),
        ("TÉLÉPHONED", "telephoned"),
    ],
)
def test_a_word_is_found_by_its_forms_and_its_beginning(ask: Ask, query: str, marked: str) -> None:
    assert ask(q=query)["passages"]["hits"][0]["marks"][0] == marked


def test_a_word_in_several_files_is_found_as_if_it_were_in_one(
    page: Page, site_url: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = check(root)
    monkeypatch.setattr("generator.search.postings.LONG", 40)
    monkeypatch.setattr("generator.search.postings.RANGE", 8)
    write_search(searchable(Edition(checked.dossier, checked.links)), tmp_path)
    page.route(
        "**/ranged/**",
        lambda route: route.fulfill(body=(tmp_path / route.request.url.partition("ranged/")[2]).read_bytes()),
    )
    page.goto(site_url)
    asked = {
        "word": ["the", "of", "armenia", "telephoned", "csto", "nowhere"],
        "record": ["nikol-pashinyan", "csto", "armen-khachatrian", "nobody"],
        "phrase": ["the csto", "of the", "telephoned urgently", "urgently telephoned"],
    }
    found = page.evaluate(
        """async ([base, asked]) => {
            const { manifest, file } = await import(`${base}assets/javascripts/search/data.js`)
            const { Words } = await import(`${base}assets/javascripts/search/words.js`)
            const all = []
            for (const at of [new URL(base), new URL("ranged/", base)]) {
                const listed = await file(at, (await manifest(at)).words)
                const words = new Words(at, listed)
                const told = (texts) => [...texts].map(([text, { places }]) => [text, places]).sort(([a], [b]) => a - b)
                const exact = async (word) => (await words.word(word, true)).map(told)
                all.push({
                    files: listed.filter(([first], at) => first === listed[at - 1]?.[0]).length,
                    word: await Promise.all(asked.word.map(exact)),
                    like: await Promise.all(asked.word.map(async (word) => (await words.word(word)).map(told))),
                    record: await Promise.all(asked.record.map(async (id) => told(await words.record(id)))),
                    phrase: await Promise.all(asked.phrase.map(async (all) => told(await words.phrase(all.split(" "))))),
                })
            }
            return all
        }""",
        [site_url, asked],
    )
    whole, ranged = found
    assert whole["files"] < 5 < ranged["files"]
    for how in ("word", "record", "phrase"):
        assert ranged[how] == whole[how]
        assert [bool(texts and texts[0]) for texts in whole[how]] == [
            each not in ("nowhere", "nobody", "urgently telephoned") for each in asked[how]
        ]
    # Of its forms none of it is missing either.
    for like, exact in zip(ranged["like"], ranged["word"], strict=True):
        assert {text for text, _ in exact[0]} <= {text for text, _ in like[0]}
