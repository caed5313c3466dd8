"""The scripts in a real browser, under the shop's own content policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.servers.chromium import until

FOCUSED = "document.activeElement.id || document.activeElement.getAttribute('aria-label')"


def test_the_bag_opens_as_a_sheet_and_gives_the_focus_back(visit):
    page = visit("/shop")
    assert page.inner_text("#bag-badge .bubble") == "2"

    page.click("a[href='/bag']")
    page.wait_for_selector("#sheet[open]")
    assert page.evaluate(FOCUSED) == "sheet-title"

    page.keyboard.press("Escape")
    page.wait_for_selector("#sheet", state="hidden")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/bag"
    assert page.inner_html("#sheet") == ""


def test_the_backdrop_closes_a_sheet(visit):
    page = visit("/dev/ui")

    page.click("[data-open=demo-sheet]")
    page.wait_for_selector("#demo-sheet[open]")
    page.mouse.click(195, 10)

    page.wait_for_selector("#demo-sheet", state="hidden")
    assert page.evaluate("document.activeElement.dataset.open") == "demo-sheet"


def test_arrow_keys_walk_the_suggestions(visit):
    page = visit("/shop")
    page.click("[data-open=search-sheet]")
    assert page.evaluate(FOCUSED) == "q-sheet"

    page.keyboard.type("lev")
    page.wait_for_selector("#q-sheet-list [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    field = page.locator("#q-sheet")
    expect(field).to_have_value("levi 501")
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-activedescendant") == "s2"

    page.keyboard.press("Escape")
    expect(page.locator("#q-sheet-list [role=option]")).to_have_count(0)
    page.keyboard.press("Escape")
    page.wait_for_selector("#search-sheet", state="hidden")


def test_a_form_is_sent_once(visit):
    page = visit("/shop")
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.evaluate("document.getElementById('go').click(); document.getElementById('go').click()")
    expect(page.locator("#posted")).not_to_be_empty()

    assert sent.count("POST") == 1
    page.wait_for_selector("#go:not([aria-busy])")
    page.click("#go")
    page.wait_for_selector("#go:not([aria-busy])")
    assert sent.count("POST") == 2


def test_a_failure_is_said_and_changes_nothing(visit):
    page = visit("/shop")

    page.click("#break")

    page.wait_for_selector(".toast-error")
    assert page.inner_text("#break") == "Break"


def test_the_server_can_say_something_and_refresh_the_bag(visit):
    page = visit("/shop")

    with page.expect_request("**/bag/badge"):
        page.click("#announce")

    assert "Saved" in page.inner_text(".toast-ok")
    page.click(".toast-ok [data-dismiss]")
    expect(page.locator(".toast")).to_have_count(0)


def test_the_end_of_a_countdown_fetches_what_comes_after(visit):
    page = visit("/shop")

    expect(page.locator(".countdown")).to_have_text("over")


def test_a_stepper_stops_at_its_limits(visit):
    page = visit("/shop")

    page.click("[data-step='1']")

    assert page.input_value("#n") == "2"
    assert page.is_disabled("[data-step='1']")
    assert page.is_enabled("[data-step='-1']")


def test_the_gallery_counts_along_and_enlarges(visit):
    page = visit("/dev/ui")

    page.click(".dots a:nth-child(3)")
    expect(page.locator("[data-at]")).to_have_text("3")
    assert page.get_attribute(".dots a:nth-child(3)", "aria-current") == "true"

    page.click("#photo-3 [data-zoom]")
    page.wait_for_selector(".lightbox[open]")


def test_a_photograph_opens_by_itself_when_its_script_does_not_come(visit):
    page = visit("/dev/ui")
    page.route("**/zoom.js*", lambda route: route.fulfill(status=404))
    file = page.get_attribute("#photo-1 [data-zoom]", "href")

    page.click("#photo-1 [data-zoom]")

    page.wait_for_url(f"**{file}")


def test_the_large_photograph_obeys_keys(visit):
    page = visit("/dev/ui")
    page.click("#photo-1 [data-zoom]")
    scale, view = (
        page.locator(".lightbox[open] [data-scale]"),
        page.locator(".lightbox[open] .lightbox-view"),
    )
    shown = page.locator(".lightbox[open] img")
    until(page, "document.querySelector('.lightbox[open] img')?.complete")
    first = shown.get_attribute("src")

    page.keyboard.press("+")
    page.keyboard.press("+")
    expect(scale).to_have_text("225 %")
    before = view.evaluate("view => view.scrollLeft")
    page.keyboard.press("ArrowRight")
    assert view.evaluate("view => view.scrollLeft") > before > 0
    page.keyboard.press("-")
    expect(scale).to_have_text("150 %")
    page.keyboard.press("Home")
    expect(scale).to_have_text("100 %")

    page.keyboard.press("ArrowRight")
    expect(shown).not_to_have_attribute("src", first)
    page.keyboard.press("ArrowLeft")
    expect(shown).to_have_attribute("src", first)
    for _press in range(4):
        page.click("[data-larger]")
    expect(scale).to_have_text("400 %")
    page.keyboard.press("Escape")
    page.wait_for_selector(".lightbox", state="hidden")
    assert page.evaluate("document.activeElement.matches('#photo-1 [data-zoom]')")


def test_the_large_photograph_obeys_two_fingers(visit):
    page = visit("/dev/ui", has_touch=True, is_mobile=True)
    page.tap("#photo-1 [data-zoom]")
    scale = page.locator(".lightbox[open] [data-scale]")
    page.wait_for_selector(".lightbox[open]")
    browser = page.context.new_cdp_session(page)

    def fingers(kind, *places):
        points = [{"x": x, "y": 400, "id": at} for at, x in enumerate(places)]
        browser.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 150, 250)
    for reach in (20, 40, 50):
        fingers("touchMove", 150 - reach, 250 + reach)
    fingers("touchEnd")
    expect(scale).to_have_text("200 %")
    assert page.evaluate("visualViewport.scale") == 1

    fingers("touchStart", 100, 300)
    fingers("touchMove", 180, 220)
    fingers("touchEnd")
    expect(scale).to_have_text("100 %")


def test_chat_apps_are_told_where_a_payment_works(visit):
    page = visit("/dev/ui", user_agent="Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.55")

    page.click("[data-outside]")

    page.wait_for_selector("#outside[open]")


def test_keys_walk_and_choose_rows(visit):
    page = visit("/admin/orders", viewport={"width": 1280, "height": 800})
    assert page.is_hidden("[data-bulk]")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.inner_text("[data-said]") == "1 chosen"
    assert page.evaluate("document.querySelector('[data-select-all]').indeterminate")

    page.check("[data-select-all]")
    assert page.inner_text("[data-said]") == "2 chosen"

    page.keyboard.press("/")
    page.keyboard.type("jx")
    assert page.input_value("#admin-q") == "", "the checkbox has the focus, so keys belong to it"


def test_keys_can_be_switched_off(visit):
    page = visit("/admin/orders", viewport={"width": 1280, "height": 800})
    page.keyboard.press("?")
    page.wait_for_selector("#keys-title")
    page.locator("[data-keys-switch]").uncheck()
    page.keyboard.press("Escape")

    page.keyboard.press("j")

    expect(page.locator("tr.is-at")).to_have_count(0)


def test_a_phone_reaches_every_part_of_the_counter(visit):
    page = visit("/admin/orders")

    page.click(".tabs button")

    assert page.is_visible("#everything a[href='#Callbacks']")


def test_the_view_that_is_open_is_seen_where_the_row_is_wider_than_the_phone(visit):
    page = visit("/admin/orders", viewport={"width": 320, "height": 640})

    box = page.locator(".chip-row [aria-current]").bounding_box()

    assert box is not None
    assert box["x"] + box["width"] <= 320


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(visit, width):
    page = visit("/dev/ui", viewport={"width": width, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_nothing_needs_them(visit):
    page = visit("/dev/ui", java_script_enabled=False)

    assert page.locator("[data-step]").first.is_hidden()
    assert page.is_visible("[data-bulk]")
    page.click("[data-outside]")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("path", ["/dev/ui", "/admin/orders"])
def test_no_breach_of_accessibility_rules(visit, path, mode):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(f"{path}?mode={mode}")

    found = Axe().run(page).response["violations"]

    assert [(breach["id"], [node["target"] for node in breach["nodes"]]) for breach in found] == []
