"""The carriers a parcel can be given to, by the short names Kuaidi100 uses for them."""

from __future__ import annotations

from app.platform.i18n import LazyText
from app.platform.i18n import lazy_gettext as _

OTHER = "other"
COMPANIES: dict[str, LazyText | str] = {
    "shunfeng": _("SF Express"),
    "zhongtong": _("ZTO Express"),
    "yuantong": _("YTO Express"),
    "shentong": _("STO Express"),
    "yunda": _("Yunda Express"),
    "jtexpress": _("J&T Express"),
    "jd": _("JD Logistics"),
    "ems": _("EMS"),
    "youzhengguonei": _("China Post"),
    "debangkuaidi": _("Deppon Express"),
    "dhl": "DHL",
    "ups": "UPS",
    "fedex": "FedEx",
    OTHER: _("Another carrier"),
}


def company_name(carrier: str) -> str:
    """The carrier's name in the reader's language; an unknown short name is shown as it is."""
    return str(COMPANIES.get(carrier, carrier))
