"""A postal address from its two fields: what a courier needs of it, and how it is stored."""

from __future__ import annotations

import re
from typing import Final

from app.customers.addresses.latin_provinces import PROVINCES, province_code
from app.customers.addresses.region_finder import find_region
from app.customers.addresses.regions import MUNICIPALITIES, PROVINCE, path
from app.platform.errors import DomainError
from app.platform.i18n import gettext as _
from app.platform.i18n import lazy_gettext

COUNTRY: Final = "CN"
_ENOUGH_ALONE: Final = MUNICIPALITIES | {"71", "81", "82"}
"""Provinces that may stand without a city: Taiwan, Hong Kong and Macau beside the municipalities"""


class UnusableRegion(DomainError):
    """No courier knows where this is; the message says what is missing."""

    code = "unusable_region"
    status = 422
    default_message = lazy_gettext("Please enter province, city and district.")


class UnusableStreet(DomainError):
    """No courier finds the door."""

    code = "unusable_street"
    status = 422
    default_message = lazy_gettext("Please enter street, house number and flat.")


def region_code(text: str) -> str:
    """What a region comes down to: six, four or two digits, two for one in Latin letters; empty
    for one that nobody knows.
    """
    found = find_region(text)
    return found.code if found else province_code(text)


def check_region(text: str) -> str:
    """The code of a region; raises UnusableRegion."""
    if not text:
        raise UnusableRegion
    code = region_code(text)
    if not code:
        raise UnusableRegion(
            _(
                "No province is named in it. Please write province, city and district, "
                "such as 浙江省 杭州市 西湖区 or Zhejiang, Hangzhou, Xihu."
            )
        )
    if _is_only_a_province(text, code):
        raise UnusableRegion(_("Please add the city and the district."))
    return code


def check_street(text: str) -> str:
    """The street as it was typed; raises UnusableStreet."""
    if not text:
        raise UnusableStreet
    return text


def stored(code: str, *, region: str, street: str, pasted: str) -> dict[str, str]:
    """A checked address in the shape that orders and address books keep."""
    known = path(code)
    return {
        "country": COUNTRY,
        "region_code": code,
        "region": str(known) if len(code) > PROVINCE else region,
        "province": known.province.name if known.province else "",
        "city": known.city.name if known.city else "",
        "district": known.district.name if known.district else "",
        "region_typed": region,
        "street": street,
        "pasted": pasted,
    }


def _is_only_a_province(text: str, code: str) -> bool:
    """No courier finds 浙江省; a browser that fills in `address-level1` writes just that."""
    if len(code) > PROVINCE or code in _ENOUGH_ALONE:
        return False
    latin = " ".join(re.findall(r"[a-z]+", text.lower()))
    return not latin or latin.removesuffix(" province") in PROVINCES
