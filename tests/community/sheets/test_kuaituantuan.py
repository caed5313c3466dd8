"""快团团's own table, to the letter."""

from __future__ import annotations

import io
from datetime import datetime

from python_calamine import CalamineWorkbook

from app.community.sheets.kuaituantuan import kuaituantuan_sheet
from app.platform.i18n import speaking
from app.platform.sheets import to_csv, to_xlsx
from tests.community.sheets.people import OCCASION, cny, everybody, joined

HEADER = (
    "跟团号,下单人,团员备注,支付时间,团长备注,商品,订单金额,退款金额,"
    "订单状态,自提点,收货人,联系电话,详细地址"
)


def read(rows):
    content = to_xlsx(kuaituantuan_sheet(rows, OCCASION))
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_header_is_exactly_the_one_macros_look_for():
    with speaking("en"):
        content = to_csv(kuaituantuan_sheet(everybody(), OCCASION))

    assert content.decode("utf-8-sig").split("\r\n")[0] == HEADER
    assert read(everybody())[0] == HEADER.split(",")


def test_a_number_is_one_row_with_all_its_goods():
    rows = read(everybody())[1:]

    assert [row[0] for row in rows] == [1, 2, 3, 4]
    assert rows[0] == [
        1,
        "Ada",
        "请放门口",
        datetime(2026, 11, 30, 1, 15),  # noqa: DTZ001 - a spreadsheet knows no zones
        "加急",
        "京都衬衫 靛蓝 M×1；京都衬衫 靛蓝 S×1",
        200.0,
        0.0,
        "已付",
        "北门",
        "Ada",
        "13800000001",
        "上海市静安区某路 1 号",
    ]


def test_what_was_given_back_stands_beside_what_was_paid():
    cai = read(everybody())[3]

    assert cai[6:9] == [100.0, 100.0, "已取消"]


def test_the_chat_name_orders_and_the_real_name_receives():
    row = read([joined(7, "林小满", buyer="小满🌾")])[1]

    assert (row[1], row[10]) == ("小满🌾", "林小满")


def test_several_states_and_points_are_each_said_once():
    row = read([joined(1, "Ada"), joined(1, "Ada", sku="Z", state="部分退款", point="南门")])[1]

    assert (row[8], row[9]) == ("已付、部分退款", "北门、南门")


def test_without_an_address_the_house_is_named_and_unpaid_has_no_time():
    row = read([joined(1, "Ada", address="", paid_at=None, paid=cny(0))])[1]

    assert (row[3], row[12]) == ("", "2栋 501")
