"""Lists: filters with their counts, one address for each list, a page at a time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.catalog.commands import products, stock
from app.catalog.models import MovementReason, ProductState
from app.platform.actor import SYSTEM
from app.search.commands import indexing
from tests.cast import autumn, house, piece, product_of
from tests.conftest import MONDAY

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
PICKED = {"HX-Request": "true", "HX-Request-Type": "full"}
A_PAGE = 24


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def rail(owner):
    """Three of the seventies, one of them blue and of grade A, and a green one of the sixties."""
    autumn(MONDAY)
    kinds = (
        {"era": "1970s", "grade": "A", "colour": "blue", "brand": "Alder & Söhne", "price": 30000},
        {"era": "1970s", "grade": "B", "colour": "green", "chest": 900, "price": 90000},
        {"era": "early 1970s", "grade": "B", "colour": "green", "price": 120000},
        {"era": "1960s", "grade": "B", "colour": "green", "material": {"zh-Hans": "亚麻"}},
    )
    return [piece(owner, MONDAY, collections=("autumn",), **kind) for kind in kinds]


def counts(text):
    """Each value that can be ticked with its count; one that is disabled is None."""
    rows = re.findall(r'name="(\w+)" value="([^"]+)"( checked| disabled)?>.*?count">(\d+)', text)
    return {
        f"{facet}={value}": None if state == " disabled" else int(number)
        for facet, value, state, number in rows
    }


def numbers(text):
    return [int(number) for number in re.findall(r'href="/i/(\d+)', text)]


def test_a_facet_is_counted_as_if_nothing_of_it_were_chosen(client, rail):
    found = counts(client.get("/c/autumn?era=1970s&colour=green").text)

    assert (found["era=1970s"], found["era=1960s"]) == (2, 1)
    assert (found["colour=green"], found["colour=blue"]) == (2, 1)
    assert (found["grade=B"], found["grade=A"]) == (2, None)
    assert (found["size=chest-88-96"], found["size=chest-104-112"]) == (1, 1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("era=1970s", 3),
        ("era=1960s&era=1970s", 4),
        ("era=1970s&grade=A&grade=B&colour=blue", 1),
        ("brand=Alder%20%26%20S%C3%B6hne", 1),
        ("material=linen", 1),
        ("size=chest-104-112&size=chest-88-96", 4),
        ("min=301&max=900", 1),
        ("max=300", 1),
        ("stock=sold", 0),
        ("garment=shoes", 0),
    ],
)
def test_values_of_a_facet_add_and_facets_narrow(client, rail, query, found):
    for path in ("/c/autumn", "/c/all"):
        assert len(numbers(client.get(f"{path}?{query}").text)) == found


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("colour=green&era=1970s&era=1960s", "era=1960s&era=1970s&colour=green"),
        ("era=1970s&min=&max=&sort=new&grade=Z&stock=maybe", "era=1970s"),
        ("min=900&max=100&after=", "min=100&max=900"),
        ("page=3&sort=price_up", None),
        ("utm_source=chat", None),
    ],
)
def test_every_list_has_one_address(client, rail, typed, written):
    answer = client.get(f"/c/autumn?{typed}")

    assert answer.status_code == (200 if written is None else 302)
    assert answer.location == (None if written is None else f"/c/autumn?{written}")


def test_the_language_survives_being_sent_to_the_right_address(client, rail):
    answer = client.get("/c/autumn?min=&era=1970s&lang=zh-Hans")

    assert answer.location == "/c/autumn?era=1970s&lang=zh-Hans"


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [("", True), ("?era=1970s&grade=B", True), ("?era=1970s&grade=B&max=900", False),
     ("?sort=price_up", False)],
)  # fmt: skip
def test_search_engines_keep_shallow_lists_only(client, rail, query, is_kept):
    text = client.get(f"/c/autumn{query}").text

    assert ('content="noindex"' not in text) == is_kept
    canonical = re.search(r'rel="canonical" href="[^"]*?(/c/[^"]*)"', text)
    assert canonical is not None
    assert "sort" not in canonical[1]


def test_filters_that_stand_can_be_taken_away_one_by_one(client, rail):
    text = client.get("/c/autumn?era=1970s&colour=blue&max=500").text

    for left in ("/c/autumn?colour=blue&amp;max=500", "/c/autumn?era=1970s&amp;colour=blue"):
        assert f'href="{left}"' in text


def test_an_empty_list_says_which_filter_to_drop(client, rail):
    text = client.get("/c/autumn?era=1960s&colour=blue&lang=en").text

    assert "Nothing has all of that" in text
    assert "without 1960s" in text
    assert "without Blue" in text


def test_htmx_gets_results_and_counts_and_the_address_to_show(client, rail):
    answer = client.get("/c/autumn?grade=A&min=&sort=new", headers=HTMX)

    assert answer.headers["HX-Push-Url"] == "/c/autumn?grade=A"
    assert "<html" not in answer.text
    assert all(f'hx-target="#{part}"' in answer.text for part in ("facets", "filters-foot"))
    assert "Show 1 piece" in answer.text


def test_what_was_sold_is_shown_for_a_week_and_then_on_request(client, owner, rail, clock):
    stock.count(rail[0], owner.store_id, 0, reason=MovementReason.LOST, actor=SYSTEM, now=MONDAY)
    assert len(numbers(client.get("/c/autumn").text)) == len(rail)
    assert numbers(client.get("/c/autumn?stock=in").text) == [4, 3, 2]

    clock.advance(days=7, hours=1)

    assert len(numbers(client.get("/c/autumn").text)) == len(rail) - 1
    text = client.get("/c/autumn?stock=sold").text
    assert numbers(text) == [1]
    assert (counts(text)["stock=in"], counts(text)["stock=sold"]) == (3, 1)


def test_a_search_is_narrowed_like_a_collection(client, rail):
    indexing.rebuild_all()

    text = client.get("/search?q=jacket&grade=B&sort=price_up").text

    assert numbers(text) == [2, 3, 4]
    assert counts(text)["era=1960s"] == 1
    assert client.get("/search?q=jacket&in=autumn&era=1960s").text.count('class="piece') == 1
    assert client.get("/search?era=1960s&q=jacket").location == "/search?q=jacket&era=1960s"


def test_an_older_address_of_a_size_leads_to_the_list(client, rail):
    for asked in ("88-96", "90"):
        assert client.get(f"/search?chest={asked}").location == "/c/all?size=chest-88-96"


@pytest.fixture
def long_rail(owner):
    """Thirty pieces, of which each went live a minute after the one before, two to a price."""
    return [
        piece(owner, MONDAY + timedelta(minutes=at), price=10000 + at // 2 * 100)
        for at in range(30)
    ]


def next_page(text):
    found = re.search(r'hx-get="([^"]+)" hx-target="#grid"', text)
    return found and found[1].replace("&amp;", "&")


@pytest.mark.parametrize(
    ("sort", "order"),
    [("new", range(30, 0, -1)), ("price_down", range(30, 0, -1)),
     ("price_up", [at for low in range(1, 30, 2) for at in (low + 1, low)])],
)  # fmt: skip
def test_pages_follow_each_other_and_come_back_whole(client, long_rail, sort, order):
    first = client.get("/c/all" if sort == "new" else f"/c/all?sort={sort}").text
    more = next_page(first)
    assert more is not None
    second = client.get(more, headers=PICKED).text

    assert numbers(first) + numbers(second) == list(order)
    assert numbers(client.get(more).text) == list(order)
    assert "30 of 30" in second
    assert next_page(second) is None


def test_what_is_sold_between_two_pages_passes_nothing_over(client, owner, long_rail):
    more = next_page(client.get("/c/all").text)
    for variant_id in (long_rail[29], long_rail[6]):
        stock.count(
            variant_id, owner.store_id, 0, reason=MovementReason.LOST, actor=SYSTEM, now=MONDAY
        )

    assert numbers(client.get(more, headers=PICKED).text) == [6, 5, 4, 3, 2, 1, 30, 7]


@pytest.mark.parametrize(
    "after", ["x", "1.2.3.4", "9", "7.99999999999999999", "1.5.99999999999999999", "٣.١"]
)
def test_any_place_to_go_on_from_gives_a_page(client, rail, after):
    for sort in ("", "&sort=price_up"):
        path = f"/c/autumn?{sort[1:] + '&' if sort else ''}after={after}"
        assert client.get(path).status_code == 200


def test_a_list_in_chinese_says_its_values_in_chinese(client, rail):
    text = client.get("/c/autumn?colour=blue&lang=zh-Hans").text

    for word in ("蓝色", "实测尺寸", "筛选", "看1件", "胸围 88–96 cm"):
        assert word in text


def test_draft_and_archived_pieces_are_in_no_list(client, rail):
    products.withdraw(product_of(rail[0]), ProductState.DRAFT, actor=SYSTEM, now=MONDAY)

    assert 1 not in numbers(client.get("/c/autumn").text)
    assert counts(client.get("/c/autumn").text)["era=1970s"] == 2
