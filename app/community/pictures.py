"""Share pictures of campaigns as files: drawn from how things stand, kept on disk by content.

A picture is named by a hash of what it says, so that a change of state, words or price makes
another one. How many have joined counts in steps (every fifth, or finer for small goals): the
number on a picture is a little old at most, never invented.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from PIL import Image

from app.community import words
from app.community.posters import PosterFacts, draw_card, draw_poster, draw_small, encode
from app.community.queries.attribution import SharedLink
from app.community.rules.codes import spaced
from app.platform import clock
from app.platform.configuration import settings
from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.images import write_once
from app.platform.rendering import public_url, shop_name
from app.presale.queries.pages import CampaignView
from app.presale.rules.stage import BEFORE_CLOSE

Shape = Literal["poster", "square", "small", "card"]
Kind = Literal["png", "jpg"]
SHAPES: tuple[Shape, ...] = ("poster", "square", "small", "card")
MEDIA = "/media/"
DRAWN = "1"
"""Raised when the same facts are to be drawn otherwise, so that kept pictures are not shown."""
COARSEST, STEPS_TO_GOAL = 5, 20
KEPT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that exists; `etag` is that of its content."""

    path: Path
    etag: str


def facts_of(view: CampaignView, link: SharedLink | None = None) -> PosterFacts:
    """What a picture of this campaign says, in the language being spoken."""
    campaign = view.campaign
    return PosterFacts(
        locale=current_locale(),
        title=view.title,
        price=words.price(view),
        price_note=words.price_note(view),
        badge=_("Presale"),
        photograph=_photograph(view),
        joined=view.joined,
        goal=campaign.threshold or None,
        cap=view.cap or None,
        closes_at=campaign.closes_at if view.stage in BEFORE_CLOSE else None,
        zone=settings().zone,
        promise=words.promised(view),
        refund=words.refund(view) if view.stage in BEFORE_CLOSE else "",
        invitation=_("%(leader)s invites you along", leader=link.leader) if link else "",
        link=public_url(address_of(view, link)),
        code=spaced(link.code) if link else "",
        shop=shop_name().split(" · ")[-1],
        domain=urlsplit(settings().public_url).netloc,
    )


def address_of(view: CampaignView, link: SharedLink | None) -> str:
    """Where a picture leads to."""
    return f"/g/{link.code}" if link else view.path


def picture(facts: PosterFacts, shape: Shape, kind: Kind) -> Picture:
    """The picture of these facts, drawn unless it is there already."""
    name = hashlib.sha256("\n".join((DRAWN, shape, kind, *_said(facts))).encode()).hexdigest()
    path = folder() / name[:2] / f"{name}.{kind}"
    if not path.exists():
        write_once(path, encode(_drawn(facts, shape), "png" if kind == "png" else "jpeg"))
    return Picture(path, name[:32])


def forget_old() -> int:
    """Delete pictures drawn long ago; whoever asks for one gets it drawn anew."""
    return _forget_before(clock.now())


def folder() -> Path:
    return settings().data_dir / "posters"


def step(facts: PosterFacts) -> int:
    """By how many the number of joins may differ before a picture is drawn anew."""
    until = facts.goal or facts.cap or COARSEST * STEPS_TO_GOAL
    return max(1, min(COARSEST, until // STEPS_TO_GOAL))


def _said(facts: PosterFacts) -> list[str]:
    """Everything that makes a picture another one."""
    states = [f"full={facts.is_full}", f"reached={facts.is_reached}"]
    counted = replace(facts, joined=facts.joined // step(facts))
    return states + [f"{field.name}={getattr(counted, field.name)}" for field in fields(counted)]


def _drawn(facts: PosterFacts, shape: Shape) -> Image.Image:
    if shape == "card":
        return draw_card(facts)
    if shape == "small":
        return draw_small(facts)
    return draw_poster(facts, "square" if shape == "square" else "tall")


def _photograph(view: CampaignView) -> Path | None:
    """The first photograph in the media folder, if its file is there."""
    if not view.pictures or not view.pictures[0].full.startswith(MEDIA):
        return None
    path = settings().media_dir / view.pictures[0].full.removeprefix(MEDIA)
    return path if path.is_file() else None


def _forget_before(now: datetime) -> int:
    oldest = now.timestamp() - KEPT_DAYS * 24 * 3600
    old = [path for path in folder().glob("*/*") if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
