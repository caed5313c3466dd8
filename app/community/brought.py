"""Which links a browser came by: a signed first-party cookie, the last one of each presale, for
seven days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import request
from werkzeug.wrappers import Response

from app.community.queries.attribution import SharedLink, shared_links
from app.platform.configuration import settings
from app.platform.ids import sign_token, token_is_genuine

NAME = "groups"
LASTS = timedelta(days=7)
MOST = 6
_PURPOSE = "brought"


@dataclass(frozen=True, slots=True)
class Touch:
    """A link that was opened, and when."""

    code: str
    at: datetime


def remember(response: Response, link: SharedLink, *, now: datetime) -> Response:
    """Let the next who joins this presale from this browser have come through the link."""
    kept = [touch for touch in touches(now=now) if touch.code != link.code]
    words = [
        f"{touch.code}.{int(touch.at.timestamp())}" for touch in (Touch(link.code, now), *kept)
    ]
    value = sign_token(settings().secret_key, _PURPOSE, "~".join(words[:MOST]))
    response.set_cookie(
        NAME, value, max_age=int(LASTS.total_seconds()), samesite="Lax", httponly=True,
        secure=request.is_secure,
    )  # fmt: skip
    return response


def link_of(campaign_id: int, *, now: datetime) -> int | None:
    """The link of this presale that the browser came by last, if it is within its time."""
    codes = [touch.code for touch in touches(now=now)]
    by_code = {link.code: link for link in shared_links(codes)} if codes else {}
    for code in codes:
        link = by_code.get(code)
        if link is not None and link.campaign_id == campaign_id and not link.is_revoked:
            return link.id
    return None


def touches(*, now: datetime) -> list[Touch]:
    """What the cookie says, the latest first; nothing of one that was not written by us."""
    token = request.cookies.get(NAME, "")
    if not token or not token_is_genuine(settings().secret_keys, _PURPOSE, token, 1):
        return []
    found = (_touch(word) for word in token.partition("-")[0].split("~"))
    return [touch for touch in found if now - LASTS < touch.at <= now]


def _touch(word: str) -> Touch:
    code, _, seconds = word.partition(".")
    return Touch(code, datetime.fromtimestamp(int(seconds), UTC))
