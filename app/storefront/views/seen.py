"""What somebody looked at on this device. The device remembers, the shop does not: numbers come in
the body of a request, where no log keeps them, and go out as cards.
"""

from __future__ import annotations

import re

from flask import Blueprint, Response, request

from app.catalog.queries import cards
from app.platform import clock
from app.platform.web import fragment_only
from app.platform.web.limits import limiter
from app.storefront.presale_marks import marked
from app.wishes.queries.lists import ids_of

bp = Blueprint("seen", __name__)
MOST = 6
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


@bp.post("/seen")
@limiter.limit("240/minute")
def show() -> Response:
    """Cards for `no`, numbers joined by full stops, in their order."""
    numbers = [int(one) for one in _NUMBER.findall(request.form.get("no", "")[:100])][:MOST]
    now = clock.now()
    ids = ids_of(numbers)
    found = cards.cards([ids[one] for one in dict.fromkeys(numbers) if one in ids], now=now)
    return fragment_only("storefront/seen.html", cards=marked(found, now=now))
