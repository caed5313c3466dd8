"""One label for each number, in the order in which parcels are laid out."""

from __future__ import annotations

from app.community.sheets.keys import Key
from app.community.sheets.labels import labels
from app.platform.i18n import speaking
from app.platform.sheets import Item
from tests.community.sheets.people import OCCASION, cny, everybody, joined


def test_each_number_has_one_label_and_who_cancelled_has_none():
    made = labels(everybody(), OCCASION, by=(Key.NUMBER,))

    assert [label.number for label in made] == ["№ 1", "№ 2", "№ 4"]
    assert made[0].code == "https://vitrine.example/o/1"


def test_labels_follow_the_walk():
    rows = [joined(1, "Ada", building="10栋"), joined(2, "Ben", building="2栋")]

    assert [label.number for label in labels(rows, OCCASION)] == ["№ 2", "№ 1"]


def test_all_goods_of_a_number_are_on_it_and_what_was_cancelled_is_struck():
    rows = [
        joined(1, "Ada"),
        joined(1, "Ada", sku="KY-S", options="靛蓝 S", is_cancelled=True),
        joined(1, "Ada", sku="KY-Z", ordered=3, quantity=2),
    ]

    (label,) = labels(rows, OCCASION)

    assert label.items == (
        Item("KY-M 京都衬衫 靛蓝 M", "× 1"),
        Item("KY-S 京都衬衫 靛蓝 S", "× 1", is_struck=True),
        Item("KY-Z 京都衬衫 靛蓝 M", "2 of 3"),
    )


def test_what_is_still_to_be_paid_is_summed_without_what_was_cancelled():
    rows = [
        joined(1, "Ada", balance=cny(50)),
        joined(1, "Ada", sku="KY-S", balance=cny(30)),
        joined(1, "Ada", sku="KY-Z", balance=cny(99), is_cancelled=True),
    ]

    with speaking("zh-Hans"):
        (label,) = labels(rows, OCCASION)

    assert label.due == "待付款：¥80.00"
    assert labels([joined(1, "Ada")], OCCASION)[0].due == ""


def test_it_says_who_and_where():
    (label,) = labels([joined(1, "Ada", buyer_note="请放门口")], OCCASION)

    assert (label.name, label.phone, label.place) == ("Ada", "13800000001", "北门 2栋 501")
    assert label.notes == ("Buyer: 请放门口",)
    assert label.foot == "京都染坊复刻衬衫 · 小鱼 · 一群"
