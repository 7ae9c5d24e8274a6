"""The figures in a browser: filtered, zoomed, followed by keyboard, at every width, in the dark, on paper, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

PAGES = ("timeline/", "network/", "map/", "charts/")
_ROWS = ".entry .table tbody tr"


@pytest.fixture
def timeline(page: Page, site_url: str) -> Page:
    page.goto(f"{site_url}timeline/")
    page.locator(".figure-tools").wait_for()
    return page


def _shown(page: Page) -> tuple[int, int]:
    """Rows of the list and of the figure that no filter has removed."""
    rows = page.locator(f"{_ROWS}:not([hidden])").count()
    return rows, page.locator(".lanes li:visible").count()


def test_list_and_drawing_are_filtered_together_and_the_address_says_so(timeline: Page) -> None:
    whole = timeline.locator(_ROWS).count()
    assert _shown(timeline) == (whole, whole)
    timeline.select_option("select[name=kind]", "appeal")
    appeals = timeline.locator(f'{_ROWS} [data-kind="appeal"]').count()
    assert 0 < appeals < whole
    assert _shown(timeline) == (appeals, appeals)
    expect(timeline.locator("output")).to_have_text(f"{appeals} events shown of {whole}")
    # Lanes of other kinds leave no gap.
    assert timeline.locator(".lanes .kind:visible").all_text_contents() == ["appeal"]
    assert timeline.url.endswith("?kind=appeal")
    timeline.select_option("select[name=person]", "armenia")
    assert timeline.url.endswith("?kind=appeal&person=armenia")
    timeline.get_by_role("button", name="Show all").click()
    assert _shown(timeline) == (whole, whole)
    assert "?" not in timeline.url


def test_filters_list_people_as_indexes_do(timeline: Page) -> None:
    listed = timeline.locator("select[name=person] option").all_text_contents()[1:]
    names = [re.sub(r" \(\d+\)$", "", text) for text in listed]
    family = [
        name.split()[-1] for name in names if "Pashinyan" in name or "Lukashenk" in name or "Zas" in name
    ]
    assert len(family) > 1
    assert family == sorted(family)
    assert names != sorted(names)


def test_an_organization_is_found_by_those_who_spoke_for_it(timeline: Page, site_url: str) -> None:
    options = timeline.locator("select[name=person] option:not([value=''])")
    named = [(option.get_attribute("value"), option.text_content() or "") for option in options.all()]
    # What a row names beyond the first participants has a name, too.
    assert [value for value, text in named if text.startswith(f"{value} (")] == []
    timeline.select_option("select[name=person]", "armenia")
    listed = timeline.locator(f"{_ROWS}:not([hidden]) [data-in=event] + a").all_text_contents()
    timeline.goto(f"{site_url}organizations/armenia/")
    shown = timeline.locator("h2:has-text('Events') + * tbody tr td:nth-child(2) a").all_text_contents()
    assert len(shown) > 10
    assert sorted(listed) == sorted(shown)


def test_an_address_with_filters_shows_what_they_leave(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}timeline/?person=nikol-pashinyan&place=yerevan")
    page.locator(".figure-tools").wait_for()
    rows = page.locator(f"{_ROWS}:not([hidden])")
    assert rows.count() > 0
    for row in rows.all():
        assert row.locator('a[href$="/nikol-pashinyan/"]').count()
        assert row.locator('a[href$="/yerevan/"]').count()
    page.goto(f"{site_url}timeline/?person=nobody")
    expect(page.locator("output")).to_have_text(re.compile("^0 events shown"))
    assert _shown(page) == (0, 0)


def test_filters_by_keyboard_alone(timeline: Page) -> None:
    timeline.locator("select[name=place]").focus()
    timeline.keyboard.press("ArrowDown")
    expect(timeline.locator("select[name=place]")).not_to_have_value("")
    assert "place=" in timeline.url
    rows, _ = _shown(timeline)
    assert 0 < rows < timeline.locator(_ROWS).count()


def test_zoom_goes_to_where_events_are_and_the_address_keeps_it(timeline: Page) -> None:
    scale = timeline.locator(".lanes .scale > text")
    at_first = scale.all_text_contents()
    whole = timeline.locator(_ROWS).count()
    closer = timeline.get_by_role("button", name="Zoom in")
    closer.click()
    closer.click()
    rows, drawn = _shown(timeline)
    # A quarter of the axis has more than a third of the events, and list, figure and line say the same.
    assert whole > rows == drawn > whole / 3
    expect(timeline.locator("output")).to_have_text(f"{rows} events shown of {whole}")
    assert scale.all_text_contents() != at_first
    assert "from=20" in timeline.url
    assert "to=20" in timeline.url
    timeline.reload()
    timeline.locator(".figure-tools").wait_for()
    assert _shown(timeline) == (rows, drawn)
    # All that is still drawn lies within the column of the marks.
    inside = """() => { const box = document.querySelector('.lanes .scale').getBoundingClientRect()
        return [...document.querySelectorAll('.lanes .m :is(circle, rect)')].filter(m => m.checkVisibility())
        .every(m => m.getBoundingClientRect().right > box.left - 6 && m.getBoundingClientRect().left < box.right + 6) }"""
    assert timeline.evaluate(inside)
    timeline.locator(".lanes").focus()
    for key in ("-", "ArrowLeft", "+"):
        timeline.keyboard.press(key)
    assert 0 < _shown(timeline)[0] < whole
    timeline.keyboard.press("Home")
    assert _shown(timeline) == (whole, whole)
    assert "from=" not in timeline.url
    expect(timeline.get_by_role("button", name="Full timeline")).to_be_disabled()


def test_the_wheel_scrolls_the_page_and_zooms_with_a_modifier(timeline: Page) -> None:
    def places() -> list[str]:
        found: list[str] = timeline.locator(".lanes .m circle").evaluate_all(
            "all => all.map(one => one.getAttribute('cx'))"
        )
        return found

    timeline.locator(".lanes").hover(position={"x": 900, "y": 40})
    before = places()
    timeline.mouse.wheel(0, 120)
    timeline.wait_for_function("() => scrollY > 0")
    assert places() == before
    timeline.keyboard.down("Control")
    timeline.mouse.wheel(0, -120)
    timeline.keyboard.up("Control")
    expect(timeline.get_by_role("button", name="Full timeline")).to_be_enabled()
    assert places() != before


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("timeline/", ".lanes .m"),
        ("network/", ".fig .tie"),
        ("network/", ".fig .node"),
        ("map/", ".fig .spot"),
    ],
)
def test_links_are_reached_by_keyboard_and_seen_to_be(
    page: Page, site_url: str, path: str, link: str
) -> None:
    page.goto(site_url + path, wait_until="networkidle")
    first = page.locator(link).first
    page.evaluate(
        "target => { const all = [...document.querySelectorAll('a, button, select, [tabindex]')];"
        " all[all.indexOf(target) - 1].focus() }",
        first.element_handle(),
    )
    page.keyboard.press("Tab")
    expect(first).to_be_focused()
    drawn = first.locator(":is(circle, rect, path, line):not(.hit)").first
    accent = page.evaluate(
        "() => { const probe = document.createElement('i'); probe.style.color = 'var(--accent)';"
        " document.body.append(probe); const found = getComputedStyle(probe).color; probe.remove(); return found }"
    )
    expect(drawn).to_have_css("stroke", accent)
    href = first.evaluate("a => a.href.baseVal ?? a.href")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != site_url + path)
    assert href.rstrip("/").rpartition("/")[2] in page.url


def test_a_tie_leads_to_the_evidence_for_it(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}network/", wait_until="networkidle")
    tie = page.locator(".fig .tie", has=page.locator(".statements")).first
    ends = (tie.get_attribute("data-ends") or "").split()
    title = tie.locator("title").text_content() or ""
    tie.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site_url}network/{ends[0]}--{ends[1]}/")
    said = page.locator(".entry blockquote .said").count()
    assert f"{said} statement" in title
    citation = page.locator('.entry a[href*="/articles/"][href*="#p"]').first
    citation.click()
    page.wait_for_url(re.compile(r"/articles/.*#p\d+(-[a-z0-9-]+)?$"))


def test_a_tie_on_a_persons_page_leads_to_what_shows_it(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}people/nikol-pashinyan/", wait_until="networkidle")
    ties = page.locator(".fig-own .tie")
    rows = page.locator(".ties > li")
    assert ties.count() == rows.count() > 0
    ties.first.focus()
    page.keyboard.press("Enter")
    row = page.locator(".ties > li:has(:target)")
    expect(row.locator(":target")).to_be_in_viewport()
    assert row.locator('a[href*="#p"], a[href*="/events/"]').count()


def test_table_and_figure_count_alike(page: Page, site_url: str) -> None:
    for path, drawn in (("timeline/", ".lanes .m"), ("network/", ".fig-graph .tie")):
        page.goto(site_url + path)
        assert page.locator(drawn).count() == page.locator(_ROWS).count() > 10, path
    page.goto(f"{site_url}map/")
    keys = page.locator(".fig .spot[data-key]").evaluate_all("all => all.map(one => one.dataset.key)")
    beyond = page.locator(".fig figcaption a").count()
    assert len({*keys}) + beyond == page.locator(_ROWS).count()


def test_without_scripts_figures_and_lists_are_whole(plain_page: Page, site_url: str) -> None:
    for path in PAGES:
        plain_page.goto(site_url + path)
        expect(plain_page.locator(".fig svg:visible").first).to_be_visible()
        expect(plain_page.locator(_ROWS).first).to_be_visible()
        assert plain_page.locator(".figure-tools").count() == 0


# All words that a figure shows, with the size at which they are drawn.
_WORDS = """() => {
  const seen = []
  for (const text of document.querySelectorAll('.fig text, .fig .t, .fig .kind, .fig figcaption, .figure-tools *')) {
    const box = text.getBoundingClientRect()
    if (!text.textContent.trim() || !text.checkVisibility() || !box.width) continue
    const drawn = text.getScreenCTM?.()
    const size = parseFloat(getComputedStyle(text).fontSize) * (drawn ? Math.hypot(drawn.a, drawn.b) : 1)
    seen.push([text.textContent.trim(), Math.round(size * 10) / 10])
  }
  return seen
}"""
# What is cut by the window's edge where the figure does not scroll.
_CUT = """() => [...document.querySelectorAll('.fig text, .fig .t, .fig figcaption span')].filter(text => {
  const box = text.getBoundingClientRect(), figure = text.closest('.fig')
  return text.checkVisibility() && figure.scrollWidth <= figure.clientWidth + 1
    && (box.right > innerWidth + 1 || box.left < -1)
}).map(text => text.textContent)"""


def test_words_in_figures_are_large_enough_and_whole_at_every_width(page: Page, site_url: str) -> None:
    for path in (*PAGES, "", "people/nikol-pashinyan/", "organizations/csto/"):
        page.goto(site_url + path, wait_until="networkidle")
        for width in (390, 820, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            words = page.evaluate(_WORDS)
            assert words or path not in PAGES, (path, width)
            assert [(text, size) for text, size in words if size < 12] == [], (path, width)
            assert page.evaluate(_CUT) == [], (path, width)
            # A legend is a line of samples as small as its words.
            samples = page.locator(".fig figcaption svg:visible").all()
            assert all((one.bounding_box() or {"width": 0})["width"] < 40 for one in samples), (path, width)


def test_arcs_cross_no_title(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}timeline/", wait_until="networkidle")
    for width in (820, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        crossed = page.evaluate(
            """() => { const titles = [...document.querySelectorAll('.lanes .t')].map(t => t.getBoundingClientRect())
            const arcs = [...document.querySelectorAll('.arcs path[data-a]')].map(a => a.getBoundingClientRect())
            return [arcs.length, arcs.filter(a => titles.some(t => t.right > a.left)).length] }"""
        )
        assert crossed[0] > 3
        assert crossed[1] == 0


def test_on_a_telephone_the_timeline_is_drawn_below_each_title(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site_url}timeline/", wait_until="networkidle")
    row = page.locator(".lanes li").first
    title, plot = (row.locator(css).bounding_box() for css in (".t", ".plot"))
    assert title
    assert plot
    assert plot["y"] >= title["y"] + title["height"] - 1
    assert plot["width"] > 300
    expect(page.locator(".arcs path[data-a]").first).to_be_attached()
    expect(page.locator("select[name=kind]")).to_be_visible()
    page.goto(site_url)
    # The strip of the home page gives way to a list of the most important events.
    expect(page.locator(".fig-line > svg").first).to_be_hidden()
    expect(page.locator(".fig-line > ol > li").first).to_be_visible()
    page.goto(f"{site_url}network/", wait_until="networkidle")
    assert page.locator(".fig-network").evaluate("box => box.scrollWidth > box.clientWidth")


def test_figures_follow_the_colours_and_the_paper(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}map/")
    land = "getComputedStyle(document.querySelector('.fig-map .land')).fill"
    colours = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(50)
        colours.add(page.evaluate(land))
    assert len(colours) == 2
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{site_url}timeline/")
    expect(page.locator(".figure-tools")).to_be_hidden()
    expect(page.locator(".lanes")).to_be_visible()
    ink = page.locator(".lanes .t").first.evaluate("one => getComputedStyle(one).color")
    assert all(int(part) < 90 for part in re.findall(r"\d+", ink)[:3])


@pytest.mark.parametrize("path", ["network/", "timeline/", "map/", "", "people/nikol-pashinyan/"])
def test_the_keyboard_passes_by_a_figure(page: Page, site_url: str, path: str) -> None:
    page.goto(site_url + path, wait_until="networkidle")
    skip = page.locator(".figure-skip").first
    skip.focus()
    assert (skip.bounding_box() or {"width": 0})["width"] > 50
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert not page.evaluate("Boolean(document.activeElement.closest('.fig svg'))")
    behind = "skip => skip.closest('.fig').compareDocumentPosition(document.activeElement)"
    # What has the focus follows the figure, or stands in the line below it.
    assert skip.evaluate(behind) in (4, 20)


def test_most_ties_are_folded_until_wanted(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}network/")
    rows = page.locator(_ROWS)
    assert page.locator(f"{_ROWS}:visible").count() == 30 < rows.count()
    page.locator(".more > summary").click()
    assert page.locator(f"{_ROWS}:visible").count() == rows.count()


def test_map_zooms_to_where_most_happened_and_the_address_keeps_it(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}map/")
    names = page.locator(".atlas.fig-map .spot .t:not(.off)")
    inside = page.locator(".atlas.fig-map .at:not(.off) > .spot")
    before = inside.count()
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    assert 1 < inside.count() < before
    # Names that had no room are shown now.
    expect(page.locator(".atlas.fig-map .spot[data-key=armenia] .t")).to_be_visible()
    assert "zoom=8" in page.url
    near = re.search("near=([a-z-]+)", page.url)
    assert near
    shown = inside.evaluate_all("all => all.map(one => one.dataset.key)")
    page.reload()
    expect(page.get_by_role("button", name="Whole map")).to_be_enabled()
    assert inside.evaluate_all("all => all.map(one => one.dataset.key)") == shown
    page.locator(".atlas.fig-map").focus()
    page.keyboard.press("Home")
    assert "zoom=" not in page.url
    assert inside.count() == before
    assert names.count() > 5
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator(".atlas.fig-map")).to_be_hidden()
    # All marks are within what a phone shows.
    boxes = page.locator(".fig-map-narrow .spot").evaluate_all(
        "all => all.map(one => one.querySelector('rect, path').getBoundingClientRect()).map(b => [b.left, b.right])"
    )
    assert len(boxes) > 5
    assert all(left > 0 and right < 390 for left, right in boxes)


def test_network_finds_somebody_and_switches_sorts_of_ties(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}network/")
    told, ties = page.locator(".figure-tools output"), page.locator(".fig-graph .tie")
    total = ties.count()
    expect(told).to_have_text(f"{total} connections shown of {total}")
    for sort in ("Events", "Paragraphs"):
        page.get_by_role("checkbox", name=sort).uncheck()
    said = page.locator(".fig-graph .tie:has(.statements)").count()
    assert page.locator(".fig-graph .tie:not(.off)").count() == said < total
    expect(told).to_have_text(f"{said} connections shown of {total}")
    assert page.locator(".fig-graph .events").first.is_hidden()
    page.get_by_label("Find somebody").fill("putin")
    found = page.locator(".fig-graph .node.found")
    expect(found).to_have_attribute("data-key", "vladimir-putin")
    # Names of the others are dim, and the table lists the ties that are lit.
    assert page.locator(".fig-graph .node.away:not(.off)").count() > 3
    lit = page.locator(".fig-graph .tie.near:not(.off)").count()
    expect(told).to_have_text(re.compile(f"^{lit} connections? shown"))
    assert page.locator(".entry table tbody tr:not([hidden])").count() == lit > 0
    assert "who=vladimir-putin" in page.url
    page.reload()
    expect(page.locator(".fig-graph .node.found")).to_have_attribute("data-key", "vladimir-putin")
    expect(page.get_by_role("checkbox", name="Events")).not_to_be_checked()
    page.locator('.fig-graph .node[data-key="russia"]').hover()
    page.wait_for_timeout(400)
    # No preview covers what is lit.
    assert page.locator(".preview").count() == 0


def test_marks_of_positions_show_their_words_and_lead_to_them(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site_url}issues/csto-future/", wait_until="networkidle")
    marks = page.locator(".fig-positions .position")
    boxes = [box for mark in marks.all() if (box := mark.bounding_box())]
    assert len(boxes) > 5
    assert all(box["width"] >= 24 and box["height"] >= 24 for box in boxes)
    mark = page.locator('.position[href="#said-pashinyan-committed"]')
    mark.focus()
    expect(page.get_by_role("tooltip")).to_contain_text("16 May 2022, supportive: Armenia remains committed")
    mark.click()
    expect(page.locator("#said-pashinyan-committed")).to_be_in_viewport()
