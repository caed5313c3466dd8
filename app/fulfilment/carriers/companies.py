"""The carriers a parcel can be given to, by the short names Kuaidi100 uses for them."""

from __future__ import annotations

from app.platform.i18n import LazyText
from app.platform.i18n import lazy_gettext as _l

OTHER = "other"
COMPANIES: dict[str, LazyText | str] = {
    "shunfeng": _l("SF Express"),
    "zhongtong": _l("ZTO Express"),
    "yuantong": _l("YTO Express"),
    "shentong": _l("STO Express"),
    "yunda": _l("Yunda Express"),
    "jtexpress": _l("J&T Express"),
    "jd": _l("JD Logistics"),
    "ems": _l("EMS"),
    "youzhengguonei": _l("China Post"),
    "debangkuaidi": _l("Deppon Express"),
    "dhl": "DHL",
    "ups": "UPS",
    "fedex": "FedEx",
    OTHER: _l("Another carrier"),
}


def company_name(carrier: str) -> str:
    """The carrier's name in the reader's language; an unknown short name is shown as it is."""
    return str(COMPANIES.get(carrier, carrier))
