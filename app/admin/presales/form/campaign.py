"""The form of a presale: what was typed survives whatever happens; `check` makes a draft of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from werkzeug.datastructures import MultiDict

from app.admin.presales.form import questions, skus
from app.admin.presales.form.reading import CampaignFields, local_text
from app.admin.presales.form.skus import Row
from app.catalog.forms.item import texts_typed
from app.catalog.forms.reading import cleaned
from app.platform.configuration import settings
from app.platform.i18n import gettext as _
from app.presale.drafts import CampaignDraft, Question
from app.presale.models import (
    BalanceUnpaid,
    Decision,
    DepositKind,
    PaymentMode,
    ShortagePolicy,
    SupplyMode,
)

LONGEST = {"title": 80, "story": 4000, "risks": 1000}
MOST_ROWS = 60
MOST_UNITS = 1_000_000
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,80}\Z")
_ROW = re.compile(r"[0-9]{1,4}\Z")
_QUESTION = re.compile(r"[a-z][a-z0-9_]{0,30}\Z")
_KEY = re.compile(r"[0-9a-z]{8}\Z")


@dataclass(frozen=True, slots=True)
class Sketch:
    """Everything that could be read of the form; what is missing or wrong is None."""

    title: dict[str, str]
    story: dict[str, str]
    risks: dict[str, str]
    payment_mode: PaymentMode
    supply_mode: SupplyMode
    deposit_kind: DepositKind
    opens_at: datetime | None
    closes_at: datetime | None
    counts_change_at: datetime | None
    promise_earliest: date | None
    promise_latest: date | None
    threshold: int | None
    default_decision: Decision
    decide_within_hours: int
    balance_hours: int
    balance_grace_days: int
    balance_unpaid: BalanceUnpaid
    per_person_limit: int | None
    shortage_policy: ShortagePolicy
    is_drop: bool
    is_draw: bool
    hold_minutes: int
    commission_bp: int
    commission_cap: int | None
    after_sales_days: int
    rows: tuple[Row, ...]
    questions: tuple[Question, ...]

    @property
    def has_deposit(self) -> bool:
        return self.payment_mode is PaymentMode.DEPOSIT


@dataclass
class CampaignForm:
    """`typed` by field name; `rows` and `questions` name their fields; `matches` are products
    found for the words typed.
    """

    typed: dict[str, str]
    rows: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, source: MultiDict[str, str]) -> CampaignForm:
        typed = {name: cleaned(text) for name, text in source.items() if _NAME.match(name)}
        return cls(
            typed=typed,
            rows=_fitting(source.getlist("sku"), _ROW)[:MOST_ROWS],
            questions=_fitting(source.getlist("question"), _QUESTION)[: questions.MOST],
        )

    @classmethod
    def of(cls, draft: CampaignDraft) -> CampaignForm:
        """A campaign as it stands."""
        sku_texts, rows = skus.typed(draft.skus, settings().currency)
        question_texts, asked = questions.typed(draft.questions)
        return cls(typed=_typed(draft) | sku_texts | question_texts, rows=rows, questions=asked)

    @property
    def key(self) -> str:
        """What the same form, sent twice, is known by; empty for something else."""
        text = self.typed.get("key", "")
        return text if _KEY.match(text) else ""

    def add_row(self, variant_id: int) -> None:
        """Sell one more variant; one that is sold already stays as it is."""
        known = {self.typed.get(f"s-{key}-variant") for key in self.rows}
        if str(variant_id) in known or len(self.rows) >= MOST_ROWS:
            return
        key = str(max((int(row) for row in self.rows), default=-1) + 1)
        self.rows.append(key)
        self.typed[f"s-{key}-variant"] = str(variant_id)

    def sketch(self) -> Sketch:
        """What can be read of it; fills `errors` with what cannot."""
        fields = CampaignFields(self.typed, settings().zone, settings().currency)
        read = _sketch(fields, self.rows, self.questions)
        self.errors |= fields.errors
        return read

    def check(self, *, now: datetime) -> CampaignDraft | None:
        """What is to be kept, or None with `errors` filled."""
        read = self.sketch()
        if not any(read.title.values()):
            self.errors["title-en"] = _("Please give it a name.")
        opens_at = read.opens_at or now
        if read.closes_at is None:
            self.errors.setdefault("closes_at", _("Please say when it closes."))
        for name, value in (
            ("promise_earliest", read.promise_earliest),
            ("promise_latest", read.promise_latest),
        ):
            if value is None:
                self.errors.setdefault(name, _("Please say when the goods are sent."))
        if self.errors:
            return None
        return _draft(read, opens_at, self.key)

    def take_errors(self, errors: dict[str, str], rows: Sequence[Row]) -> None:
        """Put sentences of the rules beside the fields they are about."""
        for name, sentence in errors.items():
            self.errors[self._field_of(name, rows)] = sentence

    def _field_of(self, name: str, rows: Sequence[Row]) -> str:
        word, _dash, index = name.partition("-")
        if index.isdecimal():
            row = rows[int(index)] if int(index) < len(rows) else None
            return skus.field_of(row, word, self.typed)
        return f"{name}-en" if name in LONGEST else name


def _sketch(fields: CampaignFields, rows: Sequence[str], asked: Sequence[str]) -> Sketch:
    supply = fields.choice("supply_mode", SupplyMode, SupplyMode.THRESHOLD)
    return Sketch(
        title=fields.by_language("title", LONGEST["title"]),
        story=fields.by_language("story", LONGEST["story"], lines=True),
        risks=fields.by_language("risks", LONGEST["risks"], lines=True),
        payment_mode=fields.choice("payment_mode", PaymentMode, PaymentMode.DEPOSIT),
        supply_mode=supply,
        deposit_kind=fields.choice("deposit_kind", DepositKind, DepositKind.ADVANCE),
        opens_at=fields.instant("opens_at"),
        closes_at=fields.instant("closes_at"),
        counts_change_at=fields.instant("counts_change_at"),
        promise_earliest=fields.day("promise_earliest"),
        promise_latest=fields.day("promise_latest"),
        threshold=fields.number("threshold", least=1, most=MOST_UNITS)
        if supply is SupplyMode.THRESHOLD
        else None,
        default_decision=fields.choice("default_decision", Decision, Decision.REFUND),
        decide_within_hours=fields.number("decide_within_hours", least=1, most=168) or 2,
        balance_hours=fields.number("balance_hours", least=1, most=720) or 72,
        balance_grace_days=fields.number("balance_grace_days", least=0, most=7) or 0,
        balance_unpaid=fields.choice("balance_unpaid", BalanceUnpaid, BalanceUnpaid.REFUND),
        per_person_limit=fields.number("per_person_limit", least=1, most=MOST_UNITS),
        shortage_policy=fields.choice("shortage_policy", ShortagePolicy, ShortagePolicy.FIRST_COME),
        is_drop=bool(fields.text("is_drop")),
        is_draw=bool(fields.text("is_draw")),
        hold_minutes=fields.number("hold_minutes", least=1, most=60) or 15,
        commission_bp=fields.basis_points("commission"),
        commission_cap=fields.some("commission_cap"),
        after_sales_days=fields.number("after_sales_days", least=0, most=60) or 0,
        rows=skus.read(fields, rows),
        questions=questions.read(fields, asked),
    )


def _draft(read: Sketch, opens_at: datetime, slug: str) -> CampaignDraft:
    if read.closes_at is None or read.promise_earliest is None or read.promise_latest is None:
        raise AssertionError("a form with errors is no draft")
    return CampaignDraft(
        slug=slug,
        title=read.title,
        story=read.story,
        risks=read.risks,
        payment_mode=read.payment_mode,
        supply_mode=read.supply_mode,
        deposit_kind=read.deposit_kind,
        opens_at=opens_at,
        closes_at=read.closes_at,
        counts_change_at=read.counts_change_at if read.has_deposit else None,
        promise_earliest=read.promise_earliest,
        promise_latest=read.promise_latest,
        threshold=read.threshold,
        default_decision=read.default_decision,
        decide_within_hours=read.decide_within_hours,
        balance_hours=read.balance_hours,
        balance_grace_days=read.balance_grace_days,
        balance_unpaid=read.balance_unpaid,
        per_person_limit=read.per_person_limit,
        shortage_policy=read.shortage_policy,
        is_drop=read.is_drop,
        is_draw=read.is_draw,
        hold_minutes=read.hold_minutes,
        commission_bp=read.commission_bp,
        commission_cap=read.commission_cap,
        after_sales_days=read.after_sales_days,
        skus=tuple(row.draft(has_deposit=read.has_deposit) for row in read.rows),
        questions=read.questions,
    )


def _typed(draft: CampaignDraft) -> dict[str, str]:
    zone = settings().zone
    texts: dict[str, str] = {}
    for name in LONGEST:
        texts |= texts_typed(name, getattr(draft, name))
    for name in ("payment_mode", "supply_mode", "deposit_kind", "default_decision",
                 "balance_unpaid", "shortage_policy", "balance_hours", "balance_grace_days",
                 "decide_within_hours", "hold_minutes", "after_sales_days"):  # fmt: skip
        texts[name] = str(getattr(draft, name))
    for name in ("threshold", "per_person_limit"):
        texts[name] = "" if getattr(draft, name) is None else str(getattr(draft, name))
    for name in ("opens_at", "closes_at", "counts_change_at"):
        texts[name] = local_text(getattr(draft, name), zone)
    for name in ("promise_earliest", "promise_latest"):
        texts[name] = getattr(draft, name).isoformat()
    for name in ("is_drop", "is_draw"):
        texts[name] = "1" if getattr(draft, name) else ""
    texts["commission"] = f"{draft.commission_bp / 100:g}" if draft.commission_bp else ""
    texts["commission_cap"] = skus.written(draft.commission_cap, settings().currency)
    return texts


def _fitting(values: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if pattern.match(value)))
