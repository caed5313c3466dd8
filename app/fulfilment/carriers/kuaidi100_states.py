"""Kuaidi100's states as data: those of `state` and the finer ones of `statusCode`."""

from __future__ import annotations

from app.fulfilment.carriers.base import TrackingStatus as Status

# code: (their name, ours)
STATES: dict[str, tuple[str, Status]] = {
    "0": ("在途", Status.IN_TRANSIT),
    "1001": ("到达派件城市", Status.IN_TRANSIT),
    "1002": ("干线", Status.IN_TRANSIT),
    "1003": ("转递", Status.IN_TRANSIT),
    "1": ("揽收", Status.COLLECTED),
    "101": ("已下单", Status.LABEL_CREATED),
    "102": ("待揽收", Status.LABEL_CREATED),
    "103": ("已揽收", Status.COLLECTED),
    "2": ("疑难", Status.EXCEPTION),
    "201": ("超时未签收", Status.EXCEPTION),
    "202": ("超时未更新", Status.EXCEPTION),
    "203": ("拒收", Status.REFUSED),
    "204": ("派件异常", Status.EXCEPTION),
    "205": ("柜或驿站超时未取", Status.EXCEPTION),
    "206": ("无法联系", Status.EXCEPTION),
    "207": ("超区", Status.EXCEPTION),
    "208": ("滞留", Status.EXCEPTION),
    "209": ("破损", Status.EXCEPTION),
    "210": ("销单", Status.EXCEPTION),
    "3": ("签收", Status.DELIVERED),
    "301": ("本人签收", Status.DELIVERED),
    "302": ("派件异常后签收", Status.DELIVERED),
    "303": ("代签", Status.DELIVERED),
    "304": ("投柜或站签收", Status.DELIVERED),
    "4": ("退签", Status.RETURNED),
    "401": ("已销单", Status.EXCEPTION),
    "5": ("派件", Status.OUT_FOR_DELIVERY),
    "501": ("投柜或驿站", Status.AVAILABLE_FOR_PICKUP),
    "6": ("退回", Status.RETURNING),
    "7": ("转投", Status.IN_TRANSIT),
    "8": ("清关", Status.IN_TRANSIT),
    "10": ("待清关", Status.IN_TRANSIT),
    "11": ("清关中", Status.IN_TRANSIT),
    "12": ("已清关", Status.IN_TRANSIT),
    "13": ("清关异常", Status.EXCEPTION),
    "14": ("拒签", Status.REFUSED),
}
CODE_OF_NAME = {name: code for code, (name, _status) in STATES.items()}


def status_of(code: str) -> Status:
    """Our word for their code; a finer code we do not know means what its main state means."""
    known = STATES.get(code)
    if known is None and len(code) == 3:  # noqa: PLR2004  (three digits: the first is the main state)
        known = STATES.get(code[0])
    return known[1] if known else Status.IN_TRANSIT
