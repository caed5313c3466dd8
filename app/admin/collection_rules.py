"""The rule of a collection: its conditions as a form, and what they would gather."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, Response, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.catalog.collecting import Rule
from app.catalog.commands import collections
from app.catalog.queries.cards import cards
from app.catalog.queries.collections import CollectionRow, collection
from app.catalog.queries.listing.rules import gathered_count, preview
from app.catalog.rules import GARMENT_NAMES, GRADES, TAGS
from app.platform import clock, numbers
from app.platform.configuration import settings
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.money import Money, NotAnAmount, parse_money
from app.platform.web import page
from app.platform.web.actor import current_actor, requires

bp = Blueprint("admin_collection_rules", __name__, url_prefix="/admin")
SLUG: Final = "/collections/<slug>/rule"
MOST_VALUES: Final = 20
LONGEST_VALUE: Final = 60
MOST_DAYS: Final = 365
PREVIEWED: Final = 6
_CHOICES: Final = {"garment": GARMENT_NAMES, "grade": GRADES, "tag": TAGS}
_WORDS: Final = ("era", "brand")


@dataclass(frozen=True, slots=True)
class RuleForm:
    """What was typed, the rule it comes to, and what is wrong by field."""

    typed: Mapping[str, Any]
    rule: Rule
    errors: Mapping[str, str]


@bp.get(SLUG)
@requires("catalog.view")
def show(slug: str) -> Response:
    row = collection(slug)
    return _page(row, RuleForm(_typed(row.rule or Rule()), row.rule or Rule(), {}))


@bp.post(SLUG)
@requires("catalog.edit")
def update(slug: str) -> BaseResponse:
    """`do` is preview, drop (no rule any more), or else the rule holds from now on."""
    row, form = collection(slug), read(request.form)
    do = request.form.get("do")
    if do == "drop":
        collections.set_rule(slug, None, actor=current_actor(), now=clock.now())
        return frame.done(url_for("admin_collections.show", slug=slug), _("The rule is gone."))
    if form.errors or do == "preview":
        return _page(row, form, status=Invalid.status if form.errors else 200)
    try:
        collections.set_rule(slug, form.rule, actor=current_actor(), now=clock.now())
    except Invalid as failure:
        failed = RuleForm(form.typed, form.rule, failure.errors)
        return _page(row, failed, status=failure.status)
    count = gathered_count(row.id)
    return frame.done(
        url_for("admin_collection_rules.show", slug=slug),
        _("The collection gathers by its rule: %(count)s items now.", count=count),
    )


def read(typed: MultiDict[str, str]) -> RuleForm:
    """A rule out of a form; unknown choices are as if they had not been made."""
    errors: dict[str, str] = {}
    low, high = (_amount(name, typed, errors) for name in ("low", "high"))
    days = typed.get("new_days", "").strip()
    new_days = numbers.whole(days) if days else None
    if days and (new_days is None or not 0 < new_days <= MOST_DAYS):
        errors["new_days"] = _("A number of days up to %(most)s.", most=MOST_DAYS)
    rule = Rule(
        any_of=typed.get("any_of") == "1",
        **{name: _chosen(name, typed) for name in _CHOICES},
        **{name: _listed(typed.get(name, "")) for name in _WORDS},
        low=low, high=high, in_stock=typed.get("in_stock") == "1", new_days=new_days,
    )  # fmt: skip
    return RuleForm(_typed(rule) | {name: typed.get(name, "") for name in errors}, rule, errors)


def _chosen(name: str, typed: MultiDict[str, str]) -> tuple[str, ...]:
    given = set(typed.getlist(name))
    return tuple(key for key in _CHOICES[name] if key in given)


def _listed(text: str) -> tuple[str, ...]:
    """Words between commas, Latin or Chinese, each once."""
    words = (" ".join(word.split())[:LONGEST_VALUE] for word in text.replace("，", ",").split(","))
    return tuple(dict.fromkeys(filter(None, words)))[:MOST_VALUES]


def _amount(name: str, typed: MultiDict[str, str], errors: dict[str, str]) -> int | None:
    text = typed.get(name, "").strip()
    try:
        return parse_money(text, settings().currency).minor if text else None
    except NotAnAmount:
        errors[name] = _("An amount such as 300.")
        return None


def _typed(rule: Rule) -> dict[str, Any]:
    currency = settings().currency
    prices = {
        name: f"{Money(minor, currency).decimal():f}".removesuffix(".00")
        if minor is not None
        else ""
        for name, minor in (("low", rule.low), ("high", rule.high))
    }
    return {
        **{name: getattr(rule, name) for name in _CHOICES},
        **{name: ", ".join(getattr(rule, name)) for name in _WORDS},
        **prices,
        "any_of": rule.any_of,
        "in_stock": rule.in_stock,
        "new_days": str(rule.new_days or ""),
    }


def _page(row: CollectionRow, form: RuleForm, *, status: int = 200) -> Response:
    now = clock.now()
    count, newest = preview(form.rule, PREVIEWED, now=now) if form.rule.asks else (0, ())
    return page(
        "admin/collection_rule.html",
        fragment="preview",
        status=status,
        collection=row,
        form=form,
        count=count,
        newest=cards(newest, now=now),
        may_arrange=collections.may_arrange(current_actor()),
        choices=_CHOICES,
    )
