"""Who opens a link: a person's browser, or a machine that fetches pages for chats and indexes.

Told by the User-Agent alone, so that nothing about people need be kept.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import date

_BROWSER = "Mozilla/5.0"
"""What every browser begins with, those inside chat apps too; native fetchers do not."""
_MACHINE = re.compile(
    r"bot\b|bot/|spider|crawl|slurp|fetcher|preview|unfurl|scan|monitor|headless|phantom|lighthouse"
    r"|facebookexternalhit|facebookcatalog|meta-external|whatsapp/|embedly|iframely|skypeuri"
    r"|larkurl|feishu-url|dingtalk-url|bytespider|yisou|360spider|sogou web|ia_archiver"
    r"|python-|curl/|wget/|httpclient|okhttp|go-http|java/|node-fetch|axios|libwww|scrapy",
    re.IGNORECASE,
)
_WITHOUT_ASKING = frozenset({"prefetch", "preview", "prerender"})


def is_person(user_agent: str, purpose: str = "") -> bool:
    """Whether somebody looks; `purpose` is what Sec-Purpose or Purpose says of the request."""
    if not user_agent.startswith(_BROWSER) or _MACHINE.search(user_agent):
        return False
    return _WITHOUT_ASKING.isdisjoint(re.split(r"[;,\s]+", purpose.lower()))


def visitor_hash(secret: str, day: date, *traits: str) -> str:
    """Somebody on one day, unlike on any other; of address and browser nothing can be read."""
    salt = hmac.new(secret.encode(), f"visitor\n{day.isoformat()}".encode(), hashlib.sha256)
    return hmac.new(salt.digest(), "\n".join(traits).encode(), hashlib.sha256).hexdigest()[:32]
