"""Every macro shows every state, stands on its own, and lets no value break out of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from jinja2 import Environment, meta

from app.platform.money import Money
from tests.ui.workbench import HOSTILE, NAVIGATION, ROOT

TEMPLATES = ROOT / "templates"
FILES = sorted((TEMPLATES / "ui").glob("*.html"))
GIVEN = {"_", "ngettext", "static_url"}
"""All a macro may use beside its own arguments."""
MACRO = re.compile(r"{%-? macro ([a-z]\w*)\(")
FILLED_LATER = {"sheet-title"}
"""Named by the empty sheet of base.html, which htmx fills."""


class Page(HTMLParser):
    """The ids of a page and what refers to them."""

    REFERENCES = ("for", "aria-controls", "aria-describedby", "aria-labelledby", "popovertarget")

    def __init__(self, html):
        super().__init__()
        self.ids, self.references, self.nameless = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "id" in found:
            self.ids.append(found["id"])
        for name in self.REFERENCES:
            self.references += (found.get(name) or "").split()
        if tag == "img" and "alt" not in found:
            self.nameless.append(found)


def macros():
    return sorted(name for path in FILES for name in MACRO.findall(path.read_text("utf-8")))


@pytest.mark.parametrize("mode", ["auto", "light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_living_page_renders(show, language, mode):
    html = show("dev/ui.html", language, mode)

    assert f'<html lang="{language}" data-mode="{mode}">' in html
    assert ("Pay the deposit" in html) == (language == "en")
    assert ("付订金" in html) == (language == "zh-Hans")


def test_ids_are_unique_and_references_lead_somewhere(show):
    page = Page(show("dev/ui.html"))

    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) - set(page.ids) <= FILLED_LATER
    assert page.nameless == []


def test_every_macro_is_on_a_page():
    used = set()
    for path in TEMPLATES.rglob("*.*"):
        source = re.sub(r"{#.*?#}", "", path.read_text("utf-8"), flags=re.DOTALL)
        used |= set(re.findall(r"\bui\.(\w+)\(", source))

    assert [name for name in macros() if name not in used and not name.startswith("mail_")] == []


def test_the_living_page_lists_every_macro():
    comment = (TEMPLATES / "dev/ui.html").read_text("utf-8").partition("#}")[0]

    assert [name for name in macros() if f" {name}(" not in comment] == []


def test_macro_names_are_unique():
    assert len(macros()) == len(set(macros()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_says_how_its_macros_are_used(path):
    comment = re.match(r"{#(.*?)#}", path.read_text("utf-8"), re.DOTALL)

    assert comment
    assert "Usage:" in comment[1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_macros_need_nothing_from_the_page(path):
    environment = Environment(autoescape=True)
    environment.filters |= {"money": str, "time_tag": str}
    tree = environment.parse(path.read_text("utf-8"))

    assert meta.find_undeclared_variables(tree) <= GIVEN


def test_inherited_headers_say_so():
    """Without the modifier htmx 4 sends them with no request of the elements inside."""
    for path in TEMPLATES.rglob("*.html"):
        assert not re.search(r"hx-headers(?!:inherited)\s*=", path.read_text("utf-8")), path


@pytest.mark.parametrize(
    "source",
    [
        "{{ ui.field('a', value, value=value, hint=value, error=value) }}",
        "{{ ui.field('a', value, type='textarea', value=value) }}",
        "{{ ui.field('a', value, type='select', value=value, options=[(value, value)]) }}",
        "{{ ui.button(value, name=value, value=value, reason=value, attrs={'data-x': value}) }}",
        "{{ ui.chip(value, href=value) }}{{ ui.chip_applied(value, value) }}{{ ui.badge(value) }}",
        "{{ ui.radio_card('a', value, value, detail=value, aside=value, reason=value) }}",
        "{{ ui.checkbox('a', value, error=value) }}{{ ui.switch('b', value, hint=value) }}",
        "{{ ui.error_summary([(value, value)]) }}{{ ui.banner(value, title=value) }}",
        "{{ ui.toast(value, undo=value) }}{{ ui.number(value) }}{{ ui.copy_text(value) }}",
        "{{ ui.fault_row(value, value, photo_href=value, photo_number=value) }}",
        "{{ ui.ledger_row(1, value, value, value, value, note=value) }}",
        "{{ ui.search_box('/search', value=value, placeholder=value, suggest='/s') }}",
        "{{ ui.suggestion('s', value, value, rest=value, note=value) }}",
        "{{ ui.qr_panel(value, value, code=value) }}{{ ui.pairs([(value, value)]) }}",
        "{{ ui.stitch(1, 2, value) }}{{ ui.breadcrumb([{'label': value, 'href': value}]) }}",
        "{{ ui.language_switch('en', value, request.args) }}{{ ui.mode_switch('auto', value) }}",
        "{{ ui.mail_title(value) }}{{ ui.mail_text(value) }}{{ ui.mail_button(value, value) }}",
    ],
)
def test_values_stay_values(show, source):
    html = show(source, value=HOSTILE)

    assert "<b onclick" not in html
    assert "&lt;b onclick" in html


def test_a_field_ties_its_words_to_the_control(show):
    html = show("{{ ui.field('phone', 'Phone', hint='Why', error='Too short', required=False) }}")

    assert 'aria-describedby="phone-hint phone-error"' in html
    assert 'aria-invalid="true"' in html
    assert "(optional)" in html
    assert " required" not in html


def test_a_field_keeps_zero_and_forgets_passwords(show):
    assert 'value="0"' in show("{{ ui.field('n', 'Number', type='number', value=0) }}")
    assert "secret" not in show("{{ ui.field('p', 'Word', type='password', value='secret') }}")


def test_a_select_finds_its_value_inside_a_group(show):
    html = show(
        "{{ ui.field('r', 'Region', type='select', value=2,"
        " options=[('', 'Choose'), {'label': 'North', 'options': [(2, 'Two'), (3, 'Three')]}]) }}"
    )

    assert '<option value="2" selected>' in html
    assert html.count("selected") == 1


def test_what_cannot_be_found_cannot_be_chosen(show):
    assert "<a" not in show("{{ ui.chip('70s', href='?era=70s', count=0) }}")
    assert "<a" in show("{{ ui.chip('70s', href='?era=70s', count=0, on=True) }}")
    assert "disabled" in show("{{ ui.chip_check('70s', 'era', '70s', count=0) }}")


@pytest.mark.parametrize(
    ("value", "maximum", "end", "mark"),
    [
        (0, 100, None, None),
        (83, 100, "83.0%", None),
        (200, 100, "100.0%", "50.0%"),
        (0, 0, None, None),
    ],
)
def test_the_stitch_is_as_long_as_the_progress(show, value, maximum, end, mark):
    html = show("{{ ui.stitch(value, maximum, 'so far') }}", value=value, maximum=maximum)

    assert re.findall(r'class="thread"[^>]*x2="([^"]+)"', html) == ([end] if end else [])
    assert re.findall(r'class="mark"[^>]*x2="([^"]+)"', html) == ([mark] if mark else [])
    assert f'aria-valuenow="{min(value, maximum)}"' in html


def test_a_price_says_what_it_was(show):
    html = show("{{ ui.price(now_, was=was) }}", now_=Money(98000, "CNY"), was=Money(128000, "CNY"))

    assert "¥980" in html
    assert '<s class="was">¥1,280</s>' in html
    assert "Price before" in html
    assert "询价" in show("{{ ui.price(None) }}", "zh-Hans")


def test_a_sold_piece_says_so_and_a_heading_level_is_kept(show):
    piece = SimpleNamespace(url="/i/0429", no="0429", title="Dress", state="sold", image=None)
    piece.price = Money(1, "CNY")

    html = show("{{ ui.product_card(piece, level=2) }}", piece=piece)

    assert "Sold" in html
    assert "<h2" in html
    assert "<s " in html


def test_the_bag_asks_once_for_its_count(show):
    assert 'hx-trigger="load, bag:changed from:body"' in show("{{ ui.bag_badge() }}")
    answer = show("{{ ui.bag_badge(1) }}")
    assert 'hx-trigger="bag:changed from:body"' in answer
    assert "1 piece<" in answer


def test_the_last_page_has_no_further_link(show):
    assert "Show 16 more" in show("{{ ui.load_more('?page=3', 48, 64) }}")
    assert "<a" not in show("{{ ui.load_more(None, 64, 64) }}")


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("layout", ["shop", "checkout", "account", "admin"])
def test_layouts_render(show, layout, language):
    source = "{% extends layout %}{% block title %}T{% endblock %}"

    html = show(source, language, layout=f"layouts/{layout}.html", nav=NAVIGATION)

    assert "<title>T</title>" in html
    assert 'href="#main"' in html
    assert "<b onclick" not in html


def test_a_page_tells_machines_what_it_is(show):
    html = show(
        "{% extends 'layouts/shop.html' %}",
        canonical_url="https://example.com/i/0427",
        og={"title": "</title><script>", "description": None, "image": "https://example.com/o.jpg"},
        structured_data=[{"@type": "Product", "name": "</script><script>alert(1)</script>"}],
    )

    assert '<link rel="canonical" href="https://example.com/i/0427">' in html
    assert 'hreflang="zh-Hans" href="https://example.com/i/0427?lang=zh-Hans"' in html
    assert "alert(1)</script>" not in html
    assert "<script>" not in html


def test_the_language_switch_keeps_the_rest_of_the_address(show):
    html = show("{{ ui.language_switch('en', '/c/coats', request.args) }}")

    assert 'href="/c/coats?lang=zh-Hans&amp;era=70s"' in html


@pytest.mark.parametrize("template", ["errors/500.html", "errors/maintenance.html"])
def test_the_last_pages_need_nothing(template):
    source = (TEMPLATES / template).read_text("utf-8")

    html = Environment(autoescape=True).from_string(source).render()

    assert "我们" in html or "店铺" in html


def test_mails_come_in_both_forms(show):
    facts = {"subject": HOSTILE, "why": "You ordered."}
    source = "{% extends 'layouts/mail.html' %}{% block main %}{{ ui.mail_code('482 913', 'x') }}"
    html = show(source + "{% endblock %}", **facts)
    text = show("layouts/mail.txt", **facts)

    assert "<b onclick" not in html
    assert "482 913" in html
    assert HOSTILE in text, "plain text is not escaped"
