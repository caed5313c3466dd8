"""The lots of a presale: what was drawn, and how anybody draws it again."""

from __future__ import annotations

import csv
from io import StringIO

from flask import Blueprint, Response, request

from app.platform.errors import NotFound
from app.platform.ids import heard_code
from app.platform.rendering import public_url
from app.platform.web import page
from app.presale.queries.lots import Drawn, drawn, has_lots
from app.presale.queries.pages import CampaignView
from app.storefront.views.presales import campaign

bp = Blueprint("lots", __name__)
SHOWN = 100
LONGEST_NAME = 12


@bp.get("/pre/<slug>/lots")
def show(slug: str) -> Response:
    """`?lot=` finds one lot wherever it came."""
    view = _with_lots(slug)
    asked = heard_code(request.args.get("lot", "")[:40])[:LONGEST_NAME]
    result = drawn(view)
    response = page(
        "storefront/lots.html",
        view=view,
        drawn=result,
        asked=asked,
        mine=_found(result, asked),
        most=SHOWN,
        canonical_url=public_url(f"{view.path}/lots"),
        robots="noindex" if asked else "",
    )
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@bp.get("/pre/<slug>/lots.csv")
def download(slug: str) -> Response:
    """Every lot, in drawn order, with what each ticket was computed from."""
    view = _with_lots(slug)
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(["variant", "seed", "place", "lot", "ticket", "wanted", "given"])
    for group in drawn(view).groups:
        for lot in group.lots:
            given = "" if lot.given is None else lot.given
            rows.writerow(
                [
                    _plain(group.label),
                    group.seed,
                    lot.place,
                    lot.name,
                    lot.ticket,
                    lot.wanted,
                    given,
                ]
            )
    response = Response(text.getvalue(), mimetype="text/csv")
    name = f"{view.campaign.slug}-lots.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _with_lots(slug: str) -> CampaignView:
    view = campaign(slug)
    if not has_lots(view.campaign) or not view.campaign.seed:
        raise NotFound
    return view


def _found(result: Drawn, asked: str) -> list[tuple[str, int, int, str]]:
    """(variant, place, of how many, ticket) of every lot of this name."""
    return [
        (group.label, lot.place, len(group.lots), lot.ticket)
        for group in result.groups
        for lot in group.lots
        if asked and lot.name == asked
    ]


def _plain(text: str) -> str:
    """Nothing a spreadsheet would compute."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
