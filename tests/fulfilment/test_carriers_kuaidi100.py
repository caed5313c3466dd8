"""Kuaidi100: its form, its signature, its list of lines, its answer."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fulfilment.carriers.base import BadSignature, Malformed, RejectedCallback, TrackingStatus
from app.fulfilment.carriers.kuaidi100 import Kuaidi100Carrier, sign
from app.fulfilment.carriers.kuaidi100_states import STATES, status_of
from app.fulfilment.carriers.rehearsal import signed_push
from app.platform.i18n import speaking

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SALT = "a-salt-of-the-tests"
CARRIER = Kuaidi100Carrier(SALT)
# A push in the documented form, with every field they send, as it looks with resultv2=4.
DOCUMENTED: dict[str, Any] = {
    "status": "shutdown",
    "billstatus": "check",
    "message": "",
    "autoCheck": "1",
    "comOld": "yuantong",
    "comNew": "ems",
    "lastResult": {
        "message": "ok",
        "state": "3",
        "status": "200",
        "condition": "F00",
        "ischeck": "1",
        "com": "ems",
        "nu": "1136281381675",
        "data": [
            {
                "context": "已签收,他人代收:门卫",
                "time": "2026-01-08 10:10:00",
                "ftime": "2026-01-08 10:10:00",
                "status": "代签",
                "statusCode": "303",
                "areaCode": "CN520100000000",
                "areaName": "贵州,贵阳市",
                "areaCenter": "106.71,26.58",
                "location": "",
                "areaPinYin": "gui yang shi",
            },
            {
                "context": "【武汉市】已收件",
                "time": "2026-01-05 16:00:00",
                "ftime": "2026-01-05 16:00:00",
                "status": "已揽收",
                "statusCode": "103",
                "areaCode": None,
                "areaName": None,
                "areaCenter": None,
                "location": "武汉",
                "areaPinYin": None,
            },
        ],
    },
}


def push_of(param: object) -> bytes:
    text = param if isinstance(param, str) else json.dumps(param, ensure_ascii=False)
    return signed_push(SALT, text).body


def result_with(**changes) -> dict[str, object]:
    return {**DOCUMENTED, "lastResult": {**DOCUMENTED["lastResult"], **changes}}


def line_with(**changes) -> dict[str, object]:
    return result_with(data=[{**DOCUMENTED["lastResult"]["data"][0], **changes}])


def events_of(param: object):
    return CARRIER.read({}, push_of(param)).events


def test_a_documented_push_is_read_oldest_first():
    body = push_of(DOCUMENTED)

    CARRIER.verify({}, body, NOW)
    first, last = CARRIER.read({}, body).events

    assert (first.carrier, first.tracking_number) == ("ems", "1136281381675")
    assert first.status is TrackingStatus.COLLECTED
    assert first.location == "武汉"
    assert last.status is TrackingStatus.DELIVERED
    assert last.code == "303"
    assert last.text == "已签收,他人代收:门卫"
    assert last.location == "贵州贵阳市"
    assert last.order_reference is None


def test_times_are_chinas_and_kept_in_utc():
    *_, last = events_of(DOCUMENTED)

    assert last.occurred_at == datetime(2026, 1, 8, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-01-08 10:10", datetime(2026, 1, 8, 2, 10, tzinfo=UTC)),
        ("2026/01/08 10:10:05", datetime(2026, 1, 8, 2, 10, 5, tzinfo=UTC)),
        ("2026-01-08 00:30:00", datetime(2026, 1, 7, 16, 30, tzinfo=UTC)),
    ],
)
def test_the_carriers_other_ways_to_write_a_time_are_read(written, expected):
    (event,) = events_of(line_with(ftime=None, time=written))

    assert event.occurred_at == expected


def test_the_signature_is_md5_of_param_and_salt_in_capitals():
    """Computed with `printf '{}salt' | md5sum` and `printf '签收盐' | md5sum`."""
    assert sign("{}", "salt") == "4DF345D41BAFC8E489CC9C94112F002A"
    assert sign("签收", "盐") == "3B9462E30FED658018960AF8CCCBA7FC"


@pytest.mark.parametrize("written", [str.upper, str.lower])
def test_the_signature_is_read_in_either_case(written):
    param = json.dumps(DOCUMENTED, ensure_ascii=False)
    body = urlencode({"param": param, "sign": written(sign(param, SALT))}).encode()

    CARRIER.verify({}, body, NOW)


@pytest.mark.parametrize("given_sign", ["", "0" * 32, "签名", sign("{}", SALT), sign("{}", "")])
def test_a_wrong_signature_is_refused(given_sign):
    param = json.dumps(DOCUMENTED, ensure_ascii=False)
    body = urlencode({"param": param, "sign": given_sign}).encode()

    with pytest.raises(BadSignature) as refused:
        CARRIER.verify({}, body, NOW)

    assert refused.value.status == 401


def test_a_push_without_a_signature_is_refused():
    with pytest.raises(BadSignature):
        CARRIER.verify({}, urlencode({"param": "{}"}).encode(), NOW)


def test_a_changed_param_is_refused():
    body = push_of(DOCUMENTED).replace(b"1136281381675", b"1136281381676")

    with pytest.raises(BadSignature):
        CARRIER.verify({}, body, NOW)


def test_an_empty_salt_is_refused_at_the_start():
    with pytest.raises(ValueError, match="salt"):
        Kuaidi100Carrier("")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"param",
        b"sign=abc",
        b"param=&sign=abc",
        b"param=%ff%fe&sign=abc",
        "param=签收&sign=abc".encode(),
        b"param={}&param={}&sign=abc",
        b"&".join(b"a%d=1" % index for index in range(11)),
        b'{"param": {}}',
    ],
)
def test_a_body_that_is_not_their_form_is_malformed(body):
    with pytest.raises(Malformed) as refused:
        CARRIER.verify({}, body, NOW)

    assert refused.value.status == 400
    with speaking("zh-Hans"):
        assert not refused.value.message.isascii()


@pytest.mark.parametrize(
    ("param", "named"),
    [
        ("not json", "param"),
        ("[]", "param"),
        ("[" * 50_000, "param"),
        ({}, "lastResult"),
        ({"lastResult": "x"}, "lastResult"),
        (result_with(com=""), "com"),
        (result_with(com={"a": 1}), "com"),
        (result_with(nu=None), "nu"),
        (result_with(nu="x y z ;"), "nu"),
        (result_with(data={}), "data"),
        (result_with(data=[1]), "data"),
        (result_with(data=[{}] * 501), "data"),
        (line_with(context=None), "context"),
        (line_with(context=["a"]), "context"),
        (line_with(statusCode=[]), "statusCode"),
        (line_with(ftime=None, time=None), "time"),
        (line_with(ftime="今天上午"), "ftime"),
        (line_with(ftime="2026-13-01 00:00:00"), "ftime"),
        (line_with(ftime="1970-01-01 00:00:00"), "ftime"),
        (line_with(areaName=True), "areaName"),
    ],
)
def test_a_signed_push_of_another_form_is_malformed_with_the_field_named(param, named):
    body = push_of(param)
    CARRIER.verify({}, body, NOW)

    with pytest.raises(Malformed) as refused:
        CARRIER.read({}, body)

    assert named in refused.value.message


@pytest.mark.parametrize("code", STATES)
def test_every_state_of_theirs_has_one_of_ours(code):
    (event,) = events_of(line_with(statusCode=code, status=None))

    assert event.code == code
    assert event.status is STATES[code][1]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("0", "in_transit"),
        ("1", "collected"),
        ("2", "exception"),
        ("3", "delivered"),
        ("4", "returned"),
        ("5", "out_for_delivery"),
        ("6", "returning"),
        ("7", "in_transit"),
        ("8", "in_transit"),
        ("14", "refused"),
    ],
)
def test_the_ten_main_states_mean_what_they_say(code, status):
    assert status_of(code) == status


def test_a_finer_state_of_tomorrow_means_its_main_state():
    assert status_of("399") is TrackingStatus.DELIVERED
    assert status_of("77777") is TrackingStatus.IN_TRANSIT


def test_with_resultv2_1_the_names_tell_the_state():
    (event,) = events_of(line_with(statusCode=None, status="投柜或驿站"))

    assert (event.status, event.code) == (TrackingStatus.AVAILABLE_FOR_PICKUP, "501")


def test_without_resultv2_the_newest_line_takes_the_state_of_the_parcel():
    bare = [
        {"context": "已签收", "time": "2026-01-08 10:10:00", "ftime": "2026-01-08 10:10:00"},
        {"context": "派件中", "time": "2026-01-08 08:20:00", "ftime": "2026-01-08 08:20:00"},
    ]

    older, newest = events_of(result_with(data=bare, state=3))

    assert (newest.status, newest.code) == (TrackingStatus.DELIVERED, "3")
    assert (older.status, older.code) == (TrackingStatus.IN_TRANSIT, "")


@pytest.mark.parametrize("data", [[], None])
def test_the_end_of_watching_without_a_record_is_noted_for_staff(data):
    param = {**result_with(data=data, state="0"), "status": "abort", "message": "3天查询无记录"}

    batch = CARRIER.read({}, push_of(param))

    assert batch.events == ()
    assert batch.note == "abort: 3天查询无记录"


def test_the_country_of_arrival_is_read_too():
    arrival = {"com": "japanposten", "nu": "1136281381675", "state": "5", "data": []}
    line = {"context": "お届け先にお届け済み", "ftime": "2026-01-12 10:00:00", "statusCode": "301"}

    *_, last = events_of({**DOCUMENTED, "destResult": {**arrival, "data": [line]}})

    assert last.text == "お届け先にお届け済み"
    assert last.carrier == "ems"


def test_the_same_push_has_the_same_name_and_another_has_another():
    again = CARRIER.read({}, push_of(DOCUMENTED)).event_id

    assert CARRIER.read({}, push_of(DOCUMENTED)).event_id == again
    assert CARRIER.read({}, push_of(result_with(state="5"))).event_id != again


def test_the_name_does_not_depend_on_how_the_form_is_written():
    param = json.dumps(DOCUMENTED)
    turned = urlencode({"sign": "x", "param": param}).encode()
    other = urlencode({"param": param, "sign": "y"}).encode()

    assert CARRIER.read({}, turned).event_id == CARRIER.read({}, other).event_id


def test_the_answer_is_theirs_to_the_letter():
    stored = CARRIER.acknowledge(ok=True)
    failed = CARRIER.acknowledge(ok=False)

    assert json.loads(stored.body) == {"result": True, "returnCode": "200", "message": "成功"}
    assert (stored.status, stored.mimetype) == (200, "application/json")
    assert json.loads(failed.body) == {"result": False, "returnCode": "500", "message": "失败"}
    assert failed.status == 500


@given(body=st.binary(max_size=300))
def test_rubbish_is_refused_and_nothing_else_happens(body):
    with pytest.raises(RejectedCallback):
        CARRIER.verify({}, body, NOW)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    field=st.sampled_from(["com", "nu", "state", "data"]) | st.text(max_size=10), value=json_values
)
def test_any_value_in_any_field_is_read_or_refused(field, value):
    with suppress(Malformed):
        events = events_of(result_with(**{field: value}))
        assert all(event.tracking_number == "1136281381675" or field == "nu" for event in events)
